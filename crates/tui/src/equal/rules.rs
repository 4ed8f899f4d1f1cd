//! What is decided about hits, and searches that are saved, as commands.
//!
//! Decisions are told with the words of their rule, so that the command finds the rule again or keeps it
//! anew, and by places, which stay where they are while numbers of hits may shift.

use index::{Index, Options, Query, Seen};
use model::act::{Act, Change};
use model::anchor::Anchor;
use model::coded::Coded;
use model::ground::Ground;
use model::id::ThingId;
use model::name::Name;
use model::rule::{self, unit_of};
use model::saved::{Search, SearchSaved};
use model::state::State;

use super::{Command, coding, thing};
use crate::desk::Desk;

/// What an act decides about the hits of one rule.
struct Decided<'a> {
    rule: ThingId,
    /// The code that it is said of.
    code: &'a Name,
    accepted: Vec<(&'a Change, &'a Anchor)>,
    rejected: Vec<&'a Anchor>,
    back: Vec<&'a Anchor>,
}

/// Whether an act only keeps the rule of which the next one decides about hits.
pub(super) fn keeps_for(act: &Act, next: &Act) -> bool {
    let [Change::SearchSaved(saved)] = act.changes.as_slice() else { return false };
    let made = ThingId { act: act.id, k: 1 };
    saved.passing && saved.search.is_none() && next.changes.iter().any(|c| rule_of(c) == Some(made))
}

/// The rule about whose hits a change decides.
fn rule_of(change: &Change) -> Option<ThingId> {
    match change {
        Change::CodingAdded(c) => c.rule,
        Change::HitRejected(h) => Some(h.rule),
        // With a code it is offered because that code is fixed.
        Change::HitOffered(h) => h.code.is_none().then_some(h.rule),
        _ => None,
    }
}

/// The commands of an act that is about searches or their hits and nothing else, and how much of it they
/// leave out.
pub(super) fn whole(
    desk: &Desk,
    index: Option<&Index>,
    before: &State,
    act: &Act,
) -> Option<(Vec<Command>, usize)> {
    if let Some(commands) = searches(desk, before, act) {
        return Some((commands, 0));
    }
    let mut out = Vec::new();
    let mut missing = 0;
    for decided in by_rule(before, act)? {
        let rule = words(desk, before, decided.rule, decided.code)?;
        match decided.accepted.as_slice() {
            // What several rules propose together is coded as one passage, which is none of this rule's.
            [(change, anchor)] if act.changes.len() == 1 && !proposes(desk, index, before, &rule, anchor) => {
                out.extend(coding::change(before, change)?);
                missing += 1;
            }
            _ => out.push(autocode(desk, before, &rule, &decided)),
        }
    }
    Some((out, missing))
}

/// What an act decides, rule by rule; none where it does something else.
fn by_rule<'a>(before: &'a State, act: &'a Act) -> Option<Vec<Decided<'a>>> {
    let mut out: Vec<Decided<'a>> = Vec::new();
    for change in &act.changes {
        let rule = rule_of(change)?;
        let code = match change {
            Change::CodingAdded(c) => Some(&c.code),
            Change::HitRejected(h) => h.of.as_ref(),
            Change::HitOffered(h) => h.of.as_ref(),
            _ => None,
        };
        let code = code.or_else(|| before.code_of_rule(rule, act.id))?;
        let at = out.iter().position(|d| d.rule == rule && d.code == code).unwrap_or_else(|| {
            let (accepted, rejected, back) = (Vec::new(), Vec::new(), Vec::new());
            out.push(Decided { rule, code, accepted, rejected, back });
            out.len() - 1
        });
        let decided = out.get_mut(at)?;
        match change {
            Change::CodingAdded(c) => decided.accepted.push((change, &c.anchor)),
            Change::HitRejected(h) => decided.rejected.push(&h.anchor),
            Change::HitOffered(h) => decided.back.push(&h.anchor),
            _ => {}
        }
    }
    (!out.is_empty()).then_some(out)
}

/// A rule as it was for a code, also where it is none any more.
fn words<'a>(desk: &Desk, before: &'a State, id: ThingId, code: &Name) -> Option<Search<'a>> {
    let book = &desk.coded.codebook;
    let is = |s: &Search<'_>| s.code.and_then(|c| book.resolve(c)) == book.resolve(code);
    before.search(id).filter(is).or_else(|| before.last_rules().find(|s| s.id == id && is(s)))
}

