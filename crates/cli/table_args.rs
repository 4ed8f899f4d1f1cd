//! What all commands that tabulate share: whose codings and words count, which codings, and where the
//! table goes.

use export::{Only, Options, TableError};
use model::coded::{Coders, Placed};
use model::id::ThingId;
use model::name::Name;
use model::reading::Choice;
use model::state::State;
use rustc_hash::FxHashSet;
use std::sync::Arc;

use crate::app::App;
use crate::basis::known_coder;
use crate::error::{CommandError, Result};
use crate::nearest::did_you_mean;
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
    /// Write the table to this file; its ending says how: .csv, .xlsx, .json or .md
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

/// The codings that are asked for: those with the qualifiers that the query names, and of these those
/// that share a character with a hit of the rest of it.
///
/// A qualifier is asked of the coding itself. Its passages would not do: what another code, or another
/// coder, put on the same words would then count as well.
fn only(app: &mut App, session: &Session, query: &str) -> Result<Only> {
    let (qualifiers, rest) = qualifiers(session, query);
    let state = session.state();
    let asked_for = |placed: &&Placed| {
        qualifiers.is_empty()
            || state.coding(placed.id).is_some_and(|coding| {
                let has = session.coded.codebook.qualified(placed.code as usize, coding.qualifiers);
                qualifiers.iter().all(|(name, value)| has.get(name) == Some(value))
            })
    };
    let mut codings: FxHashSet<ThingId> = FxHashSet::default();
    if rest.is_empty() && !qualifiers.is_empty() {
        codings.extend(session.coded.placed.iter().filter(asked_for).map(|p| p.id));
    } else {
        let index = crate::search::open(app, session, false);
        let hits = crate::hits::find(session, &index, &rest, false)?;
        let mut hits = hits.iter().map(|h| (h.document, h.span)).collect::<Vec<_>>();
        hits.sort_unstable();
        for (document, span) in hits {
            let here = session.coded.in_document(document).iter();
            codings.extend(here.filter(|p| p.span.overlaps(span)).filter(asked_for).map(|p| p.id));
        }
    }
    Ok(Only { told: query.to_owned(), codings: Arc::new(codings) })
}

/// The qualifiers that a query asks for side by side with anything else, and what else it asks for.
/// A query with alternatives, brackets, quotes or expressions is left whole.
fn qualifiers(session: &Session, query: &str) -> (Vec<(Name, Name)>, String) {
    let whole = query.contains(['"', '(', ')', '/'])
        || query
            .split_whitespace()
            .any(|word| matches!(word, "OR" | "NOT" | "NEAR" | "THEN" | "INSIDE" | "OVERLAPS"));
    if whole {
        return (Vec::new(), query.to_owned());
    }
    let known = &session.coded.codebook.qualifiers;
    let mut found = Vec::new();
    let mut rest = Vec::new();
    for word in query.split_whitespace() {
        let pair = word.split_once('=').and_then(|(name, value)| {
            let of = known.iter().filter(|q| q.id.eq_ignore_ascii_case(name));
            let value = of.flat_map(|q| &q.values).find(|v| v.eq_ignore_ascii_case(value))?;
            let name = known.iter().find(|q| q.id.eq_ignore_ascii_case(name))?;
            Some((name.id.clone(), value.clone()))
        });
        match pair {
            Some(pair) => found.push(pair),
            None => rest.push(word),
        }
    }
    (found, rest.join(" "))
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
