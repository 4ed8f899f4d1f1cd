//! `autocode`: the hits of a search are offered for a code, and accepted or rejected, as one act.

use std::io::{BufRead, IsTerminal};

use model::act::Change;
use model::ground::Ground;
use model::id::{ActId, ThingId};
use model::rule::{self, About, Decision, Kept, Offer, Offers};
use model::unit::Unit;
use serde_json::{Value, json};

use crate::app::App;
use crate::code_from::plural;
use crate::error::{CommandError, Outcome, Result};
use crate::hits;
use crate::out::Form;
use crate::rules::{tally_json, tally_text, tell_by_hand};
use crate::searches::UnitArg;
use crate::session::Session;
use crate::table::{Table, cut};

/// Offer the hits of a search for a code, and code those that you accept.
///
/// Without --yes, --accept or --reject it lists what it offers, each with a number that stays the same; on a
/// terminal it asks about each. A passage that you coded so already is not offered, nor one whose hits you
/// rejected. A run is one act: one undo takes it back. Query, code and unit together are a rule, which the
/// study keeps from the first decision on; the same words again are the same rule, whoever saved it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim autocode training --query 'course*' --unit sentence\n  verbatim autocode training --query 'course*' --unit sentence --accept 1,3-5 --reject 2\n  verbatim autocode training --rule courses --yes"
)]
pub(crate) struct Args {
    /// The code, by its id or its label
    #[arg(value_name = "CODE")]
    code: String,
    /// What to look for
    #[arg(long, value_name = "QUERY", required_unless_present = "rule", requires = "unit")]
    query: Option<String>,
    /// What is coded: the match, its sentence, turn or paragraph
    #[arg(long, value_name = "UNIT")]
    unit: Option<UnitArg>,
    /// Find words of the same stem too
    #[arg(long)]
    stem: bool,
    /// A saved search instead of a query
    #[arg(long, value_name = "NAME", conflicts_with_all = ["query", "unit", "stem"])]
    rule: Option<String>,
    /// What the rule is called when it is kept [default: code and query]
    #[arg(long, value_name = "NAME", conflicts_with = "rule")]
    name: Option<String>,
    /// Accept all that is offered (but what --reject names)
    #[arg(long)]
    yes: bool,
    /// Accept these: numbers (1,3-5) or DOCUMENT:START
    #[arg(long, value_name = "WHICH", value_delimiter = ',')]
    accept: Vec<String>,
    /// Reject these, now and for later runs of the rule
    #[arg(long, value_name = "WHICH", value_delimiter = ',')]
    reject: Vec<String>,
    /// Offer these again that were rejected; all for every one
    #[arg(long, value_name = "WHICH", value_delimiter = ',')]
    bring_back: Vec<String>,
    /// List what was rejected, coded and accepted too
    #[arg(long)]
    all: bool,
    /// Never ask, only list
    #[arg(long)]
    list: bool,
    /// Characters of context on each side
    #[arg(long, value_name = "N", default_value_t = 40)]
    context: u32,
}

/// A rule with what it offers, as this run found it.
struct Run {
    /// The rule, where it is kept already.
    id: Option<ThingId>,
    /// All ids under which was decided about it.
    ids: Vec<ThingId>,
    name: String,
    code: usize,
    query: String,
    unit: Unit,
    stem: bool,
    offers: Vec<Offer>,
    decisions: Vec<Decision>,
}

impl Run {
    /// The rule as it is kept, or will be.
    fn kept<'a>(&'a self, name: &'a str) -> Kept<'a> {
        let Self { id, code, unit, stem, .. } = *self;
        Kept { id, name, query: &self.query, code, unit, stem }
    }

    /// Finds the ids under which the rule is known.
    fn look_up(&mut self, ground: Ground<'_>) {
        let kept = self.kept("");
        let (id, ids) = (kept.known(ground), kept.wording(ground).ids(ground));
        (self.id, self.ids) = (id, ids);
    }
}

