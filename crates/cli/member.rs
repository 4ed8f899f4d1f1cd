//! `member`: one participant's words, for them to check.

use export::pages::member::{Member, participants};

use crate::app::App;
use crate::error::{CommandError, Result};
use crate::nearest::did_you_mean;
use crate::pages::{PageArgs, give};
use crate::session::Session;
use crate::table_args::{TableArgs, refused};

/// Print one participant's transcript and passages, for a member check.
///
/// It holds what the participant and the interviewer said; what other participants said is left out.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim member mill-1 --out mill-1.docx\n  verbatim member \"round-table/Ms B\" --codes"
)]
pub(crate) struct Args {
    /// The document; where several participants speak in it, DOC/SPEAKER
    #[arg(value_name = "DOC[/SPEAKER]")]
    who: String,
    /// Name the codes of each passage
    #[arg(long)]
    codes: bool,
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    table: TableArgs,
}

/// Prints or writes the participant's words.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    if args.page.anonymous {
        return Err(CommandError::new(
            "a member check is for the participant: it calls them, and the interviewer, by their labels",
        )
        .hint("leave --anonymous out"));
    }
    let session = args.table.open(app)?;
    let (document, speaker) = who(&session, &args.who)?;
    let options = args.table.options(app, &session)?;
    let speech = args.page.speech(&session)?;
    let member = Member { options, document, speaker, codes: args.codes };
    let page = member.page(session.ground(), &speech).map_err(|why| refused(&why))?;
    session.basis().warn(app);
    give(app, &session, &page, args.table.out.as_deref())
}

/// The document and the label of the participant.
fn who(session: &Session, word: &str) -> Result<(usize, Option<String>)> {
    let (document, label) = match word.split_once('/') {
        Some((document, label)) => (document, Some(label)),
        None => (word, None),
    };
    let at = session.document_at(document)?;
    let document = &session.corpus.documents[at];
    let known = participants(document);
    let choices = || {
        let choices: Vec<String> = known.iter().map(|l| format!("\"{}/{l}\"", document.id)).collect();
        format!("write {}", choices.join(" or "))
    };
    match (label, known.as_slice()) {
        (None, []) if document.turns.is_empty() => Ok((at, None)),
        (None, [only]) => Ok((at, Some((*only).to_owned()))),
        (None, []) => Err(CommandError::new(format!("no respondent speaks in {}", document.id))
            .hint("roles stand in corpus/speakers.csv")),
        (None, _) => {
            Err(CommandError::new(format!("several participants speak in {}", document.id)).hint(choices()))
        }
        (Some(label), _) => match known.iter().find(|l| l.eq_ignore_ascii_case(label)) {
            Some(found) => Ok((at, Some((*found).to_owned()))),
            None => Err(CommandError::new(format!("no respondent {label:?} speaks in {}", document.id))
                .hint(did_you_mean(label, known.iter().copied()))
                .hint(if known.is_empty() { String::new() } else { choices() })),
        },
    }
}
