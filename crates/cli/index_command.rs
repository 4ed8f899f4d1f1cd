//! `index`: looks after the search index, which is derived data and may be removed at any time.

use std::path::Path;

use index::{Index, Refresh, Trust};
use model::problem::Problem;
use serde_json::json;
use study::{Snapshot, Stamp, Study};

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::session::{self, Session, study_dir};

/// Look after the search index.
///
/// It is made and kept up to date by itself, in your own cache folder, and holds the words of the
/// transcripts. Removing it loses nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim index --where")]
pub(crate) struct Args {
    /// Make it anew
    #[arg(long, conflicts_with_all = ["forget", "where_"])]
    rebuild: bool,
    /// Remove it and everything else that is kept outside the study
    #[arg(long, conflicts_with = "where_")]
    forget: bool,
    /// Say where it lies
    #[arg(long = "where")]
    where_: bool,
}

/// Brings the index up to date, rebuilds, forgets or shows it.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let dir = study_dir(app)?;
    if !args.where_ && !args.forget {
        return update(app, &dir, args.rebuild);
    }
    let session = Session::open(app)?;
    let folder = session.study.cache_dir().map(Path::to_owned);
    let shown = folder.as_ref().map(|f| f.display().to_string());
    if args.where_ {
        app.out.json(&json!({ "where": shown }))?;
        match &shown {
            Some(path) => app.out.line(path)?,
            None => app.out.line("nothing is kept outside the study")?,
        }
        return Ok(Outcome::Done);
    }
    let mut bytes = 0;
    if let Some(folder) = &folder {
        bytes = Index::forget(&folder.join("index"))
            .map_err(|why| CommandError::new(why.to_string()).hint(why.hint()))?;
        session.study.cache().forget().map_err(|why| CommandError::file(folder, &why))?;
    }
    app.out.said(&format!("removed {} kB; the next search makes it anew", bytes.div_ceil(1000)))?;
    app.out.json(&json!({ "where": shown, "removed_bytes": bytes }))?;
    Ok(Outcome::Done)
}

/// Brings the index and the snapshot up to date without taking the texts into memory together.
fn update(app: &mut App, dir: &Path, rebuild: bool) -> Result {
    let stamp = Stamp::of(dir, &app.context).filter(|_| app.global.as_of.is_none());
    let study = Study::open(dir, &app.context)?;
    let report = index(app, &study, rebuild);
    if let Some(stamp) = stamp {
        let tell =
            |of_texts: Vec<Problem>| session::tell(app, study.problems().iter().cloned().chain(of_texts));
        // Where it cannot be written, the next search opens the study.
        _ = Snapshot::keep_unread(&stamp, &study, tell);
    } else {
        Session::open(app)?;
    }
    let said = match (report.indexed, report.unindexed) {
        (0, 0) => "the index is up to date".to_owned(),
        (n, 0) => format!("indexed {}", crate::code_from::plural(n, "document")),
        (_, n) => format!("{} searched without an index", crate::code_from::plural(n, "document")),
    };
    app.out.said(&said)?;
    app.out.json(&json!({
        "where": study.cache_dir().map(|folder| folder.display().to_string()),
        "kept": report.kept, "indexed": report.indexed, "removed": report.removed,
        "unindexed": report.unindexed, "rebuilt": report.rebuilt || rebuild,
        "trouble": report.trouble.as_ref().map(ToString::to_string),
    }))?;
    Ok(if report.trouble.is_some() { Outcome::Nothing } else { Outcome::Done })
}

/// Brings the index up to date and says how far it is.
fn index(app: &mut App, study: &Study, rebuild: bool) -> Refresh {
    let progress = crate::progress::Progress::new("indexing", app.out.is_quiet());
    let step = |done: usize, total: usize| {
        progress.step(done, total);
        true
    };
    let trust = if rebuild { Trust::None } else { Trust::Bytes };
    let report = index::bring_up_to_date(study, trust, &step);
    progress.finish();
    if let Some(trouble) = &report.trouble {
        app.out.aside("note", &format!("{trouble}; searching without the index ({})", trouble.hint()));
    }
    report
}
