//! `searches`: searches that the study keeps, with what they found last time.

use clap::Subcommand;
use export::concordance::{Counts, Place, counts};
use model::act::Change;
use model::ground::Ground;
use model::id::ThingId;
use model::name::Name;
use model::rule;
use model::saved::{OfSearch, Run, Search, SearchSaved, own};
use model::unit::Unit;
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::code_from::plural;
use crate::error::{CommandError, Outcome, Result};
use crate::hits;
use crate::out::Form;
use crate::rules::tally_json;
use crate::session::Session;
use crate::table::{Table, cut};

/// Keep searches in the study, and see what is new when they are run again.
///
/// A search with a code is a rule: `verbatim autocode` offers its hits for that code, and `verbatim missed`
/// lists those that nobody coded.
#[derive(Debug, clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "Examples:\n  verbatim searches save trainings 'training* OR cursus*'\n  verbatim searches save courses 'course*' --code training --unit sentence\n  verbatim searches run trainings\n  verbatim searches list --rules"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Keep a search under a name; one of that name is changed
    Save(SaveArgs),
    /// List the saved searches with what they found last time
    List(ListArgs),
    /// Search again, and mark what is new since last time
    Run(RunArgs),
    /// Remove a saved search; codings that it proposed stay
    Remove {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
    },
}

#[derive(Debug, clap::Args)]
struct SaveArgs {
    /// What to call it
    #[arg(value_name = "NAME")]
    name: String,
    /// What to look for; quote it for the shell
    #[arg(value_name = "QUERY", required = true, num_args = 1..)]
    query: Vec<String>,
    /// The code for which it is a rule
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// What a rule codes: the match, its sentence, turn or paragraph [default: sentence]
    #[arg(long, value_name = "UNIT", requires = "code")]
    unit: Option<UnitArg>,
    /// Find words of the same stem too
    #[arg(long)]
    stem: bool,
}

/// How far a hit is widened where it is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum UnitArg {
    /// The words that were found.
    Match,
    /// Their sentence.
    Sentence,
    /// What is said in their turn.
    Turn,
    /// What lies between empty lines.
    Paragraph,
}

impl From<UnitArg> for Unit {
    fn from(arg: UnitArg) -> Self {
        match arg {
            UnitArg::Match => Self::Match,
            UnitArg::Sentence => Self::Sentence,
            UnitArg::Turn => Self::Turn,
            UnitArg::Paragraph => Self::Paragraph,
        }
    }
}

#[derive(Debug, clap::Args)]
struct ListArgs {
    /// Only rules, with what became of their hits and how good they are
    #[arg(long)]
    rules: bool,
    /// Only rules of this code and those below it
    #[arg(long, value_name = "CODE", requires = "rules")]
    code: Option<String>,
    /// Count what all coders decided, not only you
    #[arg(long, requires = "rules")]
    everybody: bool,
}

#[derive(Debug, clap::Args)]
struct RunArgs {
    /// Its name
    #[arg(value_name = "NAME")]
    name: String,
    /// Characters of context on each side
    #[arg(long, value_name = "N", default_value_t = 40)]
    context: u32,
    /// Print at most so many hits
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Print only hits that are new
    #[arg(long)]
    new: bool,
    /// Do not keep what it found: the next run compares with the same time as this one
    #[arg(long)]
    no_remember: bool,
}

/// Saves, lists, runs or removes.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open_to_count(app)?;
    match &args.what {
        What::Save(args) => save(app, &mut session, args),
        What::List(args) if args.rules => list_rules(app, &session, args),
        What::List(_) => list(app, &session),
        What::Run(args) => again(app, &mut session, args),
        What::Remove { name } => remove(app, &mut session, name),
    }
}

