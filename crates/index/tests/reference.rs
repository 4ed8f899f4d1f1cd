//! Every search against a scan that anyone can check: characters one by one, a list of tokens per
//! turn, every pair and every run of tokens tried.
//!
//! Nothing is shared with the engine: folding is a table, distances of letters are the definition
//! written out, and what is found is chosen from all that could be.

mod common;
#[path = "reference/made.rs"]
mod made;

use made::{CODERS, F, Made, Place, Q, STATUS, W, WORDS, query, texts};
use model::coded::Coded;
use model::corpus::{Corpus, Document};
use model::span::Span;
use model::state::State;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use verbatim_index::{Hit, Index, Options, Query, Seen};

impl W {
    fn fits(&self, token: &Token) -> bool {
        let word = |i: &usize| WORDS[*i].1;
        match self {
            W::Is(i) => token.folded == word(i),
            W::Begins(i) => token.folded.starts_with(word(i)),
            W::Ends(i) => token.folded.ends_with(word(i)),
            W::Has(i) => token.folded.contains(word(i)),
            W::Exact(i) => token.raw == WORDS[*i].0.replace("e\u{301}", "é"),
            W::Typo(i, n) => {
                let a: Vec<char> = word(i).chars().collect();
                let b: Vec<char> = token.folded.chars().collect();
                distance(&a, &b) <= *n
            }
        }
    }
}

/// Letters put in, left out, changed, or swapped with their neighbour: the definition, by recursion.
fn distance(a: &[char], b: &[char]) -> usize {
    let (Some(x), Some(y)) = (a.last(), b.last()) else { return a.len().max(b.len()) };
    let (less_a, less_b) = (&a[..a.len() - 1], &b[..b.len() - 1]);
    let mut least = distance(less_a, less_b) + usize::from(x != y);
    if a.len() > 9 || b.len() > 9 {
        return if least > 0 { 99 } else { 0 };
    }
    least = least.min(distance(less_a, b) + 1).min(distance(a, less_b) + 1);
    if a.len() > 1 && b.len() > 1 && *x == b[b.len() - 2] && a[a.len() - 2] == *y {
        least = least.min(distance(&a[..a.len() - 2], &b[..b.len() - 2]) + 1);
    }
    least
}

/// One word of a text.
#[derive(Clone, Debug)]
struct Token {
    start: usize,
    end: usize,
    folded: String,
    raw: String,
}

/// Folds by table: only what the random texts hold.
fn folded(c: char) -> &'static str {
    match c {
        'a' | 'A' => "a",
        'b' => "b",
        'e' | 'é' | 'É' => "e",
        'ß' => "ss",
        'ĳ' => "ij",
        'ø' | 'o' => "o",
        's' => "s",
        'i' | 'I' => "i",
        'j' | 'J' => "j",
        '_' => "_",
        '1' => "1",
        '日' => "日",
        '本' => "本",
        'x' => "x",
        'n' => "n",
        'v' => "v",
        _ => "",
    }
}

/// The tokens of `[from, to)`: where, and folded. An accent goes with the letter before it.
fn tokens(chars: &[char], from: usize, to: usize) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    for (at, &c) in chars.iter().enumerate().take(to).skip(from) {
        let joined = out.last().is_some_and(|t| t.end == at);
        let letter = !folded(c).is_empty();
        if let Some(last) = out.last_mut().filter(|_| joined && (letter || c == '\u{301}')) {
            last.end = at + 1;
            last.folded.push_str(folded(c));
            last.raw.push(c);
        } else if letter {
            out.push(Token { start: at, end: at + 1, folded: folded(c).to_owned(), raw: c.to_string() });
        }
    }
    out
}

