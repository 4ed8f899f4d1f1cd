//! Indexing against bare tantivy: the same fields and analysers over the same texts, in turn, in one
//! run. Prints medians and their ratio, then how long searches take.
//!
//! `cargo bench -p verbatim-index`. `INTERVIEWS` (default `50,1000`) are the sizes, `ROUNDS` (default
//! 5, for 200 interviews and more 3) how often each is done.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop")]

use std::path::Path;
use std::time::Instant;

use model::corpus::{Corpus, Document};
use model::text::Text;
use model::turn::Turn;
use tantivy::schema::{
    FAST, INDEXED, IndexRecordOption, Schema, TantivyDocument, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer,
};
use tantivy::{IndexWriter, merge_policy::NoMergePolicy};
use verbatim_index::{Index, Options, Query, units};

/// Different words, as in some fifty long interviews.
const VOCABULARY: usize = 50_000;
/// Words of one interview.
const WORDS: usize = 12_000;

/// A small generator of numbers: the same texts at every run.
struct Lcg(u64);

impl Lcg {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn unit(&mut self) -> f64 {
        self.next() as f64 / (1_u64 << 31) as f64
    }
}

/// Words that sound Dutch, the frequent ones short.
fn vocabulary() -> Vec<String> {
    const HEAD: &str = "de en het van een ik dat is je in niet we dus er op die maar was te met voor zijn ook als dan \
                        the to of and that it zorg werk organisatie opleiding pensioen cliënt coöperatie reünie";
    const ONSET: [&str; 24] = [
        "b", "br", "d", "dr", "f", "g", "gr", "h", "k", "kl", "l", "m", "n", "p", "pr", "r", "s", "sch",
        "st", "t", "tr", "v", "w", "z",
    ];
    const NUCLEUS: [&str; 16] =
        ["a", "aa", "e", "ee", "i", "ie", "o", "oo", "u", "eu", "ui", "ij", "ou", "oe", "é", "ë"];
    const CODA: [&str; 12] = ["", "", "", "n", "r", "s", "t", "l", "k", "ng", "rt", "cht"];
    const ENDING: [&str; 12] = ["", "", "", "en", "ing", "heid", "lijk", "tion", "ly", "ed", "er", "baar"];
    let mut random = Lcg(1);
    let mut pick = |of: &[&'static str]| of[random.below(of.len())];
    let mut words: Vec<String> = Vec::with_capacity(VOCABULARY);
    let mut seen = std::collections::HashSet::new();
    while words.len() < VOCABULARY {
        let mut word = String::new();
        for _ in 0..=(words.len() % 3) {
            word.push_str(pick(&ONSET));
            word.push_str(pick(&NUCLEUS));
            word.push_str(pick(&CODA));
        }
        word.push_str(pick(&ENDING));
        if word.len() > 2 && seen.insert(word.clone()) {
            words.push(word);
        }
    }
    words.sort_by_key(String::len);
    HEAD.split(' ').map(str::to_owned).chain(words).take(VOCABULARY).collect()
}

/// Interviews with turns of two speakers; a third Dutch, a third English, a third unknown.
fn interviews(n: usize) -> Corpus {
    let words = vocabulary();
    let weights: Vec<f64> = (0..words.len())
        .scan(0.0, |sum, i| {
            *sum += 1.0 / (i as f64 + 2.7).powf(1.02);
            Some(*sum)
        })
        .collect();
    let total = weights[weights.len() - 1];
    let documents = (0..n).map(|i| {
        let mut random = Lcg(i as u64 + 7);
        let mut text = String::with_capacity(WORDS * 7);
        let mut turns = Vec::new();
        let (mut said, mut at) = (0, 0);
        while said < WORDS {
            let asks = turns.len() % 2 == 0;
            let label = if asks { "Interviewer" } else { "Respondent" };
            let mut turn = format!("{label}: ");
            for sentence in 0..if asks { 1 + random.below(3) } else { 3 + random.below(18) } {
                if sentence > 0 {
                    turn.push_str(if random.below(6) == 0 { "\n\n" } else { " " });
                }
                let length = 5 + random.below(20);
                for k in 0..length {
                    let at = random.unit() * total;
                    let word = &words[weights.partition_point(|&w| w < at).min(words.len() - 1)];
                    turn.push_str(if k > 0 { " " } else { "" });
                    turn.push_str(word);
                }
                turn.push(if asks { '?' } else { '.' });
                said += length;
            }
            let length = turn.chars().count() as u32;
            let text_start = at + label.len() as u32 + 2;
            turns.push(Turn {
                start: at,
                text_start,
                end: at + length,
                speaker: Some(label.into()),
                seconds: None,
            });
            text.push_str(&turn);
            text.push_str("\n\n");
            at += length + 2;
        }
        let text = Text::new(text);
        let language = ["nl", "en", ""][i % 3].to_owned();
        Document {
            id: format!("int{i:05}"),
            hash: Some(text.hash()),
            language,
            text,
            turns,
            ..Document::default()
        }
    });
    Corpus::new(String::new(), documents.collect(), Vec::new())
}

/// The least that tantivy can do the work in: its own analysers, no bookkeeping, no checks.
fn floor(dir: &Path, corpus: &Corpus) {
    let mut builder = Schema::builder();
    let mut text = |name: &str, option| {
        let indexing =
            TextFieldIndexing::default().set_tokenizer(name).set_index_option(option).set_fieldnorms(false);
        builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
    };
    let exact = text("exact", IndexRecordOption::WithFreqsAndPositions);
    let dutch = text("dutch", IndexRecordOption::Basic);
    let english = text("english", IndexRecordOption::Basic);
    let slot = builder.add_u64_field("slot", INDEXED);
    let place = builder.add_u64_field("place", FAST);
    let index = tantivy::Index::create_in_dir(dir, builder.build()).unwrap();
    let words = || {
        TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(240))
            .filter(LowerCaser)
            .filter(AsciiFoldingFilter)
    };
    index.tokenizers().register("exact", words().build());
    index.tokenizers().register("dutch", words().filter(Stemmer::new(Language::Dutch)).build());
    index.tokenizers().register("english", words().filter(Stemmer::new(Language::English)).build());
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, 128 << 20).unwrap();
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for (i, document) in corpus.documents.iter().enumerate() {
        for (k, unit) in units(document).iter().enumerate() {
            let text = unit.text(document);
            let mut entry = TantivyDocument::default();
            entry.add_text(exact, text);
            if document.language != "en" {
                entry.add_text(dutch, text);
            }
            if document.language != "nl" {
                entry.add_text(english, text);
            }
            entry.add_u64(slot, i as u64);
            entry.add_u64(place, (i as u64) << 32 | k as u64);
            writer.add_document(entry).unwrap();
        }
    }
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
}

