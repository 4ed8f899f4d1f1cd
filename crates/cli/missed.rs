//! `missed`: what the rules of a code find and nobody coded.

use model::rule::{self, Decision};
use serde_json::{Value, json};

use crate::app::App;
use crate::code_from::plural;
use crate::error::{Outcome, Result};
use crate::hits;
use crate::lookup::short;
use crate::out::Form;
use crate::rules::tell_by_hand;
use crate::session::Session;
use crate::table::Table;

/// List passages that the rules of a code find and that nobody coded.
///
/// A passage counts as coded where it carries the code or one below it, by any coder whose reading you may
/// see. Passages of several rules that share a character are one. What somebody rejected is not missed;
/// --rejected lists it too.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim missed training")]
pub(crate) struct Args {
    /// The code
    #[arg(value_name = "CODE")]
    code: String,
    /// List rejected hits too
    #[arg(long)]
    rejected: bool,
    /// Characters of context on each side
    #[arg(long, value_name = "N", default_value_t = 40)]
    context: u32,
}

/// Lists hits of the rules of a code that nobody coded.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let session = Session::open(app)?;
    let at = session.code_at(&args.code)?;
    let index = crate::search::open(app, &session);
    let of_code = session.proposed(app, &index, Some(at));
    let rules = &of_code.proposed;
    let mut found = rule::missed(session.ground(), at, rules);
    found.retain(|missed| args.rejected || missed.decision == Decision::Open);
    let by_stems = rules.iter().any(|p| hits::by_stems(p.rule.search.query, p.rule.search.stem));
    let code = session.coded.codebook.codes[at].id.clone();
    let mut rows: Vec<Value> = Vec::new();
    let mut table = Table::new(hits::heads(&session.corpus).into_iter().chain(["state", "rules"]));
    let mut lines = Vec::new();
    for missed in &found {
        let place = (missed.document, missed.shown);
        let (decision, span) = (missed.decision, missed.span);
        let by = missed.rules();
        let names: Vec<&str> =
            rules.iter().map(|p| &p.rule.search).filter(|s| by.contains(&s.id)).map(|s| s.name).collect();
        let mut row = hits::row(&session.corpus, place, args.context);
        if let Value::Object(map) = &mut row {
            map.insert("state".to_owned(), json!(decision.as_str()));
            map.insert("rules".to_owned(), json!(names));
            map.insert("codes".to_owned(), json!({ "start": span.start, "end": span.end }));
        }
        rows.push(row);
        let cells = hits::cells(&session.corpus, place, args.context);
        table.row(cells.into_iter().chain([decision.as_str().to_owned(), names.join("; ")]));
        let mark = if decision == Decision::Rejected { "rejected " } else { "" };
        lines.push((mark.to_owned(), place));
    }
    let ids: Vec<String> = rules.iter().map(|p| short(p.rule.search.id)).collect();
    app.out.json(&json!({
        "code": code, "rules": ids, "unread": of_code.unread, "total": found.len(), "stem": by_stems,
        "hits": rows,
    }))?;
    if app.out.form() == Form::Csv {
        app.out.table(&table)?;
    }
    hits::lines(app, &session.corpus, &lines, args.context)?;
    if session.coded.codebook.codes[at].retired && found.is_empty() {
        app.out.said(&format!("{code} is retired: nothing is missed of it"))?;
        return Ok(Outcome::Nothing);
    }
    if rules.is_empty() && of_code.unread > 0 {
        app.out.said(&format!("no rule of {code} can be read"))?;
        return Ok(Outcome::Nothing);
    }
    if rules.is_empty() {
        app.out.said(&format!(
            "{code} has no rule: `verbatim searches save NAME QUERY --code {code}` makes one"
        ))?;
        return Ok(Outcome::Nothing);
    }
    session.say_blind(app, "there only your own reading counts");
    if of_code.by_hand > 0 {
        tell_by_hand(app, of_code.by_hand);
    }
    let what = plural(found.len(), "passage");
    app.out.said(&format!("{what} of {} for {code} that nobody coded", plural(rules.len(), "rule")))?;
    hits::tell_of_stems(app, by_stems)?;
    Ok(if found.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
