//! The codebook as an appendix of an article: what each code means, where it comes from, how its
//! wording changed, and how often it was found.

use model::act::Change;
use model::codebook::{Code, in_language};
use model::ground::Ground;
use rustc_hash::FxHashMap;
use serde_json::Value as Json;

use super::quoting::{Quoting, indented};
use crate::behind::Behind;
use crate::frequencies::frequencies;
use crate::options::{By, CountRule, Options, TableError};
use crate::page::{Look, Page, Table};
use crate::sheet::{Field, Sheet, Value};
use crate::shown::Shown;
use crate::speech::Speech;
use crate::tables::freq;

/// What an appendix is asked to be.
#[derive(Clone, Debug)]
pub struct Appendix {
    /// Whose codings count, which codes.
    pub options: Options,
    /// Under which names everybody stands.
    pub shown: Shown,
}

impl Appendix {
    /// The codebook.
    ///
    /// # Errors
    /// As [`frequencies`].
    pub fn page(&self, ground: Ground<'_>, speech: &Speech) -> Result<Page, TableError> {
        let options = Options { by: By::Case, count: CountRule::Passages, ..self.options.clone() };
        let table = frequencies(ground.corpus, ground.state, ground.coded, &options)?;
        let behind = Behind::of(ground, &options)?;
        let quoting = Quoting::new(ground, speech, self.shown.clone());
        let labels = speech.labels();
        let title = speech.t("Codebook", "Codeboek");
        let mut shown = Sheet::new("codebook", title);
        shown.fields = vec![
            Field::text("code", "code"),
            Field::text("definition", speech.t("definition", "definitie")),
            Field::text("include", speech.t("include", "wel")),
            Field::text("exclude", speech.t("exclude", "niet")),
            Field::text("example", speech.t("example", "voorbeeld")),
            Field::text("origin", speech.t("origin, versions", "herkomst, versies")),
            Field::integer("n", speech.t("passages", "fragmenten")),
            Field::integer("cases", speech.t("cases, n of N", "casussen, n van N")),
        ];
        let mut data = Sheet::new("codebook", title);
        data.fields = [
            ("code", "code"),
            ("label", speech.t("label", "label")),
            ("parent", speech.t("below", "onder")),
            ("codebook", speech.t("codebook", "codeboek")),
            ("definition", speech.t("definition", "definitie")),
            ("include", speech.t("include", "wel")),
            ("exclude", speech.t("exclude", "niet")),
            ("example", speech.t("example", "voorbeeld")),
            ("origin", speech.t("origin", "herkomst")),
            ("status", "status"),
            ("added", speech.t("added", "toegevoegd")),
            ("changed", speech.t("last changed", "laatst gewijzigd")),
        ]
        .map(|(name, label)| Field::text(name, label))
        .into();
        data.fields.push(Field::integer("versions", speech.t("wordings", "versies")));
        data.fields.push(Field::integer("n", speech.t("passages", "fragmenten")));
        data.fields.push(Field::integer("cases", speech.t("cases with it", "casussen ermee")));
        data.fields.push(Field::integer("cases_read", speech.t("cases read", "casussen gelezen")));
        let book = &ground.coded.codebook;
        let (wordings, none) = (wordings(ground), Vec::new());
        for (c, column) in table.codes.iter().enumerate() {
            let code = &book.codes[column.place];
            let total = &table.totals[c];
            let text = |field: &str| Value::maybe_text(code.text(field, &labels).filter(|t| !t.is_empty()));
            let example = example(code, &labels).map(str::to_owned).or_else(|| {
                let passages = behind.of_code(column.place).filter(|(_, p)| quoting.is_exemplar(p));
                let (group, passage) = quoting.best(passages, 1).pop()?;
                let case = Some(behind.groups[group].id.as_str()).filter(|id| !id.is_empty());
                Some(super::quotes::in_cell(&quoting.quote(passage, case)))
            });
            let wordings = wordings.get(code.id.as_str()).unwrap_or(&none);
            let (first, last) = (wordings.first().cloned().unwrap_or_default(), wordings.last().cloned());
            let last = last.filter(|_| wordings.len() > 1);
            let origin = code.fields.get("origin").and_then(Json::as_str).unwrap_or_default();
            let status = if code.retired {
                "retired"
            } else if code.status == model::codebook::Status::Fixed {
                "fixed"
            } else {
                "provisional"
            };
            let mut history = vec![origin.to_owned()];
            history.push(match &last {
                Some(last) => {
                    format!("{} {}: {first}, {last}", wordings.len(), speech.t("wordings", "versies"))
                }
                None => first.clone(),
            });
            if status != "fixed" {
                history.push(said(status, speech).to_owned());
            }
            history.retain(|h| !h.is_empty());
            let share = Value::Share(u64::from(total.cases), u64::from(total.cases_read));
            shown.rows.push(vec![
                Value::text(indented(book, column.place, &labels)),
                text("definition"),
                text("include"),
                text("exclude"),
                Value::maybe_text(example.as_ref()),
                Value::text(history.join("\n")),
                Value::integer(total.n),
                share,
            ]);
            data.rows.push(vec![
                Value::text(&column.id),
                Value::text(code.label(&labels)),
                Value::maybe_text(code.parent.as_ref()),
                Value::text(&code.codebook),
                text("definition"),
                text("include"),
                text("exclude"),
                Value::maybe_text(example),
                Value::maybe_text((!origin.is_empty()).then_some(origin)),
                Value::text(status),
                Value::text(first),
                Value::maybe_text(last),
                Value::integer(wordings.len()),
                Value::integer(total.n),
                Value::integer(total.cases),
                Value::integer(total.cases_read),
            ]);
        }
        shown.facts = freq::facts(&options, speech);
        shown.notes.push(freq::zero(speech).to_owned());
        data.facts.clone_from(&shown.facts);
        data.notes.clone_from(&shown.notes);
        let table = Table { data: Some(data), look: Look::Wordy, ..Table::from(shown) };
        let mut page = Page::of(table, speech);
        page.lead = versions(ground, speech).iter().map(|line| quoting.shown().told(line)).collect();
        Ok(page)
    }
}

