//! The palette: finding a code by any part of its name, in either language, and applying it.

use model::act::Subject;
use model::id::ThingId;
use model::name::Name;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::ask::{Answer, Ask, answered};
use super::field::{Field, Typed};
use super::form::Form;
use super::write::Write;
use super::{Handled, move_in};
use crate::actions::Action;
use crate::app::App;
use crate::desk::Desk;
use crate::update::code::NewCode;
use crate::{strings, update};

/// What the list is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// Choosing codes to apply.
    #[default]
    Apply,
    /// Choosing the code that a new one comes under.
    Under(String),
    /// Choosing the code that a coding gets instead of its own.
    Change(ThingId),
    /// Choosing the code that a memo is about.
    Memo,
    /// Choosing one code for something else, under this title; where told, also none.
    Choose {
        /// What for.
        ask: Ask,
        /// The title.
        title: String,
        /// Whether the top can be chosen.
        top: bool,
        /// Whether a new code can be.
        new: bool,
    },
}

/// One line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A code, by its place in the codebook.
    Code(usize),
    /// A new code with the name that was typed.
    New,
    /// No code above.
    Top,
}

/// The open list.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    /// What was typed.
    pub query: Field,
    /// What fits, the best first.
    pub choices: Vec<Choice>,
    /// The line at hand.
    pub at: usize,
    /// The first line on the screen, where that was chosen.
    pub top: usize,
    /// Codes that are marked.
    pub marked: Vec<usize>,
    /// What it is for.
    pub purpose: Purpose,
    /// Whether a new code is named by words of the text.
    pub in_vivo: bool,
}

impl Palette {
    /// A list of all codes, recent ones first.
    pub fn new(desk: &Desk, recent: &[Name]) -> Self {
        let mut palette = Self::default();
        palette.search(desk, recent);
        palette
    }

    /// A list of codes under which a new one can come.
    pub fn under(desk: &Desk, name: String) -> Self {
        let mut palette = Self { purpose: Purpose::Under(name), ..Self::default() };
        palette.search(desk, &[]);
        palette
    }

    /// A list of codes for a coding to be given.
    pub fn change(desk: &Desk, recent: &[Name], coding: ThingId) -> Self {
        let mut palette = Self { purpose: Purpose::Change(coding), ..Self::default() };
        palette.search(desk, recent);
        palette
    }

    /// A list of codes for a memo to be about.
    pub fn for_memo(desk: &Desk, recent: &[Name]) -> Self {
        let mut palette = Self { purpose: Purpose::Memo, ..Self::default() };
        palette.search(desk, recent);
        palette
    }

    /// A list of codes to choose one from.
    pub fn choose(desk: &Desk, ask: Ask, title: String) -> Self {
        let purpose = Purpose::Choose { ask, title, top: false, new: false };
        let mut palette = Self { purpose, ..Self::default() };
        palette.search(desk, &[]);
        palette
    }

    /// The same, where no code at all can be chosen too.
    pub fn choose_or_top(desk: &Desk, ask: Ask, title: String) -> Self {
        let purpose = Purpose::Choose { ask, title, top: true, new: false };
        let mut palette = Self { purpose, ..Self::default() };
        palette.search(desk, &[]);
        palette
    }

    /// The same, where a new code can be chosen by its name.
    pub fn choose_or_new(desk: &Desk, ask: Ask, title: String) -> Self {
        let purpose = Purpose::Choose { ask, title, top: false, new: true };
        let mut palette = Self { purpose, ..Self::default() };
        palette.search(desk, &[]);
        palette
    }

    /// Finds what fits.
    pub fn search(&mut self, desk: &Desk, recent: &[Name]) {
        // What one codes with most is no order for what a code comes under or becomes.
        let coding = matches!(self.purpose, Purpose::Apply | Purpose::Change(_));
        let often = if coding { frequent(desk) } else { Vec::new() };
        let codes = find(desk, &self.query, recent, &often);
        self.at = 0;
        self.choices.clear();
        match self.purpose {
            Purpose::Apply => {
                self.choices.extend(codes.into_iter().map(Choice::Code));
                if !self.query.trim().is_empty() {
                    self.choices.push(Choice::New);
                }
            }
            Purpose::Change(_) | Purpose::Memo => {
                self.choices.extend(codes.into_iter().map(Choice::Code));
            }
            Purpose::Under(_) | Purpose::Choose { top: true, .. } => {
                if self.query.trim().is_empty() {
                    self.choices.push(Choice::Top);
                }
                self.choices.extend(codes.into_iter().map(Choice::Code));
            }
            Purpose::Choose { new, .. } => {
                self.choices.extend(codes.into_iter().map(Choice::Code));
                if new && !self.query.trim().is_empty() {
                    self.choices.push(Choice::New);
                }
            }
        }
    }