/// Turns, and paragraphs outside them: where each begins and ends, and its turn.
fn stretches(d: &Document, chars: &[char]) -> Vec<(usize, usize, Option<usize>)> {
    let mut inside = vec![None; chars.len()];
    for (i, t) in d.turns.iter().enumerate() {
        for place in inside.iter_mut().take(t.end as usize).skip(t.start as usize) {
            *place = Some(i);
        }
    }
    let mut out: Vec<(usize, usize, Option<usize>)> = Vec::new();
    for at in 0..chars.len() {
        let blank_line = inside[at].is_none() && chars[at] == '\n' && {
            let line: String = chars[..at].iter().rev().take_while(|&&c| c != '\n').collect();
            line.trim().is_empty()
        };
        match out.last_mut() {
            Some(last) if last.1 == at && last.2 == inside[at] && !blank_line => last.1 = at + 1,
            _ if blank_line => {}
            _ => out.push((at, at + 1, inside[at])),
        }
    }
    out
}

/// One turn, or paragraph outside turns.
struct Stretch {
    from: usize,
    to: usize,
    turn: Option<usize>,
    tokens: Vec<Token>,
}

/// One document as the reference sees it.
struct Reader<'a> {
    at: usize,
    document: &'a Document,
    chars: Vec<char>,
    stretches: Vec<Stretch>,
    codings: Vec<Coding>,
}

/// One coding of a document.
#[derive(Clone, Copy, Debug)]
struct Coding {
    code: usize,
    coder: usize,
    status: usize,
    place: Place,
}

/// Of all that could be found, what ends first and is shortest; then what begins behind that.
fn chosen(mut all: Vec<Place>) -> Vec<Place> {
    let mut out = Vec::new();
    let mut end = 0;
    loop {
        all.retain(|p| p.0 >= end);
        let Some(best) = all.iter().copied().min_by_key(|p| (p.1, std::cmp::Reverse(p.0))) else { break };
        out.push(best);
        end = best.1;
    }
    out
}

/// Codings that share a character are one passage.
fn passages(codings: &[Place]) -> Vec<Place> {
    let mut all: Vec<Place> = codings.iter().copied().filter(|p| p.0 < p.1).collect();
    loop {
        let joined = all.iter().enumerate().find_map(|(i, a)| {
            let j = all.iter().enumerate().position(|(j, b)| j != i && a.0 < b.1 && b.0 < a.1)?;
            Some((i, j))
        });
        let Some((i, j)) = joined else { break };
        let one = (all[i].0.min(all[j].0), all[i].1.max(all[j].1));
        let (i, j) = (i.min(j), i.max(j));
        all.remove(j);
        all[i] = one;
    }
    all.sort_unstable();
    all
}