fn said<'w>(status: &'w str, speech: &Speech) -> &'w str {
    match status {
        "retired" => speech.t("retired", "vervallen"),
        "provisional" => speech.t("provisional", "voorlopig"),
        other => other,
    }
}

/// The first example that the codebook gives: in the first of the wanted languages that one has, else any.
/// One is a text, `{language, text}`, or a text per language.
fn example<'c>(code: &'c Code, labels: &[&str]) -> Option<&'c str> {
    let list = match code.fields.get("examples")? {
        Json::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    let in_one = |one: &'c Json, language: Option<&str>| -> Option<&'c str> {
        let text = match (one.get("text"), language) {
            (Some(text), Some(wanted)) if one.get("language").and_then(Json::as_str) == Some(wanted) => {
                Some(text)
            }
            (Some(text), None) => Some(text),
            (Some(_), Some(_)) => None,
            (None, Some(wanted)) => one.get(wanted),
            (None, None) => Some(one),
        };
        in_language(text, labels).filter(|t| !t.trim().is_empty())
    };
    let wanted = labels.iter().find_map(|l| list.iter().find_map(|one| in_one(one, Some(l))));
    wanted.or_else(|| list.iter().find_map(|one| in_one(one, None)))
}

/// Per code, the days on which it was added and its definition, include or exclude got other words.
fn wordings(ground: Ground<'_>) -> FxHashMap<&str, Vec<String>> {
    let rewords = |fields: &serde_json::Map<String, Json>| {
        ["definition", "include", "exclude"].iter().any(|f| fields.contains_key(*f))
    };
    let of = |events: Vec<model::state::Live<'_>>| {
        let mut out: Vec<String> = Vec::new();
        for live in events {
            let counts = match live.change {
                Change::CodeAdded(_) => out.is_empty(),
                Change::CodeChanged(c) => rewords(&c.fields),
                _ => false,
            };
            if counts {
                out.push(day(&live.act.at).to_owned());
            }
        }
        out
    };
    ground.state.code_events().map(|(code, events)| (code.as_str(), of(events))).collect()
}

/// The day of a time: what stands before its `T`.
pub(crate) fn day(at: &str) -> &str {
    at.split('T').next().unwrap_or(at)
}

/// The codebooks of the study, each with its source and the version that is in force.
fn versions(ground: Ground<'_>, speech: &Speech) -> Vec<String> {
    let labels = speech.labels();
    let setting = |book: &str, field: &str| ground.state.setting(&format!("codebook.{book}.{field}"));
    let one = |book: &model::name::Name| {
        let title = in_language(setting(book, "title"), &labels).unwrap_or(book).to_owned();
        let version = setting(book, "version").and_then(|v| in_language(Some(v), &labels));
        let source = in_language(setting(book, "source"), &labels);
        let mut out = title;
        if let Some(version) = version {
            out = format!("{out} ({} {version})", speech.t("version", "versie"));
        }
        match source {
            Some(source) => format!("{out}. {source}"),
            None => out,
        }
    };
    ground.coded.codebook.books.iter().map(one).collect()
}
