//! Words of the history.

use model::act::{Act, Change};
use model::id::{ActId, ThingId};

use super::coding::{label, memo_name, of_coding};
use super::language::{Text, t, tell};
use super::quote;
use crate::desk::Desk;
use crate::safe::safe;

/// Heading of the screen.
pub const HISTORY: Text = t("History", "Geschiedenis");
/// What is listed.
pub const OWN: Text = t("your own acts, newest first", "uw eigen handelingen, nieuwste eerst");
/// See [`OWN`].
pub const ALL: Text = t("acts of all coders, newest first", "handelingen van alle codeurs, nieuwste eerst");
/// The mark of an undone act.
pub const UNDONE: Text = t("undone", "ongedaan");
/// Heading of what an act touches.
pub const TO_UNDO: Text = t("Undoing it", "Ongedaan maken");
/// See [`TO_UNDO`].
pub const TO_REDO: Text = t("Redoing it", "Opnieuw doen");
/// Heading of later acts that build on one.
pub const LATER: Text = t(
    "Later acts build on it and have no effect while it is undone:",
    "Latere handelingen bouwen erop voort en gelden niet zolang deze ongedaan is:",
);
/// The same where it is undone already.
pub const LATER_AGAIN: Text = t(
    "Later acts build on it and have their effect again:",
    "Latere handelingen bouwen erop voort en gelden dan weer:",
);
/// Said where no later act builds on it.
pub const NONE_LATER: Text = t("No later act builds on it.", "Geen latere handeling bouwt erop voort.");
/// Said when an undo is to be undone.
pub const NO_UNDO_OF_UNDO: Text = t(
    "an undo is not undone itself: go to the act that it was about",
    "ongedaan maken wordt zelf niet ongedaan gemaakt: ga naar de handeling waar het om ging",
);

/// What undoing an act does, or redoing it.
pub fn does(live: bool, thing: &str) -> String {
    let verb = if live { TO_UNDO } else { TO_REDO };
    tell!("{verb} {thing}", "{verb} · {thing}")
}

/// Heading of the history of one coding.
pub fn of_one(what: &str) -> String {
    tell!("what was done to {what}", "wat gedaan is met {what}")
}

/// Said when somebody else's act is to be undone.
pub fn not_your_act(coder: &str) -> String {
    tell!("this is an act of {}, and stays", "dit is een handeling van {}, en blijft", safe(coder))
}

/// Said when an act is not undone here.
pub fn from_a_shell(what: &str, id: ActId) -> String {
    let id = id.to_string();
    let end = id.rsplit('-').next().unwrap_or_default();
    tell!("type :undo {end} to undo it: {what}", "typ :undo {end} om ongedaan te maken: {what}")
}

/// Said after an act was undone.
pub fn undone(what: &str) -> String {
    tell!("undone: {what} · u again redoes it", "ongedaan gemaakt: {what} · toets u nog eens: opnieuw doen")
}

const AN_EXAMPLE: Text = t("an example:", "een voorbeeld:");
const NO_EXAMPLE: Text = t("no example:", "geen voorbeeld:");

