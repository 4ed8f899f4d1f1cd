//! `search`: every place where words stand, each with its exact position, in its context.

use clap::ValueEnum;
use export::concordance::{self, Counts, GroupBy, Place, Sort};
use index::{Glance, Index, Query, Trust};
use model::corpus::Corpus;
use model::counted::Roles;
use serde_json::{Value, json};
use study::{Snapshot, Stamp};

use crate::app::App;
use crate::code_from::plural;
use crate::error::{CommandError, Outcome, Result};
use crate::hits;
use crate::out::Form;
use crate::session::{self, Session};
use crate::table::Table;

/// What `--help` says of the query language; `-h` has the examples only.
const LANGUAGE: &str = "The query:
  zorg werk             turns with both words; capitals and accents make no difference
  \"goede zorg\"          a phrase; \"goede zorg\"~2 with up to two words between
  a OR b   a -b         one or the other; a without b (operators in capitals, parentheses group)
  zor* *heid *zeker*    words that begin so, end so, have it anywhere
  =Zorg word~ stem:w    exactly so; one wrong letter (word~2: two); of the same stem
  /flex(ibel|werk)/     a regular expression
  a NEAR/8 b            at most 8 words apart (NEAR/2t: turns); THEN in this order
  a INSIDE code:x       within passages with a code; OVERLAPS where they share a character
  role:respondent       fields: case: doc: speaker: role: lang: kind: date: code: coder: coded:
                        memo: done: and the columns of your tables; sector:zorg size:>250
                        date:2019..2021 code:(a OR b) status=planned
All of it, with examples: docs/search.md

Examples:
  verbatim search 'oven*'
  verbatim search '\"night shift\" role:respondent'
  verbatim search 'budget NOT code:training' --json";

/// Find words in the transcripts, each with its exact place.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim search 'oven*'\n  verbatim search '\"night shift\" role:respondent'\n  verbatim search 'budget NOT code:training' --json\nThe query language: verbatim search --help",
    after_long_help = LANGUAGE
)]
pub(crate) struct Args {
    /// What to look for; quote it for the shell
    #[arg(value_name = "QUERY", required = true, num_args = 1..)]
    query: Vec<String>,
    /// Characters of context on each side
    #[arg(long, value_name = "N", default_value_t = 40)]
    context: u32,
    /// Print at most so many hits; the total counts all
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Find words of the same stem too (worker, working); no number in a table rests on it
    #[arg(long)]
    stem: bool,
    /// Order by the words before (left) or behind (right), by case, document or date
    #[arg(long, value_name = "BY")]
    sort: Option<SortArg>,
    /// Count by case (or your word for it), speaker, document or code
    #[arg(long, value_name = "BY")]
    group: Option<String>,
    /// Whose words hits are counted per 1,000 of: respondent, interviewer, other (separated by commas) or all
    #[arg(long, value_name = "ROLES")]
    roles: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SortArg {
    Left,
    Right,
    Case,
    Document,
    Date,
}

impl From<SortArg> for Sort {
    fn from(arg: SortArg) -> Self {
        match arg {
            SortArg::Left => Self::Left,
            SortArg::Right => Self::Right,
            SortArg::Case => Self::Case,
            SortArg::Document => Self::Document,
            SortArg::Date => Self::Date,
        }
    }
}

/// Searches and prints the hits.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let dir = session::study_dir(app)?;
    let text = args.query.join(" ");
    let query = hits::read(app, &text)?;
    let stem = query.stems() || args.stem;
    let now = app.global.as_of.is_none();
    let look = |snapshot: &mut Snapshot| unless_it_stumbles(|| glance(args, &query, snapshot));
    let (stamp, kept) = if now { Snapshot::look_and(&dir, &app.context, look) } else { (None, None) };
    let is_kept = kept.is_some();
    if let Some((snapshot, Some(glance))) = kept {
        let outcome = print_glance(app, args, (&text, stem), &snapshot, &glance)?;
        // The program ends here, and the system takes its memory back faster than it can be given back.
        std::mem::forget(snapshot);
        return Ok(outcome);
    }
    let session = Session::open_to_count(app)?;
    let roles = hits::roles(args.roles.as_deref())?;
    let group = args.group.as_deref().map(|word| group_by(&session, word)).transpose()?;
    let index = open(app, &session);
    let mut places = hits::places(&session, &index, &text, args.stem)?;
    hits::tell_of_tables(app, &session, &index, &text, places.is_empty());
    if let Some(sort) = args.sort {
        concordance::sort(&session.corpus, &mut places, sort.into());
    }
    let counts = concordance::counts(&session.corpus, &places, roles);
    let shown = places.get(..args.limit.unwrap_or(places.len()).min(places.len())).unwrap_or_default();
    let groups = group
        .map(|by| (concordance::groups(&session.corpus, &session.coded, &places, by, roles), by))
        .map(|(groups, by)| Groups { groups, by });
    let found = Found { text: &text, stem, shown, counts: &counts, roles, groups: groups.as_ref() };
    let outcome = print(app, args, &session.corpus, &found)?;
    if let Some(stamp) = stamp.filter(|_| !is_kept) {
        // Whoever waits for the hits has them first.
        app.out.flush()?;
        keep(&stamp, &session);
    }
    Ok(outcome)
}