    /// The code at hand.
    pub fn code(&self) -> Option<usize> {
        match self.choices.get(self.at) {
            Some(Choice::Code(code)) => Some(*code),
            _ => None,
        }
    }

    /// What is typed or chosen; false closes the list.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        if move_in(&mut self.at, self.choices.len(), action) {
            return (Handled::done(), true);
        }
        match self.query.update(action) {
            Typed::Changed => {
                let recent = std::mem::take(&mut app.recent);
                if let Some(desk) = &app.desk {
                    self.search(desk, &recent);
                }
                app.recent = recent;
                return (Handled::done(), true);
            }
            Typed::Moved => return (Handled::done(), true),
            Typed::No => {}
        }
        match action {
            Action::Back if self.query.is_empty() || self.purpose != Purpose::Apply => {
                (Handled::done(), false)
            }
            Action::Back => {
                self.query.clear();
                let recent = app.recent.clone();
                if let Some(desk) = &app.desk {
                    self.search(desk, &recent);
                }
                (Handled::done(), true)
            }
            Action::Mark | Action::NewCode if self.purpose != Purpose::Apply => (Handled::done(), true),
            Action::Mark => {
                if let Some(code) = self.code() {
                    match self.marked.iter().position(|m| *m == code) {
                        Some(i) => _ = self.marked.remove(i),
                        None => self.marked.push(code),
                    }
                    self.at = (self.at + 1).min(self.choices.len().saturating_sub(1));
                }
                (Handled::done(), true)
            }
            Action::NewCode => {
                self.new_code(app);
                (Handled::done(), self.query.trim().is_empty())
            }
            Action::Accept => self.accept(app),
            _ => (Handled::Ignored, true),
        }
    }

    fn new_code(&self, app: &mut App) {
        let name = self.query.trim().to_owned();
        if name.is_empty() {
            app.warn(strings::panes::NAME_FIRST);
        } else if let Some(desk) = &app.desk {
            let layer = super::Layer::Palette(Self::under(desk, name));
            app.layers.push(layer);
        }
    }

    fn accept(&mut self, app: &mut App) -> (Handled, bool) {
        let choice = self.choices.get(self.at).copied();
        if let Purpose::Under(name) = &self.purpose {
            let parent = match choice {
                Some(Choice::Code(code)) => Some(code),
                Some(Choice::Top) => None,
                _ => return (Handled::done(), true),
            };
            let parent = parent.and_then(|p| app.desk.as_ref()?.coded.codebook.codes.get(p));
            let parent = parent.map(|c| c.id.clone());
            let label = name.clone();
            let new = NewCode { label, parent, in_vivo: self.in_vivo, ..NewCode::default() };
            let form = Form::new_code(app, new);
            app.layers.push(super::Layer::Form(form));
            return (Handled::done(), false);
        }
        match (&self.purpose, self.code()) {
            (Purpose::Change(id), Some(code)) => {
                return (Handled::Consumed(update::coding::recode_to(app, *id, code)), false);
            }
            (Purpose::Memo, Some(code)) => {
                let code = app.desk.as_ref().and_then(|d| d.coded.codebook.codes.get(code));
                let on = code.map(|c| Subject::Code(c.id.clone()));
                if let Some(write) = on.and_then(|on| Write::memo(app, &on)) {
                    app.layers.push(super::Layer::Write(Box::new(write)));
                }
                return (Handled::done(), false);
            }
            (Purpose::Change(_) | Purpose::Memo, None) => return (Handled::done(), true),
            _ => {}
        }
        if let Purpose::Choose { ask, .. } = &self.purpose {
            let answer = match choice {
                Some(Choice::Code(code)) => Answer::Code(Some(code)),
                Some(Choice::Top) => Answer::Code(None),
                Some(Choice::New) => Answer::Text(self.query.trim().to_owned()),
                None => return (Handled::done(), true),
            };
            return (Handled::Consumed(answered(app, ask, answer)), false);
        }
        let mut codes = self.marked.clone();
        match choice {
            Some(Choice::Code(code)) if codes.is_empty() => codes.push(code),
            Some(Choice::New) if codes.is_empty() => {
                self.new_code(app);
                return (Handled::done(), false);
            }
            None if codes.is_empty() => return (Handled::done(), true),
            _ => {}
        }
        (Handled::Consumed(update::code::apply(app, &codes)), false)
    }

    /// The title of the list.
    pub fn title(&self, target: &str) -> String {
        match &self.purpose {
            Purpose::Apply => strings::panes::code_this(target),
            Purpose::Change(_) => strings::coding::CHANGE_TO.into(),
            Purpose::Memo => strings::writing::MEMO_WHICH_CODE.into(),
            Purpose::Under(name) => strings::panes::new_code_under(name),
            Purpose::Choose { title, .. } => crate::safe::safe(title).into_owned(),
        }
    }
}