/// What becomes of the thing that a change is about.
pub fn becomes(desk: &Desk, act: &Act, change: &Change, k: u32, live: bool) -> Option<String> {
    // What undoing does, and what redoing does.
    let word = |gone: Text, back: Text| if live { gone } else { back };
    Some(match change {
        Change::CodingAdded(c) => {
            let verb = word(t("takes off", "haalt weg:"), t("puts back", "zet terug:"));
            let id = ThingId { act: act.id, k };
            let now = desk.state.coding(id).map_or(&c.code, |c| c.code);
            tell!("{verb} {} from {}", "{verb} {} van {}", label(desk, now), quote(c.anchor.quote()))
        }
        Change::CodingRemoved(c) => {
            format!(
                "{} {}",
                word(t("puts back", "zet terug:"), t("takes off", "haalt weg:")),
                of_coding(desk, c.coding, act.id)
            )
        }
        Change::CodingChanged(c) => {
            format!(
                "{} {}",
                word(
                    t("puts back as it was:", "zet terug zoals het was:"),
                    t("changes again:", "verandert weer:")
                ),
                of_coding(desk, c.coding, act.id)
            )
        }
        Change::MemoWritten(m) if m.memo.is_none() => {
            format!(
                "{} memo {}",
                word(t("takes away", "neemt weg:"), t("brings back", "zet terug:")),
                memo_name(&m.title, &m.body)
            )
        }
        Change::MemoWritten(m) => {
            tell!(
                "{} of memo {}",
                "{} van memo {}",
                word(t("the earlier wording", "de vorige versie"), t("this wording", "deze versie")),
                memo_name(&m.title, &m.body)
            )
        }
        Change::MemoRemoved(_) => word(
            t("brings the memo back", "zet de memo terug"),
            t("removes the memo again", "verwijdert de memo weer"),
        )
        .into(),
        Change::SummaryWritten(_) => word(
            t("the earlier summary, if any", "de vorige samenvatting, als die er is"),
            t("this summary", "deze samenvatting"),
        )
        .into(),
        Change::ExemplarMarked(c) => {
            format!("{} {}", word(NO_EXAMPLE, AN_EXAMPLE), of_coding(desk, c.coding, act.id))
        }
        Change::ExemplarUnmarked(c) => {
            format!("{} {}", word(AN_EXAMPLE, NO_EXAMPLE), of_coding(desk, c.coding, act.id))
        }
        Change::TranslationWritten(c) => {
            tell!(
                "{} of {}",
                "{} van {}",
                word(
                    t("the earlier translation", "de vorige vertaling"),
                    t("this translation", "deze vertaling")
                ),
                of_coding(desk, c.coding, act.id)
            )
        }
        Change::CodeAdded(c) => {
            format!(
                "{} code {}",
                word(t("takes away", "neemt weg:"), t("brings back", "zet terug:")),
                label(desk, &c.code)
            )
        }
        Change::Done(d) => format!(
            "{} {}",
            word(t("not done any more:", "niet meer gereed:"), t("done again:", "weer gereed:")),
            safe(&d.document)
        ),
        Change::Reopened(d) => format!(
            "{} {}",
            word(t("done again:", "weer gereed:"), t("open again:", "weer open:")),
            safe(&d.document)
        ),
        _ => return None,
    })
}

/// How many lines there is no room for.
pub fn more(n: usize) -> String {
    tell!("… {n} more", "… nog {n}")
}

