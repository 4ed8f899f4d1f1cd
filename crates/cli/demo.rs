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

/// Declares [`FILES`]: path in the study = path from this file.
macro_rules! files {
    ($($name:literal = $source:literal,)*) => {
        /// The files of the sample: path in the study, content. `study.json` is last: what a crash leaves
        /// behind is no study yet.
        const FILES: &[(&str, &str)] = &[$(($name, include_str!($source))),*];
    };
}

files! {
    "corpus/01-rietvink-directeur.txt" = "../../corpus/01-rietvink-directeur.txt",
    "corpus/01-rietvink-directeur.json" = "../../corpus/01-rietvink-directeur.json",
    "corpus/02-rietvink-thuiszorg.txt" = "../../corpus/02-rietvink-thuiszorg.txt",
    "corpus/02-rietvink-thuiszorg.json" = "../../corpus/02-rietvink-thuiszorg.json",
    "corpus/03-kwartel.txt" = "../../corpus/03-kwartel.txt",
    "corpus/03-kwartel.json" = "../../corpus/03-kwartel.json",
    "corpus/04-oosterveen.txt" = "../../corpus/04-oosterveen.txt",
    "corpus/04-oosterveen.json" = "../../corpus/04-oosterveen.json",
    "corpus/05-larkspin.txt" = "../../corpus/05-larkspin.txt",
    "corpus/05-larkspin.json" = "../../corpus/05-larkspin.json",
    "corpus/06-noorderkaap.txt" = "../../corpus/06-noorderkaap.txt",
    "corpus/06-noorderkaap.json" = "../../corpus/06-noorderkaap.json",
    "corpus/07-noorderkaap-duo.txt" = "../../corpus/07-noorderkaap-duo.txt",
    "corpus/07-noorderkaap-duo.json" = "../../corpus/07-noorderkaap-duo.json",
    "corpus/08-ferrolith.txt" = "../../corpus/08-ferrolith.txt",
    "corpus/08-ferrolith.json" = "../../corpus/08-ferrolith.json",
    "corpus/09-tafelwijs.txt" = "../../corpus/09-tafelwijs.txt",
    "corpus/09-tafelwijs.json" = "../../corpus/09-tafelwijs.json",
    "corpus/10-wolderveen.txt" = "../../corpus/10-wolderveen.txt",
    "corpus/10-wolderveen.json" = "../../corpus/10-wolderveen.json",
    "corpus/11-zandhoek.txt" = "../../corpus/11-zandhoek.txt",
    "corpus/11-zandhoek.json" = "../../corpus/11-zandhoek.json",
    "corpus/12-skarn.txt" = "../../corpus/12-skarn.txt",
    "corpus/12-skarn.json" = "../../corpus/12-skarn.json",
    "corpus/13-amberley.txt" = "../../corpus/13-amberley.txt",
    "corpus/13-amberley.json" = "../../corpus/13-amberley.json",
    "corpus/14-stroomdal.txt" = "../../corpus/14-stroomdal.txt",
    "corpus/14-stroomdal.json" = "../../corpus/14-stroomdal.json",
    "corpus/15-seminar.txt" = "../../corpus/15-seminar.txt",
    "corpus/15-seminar.json" = "../../corpus/15-seminar.json",
    "corpus/cases.csv" = "../../corpus/cases.csv",
    "corpus/documents.csv" = "../../corpus/documents.csv",
    "corpus/speakers.csv" = "../../corpus/speakers.csv",
    "journal/anna-d6x276.jsonl" = "demo/anna-d6x276.jsonl",
    "journal/bram-ypgmyt.jsonl" = "demo/bram-ypgmyt.jsonl",
    "study.json" = "demo/study.json",
}

/// Makes or reopens the sample and shows it.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let dir = pasted(&args.dir);
    let before = dir.join("study.json").is_file();
    let dir = make(&dir, &app.context)?;
    if !before {
        app.out.aside(
            "note",
            &format!("made the sample study in {}; its interviews are made up", dir.display()),
        );
    }
    if !is_named(app) {
        app.context = app.context.clone().with_coder(PRIMARY);
    }
    app.global.study = Some(dir.clone());
    let looks = std::io::IsTerminal::is_terminal(&std::io::stdin()) && app.out.on_terminal();
    if looks && !app.global.json && !app.global.csv {
        return crate::screen::show(app, Some(dir));
    }
    crate::freq::run(app, &crate::freq::Args::default())
}

/// Whether it was said for this run who acts. A name that is kept in the configuration is whose studies
/// these are, and nobody of the sample.
pub(crate) fn is_named(app: &App) -> bool {
    app.global.coder.is_some() || std::env::var_os("VERBATIM_CODER").is_some_and(|v| !v.is_empty())
}

/// Makes the sample study in a folder, unless it is there; returns the folder.
pub(crate) fn make(dir: &Path, context: &Context) -> Result<PathBuf> {
    if dir.join("study.json").is_file() {
        Study::open(dir, context)?;
        return Ok(dir.to_owned());
    }
    let taken = std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if taken || dir.is_file() {
        return Err(CommandError::new(format!("{} is there and is no study", dir.display()))
            .hint("name another folder: `verbatim demo DIR`"));
    }
    let attributes = [(".gitattributes", study::GIT_ATTRIBUTES)];
    for (name, text) in attributes.iter().chain(FILES) {
        let path = dir.join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|why| CommandError::file(folder, &why))?;
        }
        study::atomic::replace(&path, text.as_bytes()).map_err(|why| CommandError::file(&path, &why))?;
    }
    // The codebook files are views of the acts.
    Study::open(dir, context)?.write_codebooks()?;
    Ok(dir.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn the_sample_holds_every_file_of_its_folders() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut there: BTreeSet<String> = BTreeSet::from(["study.json".to_owned()]);
        for (folder, inside, ends) in [
            ("corpus", "corpus", &["txt", "json", "csv"][..]),
            ("crates/cli/demo", "journal", &["jsonl"][..]),
        ] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().and_then(|e| e.to_str()).is_some_and(|e| ends.contains(&e)) {
                    there.insert(format!("{inside}/{}", path.file_name().unwrap().to_str().unwrap()));
                }
            }
        }
        let listed: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(listed, there);
        assert_eq!(FILES.last().map(|(name, _)| *name), Some("study.json"));
    }
}