/// What is to be done with offers, by their places in the list.
#[derive(Debug, Default, PartialEq, Eq)]
struct Choices {
    accept: Vec<usize>,
    reject: Vec<usize>,
    back: Vec<usize>,
    /// How many of all that are rejected cannot be brought back, because they got another code.
    recoded: usize,
}

/// Offers, asks, writes.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let asks = args.yes || !args.accept.is_empty() || !args.reject.is_empty() || !args.bring_back.is_empty();
    let mut session = if asks { Session::open_to_write(app)? } else { Session::open(app)? };
    let mut this = find(app, &session, args)?;
    let terminal = app.out.on_terminal() && std::io::stdin().is_terminal() && app.out.form() == Form::Text;
    let choices = if asks {
        chosen(&session, &this, args)?
    } else if terminal && !args.list && !args.all && session.may_write().is_ok() {
        ask(app, &session, &this, args, &mut std::io::stdin().lock())?
    } else {
        return list(app, &session, &this, args);
    };
    let changes = changes(&session, &this, &choices);
    let act = if changes.is_empty() { None } else { Some(session.write(app, "autocode", changes)?) };
    if act.is_some() {
        this.look_up(session.ground());
        decide(&session, &mut this);
    }
    let made: Vec<String> = act.map_or_else(Vec::new, |act| {
        export::codings::Rows::new(session.ground()).made_by(act).into_iter().map(|row| row.id).collect()
    });
    let mut said =
        vec![format!("accepted {}", choices.accept.len()), format!("rejected {}", choices.reject.len())];
    if !choices.back.is_empty() {
        said.push(format!("brought back {}", choices.back.len()));
    }
    if choices.recoded > 0 {
        said.push(format!("left {} that got another code since (--accept takes them too)", choices.recoded));
    }
    app.out.said(&said.join(", "))?;
    let tally = tally(&session, &this);
    app.out.said(&format!("{}: {}", this.name, tally_text(&tally)))?;
    if act.is_some() {
        app.out.said("one undo takes this back")?;
    }
    hits::tell_of_stems(app, hits::by_stems(&this.query, this.stem))?;
    if app.out.form() == Form::Json {
        let value = as_json(&session, &this, args, act, &made);
        app.out.json(&value)?;
    }
    Ok(Outcome::Done)
}

/// The rule and what it offers to the acting coder.
fn find(app: &mut App, session: &Session, args: &Args) -> Result<Run> {
    let code = session.open_code(&args.code)?.id.clone();
    let book = &session.coded.codebook;
    let at = session.code_at(&code)?;
    let mut this = match (&args.rule, &args.query, args.unit) {
        (Some(name), _, _) => {
            let search = session.saved_search(name)?.search;
            if search.code.and_then(|c| book.resolve(c)) != Some(at) {
                let of = search.code.map_or_else(|| "no code".to_owned(), |c| format!("code {c}"));
                return Err(CommandError::new(format!(
                    "the search {} is a rule for {of}, not for {code}",
                    search.name
                ))
                .hint(format!(
                    "`verbatim searches save {:?} {:?} --code {code}` makes it one",
                    search.name, search.query
                )));
            }
            Run {
                id: None,
                ids: Vec::new(),
                name: search.name.to_owned(),
                code: at,
                query: search.query.to_owned(),
                unit: rule::unit_of(&search),
                stem: search.stem,
                offers: Vec::new(),
                decisions: Vec::new(),
            }
        }
        (None, Some(query), Some(unit)) => {
            let (query, unit) = (query.trim().to_owned(), Unit::from(unit));
            hits::read(app, &query)?;
            // The same rule again is the same rule: what was rejected stays so.
            let wanted = Kept { id: None, name: "", query: &query, code: at, unit, stem: args.stem };
            let same = wanted.wording(session.ground()).known(session.ground());
            let name = match (&same, &args.name) {
                (Some(search), _) => search.name.to_owned(),
                (None, Some(name)) if !name.trim().is_empty() => name.trim().to_owned(),
                _ => rule::free_name(session.ground(), &format!("{code}: {query} ({})", unit.as_str())),
            };
            if let Some(other) = rule::named(session.ground(), &name).first().filter(|_| same.is_none()) {
                return Err(CommandError::new(format!("a search is called {} already", other.search.name))
                    .hint("give another --name, or use that one with --rule"));
            }
            Run {
                id: None,
                ids: Vec::new(),
                name,
                code: at,
                query,
                unit,
                stem: args.stem,
                offers: Vec::new(),
                decisions: Vec::new(),
            }
        }
        _ => {
            return Err(CommandError::new("a rule needs a query and a unit")
                .hint("give --query and --unit match|sentence|turn|paragraph, or --rule NAME"));
        }
    };
    this.look_up(session.ground());
    let index = crate::search::open(app, session);
    let offers = session.offers(&index, &this.query, this.stem, this.unit)?;
    tell_of_others(app, &offers);
    this.offers = offers.all;
    hits::tell_of_tables(app, session, &index, &this.query, this.offers.is_empty());
    decide(session, &mut this);
    Ok(this)
}

