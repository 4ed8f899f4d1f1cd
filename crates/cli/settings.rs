//! `settings`: what was chosen when the study was made, and can be chosen otherwise.

use serde_json::json;
use study::settings;

use crate::app::App;
use crate::error::{CommandError, Outcome, Result};
use crate::session::Session;

/// Show or change the languages of labels and the study's word for a case.
///
/// Both are chosen when a study is made. Labels in a language that is left out stay; they are shown where
/// a code has no other.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  verbatim settings\n  verbatim settings --language nl,en --case-label organisatie"
)]
pub(crate) struct Args {
    /// Languages of the labels, the first one first
    #[arg(long = "language", value_name = "nl,en", value_delimiter = ',')]
    languages: Vec<String>,
    /// Your word for a case, such as organisation; "" for none of your own
    #[arg(long, value_name = "WORD")]
    case_label: Option<String>,
}

/// Shows the settings, after they were changed if that was asked for.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    let mut session = Session::open(app)?;
    let mut changes = Vec::new();
    let tags = crate::init::tags(&args.languages)?;
    if !tags.is_empty() && tags != session.study.languages() {
        changes.push(settings::languages(tags));
    }
    if let Some(label) = args.case_label.as_deref().map(str::trim) {
        let bound = session.study.bound_to_label(label);
        if !bound.is_empty() {
            let old = session.study.case_label();
            return Err(CommandError::new(format!("cases are named by {old:?} in {}", bound.join(", ")))
                .hint(format!(
                    "call the column {old} there case, and a table of cases cases.csv; then try again"
                )));
        }
        if label != session.study.case_label() {
            changes.push(settings::case_label(label));
        }
    }
    let act = if changes.is_empty() { None } else { Some(session.write(app, "settings", changes)?) };
    let (languages, label) = (session.study.languages(), session.study.case_label());
    let shown = if languages.is_empty() { "en".to_owned() } else { languages.join(",") };
    app.out.said(&format!("languages of labels: {shown}"))?;
    app.out.said(&format!("word for a case: {label}"))?;
    app.out.json(&json!({
        "languages": languages, "case_label": label, "act": act.map(|a| a.to_string()),
    }))?;
    Ok(Outcome::Done)
}