/// How many codes stand first because they are used most.
const FREQUENT: usize = 5;

/// The codes that the coder uses most, the most used first.
fn frequent(desk: &Desk) -> Vec<usize> {
    let me = desk.coder.as_ref().map(|c| desk.coded.coders.canonical(c));
    let mut used = vec![0_usize; desk.coded.codebook.codes.len()];
    for placed in desk.coded.placed.iter().filter(|p| me.is_some_and(|me| desk.coded.coder(p) == me)) {
        if let Some(n) = used.get_mut(placed.code as usize) {
            *n += 1;
        }
    }
    let mut codes: Vec<usize> = (0..used.len()).filter(|i| used.get(*i).is_some_and(|n| *n > 0)).collect();
    codes.sort_by_key(|i| std::cmp::Reverse(used.get(*i).copied()));
    codes.truncate(FREQUENT);
    codes
}

/// The codes that fit what was typed, the best first. With nothing typed: recent ones, then those that
/// are used often, then all in the order of the codebook.
fn find(desk: &Desk, query: &str, recent: &[Name], often: &[usize]) -> Vec<usize> {
    let book = &desk.coded.codebook;
    let usable = |i: &usize| book.codes.get(*i).is_some_and(|c| !c.retired && c.merged_into.is_none());
    let query = query.trim();
    if query.is_empty() {
        let mut out: Vec<usize> = recent.iter().filter_map(|n| book.position(n)).filter(usable).collect();
        let often: Vec<usize> = often.iter().copied().filter(usable).filter(|i| !out.contains(i)).collect();
        out.extend(often);
        let rest: Vec<usize> = (0..book.codes.len()).filter(usable).filter(|i| !out.contains(i)).collect();
        out.extend(rest);
        return out;
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut buffer = Vec::new();
    let meant = Meant::new(query);
    let mut score = |text: &str| {
        let score = pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher)?;
        let fits = meant.fits(text);
        (fits || meant.is_near(text)).then_some((fits, score))
    };
    let mut found: Vec<((bool, bool, u32), usize)> = Vec::new();
    for i in (0..book.codes.len()).filter(usable) {
        let code = &book.codes[i];
        let languages = desk.languages();
        let own =
            languages.iter().map(|l| code.label(&[l])).chain([code.id.as_str()]).filter_map(&mut score).max();
        // By way of the code above it comes after those that are meant themselves.
        let above = book.parent(i).map(|p| format!("{} {}", desk.label(p), desk.label(i)));
        let above = above.as_deref().and_then(&mut score);
        let best = own.map(|(fits, s)| (fits, s * 2)).max(above);
        if let Some((fits, best)) = best {
            let used =
                recent.iter().position(|r| *r == code.id).map_or(0, |at| 8_u32.saturating_sub(at as u32));
            let often = often.iter().position(|o| *o == i).map_or(0, |at| FREQUENT.saturating_sub(at) as u32);
            // The name itself comes before all that is like it.
            let mut names = languages.iter().map(|l| code.label(&[l])).chain([code.id.as_str()]);
            let exact = names.any(|name| folded(name) == folded(query));
            found.push(((exact, fits, best + used + often), i));
        }
    }
    found.sort_by_key(|(score, i)| (std::cmp::Reverse(*score), *i));
    // A slip of the fingers is guessed at only where nothing fits as it was typed.
    let fitting = found.first().is_some_and(|((_, fits, _), _)| *fits);
    found.retain(|((_, fits, _), _)| *fits == fitting);
    found.into_iter().map(|(_, i)| i).collect()
}

/// What was typed, to be found in a label as it stands or by the beginnings of its words.
struct Meant(Vec<Vec<char>>);

impl Meant {
    fn new(query: &str) -> Self {
        Self(query.split_whitespace().map(folded).collect())
    }

