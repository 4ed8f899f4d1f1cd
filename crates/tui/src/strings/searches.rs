//! Words of saved searches and of what is decided about their hits.

use model::act::Change;
use model::id::ThingId;
use model::saved::SearchSaved;

use super::language::{t, tell};
use super::quote;
use crate::desk::Desk;
use crate::safe::safe;

/// What an act on searches and hits did; nothing where it is about something else.
pub(super) fn act(desk: &Desk, changes: &[Change]) -> Option<String> {
    Some(match changes {
        [Change::SearchSaved(s)] => saved(desk, s),
        // A search that is saved is run at once.
        [Change::SearchSaved(s), Change::SearchSaved(run)] if run.query.is_none() => saved(desk, s),
        [Change::SearchRemoved(s)] => {
            tell!("removing the search {}", "zoekopdracht verwijderen: {}", name(desk, s.search))
        }
        [Change::HitRejected(h)] => {
            tell!("no hit: {}", "geen treffer: {}", quote(h.anchor.quote()))
        }
        [Change::HitOffered(h)] => {
            tell!("offered again: {}", "opnieuw aangeboden: {}", quote(h.anchor.quote()))
        }
        changes => return autocode(changes),
    })
}

/// What one run of a rule did.
fn autocode(changes: &[Change]) -> Option<String> {
    let count = |is: fn(&Change) -> bool| changes.iter().filter(|c| is(c)).count();
    let coded = count(|c| matches!(c, Change::CodingAdded(c) if c.rule.is_some()));
    let rejected = count(|c| matches!(c, Change::HitRejected(_)));
    let back = count(|c| matches!(c, Change::HitOffered(h) if h.code.is_none()));
    let rules = count(|c| matches!(c, Change::SearchSaved(_)));
    if coded + rejected + back == 0 || coded + rejected + back + rules != changes.len() {
        return None;
    }
    let parts = [
        (coded, tell!("{coded} accepted", "{coded} aanvaard")),
        (rejected, tell!("{rejected} rejected", "{rejected} afgewezen")),
        (back, tell!("{back} offered again", "{back} opnieuw aangeboden")),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words).collect();
    let parts = parts.join(", ");
    Some(tell!("hits: {parts}", "treffers: {parts}"))
}

fn saved(desk: &Desk, saved: &SearchSaved) -> String {
    let name = match (&saved.name, saved.search) {
        (Some(name), _) => told(name),
        (None, Some(id)) => name(desk, id),
        (None, None) => String::new(),
    };
    match (&saved.run, &saved.query) {
        (Some(run), None) => tell!("search {name}: {} hits", "zoekopdracht {name}: {} treffers", run.hits),
        _ => tell!("search {name}", "zoekopdracht {name}"),
    }
}

/// A saved search by its name.
fn name(desk: &Desk, id: ThingId) -> String {
    desk.state.search_name(id).map_or_else(String::new, told)
}

/// The name of a search. That of a rule kept in passing ends with its unit, which is told in the language of
/// the screen.
fn told(name: &str) -> String {
    let unit = |name: &'_ str| {
        let (before, unit) = name.strip_suffix(')')?.rsplit_once(" (")?;
        let unit = match unit {
            "match" => t("match", "treffer"),
            "sentence" => t("sentence", "zin"),
            "paragraph" => t("paragraph", "alinea"),
            "turn" => t("turn", "spreekbeurt"),
            _ => return None,
        };
        Some(format!("{} ({unit})", safe(before)))
    };
    unit(name).unwrap_or_else(|| safe(name).into_owned())
}