/// What an act of several changes did: how many of each sort, in the order in which they come.
pub fn several(desk: &Desk, act: &Act) -> String {
    if let Some(of_hits) = super::searches::act(desk, &act.changes) {
        return of_hits;
    }
    let mut sorts: Vec<(&'static str, Vec<&Change>)> = Vec::new();
    for change in &act.changes {
        let sort = sort(change);
        match sorts.iter_mut().find(|(known, _)| *known == sort) {
            Some((_, all)) => all.push(change),
            None => sorts.push((sort, vec![change])),
        }
    }
    // What an act is about comes before what follows from it.
    let is_version = |c: &&Change| matches!(c, Change::Setting(s) if s.key.ends_with(".version"));
    sorts.sort_by_key(|(_, changes)| !changes.iter().any(is_version));
    let parts = sorts.iter().map(|(sort, changes)| match changes.as_slice() {
        // Each codebook has the name of its version; it is one.
        [Change::Setting(s), ..] if s.key.ends_with(".version") => (*sort).to_owned(),
        [one] => {
            let alone = Act { changes: std::iter::once((*one).clone()).collect(), ..act.clone() };
            super::act(desk, &alone)
        }
        all => format!("{} {sort}{}", all.len(), of_one_code(desk, all)),
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// The code of codings that all have the same.
fn of_one_code(desk: &Desk, changes: &[&Change]) -> String {
    let code = |change: &&Change| match change {
        Change::CodingAdded(c) => Some(c.code.clone()),
        Change::CodingChanged(c) => c.code.clone(),
        _ => None,
    };
    let Some(first) = changes.first().and_then(code) else { return String::new() };
    if changes.iter().all(|c| code(c).as_ref() == Some(&first)) {
        format!(": {}", label(desk, &first))
    } else {
        String::new()
    }
}

/// What several changes of the sort of one are called.
fn sort(change: &Change) -> &'static str {
    match change {
        Change::DocumentAdded(_) => t("documents", "documenten"),
        Change::DocumentRenamed(_) => t("documents renamed", "documenten hernoemd"),
        Change::DocumentRemoved(_) => t("documents removed", "documenten verwijderd"),
        Change::TextRevised(_) => t("texts revised", "teksten herzien"),
        Change::CodingAdded(_) => t("codings", "coderingen"),
        Change::CodingChanged(c) if c.code.is_some() => {
            t("codings given another code", "coderingen met een andere code")
        }
        Change::CodingChanged(c) if c.definition.is_some() => {
            t("codings looked at again", "coderingen opnieuw bekeken")
        }
        Change::CodingChanged(_) => t("codings changed", "coderingen veranderd"),
        Change::CodingRemoved(_) => t("codings removed", "coderingen verwijderd"),
        Change::ExemplarMarked(_) => t("examples marked", "voorbeelden aangewezen"),
        Change::ExemplarUnmarked(_) => t("examples unmarked", "voorbeelden afgewezen"),
        Change::TranslationWritten(_) => t("translations", "vertalingen"),
        Change::MemoWritten(m) if m.memo.is_some() => t("memos written anew", "memo's herschreven"),
        Change::MemoWritten(_) => t("memos", "memo's"),
        Change::MemoRemoved(_) => t("memos removed", "memo's verwijderd"),
        Change::SummaryWritten(_) => t("summaries", "samenvattingen"),
        Change::Done(_) => t("documents done", "documenten gereed"),
        Change::Reopened(_) => t("documents reopened", "documenten heropend"),
        Change::NotAsked(_) => t("times not asked", "keer niet gevraagd"),
        Change::Asked(_) => t("times asked", "keer gevraagd"),
        Change::CodeAdded(_) => t("new codes", "nieuwe codes"),
        Change::CodeChanged(_) => t("codes changed", "codes veranderd"),
        Change::CodeMoved(_) => t("codes moved", "codes verplaatst"),
        Change::CodeMerged(_) => t("codes merged", "codes samengevoegd"),
        Change::CodeRetired(_) => t("codes retired", "codes uit gebruik"),
        Change::CodeFixed(_) => t("codes fixed", "codes vastgelegd"),
        Change::CoderIntroduced(_) | Change::CoderAlias(_) => t("coders", "codeurs"),
        Change::PrimaryNamed(_) => t("times a primary coder", "keer een hoofdcodeur"),
        Change::Setting(s) if s.key.ends_with(".version") => t("freezing the codebook", "codeboek bevriezen"),
        Change::Setting(s) if s.key.ends_with(".qualifiers") => t("qualifiers", "kwalificaties"),
        Change::Setting(_) => t("settings", "instellingen"),
        Change::SearchSaved(_) => t("searches", "zoekopdrachten"),
        Change::SearchRemoved(_) => t("searches removed", "zoekopdrachten verwijderd"),
        Change::HitRejected(_) => t("hits rejected", "treffers afgewezen"),
        Change::HitOffered(_) => t("hits offered again", "treffers opnieuw aangeboden"),
        Change::Hidden(_) => t("changes that are hidden", "verborgen wijzigingen"),
        _ => t("other changes", "andere wijzigingen"),
    }
    .get()
}
