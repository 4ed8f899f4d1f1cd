//! Makes the sample study's journals from the codings in `codings/` and the transcripts in
//! `corpus/`: `cargo run --example make-demo`. Same input, same bytes.
//!
//! It plays two coders: anna, who reads everything and is primary, and bram, who reads six
//! documents without seeing her work. On the way the codebook changes as codebooks do.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool for this repository; it may panic and says what it did"
)]

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use model::act::{
    Change, CodeAdded, CodeChanged, CodeFixed, CodingAdded, CodingChanged, Done, MemoWritten, NotAsked,
    OfCoding, PrimaryNamed, Qualifiers, Subject, TranslationWritten,
};
use model::anchor::Anchor;
use model::codebook::Codebook;
use model::coded::Coded;
use model::id::ThingId;
use model::name::Name;
use model::span::Span;
use serde_json::{Map, Value, json};
use study::{Clock, Context, Draft, ImportOptions, Init, Random, Study};

/// Documents that bram reads.
const BRAM: [&str; 6] =
    ["01-rietvink-directeur", "03-kwartel", "04-oosterveen", "05-larkspin", "09-tafelwijs", "12-skarn"];
/// The interview that anna has not finished.
const UNFINISHED: &str = "07-noorderkaap-duo";
/// The interview that was cut off, and what it did not reach.
const CUT_OFF: (&str, [&str; 5]) = (
    "10-wolderveen",
    [
        "employment-terms",
        "sustainable-employability",
        "training",
        "work-life-balance",
        "social-responsibility",
    ],
);

struct Demo {
    dir: PathBuf,
    home: PathBuf,
    root: PathBuf,
    seed: u64,
}

impl Demo {
    /// The study, opened by a coder at a moment of 2026.
    fn open(&mut self, coder: &str, moment: &str) -> Study {
        let context = self.context(coder, moment);
        Study::open(&self.dir, &context).unwrap()
    }

    fn context(&mut self, coder: &str, moment: &str) -> Context {
        self.seed += 1;
        let home = self.home.join(coder);
        let mut context = Context::fixed(&home, coder, if coder == "anna" { 11 } else { 23 });
        context.clock = Clock::Fixed(format!("2026-{moment}:00Z").parse::<Timestamp>().unwrap());
        context.random = Random::seeded(self.seed);
        context
    }

    fn act(&mut self, coder: &str, moment: &str, act: &str, changes: Vec<Change>) {
        self.open(coder, moment).append(Draft::new(act, changes)).unwrap();
    }

    /// One act per coding, a minute apart, as a coder would.
    fn code(&mut self, coder: &str, document: &str, day: &str) {
        let file = self.root.join(format!("crates/cli/demo/codings/{document}.csv"));
        let mut rows = csv::Reader::from_path(&file).unwrap();
        let mut minute = 0;
        for row in rows.records().map(Result::unwrap).filter(|r| &r[0] == coder) {
            let clock = format!("{day}T{:02}:{:02}", 9 + minute / 60, minute % 60);
            minute += 2;
            let mut study = self.open(coder, &clock);
            let (corpus, _) = study.corpus();
            let text = corpus.document(document).unwrap();
            let quote = &row[2];
            assert_eq!(text.text.as_str().matches(quote).count(), 1, "{document}: {quote}");
            let at = text.text.as_str().find(quote).unwrap();
            let span = Span::new(text.text.position(at), text.text.position(at + quote.len()));
            let filled = |i: usize| Some(&row[i]).filter(|s| !s.is_empty());
            let book = study.codebook();
            let code = book.get(&row[1]).unwrap_or_else(|| panic!("{document}: no code {}", &row[1]));
            let mut qualifiers = Qualifiers::new();
            for (field, name) in [(4, "status"), (5, "for"), (6, "horizon"), (7, "said-effect")] {
                if let Some(value) = filled(field) {
                    qualifiers.insert(Name::new(name), Name::new(value));
                }
            }
            let coding = CodingAdded {
                anchor: Anchor::new(document, &text.text, text.hash.unwrap(), span),
                code: code.id.clone(),
                case: filled(3).map(Name::new),
                qualifiers,
                weight: None,
                note: filled(8).map(str::to_owned),
                definition: Some(code.definition_hash()),
                rule: None,
            };
            study.append(Draft::new("code", vec![Change::CodingAdded(Box::new(coding))])).unwrap();
        }
    }

