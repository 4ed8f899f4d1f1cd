//! A check: everything about a study's files that a person should know, in one list.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use model::codebook::Codebook;
use model::corpus::{Corpus, Document};
use model::documents::Documents;
use model::problem::Problem;
use model::turn::Role;

use crate::codebook_edit::CodebookEdit;
use crate::codebook_view::named;
use crate::conflict::{first_mark, has_extension, is_conflict_copy};
use crate::journal_file::is_own;
use crate::study::Study;
use crate::tables::Tables;
use crate::writer;

/// How far ahead an id may be before it is told: clocks differ by minutes.
const AHEAD: u64 = 10 * 60 * 1000;

/// What is wrong with all codebooks together and with no file alone.
fn beside_files<'a>(book: &'a Codebook, edits: &'a [CodebookEdit]) -> impl Iterator<Item = Problem> + 'a {
    let in_file = |what: &str| edits.iter().flat_map(|e| &e.problems).any(|p| p.what == what);
    book.problems.iter().filter(move |what| !in_file(what)).map(|what| {
        Problem::warning("codebooks", what)
            .hint("change one of the codes: in its file, or by `verbatim codebook`")
    })
}

/// What an import tells of a document whose turns do not say who asks. A note, as there: whoever speaks
/// alone, or among equals, has no interviewer.
fn who_asks(document: &Document) -> Option<Problem> {
    if document.text.is_empty() {
        return None;
    }
    let file = format!("corpus/{}.txt", document.id);
    if document.turns.is_empty() {
        return Some(
            Problem::note(file, "no speakers were found, so the whole text counts as one turn").hint(format!(
                "begin each turn with a label, as in \"Name: text\", or try `verbatim documents relayout {}`",
                document.id
            )),
        );
    }
    let asks = document.speakers.iter().any(|s| s.role == Role::Interviewer);
    let answer = document.speakers.iter().filter(|s| s.role == Role::Respondent).count();
    let what = match answer {
        0 if asks => "every speaker is an interviewer, so nothing counts as a respondent's",
        0 => return None,
        _ if asks => return None,
        1 => "no speaker is an interviewer, so all turns of the only respondent count",
        _ => "no speaker is an interviewer, so all count as respondents",
    };
    Some(Problem::note(file, what).hint("say who asks and who answers in corpus/speakers.csv, column role"))
}

impl Study {
    /// What is wrong with the codebooks, such as a doubled shortcut; with file and line where there is one.
    pub fn codebook_problems(&self) -> Vec<Problem> {
        let edits = self.codebook_edits();
        let beside: Vec<Problem> = beside_files(&self.codebook(), &edits).collect();
        beside.into_iter().chain(edits.into_iter().flat_map(|e| e.problems)).collect()
    }

