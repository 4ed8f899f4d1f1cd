//! `demo`: the sample study, which comes with the program.
//!
//! [`FILES`] is the one list of what it is made of; a test holds it to the folders.

use std::path::{Path, PathBuf};

use study::{Context, Study};

use crate::app::App;
use crate::error::{CommandError, Result};
use crate::paths::pasted;

/// Open the sample study, to try everything out.
///
/// It is made in ./verbatim-demo (or DIR) and opened again if it is there. Interviews and organisations are
/// made up. Without a terminal the table of code frequencies is printed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  verbatim demo")]
pub(crate) struct Args {
    /// Where to make it
    #[arg(value_name = "DIR", default_value = "verbatim-demo")]
    dir: String,
}

/// Who acts in the sample unless told otherwise: its primary coder, so that a newcomer's first coding
/// moves a number.
const PRIMARY: &str = "anna";

/// The files of the sample: path in the study, content.
const FILES: &[(&str, &str)] = &[];

/// Makes or reopens the sample and shows it.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let dir = make(&pasted(&args.dir), &app.context)?;
    if app.global.coder.is_none() && std::env::var_os("VERBATIM_CODER").is_none_or(|v| v.is_empty()) {
        app.context = app.context.clone().with_coder(PRIMARY);
    }
    app.global.study = Some(dir.clone());
    let looks = std::io::IsTerminal::is_terminal(&std::io::stdin()) && app.out.on_terminal();
    if looks && !app.global.json && !app.global.csv {
        return crate::screen::show(app, Some(dir));
    }
    crate::freq::run(app, &crate::freq::Args::default())
}

/// Makes the sample study in a folder, unless it is there; returns the folder.
pub(crate) fn make(dir: &Path, context: &Context) -> Result<PathBuf> {
    if dir.join("study.json").is_file() {
        Study::open(dir, context)?;
        return Ok(dir.to_owned());
    }
    if FILES.is_empty() {
        return Err(CommandError::new("there is no sample study in this build"));
    }
    let taken = std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if taken || dir.is_file() {
        return Err(CommandError::new(format!("{} is there and is no study", dir.display())).hint("name another folder: `verbatim demo DIR`"));
    }
    // study.json comes last: what a crash leaves behind is no study yet.
    for (name, text) in FILES.iter().filter(|(n, _)| *n != "study.json").chain(FILES.iter().filter(|(n, _)| *n == "study.json")) {
        let path = dir.join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|why| CommandError::file(folder, &why))?;
        }
        study::atomic::replace(&path, text.as_bytes()).map_err(|why| CommandError::file(&path, &why))?;
    }
    Ok(dir.to_owned())
}