    fn done(&mut self, coder: &str, document: &str, moment: &str) {
        let mut study = self.open(coder, moment);
        let (corpus, _) = study.corpus();
        let text = corpus.document(document).unwrap().hash.unwrap();
        let codes = study.codebook().fixed().map(|c| c.id.clone()).collect();
        let done = Done { document: Name::new(document), text, codes };
        study.append(Draft::new("done", vec![Change::Done(Box::new(done))])).unwrap();
    }

    /// The coding of a coder whose quote begins so.
    fn coding(&mut self, coder: &str, quote: &str) -> ThingId {
        let study = self.open(coder, "06-01T08:00");
        let found: Vec<ThingId> = study
            .state()
            .codings()
            .filter(|c| c.added.coder == *coder && c.anchor.quote().starts_with(quote))
            .map(|c| c.id)
            .collect();
        assert_eq!(found.len(), 1, "{coder}: {quote}");
        found[0]
    }

    fn memo(&mut self, moment: &str, on: Subject, kind: &str, title: &str, body: &str, tags: &[&str]) {
        let memo = MemoWritten {
            memo: None,
            on,
            title: title.to_owned(),
            kind: Name::new(kind),
            body: body.to_owned(),
            tags: tags.iter().map(|t| (*t).to_owned()).collect(),
            links: Vec::new(),
        };
        self.act("anna", moment, "memo", vec![Change::MemoWritten(Box::new(memo))]);
    }
}

fn code_added(code: &str, parent: Option<&str>, fields: &Value) -> Change {
    let fields: Map<String, Value> = fields.as_object().unwrap().clone();
    let codebook = if parent.is_some() { "flexicurity" } else { "in-vivo" };
    Change::CodeAdded(Box::new(CodeAdded {
        code: Name::new(code),
        codebook: Name::new(codebook),
        parent: parent.map(Name::new),
        order: 9.0,
        fields,
    }))
}

