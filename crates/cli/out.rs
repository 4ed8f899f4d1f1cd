//! The printing boundary: everything that a command writes to the terminal goes through here.
//!
//! Nothing from a file may reach a terminal as a control sequence, so text is made [`safe`] here and
//! nowhere else. JSON escapes by its own rules; CSV keeps text as it is unless a person looks at it.

use std::io::{self, BufWriter, IsTerminal, Stderr, Stdout, Write};

use model::problem::{Problem, Severity};
use serde::Serialize;

use crate::error::{CommandError, Result};
use crate::table::Table;

/// How output looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// For a person.
    Text,
    /// One JSON object.
    Json,
    /// A CSV table.
    Csv,
}

/// Standard output and standard error of one command.
pub(crate) struct Out {
    form: Form,
    quiet: bool,
    color: bool,
    terminal: bool,
    stdout: BufWriter<Stdout>,
    stderr: Stderr,
}

impl Out {
    /// Output in a form; `color` is what `--color` says, `None` for auto.
    pub(crate) fn new(form: Form, quiet: bool, color: Option<bool>) -> Self {
        let terminal = io::stdout().is_terminal();
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
        let color = color.unwrap_or(terminal && wanted && form == Form::Text);
        Self { form, quiet, color, terminal, stdout: BufWriter::new(io::stdout()), stderr: io::stderr() }
    }

    /// The form that was asked for.
    pub(crate) fn form(&self) -> Form {
        self.form
    }

    /// Whether a person looks at standard output.
    pub(crate) fn on_terminal(&self) -> bool {
        self.terminal
    }

    /// Whether only results are wanted.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// One line for a person; not printed where JSON or CSV is asked for.
    pub(crate) fn line(&mut self, text: &str) -> Result<()> {
        if self.form != Form::Text {
            return Ok(());
        }
        self.put(safe(text).as_bytes())?;
        self.put(b"\n")
    }

    /// One line that tells what was done; `--quiet` leaves it out.
    pub(crate) fn said(&mut self, text: &str) -> Result<()> {
        if self.quiet { Ok(()) } else { self.line(text) }
    }

    /// A line whose `marked` part stands out.
    pub(crate) fn marked_line(&mut self, before: &str, marked: &str, after: &str) -> Result<()> {
        if self.form != Form::Text {
            return Ok(());
        }
        let (on, off) = if self.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        let line = format!("{}{on}{}{off}{}\n", safe(before), safe(marked), safe(after));
        self.put(line.as_bytes())
    }

    /// Several lines for a person, such as a memo: line ends and tabs stay.
    pub(crate) fn block(&mut self, text: &str) -> Result<()> {
        for line in text.lines() {
            self.line(line)?;
        }
        Ok(())
    }

