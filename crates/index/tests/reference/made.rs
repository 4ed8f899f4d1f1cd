//! What the reference is tried on: random texts with random codings, and random queries.

use proptest::prelude::*;

/// The characters of the random texts.
const PIECES: [&str; 30] = [
    "a",
    "b",
    "A",
    "é",
    "É",
    "e",
    "ß",
    "ss",
    "ĳ",
    "IJ",
    "ø",
    "_",
    "1",
    "²",
    " ",
    " ",
    " ",
    " ",
    "\n",
    "'",
    "-",
    ".",
    "👩‍💻",
    "日",
    "本",
    "e\u{301}",
    "x\u{301}",
    "\nAnna: ",
    "\nIvo: ",
    "\n\n",
];
/// The words of the random queries, with what they are when folded.
pub(crate) const WORDS: [(&str, &str); 14] = [
    ("a", "a"),
    ("B", "b"),
    ("ab", "ab"),
    ("é", "e"),
    ("e", "e"),
    ("ß", "ss"),
    ("IJ", "ij"),
    ("o", "o"),
    ("日本", "日本"),
    ("x", "x"),
    ("1", "1"),
    ("_", "_"),
    ("anna", "anna"),
    ("ae\u{301}", "ae"),
];

/// What one word must be.
#[derive(Clone, Debug)]
pub(crate) enum W {
    Is(usize),
    Begins(usize),
    Ends(usize),
    Has(usize),
    Exact(usize),
    Typo(usize, usize),
}

impl W {
    pub(crate) fn written(&self) -> String {
        let word = |i: &usize| WORDS[*i].0;
        match self {
            W::Is(i) => word(i).to_owned(),
            W::Begins(i) => format!("{}*", word(i)),
            W::Ends(i) => format!("*{}", word(i)),
            W::Has(i) => format!("*{}*", word(i)),
            W::Exact(i) => format!("={}", word(i)),
            W::Typo(i, n) => format!("{}~{n}", word(i)),
        }
    }
}

/// One field that speaks of codings; several values are one of these.
#[derive(Clone, Debug)]
pub(crate) enum F {
    Code(Vec<usize>),
    Coder(Vec<usize>),
    Status(Vec<usize>),
    Coded(Vec<bool>),
}

pub(crate) const CODERS: [&str; 2] = ["anna", "bram"];
pub(crate) const STATUS: [&str; 2] = ["in-place", "planned"];

impl F {
    pub(crate) fn written(&self) -> String {
        let values: Vec<String> = match self {
            F::Code(of) => of.iter().map(|i| format!("c{i}")).collect(),
            F::Coder(of) => of.iter().map(|i| CODERS[*i].to_owned()).collect(),
            F::Status(of) => of.iter().map(|i| STATUS[*i].to_owned()).collect(),
            F::Coded(of) => of.iter().map(|yes| if *yes { "yes" } else { "no" }.to_owned()).collect(),
        };
        let name = match self {
            F::Code(_) => "code:",
            F::Coder(_) => "coder:",
            F::Status(_) => "status=",
            F::Coded(_) => "coded:",
        };
        match values.as_slice() {
            [one] => format!("{name}{one}"),
            several => format!("{name}({})", several.join(" OR ")),
        }
    }
}