impl Reader<'_> {
    /// The stretches that a passage touches.
    fn touched(&self, p: Place) -> Vec<usize> {
        (0..self.stretches.len())
            .filter(|&i| self.stretches[i].from < p.1 && p.0 < self.stretches[i].to)
            .collect()
    }

    /// The query with the fields of codings that stand side by side replaced by the places that they
    /// name together.
    fn resolved(&self, q: &Q) -> Q {
        let pair = |a: &Q, b: &Q| (Box::new(self.resolved(a)), Box::new(self.resolved(b)));
        match q {
            Q::Field(field) => Q::And(self.side_by_side(&[field])),
            Q::Group(inner) => self.resolved(inner),
            Q::Not(inner) => Q::Not(Box::new(self.resolved(inner))),
            Q::Or(parts) => Q::Or(parts.iter().map(|p| self.resolved(p)).collect()),
            Q::And(parts) => {
                let mut fields = Vec::new();
                let mut out = Vec::new();
                for part in parts {
                    match part {
                        Q::Field(field) => fields.push(field),
                        other => out.push(self.resolved(other)),
                    }
                }
                if !fields.is_empty() {
                    out.extend(self.side_by_side(&fields));
                }
                Q::And(out)
            }
            Q::Inside(a, b) => {
                let (a, b) = pair(a, b);
                Q::Inside(a, b)
            }
            Q::Overlaps(a, b) => {
                let (a, b) = pair(a, b);
                Q::Overlaps(a, b)
            }
            Q::NearTurns(a, b, n) => {
                let (a, b) = pair(a, b);
                Q::NearTurns(a, b, *n)
            }
            Q::ThenTurns(a, b, n) => {
                let (a, b) = pair(a, b);
                Q::ThenTurns(a, b, *n)
            }
            Q::NearWords(a, b, n) => {
                let (a, b) = pair(a, b);
                Q::NearWords(a, b, *n)
            }
            Q::ThenWords(a, b, n) => {
                let (a, b) = pair(a, b);
                Q::ThenWords(a, b, *n)
            }
            other => other.clone(),
        }
    }

    /// What fields side by side say of one coding: its coder is one of each list of coders, its status
    /// one of each list of these; for each list of codes, the passages of each of them.
    fn side_by_side(&self, fields: &[&F]) -> Vec<Q> {
        let fits = |c: &Coding| {
            fields.iter().all(|f| match f {
                F::Coder(of) => of.contains(&c.coder),
                F::Status(of) => of.contains(&c.status),
                F::Code(_) | F::Coded(_) => true,
            })
        };
        let of = |codes: &[usize]| {
            let those = self.codings.iter().filter(|c| fits(c) && codes.contains(&c.code));
            passages(&those.map(|c| c.place).collect::<Vec<_>>())
        };
        let mut lists: Vec<Vec<Place>> = Vec::new();
        for field in fields {
            if let F::Code(codes) = field {
                let mut list: Vec<Place> = codes.iter().flat_map(|&code| of(&[code])).collect();
                list.sort_unstable();
                list.dedup();
                lists.push(list);
            }
        }
        if lists.is_empty() {
            lists.push(of(&[0, 1, 2]));
        }
        let coded = || {
            fields.iter().filter_map(|f| match f {
                F::Coded(of) => Some(of.clone()),
                _ => None,
            })
        };
        if coded().next().is_none() {
            return lists.into_iter().map(Q::Places).collect();
        }
        lists.iter().flat_map(|list| coded().map(|of| Q::Touches(list.clone(), of))).collect()
    }

    fn apart(&self, a: Place, b: Place) -> usize {
        let (a, b) = (self.touched(a), self.touched(b));
        let gaps = a.iter().flat_map(|x| b.iter().map(|y| x.abs_diff(*y)));
        gaps.min().unwrap_or(usize::MAX)
    }

    /// How many words lie between two passages, the first before the second; without end if it is not.
    fn between(&self, a: Place, b: Place) -> usize {
        if a.1 > b.0 {
            return usize::MAX;
        }
        let (from, to) = (a.1, b.0);
        let tokens = || self.stretches.iter().flat_map(|s| &s.tokens);
        let cut = tokens().find(|t| t.start < from && from < t.end);
        let rest = cut.is_some_and(|t| (from..to.min(t.end)).any(|i| !folded(self.chars[i]).is_empty()));
        tokens().filter(|t| t.start >= from && t.start < to).count() + usize::from(rest)
    }

    /// All places of something that has places.
    fn places(&self, q: &Q) -> Vec<Place> {
        let mut out: Vec<Place> = match q {
            Q::Word(w) => {
                let tokens = self.stretches.iter().flat_map(|s| &s.tokens);
                tokens.filter(|t| w.fits(t)).map(|t| (t.start, t.end)).collect()
            }
            Q::Phrase(words, slop) => {
                self.stretches.iter().flat_map(|s| phrase(&s.tokens, words, *slop)).collect()
            }
            Q::Regex => self.stretches.iter().flat_map(|s| self.regex(s)).collect(),
            Q::Near(a, b, n, ordered) => {
                let (a, b) = (self.places(a), self.places(b));
                let near = |s: &Stretch| {
                    let mut all = Vec::new();
                    for x in &a {
                        for y in &b {
                            for (x, y) in [(x, y), (y, x)].iter().take(if *ordered { 1 } else { 2 }) {
                                let inside = x.0 >= s.from && y.1 <= s.to && x.1 <= y.0;
                                let between =
                                    s.tokens.iter().filter(|t| t.start >= x.1 && t.start < y.0).count();
                                // A word that an expression cut in two counts once, where its rest is.
                                let rest = rest_of_word(&s.tokens, x.1, y.0);
                                if inside && n.is_none_or(|n| between + rest < n) {
                                    all.push((x.0, y.1));
                                }
                            }
                        }
                    }
                    chosen(all)
                };
                self.stretches.iter().flat_map(near).collect()
            }
            Q::Inside(a, b) => self.those(a, b, |x, y| y.0 <= x.0 && x.1 <= y.1),
            Q::Overlaps(a, b) => self.those(a, b, |x, y| x.0 < y.1 && y.0 < x.1),
            Q::NearTurns(a, b, n) => self.those(a, b, |x, y| x != y && self.apart(x, y) <= *n),
            Q::ThenTurns(a, b, n) => self.those(a, b, |x, y| x.1 <= y.0 && self.apart(x, y) <= *n),
            Q::NearWords(a, b, n) => self.those(a, b, |x, y| {
                x != y && (x.0 < y.1 && y.0 < x.1 || self.between(x, y) < *n || self.between(y, x) < *n)
            }),
            Q::ThenWords(a, b, n) => {
                self.those(a, b, |x, y| x.1 <= y.0 && n.is_none_or(|n| self.between(x, y) < n))
            }
            Q::Places(places) => places.clone(),
            Q::And(parts) | Q::Or(parts) => parts.iter().flat_map(|p| self.places(p)).collect(),
            _ => Vec::new(),
        };
        out.sort_unstable();
        out.dedup();
        out
    }

    fn those(&self, a: &Q, b: &Q, how: impl Fn(Place, Place) -> bool) -> Vec<Place> {
        let others = self.places(b);
        self.places(a).into_iter().filter(|x| others.iter().any(|y| how(*x, *y))).collect()
    }

    /// `a+[b ]`, capitals or not: the longest run of a's with what follows.
    fn regex(&self, s: &Stretch) -> Vec<Place> {
        let is = |at: usize, letters: &str| at < s.to && letters.contains(self.chars[at]);
        let mut out = Vec::new();
        let mut at = s.from;
        while at < s.to {
            let mut end = at;
            while is(end, "aA") {
                end += 1;
            }
            if end > at && is(end, "bB ") {
                out.push((at, end + 1));
                at = end + 1;
            } else {
                at = end.max(at + 1);
            }
        }
        out
    }

    /// Whether a part holds at a passage.
    fn holds(&self, q: &Q, place: Place) -> bool {
        let touched = self.touched(place);
        match q {
            Q::Role(wanted) => touched
                .iter()
                .filter_map(|&s| self.stretches[s].turn)
                .any(|t| self.document.role(&self.document.turns[t]).as_str() == *wanted),
            Q::Document(wanted) => self.at == *wanted,
            Q::Touches(places, coded) => {
                coded.contains(&places.iter().any(|p| p.0 < place.1 && place.0 < p.1))
            }
            Q::And(parts) => parts.iter().all(|p| self.holds(p, place)),
            Q::Or(parts) => parts.iter().any(|p| self.holds(p, place)),
            Q::Not(inner) => !self.holds(inner, place),
            q if q.kind() == 2 => self.places(q).iter().any(|p| {
                touched.iter().any(|&s| self.stretches[s].from <= p.0 && p.0 < self.stretches[s].to)
            }),
            q => self.places(q).iter().any(|p| p.0 < place.1 && place.0 < p.1),
        }
    }

    /// What a part finds.
    fn finds(&self, q: &Q) -> Vec<Place> {
        let mut out: Vec<Place> = match q {
            Q::Or(parts) => parts.iter().flat_map(|p| self.finds(p)).collect(),
            Q::And(parts) => {
                let most = q.kind();
                let mut out = Vec::new();
                for (i, p) in parts.iter().enumerate().filter(|(_, p)| p.kind() == most) {
                    let others = || parts.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, p)| p);
                    out.extend(self.finds(p).into_iter().filter(|x| others().all(|o| self.holds(o, *x))));
                }
                out
            }
            Q::Not(inner) => match &**inner {
                Q::Not(twice) => self.finds(twice),
                _ => Vec::new(),
            },
            q => self.places(q),
        };
        out.sort_unstable();
        out.dedup();
        out
    }

    fn hits(&self, q: &Q) -> Vec<Hit> {
        let q = &self.resolved(q);
        let d = self.document;
        let hit = |place: Place, turn: Option<usize>| Hit {
            document: self.at,
            span: Span::new(place.0 as u32, place.1 as u32),
            turn,
            by_stem: false,
        };
        if q.kind() > 0 {
            let turn = |p: Place| self.touched(p).into_iter().find_map(|s| self.stretches[s].turn);
            return self.finds(q).into_iter().map(|p| hit(p, turn(p))).collect();
        }
        let mut out = Vec::new();
        for s in &self.stretches {
            let place = if let Some(turn) = s.turn.map(|t| &d.turns[t]) {
                let start = if turn.text_start < turn.end { turn.text_start } else { turn.start };
                (start as usize, turn.end as usize)
            } else if d.turns.is_empty() && self.chars[s.from..s.to].iter().any(|c| !c.is_whitespace()) {
                let blank = self.chars[s.from..s.to].iter().rev().take_while(|c| c.is_whitespace()).count();
                (s.from, s.to - blank)
            } else {
                continue;
            };
            if self.holds(q, place) {
                out.push(hit(place, s.turn));
            }
        }
        out
    }
}

