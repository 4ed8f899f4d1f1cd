//! `init`: a new study.

use std::path::PathBuf;

use serde_json::json;
use study::{Init, Study};

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::nearest::did_you_mean;
use crate::paths::pasted;

/// Make a new study in a folder.
///
/// A study is a folder of plain files: transcripts, tables, codebooks, and a journal of everything that
/// its coders do.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  verbatim init bakery --codebook codes.json --language nl,en --case-label organisation"
)]
pub(crate) struct Args {
    /// The folder, which is made if it is not there
    #[arg(value_name = "DIR")]
    dir: String,
    /// A codebook to begin with: a file, or the name of one that comes with the program (may be given
    /// several times)
    #[arg(long = "codebook", value_name = "NAME|FILE")]
    codebooks: Vec<String>,
    /// Languages of the labels, the first one first [default: the language of the screen]
    #[arg(long = "language", value_name = "nl,en", value_delimiter = ',')]
    languages: Vec<String>,
    /// Your word for a case, such as organisation
    #[arg(long, value_name = "WORD")]
    case_label: Option<String>,
}

/// Makes the study.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let dir = pasted(&args.dir);
    if dir.is_file() {
        return Err(CommandError::new(format!("{} is a file", dir.display()))
            .hint("name a folder; it is made if it is not there"));
    }
    let mut init = Init {
        languages: languages(app, &args.languages)?,
        case_label: args.case_label.clone(),
        ..Init::default()
    };
    for name in &args.codebooks {
        init.codebooks.push(codebook(name)?);
    }
    let (study, problems) = Study::init(&dir, init, &app.context)?;
    for problem in &problems {
        app.out.problem(problem);
    }
    let codes = study.codebook().codes.len();
    app.out.said(&format!(
        "made the study {} with {}",
        dir.display(),
        crate::code_from::plural(codes, "code")
    ))?;
    let go = if args.dir.trim() == "." { String::new() } else { format!("cd {} and ", dir.display()) };
    app.out.said(&format!("next: {go}`verbatim import PATH…`"))?;
    app.out.json(&json!({
        "study": dir.display().to_string(), "id": study.id(), "case_label": study.case_label(), "languages": study.languages(),
        "codebooks": study.codebook().books, "codes": codes,
    }))?;
    Ok(Outcome::Done)
}

/// The languages that were named, else that of the screen, in which labels will be typed. English needs
/// no saying.
fn languages(app: &App, tags: &[String]) -> Result<Vec<String>> {
    let named = self::tags(tags)?;
    if !named.is_empty() {
        return Ok(named);
    }
    let set = app.context.config().get("interface");
    let screen = tui::Language::from_environment(|key| std::env::var(key).ok(), set.as_deref());
    Ok(if screen == tui::Language::En { Vec::new() } else { vec![screen.id().to_owned()] })
}

/// Language tags as they were written.
pub(crate) fn tags(words: &[String]) -> Result<Vec<String>> {
    study::language_tags(words.iter().map(String::as_str))
        .map_err(|tag| CommandError::new(format!("{tag:?} is no language tag")).hint("write nl, en, de …"))
}

/// The name and bytes of a codebook: a file if there is one, else one that comes with the program.
pub(crate) fn codebook(word: &str) -> Result<(String, Vec<u8>)> {
    let path: PathBuf = pasted(word);
    if path.is_file() {
        let bytes = std::fs::read(&path).map_err(|why| CommandError::file(&path, &why))?;
        return Ok((path.display().to_string(), bytes));
    }
    if let Some(text) = crate::builtin::codebook(word) {
        return Ok((format!("{word}.json"), text.as_bytes().to_vec()));
    }
    let names = crate::builtin::CODEBOOKS.iter().map(|(name, _)| *name);
    Err(CommandError::new(format!("there is no codebook {word:?}"))
        .hint(did_you_mean(word, names.clone()))
        .hint(format!("give a file, or one of {}", names.collect::<Vec<_>>().join(", "))))
}
