//! Real interviews: a search for a plain word finds as many places as `grep -o -i -w` prints lines.

#![expect(clippy::unwrap_used, reason = "a test may stop")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod common;

use std::collections::HashMap;
use std::process::Command;

use model::corpus::{Corpus, Document};
use model::text::Text;
use verbatim_index::{Index, Options, Query};

/// The founders' interviews, without turns: grep knows none. None, and a message, where the data
/// are absent.
fn founders() -> Option<(std::path::PathBuf, Corpus)> {
    let Some(data) = common::data() else {
        eprintln!("skipped: there is no ../shared/data beside the workspace");
        return None;
    };
    let folder = data.join("corpora/founders/transcripts");
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let documents = paths
        .iter()
        .map(|path| {
            let text = Text::new(std::fs::read_to_string(path).unwrap());
            let id = path.file_stem().unwrap().to_string_lossy().into_owned();
            Document { hash: Some(text.hash()), text, title: id.clone(), id, ..Document::default() }
        })
        .collect();
    Some((folder, common::corpus(documents)))
}

/// Words as grep knows them, lower case, with how often they occur.
fn counted(corpus: &Corpus) -> Vec<(String, usize)> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for d in &corpus.documents {
        for word in
            d.text.as_str().split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty())
        {
            *counts.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    let mut words: Vec<_> = counts.into_iter().filter(|(w, _)| w.is_ascii()).collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words
}

/// The most frequent words, and words spread evenly over all others.
fn chosen(words: &[(String, usize)]) -> Vec<(String, usize)> {
    let step = words.len() / 150;
    words.iter().take(60).chain(words.iter().skip(60).step_by(step.max(1))).cloned().collect()
}

#[test]
fn words_are_found_as_often_as_they_occur() {
    let Some((_, corpus)) = founders() else { return };
    let words = chosen(&counted(&corpus));
    assert!(words.len() > 200);
    let folder = tempfile::tempdir().unwrap();
    let disk = Index::open(Some(folder.path()), &corpus);
    assert_eq!((disk.report().unindexed, disk.report().trouble.clone()), (0, None));
    let memory = Index::open(None, &corpus);
    for (word, count) in &words {
        let query = Query::parse(&format!("\"{word}\"")).unwrap();
        let found = disk.search(&corpus, &query, &Options::default()).unwrap();
        assert_eq!(found.total, *count, "{word}");
        assert_eq!(found, memory.search(&corpus, &query, &Options::default()).unwrap(), "{word}");
        for hit in &found.hits {
            assert_eq!(corpus.documents[hit.document].text.slice(hit.span).to_lowercase(), *word);
        }
    }
}

#[test]
fn words_are_found_as_often_as_grep_finds_them() {
    let Some((folder, corpus)) = founders() else { return };
    let grep = |word: &str| -> Option<usize> {
        let out = Command::new("grep")
            .args(["-r", "-h", "-o", "-i", "-w", "-F", "-e", word])
            .arg(&folder)
            .env("LC_ALL", "C.UTF-8")
            .output()
            .ok()?;
        Some(out.stdout.split(|&b| b == b'\n').filter(|line| !line.is_empty()).count())
    };
    if grep("the").is_none_or(|n| n == 0) {
        eprintln!("skipped: there is no grep here that knows -o and -w");
        return;
    }
    let index = Index::open(None, &corpus);
    let mut words: Vec<String> = chosen(&counted(&corpus)).into_iter().map(|(w, _)| w).collect();
    words.extend(["don", "t", "ve", "Adam", "adam", "01", "2007"].map(str::to_owned));
    for word in &words {
        let query = Query::parse(&format!("\"{word}\"")).unwrap();
        let total = index.search(&corpus, &query, &Options::default()).unwrap().total;
        assert_eq!(Some(total), grep(word), "{word}");
    }
}