/// A query as the reference knows it.
#[derive(Clone, Debug)]
pub(crate) enum Q {
    Word(W),
    /// Words behind each other, with at most so many others between them.
    Phrase(Vec<usize>, usize),
    Regex,
    /// NEAR or, ordered, THEN, within so many words.
    Near(Box<Q>, Box<Q>, Option<usize>, bool),
    /// INSIDE, OVERLAPS, NEAR in turns, THEN in turns.
    Inside(Box<Q>, Box<Q>),
    Overlaps(Box<Q>, Box<Q>),
    NearTurns(Box<Q>, Box<Q>, usize),
    ThenTurns(Box<Q>, Box<Q>, usize),
    /// NEAR and THEN in words where one side is, or may be, a coding.
    NearWords(Box<Q>, Box<Q>, usize),
    ThenWords(Box<Q>, Box<Q>, Option<usize>),
    Field(F),
    /// In parentheses.
    Group(Box<Q>),
    /// What fields of codings side by side find.
    Places(Vec<Place>),
    /// What they hold at where `coded:` is among them: it touches one of these, or none.
    Touches(Vec<Place>, Vec<bool>),
    Role(&'static str),
    Document(usize),
    And(Vec<Q>),
    Or(Vec<Q>),
    Not(Box<Q>),
}

impl Q {
    pub(crate) fn written(&self) -> String {
        let list = |parts: &[Q], by: &str| {
            format!("({})", parts.iter().map(Q::written).collect::<Vec<_>>().join(by))
        };
        let pair = |a: &Q, by: &str, b: &Q| format!("({} {by} {})", a.written(), b.written());
        match self {
            Q::Word(w) => w.written(),
            Q::Phrase(words, slop) => {
                let words = words.iter().map(|&w| WORDS[w].0).collect::<Vec<_>>().join(" ");
                if *slop == 0 { format!("\"{words}\"") } else { format!("\"{words}\"~{slop}") }
            }
            Q::Regex => "/a+[b ]/".to_owned(),
            Q::Near(a, b, n, ordered) => {
                let name = if *ordered { "THEN" } else { "NEAR" };
                pair(a, &n.map_or(name.to_owned(), |n| format!("{name}/{n}")), b)
            }
            Q::Inside(a, b) => pair(a, "INSIDE", b),
            Q::Overlaps(a, b) => pair(a, "OVERLAPS", b),
            Q::NearTurns(a, b, n) => pair(a, &format!("NEAR/{n}t"), b),
            Q::ThenTurns(a, b, n) => pair(a, &format!("THEN/{n}t"), b),
            Q::NearWords(a, b, n) => pair(a, &format!("NEAR/{n}"), b),
            Q::ThenWords(a, b, n) => pair(a, &n.map_or("THEN".to_owned(), |n| format!("THEN/{n}")), b),
            Q::Field(field) => field.written(),
            Q::Group(inner) => format!("({})", inner.written()),
            Q::Places(_) | Q::Touches(..) => String::new(),
            Q::Role(role) => format!("role:{role}"),
            Q::Document(i) => format!("doc:d{i}"),
            Q::And(parts) => list(parts, " "),
            Q::Or(parts) => list(parts, " OR "),
            Q::Not(inner) => format!("NOT {}", inner.written()),
        }
    }

    /// What it finds: 2 places in the text, 1 passages of codings, 0 nothing of its own.
    pub(crate) fn kind(&self) -> usize {
        match self {
            Q::Word(_) | Q::Phrase(..) | Q::Regex | Q::Near(..) => 2,
            Q::Inside(a, _)
            | Q::Overlaps(a, _)
            | Q::NearTurns(a, ..)
            | Q::ThenTurns(a, ..)
            | Q::NearWords(a, ..)
            | Q::ThenWords(a, ..) => a.kind(),
            Q::Field(_) | Q::Places(_) => 1,
            Q::Group(inner) => inner.kind(),
            Q::Touches(..) | Q::Role(_) | Q::Document(_) => 0,
            Q::Not(inner) => match &**inner {
                Q::Not(twice) => twice.kind(),
                _ => 0,
            },
            Q::And(parts) | Q::Or(parts) => parts.iter().map(Q::kind).max().unwrap_or(0),
        }
    }