/// 1 where `from` lies within a word of which letters are left before `to`.
fn rest_of_word(tokens: &[Token], from: usize, to: usize) -> usize {
    usize::from(from < to && tokens.iter().any(|t| t.start < from && from < t.end))
}

/// Every choice of tokens that are the words in their order, with few enough others between.
fn phrase(tokens: &[Token], words: &[usize], slop: usize) -> Vec<Place> {
    let fits = |t: usize, w: usize| tokens[t].folded == WORDS[words[w]].1;
    if slop == 0 {
        let mut out = Vec::new();
        let mut at = 0;
        while at + words.len() <= tokens.len() {
            if (0..words.len()).all(|i| fits(at + i, i)) {
                out.push((tokens[at].start, tokens[at + words.len() - 1].end));
                at += words.len();
            } else {
                at += 1;
            }
        }
        return out;
    }
    let mut runs: Vec<Vec<usize>> = (0..tokens.len()).filter(|&t| fits(t, 0)).map(|t| vec![t]).collect();
    for w in 1..words.len() {
        let longer = |run: &Vec<usize>| {
            let last = run[run.len() - 1];
            (last + 1..tokens.len())
                .filter(|&t| fits(t, w))
                .map(|t| [run.clone(), vec![t]].concat())
                .collect::<Vec<_>>()
        };
        runs = runs.iter().flat_map(longer).collect();
        runs.retain(|run| run[run.len() - 1] - run[0] + 1 - run.len() <= slop);
    }
    chosen(runs.iter().map(|run| (tokens[run[0]].start, tokens[run[run.len() - 1]].end)).collect())
}

