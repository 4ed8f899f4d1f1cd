//! The audit trail: which decisions were written down, how the codebook changed and why, and who did
//! how much when.

use std::collections::BTreeMap;

use model::act::{Act, Change, Subject};
use model::ground::Ground;
use model::state::undoable;

use super::appendix::day;
use super::quoting::Quoting;
use crate::codebook_log::{Entry, entries, said, subject};
use crate::page::{Look, Page, Table};
use crate::sheet::{Field, Sheet, Value};
use crate::shown::Shown;
use crate::speech::Speech;

/// What an audit trail is asked to be.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// Under which names everybody stands.
    pub shown: Shown,
}

/// What a coder did in a week.
#[derive(Clone, Copy, Default)]
struct Week {
    acts: u32,
    undone: u32,
    added: u32,
    changed: u32,
    removed: u32,
    done: u32,
    memos: u32,
    codebook: u32,
}

impl Audit {
    /// The trail.
    pub fn page(&self, ground: Ground<'_>, speech: &Speech) -> Page {
        let quoting = Quoting::new(ground, speech, self.shown.clone());
        let mut page = Page::new("audit", speech.t("Audit trail", "Verantwoording van het proces"), speech);
        page.heading(1, speech.t("Decisions", "Beslissingen"));
        page.table(Table::from(decisions(ground, speech, &quoting)).looking(Look::Wordy));
        page.heading(1, speech.t("How the codebook came to be", "Hoe het codeboek tot stand kwam"));
        page.table(Table::from(codebook(ground, speech, &quoting)).looking(Look::Wordy));
        page.heading(1, speech.t("Who did what, week by week", "Wie deed wat, week na week"));
        page.table(weeks(ground, speech, &quoting));
        page
    }
}

/// Memos of the type decision, in the order in which they were first written.
fn decisions(ground: Ground<'_>, speech: &Speech, quoting: &Quoting<'_>) -> Sheet {
    let mut sheet =
        Sheet::new("decisions", speech.t("Memos of the type decision", "Memo's van het type beslissing"));
    sheet.fields = vec![
        Field::text("day", speech.t("day", "dag")),
        Field::text("coder", speech.t("coder", "codeur")),
        Field::text("about", speech.t("about", "over")),
        Field::text("title", speech.t("title", "titel")),
        Field::text("memo", "memo"),
    ];
    for memo in ground.state.memos().filter(|m| m.written.kind == "decision") {
        sheet.rows.push(vec![
            Value::text(day(&memo.added.at)),
            Value::text(quoting.coder(&memo.added.coder)),
            Value::text(about(ground, speech, quoting, &memo.written.on)),
            Value::maybe_text((!memo.written.title.is_empty()).then_some(&memo.written.title)),
            Value::text(memo.written.body.trim()),
        ]);
    }
    if sheet.rows.is_empty() {
        let none = speech.t(
            "No memo of the type decision is written (verbatim memo … --type decision)",
            "Er is geen memo van het type beslissing (verbatim memo … --type decision)",
        );
        sheet.notes.push(none.to_owned());
    }
    sheet
}

/// What a memo is about.
fn about(ground: Ground<'_>, speech: &Speech, quoting: &Quoting<'_>, on: &Subject) -> String {
    let labels = speech.labels();
    // By any name that it had; one that is not here any more is called by what stands for it, if anything.
    let document = |id: &str| {
        let known = ground.coded.documents.named(id);
        let at = ground.corpus.position(known.map_or(id, |known| known.id.as_str()));
        at.map_or_else(|| quoting.shown().document(id), |at| quoting.document(at))
    };
    match on {
        Subject::Study => speech.t("the study", "het onderzoek").to_owned(),
        Subject::Document(id) => document(id),
        Subject::Case(id) => quoting.case(id),
        Subject::Code(id) => {
            ground.coded.codebook.get(id).map_or_else(|| id.to_string(), |c| c.label(&labels).to_owned())
        }
        Subject::Coding(id) => match ground.state.coding(*id) {
            Some(coding) => document(&coding.anchor.document),
            None => speech.t("a coding", "een codering").to_owned(),
        },
        Subject::Passage(anchor) => document(&anchor.document),
    }
}

/// The log of the codebook.
fn codebook(ground: Ground<'_>, speech: &Speech, quoting: &Quoting<'_>) -> Sheet {
    let mut sheet =
        Sheet::new("codebook_log", speech.t("Changes of the codebook", "Wijzigingen van het codeboek"));
    sheet.fields = vec![
        Field::text("day", speech.t("day", "dag")),
        Field::text("coder", speech.t("coder", "codeur")),
        Field::text("code", "code"),
        Field::text("what", speech.t("what", "wat")),
        Field::text("effect", speech.t("meaning", "betekenis")),
        Field::integer("codings", speech.t("codings then", "coderingen toen")),
        Field::text("reason", speech.t("reason", "reden")),
    ];
    for entry in entries(ground, None) {
        let Some(first) = entry.first() else { continue };
        // What a codebook says beside its codes comes in with it, and is no decision of its own.
        if let Change::Setting(s) = first
            && !s.key.ends_with(".version")
        {
            continue;
        }
        let (effect, reason) = said(first);
        sheet.rows.push(vec![
            Value::text(day(&entry.act.at)),
            Value::text(quoting.coder(&entry.act.coder)),
            Value::maybe_text(if entry.changes.len() == 1 { subject(first) } else { None }),
            Value::text(quoting.shown().told(&what(&entry, speech))),
            Value::maybe_text(effect),
            entry.codings.map_or(Value::Na, Value::integer),
            Value::maybe_text(reason.map(|reason| quoting.shown().told(reason))),
        ]);
    }
    sheet
}