/// What `look` gives; none where it stumbles over places of words that rotted on the disk, which a glance does
/// not compare. Whoever opens the study then does, and makes the index anew.
fn unless_it_stumbles<T>(look: impl FnOnce() -> Option<T>) -> Option<T> {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(look));
    std::panic::set_hook(told);
    found.ok().flatten()
}

/// Searches without opening the study, where what it was when it was last opened is known; none where
/// the query needs more than that.
fn glance(args: &Args, query: &Query, snapshot: &mut Snapshot) -> Option<Glance> {
    if args.sort.is_some() || args.group.is_some() {
        return None;
    }
    let roles = hits::roles(args.roles.as_deref()).ok()?;
    let glance = index::glance(snapshot, query, args.stem, roles, args.limit)?;
    // Why nothing is found where there are restrictions is told from the study.
    (glance.total > 0 || query.filters().is_empty()).then_some(glance)
}

fn print_glance(
    app: &mut App,
    args: &Args,
    (text, stem): (&str, bool),
    snapshot: &Snapshot,
    glance: &Glance,
) -> Result {
    for problem in &snapshot.problems {
        app.out.problem(problem);
    }
    hits::tell(app, &glance.notes);
    let places: Vec<Place> = glance.hits.iter().map(|hit| (hit.document, hit.span)).collect();
    let counts = Counts {
        hits: glance.total,
        documents: glance.documents,
        cases: glance.cases,
        counted: glance.counted,
        words: glance.words,
    };
    let roles = hits::roles(args.roles.as_deref())?;
    let found = Found { text, stem, shown: &places, counts: &counts, roles, groups: None };
    print(app, args, &snapshot.corpus, &found)
}

/// Keeps what opening the study found, so that the next search need not open it. Where that cannot be
/// written, the next search opens it again.
pub(crate) fn keep(stamp: &Stamp, session: &Session) {
    _ = Snapshot::keep(stamp, &session.study, &session.corpus, &session.problems);
}

/// What a search found, as it is printed.
struct Found<'a> {
    text: &'a str,
    /// Whether words of the same stem count too.
    stem: bool,
    shown: &'a [Place],
    counts: &'a Counts,
    roles: Roles,
    groups: Option<&'a Groups>,
}

/// Hits in groups.
struct Groups {
    groups: Vec<concordance::Group>,
    by: GroupBy,
}

