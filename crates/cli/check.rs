//! `check`: everything that is the matter with the study, by file and line.

use model::problem::{Problem, Severity};
use serde_json::json;
use study::Study;

use crate::app::App;
use crate::code_from::plural;
use crate::error::{Outcome, Result};
use crate::out::Form;
use crate::table::Table;

/// Looks and reports; exit 1 when something needs doing.
pub(crate) fn run(app: &mut App) -> Result {
    let dir = crate::session::study_dir(app)?;
    let study = Study::open(&dir, &app.context)?;
    let mut problems: Vec<Problem> = study.check();
    problems.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.cmp(b)));
    problems.dedup();
    app.out.json(&json!({ "problems": problems }))?;
    match app.out.form() {
        Form::Json => {}
        Form::Csv => {
            let mut table = Table::new(["severity", "file", "line", "what", "hint"]);
            for p in &problems {
                let line = p.line.map(|l| l.to_string()).unwrap_or_default();
                table.row([
                    word(p.severity).to_owned(),
                    p.file.clone(),
                    line,
                    p.what.clone(),
                    p.hint.clone(),
                ]);
            }
            app.out.table(&table)?;
        }
        Form::Text => {
            for problem in &problems {
                app.out.line(&format!("{}: {problem}", word(problem.severity)))?;
            }
        }
    }
    let matters = problems.iter().filter(|p| p.severity > Severity::Note).count();
    let notes = problems.len() - matters;
    app.out.said(&match (matters, notes) {
        (0, 0) => "no problems".to_owned(),
        (0, n) => format!("no problems ({})", plural(n, "note")),
        (m, 0) => plural(m, "problem"),
        (m, n) => format!("{}, {}", plural(m, "problem"), plural(n, "note")),
    })?;
    Ok(if matters > 0 { Outcome::Nothing } else { Outcome::Done })
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
