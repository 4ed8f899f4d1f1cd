//! `coders`: who codes here, whose reading counts, and which names are one person's.

use clap::Subcommand;
use model::act::{Blind, Change, CoderAlias, PrimaryNamed};
use model::name::Name;
use model::reading::Readings;
use model::sight::Sight;
use serde_json::{Value, json};

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::session::Session;
use crate::table::Table;

/// List the coders, or say whose reading counts.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim coders\n  verbatim coders primary anna\n  verbatim coders alias anna-laptop anna\n  verbatim coders blind on"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Name the coder whose reading counts, for the study or for some documents
    Primary {
        /// The coder
        #[arg(value_name = "NAME")]
        name: String,
        /// Only for these documents
        #[arg(value_name = "DOC")]
        documents: Vec<String>,
    },
    /// Hide what others read (their codings, memos, summaries, marks) from yourself, or show it again
    #[command(
        after_help = "While blind, no command and no screen shows or counts what others read in these documents, and\ntables count your own reading there.\n\nExamples:\n  verbatim coders blind on\n  verbatim coders blind off haven zorg"
    )]
    Blind {
        /// on or off
        #[arg(value_name = "on|off")]
        set: Switch,
        /// Only in these documents
        #[arg(value_name = "DOC")]
        documents: Vec<String>,
    },
    /// Say that two names are one person's
    Alias {
        /// The other name
        #[arg(value_name = "A")]
        other: String,
        /// The name that counts
        #[arg(value_name = "B")]
        of: String,
    },
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Switch {
    On,
    Off,
}

/// Lists coders or writes who is primary or an alias.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open(app)?;
    match &args.what {
        None => list(app, &session),
        Some(What::Primary { name, documents }) => {
            session.may_write()?;
            let coder = session.known_coder(name)?;
            let mut ids: Vec<Name> = Vec::new();
            for word in documents {
                ids.push(Name::new(&session.document(word)?.id));
            }
            let primary = PrimaryNamed { coder: coder.clone(), documents: ids.clone() };
            let act = session.write(app, "primary", vec![Change::PrimaryNamed(Box::new(primary))])?;
            let place = if ids.is_empty() {
                "the study".to_owned()
            } else {
                ids.iter().map(Name::as_str).collect::<Vec<_>>().join(", ")
            };
            app.out.said(&format!("{coder} is primary for {place}"))?;
            app.out.json(&json!({ "act": act.to_string(), "primary": coder, "documents": ids }))?;
            Ok(Outcome::Done)
        }
        Some(What::Blind { set, documents }) => {
            session.may_write()?;
            let coder = session.me()?;
            let mut ids: Vec<Name> = Vec::new();
            for word in documents {
                ids.push(Name::new(&session.document(word)?.id));
            }
            let blind = Box::new(Blind { coder: coder.clone(), documents: ids.clone() });
            let (verb, change) = match set {
                Switch::On => ("blind", Change::BlindOn(blind)),
                Switch::Off => ("see", Change::BlindOff(blind)),
            };
            let act = session.write(app, verb, vec![change])?;
            let place = if ids.is_empty() {
                "all documents".to_owned()
            } else {
                ids.iter().map(Name::as_str).collect::<Vec<_>>().join(", ")
            };
            app.out.said(&match set {
                Switch::On => format!("{coder} is blind for {place}: what others read there is hidden"),
                Switch::Off => format!("{coder} sees what others read in {place}"),
            })?;
            let on = *set == Switch::On;
            app.out
                .json(&json!({ "act": act.to_string(), "coder": coder, "blind": on, "documents": ids }))?;
            Ok(Outcome::Done)
        }
        Some(What::Alias { other, of }) => {
            session.may_write()?;
            let of = study::coder_name(of)?;
            let known = session.coded.coders.names.iter().any(|n| *n == other.as_str())
                || has_written(&session, other);
            if !known {
                session.known_coder(other)?;
            }
            let other = study::coder_name(other)?;
            if session.coded.coders.same(&other, &of) {
                return Err(CommandError::new(format!("{other} and {of} are one person already"))
                    .hint("`verbatim coders` lists them"));
            }
            let alias = CoderAlias { coder: other.clone(), of: of.clone() };
            let act = session.write(app, "alias", vec![Change::CoderAlias(Box::new(alias))])?;
            app.out.said(&format!("{other} is another name of {of}"))?;
            app.out.json(&json!({ "act": act.to_string(), "coder": other, "of": of }))?;
            Ok(Outcome::Done)
        }
    }
}