/// Says how many hits are not offered, and why.
fn tell_of_others(app: &mut App, offers: &Offers) {
    if offers.beside > 0 {
        let hits = plural(offers.beside, "hit");
        app.out.aside("note", &format!("{hits} in names and times of turns: nothing is coded there"));
    }
    if offers.by_hand > 0 {
        tell_by_hand(app, offers.by_hand);
    }
}

fn decide(session: &Session, this: &mut Run) {
    let me = session.me().ok();
    let about = About { ids: &this.ids, code: this.code, whose: me.as_ref() };
    this.decisions = rule::decide(session.ground(), about, &this.offers);
}

fn tally(session: &Session, this: &Run) -> rule::Tally {
    let me = session.me().ok();
    let about = About { ids: &this.ids, code: this.code, whose: me.as_ref() };
    rule::tally(session.ground(), about, &this.offers, &this.decisions)
}

/// What the options say.
fn chosen(session: &Session, this: &Run, args: &Args) -> Result<Choices> {
    session.may_write()?;
    let is = |at: usize, wanted: Decision| this.decisions.get(at) == Some(&wanted);
    let every = |wanted: Decision| (0..this.offers.len()).filter(move |at| is(*at, wanted));
    let name = |at: usize| format!("{} ({})", at + 1, place(session, &this.offers[at]));
    let mut out = Choices::default();
    for word in &args.reject {
        for at in pick(session, this, word)? {
            if is(at, Decision::Accepted) || is(at, Decision::Coded) {
                return Err(CommandError::new(format!("{} is coded already", name(at))).hint(
                    "take the coding away first: `verbatim codings` lists them, `verbatim uncode ID`",
                ));
            }
            if is(at, Decision::Open) && !out.reject.contains(&at) {
                out.reject.push(at);
            }
        }
    }
    for word in &args.accept {
        for at in pick(session, this, word)? {
            if is(at, Decision::Coded) {
                return Err(CommandError::new(format!("{} is coded already", name(at)))
                    .hint("a passage counts once; leave it out"));
            }
            if out.reject.contains(&at) {
                return Err(CommandError::new(format!("{} is both accepted and rejected", name(at)))
                    .hint("leave one out"));
            }
            if !is(at, Decision::Accepted) && !out.accept.contains(&at) {
                out.accept.push(at);
            }
        }
    }
    let me = session.me().ok();
    let about = About { ids: &this.ids, code: this.code, whose: me.as_ref() };
    for word in &args.bring_back {
        let all = word == "all";
        let picked = if all { every(Decision::Rejected).collect() } else { pick(session, this, word)? };
        for at in picked {
            if !is(at, Decision::Rejected) {
                return Err(CommandError::new(format!("{} is not rejected", name(at)))
                    .hint("--all lists every hit with what was decided about it"));
            }
            if let Some(other) = rule::recoded(session.ground(), about, &this.offers[at]) {
                if all {
                    out.recoded += 1;
                    continue;
                }
                let codes = &session.coded.codebook.codes;
                return Err(CommandError::new(format!(
                    "{} was accepted and got the code {} since",
                    name(at),
                    codes[other].id
                ))
                .hint(format!(
                    "--accept {} codes it as {} too",
                    at + 1,
                    codes[this.code].id
                )));
            }
            if !out.back.contains(&at) && !out.accept.contains(&at) {
                out.back.push(at);
            }
        }
    }
    if args.yes {
        for at in every(Decision::Open) {
            if !out.reject.contains(&at) && !out.accept.contains(&at) {
                out.accept.push(at);
            }
        }
    }
    out.accept.sort_unstable();
    Ok(out)
}

