//! An intake: files that become documents of a study, with what is known about them.
//!
//! Texts are written first, then what is known of each, then one act for all of them, then the
//! tables: a crash between leaves files that the same import takes up again.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::{fs, thread};

use import::{Imported, Layout, Options};
use model::act::{Change, DocumentAdded};
use model::documents::Documents;
use model::id::ActId;
use model::name::Name;
use model::problem::{Problem, Severity};
use model::text::TextHash;
use model::turn::Role;
use sha2::{Digest, Sha256};

use crate::atomic;
use crate::conflict::{first_mark, has_extension};
use crate::corpus_folder::{read_text, resolver, stem, stems};
use crate::document_file::{DocumentFile, Source};
use crate::error::StudyError;
use crate::slug::{numbered, slug};
use crate::study::{Draft, Study};
use crate::table::Table;
use crate::table_import::{Resolve, TableKind, TableReport, refuse_broken};
use crate::tables::Tables;
use crate::watch::Watch;

/// One file to import.
#[derive(Clone, Debug, Default)]
pub struct SourceFile {
    /// Its name or path, for messages; the last part gives the document its id.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What the researcher tells about an import; nothing needs to be told.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The case of all documents.
    pub case: Option<String>,
    /// Their language.
    pub language: Option<String>,
    /// How speakers are marked.
    pub layout: Option<Layout>,
    /// Tables to merge.
    pub attributes: Vec<PathBuf>,
    /// Look, and write nothing.
    pub dry_run: bool,
    /// Who waits for it; it stops between two documents when they ask.
    pub watch: Watch,
}

/// A document that came in.
#[derive(Clone, Debug)]
pub struct Added {
    /// Its id.
    pub document: String,
    /// The file it came from.
    pub file: String,
    /// The id that it would have had, were that not another document's.
    pub instead_of: Option<String>,
    /// How speakers are marked in it.
    pub layout: Layout,
    /// The encoding that was read.
    pub encoding: &'static str,
    /// Code points of its text.
    pub characters: u32,
    /// Number of its turns.
    pub turns: usize,
    /// Its labels with the role that each says.
    pub roles: Vec<(String, Role)>,
}

/// A file whose text the study has already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The file.
    pub file: String,
    /// The document that has its text.
    pub document: String,
}

/// What came of an import.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    /// Documents that came in.
    pub added: Vec<Added>,
    /// Files that were skipped because their text is known.
    pub known: Vec<Known>,
    /// Tables that were merged.
    pub tables: Vec<TableReport>,
    /// What is worth telling.
    pub problems: Vec<Problem>,
    /// The act, if any document came in.
    pub act: Option<ActId>,
}

/// A document that is about to come in.
struct Incoming {
    id: Name,
    file: SourceFile,
    read: Imported,
    hash: TextHash,
    instead_of: Option<String>,
}

impl Study {
    /// Imports files and folders. In a folder, transcripts are taken at any depth, and the tables
    /// that are named as a study names them.
    ///
    /// # Errors
    /// When something cannot be written. A file that cannot be read is a problem in the report.
    pub fn import(&mut self, paths: &[PathBuf], options: &ImportOptions) -> Result<ImportReport, StudyError> {
        let mut problems = Vec::new();
        let mut found = Found::default();
        let tables = table_names(self.case_label());
        for path in paths {
            found.take(path, true, &tables, &mut problems);
            problems.extend(found.not_read(path));
        }
        for path in &options.attributes {
            found.tables.push(path.clone());
        }
        let mut read = |paths: Vec<PathBuf>| {
            let mut files = Vec::new();
            for path in paths {
                if options.watch.is_stopped() {
                    break;
                }
                let name = path.display().to_string();
                match fs::read(&path) {
                    Ok(bytes) => files.push(SourceFile { name, bytes }),
                    Err(why) => problems.push(Problem::error(name, format!("cannot be read: {why}"))),
                }
            }
            files
        };
        let (files, tables) = (read(found.files), read(found.tables));
        let mut report = self.import_files(files, &tables, options)?;
        report.problems.splice(0..0, problems);
        Ok(report)
    }