fn reference(corpus: &Corpus, codings: &[Vec<Coding>], q: &Q) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (at, document) in corpus.documents.iter().enumerate() {
        let chars: Vec<char> = document.text.as_str().chars().collect();
        let stretches = stretches(document, &chars)
            .into_iter()
            .map(|(from, to, turn)| {
                // White space that ends a paragraph is no part of it.
                let blank = chars[from..to].iter().rev().take_while(|c| c.is_whitespace()).count();
                let to = if turn.is_none() { to - blank } else { to };
                Stretch { from, to, turn, tokens: tokens(&chars, from, to) }
            })
            .filter(|s| s.from < s.to)
            .collect();
        let codings = codings[at].clone();
        hits.extend(Reader { at, document, chars, stretches, codings }.hits(q));
    }
    hits
}

/// A study of random texts with random codings of three codes by two coders.
struct Study {
    corpus: Corpus,
    state: State,
    /// Per document.
    codings: Vec<Vec<Coding>>,
}

impl Study {
    fn new(texts: &[String], made: &Made) -> Self {
        let documents: Vec<Document> =
            texts.iter().enumerate().map(|(i, t)| common::document(&format!("d{i}"), "nl", t)).collect();
        let corpus = common::corpus(documents);
        let mut codings = vec![Vec::new(); corpus.documents.len()];
        let mut changes: [Vec<serde_json::Value>; 2] = [
            (0..3)
                .map(|i| serde_json::json!({ "kind": "code-added", "code": format!("c{i}"), "codebook": "book", "fields": {} }))
                .collect(),
            corpus
                .documents
                .iter()
                .map(|d| serde_json::json!({ "kind": "document-added", "document": d.id, "text": d.hash }))
                .collect(),
        ];
        changes[0].push(serde_json::json!({ "kind": "setting", "key": "codebook.book.qualifiers",
            "value": [{ "id": "status", "values": STATUS, "default": STATUS[0] }] }));
        for (document, code, coder, status, (a, b)) in made {
            let document = document % corpus.documents.len();
            let d = &corpus.documents[document];
            let at = |part: usize| part * d.text.len() as usize / 1000;
            let (start, end) = (at(*a.min(b)), at(*a.max(b)));
            if start == end {
                continue;
            }
            codings[document].push(Coding {
                code: *code,
                coder: *coder,
                status: *status,
                place: (start, end),
            });
            let quote = d.text.slice(Span::new(start as u32, end as u32));
            let mut change = serde_json::json!({ "kind": "coding-added", "code": format!("c{code}"), "anchor": {
                "document": d.id, "text": d.hash, "start": start, "end": end, "quote": quote, "before": "", "after": "" } });
            if *status > 0 {
                change["qualifiers"] = serde_json::json!({ "status": STATUS[*status] });
            }
            changes[*coder].push(change);
        }
        let acts = changes.iter().zip(CODERS).enumerate().map(|(i, (changes, coder))| {
            let act = serde_json::json!({ "v": 1, "id": format!("01900000-0000-7000-8000-00000000000{}", i + 1),
                "n": i + 1, "at": "2026-01-01T00:00:00Z", "coder": coder, "changes": changes });
            serde_json::from_value::<model::act::Act>(act).expect("an act")
        });
        let state = State::of(acts);
        Self { corpus, state, codings }
    }

