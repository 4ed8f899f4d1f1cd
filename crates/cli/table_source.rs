//! A table given on the command line: a CSV file, or standard input.

use std::io::Read;

use model::problem::Severity;

use crate::error::{CommandError, Result};
use crate::paths::pasted;

/// Heads and rows, each row with its line in the file.
pub(crate) struct TableSource {
    /// File name, for errors.
    pub(crate) name: String,
    /// Column names as written.
    pub(crate) heads: Vec<String>,
    /// Line from 1 and cells.
    pub(crate) rows: Vec<(u64, Vec<String>)>,
}

impl TableSource {
    /// Reads the file, or standard input for `-`. A row that cannot be read is an error.
    pub(crate) fn read(from: &str) -> Result<Self> {
        let (name, bytes) = if from == "-" {
            let mut bytes = Vec::new();
            std::io::stdin()
                .read_to_end(&mut bytes)
                .map_err(|why| CommandError::new(format!("cannot read standard input: {why}")))?;
            ("standard input".to_owned(), bytes)
        } else {
            let path = pasted(from);
            let bytes = std::fs::read(&path).map_err(|why| CommandError::file(&path, &why))?;
            (path.display().to_string(), bytes)
        };
        if bytes.contains(&0) && !bytes.starts_with(b"\xff\xfe") && !bytes.starts_with(b"\xfe\xff") {
            return Err(CommandError::new(format!("{name} is no table of text"))
                .hint("save the table as CSV (UTF-8)"));
        }
        let (table, problems) = study::Table::parse(&name, &bytes);
        if let Some(problem) = problems.iter().find(|p| p.severity > Severity::Note) {
            let line = problem.line.map(|l| format!(":{l}")).unwrap_or_default();
            return Err(CommandError::new(format!("{name}{line}: {}", problem.what)).hint(&problem.hint));
        }
        let rows = table.rows.into_iter().map(|row| (row.line, row.cells)).collect();
        Ok(Self { name, heads: table.header, rows })
    }

    /// The place of a column, whose name matches without case.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.heads.iter().position(|h| h.eq_ignore_ascii_case(name))
    }
}