    /// Imports one file whose bytes are at hand.
    ///
    /// # Errors
    /// As [`Study::import`].
    pub fn add_document(
        &mut self,
        file: SourceFile,
        options: &ImportOptions,
    ) -> Result<ImportReport, StudyError> {
        self.import_files(vec![file], &[], options)
    }

    /// Imports files and tables whose bytes are at hand.
    ///
    /// # Errors
    /// As [`Study::import`].
    pub fn import_files(
        &mut self,
        files: Vec<SourceFile>,
        tables: &[SourceFile],
        options: &ImportOptions,
    ) -> Result<ImportReport, StudyError> {
        let mut report = ImportReport::default();
        let documents = self.documents();
        let incoming = self.choose(files, options, &documents, &mut report)?;
        let (mut own, asked) = self.merge_tables(&incoming, &documents, tables, options, &mut report)?;
        for i in &incoming {
            // Where a table says who asks, the labels need not.
            let told = |p: &&Problem| p.hint != import::TELL_ROLES || !asked.contains(i.id.as_str());
            report.problems.extend(i.read.problems.iter().filter(told).cloned());
            report.added.push(Added {
                document: i.id.to_string(),
                file: i.file.name.clone(),
                instead_of: i.instead_of.clone(),
                layout: i.read.layout,
                encoding: i.read.encoding,
                characters: i.read.text.len(),
                turns: i.read.turns.len(),
                roles: i.read.roles.clone(),
            });
        }
        if options.dry_run {
            return Ok(report);
        }
        let mut unsaved = None;
        if !incoming.is_empty() {
            self.write_documents(&incoming, &options.watch)?;
            let changes = incoming.iter().map(|i| {
                let source = Some(file_name(&i.file.name).to_owned());
                Change::DocumentAdded(Box::new(DocumentAdded {
                    document: i.id.clone(),
                    text: i.hash,
                    source,
                }))
            });
            match self.append(Draft::new("import", changes.collect())) {
                Ok(act) => report.act = Some(act),
                Err(why @ StudyError::NotSaved { .. }) => unsaved = Some(why),
                Err(why) => return Err(why),
            }
        }
        own.save(self.dir())?;
        unsaved.map_or(Ok(report), Err)
    }

    /// Reads the files and gives each an id; known texts are skipped.
    fn choose(
        &self,
        files: Vec<SourceFile>,
        options: &ImportOptions,
        documents: &Documents,
        report: &mut ImportReport,
    ) -> Result<Vec<Incoming>, StudyError> {
        let how = Options { layout: options.layout, language: options.language.clone() };
        let read = read_all(&files, &how, &options.watch);
        if options.watch.is_stopped() {
            return Err(StudyError::Stopped);
        }
        let mut incoming: Vec<Incoming> = Vec::new();
        for (file, read) in files.into_iter().zip(read) {
            let read = match read {
                Ok(read) => read,
                Err(why) => {
                    report.problems.push(Problem::error(&file.name, why.to_string()).hint(why.hint()));
                    continue;
                }
            };
            if let Some(line) = first_mark(read.text.as_str().as_bytes()) {
                // Lines count in the file, where it has any.
                let line = first_mark(&file.bytes).unwrap_or(line);
                report.problems.push(
                    Problem::error(&file.name, "git conflict mark")
                        .at(line)
                        .hint("take either version of the text whole, then import it"),
                );
                continue;
            }
            let hash = read.text.hash();
            let known = documents.with_text(&hash).map(|d| &d.id);
            let twice = incoming.iter().find(|i| i.hash == hash).map(|i| &i.id);
            if let Some(document) = known.or(twice) {
                report.known.push(Known { file: file.name.clone(), document: document.to_string() });
                if known.is_some() && !options.dry_run {
                    self.restore(documents, &file, &read, &hash)?;
                }
                continue;
            }
            let wanted = slug(stem(&file.name), "text");
            let id = self.free_id(&wanted, &hash, documents, &incoming);
            let instead_of = (id != wanted.as_str()).then_some(wanted);
            if let Some(wanted) = &instead_of {
                report.problems.push(
                    Problem::warning(&file.name, format!("{wanted} is another text; this one is {id}"))
                        .hint(format!("if it is a new version of {wanted}, undo this import: a text that has codings cannot be replaced yet")),
                );
            }
            incoming.push(Incoming { id, file, read, hash, instead_of });
        }
        Ok(incoming)
    }

