//! The beginning of a study: its folder, and one act with the codebooks and settings it starts with.

use std::fs;
use std::path::Path;

use model::id::ActId;
use model::name::Name;
use model::problem::Problem;

use crate::atomic;
use crate::codebook_file::CodebookFile;
use crate::coder::coder_name;
use crate::context::Context;
use crate::error::StudyError;
use crate::settings;
use crate::study::{Draft, FORMAT, Study, StudyFile};

/// Text is text and journals are unions, also where git would think otherwise.
/// What a study tells git: bytes stay as they are, and journals are united.
pub const GIT_ATTRIBUTES: &str = "* -text\njournal/*.jsonl merge=union\n";

/// What a study starts with; nothing is needed.
#[derive(Clone, Debug, Default)]
pub struct Init {
    /// Codebooks: the name of the file, for problems, and its bytes.
    pub codebooks: Vec<(String, Vec<u8>)>,
    /// Language tags, the first one first.
    pub languages: Vec<String>,
    /// The study's own word for a case, such as `organisation`.
    pub case_label: Option<String>,
}

/// The language tags that somebody wrote: two or three letters, with or without a region.
///
/// # Errors
/// What is no such tag.
pub fn language_tags<'a>(tags: impl IntoIterator<Item = &'a str>) -> Result<Vec<String>, String> {
    let mut out: Vec<String> = Vec::new();
    for tag in tags.into_iter().map(|t| t.trim().to_lowercase()).filter(|t| !t.is_empty()) {
        let main = tag.split('-').next().unwrap_or_default();
        if !(2..=3).contains(&main.len()) || !tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return Err(tag);
        }
        if !out.contains(&tag) {
            out.push(tag);
        }
    }
    Ok(out)
}

impl Study {
    /// Makes a study in a folder, which is made where it is not there, and opens it. The problems are
    /// those of the codebooks.
    ///
    /// # Errors
    /// [`StudyError::AlreadyStudy`]; a codebook that cannot be read; an unknown coder; the disk's.
    /// Codebooks and coder are looked at before anything is written.
    pub fn init(dir: &Path, init: Init, context: &Context) -> Result<(Self, Vec<Problem>), StudyError> {
        if dir.join("study.json").exists() {
            return Err(StudyError::AlreadyStudy { path: dir.to_owned() });
        }
        match (&context.coder, &context.login) {
            (Some(coder), _) | (None, Some(coder)) => _ = coder_name(coder)?,
            (None, None) => return Err(StudyError::WhoCodes { login: None, coders: Vec::new() }),
        }
        let mut problems = Vec::new();
        let mut changes = Vec::new();
        if let Some(label) = init.case_label.filter(|l| !l.trim().is_empty()) {
            changes.push(settings::case_label(&label));
        }
        if !init.languages.is_empty() {
            changes.push(settings::languages(init.languages));
        }
        let mut owners: Vec<(Name, String)> = Vec::new();
        for (name, bytes) in &init.codebooks {
            let (mut book, found) = CodebookFile::parse(name, bytes)?;
            problems.extend(found);
            book.leave_out(&mut owners, name, &mut problems);
            changes.extend(book.adopt());
        }
        let make = |what: &Path| fs::create_dir_all(what).map_err(|why| StudyError::io("make", what, why));
        make(dir)?;
        for folder in ["corpus", "codebooks", "journal"] {
            make(&dir.join(folder))?;
        }
        let write = |name: &str, bytes: &[u8]| {
            let path = dir.join(name);
            atomic::replace(&path, bytes).map_err(|why| StudyError::io("write", &path, why))
        };
        if !dir.join(".gitattributes").exists() {
            write(".gitattributes", GIT_ATTRIBUTES.as_bytes())?;
        }
        let low = u64::from(context.random.next_u32());
        let id = ActId::from_parts(context.clock.millis(), low, context.random.next_u32());
        let file = StudyFile { id: id.to_string(), format: FORMAT, created: context.clock.rfc3339() };
        let mut text =
            serde_json::to_string_pretty(&file).map_err(|why| StudyError::BadAct { why: why.to_string() })?;
        text.push('\n');
        write("study.json", text.as_bytes())?;
        let mut study = Self::open(dir, context)?;
        if !changes.is_empty() {
            study.append(Draft::new("init", changes))?;
            problems.extend(study.write_codebooks()?);
        }
        Ok((study, problems))
    }
}

impl Study {
    /// Takes a codebook into the study: its settings and codes as one act, then its file. Codes whose
    /// id the study has already are left out and told.
    ///
    /// # Errors
    /// A codebook that cannot be read; the disk's.
    pub fn adopt_codebook(&mut self, name: &str, bytes: &[u8]) -> Result<(ActId, Vec<Problem>), StudyError> {
        let (mut file, mut problems) = CodebookFile::parse(name, bytes)?;
        let mut owners: Vec<(Name, String)> =
            self.codebook().codes.iter().map(|c| (c.id.clone(), c.codebook.to_string())).collect();
        file.leave_out(&mut owners, name, &mut problems);
        let act = self.append(Draft::new("codebook", file.adopt()))?;
        problems.extend(self.write_codebooks()?);
        Ok((act, problems))
    }
}

impl CodebookFile {
    /// Leaves out codes that an earlier codebook has already, with their groups intact: one id is one
    /// code in a study.
    fn leave_out(&mut self, owners: &mut Vec<(Name, String)>, name: &str, problems: &mut Vec<Problem>) {
        self.codes.retain(|code| {
            let owner = owners.iter().find(|(id, _)| *id == code.id);
            if let Some((id, other)) = owner {
                problems.push(
                    Problem::error(
                        name,
                        format!("the id {id} belongs to a code of {other}; this one is skipped"),
                    )
                    .hint("give one of the two another id"),
                );
            }
            owner.is_none()
        });
        owners.extend(self.codes.iter().map(|c| (c.id.clone(), name.to_owned())));
    }
}