/// The offers that a word names: a number, two with a hyphen between, or a place.
fn pick(session: &Session, this: &Run, word: &str) -> Result<Vec<usize>> {
    let word = word.trim();
    let number = |text: &str| text.trim().parse::<usize>().ok().filter(|n| *n > 0);
    let range = match word.split_once('-') {
        Some((first, last)) => number(first).zip(number(last)),
        None => number(word).map(|n| (n, n)),
    };
    if let Some((first, last)) = range {
        if first > last || last > this.offers.len() {
            return Err(CommandError::new(format!("there is no hit {word}"))
                .hint(format!("they are numbered from 1 to {}; --list lists them", this.offers.len())));
        }
        return Ok((first - 1..last).collect());
    }
    if let Some((document, start)) = word.rsplit_once(':')
        && let Ok(start) = start.trim().parse::<u32>()
    {
        let at = session.document_at(document)?;
        let found = this.offers.iter().position(|o| o.document == at && o.span.has(start));
        return found.map(|at| vec![at]).ok_or_else(|| {
            CommandError::new(format!("no hit of this rule lies at {word}")).hint("--list lists them")
        });
    }
    Err(CommandError::new(format!("{word:?} names no hit")).hint("write a number, 2-5, or DOCUMENT:START"))
}

/// Asks about each open offer; the end of the input is the end of the questions.
fn ask(
    app: &mut App,
    session: &Session,
    this: &Run,
    args: &Args,
    input: &mut impl BufRead,
) -> Result<Choices> {
    let open: Vec<usize> =
        (0..this.offers.len()).filter(|at| this.decisions.get(*at) == Some(&Decision::Open)).collect();
    let code = &session.coded.codebook.codes[this.code].id;
    app.out.line(&format!(
        "{} for {code} · y accepts, n rejects, s leaves open, a accepts all that are left, q stops here, x writes nothing; Enter after each",
        plural(open.len(), "hit")
    ))?;
    let mut out = Choices::default();
    let mut rest = open.into_iter();
    while let Some(at) = rest.next() {
        show(app, session, this, at, args.context)?;
        loop {
            app.out.line(&format!("{code}? y n s a q x, then Enter"))?;
            app.out.flush()?;
            let mut answer = String::new();
            let read = input.read_line(&mut answer).map_err(|why| CommandError::output(&why))?;
            if read == 0 {
                return Ok(out);
            }
            match answer.trim() {
                "y" | "j" => out.accept.push(at),
                "n" => out.reject.push(at),
                "s" => {}
                "a" => {
                    out.accept.push(at);
                    out.accept.extend(rest);
                    return Ok(out);
                }
                "q" => return Ok(out),
                "x" => return Ok(Choices::default()),
                _ => continue,
            }
            break;
        }
    }
    Ok(out)
}

/// The changes of the act.
fn changes(session: &Session, this: &Run, choices: &Choices) -> Vec<Change> {
    let offers =
        |which: &[usize]| -> Vec<&Offer> { which.iter().filter_map(|at| this.offers.get(*at)).collect() };
    let kept = this.kept(&this.name);
    let (accept, reject, back) = (offers(&choices.accept), offers(&choices.reject), offers(&choices.back));
    rule::decided(session.ground(), kept, &accept, &reject, &back)
}