    /// The first id that no other text has: `wanted`, `wanted-2`, …
    fn free_id(&self, wanted: &str, hash: &TextHash, documents: &Documents, incoming: &[Incoming]) -> Name {
        let taken = |id: &str| {
            let used = documents.position(id).is_some() || documents.named(id).is_some();
            let file = self.dir().join("corpus").join(format!("{id}.txt"));
            // A file with this very text was left by an import that was cut off.
            used || incoming.iter().any(|i| i.id == id)
                || read_text(&file, |_| false).is_ok_and(|f| f.hash != *hash)
        };
        let mut id = wanted.to_owned();
        let mut number = 2;
        while taken(&id) {
            id = numbered(wanted, number);
            number += 1;
        }
        Name::new(&id)
    }

    /// Puts a known text back whose file is missing.
    fn restore(
        &self,
        documents: &Documents,
        file: &SourceFile,
        read: &Imported,
        hash: &TextHash,
    ) -> Result<(), StudyError> {
        let Some(document) = documents.with_text(hash) else { return Ok(()) };
        let folder = self.dir().join("corpus");
        if stems(document).iter().any(|s| folder.join(format!("{s}.txt")).exists()) {
            return Ok(());
        }
        self.write_document(document.id.as_str(), file, read, *hash)
    }

    /// Writes the documents. No act names them yet: when it is asked to stop, what it made is taken
    /// away again, and what lay there before (a synchronisation may be ahead of its journal) stays.
    fn write_documents(&self, incoming: &[Incoming], watch: &Watch) -> Result<(), StudyError> {
        watch.begin(incoming.len());
        let mut made: Vec<PathBuf> = Vec::new();
        for i in incoming {
            let paths = ["txt", "json"].map(|end| self.dir().join("corpus").join(format!("{}.{end}", i.id)));
            made.extend(paths.into_iter().filter(|p| !p.exists()));
            self.write_document(&i.id, &i.file, &i.read, i.hash)?;
            if !watch.step() {
                for path in made {
                    fs::remove_file(&path).map_err(|why| StudyError::io("remove", &path, why))?;
                }
                return Err(StudyError::Stopped);
            }
        }
        Ok(())
    }

    fn write_document(
        &self,
        id: &str,
        file: &SourceFile,
        read: &Imported,
        hash: TextHash,
    ) -> Result<(), StudyError> {
        let folder = self.dir().join("corpus");
        if !folder.is_dir() {
            fs::create_dir_all(&folder).map_err(|why| StudyError::io("make", &folder, why))?;
        }
        let write = |end: &str, bytes: &[u8]| {
            let path = folder.join(format!("{id}.{end}"));
            atomic::replace(&path, bytes).map_err(|why| StudyError::io("write", &path, why))
        };
        write("txt", read.text.as_str().as_bytes())?;
        let sha256 = TextHash(Sha256::digest(&file.bytes).into()).to_string();
        let about = DocumentFile {
            source: Source { file: file_name(&file.name).to_owned(), sha256 },
            text: hash,
            layout: read.layout.as_str().to_owned(),
            encoding: read.encoding.to_owned(),
            imported: self.context().clock.rfc3339(),
            turns: read.turns.clone(),
        };
        write("json", &about.bytes(None))
    }

    /// Finds the turns of a document anew and stores them. Returns the layout and how many there are.
    ///
    /// # Errors
    /// [`StudyError::NoDocument`], or the disk's.
    pub fn relayout(
        &self,
        document: &str,
        layout: Option<Layout>,
    ) -> Result<(Layout, usize, Vec<Problem>), StudyError> {
        let no_document = || StudyError::NoDocument { document: document.to_owned() };
        let documents = self.documents();
        let state = documents.get(document).ok_or_else(no_document)?;
        let folder = self.dir().join("corpus");
        let stems = stems(state);
        let texts = stems.iter().filter_map(|s| {
            Some((*s, read_text(&folder.join(format!("{s}.txt")), |h| state.lineage.contains(h)).ok()?))
        });
        let (stem, file) = texts.into_iter().next().ok_or_else(no_document)?;
        let (layout, turns, problems) = import::turns(&file.text, layout);
        let count = turns.len();
        let path = folder.join(format!("{stem}.json"));
        let before = fs::read(&path).ok();
        let old = before.as_deref().and_then(|b| serde_json::from_slice::<DocumentFile>(b).ok());
        let about = DocumentFile {
            text: file.hash,
            layout: layout.as_str().to_owned(),
            turns,
            source: old.as_ref().map(|o| o.source.clone()).unwrap_or_default(),
            encoding: old.as_ref().map(|o| o.encoding.clone()).unwrap_or_default(),
            imported: old.map_or_else(|| self.context().clock.rfc3339(), |o| o.imported),
        };
        atomic::replace(&path, &about.bytes(before.as_deref()))
            .map_err(|why| StudyError::io("write", &path, why))?;
        Ok((layout, count, problems))
    }