    fn check(&self, index: &Index, coded: &Coded, q: &Q) -> Result<(), TestCaseError> {
        // A query that only takes away, or has words on one side of OR, is refused; see the parser's tests.
        let Ok(query) = Query::parse(&q.written()) else { return Ok(()) };
        let options = Options { seen: Some(Seen { coded, state: &self.state }), ..Options::default() };
        let found = match index.search(&self.corpus, &query, &options) {
            Err(verbatim_index::QueryError::MixedOr(_)) => return Ok(()),
            found => found.map_err(|e| TestCaseError::fail(e.to_string()))?,
        };
        prop_assert_eq!(&found.hits, &reference(&self.corpus, &self.codings, q), "{}", q.written());
        prop_assert_eq!(found.total, found.hits.len());
        Ok(())
    }
}

/// How many random studies: more with `VERBATIM_LONG`.
fn config(cases: u32) -> Config {
    let cases = if std::env::var_os("VERBATIM_LONG").is_some() { cases * 20 } else { cases };
    Config { cases, failure_persistence: None, ..Config::default() }
}

#[test]
fn in_memory() {
    let run = TestRunner::new(config(3000)).run(&(texts(), query()), |((texts, made), q)| {
        let study = Study::new(&texts, &made);
        let coded = Coded::new(&study.corpus, &study.state);
        study.check(&Index::open(None, &study.corpus), &coded, &q)
    });
    assert!(run.is_ok(), "{}", run.unwrap_err());
}

#[test]
fn on_disk() {
    let queries = prop::collection::vec(query(), 60..61);
    let run = TestRunner::new(config(60)).run(&(texts(), queries), |((texts, made), queries)| {
        let folder = tempfile::tempdir()?;
        let study = Study::new(&texts, &made);
        let coded = Coded::new(&study.corpus, &study.state);
        let index = Index::open(Some(folder.path()), &study.corpus);
        prop_assert_eq!(index.report().trouble.as_ref(), None);
        queries.iter().try_for_each(|q| study.check(&index, &coded, q))
    });
    assert!(run.is_ok(), "{}", run.unwrap_err());
}
