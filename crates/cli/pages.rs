//! Pages as commands print or write them: Markdown on the screen, a file as its name's ending says.

use std::path::Path;

use clap::Args;
use export::page::Page;
use export::{Language, Level, Options, Sheet, Speech, write};
use model::reading::Choice;
use serde_json::json;

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::out::Form;
use crate::paths::{may_write, pasted};
use crate::session::Session;

/// Options of all outputs for people.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Options of all pages")]
pub(crate) struct PageArgs {
    /// Language of headings, notes and labels: en or nl
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Option<String>,
    /// Keep the names of cases, documents and coders out; names inside quotes and memos stay
    #[arg(long)]
    pub(crate) anonymous: bool,
}

impl PageArgs {
    /// How the page speaks: English with labels in the study's languages, unless a language is asked for.
    pub(crate) fn speech(&self, session: &Session) -> Result<Speech> {
        let Some(word) = self.language.as_deref() else { return Ok(session.basis().speech()) };
        let language = Language::parse(word).ok_or_else(|| {
            CommandError::new(format!("pages are not made in {word:?}")).hint("write --language en or nl")
        })?;
        let others = session.languages().into_iter().filter(|l| *l != language.tag());
        Ok(Speech::new(language, std::iter::once(language.tag()).chain(others)))
    }

    /// How the page speaks. Where names are kept out, the labels of codes lose theirs.
    pub(crate) fn ready(&self, session: &mut Session) -> Result<Speech> {
        let speech = self.speech(session)?;
        if self.anonymous {
            session.shown = export::Shown::new(session.ground(), &speech, true);
            session.coded.codebook = export::codebook_without_names(session.ground(), &session.shown);
        }
        Ok(speech)
    }
}

/// Refuses what would put a name beside a table from which names are kept out.
pub(crate) fn may_be_told(anonymous: bool, options: &Options) -> Result<()> {
    if anonymous && (options.only.is_some() || matches!(options.reading, Choice::Coder(_))) {
        return Err(CommandError::new(
            "what is anonymous cannot name a coder or a query: both would stand in it",
        )
        .hint("leave --where out, and make the coder primary: verbatim coders primary NAME"));
    }
    Ok(())
}

/// Reads `--level`; top codes where nothing is said.
pub(crate) fn level(word: Option<&str>) -> Result<Level> {
    word.map_or(Ok(Level::Top), crate::table_args::level)
}

/// Prints a page, or writes it where a file is named.
pub(crate) fn give(app: &mut App, session: &Session, page: &Page, out: Option<&str>) -> Result {
    let mut page = page.clone();
    // A participant who reads what they said has nothing to do with the count.
    if page.name != "member" {
        page.lead.extend(session.basis().standing(page.language == "nl"));
    }
    let page = &page;
    if let Some(file) = out {
        return to_file(app, session, page, &pasted(file));
    }
    match app.out.form() {
        Form::Text => app.out.block(&write::markdown::page(page))?,
        Form::Json => app.out.json(&write::json::page(page))?,
        Form::Csv => {
            let sheets = page.sheets();
            if sheets.is_empty() {
                return Err(
                    CommandError::new("this page holds no table").hint("leave --csv out, or write --json")
                );
            }
            for (i, sheet) in sheets.into_iter().enumerate() {
                if i > 0 {
                    app.out.written("\r\n")?;
                }
                let text = write::csv::text(sheet);
                app.out.written(&text.map_err(|why| CommandError::new(why.to_string()))?)?;
            }
        }
    }
    let nothing = page.blocks.is_empty();
    Ok(if nothing { Outcome::Nothing } else { Outcome::Done })
}

/// Writes a page as the file's name says; it is replaced whole or not at all.
pub(crate) fn to_file(app: &mut App, session: &Session, page: &Page, path: &Path) -> Result {
    let bytes = match ending(path).as_str() {
        "md" => write::markdown::page(page).into_bytes(),
        "html" | "htm" => write::html::page(page).into_bytes(),
        "docx" => write::docx::page(page)
            .map_err(|why| CommandError::new(format!("cannot write the document: {why}")))?,
        "json" => {
            let text = serde_json::to_string_pretty(&write::json::page(page));
            (text.map_err(|why| CommandError::new(why.to_string()))? + "\n").into_bytes()
        }
        "csv" | "xlsx" => {
            let sheets: Vec<Sheet> = page.sheets().into_iter().cloned().collect();
            if sheets.is_empty() {
                return Err(CommandError::new("this page holds no table")
                    .hint("end the name in .docx, .html, .md or .json"));
            }
            return crate::sheets::to_file(app, session, &sheets, path);
        }
        _ => {
            return Err(CommandError::new(format!(
                "{} does not say which form it should have",
                path.display()
            ))
            .hint("end its name in .docx, .html, .md, .xlsx, .csv or .json"));
        }
    };
    may_write(session.study.dir(), path)?;
    study::atomic::replace(path, &bytes).map_err(|why| CommandError::file(path, &why))?;
    app.out.said(&format!("wrote {}", path.display()))?;
    app.out.json(&json!({ "out": path.display().to_string() }))?;
    Ok(Outcome::Done)
}

/// What a file's name ends in, in small letters.
pub(crate) fn ending(path: &Path) -> String {
    path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase()
}
