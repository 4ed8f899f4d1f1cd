//! Which rule is which: searches that look for the same, for the same code and unit, are one rule.
//!
//! Two coders who work apart make the same rule twice, and merging brings both ids together. So a rule is
//! known by its wording, and what was decided under any of its ids counts for it.

use crate::act::Change;
use crate::ground::Ground;
use crate::id::ThingId;
use crate::name::Name;
use crate::saved::{Search, SearchSaved};
use crate::unit::Unit;

/// What makes a search the same as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording<'a> {
    query: &'a str,
    stem: bool,
    /// The code as it is now, merges followed, and the unit.
    code: Option<(&'a Name, Unit)>,
}

impl<'a> Wording<'a> {
    /// The wording of a search.
    pub fn of(ground: Ground<'a>, search: &Search<'a>) -> Self {
        let book = &ground.coded.codebook;
        let now = |code: &'a Name| book.resolve(code).map_or(code, |at| &book.codes[at].id);
        let code = search.code.map(|code| (now(code), unit_of(search)));
        Self { query: search.query.trim(), stem: search.stem, code }
    }

    /// All ids of the rule, in order: also those under which it was saved by others, or before it was
    /// removed, before the act that saved it was undone, or before it got another code or none.
    pub fn ids(&self, ground: Ground<'a>) -> Vec<ThingId> {
        let all = ground.state.last_rules();
        let mut ids: Vec<ThingId> = all.filter(|s| Wording::of(ground, s) == *self).map(|s| s.id).collect();
        ids.dedup();
        ids
    }

    /// The rule as it is kept: of several searches the one with the lowest id.
    pub fn known(&self, ground: Ground<'a>) -> Option<Search<'a>> {
        ground.state.searches().find(|s| Wording::of(ground, s) == *self)
    }
}

/// How far a rule widens its hits.
pub fn unit_of(search: &Search<'_>) -> Unit {
    search.unit.and_then(|unit| Unit::parse(unit)).unwrap_or_default()
}

/// A rule that the study keeps.
#[derive(Clone, Debug)]
pub struct Rule<'a> {
    /// The saved search; of several with one wording the one with the lowest id.
    pub search: Search<'a>,
    /// Place of its code in the codebook.
    pub code: usize,
    /// What a hit is widened to.
    pub unit: Unit,
    /// All ids under which was decided about its hits.
    pub ids: Vec<ThingId>,
}

/// The rules that the study keeps, in order of id, each once.
pub fn rules(ground: Ground<'_>) -> Vec<Rule<'_>> {
    let last: Vec<(ThingId, Wording<'_>)> =
        ground.state.last_rules().map(|s| (s.id, Wording::of(ground, &s))).collect();
    let mut out: Vec<Rule<'_>> = Vec::new();
    let mut known: Vec<Wording<'_>> = Vec::new();
    for search in ground.state.searches() {
        let Some(code) = search.code.and_then(|c| ground.coded.codebook.resolve(c)) else { continue };
        let wording = Wording::of(ground, &search);
        if known.contains(&wording) {
            continue;
        }
        known.push(wording);
        let mut ids: Vec<ThingId> = last.iter().filter(|(_, w)| *w == wording).map(|(id, _)| *id).collect();
        ids.dedup();
        out.push(Rule { search, code, unit: unit_of(&search), ids });
    }
    out
}

/// A saved search as lists name it.
#[derive(Clone, Debug)]
pub struct Listed<'a> {
    /// The search; of several with one name and wording the one with the lowest id, with what the newest
    /// run of any of them found.
    pub search: Search<'a>,
    /// The ids of all of these.
    pub ids: Vec<ThingId>,
}

/// All saved searches, in order of id; of those with one name (in any case) and one wording only one.
pub fn listed(ground: Ground<'_>) -> Vec<Listed<'_>> {
    let mut out: Vec<(String, Wording<'_>, Listed<'_>)> = Vec::new();
    for search in ground.state.searches() {
        let (name, wording) = (folded(search.name), Wording::of(ground, &search));
        match out.iter_mut().find(|(n, w, _)| *n == name && *w == wording) {
            Some((_, _, known)) => {
                known.ids.push(search.id);
                if search.run.map(|(_, act)| act.id) > known.search.run.map(|(_, act)| act.id) {
                    known.search.run = search.run;
                }
            }
            None => out.push((name, wording, Listed { search, ids: vec![search.id] })),
        }
    }
    out.into_iter().map(|(_, _, listed)| listed).collect()
}

/// The saved searches of a name, in any case.
pub fn named<'a>(ground: Ground<'a>, name: &str) -> Vec<Listed<'a>> {
    let wanted = folded(name);
    listed(ground).into_iter().filter(|l| folded(l.search.name) == wanted).collect()
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// A rule as it is kept, or as it will be.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// Its id; none where it is not kept yet.
    pub id: Option<ThingId>,
    /// What it is called.
    pub name: &'a str,
    /// What is searched for.
    pub query: &'a str,
    /// Place of its code in the codebook.
    pub code: usize,
    /// What a hit is widened to.
    pub unit: Unit,
    /// Whether words stand for their stems.
    pub stem: bool,
}

impl<'a> Kept<'a> {
    /// Its wording.
    pub fn wording(&self, ground: Ground<'a>) -> Wording<'a> {
        let code = ground.coded.codebook.codes.get(self.code).map(|c| (&c.id, self.unit));
        Wording { query: self.query.trim(), stem: self.stem, code }
    }

    /// The rule among those that are kept that searches for the same, for the same code and unit.
    pub fn known(&self, ground: Ground<'a>) -> Option<ThingId> {
        self.wording(ground).known(ground).map(|s| s.id)
    }

    /// What saves it, because somebody decides about its hits.
    pub(super) fn saving(&self, ground: Ground<'_>) -> Change {
        let code = ground.coded.codebook.codes.get(self.code);
        Change::SearchSaved(Box::new(SearchSaved {
            name: Some(free_name(ground, self.name)),
            query: Some(self.query.trim().to_owned()),
            code: Some(code.map(|c| c.id.clone())),
            unit: Some(Some(Name::new(self.unit.as_str()))),
            stem: Some(self.stem),
            passing: true,
            ..SearchSaved::default()
        }))
    }
}

/// A name that no search has yet: this one, else with a number behind it.
pub fn free_name(ground: Ground<'_>, name: &str) -> String {
    let taken: Vec<String> = ground.state.searches().map(|s| folded(s.name)).collect();
    let numbered = (2..).map(|n| format!("{name} {n}"));
    let mut all = std::iter::once(name.to_owned()).chain(numbered);
    all.find(|name| !taken.contains(&folded(name))).unwrap_or_else(|| name.to_owned())
}
