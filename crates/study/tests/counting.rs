//! What is read for counting alone is what opening the study gives, whatever acts it holds.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::fs;

use common::Folder;
use model::act::{
    Change, CodeMerged, CoderAlias, CodingAdded, CodingChanged, DocumentRenamed, OfAct, OfCoding, OfDocument,
};
use model::anchor::Anchor;
use model::coded::Coded;
use model::corpus::Corpus;
use model::id::{ActId, ThingId};
use model::name::Name;
use model::span::Span;
use proptest::prelude::*;
use verbatim_study::{Context, Counting, Draft, ImportOptions, Init, SourceFile, Study};

const CODES: [&str; 4] = ["care", "care-at-home", "pay", "nowhere"];

/// A study with two texts, of which one holds marks that JSON writes otherwise.
fn study(folder: &Folder) -> (Study, Corpus) {
    let book = r#"{"id":"b","title":"B","codes":[{"id":"care","label":"Care","children":[{"id":"care-at-home","label":"At home"}]},{"id":"pay","label":"Pay"}]}"#;
    let init = Init { codebooks: vec![("b.json".to_owned(), book.as_bytes().to_vec())], ..Init::default() };
    let (mut study, _) = Study::init(&folder.dir(), init, &folder.context("anna", 1)).unwrap();
    let texts = [
        "Interviewer: What is \"care\"?\n\nRespondent: Één \\ two 👩‍👩‍👧 three\tfour. Zorg, zei hij.\n\n",
        "Interviewer: And pay?\n\nRespondent: Nothing to say about pay.\n\nInterviewer: Why?\n\nOuder: Daarom.\n",
    ];
    let file = |(i, text): (usize, &&str)| SourceFile {
        name: format!("t{i}.txt"),
        bytes: text.repeat(3).into_bytes(),
    };
    let files = texts.iter().enumerate().map(file).collect();
    study.import_files(files, &[], &ImportOptions::default()).unwrap();
    let (corpus, _) = study.corpus();
    (study, corpus)
}

/// What is done, by numbers: a kind and what it is done to.
type Step = (u8, usize, u32, u32, usize, usize);

fn anchor(corpus: &Corpus, document: usize, start: u32, length: u32) -> Anchor {
    let document = &corpus.documents[document % corpus.documents.len()];
    let start = start % document.text.len();
    let end = (start + 1 + length % 30).min(document.text.len());
    Anchor::new(&document.id, &document.text, document.hash.unwrap(), Span::new(start, end))
}

/// The changes of a step; none where there is nothing to do it to.
fn changes(corpus: &Corpus, acts: &[ActId], step: Step) -> Vec<Change> {
    let (kind, document, start, length, code, at) = step;
    let added = |start: u32, code: usize| {
        Change::CodingAdded(Box::new(CodingAdded {
            anchor: anchor(corpus, document, start, length),
            code: Name::new(CODES[code % CODES.len()]),
            case: (code % 5 == 4).then(|| Name::new("elsewhere")),
            qualifiers: [("status", "in-place")]
                .iter()
                .filter(|_| code.is_multiple_of(3))
                .map(|(q, v)| (Name::new(q), Name::new(v)))
                .collect(),
            weight: (code % 7 == 6).then_some(0.5),
            note: (code % 4 == 3).then(|| "a \"note\"\nof two lines".to_owned()),
            definition: Some(Name::new("0a1b2c3d")),
            rule: None,
        }))
    };
    let act = acts.get(at % acts.len().max(1)).copied();
    let coding = act.map(|act| ThingId { act, k: 1 + (code % 2) as u32 });
    match (kind % 16, act, coding) {
        (7, ..) => vec![added(start, code), added(start + 3, code + 1)],
        (8, _, Some(coding)) => {
            let code = Some(Name::new(CODES[(code / 2) % CODES.len()]));
            vec![Change::CodingChanged(Box::new(CodingChanged { code, ..CodingChanged::of(coding) }))]
        }
        (9, _, Some(coding)) => {
            let anchor = Some(anchor(corpus, document, start, length));
            vec![Change::CodingChanged(Box::new(CodingChanged { anchor, ..CodingChanged::of(coding) }))]
        }
        (10, _, Some(coding)) => vec![Change::CodingRemoved(Box::new(OfCoding { coding }))],
        (11 | 12, Some(act), _) => vec![Change::Undone(Box::new(OfAct { act }))],
        (13, Some(act), _) => vec![Change::Redone(Box::new(OfAct { act }))],
        (14, ..) if code % 3 == 0 => {
            vec![Change::CodeMerged(Box::new(CodeMerged { code: Name::new("pay"), into: Name::new("care") }))]
        }
        (14, ..) if code % 3 == 1 => {
            let (coder, of) = (Name::new("bob"), Name::new("anna"));
            vec![Change::CoderAlias(Box::new(CoderAlias { coder, of }))]
        }
        (15, ..) if code % 4 == 0 => {
            vec![Change::DocumentRemoved(Box::new(OfDocument { document: Name::new("t1") }))]
        }
        (15, ..) if code % 4 == 1 => {
            let (document, to) = (Name::new("t0"), Name::new("other"));
            vec![Change::DocumentRenamed(Box::new(DocumentRenamed { document, to }))]
        }
        _ => vec![added(start, code)],
    }
}

/// Everything that counting reads of a study.
fn told(corpus: &Corpus, coded: &Coded) -> Vec<String> {
    let mut out = vec![format!("{:?}", coded.coders.names)];
    out.extend(coded.placed.iter().map(|p| format!("{p:?}")));
    out.extend(coded.unplaced.iter().map(|u| format!("{u:?}")));
    out.extend(corpus.documents.iter().map(|d| format!("{:?} {:?} {:?}", d.id, d.turns, d.words().len())));
    out.extend(corpus.cases.iter().map(|c| format!("{c:?}")));
    out
}

