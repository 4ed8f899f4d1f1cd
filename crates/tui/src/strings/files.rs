//! Words about files: what came in, what could not be read or written.

use std::fmt::Display;

use super::language::{Text, t, tell};
use crate::safe::safe;

/// Said where nothing in a folder is a transcript.
pub const NO_TRANSCRIPT: Text = t(
    "no transcript was found there: .txt, .md and .docx files are read",
    "daar is geen transcript gevonden: .txt, .md en .docx worden gelezen",
);
/// Said where there is no study.
pub const NO_STUDY: Text = t("no study is open", "er is geen studie open");
/// Said where the program has no sample.
pub const NO_SAMPLE: Text =
    t("there is no sample study in this build", "dit programma heeft geen voorbeeldstudie bij zich");
/// Said where the environment names no editor.
pub const NO_EDITOR: Text = t("none is named in $VISUAL or $EDITOR", "er staat geen in $VISUAL of $EDITOR");
/// Said where a study keeps nothing beside itself.
pub const NO_CACHE: Text = t(
    "this study keeps no files outside itself (cache = none)",
    "deze studie bewaart niets buiten haar eigen map (cache = none)",
);
/// Said where the editor left nothing.
pub const FILE_GONE: Text = t("the file is gone", "het bestand is weg");
/// Why nothing can be written.
pub const DISK_FULL: Text = t("the disk is full", "de schijf is vol");
/// See [`DISK_FULL`].
pub const NO_PERMISSION: Text = t("no permission to write", "geen toestemming om te schrijven");
/// See [`DISK_FULL`].
pub const READ_ONLY: Text = t("the disk is read-only", "de schijf is alleen te lezen");

/// See [`DISK_FULL`].
pub const TOO_LARGE: Text = t("no file may grow here any more", "hier mag geen bestand meer groeien");
/// See [`DISK_FULL`].
pub const QUOTA: Text = t("your share of the disk is full", "uw deel van de schijf is vol");

/// Said when an editor ended badly.
pub fn ended(program: &str, status: impl Display) -> String {
    tell!("{} ended with {status}", "{} eindigde met {status}", safe(program))
}

/// Said when a codebook cannot be read.
pub fn no_codebook(path: impl Display, why: impl Display, known: &[&str]) -> String {
    tell!(
        "{path}: {why}; codebooks that come with the program: {}",
        "{path}: {why}; codeboeken die bij het programma horen: {}",
        known.join(", ")
    )
}

/// Said when there is nothing at a path.
pub fn nothing_at(path: impl Display) -> String {
    tell!("{path}: there is no such file or folder", "{path}: er is geen bestand of map met die naam")
}

/// Said when a study has problems.
pub fn problems(n: usize) -> String {
    tell!(
        "{n} problems were found in the study's files; `verbatim check` lists them",
        "{n} problemen in de bestanden van de studie; `verbatim check` noemt ze"
    )
}

/// What was brought in: documents, those that were here already, tables, problems, notes.
pub fn brought_in([added, known, tables, problems, notes]: [usize; 5]) -> String {
    let mut parts = vec![match added {
        1 => t("1 document came in", "1 document binnengehaald").to_owned(),
        n => tell!("{n} documents came in", "{n} documenten binnengehaald"),
    }];
    parts.extend(match known {
        0 => None,
        1 => Some(t("1 was here already", "1 was er al").to_owned()),
        n => Some(tell!("{n} were here already", "{n} waren er al")),
    });
    parts.extend(match tables {
        0 => None,
        1 => Some(t("1 table", "1 tabel").to_owned()),
        n => Some(tell!("{n} tables", "{n} tabellen")),
    });
    parts.extend(match problems {
        0 => None,
        1 => Some(t("1 problem", "1 probleem").to_owned()),
        n => Some(tell!("{n} problems", "{n} problemen")),
    });
    parts.extend(match notes {
        0 => None,
        1 => Some(t("1 note", "1 opmerking").to_owned()),
        n => Some(tell!("{n} notes", "{n} opmerkingen")),
    });
    parts.join(", ")
}

/// Said where something is no language.
pub fn no_language(tag: &str) -> String {
    tell!("{:?} is no language tag; write nl, en, de …", "{:?} is geen taal; schrijf nl, en, de …", safe(tag))
}
