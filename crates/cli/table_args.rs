//! What all commands that tabulate share: whose codings and words count, which codings, and where the
//! table goes.

use export::{Only, Options, TableError};
use model::reading::Choice;
use rustc_hash::FxHashSet;
use std::sync::Arc;

use crate::app::App;
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
        self.understood(app, &session)?;
        Ok(session)
    }

    fn understood(&self, app: &mut App, session: &Session) -> Result<()> {
        let kinds = session.state().blocking_kinds();
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
        let reading = match self.reading.as_deref() {
            None => Choice::Primary,
            Some(word) => match Choice::parse(word) {
                Choice::Coder(name) => Choice::Coder(session.known_coder(&name)?),
                other => other,
            },
        };
        Ok(Options {
            reading,
            roles: crate::hits::roles(self.roles.as_deref())?,
            assume_done: self.assume_done,
            only: self.only.as_deref().map(|query| only(app, session, query)).transpose()?,
            ..Options::default()
        })
    }
}

/// The codings that share a character with a hit of the query.
fn only(app: &mut App, session: &Session, query: &str) -> Result<Only> {
    let index = crate::search::open(app, session, false);
    let hits = crate::hits::find(session, &index, query, false)?;
    let mut codings: FxHashSet<model::id::ThingId> = FxHashSet::default();
    let mut hits = hits.iter().map(|h| (h.document, h.span)).collect::<Vec<_>>();
    hits.sort_unstable();
    for (document, span) in hits {
        let here = session.coded.in_document(document).iter();
        codings.extend(here.filter(|p| p.span.overlaps(span)).map(|p| p.id));
    }
    Ok(Only { told: query.to_owned(), codings: Arc::new(codings) })
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