    /// Everything that is the matter with the study, by file and line.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = self.problems().to_vec();
        let (corpus, found) = self.corpus();
        problems.extend(found);
        let (book, documents) = (self.codebook(), self.documents());
        problems.extend(self.check_codebooks(&book));
        problems.extend(self.check_codings(&book, &documents));
        problems.extend(self.check_cases(&corpus));
        problems.extend(corpus.documents.iter().filter_map(who_asks));
        problems.extend(self.check_clocks());
        problems.extend(self.check_folders());
        problems.extend(self.check_own());
        for kind in self.state().blocking_kinds() {
            problems.push(
                Problem::warning(
                    "journal",
                    format!("acts of the kind {kind} are not known to this version; tables stop"),
                )
                .hint("install a newer version of verbatim"),
            );
        }
        problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        problems.dedup();
        problems
    }

    fn check_codebooks(&self, book: &Codebook) -> Vec<Problem> {
        let edits = self.codebook_edits();
        let mut problems: Vec<Problem> = beside_files(book, &edits).collect();
        for edit in edits {
            if !edit.changes.is_empty() {
                let file = format!("codebooks/{}.json", edit.codebook);
                problems.push(
                    Problem::note(
                        file,
                        format!("edited by hand: {} changes are not taken over yet", edit.changes.len()),
                    )
                    .hint("the next command that writes shows them and takes them over"),
                );
            }
            problems.extend(edit.problems);
        }
        let named = named(self.state(), book);
        for name in self.names_in("codebooks") {
            let known = name.strip_suffix(".json").is_some_and(|id| named.iter().any(|n| n == id));
            if !known && !is_conflict_copy(&name) {
                problems.push(
                    Problem::note(
                        format!("codebooks/{name}"),
                        "a file that is no codebook of this study; it is not loaded",
                    )
                    .hint(format!("`verbatim codebook import codebooks/{name}` takes it in")),
                );
            }
        }
        problems
    }

    /// Codings whose code or document is not there, counted per code and document.
    fn check_codings(&self, book: &Codebook, documents: &Documents) -> Vec<Problem> {
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        let mut texts: BTreeMap<(&str, String), usize> = BTreeMap::new();
        for coding in self.state().codings() {
            if book.get(coding.code).is_none() {
                *codes.entry(coding.code).or_default() += 1;
            }
            let anchor = coding.anchor;
            if documents.resolve(&anchor.document, &anchor.text).is_none() {
                *texts.entry((&anchor.document, anchor.text.short())).or_default() += 1;
            }
        }
        let code = |(code, n): (&str, usize)| {
            Problem::warning("journal", format!("{n} codings have the code {code}, which no codebook has"))
                .hint("the act that added it is undone or has not arrived; add the code, or recode them")
        };
        let text = |((document, hash), n): ((&str, String), usize)| {
            Problem::warning(
                "journal",
                format!("{n} codings are on the text {document}~{hash}, which the study does not have"),
            )
            .hint("the document was removed or has not arrived; they count nowhere until it has")
        };
        codes.into_iter().map(code).chain(texts.into_iter().map(text)).collect()
    }

    /// Ids from the future: the device that made them has a wrong clock.
    fn check_clocks(&self) -> Vec<Problem> {
        let now = self.context().clock.millis();
        let mut problems = Vec::new();
        for file in self.journals() {
            let ahead = file.ids.iter().filter(|(_, id)| id.millis() > now + AHEAD).count();
            if ahead > 0 {
                let device = file.name.trim_end_matches(".jsonl");
                problems.push(
                    Problem::note(
                        format!("journal/{}", file.name),
                        format!("{ahead} acts of {device} are from the future"),
                    )
                    .hint("set the clock of that device; the order of acts is kept all the same"),
                );
            }
        }
        problems
    }

    /// Files that should not be there, and conflict marks in those that should.
    fn check_folders(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for folder in ["", "codebooks", "journal"] {
            for name in self.names_in(folder) {
                let file = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
                let journal = folder == "journal" && has_extension(&name, "jsonl");
                if is_conflict_copy(&name) && !journal {
                    problems.push(
                        Problem::warning(file, "a conflict copy; it is not loaded")
                            .hint("compare it with the other version, then move it out of the study"),
                    );
                } else if folder == "journal" && !journal && !has_extension(&name, "lock") {
                    problems.push(
                        Problem::note(file, "a file that is no journal; it is not loaded")
                            .hint("move it out of the study"),
                    );
                }
            }
        }
        for name in self.names_in("corpus").into_iter().filter(|n| has_extension(n, "txt")) {
            let bytes = fs::read(self.dir().join("corpus").join(&name)).unwrap_or_default();
            if let Some(line) = first_mark(&bytes) {
                problems.push(
                    Problem::error(format!("corpus/{name}"), "git conflict mark")
                        .at(line)
                        .hint("take either version of the text whole"),
                );
            }
        }
        if let Ok(bytes) = fs::read(self.dir().join(".gitattributes"))
            && let Some(line) = first_mark(&bytes)
        {
            problems.push(
                Problem::error(".gitattributes", "git conflict mark").at(line).hint("delete the marks"),
            );
        }
        problems
    }

    /// Own journals that are not as this device left them.
    fn check_own(&self) -> Vec<Problem> {
        let device = &self.context().device;
        let own = self.journals().iter().filter(|f| is_own(&f.name, device));
        let changed = own.filter(|f| writer::is_changed(&f.name, &self.dir().join("journal"), self.cache()));
        let tell = |f: &crate::JournalFile| {
            Problem::warning(format!("journal/{}", f.name), "this file is not as this device left it")
                .hint("it was restored or replaced; what was lost may be in a backup, and the next act begins a new file")
        };
        changed.map(tell).collect()
    }

    fn names_in(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.dir().join(folder)).into_iter().flatten();
        let files = entries.filter_map(Result::ok).filter(|e| e.path().is_file());
        let mut names: Vec<String> =
            files.filter_map(|e| e.file_name().into_string().ok()).filter(|n| !n.starts_with('.')).collect();
        names.sort_unstable();
        names
    }

    /// Rows of the table of cases that nothing names, and cases that have no row.
    fn check_cases(&self, corpus: &Corpus) -> Vec<Problem> {
        let (tables, _) = Tables::read(self.dir(), self.case_label());
        let mut problems: Vec<Problem> = [&tables.documents, &tables.speakers]
            .into_iter()
            .flatten()
            .flat_map(|t| tables.unlisted(t))
            .collect();
        let Some(cases) = &tables.cases else { return problems };
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for document in &corpus.documents {
            used.extend(document.case.as_deref());
            used.extend(document.speakers.iter().filter_map(|s| s.case.as_deref()));
        }
        for case in corpus.cases.iter().filter(|case| case.listed && !used.contains(case.id.as_str())) {
            let what = format!("no document or speaker is of the case {}", case.id);
            let told = Problem::note(&cases.name, what).hint("it shows as a case without text");
            problems.push(told.at(tables.case_line(&case.id)));
        }
        problems
    }
}
