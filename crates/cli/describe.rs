//! What an act did, in one line: for `history`, `undo` and `redo`.

use model::act::{Act, Change, Subject};
use model::anchor::Anchor;
use model::name::Name;
use model::span::Span;

use crate::session::Session;

/// One line about an act, without a full stop.
pub(crate) fn act(session: &Session, act: &Act) -> String {
    let mut parts: Vec<String> = Vec::new();
    // What a search found when it was saved is told with the search.
    let told: Vec<&Change> = act
        .changes
        .iter()
        .filter(|c| !(act.changes.len() > 1 && matches!(c, Change::SearchSaved(s) if s.query.is_none())))
        .collect();
    for changes in told.chunk_by(|a, b| a.kind() == b.kind()) {
        match changes {
            [one] => parts.push(change(session, one)),
            [first, ..] => parts.push(format!("{} {}", changes.len(), several(first))),
            [] => {}
        }
    }
    if parts.is_empty() { act.act.to_string() } else { parts.join(", ") }
}

/// What a change did.
pub(crate) fn change(session: &Session, change: &Change) -> String {
    let list = |names: &[Name]| names.iter().map(Name::as_str).collect::<Vec<_>>().join(", ");
    match change {
        Change::DocumentAdded(c) => format!("document {}", c.document),
        Change::DocumentRenamed(c) => format!("document {} renamed {}", c.document, c.to),
        Change::DocumentRemoved(c) => format!("document {} removed", c.document),
        Change::TextRevised(c) => format!("text of {} revised", c.document),
        Change::CodingAdded(c) => format!("{} on {}", c.code, place(&c.anchor)),
        Change::CodingChanged(c) => {
            let mut what = Vec::new();
            if let Some(code) = &c.code {
                what.push(format!("code {code}"));
            }
            if c.anchor.is_some() {
                what.push("place".to_owned());
            }
            if let Some(case) = &c.case {
                what.push(case.as_ref().map_or_else(|| "no case".to_owned(), |n| format!("case {n}")));
            }
            for (is, word) in [
                (c.qualifiers.is_some(), "qualifiers"),
                (c.weight.is_some(), "weight"),
                (c.note.is_some(), "note"),
                (c.definition.is_some() && c.code.is_none(), "looked at again"),
            ] {
                if is {
                    what.push(word.to_owned());
                }
            }
            format!("coding {}: {}", coding(session, c.coding), what.join(", "))
        }
        Change::CodingRemoved(c) => format!("coding {} removed", coding(session, c.coding)),
        Change::MemoWritten(m) => {
            let title = if m.title.is_empty() { &m.body } else { &m.title };
            format!("memo “{}” on {}", crate::table::cut(&title.replace('\n', " "), 40), subject(&m.on))
        }
        Change::MemoRemoved(_) => "memo removed".to_owned(),
        Change::SummaryWritten(s) => format!("summary of {} in {}", s.code, s.case),
        Change::ExemplarMarked(c) => format!("example: {}", coding(session, c.coding)),
        Change::ExemplarUnmarked(c) => format!("no example any more: {}", coding(session, c.coding)),
        Change::TranslationWritten(t) => {
            format!("{} translation of {}", t.language, coding(session, t.coding))
        }
        Change::Done(d) => format!("{} done for {} codes", d.document, d.codes.len()),
        Change::Reopened(d) => format!("{} reopened", d.document),
        Change::NotAsked(n) => {
            format!("{} not asked in {}", list(&n.codes), whom(n.case.as_ref(), n.document.as_ref()))
        }
        Change::Asked(n) => {
            format!("{} asked in {}", list(&n.codes), whom(n.case.as_ref(), n.document.as_ref()))
        }
        Change::CodeAdded(c) => format!("code {} added to {}", c.code, c.codebook),
        Change::CodeChanged(c) => {
            format!("code {}: {}", c.code, c.fields.keys().map(String::as_str).collect::<Vec<_>>().join(", "))
        }
        Change::CodeMoved(c) => match &c.parent {
            Some(parent) => format!("code {} moved under {parent}", c.code),
            None => format!("code {} moved to the top", c.code),
        },
        Change::CodeMerged(c) => format!("code {} merged into {}", c.code, c.into),
        Change::CodeRetired(c) => format!("code {} retired", c.code),
        Change::CodeFixed(c) => format!("code {} fixed", c.code),
        Change::CoderIntroduced(c) => format!("{} joined", c.coder),
        Change::CoderAlias(c) => format!("{} is another name of {}", c.coder, c.of),
        Change::PrimaryNamed(p) if p.documents.is_empty() => format!("{} is primary", p.coder),
        Change::PrimaryNamed(p) => format!("{} is primary for {}", p.coder, list(&p.documents)),
        Change::AdjudicationClosed(d) => format!("adjudication of {} closed", d.document),
        Change::Setting(s) => match (s.key.strip_prefix("codebook."), s.value.as_str()) {
            (Some(key), Some(name)) if key.ends_with(".version") => {
                format!("codebook {} frozen as {name}", key.trim_end_matches(".version"))
            }
            _ => format!("setting {}", s.key),
        },
        Change::SearchSaved(s) => search_saved(session, s),
        Change::SearchRemoved(s) => format!("search {} removed", search(session, s.search)),
        Change::HitRejected(h) => format!("rejected {} ({})", place(&h.anchor), search(session, h.rule)),
        Change::HitOffered(h) => format!("offered {} ({})", place(&h.anchor), search(session, h.rule)),
        Change::Undone(u) => format!("undid {}", crate::lookup::short_act(u.act)),
        Change::Redone(u) => format!("redid {}", crate::lookup::short_act(u.act)),
        Change::BlindOn(b) if b.documents.is_empty() => format!("{} is blind", b.coder),
        Change::BlindOn(b) => format!("{} is blind for {}", b.coder, list(&b.documents)),
        Change::BlindOff(b) if b.documents.is_empty() => format!("{} sees what others read", b.coder),
        Change::BlindOff(b) => format!("{} sees what others read in {}", b.coder, list(&b.documents)),
        Change::Other(o) => format!("{} (of a newer version)", o.kind),
        Change::Hidden(_) => "hidden while blind".to_owned(),
    }
}

