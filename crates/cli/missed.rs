//! `missed`: what the rules of a code find and nobody coded.

use model::rule::{self, About, Decision, Offer};
use serde_json::{Value, json};

use crate::app::App;
use crate::code_from::plural;
use crate::error::{Outcome, Result};
use crate::hits;
use crate::lookup::short;
use crate::out::Form;
use crate::session::Session;
use crate::table::Table;

/// List passages that the rules of a code find and that nobody coded.
///
/// A passage counts as coded where it carries the code or one below it, by any coder whose reading you may
/// see. What somebody rejected is not missed; --rejected lists it too.
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
    let index = crate::search::open(app, &session, false);
    let rules = session.rules_at_work(app, &index, Some(at), None);
    let mut found: Vec<(Offer, Decision, Vec<String>)> = Vec::new();
    for rule in &rules {
        // Of the rules below it, only what is not coded with the code either is missed.
        let about = About { rule: Some(rule.id), code: at, whose: None };
        let decisions = rule::decide(session.ground(), about, &rule.offers);
        for (offer, decision) in rule.offers.iter().zip(decisions) {
            if decision != Decision::Open && !(args.rejected && decision == Decision::Rejected) {
                continue;
            }
            let same = |(known, _, _): &&mut (Offer, Decision, Vec<String>)| {
                known.document == offer.document && known.span == offer.span
            };
            match found.iter_mut().find(same) {
                Some((_, known, names)) => {
                    *known = (*known).max(decision);
                    names.push(rule.name.clone());
                }
                None => found.push((offer.clone(), decision, vec![rule.name.clone()])),
            }
        }
    }
    found.sort_by_key(|(offer, _, _)| (offer.document, offer.span));
    let code = session.coded.codebook.codes[at].id.clone();
    let mut rows: Vec<Value> = Vec::new();
    let mut table = Table::new(hits::heads(&session.corpus).into_iter().chain(["state", "rules"]));
    let mut lines = Vec::new();
    for (offer, decision, names) in &found {
        let place = (offer.document, offer.hits.first().copied().unwrap_or(offer.span));
        let mut row = hits::row(&session.corpus, place, args.context);
        if let Value::Object(map) = &mut row {
            map.insert("state".to_owned(), json!(decision.as_str()));
            map.insert("rules".to_owned(), json!(names));
            map.insert("codes".to_owned(), json!({ "start": offer.span.start, "end": offer.span.end }));
        }
        rows.push(row);
        let cells = hits::cells(&session.corpus, place, args.context);
        table.row(cells.into_iter().chain([decision.as_str().to_owned(), names.join("; ")]));
        let mark = if *decision == Decision::Rejected { "rejected " } else { "" };
        lines.push((mark.to_owned(), place));
    }
    let ids: Vec<String> = rules.iter().map(|r| short(r.id)).collect();
    app.out.json(&json!({ "code": code, "rules": ids, "total": found.len(), "hits": rows }))?;
    if app.out.form() == Form::Csv {
        app.out.table(&table)?;
    }
    hits::lines(app, &session.corpus, &lines, args.context)?;
    if rules.is_empty() {
        app.out.said(&format!(
            "{code} has no rule: `verbatim searches save NAME QUERY --code {code}` makes one"
        ))?;
        return Ok(Outcome::Nothing);
    }
    session.say_blind(app, "there only your own reading counts");
    let what = plural(found.len(), "hit");
    app.out.said(&format!("{what} of {} for {code} that nobody coded", plural(rules.len(), "rule")))?;
    Ok(if found.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