fn main() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let mut demo = Demo {
        dir: folder.path().join("demo"),
        home: folder.path().join("home"),
        root: root.clone(),
        seed: 0,
    };
    let read = |name: &str| (name.to_owned(), fs::read(root.join("codebooks").join(name)).unwrap());
    let init = Init {
        codebooks: vec![read("flexicurity.json"), read("context-factors.json")],
        languages: vec!["en".to_owned(), "nl".to_owned()],
        case_label: Some("organisation".to_owned()),
    };
    let context = demo.context("anna", "04-07T08:30");
    drop(Study::init(&demo.dir.clone(), init, &context).unwrap());

    let mut transcripts: Vec<PathBuf> = fs::read_dir(root.join("corpus"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    transcripts.sort();
    let tables = ["documents.csv", "cases.csv", "speakers.csv"].map(|t| root.join("corpus").join(t));
    let options = ImportOptions { attributes: tables.to_vec(), ..ImportOptions::default() };
    let report = demo.open("anna", "04-07T08:40").import(&transcripts, &options).unwrap();
    println!("{} documents, {} problems", report.added.len(), report.problems.len());
    report.problems.iter().for_each(|p| println!("  {p}"));

    demo.act(
        "anna",
        "04-07T08:50",
        "coders",
        vec![Change::PrimaryNamed(Box::new(PrimaryNamed {
            coder: Name::new("anna"),
            documents: Vec::new(),
        }))],
    );
    demo.act(
        "anna",
        "04-07T09:00",
        "codebook",
        vec![
            code_added(
                "valt-overal-buiten",
                None,
                &json!({"label": {"nl": "Valt overal buiten", "en": "Outside everything"}, "var": "outside", "color": "#7a7a7a",
                    "definition": {"nl": "Iemand zegt dat tijdelijke, ingehuurde of zelfstandige mensen van een regeling of van alles zijn uitgesloten.",
                        "en": "Somebody says that temporary, hired or self-employed people are left out of an arrangement, or of everything."},
                    "status": "provisional", "origin": "in-vivo"}),
            ),
            code_added(
                "vaste-kern",
                None,
                &json!({"label": {"nl": "Vaste kern", "en": "Fixed core"}, "var": "core", "color": "#8f6b3a",
                    "definition": {"nl": "Iemand spreekt van een vaste kern, en van wat die krijgt of draagt.",
                        "en": "Somebody speaks of a fixed core of staff, and of what it gets or carries."},
                    "status": "provisional", "origin": "in-vivo"}),
            ),
        ],
    );

    let documents: Vec<String> =
        transcripts.iter().map(|p| p.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    for (i, document) in documents.iter().enumerate() {
        // Three documents a week from 8 April.
        let day = 8 + i * 2;
        let day = if day <= 30 { format!("04-{day:02}") } else { format!("05-{:02}", day - 30) };
        demo.code("anna", document, &day);
        if document == CUT_OFF.0 {
            let codes = CUT_OFF.1.iter().map(|c| Name::new(c)).collect();
            let marks = NotAsked { case: None, document: Some(Name::new(document)), codes };
            demo.act("anna", &format!("{day}T15:30"), "not-asked", vec![Change::NotAsked(Box::new(marks))]);
        }
        if document != UNFINISHED {
            demo.done("anna", document, &format!("{day}T16:00"));
        }
        match i {
            // After the third interview one code turns out to be two things, and another too narrow.
            2 => {
                split(&mut demo);
                broaden(&mut demo);
                for document in ["01-rietvink-directeur", "02-rietvink-thuiszorg"] {
                    demo.done("anna", document, "04-13T17:00");
                }
            }
            14 => move_seminar(&mut demo),
            _ => {}
        }
    }
    for (i, document) in BRAM.iter().enumerate() {
        let day = format!("05-{:02}", 11 + i);
        demo.code("bram", document, &day);
        demo.done("bram", document, &format!("{day}T16:00"));
    }
    demo.act(
        "anna",
        "05-20T10:00",
        "codebook",
        vec![Change::CodeFixed(Box::new(CodeFixed {
            code: Name::new("valt-overal-buiten"),
            earlier: Name::new("declared"),
            searched: Vec::new(),
        }))],
    );
    exemplars(&mut demo);
    memos(&mut demo);
    copy_out(&demo);

    let study = demo.open("anna", "06-01T08:00");
    let (corpus, problems) = study.corpus();
    let coded = Coded::new(&corpus, study.state());
    println!(
        "{} acts, {} codings in place, {} not",
        study.state().len(),
        coded.placed.len(),
        coded.unplaced.len()
    );
    problems.iter().chain(study.problems()).for_each(|p| println!("  {p}"));
    println!("{} codes", Codebook::fold(study.state()).codes.len());
}

/// College partnerships and recognition of prior learning part ways.
fn split(demo: &mut Demo) {
    let evc = demo.coding("anna", "Wat ik zelf het mooiste vind is EVC");
    let mut narrower = Map::new();
    narrower
        .insert("label".to_owned(), json!({"nl": "Samenwerking met mbo en hbo", "en": "Work with colleges"}));
    narrower.insert(
        "definition".to_owned(),
        json!({"nl": "Opleiden samen met mbo-scholen en hogescholen.", "en": "Training together with vocational colleges and universities of applied sciences."}),
    );
    demo.act(
        "anna",
        "04-13T16:20",
        "split",
        vec![
            code_added(
                "recognition-prior-learning",
                Some("training"),
                &json!({"label": {"nl": "Erkennen van eerder leren (EVC)", "en": "Recognition of prior learning"}, "var": "prior_learning",
                    "definition": {"nl": "Wat iemand al kan wordt getoetst en erkend.", "en": "What somebody can do already is assessed and recognised."},
                    "status": "fixed", "origin": "inductive"}),
            ),
            Change::CodeChanged(Box::new(CodeChanged {
                code: Name::new("college-partnerships"),
                fields: narrower,
                effect: Some(Name::new("narrower")),
                reason: Some("recognition of prior learning is a thing of its own".to_owned()),
            })),
            Change::CodingChanged(Box::new(CodingChanged {
                code: Some(Name::new("recognition-prior-learning")),
                ..CodingChanged::of(evc)
            })),
        ],
    );
}

/// The seminar's passage on recognition is moved once it has been coded out of habit.
fn move_seminar(demo: &mut Demo) {
    let evc = demo.coding("anna", "Bij Rietvink laten ze verzorgenden hun ervaring");
    demo.act(
        "anna",
        "05-08T16:30",
        "recode",
        vec![Change::CodingChanged(Box::new(CodingChanged {
            code: Some(Name::new("recognition-prior-learning")),
            ..CodingChanged::of(evc)
        }))],
    );
}

/// Care leave for the dying belongs to informal care as well.
fn broaden(demo: &mut Demo) {
    let mut fields = Map::new();
    fields.insert(
        "definition".to_owned(),
        json!({"nl": "Regelingen voor wie voor een naaste zorgt, ook verlof rond een stervende naaste.",
            "en": "Arrangements for staff who care for someone close, leave around a dying relative included."}),
    );
    demo.act(
        "anna",
        "04-13T16:40",
        "codebook",
        vec![Change::CodeChanged(Box::new(CodeChanged {
            code: Name::new("informal-care"),
            fields,
            effect: Some(Name::new("broader")),
            reason: Some("the second interview speaks of unpaid leave for a dying relative".to_owned()),
        }))],
    );
}

fn exemplars(demo: &mut Demo) {
    let marks = [
        (
            "Wat ik zelf het mooiste vind is EVC",
            "What I myself find most beautiful is recognising what somebody can do already.",
        ),
        (
            "Wij werken met energieprofielen",
            "We work with energy profiles, in which technicians say what drains them at work and what charges them, and then the team divides the tasks.",
        ),
    ];
    for (i, (quote, english)) in marks.into_iter().enumerate() {
        let coding = demo.coding("anna", quote);
        let moment = format!("05-21T10:{:02}", 10 + i);
        demo.act(
            "anna",
            &moment,
            "exemplar",
            vec![
                Change::ExemplarMarked(Box::new(OfCoding { coding })),
                Change::TranslationWritten(Box::new(TranslationWritten {
                    coding,
                    language: Name::new("en"),
                    body: english.to_owned(),
                })),
            ],
        );
    }
}

fn memos(demo: &mut Demo) {
    let code = |c: &str| Subject::Code(Name::new(c));
    let coding = demo.coding("anna", "Wat ik zelf het mooiste vind is EVC");
    let passage = {
        let study = demo.open("anna", "06-01T08:00");
        let anchor = study.state().coding(coding).unwrap().anchor.clone();
        Subject::Passage(anchor)
    };
    demo.memo("04-07T09:10", Subject::Study, "reflexive", "Where I stand",
        "I worked in a hospital for six years. I expect rosters to matter; I must not hear rosters where people speak of choice.", &["position"]);
    demo.memo("04-13T16:25", code("college-partnerships"), "decision", "Split",
        "Recognition of prior learning is about what somebody can do already, working with colleges about where people learn. Two codes from now on.", &["codebook"]);
    demo.memo(
        "04-13T16:45",
        code("informal-care"),
        "decision",
        "Broader",
        "Unpaid leave around a dying relative is included. Interviews 1 and 2 were read again.",
        &["codebook"],
    );
    demo.memo("04-20T16:10", Subject::Document(Name::new(UNFINISHED)), "analytic", "Two voices",
        "The two managers do not agree on who the pool is for. Stopped halfway; the rest still has to be read.", &[]);
    demo.memo(
        "04-26T16:10",
        Subject::Document(Name::new(CUT_OFF.0)),
        "case",
        "Cut off",
        "Fire alarm before part three. What was not reached is marked as not asked, so it is no zero.",
        &[],
    );
    demo.memo("04-24T16:10", Subject::Case(Name::new("tafelwijs")), "case", "A package with a price",
        "Choice over hours makes staffing harder; moving between shops may make up for it. To be looked at as one package.", &["package"]);
    demo.memo("05-20T10:05", code("valt-overal-buiten"), "decision", "Fixed",
        "It recurs in most interviews. I had it in mind from the first one, so earlier readings would have caught it.", &["codebook"]);
    demo.memo(
        "05-21T10:30",
        Subject::Coding(coding),
        "analytic",
        "Pride",
        "One of the few moments at which somebody is plainly proud.",
        &["tone"],
    );
    demo.memo(
        "05-21T10:35",
        passage,
        "analytic",
        "Who is this for?",
        "Told of one person; ask how many there were.",
        &[],
    );
}

/// Writes texts, turns and tables to `corpus/`, journals and `study.json` to `crates/cli/demo/`.
fn copy_out(demo: &Demo) {
    let copy = |from: &Path, to: &Path| _ = fs::copy(from, to).unwrap();
    for entry in fs::read_dir(demo.dir.join("corpus")).unwrap() {
        let path = entry.unwrap().path();
        copy(&path, &demo.root.join("corpus").join(path.file_name().unwrap()));
    }
    let target = demo.root.join("crates/cli/demo");
    for entry in fs::read_dir(&target).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "jsonl") {
            fs::remove_file(path).unwrap();
        }
    }
    copy(&demo.dir.join("study.json"), &target.join("study.json"));
    for entry in fs::read_dir(demo.dir.join("journal")).unwrap() {
        let path = entry.unwrap().path();
        copy(&path, &target.join(path.file_name().unwrap()));
        println!("{}", path.file_name().unwrap().to_str().unwrap());
    }
}
