//! Whole commands on whole studies: what they print, what they write, how they end.
#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test may panic")]

#[path = "support/command.rs"]
mod support;

#[path = "commands/argue.rs"]
mod argue;
#[path = "commands/autocode.rs"]
mod autocode;
#[path = "commands/blind.rs"]
mod blind;
#[path = "commands/codebook.rs"]
mod codebook;
#[path = "commands/coders.rs"]
mod coders;
#[path = "commands/coding.rs"]
mod coding;
#[path = "commands/concordance.rs"]
mod concordance;
#[path = "commands/counting.rs"]
mod counting;
#[path = "commands/diff.rs"]
mod diff;
#[cfg(unix)]
#[path = "commands/equal.rs"]
mod equal;
#[path = "commands/founders.rs"]
mod founders;
#[path = "commands/glance.rs"]
mod glance;
#[path = "commands/import.rs"]
mod import;
#[path = "commands/journal.rs"]
mod journal;
#[path = "commands/names.rs"]
mod names;
#[path = "commands/numbers.rs"]
mod numbers;
#[path = "commands/output.rs"]
mod output;
#[path = "commands/outputs.rs"]
mod outputs;
#[path = "commands/package.rs"]
mod package;
#[path = "commands/profile.rs"]
mod profile;
#[path = "commands/reading.rs"]
mod reading;
#[path = "commands/readings.rs"]
mod readings;
#[path = "commands/redo.rs"]
mod redo;
#[path = "commands/report.rs"]
mod report;
#[path = "commands/rules.rs"]
mod rules;
#[path = "commands/spellings.rs"]
mod spellings;
#[path = "commands/tables.rs"]
mod tables;
#[path = "commands/walk.rs"]
mod walk;
#[path = "commands/whole.rs"]
mod whole;
