//! The index on disk: kept in step, made anew when it is of no use, and never the last word.

#![expect(clippy::unwrap_used, reason = "a test may stop")]
#![expect(clippy::disallowed_methods, reason = "tests damage files on purpose")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use model::corpus::Corpus;
use model::text::TextHash;
use study::TextAtHand;
use verbatim_index::{Found, Index, IndexError, Options, Query, Trust, stream};

use common::{corpus, document};

const TEXTS: [(&str, &str); 3] = [
    ("d0", "Ivo: Wat is goede zorg?\n\nAnna: Zorg die werkt, coöperatief.\n"),
    ("d1", "Anna: Werk en zorg.\n\nAnna: En opleidingen natuurlijk.\n"),
    ("d2", "Een verslag zonder sprekers over zorg.\n\nTweede alinea.\n"),
];

fn study() -> Corpus {
    corpus(TEXTS.iter().map(|(id, text)| document(id, "nl", text)).collect())
}

fn search(index: &Index, corpus: &Corpus, query: &str) -> Found {
    let query = Query::parse(query).unwrap();
    index.search(corpus, &query, &Options::default()).unwrap()
}

fn total(index: &Index, corpus: &Corpus, query: &str) -> usize {
    search(index, corpus, query).total
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn unchanged_documents_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("a/b");
    let mut now = study();
    let report = Index::open(Some(&dir), &now).report().clone();
    assert_eq!((report.kept, report.indexed, report.removed, report.unindexed), (0, 3, 0, 0));
    let before = files(&dir.join("tantivy"));
    let index = Index::open(Some(&dir), &now);
    assert_eq!((index.report().kept, index.report().indexed), (3, 0));
    assert_eq!(files(&dir.join("tantivy")), before, "an index in step is not written");
    assert_eq!(total(&index, &now, "zorg"), 4);

    // Another name, role, case or order is nothing to the index.
    now.documents.reverse();
    now.documents[0].id = "renamed".into();
    now.documents[1].speakers[0].role = model::turn::Role::Other;
    let index = Index::open(Some(&dir), &now);
    assert_eq!((index.report().kept, index.report().indexed, index.report().removed), (3, 0, 0));
    assert_eq!(
        search(&index, &now, "zorg").hits.iter().map(|h| h.document).collect::<Vec<_>>(),
        [0, 1, 2, 2]
    );

    // Another language or layout is nothing either; another text is.
    now.documents[0] = document("d2", "nl", "Nu zonder.\n");
    now.documents[1].language = "en".into();
    let mut index = Index::open(Some(&dir), &now);
    assert_eq!((index.report().kept, index.report().indexed, index.report().removed), (2, 1, 1));
    assert_eq!(total(&index, &now, "zorg"), 3);
    now.documents[2].turns.pop();
    assert_eq!(index.refresh(&now).indexed, 0);
    assert_eq!(total(&index, &now, "zorg"), 3);
    now.documents.truncate(1);
    assert_eq!((index.refresh(&now).removed, index.report().kept), (2, 1));
    assert_eq!(total(&index, &now, "zonder"), 1);
}

#[test]
fn a_document_that_changed_since_is_searched_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut now = study();
    let index = Index::open(Some(folder.path()), &now);
    now.documents[1] = document("d1", "nl", "Anna: Iets heel anders over zorg en zorg.\n");
    assert_eq!(total(&index, &now, "zorg"), 5);
    now.documents.push(document("d3", "nl", "zorg\n"));
    assert_eq!(total(&index, &now, "zorg"), 6);
    now.documents.truncate(1);
    assert_eq!(total(&index, &now, "zorg"), 2);
}

#[test]
fn equal_texts_are_indexed_once_and_found_twice() {
    let folder = tempfile::tempdir().unwrap();
    let now = corpus(vec![document("d0", "nl", TEXTS[0].1), document("d1", "nl", TEXTS[0].1)]);
    let index = Index::open(Some(folder.path()), &now);
    assert_eq!(index.report().indexed, 2);
    assert_eq!(
        search(&index, &now, "zorg").hits.iter().map(|h| h.document).collect::<Vec<_>>(),
        [0, 0, 1, 1]
    );
}

/// What is left of a file; none if it is gone.
type Damage = fn(Vec<u8>) -> Option<Vec<u8>>;

