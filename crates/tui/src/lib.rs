//! The terminal UI of Verbatim.
//!
//! A key becomes an [`actions::Action`] by where it was pressed ([`keymap`]), the action changes the
//! [`app::App`] ([`fn@update::update`]) and asks for effects, the shell carries these out and reports back,
//! and [`view`] draws what there is. Only the shell knows terminals, files and clocks.

pub mod actions;
pub mod app;
pub mod content;
pub mod desk;
pub mod equal;
pub mod find;
pub mod fixture;
pub mod geometry;
pub mod intervals;
pub mod key;
pub mod keymap;
pub mod lanes;
pub mod layers;
pub mod options;
pub mod page;
pub mod paths;
pub mod reader;
pub mod safe;
mod shell;
pub mod strings;
pub mod theme;
pub mod tour;
pub mod units;
pub mod update;
pub mod view;
pub mod words;
mod wrap;

pub use actions::key_reference;
pub use options::{Builtin, Demo, Options, Runner, Subcommand, TuiError};
pub use shell::run;
pub use strings::language::Language;