fn save(app: &mut App, session: &mut Session, args: &SaveArgs) -> Result {
    session.may_write()?;
    let name = args.name.trim();
    if name.is_empty() {
        return Err(CommandError::new("a search needs a name").hint("such as trainings"));
    }
    let query = args.query.join(" ");
    hits::read(app, &query)?;
    // Of several with one name one is named by its id, and keeps its name.
    let by_id = rule::named(session.ground(), name).is_empty();
    let known = if by_id { session.saved_search(name).ok() } else { Some(session.saved_search(name)?) };
    let kept = known.as_ref().filter(|_| by_id).map(|listed| listed.search.name.to_owned());
    let name = kept.as_deref().unwrap_or(name);
    let code = args.code.as_deref().map(|word| session.open_code(word)).transpose()?.map(|c| c.id.clone());
    let book = &session.coded.codebook;
    let at = code.as_ref().and_then(|code| book.position(code));
    if let Some((other, n)) = at.and_then(|at| rule::decided_for_another(session.ground(), name, at)) {
        let other = &book.codes[other].id;
        let why = format!("{name} is a rule for {other}, with {}", plural(n, "decision"));
        return Err(CommandError::new(why).hint("give the rule for another code a name of its own"));
    }
    let unit = code.as_ref().map(|_| Unit::from(args.unit.unwrap_or(UnitArg::Sentence)));
    let index = crate::search::open(app, session);
    let places = hits::places(session, &index, &query, args.stem)?;
    hits::tell_of_tables(app, session, &index, &query, places.is_empty());
    let was_rule = known.as_ref().filter(|_| code.is_none()).and_then(|l| decided_under(session, &l.search));
    // All that are this search become the new one.
    let ids = known.map(|listed| listed.ids).unwrap_or_default();
    let each: Vec<_> = if ids.is_empty() { vec![None] } else { ids.iter().copied().map(Some).collect() };
    let saved = |search| SearchSaved {
        search,
        name: Some(name.to_owned()),
        query: Some(query.clone()),
        code: Some(code.clone()),
        unit: Some(unit.map(|u| Name::new(u.as_str()))),
        stem: Some(args.stem),
        run: None,
        passing: false,
    };
    let ran = SearchSaved {
        search: Some(ids.first().copied().unwrap_or(own(1))),
        run: Some(found(session, &places).0),
        ..SearchSaved::default()
    };
    let mut changes: Vec<Change> =
        each.into_iter().map(|id| Change::SearchSaved(Box::new(saved(id)))).collect();
    changes.push(Change::SearchSaved(Box::new(ran)));
    let act = session.write(app, "search", changes)?;
    let id = ids.first().copied().unwrap_or(ThingId { act, k: 1 });
    let verb = if ids.is_empty() { "saved" } else { "changed" };
    if let Some(was) = was_rule {
        app.out.aside("note", &format!("{name} is no rule any more: {was}"));
    }
    let rule = code.as_ref().zip(unit).map(|(c, u)| format!(", a rule for {c} by {}", u.as_str()));
    app.out.said(&format!("{verb} {name}: {}{}", plural(places.len(), "hit"), rule.unwrap_or_default()))?;
    let by_stems = hits::by_stems(&query, args.stem);
    hits::tell_of_stems(app, by_stems)?;
    app.out.json(&json!({
        "act": act.to_string(), "search": id.to_string(), "name": name, "query": query, "code": code,
        "unit": unit.map(Unit::as_str), "stem": by_stems, "hits": places.len(),
    }))?;
    Ok(Outcome::Done)
}

/// What was decided under a rule that is one no longer, and how that is found again; nothing where nothing
/// was decided.
fn decided_under(session: &Session, search: &Search<'_>) -> Option<String> {
    let ground = session.ground();
    let rule = rule::rules(ground)
        .into_iter()
        .find(|r| rule::Wording::of(ground, &r.search) == rule::Wording::of(ground, search))?;
    let n = rule::decisions(ground, &rule.ids, rule.code);
    let code = &session.coded.codebook.codes[rule.code].id;
    let stem = if search.stem { " --stem" } else { "" };
    (n > 0).then(|| {
        format!(
            "{} {} under it; saving the same words for the same code and unit finds them again \
             (`verbatim searches save {:?} {:?} --code {code} --unit {}{stem}`)",
            plural(n, "decision"),
            if n == 1 { "stands" } else { "stand" },
            search.name,
            search.query,
            rule.unit.as_str()
        )
    })
}

/// What a search found, to be remembered, and how far it is spread.
fn found(session: &Session, places: &[Place]) -> (Run, Counts) {
    let counts = counts(&session.corpus, places, model::counted::Roles::default());
    (Run::of(&session.corpus, places, counts.cases), counts)
}

/// The code of a search as it is now, merges followed.
fn code_now<'a>(ground: Ground<'a>, search: &Search<'a>) -> Option<&'a Name> {
    let book = &ground.coded.codebook;
    search.code.map(|code| book.resolve(code).map_or(code, |at| &book.codes[at].id))
}