    /// Whether it finds places in the text and no codings.
    fn only_text(&self) -> bool {
        match self {
            Q::Or(parts) => parts.iter().all(Q::only_text),
            other => other.kind() == 2,
        }
    }
}

pub(crate) fn query() -> impl Strategy<Value = Q> {
    let words = 0..WORDS.len();
    let word = || {
        prop_oneof![
            4 => words.clone().prop_map(W::Is),
            1 => words.clone().prop_map(W::Begins),
            1 => words.clone().prop_map(W::Ends),
            1 => words.clone().prop_map(W::Has),
            1 => words.clone().prop_map(W::Exact),
            1 => (words.clone(), 1..3_usize).prop_map(|(w, n)| W::Typo(w, n)),
        ]
        .prop_map(Q::Word)
    };
    let phrase = || {
        (prop::collection::vec(0..WORDS.len(), 2..4), 0..3_usize)
            .prop_map(|(words, slop)| Q::Phrase(words, slop))
    };
    let text = prop_oneof![4 => word(), 2 => phrase(), 1 => Just(Q::Regex)];
    let near = (text.clone(), text.clone(), prop::option::of(1..5_usize), any::<bool>()).prop_map(
        |(a, b, n, ordered)| Q::Near(Box::new(a), Box::new(b), n.or((!ordered).then_some(8)), ordered),
    );
    // Codings that have a place: one field, or several side by side in parentheses.
    let of = |n: usize| prop_oneof![3 => prop::collection::vec(0..n, 1..2), 1 => prop::collection::vec(0..n, 2..4)];
    let names = move || prop_oneof![2 => of(3).prop_map(F::Code), 1 => of(2).prop_map(F::Coder), 1 => of(2).prop_map(F::Status)];
    let codings = prop_oneof![
        2 => names().prop_map(Q::Field),
        1 => names().prop_map(|f| Q::Group(Box::new(Q::Field(f)))),
        1 => prop::collection::vec(names().prop_map(Q::Field), 2..4).prop_map(Q::And),
    ];
    let placed = prop_oneof![2 => text.clone(), 1 => near.clone(), 2 => codings];
    let either = prop::collection::vec(placed.clone(), 2..3).prop_map(Q::Or);
    let side = prop_oneof![4 => placed.clone(), 1 => either];
    let relation = (side.clone(), side, 0..7_usize, 0..3_usize).prop_map(|(a, mut b, how, n)| {
        if how > 3 && a.only_text() && b.only_text() {
            b = Q::Or(vec![b, Q::Field(F::Code(vec![n % 2]))]);
        }
        let (a, b) = (Box::new(a), Box::new(b));
        match how {
            0 => Q::Inside(a, b),
            1 => Q::Overlaps(a, b),
            2 => Q::NearTurns(a, b, n),
            4 => Q::NearWords(a, b, n + 1),
            5 => Q::ThenWords(a, b, Some(n + 1)),
            6 => Q::ThenWords(a, b, None),
            _ => Q::ThenTurns(a, b, n),
        }
    });
    // Fields beside each other and beside words, some of them in parentheses or taken away.
    let coded = prop_oneof![3 => prop::collection::vec(any::<bool>(), 1..2), 1 => prop::collection::vec(any::<bool>(), 2..3)];
    let field = prop_oneof![3 => names(), 1 => coded.prop_map(F::Coded)].prop_map(Q::Field);
    let one = prop_oneof![
        6 => field.clone(),
        1 => field.clone().prop_map(|f| Q::Group(Box::new(f))),
        1 => field.clone().prop_map(|f| Q::Not(Box::new(f))),
        1 => field.clone().prop_map(|f| Q::Not(Box::new(Q::Not(Box::new(f))))),
        2 => text.clone(),
    ];
    let beside = prop::collection::vec(one, 2..5).prop_map(Q::And);
    let leaf = prop_oneof![
        6 => text,
        2 => near,
        2 => relation,
        1 => field,
        3 => beside,
        1 => prop_oneof![Just("interviewer"), Just("respondent")].prop_map(Q::Role),
        1 => (0..2_usize).prop_map(Q::Document),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Q::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Q::Or),
            inner.prop_map(|q| Q::Not(Box::new(q))),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..80).prop_map(|pieces| pieces.concat())
}

/// Where something stands, in characters.
pub(crate) type Place = (usize, usize);

/// Codings: document, code, coder, status, and where, in thousandths of the text.
pub(crate) type Made = Vec<(usize, usize, usize, usize, (usize, usize))>;

pub(crate) fn texts() -> impl Strategy<Value = (Vec<String>, Made)> {
    let place = (0..1001_usize, 0..1001_usize);
    let made = prop::collection::vec((0..5_usize, 0..3_usize, 0..2_usize, 0..2_usize, place), 0..9);
    (prop::collection::vec(text(), 2..5), made)
}