#[test]
fn damage_of_any_file_is_mended() {
    let now = study();
    let folder = tempfile::tempdir().unwrap();
    Index::open(Some(folder.path()), &now);
    let inner = folder.path().join("tantivy");
    let names: Vec<PathBuf> =
        files(&inner).into_iter().filter(|p| !p.to_string_lossy().ends_with(".lock")).collect();
    assert!(names.len() > 5);
    let damages: [(&str, Damage); 5] = [
        ("missing", |_| None),
        ("empty", |_| Some(Vec::new())),
        ("cut short", |b| Some(b[..b.len() / 2].to_vec())),
        ("one bit", |mut b| {
            let middle = b.len() / 3;
            b[middle] ^= 4;
            Some(b)
        }),
        ("garbage", |b| Some((0..b.len()).map(|i| (i * 37 % 251) as u8).collect())),
    ];
    for (what, damage) in damages {
        for i in 0..names.len() {
            let path =
                files(&inner).into_iter().filter(|p| !p.to_string_lossy().ends_with(".lock")).nth(i).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            match damage(fs::read(&path).unwrap()) {
                Some(bytes) => fs::write(&path, bytes).unwrap(),
                None => fs::remove_file(&path).unwrap(),
            }
            let index = Index::open(Some(folder.path()), &now);
            assert_eq!(total(&index, &now, "zorg"), 4, "{what}: {name}");
            assert_eq!(total(&index, &now, "zor*"), 4, "{what}: {name}");
            assert_eq!(index.report().trouble, None, "{what}: {name}");
            assert_eq!(index.report().unindexed, 0, "{what}: {name}");
            drop(index);
            assert_eq!(Index::open(Some(folder.path()), &now).report().kept, 3, "{what}: {name}");
        }
    }
}

/// A disk that loses bits leaves length and time of a file as they were.
#[test]
fn words_that_rotted_on_the_disk_are_noticed() {
    let now = study();
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    Index::open(Some(dir), &now);
    let words = files(&dir.join("tantivy")).into_iter().find(|p| p.extension().is_some_and(|e| e == "term"));
    let words = words.unwrap();
    let time = fs::metadata(&words).unwrap().modified().unwrap();
    let whole = fs::read(&words).unwrap();
    let write = |bytes: &[u8]| {
        fs::write(&words, bytes).unwrap();
        fs::File::options().write(true).open(&words).unwrap().set_modified(time).unwrap();
    };
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 4;
        write(&bytes);
        assert!(Index::as_it_is(dir, &now).is_none(), "byte {at}");
    }
    write(&whole);
    assert!(Index::as_it_is(dir, &now).is_some());
    write(&vec![7; whole.len()]);
    let index = Index::open(Some(dir), &now);
    assert!(index.report().rebuilt);
    assert_eq!((total(&index, &now, "zor*"), total(&index, &now, "zorh~")), (4, 4));
}

/// Places of words that rotted would have a coding stand somewhere else: whoever writes down what is found
/// compares them.
#[test]
fn places_that_rotted_on_the_disk_are_noticed_before_anything_is_written_down() {
    let mut now = study();
    // Files of no more than 64 KiB are always compared.
    let words: Vec<String> = (0..60_000).map(|n| format!("zorg w{n}")).collect();
    let many = words.join(" ");
    now.documents.push(document("many", "nl", &format!("Anna: {many}\n")));
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    drop(Index::open(Some(dir), &now));
    let large = || {
        let mut all = files(&dir.join("tantivy"));
        all.retain(|path| fs::metadata(path).unwrap().len() > 1 << 16);
        all
    };
    assert!(large().len() > 1, "words and their places");
    for nth in 0..large().len() {
        let path = large().remove(nth);
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 4;
        fs::write(&path, &bytes).unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        // In which texts a word is is compared by a glance too; where in the text is not.
        let places = path.extension().is_some_and(|e| e == "pos");
        assert_eq!(Index::as_it_is(dir, &now).is_some(), places, "{}", path.display());
        let index = Index::open_with_progress(Some(dir), &now, Trust::Bytes, &|_, _| true);
        assert!(index.report().rebuilt, "{}", path.display());
        assert_eq!(total(&index, &now, "zorg"), 60_004);
    }
}

#[test]
fn files_that_were_copied_are_compared_once() {
    let now = study();
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    Index::open(Some(dir), &now);
    let manifest = || fs::read(dir.join("manifest")).unwrap();
    let postings =
        files(&dir.join("tantivy")).into_iter().find(|p| p.extension().is_some_and(|e| e == "pos"));
    let file = fs::File::options().write(true).open(postings.unwrap()).unwrap();
    let written = manifest();
    // The time that a copy has, and a second one that happens to be that of the writing.
    let first = file.metadata().unwrap().modified().unwrap();
    for time in [first + std::time::Duration::from_hours(1), first] {
        let before = manifest();
        file.set_modified(time).unwrap();
        let index = Index::open(Some(dir), &now);
        assert_eq!((index.report().kept, index.report().rebuilt, total(&index, &now, "zorg")), (3, false, 4));
        drop(index);
        let noted = manifest();
        assert_ne!(noted, before, "the time is noted");
        Index::open(Some(dir), &now);
        assert_eq!(manifest(), noted, "and needs no noting again");
    }
    assert_eq!(manifest(), written);
}

#[test]
fn what_is_not_an_index_is_replaced() {
    let now = study();
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("tantivy");
    fs::write(&inner, "a file").unwrap();
    assert_eq!(Index::open(Some(folder.path()), &now).report().indexed, 3);
    fs::remove_dir_all(&inner).unwrap();
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("meta.json"), "{}").unwrap();
    let index = Index::open(Some(folder.path()), &now);
    assert!(index.report().rebuilt);
    assert_eq!(index.report().indexed, 3);
    drop(index);
    fs::write(folder.path().join("manifest"), "{").unwrap();
    assert_eq!(Index::open(Some(folder.path()), &now).report().indexed, 3);
}