/// What a line of the log tells.
fn what(entry: &Entry<'_>, speech: &Speech) -> String {
    let n = entry.changes.len();
    match entry.first() {
        Some(Change::CodeAdded(_)) if n > 1 => format!("{n} {}", speech.t("codes added", "codes toegevoegd")),
        Some(Change::CodeFixed(_)) if n > 1 => format!("{n} {}", speech.t("codes fixed", "codes vastgezet")),
        Some(Change::CodeAdded(_)) => speech.t("added", "toegevoegd").to_owned(),
        Some(Change::CodeFixed(_)) => speech.t("fixed", "vastgezet").to_owned(),
        Some(Change::CodeChanged(c)) => {
            let fields: Vec<&str> = c.fields.keys().map(String::as_str).collect();
            format!("{}: {}", speech.t("changed", "gewijzigd"), fields.join(", "))
        }
        Some(Change::CodeMoved(c)) => match &c.parent {
            Some(parent) => format!("{} {parent}", speech.t("placed below", "geplaatst onder")),
            None => speech.t("placed at the top", "bovenaan geplaatst").to_owned(),
        },
        Some(Change::CodeMerged(c)) => format!("{} {}", speech.t("merged into", "samengevoegd met"), c.into),
        Some(Change::CodeRetired(_)) => speech.t("retired", "vervallen").to_owned(),
        Some(Change::Setting(s)) => {
            let version = s.value.as_str().map_or_else(|| s.value.to_string(), str::to_owned);
            format!("{} {version}", speech.t("frozen as version", "vastgelegd als versie"))
        }
        _ => String::new(),
    }
}

/// Acts per coder and week (ISO 8601, by the day that the coder's clock gave).
fn weeks(ground: Ground<'_>, speech: &Speech, quoting: &Quoting<'_>) -> Sheet {
    let mut weeks: BTreeMap<(String, &model::name::Name), Week> = BTreeMap::new();
    for act in ground.state.acts() {
        let coder = ground.coded.coders.canonical(&act.coder);
        let week = weeks.entry((week_of(&act.at), coder)).or_default();
        if !undoable(act) {
            week.acts += 1;
            continue;
        }
        if ground.state.is_live(act.id) {
            count(week, act);
        } else {
            week.undone += 1;
        }
        week.acts += 1;
    }
    let mut sheet =
        Sheet::new("acts_per_week", speech.t("Acts per coder and week", "Handelingen per codeur en week"));
    sheet.fields = vec![
        Field::text("week", "week"),
        Field::text("coder", speech.t("coder", "codeur")),
        Field::integer("acts", speech.t("acts", "handelingen")),
        Field::integer("undone", speech.t("later undone", "later ongedaan")),
        Field::integer("codings_added", speech.t("codings made", "coderingen gemaakt")),
        Field::integer("codings_changed", speech.t("changed", "gewijzigd")),
        Field::integer("codings_removed", speech.t("removed", "weggehaald")),
        Field::integer("documents_done", speech.t("documents done", "documenten gereed")),
        Field::integer("memos", speech.t("memos and summaries", "memo's en samenvattingen")),
        Field::integer("codebook", speech.t("codebook changes", "codeboekwijzigingen")),
    ];
    for ((week, coder), w) in weeks {
        let mut row = vec![Value::text(week), Value::text(quoting.coder(coder))];
        let numbers = [w.acts, w.undone, w.added, w.changed, w.removed, w.done, w.memos, w.codebook];
        row.extend(numbers.map(Value::integer));
        sheet.rows.push(row);
    }
    sheet.notes.push(
        speech
            .t(
                "Weeks are those of ISO 8601; what was undone later is an act and nothing else in this table",
                "Weken volgens ISO 8601; wat later ongedaan is gemaakt telt hier alleen als handeling",
            )
            .to_owned(),
    );
    sheet
}

fn count(week: &mut Week, act: &Act) {
    for change in &act.changes {
        let place = match change {
            Change::CodingAdded(_) => &mut week.added,
            Change::CodingChanged(_) => &mut week.changed,
            Change::CodingRemoved(_) => &mut week.removed,
            Change::Done(_) => &mut week.done,
            Change::MemoWritten(_) | Change::SummaryWritten(_) => &mut week.memos,
            change if subject(change).is_some() => &mut week.codebook,
            _ => continue,
        };
        *place += 1;
    }
}

/// The ISO week of a time, `2026-W10`; empty where it is no time.
fn week_of(at: &str) -> String {
    let date: Option<jiff::civil::Date> = day(at).parse().ok();
    date.map(jiff::civil::Date::iso_week_date)
        .map(|w| format!("{}-W{:02}", w.year(), w.week()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::week_of;

    #[test]
    fn weeks_are_those_of_the_calendar() {
        // ISO 8601: the week belongs to the year that has its Thursday.
        assert_eq!(week_of("2026-03-02T10:00:00Z"), "2026-W10");
        assert_eq!(week_of("2027-01-01T00:00:00+01:00"), "2026-W53");
        assert_eq!(week_of("2024-12-30T00:00:00Z"), "2025-W01");
        assert_eq!(week_of("long ago"), "");
    }
}
