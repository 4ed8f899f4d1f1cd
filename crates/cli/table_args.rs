//! What all commands that tabulate share: whose codings and words count, which codings, and where the
//! table goes.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::ValueEnum;
use export::{CountRule, Level, Only, Options, TableError};
use index::fold::fold;
use index::query::{Field, Given};
use index::{Index, Query};
use model::act::Qualifiers;
use model::coded::Coders;
use model::id::ThingId;
use model::reading::Choice;
use model::span::{Span, unite};
use model::state::State;
use rustc_hash::FxHashSet;

use study::WordsOf;

use crate::app::App;
use crate::basis::known_coder;
use crate::error::{CommandError, Result};
use crate::nearest::did_you_mean;
use crate::out::Form;
use crate::session::Session;

/// Options of every table.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Options of all tables")]
pub(crate) struct TableArgs {
    /// Whose codings count: a coder, consensus, union or intersection [default: the primary coder]
    #[arg(long, value_name = "READING")]
    pub(crate) reading: Option<String>,
    /// Whose words count: respondent, interviewer, other (separated by commas) or all
    #[arg(long, value_name = "ROLES")]
    pub(crate) roles: Option<String>,
    /// Count only codings on what this query finds, or with a qualifier, as `status=in-place`
    #[arg(long = "where", value_name = "QUERY")]
    pub(crate) only: Option<String>,
    /// Take documents that were begun for done
    #[arg(long)]
    pub(crate) assume_done: bool,
    /// Write it to this file; its ending says how: .csv, .xlsx, .docx, .html, .md or .json
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<String>,
    /// Go on although acts of a newer version could matter
    #[arg(long)]
    pub(crate) ignore_unknown: bool,
}

impl TableArgs {
    /// Opens the study to count in it; stops at acts of a newer version that could change a number.
    pub(crate) fn open(&self, app: &mut App) -> Result<Session> {
        let session = Session::open_to_count(app)?;
        self.understood(app, session.state())?;
        Ok(session)
    }

    /// Stops at acts of a newer version that could change a number.
    pub(crate) fn understood(&self, app: &mut App, state: &State) -> Result<()> {
        let kinds = state.blocking_kinds();
        if kinds.is_empty() {
            return Ok(());
        }
        let list = kinds.join(", ");
        if self.ignore_unknown {
            app.out.aside("warning", &format!("ignored acts of a newer version: {list}"));
            return Ok(());
        }
        Err(CommandError::new(format!("the study holds acts that this version does not understand: {list}"))
            .hint("install a newer version of verbatim; or, at your own risk, add --ignore-unknown"))
    }

    /// The options of a table, its rows and count rule as by default.
    pub(crate) fn options(&self, app: &mut App, session: &Session) -> Result<Options> {
        let only = self.only.as_deref().map(|query| only(app, session, query)).transpose()?;
        Ok(Options { only, ..self.plain(&session.coded.coders)? })
    }

    /// The same without `--where`, for which the study must be open.
    pub(crate) fn plain(&self, coders: &Coders) -> Result<Options> {
        let reading = match self.reading.as_deref() {
            None => Choice::Primary,
            Some(word) => match Choice::parse(word) {
                Choice::Coder(name) => Choice::Coder(known_coder(coders, &name)?),
                other => other,
            },
        };
        Ok(Options {
            reading,
            roles: crate::hits::roles(self.roles.as_deref())?,
            assume_done: self.assume_done,
            ..Options::default()
        })
    }
}

/// The codings that a condition leaves. Qualifiers are asked of each coding itself; for everything else
/// it is enough that it shares a character with a hit.
fn only(app: &mut App, session: &Session, text: &str) -> Result<Only> {
    let query = crate::hits::read(app, text)?;
    let index = crate::search::open(app, session);
    // The whole is searched for, so that a name that the study does not have is an error.
    let whole = places(session, &index, &query)?;
    crate::hits::tell_of_tables(app, session, &index, text, whole.is_empty());
    let mut codings: FxHashSet<ThingId> = FxHashSet::default();
    if query.qualifiers().is_empty() {
        codings.extend(touched(session, &whole));
    } else {
        for (has, alike) in by_qualifiers(session) {
            let holds = |field: &Field| {
                let name = fold(&field.name);
                has.iter().any(|(id, v)| fold(id) == name && field.wanted.fits(v))
            };
            match query.given(holds) {
                Given::Holds => codings.extend(alike),
                Given::Fails => {}
                Given::Find(rest) => {
                    let found = touched(session, &places(session, &index, &rest)?);
                    codings.extend(found.intersection(&alike));
                }
                Given::Avoid(rest) => {
                    let mut left = alike;
                    for query in rest {
                        let found = touched(session, &places(session, &index, &query)?);
                        left.retain(|id| !found.contains(id));
                    }
                    codings.extend(left);
                }
            }
        }
    }
    Ok(Only { told: text.to_owned(), codings: Arc::new(codings) })
}