    /// The study's tables with those given merged in, then a row for each new document and speaker.
    /// The researcher's table comes before what the command says, and that before the file itself.
    /// Also the documents for which the researcher's table says who asks.
    fn merge_tables(
        &self,
        incoming: &[Incoming],
        documents: &Documents,
        tables: &[SourceFile],
        options: &ImportOptions,
        report: &mut ImportReport,
    ) -> Result<(Tables, HashSet<String>), StudyError> {
        let (mut own, problems) = Tables::read(self.dir(), self.case_label());
        if incoming.is_empty() && tables.is_empty() {
            return Ok((own, HashSet::new()));
        }
        refuse_broken(&problems, self)?;
        let known = resolver(documents);
        let ids: HashMap<&str, &Name> = incoming.iter().map(|i| (i.id.as_str(), &i.id)).collect();
        let mut new: HashMap<String, Name> = HashMap::new();
        for i in incoming {
            new.insert(slug(stem(&i.file.name), "text"), i.id.clone());
        }
        for i in incoming {
            new.insert(i.id.to_string(), i.id.clone());
        }
        // In a table that comes in, a name means what comes in with it before what has that name already.
        let theirs = |given: &str| {
            let fresh = |name: &str| new.get(name).cloned();
            fresh(given)
                .or_else(|| known(given))
                .or_else(|| fresh(&slug(given, "text")))
                .or_else(|| fresh(&slug(stem(given), "text")))
        };
        // In the study's own tables it means what it meant before.
        let ours = |given: &str| {
            let fresh = |name: &str| ids.get(name).map(|id| (*id).clone());
            known(given)
                .or_else(|| fresh(given))
                .or_else(|| fresh(&slug(given, "text")))
                .or_else(|| fresh(&slug(stem(given), "text")))
        };
        let resolve = Resolve { ours: &ours, theirs: &theirs };
        let mut merged_tables = Vec::new();
        for file in tables {
            let (table, found) = Table::parse(&file.name, &file.bytes);
            let broken = found.iter().any(|p| p.severity == Severity::Error);
            report.problems.extend(found);
            if broken {
                continue;
            }
            match own.merge(&table, &resolve, &mut report.problems) {
                Ok(merged) => {
                    report.tables.push(merged);
                    merged_tables.push(table);
                }
                Err(why) => {
                    report.problems.push(Problem::error(&file.name, why.to_string()).hint(why.hint()));
                }
            }
        }
        // Known only now: the table of cases may come behind that of documents.
        for table in &merged_tables {
            report.problems.extend(own.unlisted(table));
        }
        let asked = own.with_interviewer();
        for i in incoming {
            add_rows(&mut own, i, options, &ours);
        }
        Ok((own, asked))
    }
}