fn has_written(session: &Session, name: &str) -> bool {
    session.state().acts().iter().any(|a| a.coder == name)
}

fn list(app: &mut App, session: &Session) -> Result {
    let coders = &session.coded.coders;
    let readings = Readings::new(&session.corpus, session.state(), &session.coded);
    let documents = session.corpus.documents.len();
    let study_wide = session.state().primary_events().iter().rev().find_map(|l| match l.change {
        Change::PrimaryNamed(p) if p.documents.is_empty() => Some(coders.canonical(&p.coder).clone()),
        _ => None,
    });
    let full_name = |name: &Name| {
        session.state().coder_events().iter().rev().find_map(|l| match l.change {
            Change::CoderIntroduced(c) if c.coder == *name && !c.full_name.is_empty() => {
                Some(c.full_name.clone())
            }
            _ => None,
        })
    };
    let mut written: Vec<&Name> = session.state().acts().iter().map(|a| &a.coder).collect();
    written.sort_unstable();
    written.dedup();
    let mut rows: Vec<Value> = Vec::new();
    let sights: Vec<Option<Sight>> = coders.names.iter().map(|n| Sight::of(session.state(), n)).collect();
    let mut heads = vec!["coder", "name", "#codings", "#documents", "#done", "primary", "also"];
    if sights.iter().any(Option::is_some) {
        heads.push("#blind for");
    }
    let mut table = Table::new(heads);
    for (name, sight) in coders.names.iter().zip(&sights) {
        let codings = session.coded.placed.iter().filter(|p| session.coded.coder(p) == name).count()
            + session.coded.unplaced.iter().filter(|p| p.coder == *name).count();
        let begun = (0..documents).filter(|&d| readings.began(d).contains(name)).count();
        let done = (0..documents).filter(|&d| readings.mark(d, name).is_some()).count();
        let primary_for: Vec<&str> = (0..documents)
            .filter(|&d| readings.primary(d) == Some(name))
            .map(|d| session.corpus.documents[d].id.as_str())
            .collect();
        let primary = study_wide.as_ref() == Some(name);
        let aliases: Vec<&str> = written
            .iter()
            .filter(|w| **w != name && coders.canonical(w) == name)
            .map(|w| w.as_str())
            .collect();
        let blind: Vec<&str> = sight.iter().flat_map(|s| s.documents().map(Name::as_str)).collect();
        let full = full_name(name).unwrap_or_default();
        let said = match (primary, primary_for.len()) {
            (true, _) => "study".to_owned(),
            (false, 0) => String::new(),
            (false, n) => crate::code_from::plural(n, "document"),
        };
        table.row([
            name.to_string(),
            full.clone(),
            codings.to_string(),
            begun.to_string(),
            done.to_string(),
            said,
            aliases.join(", "),
            blind.len().to_string(),
        ]);
        rows.push(json!({
            "coder": name, "name": full, "aliases": aliases, "codings": codings, "documents": begun, "done": done,
            "primary": primary, "primary_for": primary_for, "blind": blind,
        }));
    }
    app.out.json(&json!({ "coders": rows, "primary": study_wide }))?;
    app.out.table(&table)?;
    session.say_blind(app, "only your own codings and marks are counted there");
    Ok(Outcome::Done)
}
