//! What can be done about the screen itself.

use super::{Action, Context, Def, def};
use Context::{Panes, Start};

/// These actions.
pub(super) static ACTIONS: &[Def] =
    &[def(Action::Language, "language", &["L"], &[Panes, Start], "the screen in Dutch, or in English")];