fn opened(folder: &Folder, context: &Context) -> (Vec<String>, usize) {
    let (study, corpus, _) = Study::open_with_corpus(&folder.dir(), context).unwrap();
    let coded = Coded::new(&corpus, study.state());
    (told(&corpus, &coded), study.state().len())
}

fn read(folder: &Folder, context: &Context) -> Option<(Vec<String>, usize)> {
    let read = Counting::read(&folder.dir(), context)?;
    Some((told(&read.corpus, &read.coded), read.state.len()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_acts_are_read_as_they_are_opened(
        steps in proptest::collection::vec((any::<u8>(), any::<usize>(), 0..400_u32, any::<u32>(), any::<usize>(), any::<usize>()), 1..60),
    ) {
        let folder = Folder::new();
        let (mut anna, corpus) = study(&folder);
        let mut bob = None;
        let mut acts = Vec::new();
        for (i, step) in steps.iter().enumerate() {
            let draft = Draft::new("step", changes(&corpus, &acts, *step));
            // The second coder writes a journal of their own, beside the first.
            let act = if i % 3 == 2 {
                let context = folder.context("bob", 2);
                bob.get_or_insert_with(|| Study::open(&folder.dir(), &context).unwrap()).append(draft)
            } else {
                anna.append(draft)
            };
            acts.push(act.unwrap());
        }
        let context = folder.context("anna", 1);
        let (wanted, all) = opened(&folder, &context);
        let (found, kept) = read(&folder, &context).expect("nothing is in question");
        prop_assert_eq!(found, wanted);
        prop_assert!(kept <= all);
    }
}

/// A study with forty codings, and the name of its journal.
fn coded() -> (Folder, String) {
    let folder = Folder::new();
    let (mut study, corpus) = study(&folder);
    for i in 0..40 {
        study.append(Draft::new("code", changes(&corpus, &[], (0, i, i as u32 * 7, 11, i, 0)))).unwrap();
    }
    let journal = format!("journal/{}", folder.journals()[0]);
    (folder, journal)
}

#[test]
fn codings_are_no_acts() {
    let (folder, _) = coded();
    let context = folder.context("anna", 1);
    let (wanted, all) = opened(&folder, &context);
    let (found, kept) = read(&folder, &context).unwrap();
    assert_eq!(found, wanted);
    assert!(kept + 30 < all, "{kept} of {all} acts were made");
}

#[test]
fn a_changed_text_is_read_as_it_is_opened() {
    let (folder, _) = coded();
    let context = folder.context("anna", 1);
    let text = folder.read("corpus/t0.txt");
    folder.write("corpus/t0.txt", text.replacen("Zorg", "Sorge", 2));
    assert_eq!(read(&folder, &context).unwrap().0, opened(&folder, &context).0);
    folder.write("corpus/t0.txt", text.replace('\n', "\r\n"));
    assert_eq!(read(&folder, &context).unwrap().0, opened(&folder, &context).0);
    fs::remove_file(folder.dir().join("corpus/t1.txt")).unwrap();
    assert_eq!(read(&folder, &context).unwrap().0, opened(&folder, &context).0);
}

#[test]
fn what_must_be_told_about_journals_is_left_to_opening() {
    let (folder, journal) = coded();
    let context = folder.context("anna", 1);
    let whole = folder.read(&journal);
    let lines: Vec<&str> = whole.lines().collect();
    let joined = |lines: &[&str]| format!("{}\n", lines.join("\n"));
    assert!(read(&folder, &context).is_some());
    // A line that is missing, twice, written otherwise, damaged or cut off.
    let mut others = Vec::new();
    others.push(joined(&[&lines[..20], &lines[21..]].concat()));
    others.push(joined(&[&lines[..20], &lines[19..]].concat()));
    let otherwise = lines[20].replace("\"end\":", "\"end\":1");
    others.push(joined(&[&lines[..], &[otherwise.as_str()]].concat()));
    others.push(joined(&[&lines[..20], &["not json"], &lines[20..]].concat()));
    others.push(whole.get(..whole.len() - 40).unwrap().to_owned());
    // Numbers that no file has.
    for end in ["5", "6"] {
        let number = format!("\"n\":1844674407370955161{end}");
        let odd: Vec<String> = lines
            .iter()
            .map(|line| {
                let at = line.find("\"n\":").unwrap();
                let rest = line.get(at..).unwrap();
                format!("{}{number}{}", line.get(..at).unwrap(), rest.get(rest.find(',').unwrap()..).unwrap())
            })
            .collect();
        others.push(format!("{}\n", odd.join("\n")));
    }
    for (i, other) in others.into_iter().enumerate() {
        folder.write(&journal, other);
        assert!(read(&folder, &context).is_none(), "journal {i}");
    }
    // A copy beside it holds each act a second time.
    folder.write(&journal, whole.clone());
    folder.write("journal/bob-zzzzzz.jsonl", whole.clone());
    assert!(read(&folder, &context).is_none());
    folder.write("journal/bob-zzzzzz.jsonl", String::new());
    assert!(read(&folder, &context).is_some());
    // White space makes it no line of ours, and the same act.
    folder.write(&journal, whole.replace("\"code\":\"care\"", "\"code\": \"care\""));
    assert_eq!(read(&folder, &context).unwrap().0, opened(&folder, &context).0);
}
