//! Provenance: from which acts, texts and tables a table was made, and by which rule, so that it can be
//! made again and compared. It holds no wall clock, path or login name: the same study gives the same
//! bytes.

use model::ground::Ground;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::shown::Shown;

/// The version of this form.
pub const FORMAT: u32 = 1;

/// What a table or package was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Provenance {
    /// The version of this form.
    pub format: u32,
    /// `package` or `table`.
    pub of: String,
    /// Version of the program.
    pub version: String,
    /// The command, without the study's folder and the file that it wrote.
    pub command: Vec<String>,
    /// The rule by which it was counted, as name and value.
    pub rule: Vec<(String, String)>,
    /// What a zero means.
    pub zero: String,
    /// When the newest act that counts was done (RFC 3339).
    pub counted_at: Option<String>,
    /// How many acts count.
    pub acts: u64,
    /// Acts that had not arrived.
    pub missing_acts: u64,
    /// Codings that waited for a person to decide where they stand; they are in no number.
    pub waiting: usize,
    /// Kinds of acts of a newer version that were ignored.
    pub ignored: Vec<String>,
    /// Documents in which others' acts were hidden.
    pub blind: Vec<String>,
    /// Per journal file, up to where it counts.
    pub journals: Vec<Head>,
    /// Per document, its text and turns.
    pub texts: Vec<TextSum>,
    /// The researcher's tables.
    pub tables: Vec<FileSum>,
    /// Versions of the Unicode standard by which texts are made canonical and words are cut.
    pub unicode: Unicode,
    /// Columns of the researcher's tables that were left out because they hold names.
    pub withheld: Vec<String>,
    /// The files that were written with it, but this one.
    pub files: Vec<FileSum>,
}

/// Up to where one journal file counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its name.
    pub file: String,
    /// Its highest number of an act.
    pub n: u64,
    /// SHA-256 of the sorted ids of its acts, a line each.
    pub ids_sha256: String,
}

/// The text of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSum {
    /// Its id.
    pub document: String,
    /// SHA-256 of its canonical text; none where the text is missing.
    pub text_sha256: Option<String>,
    /// SHA-256 of its turns as they are stored, a line each.
    pub turns_sha256: String,
}

/// One file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSum {
    /// Its name.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// Versions of the Unicode standard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unicode {
    /// By which texts are made canonical.
    pub normalization: String,
    /// By which words are cut.
    pub segmentation: String,
}

/// SHA-256 of bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        // Writing into a string does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl FileSum {
    /// The sum of a file's bytes.
    pub fn of(file: impl Into<String>, bytes: &[u8]) -> Self {
        Self { file: file.into(), sha256: sha256(bytes) }
    }
}

impl Head {
    /// The head of a file with acts of these ids.
    pub fn of(file: impl Into<String>, n: u64, ids: impl IntoIterator<Item = impl ToString>) -> Self {
        let mut ids: Vec<String> = ids.into_iter().map(|id| id.to_string() + "\n").collect();
        ids.sort_unstable();
        ids.dedup();
        Self { file: file.into(), n, ids_sha256: sha256(ids.concat().as_bytes()) }
    }
}

impl Provenance {
    /// Whether names are kept out of what was written with it.
    pub fn is_anonymous(&self) -> bool {
        self.command.iter().any(|word| word == "--anonymous")
    }

    /// Puts other names in the place of names, the same as in the tables beside it.
    pub fn keep_names_out(&mut self, shown: &Shown) {
        shown.provenance(self);
    }

    /// What can be told of the texts and acts at hand; who asked for what is filled in by the caller.
    pub fn of(ground: Ground<'_>) -> Self {
        let newest = ground.state.act(ground.state.newest());
        let texts = ground.corpus.documents.iter().map(|d| {
            let turns: String =
                d.turns.iter().map(|t| serde_json::to_string(t).unwrap_or_default() + "\n").collect();
            TextSum {
                document: d.id.clone(),
                text_sha256: d.hash.map(|h| h.to_string()),
                turns_sha256: sha256(turns.as_bytes()),
            }
        });
        let version = |(major, minor, patch): (u64, u64, u64)| format!("{major}.{minor}.{patch}");
        Self {
            format: FORMAT,
            zero: crate::tables::freq::ZERO.to_owned(),
            counted_at: newest.map(|a| a.at.to_string()),
            acts: ground.state.len() as u64,
            waiting: ground.coded.waiting(),
            texts: texts.collect(),
            unicode: Unicode {
                normalization: version(model::text::unicode_version()),
                segmentation: version(model::word::unicode_version()),
            },
            ..Self::default()
        }
    }

    /// Its file: JSON, with an end of line.
    pub fn bytes(&self) -> Vec<u8> {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text.into_bytes()
    }
}
