//! A made-up study for benchmarks: deterministic, Dutch-like, as large as asked.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use model::act::{Act, Change, CodingAdded, Done};
use model::anchor::Anchor;
use model::id::ActId;
use model::name::Name;
use model::span::Span;
use study::{Context, ImportOptions, Init, SourceFile, Study};

/// A small, fast, deterministic generator (splitmix64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// The next number below `below`.
    pub(crate) fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % below as u64) as usize
    }
}

const WORDS: &[&str] = &[
    "de",
    "het",
    "een",
    "en",
    "van",
    "ik",
    "dat",
    "wij",
    "niet",
    "je",
    "in",
    "is",
    "maar",
    "dan",
    "mensen",
    "werk",
    "eigenlijk",
    "afdeling",
    "rooster",
    "opleiding",
    "zorg",
    "dienst",
    "collega",
    "uren",
    "moet",
    "kan",
    "willen",
    "gewoon",
    "heel",
    "één",
    "beleid",
    "coördinator",
    "geïnteresseerd",
    "week",
    "nacht",
    "planning",
    "flexibel",
    "zekerheid",
    "contract",
    "bond",
];

/// One interview of about `words` words, with turns `Interviewer:` and `Respondent:`.
pub(crate) fn interview(chance: &mut Chance, words: usize) -> String {
    let mut text = String::with_capacity(words * 7);
    let mut written = 0;
    let mut asks = true;
    while written < words {
        text.push_str(if asks { "Interviewer: " } else { "Respondent: " });
        for _ in 0..(if asks { 1 + chance.below(3) } else { 4 + chance.below(12) }) {
            let length = 5 + chance.below(18);
            for i in 0..length {
                let word = WORDS[chance.below(WORDS.len())];
                if i == 0 {
                    let mut chars = word.chars();
                    text.extend(chars.next().into_iter().flat_map(char::to_uppercase));
                    text.push_str(chars.as_str());
                } else {
                    text.push(' ');
                    text.push_str(word);
                }
            }
            text.push_str(if asks { "? " } else { ". " });
            written += length;
        }
        text.truncate(text.trim_end().len());
        text.push_str("\n\n");
        asks = !asks;
    }
    text
}

/// A codebook of `tops` codes with `subs` sub-codes each.
fn codebook(tops: usize, subs: usize) -> Vec<u8> {
    let mut out = String::from(r#"{"id":"made","title":"Made","codes":["#);
    for t in 0..tops {
        let comma = if t == 0 { "" } else { "," };
        let _ = write!(out, r#"{comma}{{"id":"top-{t}","label":"Top {t}","status":"fixed","children":["#);
        for s in 0..subs {
            let comma = if s == 0 { "" } else { "," };
            let _ = write!(out, r#"{comma}{{"id":"sub-{t}-{s}","label":"Sub {t} {s}","status":"fixed"}}"#);
        }
        out.push_str("]}");
    }
    out.push_str("]}");
    out.into_bytes()
}

/// A study of `interviews` interviews of about 12,000 words with `codings` codings of one coder, all
/// documents done.
pub(crate) fn study(folder: &Path, interviews: usize, codings: usize) -> PathBuf {
    let dir = folder.join("study");
    let context = Context::fixed(folder, "anna", 7);
    let init = Init { codebooks: vec![("made.json".to_owned(), codebook(7, 5))], ..Init::default() };
    let (mut study, _) = Study::init(&dir, init, &context).unwrap();
    let mut chance = Chance(1);
    let files: Vec<SourceFile> = (0..interviews)
        .map(|i| SourceFile {
            name: format!("interview-{i:04}.txt"),
            bytes: interview(&mut chance, 12_000).into_bytes(),
        })
        .collect();
    study.import_files(files, &[], &ImportOptions::default()).unwrap();
    let mut table = String::from("document,case,kind\n");
    for i in 0..interviews {
        let _ = writeln!(table, "interview-{i:04},case-{:02},interview", i % 44);
    }
    study.import_table("documents.csv", table.as_bytes()).unwrap();
    let (corpus, _) = study.corpus();
    let mut newest = study.state().newest();
    let mut lines = Vec::new();
    let mut n = 0;
    let mut write = |act: &str, changes: Vec<Change>| {
        newest = ActId::next(newest, newest.millis() + 1_000, n as u32);
        n += 1;
        let act = Act {
            v: 1,
            id: newest,
            n,
            at: "2026-05-04T10:11:12Z".into(),
            coder: Name::new("anna"),
            by: None,
            act: Name::new(act),
            changes: changes.into(),
        };
        lines.extend(model::journal::line(&act).unwrap());
    };
    for i in 0..codings {
        let document = &corpus.documents[i % interviews];
        let turn = &document.turns[chance.below(document.turns.len())];
        let length = turn.end - turn.text_start;
        let start = turn.text_start + chance.below(length.max(2) as usize / 2) as u32;
        let span = Span::new(start, (start + 40 + chance.below(200) as u32).min(turn.end));
        let (top, sub) = (chance.below(7), chance.below(6));
        let code = if sub == 5 { format!("top-{top}") } else { format!("sub-{top}-{sub}") };
        write(
            "code",
            vec![Change::CodingAdded(Box::new(CodingAdded {
                anchor: Anchor::new(&document.id, &document.text, document.hash.unwrap(), span),
                code: Name::new(&code),
                case: None,
                qualifiers: std::collections::BTreeMap::new(),
                weight: None,
                note: None,
                definition: Some(Name::new("0a1b2c3d")),
                rule: None,
            }))],
        );
    }
    let book = study.codebook();
    let codes: Vec<Name> = book.fixed().map(|c| c.id.clone()).collect();
    let done = corpus.documents.iter().map(|d| {
        Change::Done(Box::new(Done {
            document: Name::new(&d.id),
            text: d.hash.unwrap(),
            codes: codes.clone(),
        }))
    });
    write("done", done.collect());
    fs::File::create(dir.join("journal/anna-bench.jsonl"))
        .and_then(|mut f| std::io::Write::write_all(&mut f, &lines))
        .unwrap();
    dir
}