fn print(app: &mut App, args: &Args, corpus: &Corpus, found: &Found<'_>) -> Result {
    let Found { text, stem, shown, counts, roles, groups } = *found;
    match app.out.form() {
        Form::Json => {
            let rows: Vec<Value> = shown.iter().map(|p| hits::row(corpus, *p, args.context)).collect();
            let mut value = json!({
                "query": text, "total": counts.hits, "hits": rows,
                "counts": hits::counts_json(corpus, counts, roles), "stem": stem,
            });
            if let (Some(groups), Value::Object(map)) = (groups, &mut value) {
                map.insert("groups".to_owned(), groups_json(corpus, &groups.groups, roles));
            }
            app.out.json(&value)?;
        }
        Form::Csv => {
            if let Some(groups) = groups {
                app.out.table(&groups_table(corpus, groups, true))?;
            } else {
                let mut table = Table::new(hits::heads(corpus));
                for place in shown {
                    table.row(hits::cells(corpus, *place, args.context));
                }
                app.out.table(&table)?;
            }
        }
        Form::Text => {
            if let Some(groups) = groups {
                app.out.table(&groups_table(corpus, groups, false))?;
            } else {
                let named: Vec<(String, Place)> = shown.iter().map(|p| (String::new(), *p)).collect();
                hits::lines(app, corpus, &named, args.context)?;
            }
            said(app, corpus, counts, roles, groups.is_none().then_some(shown.len()))?;
        }
    }
    hits::tell_of_stems(app, stem)?;
    Ok(if counts.hits == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// The last line: how many hits, how far they are spread, at which rate.
fn said(app: &mut App, corpus: &Corpus, counts: &Counts, roles: Roles, shown: Option<usize>) -> Result<()> {
    let total = plural(counts.hits, "hit");
    let more = match shown {
        Some(shown) if shown < counts.hits => format!(" ({shown} shown)"),
        _ => String::new(),
    };
    if counts.hits == 0 {
        return app.out.said(&total);
    }
    app.out.said(&format!("{total}{more} {}", hits::counts_text(corpus, counts, roles)))
}

/// Reads the word after `--group`.
fn group_by(session: &Session, word: &str) -> Result<GroupBy> {
    let is = |name: &str| word.eq_ignore_ascii_case(name);
    if is("case") || is(session.case_label()) {
        return Ok(GroupBy::Case);
    }
    let known = [("speaker", GroupBy::Speaker), ("document", GroupBy::Document), ("code", GroupBy::Code)];
    known.into_iter().find(|(name, _)| is(name)).map(|(_, by)| by).ok_or_else(|| {
        CommandError::new(format!("hits cannot be counted by {word:?}"))
            .hint("write case, speaker, document or code")
    })
}

fn groups_json(corpus: &Corpus, groups: &[concordance::Group], roles: Roles) -> Value {
    let one = |group: &concordance::Group| {
        let mut value = hits::counts_json(corpus, &group.counts, roles);
        if let Value::Object(map) = &mut value {
            map.insert("group".to_owned(), json!(group.key));
            map.insert("document".to_owned(), json!(group.document));
        }
        value
    };
    groups.iter().map(one).collect()
}

/// The groups as a table; exact numbers for CSV.
fn groups_table(corpus: &Corpus, Groups { groups, by }: &Groups, exact: bool) -> Table {
    let by = *by;
    let label = hits::case_label(corpus).to_owned();
    let (head, none) = match by {
        GroupBy::Case => (label.as_str(), "(none)"),
        GroupBy::Speaker => ("speaker", "(nobody named)"),
        GroupBy::Document => ("document", ""),
        GroupBy::Code => ("code", "(not coded)"),
    };
    let numbers = ["#hits", "#documents", "#cases", "#counted", "#words", "#per_1000"];
    let speaker = (by == GroupBy::Speaker).then_some("document");
    let mut table = Table::new(std::iter::once(head).chain(speaker).chain(numbers));
    for group in groups {
        let key = match &group.key {
            Some(key) => key.clone(),
            None if exact => String::new(),
            None => none.to_owned(),
        };
        let c = &group.counts;
        let rate = c.per_1000().map(|r| if exact { r.to_string() } else { format!("{r:.2}") });
        let numbers = [c.hits, c.documents, c.cases, c.counted].map(|n| n.to_string());
        let words = c.words.to_string();
        let cells = std::iter::once(key).chain(group.document.clone()).chain(numbers).chain([words]);
        table.row(cells.chain([rate.unwrap_or_default()]));
    }
    table
}

/// Opens the index of a study, bringing it up to date; says so where that takes long. Beside opening the study
/// it takes little to compare every byte of it, and what is found may be written down.
pub(crate) fn open(app: &mut App, session: &Session) -> Index {
    let dir = dir(session);
    let progress = crate::progress::Progress::new("indexing", app.out.is_quiet());
    let step = |done: usize, total: usize| {
        progress.step(done, total);
        true
    };
    let index = Index::open_with_progress(dir.as_deref(), &session.corpus, Trust::Bytes, &step);
    progress.finish();
    if let Some(trouble) = &index.report().trouble {
        app.out.aside("note", &format!("{trouble}; searching without the index ({})", trouble.hint()));
    }
    index
}

/// Where the index of a study lies; none where nothing is cached.
pub(crate) fn dir(session: &Session) -> Option<std::path::PathBuf> {
    session.study.cache().make().ok().flatten().map(|folder| folder.join("index"))
}