    /// One JSON object on a line.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<()> {
        if self.form != Form::Json {
            return Ok(());
        }
        let mut json = serde_json::Serializer::with_formatter(&mut self.stdout, Escaping);
        value.serialize(&mut json).map_err(|why| match why.io_error_kind() {
            Some(kind) => CommandError::output(&kind.into()),
            None => CommandError::new(format!("cannot write the output: {why}")),
        })?;
        self.put(b"\n")
    }

    /// A table, aligned or as CSV.
    pub(crate) fn table(&mut self, table: &Table) -> Result<()> {
        match self.form {
            Form::Json => Ok(()),
            Form::Csv => {
                let guard = |cell: &str| if self.terminal { safe(cell) } else { cell.to_owned() };
                let mut csv =
                    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
                let failed = |why: &csv::Error| CommandError::new(format!("cannot write the table: {why}"));
                csv.write_record(table.heads().map(guard)).map_err(|e| failed(&e))?;
                for row in table.rows() {
                    csv.write_record(row.iter().map(|c| guard(c))).map_err(|e| failed(&e))?;
                }
                let bytes = csv
                    .into_inner()
                    .map_err(|why| CommandError::new(format!("cannot write the table: {why}")))?;
                self.put(&bytes)
            }
            Form::Text => {
                let width = self.terminal.then(columns).flatten();
                for line in table.lines(width) {
                    self.put(line.as_bytes())?;
                    self.put(b"\n")?;
                }
                Ok(())
            }
        }
    }

    /// Bytes of a table that a library wrote: as they are into a file or pipe, safe on a terminal.
    pub(crate) fn written(&mut self, text: &str) -> Result<()> {
        if self.terminal {
            for line in text.lines() {
                self.put(safe(line).as_bytes())?;
                self.put(b"\n")?;
            }
            return Ok(());
        }
        self.put(text.as_bytes())
    }

    /// A finding about a file, on standard error.
    pub(crate) fn problem(&mut self, problem: &Problem) {
        let word = match problem.severity {
            Severity::Note => "note",
            Severity::Warning | Severity::Error => "warning",
        };
        self.aside(word, &problem.to_string());
    }

    /// A remark on standard error, such as `warning: …`.
    pub(crate) fn aside(&mut self, word: &str, text: &str) {
        if !self.quiet {
            // Where standard error is gone there is nobody to tell.
            let _ = writeln!(self.stderr, "{word}: {}", safe(text));
        }
    }

    /// An error with its hints, on standard error.
    pub(crate) fn error(&mut self, error: &CommandError) {
        let text = if self.form == Form::Json {
            let value = serde_json::json!({ "error": error.error, "hints": error.hints });
            let mut bytes = Vec::new();
            let mut json = serde_json::Serializer::with_formatter(&mut bytes, Escaping);
            let _ = value.serialize(&mut json);
            String::from_utf8_lossy(&bytes).into_owned() + "\n"
        } else {
            let hints =
                error.hints.iter().fold(String::new(), |all, hint| all + "hint: " + &safe(hint) + "\n");
            format!("error: {}\n{hints}", safe(&error.error))
        };
        let _ = self.stderr.write_all(text.as_bytes());
    }

    /// Hands everything over to the operating system.
    pub(crate) fn flush(&mut self) -> Result<()> {
        self.stdout.flush().map_err(|why| CommandError::output(&why))
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.stdout.write_all(bytes).map_err(|why| CommandError::output(&why))
    }
}

/// Columns of the terminal, if it tells.
fn columns() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok().filter(|&n: &usize| n >= 40)
}

/// Text that cannot steer a terminal: control characters become visible pictures, marks that turn
/// the direction of writing become `\u{fffd}`, line ends and tabs a space.
pub(crate) fn safe(text: &str) -> String {
    let steers = |c: char| c.is_control() || turns_direction(c) || matches!(c, '\u{2028}' | '\u{2029}');
    if !text.contains(steers) {
        return text.to_owned();
    }
    text.chars()
        .map(|c| match c {
            '\n' | '\t' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
            '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
            '\u{7f}' => '\u{2421}',
            c if c.is_control() || turns_direction(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// Whether a character changes the direction of what follows it.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// JSON in which also DEL, C1 controls and direction marks are escaped, so that it can be read on a
/// terminal and says the same.
struct Escaping;

impl serde_json::ser::Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let steers =
            |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}') || turns_direction(c);
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| steers(*c)) {
            let (before, after) = rest.split_at(at);
            write!(writer, "{before}\\u{:04x}", c as u32)?;
            rest = after.get(c.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(safe("plain é"), "plain é");
        assert_eq!(safe("a\u{1b}]0;x\u{7}b\u{9b}31m\u{202e}c\nd"), "a␛]0;x␇b\u{fffd}31m\u{fffd}c d");
    }

    #[test]
    fn json_says_the_same_in_harmless_letters() -> std::result::Result<(), serde_json::Error> {
        let text = "a\u{1b}\u{9b}31m\u{202e}é\"";
        let mut bytes = Vec::new();
        text.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, Escaping))?;
        assert_eq!(bytes, "\"a\\u001b\\u009b31m\\u202eé\\\"\"".as_bytes());
        assert_eq!(serde_json::from_slice::<String>(&bytes)?, text);
        Ok(())
    }
}
