//! Real interviews: a search finds as many places as `grep -o` prints lines, wherever both can ask the
//! same: words, parts of words, phrases on one line, exact case, regular expressions.

#![expect(clippy::unwrap_used, reason = "a test may stop")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod common;

use std::collections::HashMap;
use std::path::Path;
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

/// How many matches grep prints; none where there is no grep.
fn grep(folder: &Path, options: &[&str], pattern: &str) -> Option<usize> {
    let out = Command::new("grep")
        .args(["-r", "-h", "-o"])
        .args(options)
        .args(["-e", pattern])
        .arg(folder)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .ok()?;
    Some(out.stdout.split(|&b| b == b'\n').filter(|line| !line.is_empty()).count())
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
    let grep = |word: &str| grep(&folder, &["-i", "-w", "-F"], word);
    if grep("the").is_none_or(|n| n == 0) {
        eprintln!("skipped: there is no grep here that knows -o and -w");
        return;
    }
    let index = Index::open(None, &corpus);
    let mut words: Vec<String> = chosen(&counted(&corpus)).into_iter().step_by(3).map(|(w, _)| w).collect();
    words.extend(["don", "t", "ve", "Adam", "adam", "01", "2007"].map(str::to_owned));
    for word in &words {
        let query = Query::parse(&format!("\"{word}\"")).unwrap();
        let total = index.search(&corpus, &query, &Options::default()).unwrap().total;
        assert_eq!(Some(total), grep(word), "{word}");
    }
}

/// A letter, figure or line below, and what is none, to Perl's expressions.
const IN: &str = r"[\p{L}\p{N}_]";
const OUT: &str = r"[^\p{L}\p{N}_]";

#[test]
fn parts_phrases_and_expressions_are_found_as_often_as_grep_finds_them() {
    let Some((folder, corpus)) = founders() else { return };
    let perl = |options: &[&str], pattern: &str| grep(&folder, &[&["-P"], options].concat(), pattern);
    if perl(&["-i"], &format!("{IN}+the{OUT}")).is_none_or(|n| n == 0) {
        eprintln!("skipped: there is no grep here that knows Perl's expressions");
        return;
    }
    let disk = tempfile::tempdir().unwrap();
    let index = Index::open(Some(disk.path()), &corpus);
    let scan = Index::open(None, &corpus);
    let found = |query: &str| {
        let parsed = Query::parse(query).unwrap();
        let found = index.search(&corpus, &parsed, &Options::default()).unwrap();
        assert_eq!(found, scan.search(&corpus, &parsed, &Options::default()).unwrap(), "{query}");
        // grep reads line by line.
        let on_one_line =
            found.hits.iter().filter(|h| !corpus.documents[h.document].text.slice(h.span).contains('\n'));
        on_one_line.count()
    };
    let (begin, end) = (format!("(?<!{IN})"), format!("(?!{IN})"));
    let check = |query: &str, options: &[&str], pattern: &str| {
        assert_eq!(Some(found(query)), perl(options, pattern), "{query} {pattern}");
    };
    for part in ["work", "found", "s", "re", "un", "tion", "ing", "ness", "over", "product", "invest", "zz"] {
        check(part, &["-i"], &format!("{begin}{part}{end}"));
        check(&format!("{part}*"), &["-i"], &format!("{begin}{part}{IN}*"));
        check(&format!("*{part}"), &["-i"], &format!("{begin}{IN}*{part}{end}"));
        check(&format!("*{part}*"), &["-i"], &format!("{begin}{IN}*{part}{IN}*"));
    }
    for (first, last) in [("pro", "s"), ("in", "ing"), ("a", "e"), ("s", "s")] {
        check(&format!("{first}*{last}"), &["-i"], &format!("{begin}{first}{IN}*{last}{end}"));
    }
    for phrase in ["a lot", "open source", "you know", "it s", "that that", "of the", "New York", "don t"] {
        let words: Vec<&str> = phrase.split(' ').collect();
        let both = words.join(&format!("{OUT}+"));
        check(&format!("\"{phrase}\""), &["-i"], &format!("{begin}{both}{end}"));
        check(&format!("=\"{phrase}\""), &[], &format!("{begin}{both}{end}"));
    }
    check("\"open sourc*\"", &["-i"], &format!("{begin}open{OUT}+sourc{IN}*"));
    check("\"a very large\"", &["-i"], &format!("{begin}a{OUT}+very{OUT}+large{end}"));
    for word in ["Google", "google", "GOOGLE", "It", "it", "IT", "Apple", "apple", "May", "may"] {
        check(&format!("={word}"), &[], &format!("{begin}{word}{end}"));
    }
    for expression in [
        r"work(ing|ed|er)?",
        r"found(er|ing)s?",
        r"[0-9]{4}",
        r"[0-9]+(\.[0-9]+)? (percent|million)",
        r"start-?ups?",
        r"(we|they) (don't|do not|didn't)",
        r"a.?b.?c",
        r"\[[0-9:]+\]",
        r"the [a-z]+ of the",
        r"(?-i)[A-Z][a-z]+ [A-Z][a-z]+",
        r"very very|very",
        r"^\*\*[a-z]+",
    ] {
        let unfolded = expression.strip_prefix("(?-i)");
        let options: &[&str] = if unfolded.is_some() { &[] } else { &["-i"] };
        check(&format!("/{expression}/"), options, unfolded.unwrap_or(expression));
    }
}