fn place(session: &Session, offer: &Offer) -> String {
    format!("{}:{}", session.corpus.documents[offer.document].id, offer.span.start)
}

/// One offer on two lines: where its first hit stands, and what would be coded.
fn show(app: &mut App, session: &Session, this: &Run, at: usize, context: u32) -> Result<()> {
    let offer = &this.offers[at];
    let hit = offer.hits.first().copied().unwrap_or(offer.span);
    let state = match this.decisions.get(at) {
        Some(Decision::Open) | None => String::new(),
        Some(other) => format!("{} ", other.as_str()),
    };
    hits::lines(
        app,
        &session.corpus,
        &[(format!("{:>3}  {state}", at + 1), (offer.document, hit))],
        context,
    )?;
    if this.unit != Unit::Match {
        let text = session.corpus.documents[offer.document].text.slice(offer.span);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        app.out.line(&format!("     codes {}-{} “{}”", offer.span.start, offer.span.end, cut(&text, 70)))?;
    }
    Ok(())
}

/// Lists what is offered and says how to go on.
fn list(app: &mut App, session: &Session, this: &Run, args: &Args) -> Result {
    let shown: Vec<usize> = (0..this.offers.len())
        .filter(|at| args.all || this.decisions.get(*at) == Some(&Decision::Open))
        .collect();
    match app.out.form() {
        Form::Json => {
            let value = as_json(session, this, args, None, &[]);
            app.out.json(&value)?;
        }
        Form::Csv => {
            let mut table = Table::new(
                ["number", "state", "codes_start", "codes_end"]
                    .into_iter()
                    .chain(hits::heads(&session.corpus)),
            );
            for at in &shown {
                let offer = &this.offers[*at];
                let hit = offer.hits.first().copied().unwrap_or(offer.span);
                let state = this.decisions.get(*at).map_or("open", |d| d.as_str());
                let first = [
                    (at + 1).to_string(),
                    state.to_owned(),
                    offer.span.start.to_string(),
                    offer.span.end.to_string(),
                ];
                table.row(first.into_iter().chain(hits::cells(
                    &session.corpus,
                    (offer.document, hit),
                    args.context,
                )));
            }
            app.out.table(&table)?;
        }
        Form::Text => {
            for at in &shown {
                show(app, session, this, *at, args.context)?;
            }
        }
    }
    app.out.said(&format!("{}: {}", this.name, tally_text(&tally(session, this))))?;
    hits::tell_of_stems(app, hits::by_stems(&this.query, this.stem))?;
    if this.decisions.contains(&Decision::Open) {
        app.out.said("--yes accepts all that are open; --accept 1,3-5 and --reject 2 decide about some")?;
    }
    Ok(if shown.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn as_json(session: &Session, this: &Run, args: &Args, act: Option<ActId>, made: &[String]) -> Value {
    let row = |(at, offer): (usize, &Offer)| {
        let hit = offer.hits.first().copied().unwrap_or(offer.span);
        let mut row = hits::row(&session.corpus, (offer.document, hit), args.context);
        if let Value::Object(map) = &mut row {
            map.insert("number".to_owned(), json!(at + 1));
            map.insert("state".to_owned(), json!(this.decisions.get(at).map(|d| d.as_str())));
            map.insert(
                "codes".to_owned(),
                json!({
                    "start": offer.span.start, "end": offer.span.end,
                    "text": session.corpus.documents[offer.document].text.slice(offer.span),
                }),
            );
        }
        row
    };
    let rows: Vec<Value> = this.offers.iter().enumerate().map(row).collect();
    let mut value = json!({
        "act": act.map(|a| a.to_string()), "rule": this.id.map(|id| id.to_string()), "name": this.name,
        "code": session.coded.codebook.codes[this.code].id, "query": this.query,
        "unit": this.unit.as_str(), "stem": hits::by_stems(&this.query, this.stem), "codings": made, "hits": rows,
    });
    if let (Value::Object(map), Value::Object(tally)) = (&mut value, tally_json(&tally(session, this))) {
        map.extend(tally);
    }
    value
}