/// The run that decides the same.
fn autocode(desk: &Desk, before: &State, rule: &Search<'_>, decided: &Decided<'_>) -> Command {
    let unit = unit_of(rule);
    let mut out = Command::new(&["autocode", decided.code]);
    out = out.option("--query", rule.query.trim()).option("--unit", unit.as_str());
    if rule.stem {
        out = out.flag("--stem");
    }
    // A rule that is kept by this very run is given its name, where it is not the one that runs give.
    let kept = before.newest() == rule.added.id && keeps(rule.added);
    if kept {
        let state = before.filtered(|a| a.id < rule.added.id);
        let given = format!("{}: {} ({})", decided.code, rule.query.trim(), unit.as_str());
        if rule::free_name(ground(desk, &state), &given) != rule.name {
            out = out.option("--name", rule.name);
        }
    }
    let places = |anchors: &mut dyn Iterator<Item = &Anchor>| {
        anchors.map(|a| format!("{}:{}", a.document, a.start)).collect::<Vec<_>>().join(",")
    };
    let accepted = places(&mut decided.accepted.iter().map(|(_, anchor)| *anchor));
    let rejected = places(&mut decided.rejected.iter().copied());
    let back = places(&mut decided.back.iter().copied());
    let all = [("--accept", accepted), ("--reject", rejected), ("--bring-back", back)];
    all.iter().filter(|(_, places)| !places.is_empty()).fold(out, |out, (name, p)| out.option(name, p))
}

fn keeps(act: &Act) -> bool {
    act.changes.iter().any(|c| matches!(c, Change::SearchSaved(s) if s.passing))
}

/// The study as it was, of which only the codebook is that of now.
fn ground<'a>(desk: &'a Desk, state: &'a State) -> Ground<'a> {
    Ground { corpus: &desk.corpus, state, coded: &desk.coded }
}

/// Whether a rule proposed just this passage. A text that became another since is not searched.
fn proposes(desk: &Desk, index: Option<&Index>, before: &State, rule: &Search<'_>, anchor: &Anchor) -> bool {
    let Some(at) = desk.corpus.position(&anchor.document) else { return true };
    if desk.document(at).is_none_or(|document| document.hash != Some(anchor.text)) {
        return true;
    }
    let Ok(query) = Query::parse(rule.query) else { return true };
    let without;
    let index = if let Some(index) = index {
        index
    } else {
        without = Index::open(None, &desk.corpus);
        &without
    };
    let coded = Coded::new(&desk.corpus, before);
    let seen = Some(Seen { coded: &coded, state: before });
    let Ok(found) = index.search(&desk.corpus, &query, &Options { stem: rule.stem, limit: None, seen })
    else {
        return true;
    };
    let hits =
        found.hits.into_iter().map(|hit| (hit.document, hit.span)).filter(|(document, _)| *document == at);
    rule::offers(&desk.corpus, hits, unit_of(rule)).iter().any(|offer| offer.span == anchor.span())
}

/// The commands of an act that saves searches, says what they found, or removes them; none where it does
/// something else. Searches that are one for their coders are several in the act.
fn searches(desk: &Desk, before: &State, act: &Act) -> Option<Vec<Command>> {
    let mut out: Vec<Command> = Vec::new();
    for change in &act.changes {
        let next = match change {
            Change::SearchSaved(s) if s.query.is_some() => saved(desk, before, s)?,
            // A search is run by the command that saves it.
            Change::SearchSaved(s) if s.name.is_none() && s.run.is_some() && !out.is_empty() => continue,
            Change::SearchSaved(s) if s.name.is_none() && s.run.is_some() => {
                Command::new(&["searches", "run"]).words([named(desk, before, s.search?).as_str()])
            }
            Change::SearchRemoved(s) => {
                Command::new(&["searches", "remove"]).words([named(desk, before, s.search).as_str()])
            }
            _ => return None,
        };
        if !out.contains(&next) {
            out.push(next);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// A search by its name; where several have it, by its id.
fn named(desk: &Desk, before: &State, id: ThingId) -> String {
    before.search(id).map_or_else(|| thing(id), |search| called(desk, before, id, search.name))
}

fn called(desk: &Desk, before: &State, id: ThingId, name: &str) -> String {
    let all = rule::named(ground(desk, before), name);
    if all.len() < 2 {
        return name.to_owned();
    }
    thing(all.iter().find(|listed| listed.ids.contains(&id)).map_or(id, |listed| listed.search.id))
}

/// A search that is saved, or saved anew under its name.
fn saved(desk: &Desk, before: &State, s: &SearchSaved) -> Option<Command> {
    let (name, query) = (s.name.as_deref()?, s.query.as_deref()?);
    let name = s.search.map_or_else(|| name.to_owned(), |id| called(desk, before, id, name));
    let mut out = Command::new(&["searches", "save"]);
    if let Some(Some(code)) = &s.code {
        out = out.option("--code", code);
        if let Some(Some(unit)) = &s.unit {
            out = out.option("--unit", unit);
        }
    }
    if s.stem == Some(true) {
        out = out.flag("--stem");
    }
    Some(out.words([name.as_str(), query]))
}