/// All codings in place, by their qualifiers with defaults filled in.
fn by_qualifiers(session: &Session) -> BTreeMap<Qualifiers, FxHashSet<ThingId>> {
    let mut out: BTreeMap<Qualifiers, FxHashSet<ThingId>> = BTreeMap::new();
    for placed in &session.coded.placed {
        if let Some(coding) = session.state().coding(placed.id) {
            let has = session.coded.codebook.qualified(placed.code as usize, coding.qualifiers);
            out.entry(has).or_default().insert(placed.id);
        }
    }
    out
}

/// Where a query hits, in order.
fn places(session: &Session, index: &Index, query: &Query) -> Result<Vec<(usize, Span)>> {
    let hits = crate::hits::find_query(session, index, query, false)?;
    let mut places: Vec<(usize, Span)> = hits.iter().map(|h| (h.document, h.span)).collect();
    places.sort_unstable();
    Ok(places)
}

/// The codings that share a character with one of these places.
fn touched(session: &Session, places: &[(usize, Span)]) -> FxHashSet<ThingId> {
    let mut out = FxHashSet::default();
    for here in places.chunk_by(|a, b| a.0 == b.0) {
        let mut spans: Vec<Span> = here.iter().map(|(_, span)| *span).collect();
        // United they are in order, and none overlaps another.
        let spans = unite(&mut spans);
        for placed in session.coded.in_document(here[0].0) {
            let at = spans.partition_point(|s| s.end <= placed.span.start);
            if spans.get(at).is_some_and(|s| s.start < placed.span.end) {
                out.insert(placed.id);
            }
        }
    }
    out
}

/// Reads the word after `--count`.
pub(crate) fn count_rule(word: &str) -> Result<CountRule> {
    CountRule::parse(word).ok_or_else(|| {
        let all = CountRule::ALL.map(CountRule::as_str);
        CommandError::new(format!("there is no count rule {word:?}"))
            .hint(did_you_mean(word, all))
            .hint(format!("write one of {}", all.join(", ")))
    })
}

/// Of what words are counted by the rule after `--count`; a word that is no rule is told of when it is read.
pub(crate) fn words_of(count: Option<&str>) -> WordsOf {
    match count.and_then(CountRule::parse) {
        Some(CountRule::Words) => WordsOf::Passages,
        _ => WordsOf::Turns,
    }
}

/// Reads the word after `--level`.
pub(crate) fn level(word: &str) -> Result<Level> {
    Level::parse(word).ok_or_else(|| {
        CommandError::new(format!("{word:?} is no level")).hint("write all, top, or a number from 1")
    })
}

/// Long or wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shape {
    Long,
    Wide,
}

impl From<Shape> for export::Shape {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Long => Self::Long,
            Shape::Wide => Self::Wide,
        }
    }
}

impl TableArgs {
    /// Whether a table is read by a person, on the screen.
    pub(crate) fn is_read(&self, app: &App) -> bool {
        app.out.form() == Form::Text && self.out.is_none()
    }

    /// The shape that was asked for; else wide for people and long for programs.
    pub(crate) fn shape(&self, app: &App, asked: Option<Shape>) -> export::Shape {
        asked.unwrap_or(if self.is_read(app) { Shape::Wide } else { Shape::Long }).into()
    }

    /// The level that was asked for; else the top for people and all for programs.
    pub(crate) fn level(&self, app: &App, asked: Option<&str>) -> Result<Level> {
        match asked {
            Some(word) => level(word),
            None if self.is_read(app) => Ok(Level::Top),
            None => Ok(Level::All),
        }
    }
}

/// Why a table cannot be made, with what to do.
pub(crate) fn refused(why: &TableError) -> CommandError {
    let mut error = CommandError::new(why.to_string());
    if let TableError::UnknownAttribute { name, known } = why {
        error = error.hint(did_you_mean(name, known.iter().map(String::as_str)));
    }
    error.hints.extend(why.hints());
    error
}