/// What several changes of one kind are called together.
fn several(change: &Change) -> &'static str {
    match change {
        Change::DocumentAdded(_) => "documents",
        Change::DocumentRenamed(_) => "documents renamed",
        Change::DocumentRemoved(_) => "documents removed",
        Change::TextRevised(_) => "texts revised",
        Change::CodingAdded(_) => "codings",
        Change::CodingChanged(_) => "codings changed",
        Change::CodingRemoved(_) => "codings removed",
        Change::ExemplarMarked(_) => "examples marked",
        Change::ExemplarUnmarked(_) => "examples unmarked",
        Change::TranslationWritten(_) => "translations",
        Change::MemoWritten(_) => "memos",
        Change::MemoRemoved(_) => "memos removed",
        Change::SummaryWritten(_) => "summaries",
        Change::Done(_) => "documents done",
        Change::Reopened(_) => "documents reopened",
        Change::NotAsked(_) => "times not asked",
        Change::Asked(_) => "times asked",
        Change::CodeAdded(_) => "codes added",
        Change::CodeChanged(_) => "codes changed",
        Change::CodeMoved(_) => "codes moved",
        Change::CodeFixed(_) => "codes fixed",
        Change::CodeMerged(_) => "codes merged",
        Change::CodeRetired(_) => "codes retired",
        Change::CoderIntroduced(_) | Change::CoderAlias(_) => "coders",
        Change::PrimaryNamed(_) => "times a primary coder",
        Change::Setting(_) => "settings",
        Change::SearchSaved(_) => "searches",
        Change::SearchRemoved(_) => "searches removed",
        Change::HitRejected(_) => "hits rejected",
        Change::HitOffered(_) => "hits offered",
        Change::Undone(_) => "acts undone",
        Change::Redone(_) => "acts redone",
        Change::Hidden(_) => "changes hidden while blind",
        _ => "other changes",
    }
}

fn place(anchor: &Anchor) -> String {
    passage(&anchor.document, anchor.span(), anchor.quote())
}

/// A coding by what it says, or by its id where the act that made it is not here.
fn coding(session: &Session, id: model::id::ThingId) -> String {
    let mut made = 0;
    let added = session.state().act(id.act).and_then(|act| {
        act.changes.iter().find_map(|c| {
            made += u32::from(c.makes());
            match c {
                Change::CodingAdded(c) if made == id.k => Some(c),
                _ => None,
            }
        })
    });
    match added {
        Some(c) => format!("{} on {}", c.code, place(&c.anchor)),
        None => crate::lookup::short(id),
    }
}

/// What became of a saved search.
fn search_saved(session: &Session, saved: &model::saved::SearchSaved) -> String {
    let name = saved.name.clone().or_else(|| saved.search.map(|id| search(session, id))).unwrap_or_default();
    match (&saved.run, saved.search, &saved.query) {
        (Some(run), _, None) => {
            format!("search {name} run: {}", crate::code_from::plural(run.hits as usize, "hit"))
        }
        (_, None, Some(query)) => format!("search {name} saved: {query}"),
        _ => format!("search {name} changed"),
    }
}

/// A saved search by its name, or by its id where it is not here any more.
fn search(session: &Session, id: model::id::ThingId) -> String {
    session.state().search_name(id).map_or_else(|| crate::lookup::short(id), str::to_owned)
}

fn whom(case: Option<&Name>, document: Option<&Name>) -> String {
    case.or(document).map(Name::to_string).unwrap_or_default()
}

/// What a memo is about.
pub(crate) fn subject(on: &Subject) -> String {
    match on {
        Subject::Study => "the study".to_owned(),
        Subject::Document(d) => format!("document {d}"),
        Subject::Case(c) => format!("case {c}"),
        Subject::Code(c) => format!("code {c}"),
        Subject::Coding(id) => format!("coding {}", crate::lookup::short(*id)),
        Subject::Passage(anchor) => place(anchor),
    }
}

/// A passage in a few words: `de-linde-1 120–168 “…”`.
pub(crate) fn passage(document: &str, span: Span, quote: &str) -> String {
    let short = crate::table::cut(&quote.split_whitespace().collect::<Vec<_>>().join(" "), 60);
    format!("{document} {}–{} “{short}”", span.start, span.end)
}
