//! One run of the program: the options of all commands, its surroundings and its output.

use study::Context;

use crate::args::{Color, Global};
use crate::out::{Form, Out};

/// What every command gets.
pub(crate) struct App {
    /// Options of all commands.
    pub(crate) global: Global,
    /// Who acts, when, with what chance, and where caches lie.
    pub(crate) context: Context,
    /// Who acts when `--coder` says nothing, which in a list of acts or codings says whose are wanted.
    pub(crate) sitting: Option<String>,
    /// Where to print.
    pub(crate) out: Out,
    /// For a table that is made again to be compared: its file goes here and nothing is written.
    pub(crate) kept: Option<Vec<u8>>,
    /// The provenance of that table: only its acts count.
    pub(crate) until: Option<std::path::PathBuf>,
}

impl App {
    /// The run that these options ask for.
    pub(crate) fn new(global: Global) -> Self {
        let form = match (global.json, global.csv) {
            (true, _) => Form::Json,
            (_, true) => Form::Csv,
            _ => Form::Text,
        };
        let color = match global.color {
            Color::Auto => None,
            Color::Always => Some(true),
            Color::Never => Some(false),
        };
        let mut out = Out::new(form, global.quiet, color);
        let (mut context, problems) = Context::from_environment();
        for problem in problems {
            out.problem(&problem);
        }
        let sitting = context.coder.clone();
        if let Some(coder) = &global.coder {
            context = context.with_coder(coder);
        }
        Self { global, context, sitting, out, kept: None, until: None }
    }
}