#[test]
fn while_another_program_indexes() {
    let now = study();
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let lock = fs::File::create(dir.join("lock")).unwrap();
    lock.lock().unwrap();
    let index = Index::open(Some(dir), &now);
    assert_eq!(index.report().trouble, Some(IndexError::Busy));
    assert_eq!(index.report().unindexed, 3);
    assert_eq!(total(&index, &now, "zorg"), 4);
    drop(lock);
    Index::open(Some(dir), &now);
    let lock = fs::File::create(dir.join("lock")).unwrap();
    lock.lock().unwrap();
    let index = Index::open(Some(dir), &now);
    assert_eq!((index.report().trouble.clone(), index.report().kept), (None, 3));
    // Out of step and locked: what is indexed is used, the rest is read.
    let mut later = study();
    later.documents.push(document("d3", "nl", "Anna: zorg\n"));
    let index = Index::open(Some(dir), &later);
    assert_eq!((index.report().kept, index.report().unindexed), (3, 1));
    assert_eq!(total(&index, &later, "zorg"), 5);
}

#[test]
fn nowhere_to_write() {
    let now = study();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let index = Index::open(Some(&file.join("index")), &now);
    assert!(matches!(index.report().trouble, Some(IndexError::Folder { .. })));
    assert_eq!(total(&index, &now, "zorg"), 4);
}

#[test]
fn in_memory_gives_the_same() {
    let now = study();
    let folder = tempfile::tempdir().unwrap();
    let disk = Index::open(Some(folder.path()), &now);
    let memory = Index::open(None, &now);
    assert_eq!(memory.report().unindexed, 3);
    for query in
        ["zorg", "\"goede zorg\"", "zorg -anna", "c*", "role:interviewer", "zorg organisation:case-1"]
    {
        assert_eq!(search(&disk, &now, query), search(&memory, &now, query), "{query}");
    }
}

#[test]
fn rebuild_and_forget() {
    let now = study();
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    Index::open(Some(&dir), &now);
    assert_eq!(Index::open_with_progress(Some(&dir), &now, Trust::None, &|_, _| true).report().indexed, 3);
    assert!(Index::size(&dir) > 100);
    assert!(Index::forget(&dir).unwrap() > 100);
    assert!(!dir.exists());
    assert_eq!(Index::forget(&dir).unwrap(), 0);
    assert_eq!(Index::size(&dir), 0);
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    Index::open(Some(&dir), &study());
    let mode = |p: &Path| fs::metadata(p).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&dir), mode(&dir.join("tantivy")), mode(&dir.join("lock"))), (0o700, 0o700, 0o600));
    for file in files(&dir.join("tantivy")) {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[test]
fn many_small_changes_do_not_pile_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut now = study();
    for i in 0..30 {
        now.documents[0] = document("d0", "nl", &format!("Anna: keer {i} over zorg\n"));
        Index::open(Some(folder.path()), &now);
    }
    let index = Index::open(Some(folder.path()), &now);
    assert_eq!((index.report().kept, index.report().trouble.clone()), (3, None));
    assert_eq!(total(&index, &now, "zorg"), 3);
    assert!(files(&folder.path().join("tantivy")).len() < 200);
}

#[test]
fn texts_that_are_read_one_by_one_give_the_same_index() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, streamed) = (folder.path().join("whole"), folder.path().join("streamed"));
    let now = study();
    Index::open(Some(&whole), &now);
    let text = |at: usize| now.documents[at].text.as_str().to_owned();
    let texts: Vec<TextAtHand> =
        (0..3).map(|at| TextAtHand::elsewhere(now.documents[at].text.hash(), text(at).len())).collect();
    // While it is indexed, the second text becomes another.
    let read = |at: usize| {
        let text = if at == 1 { "Anna: Zorg, zorg, zorg.\n".to_owned() } else { text(at) };
        let hash = TextHash::of(&text);
        Some((text, hash))
    };
    let report = stream(Some(&streamed), &texts, &read, Trust::Bytes, &|_, _| true);
    assert_eq!((report.indexed, report.unindexed, report.trouble), (2, 1, None));
    assert!(Index::as_it_is(&streamed, &now).is_none(), "what is not held is not passed over");
    // Whoever opens it next brings in what is missing.
    let index = Index::open(Some(&streamed), &now);
    assert_eq!((index.report().kept, index.report().indexed), (2, 1));
    for query in ["zorg", "\"goede zorg\"", "*werk*", "zorgg~"] {
        let plain = Index::open(Some(&whole), &now);
        assert_eq!(search(&index, &now, query), search(&plain, &now, query), "{query}");
    }
    let same = |at: usize| Some((text(at), TextHash::of(&text(at))));
    let report = stream(Some(&streamed), &texts, &same, Trust::Bytes, &|_, _| true);
    assert_eq!((report.kept, report.indexed), (3, 0));
    let stopped = stream(Some(&streamed), &texts, &same, Trust::None, &|_, _| false);
    assert!(matches!(stopped.trouble, Some(IndexError::Stopped)));
}