fn as_json(session: &Session, search: &Search<'_>) -> Map<String, Value> {
    let run = search.run.map(|(run, act)| {
        json!({
            "hits": run.hits, "documents": run.documents, "cases": run.cases, "at": act.at,
            "coder": act.coder,
        })
    });
    let mut out = Map::new();
    out.insert("id".to_owned(), json!(search.id.to_string()));
    out.insert("name".to_owned(), json!(search.name));
    out.insert("query".to_owned(), json!(search.query));
    out.insert("code".to_owned(), json!(code_now(session.ground(), search)));
    out.insert("unit".to_owned(), json!(search.code.map(|_| rule::unit_of(search).as_str())));
    out.insert("stem".to_owned(), json!(search.stem));
    out.insert("coder".to_owned(), json!(search.added.coder));
    out.insert("last".to_owned(), run.unwrap_or_default());
    out
}

fn list(app: &mut App, session: &Session) -> Result {
    let text = app.out.form() == Form::Text;
    let mut table =
        Table::new(["name", "code", "unit", "#hits", "#documents", "#cases", "last", "coder", "query"]);
    let mut rows: Vec<Value> = Vec::new();
    for rule::Listed { search, .. } in rule::listed(session.ground()) {
        let number = |of: fn(&Run) -> u32| search.run.map(|(run, _)| of(run).to_string()).unwrap_or_default();
        let unit = search.code.map(|_| rule::unit_of(&search).as_str()).unwrap_or_default();
        let query = if search.stem { format!("{} (by stem)", search.query) } else { search.query.to_owned() };
        table.row([
            search.name.to_owned(),
            code_now(session.ground(), &search).map(Name::to_string).unwrap_or_default(),
            unit.to_owned(),
            number(|r| r.hits),
            number(|r| r.documents),
            number(|r| r.cases),
            search.run.map(|(_, act)| act.at.to_string()).unwrap_or_default(),
            search.added.coder.to_string(),
            if text { cut(&query, 60) } else { query },
        ]);
        rows.push(Value::Object(as_json(session, &search)));
    }
    app.out.json(&json!({ "searches": rows }))?;
    if rows.is_empty() {
        app.out.said("no search is saved")?;
        return Ok(Outcome::Nothing);
    }
    app.out.table(&table)?;
    Ok(Outcome::Done)
}

fn list_rules(app: &mut App, session: &Session, args: &ListArgs) -> Result {
    let code = args.code.as_deref().map(|word| session.code_at(word)).transpose()?;
    let me = session.me().ok().filter(|_| !args.everybody);
    let index = crate::search::open(app, session);
    let (rules, unread) = session.rules_at_work(app, &index, code, me.as_ref());
    let exact = app.out.form() == Form::Csv;
    let share = |share: Option<f64>| match share {
        Some(s) if exact => s.to_string(),
        Some(s) => format!("{s:.2}"),
        None => String::new(),
    };
    let numbers = [
        "#offered",
        "#accepted",
        "#rejected",
        "#open",
        "#coded",
        "#precision",
        "#found",
        "#passages",
        "#recall",
    ];
    let mut table = Table::new(["name", "code", "unit"].into_iter().chain(numbers).chain(["query"]));
    let mut rows: Vec<Value> = Vec::new();
    for at_work in &rules {
        let (rule, t) = (&at_work.rule, &at_work.tally);
        let search = &rule.search;
        let mut row = as_json(session, search);
        if let Value::Object(tally) = tally_json(t) {
            row.extend(tally);
        }
        rows.push(Value::Object(row));
        let code = session.coded.codebook.codes[rule.code].id.to_string();
        let counts = [t.offered(), t.accepted, t.rejected, t.open, t.coded].map(|n| n.to_string());
        let cells = [search.name.to_owned(), code, rule.unit.as_str().to_owned()].into_iter().chain(counts);
        let end = [share(t.precision()), t.found.to_string(), t.passages.to_string(), share(t.recall())];
        table.row(cells.chain(end).chain([search.query.to_owned()]));
    }
    app.out.json(&json!({ "coder": me, "rules": rows }))?;
    if rules.is_empty() && unread > 0 {
        app.out.said("no rule can be read")?;
        return Ok(Outcome::Nothing);
    }
    if rules.is_empty() {
        app.out.said("there is no rule: `verbatim searches save NAME QUERY --code CODE` makes one")?;
        return Ok(Outcome::Nothing);
    }
    app.out.table(&table)?;
    let whose = me.as_ref().map_or_else(|| "everybody".to_owned(), |me| format!("{me} alone"));
    app.out.said(&format!(
        "decided by {whose}; coded: put there without the rule; precision: accepted of what was decided; \
         recall: passages of the code that the rule finds"
    ))?;
    Ok(Outcome::Done)
}