/// Fills what is still empty in the rows of a new document and its speakers.
fn add_rows(
    tables: &mut Tables,
    incoming: &Incoming,
    options: &ImportOptions,
    resolve: &dyn Fn(&str) -> Option<Name>,
) {
    let cases = tables.case_columns();
    let cases: Vec<&str> = cases.iter().map(String::as_str).collect();
    let table = tables.documents_mut();
    let document = table.column_or_add(&["document"]);
    let index = table.index(TableKind::Documents, [Some(document), None], None, resolve);
    let row = index.get(&(incoming.id.to_string(), String::new())).copied().unwrap_or_else(|| {
        let row = table.add_row();
        table.set(row, document, &incoming.id);
        row
    });
    let said = [("case", &options.case), ("language", &options.language)]
        .into_iter()
        .filter_map(|(k, v)| Some((k, v.as_deref()?)));
    let front = incoming.read.attributes.iter().map(|(k, v)| (k.as_str(), v.as_str()));
    for (key, value) in said.chain(front) {
        if key.eq_ignore_ascii_case("document") || value.is_empty() {
            continue;
        }
        let is_case = cases.iter().any(|c| c.eq_ignore_ascii_case(key));
        let column = if is_case { table.column_or_add(&cases) } else { table.column_or_add(&[key]) };
        let empty = table.rows.get(row).is_some_and(|r| table.cell(r, Some(column)).is_empty());
        if empty {
            table.set(row, column, value);
        }
    }
    if incoming.read.roles.is_empty() {
        return;
    }
    let table = tables.speakers_mut();
    let [document, speaker, role] = ["document", "speaker", "role"].map(|name| table.column_or_add(&[name]));
    let index = table.index(TableKind::Speakers, [Some(document), Some(speaker)], None, resolve);
    for (label, says) in &incoming.read.roles {
        if index.contains_key(&(incoming.id.to_string(), label.clone())) {
            continue;
        }
        let row = table.add_row();
        table.set(row, document, &incoming.id);
        table.set(row, speaker, label);
        table.set(row, role, says.as_str());
    }
}

/// Reads all files, or as many as there is time for until somebody asks to stop.
fn read_all(
    files: &[SourceFile],
    how: &Options,
    watch: &Watch,
) -> Vec<Result<Imported, import::ImportError>> {
    watch.begin(files.len());
    let read = |files: &[SourceFile]| {
        let going = files.iter().take_while(|_| !watch.is_stopped());
        let read = going.map(|f| {
            let read = import::read(&f.name, &f.bytes, how);
            watch.step();
            read
        });
        read.collect::<Vec<_>>()
    };
    if files.len() < 2 {
        return read(files);
    }
    let (front, back) = files.split_at(files.len() / 2);
    thread::scope(|scope| {
        let other = scope.spawn(|| read(back));
        let mut all = read(front);
        all.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        all
    })
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn table_names(case_label: &str) -> Vec<String> {
    let mut names = vec!["documents.csv".to_owned(), "speakers.csv".to_owned()];
    names.extend(crate::tables::case_files(case_label));
    names
}

/// What a path leads to.
#[derive(Default)]
struct Found {
    files: Vec<PathBuf>,
    tables: Vec<PathBuf>,
    /// Transcripts of kinds that are not read.
    unread: Vec<PathBuf>,
}

impl Found {
    /// `named`: the researcher gave this very path, so it is taken whatever its name.
    fn take(&mut self, path: &Path, named: bool, tables: &[String], problems: &mut Vec<Problem>) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            let mut entries: Vec<PathBuf> = match fs::read_dir(path) {
                Ok(entries) => entries.filter_map(|e| Some(e.ok()?.path())).collect(),
                Err(why) => {
                    problems
                        .push(Problem::error(path.display().to_string(), format!("cannot be read: {why}")));
                    return;
                }
            };
            entries.sort_unstable();
            for entry in entries {
                // A folder behind a link may lead back here.
                let hidden = entry.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
                let looped = entry.is_symlink() && entry.is_dir();
                if !hidden && !looped {
                    self.take(&entry, false, tables, problems);
                }
            }
        } else if tables.contains(&name.to_lowercase()) || named && has_extension(&name, "csv") {
            self.tables.push(path.to_owned());
        } else if named || import::is_transcript(&name) {
            self.files.push(path.to_owned());
        } else if import::is_unread_transcript(&name) {
            self.unread.push(path.to_owned());
        }
    }

    /// What was passed over in a folder though somebody may have meant it to come in: a transcript that
    /// is missing makes every number too low.
    fn not_read(&mut self, folder: &Path) -> Option<Problem> {
        let unread = std::mem::take(&mut self.unread);
        let names: Vec<String> =
            unread.iter().map(|p| p.strip_prefix(folder).unwrap_or(p).display().to_string()).collect();
        (!names.is_empty()).then(|| {
            Problem::warning(folder.display().to_string(), format!("not read: {}", names.join(", ")))
                .hint("save them as .docx or .txt")
        })
    }
}