    /// Whether every word that was typed stands in the text, or is made of beginnings of its words in
    /// order (`flexp` of "Internal flex pool").
    fn fits(&self, text: &str) -> bool {
        let whole = folded(text);
        let words: Vec<&[char]> = whole.split(|c| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        self.0.iter().all(|part| whole.windows(part.len().max(1)).any(|w| w == part) || begins(&words, part))
    }
}

impl Meant {
    /// Whether every word that was typed stands in the text but for a letter here and there that was left
    /// out. Letters that merely occur somewhere, in order, are no such thing.
    fn is_near(&self, text: &str) -> bool {
        let whole = folded(text);
        let near = |part: &Vec<char>| {
            let most = part.len() + part.len() / 3 + 1;
            part.len() > 2
                && (0..whole.len()).any(|from| {
                    let mut rest = part.iter();
                    let mut next = rest.next();
                    for c in whole.iter().skip(from).take(most) {
                        if Some(c) == next {
                            next = rest.next();
                        }
                    }
                    next.is_none()
                })
        };
        self.0.iter().all(near)
    }
}

/// Whether letters are made of beginnings of words in order.
fn begins(words: &[&[char]], letters: &[char]) -> bool {
    // `reached[n]`: the first n letters are made of the words so far.
    let mut reached = vec![false; letters.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for word in words {
        for from in (0..letters.len()).rev().filter(|f| reached.get(*f) == Some(&true)).collect::<Vec<_>>() {
            let rest = letters.get(from..).unwrap_or_default();
            let same = word.iter().zip(rest).take_while(|(a, b)| a == b).count();
            for slot in reached.iter_mut().skip(from + 1).take(same) {
                *slot = true;
            }
        }
    }
    reached.last() == Some(&true)
}

/// The letters of a text without case and accents.
fn folded(text: &str) -> Vec<char> {
    let mut out = String::new();
    text.chars().for_each(|c| index::fold::fold_char(c, &mut out));
    out.chars().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn recent_codes_come_first_then_those_that_are_used_most() {
        use model::span::Span;
        let document = fixture::document("een", "Anna: Goed, wij leren veel, echt waar.\n");
        let mut made: Vec<_> = [("training", 3), ("terms", 1)]
            .iter()
            .flat_map(|(code, n)| (0..*n).map(move |i| (*code, i)))
            .map(|(code, i)| fixture::coding(&document, Span::new(6 + i, 10 + i), code))
            .collect();
        let theirs = made.pop().expect("four codings");
        let theirs = vec![theirs.clone(), fixture::coding(&document, Span::new(12, 15), "terms")];
        let mut desk = fixture::desk(vec![document]);
        desk.take(fixture::act(20, "anna", "code", made));
        desk.take(fixture::act(21, "bea", "code", theirs));
        let ids = |q: &str, recent: &[Name]| {
            let found = find(&desk, q, recent, &frequent(&desk)).into_iter();
            found.map(|i| desk.coded.codebook.codes[i].id.to_string()).collect::<Vec<_>>()
        };
        // Anna used training; what bea used is not her habit. The rest is in the order of the codebook.
        let rest = ["internal-mobility", "flex-pool", "terms"];
        assert_eq!(ids("", &[]), ["training", rest[0], rest[1], rest[2]]);
        assert_eq!(ids("", &[Name::new("flex-pool")]), ["flex-pool", "training", rest[0], rest[2]]);
        // Where two fit alike, the one that is used comes first.
        assert_eq!(ids("t", &[])[0], "training");
    }

    #[test]
    fn codes_are_found_in_both_languages_without_accents() {
        let desk = fixture::desk(vec![]);
        let ids = |q: &str| {
            find(&desk, q, &[], &[])
                .into_iter()
                .map(|i| desk.coded.codebook.codes[i].id.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(ids("opl")[0], "training");
        assert_eq!(ids("train")[0], "training");
        assert_eq!(ids("flexp")[0], "flex-pool");
        assert_eq!(ids("mobility")[0], "internal-mobility");
        assert_eq!(ids("flex pool"), ["flex-pool"]);
        assert!(ids("mobility").contains(&"flex-pool".to_owned()), "by way of the code above");
        assert_eq!(ids("zzz"), Vec::<String>::new());
        // The letters stand in order in "Terms of employment" too, but nobody who types them means it.
        assert_eq!(ids("tern"), ["internal-mobility", "flex-pool"]);
        assert_eq!(ids("trning"), ["training"], "a letter that was left out is forgiven");
        assert_eq!(
            find(&desk, "", &[Name::new("training")], &[])[0],
            desk.coded.codebook.position("training").unwrap()
        );
    }
}