fn again(app: &mut App, session: &mut Session, args: &RunArgs) -> Result {
    let search = session.saved_search(&args.name)?.search;
    let by_stems = hits::by_stems(search.query, search.stem);
    let (id, name, query) = (search.id, search.name.to_owned(), search.query.to_owned());
    let index = crate::search::open(app, session);
    let places = hits::places(session, &index, &query, search.stem)?;
    let last = search.run;
    let new: Vec<bool> = match last {
        Some((run, _)) => run.new_since(&session.corpus, &session.coded.documents, &places),
        None => vec![true; places.len()],
    };
    let fresh = new.iter().filter(|n| **n).count();
    let before = last.map(|(run, act)| {
        json!({ "hits": run.hits, "documents": run.documents, "cases": run.cases, "at": act.at, "coder": act.coder })
    });
    let since = last.map_or_else(
        || "not run before".to_owned(),
        |(run, act)| format!("{} new since {} ({} then)", fresh, act.at, plural(run.hits as usize, "hit")),
    );
    let (now, counts) = found(session, &places);
    let same = last.is_some_and(|(run, _)| *run == now);
    let both: Vec<(Place, bool)> = places.iter().copied().zip(new).filter(|(_, n)| *n || !args.new).collect();
    let shown = both.get(..args.limit.unwrap_or(both.len()).min(both.len())).unwrap_or_default();
    match app.out.form() {
        Form::Json => {}
        Form::Csv => {
            let mut table = Table::new(hits::heads(&session.corpus).into_iter().chain(["new"]));
            for (place, new) in shown {
                let word = if *new { "yes" } else { "no" };
                table.row(
                    hits::cells(&session.corpus, *place, args.context).into_iter().chain([word.to_owned()]),
                );
            }
            app.out.table(&table)?;
        }
        Form::Text => {
            let mark = |new: bool| if new { "* " } else { "  " }.to_owned();
            let named: Vec<(String, Place)> = shown.iter().map(|(p, new)| (mark(*new), *p)).collect();
            hits::lines(app, &session.corpus, &named, args.context)?;
        }
    }
    let rows: Vec<Value> = shown
        .iter()
        .map(|(place, new)| {
            let mut row = hits::row(&session.corpus, *place, args.context);
            if let Value::Object(map) = &mut row {
                map.insert("new".to_owned(), json!(new));
            }
            row
        })
        .collect();
    app.out.said(&format!("{}; {since}", plural(places.len(), "hit")))?;
    hits::tell_of_stems(app, by_stems)?;
    // What was found is kept where this can be written, and where it differs from last time.
    let keep = !args.no_remember && !same && session.may_write().is_ok() && session.me().is_ok();
    let mut act = None;
    if keep {
        let saved = SearchSaved { search: Some(id), run: Some(now), ..SearchSaved::default() };
        match session.write(app, "search", vec![Change::SearchSaved(Box::new(saved))]) {
            Ok(id) => act = Some(id.to_string()),
            Err(why) => app.out.aside("note", &format!("what was found is not kept: {}", why.error)),
        }
    }
    app.out.json(&json!({
        "search": id.to_string(), "name": name, "query": query, "stem": by_stems,
        "total": places.len(), "new": fresh,
        "last": before, "act": act, "hits": rows,
        "counts": hits::counts_json(&session.corpus, &counts, model::counted::Roles::default()),
    }))?;
    Ok(if places.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn remove(app: &mut App, session: &mut Session, name: &str) -> Result {
    session.may_write()?;
    let rule::Listed { search, ids } = session.saved_search(name)?;
    let (id, name) = (search.id, search.name.to_owned());
    let decided = decided_under(session, &search);
    let removed = |search| Change::SearchRemoved(Box::new(OfSearch { search }));
    let act = session.write(app, "search", ids.into_iter().map(removed).collect())?;
    app.out.said(&format!("removed the search {name}; codings that it proposed stay"))?;
    if let Some(decided) = decided {
        app.out.aside("note", &decided);
    }
    app.out.json(&json!({ "act": act.to_string(), "search": id.to_string(), "name": name }))?;
    Ok(Outcome::Done)
}