/// Milliseconds that something takes in a new folder.
fn timed(work: impl Fn(&Path)) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let start = Instant::now();
    work(folder.path());
    start.elapsed().as_secs_f64() * 1e3
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn measure(n: usize, rounds: usize) {
    let corpus = interviews(n);
    let bytes: usize = corpus.documents.iter().map(|d| d.text.as_str().len()).sum();
    println!("{n} interviews, {:.1} MB, {rounds} rounds", bytes as f64 / 1e6);
    let (mut bare, mut own) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        bare.push(timed(|dir| floor(dir, &corpus)));
        own.push(timed(|dir| {
            let index = Index::open(Some(dir), &corpus);
            assert_eq!((index.report().indexed, index.report().trouble.clone()), (n, None));
        }));
    }
    let ratios = own.iter().zip(&bare).map(|(own, bare)| own / bare).collect();
    println!(
        "  index: verbatim {:.0} ms, bare tantivy {:.0} ms, ratio {:.2} (median of pairs)",
        median(own),
        median(bare),
        median(ratios)
    );
    let folder = tempfile::tempdir().unwrap();
    let mut disk = Index::open(Some(folder.path()), &corpus);
    println!("  index on disk: {:.1} MB", Index::size(folder.path()) as f64 / 1e6);
    let reopened = (0..rounds).map(|_| timed(|_| drop(Index::open(Some(folder.path()), &corpus)))).collect();
    println!("  opening an index in step: {:.1} ms", median(reopened));
    let memory = Index::open(None, &corpus);
    let rare = vocabulary().swap_remove(20_000);
    for (what, query, stem) in [
        ("frequent word", "organisatie", false),
        ("frequent word by stem", "organisatie", true),
        ("rare word", rare.as_str(), false),
        ("rare word by stem", rare.as_str(), true),
        ("phrase", "\"de zorg\"", false),
        ("beginning", "organ*", false),
        ("and not", "zorg werk -pensioen", false),
    ] {
        let query = Query::parse(query).unwrap();
        let options = Options { stem, ..Options::default() };
        let total = disk.search(&corpus, &query, &options).unwrap().total;
        let time = |index: &Index| {
            median(
                (0..rounds * 3).map(|_| timed(|_| drop(index.search(&corpus, &query, &options)))).collect(),
            )
        };
        println!(
            "  {what}: {total} hits, {:.2} ms with the index, {:.2} ms without",
            time(&disk),
            time(&memory)
        );
    }
    let mut changed = corpus;
    let mut update = Vec::new();
    for round in 0..rounds {
        let text = Text::new(format!("Interviewer: {round}\n\n{}", changed.documents[0].text.as_str()));
        changed.documents[0].hash = Some(text.hash());
        changed.documents[0].text = text;
        let start = Instant::now();
        assert_eq!(disk.refresh(&changed).indexed, 1);
        update.push(start.elapsed().as_secs_f64() * 1e3);
    }
    println!("  one changed interview: {:.0} ms", median(update));
}

fn main() {
    let sizes = std::env::var("INTERVIEWS").unwrap_or_else(|_| "50,1000".into());
    let rounds: Option<usize> = std::env::var("ROUNDS").ok().and_then(|r| r.parse().ok());
    for n in sizes.split(',').filter_map(|n| n.trim().parse().ok()) {
        measure(n, rounds.unwrap_or(if n < 200 { 5 } else { 3 }));
    }
}
