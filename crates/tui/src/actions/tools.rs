//! What is around the coding: all actions in one list, the command line, copying, themes, the tour.

use super::{Action, Context, Def, def, foot};
use Context::{Actions, Always, Command, Equal, Grid, History, Output, Panes, Start, Table, Touring};

/// Something that is around the coding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// List all actions.
    Actions,
    /// Type a command of the command line.
    Command,
    /// Complete the word of a command.
    Complete,
    /// Show the last act as a command.
    Equal,
    /// Copy the text that is meant.
    Copy,
    /// Copy the selection; without one, leave.
    CopyOrLeave,
    /// Go to the background, back to the shell.
    Suspend,
    /// Stop the command that runs.
    Stop,
    /// Another theme.
    Theme,
    /// The guided tour.
    Tour,
}

/// These actions, in order of importance.
pub(super) static ACTIONS: &[Def] = &[
    // Anywhere.
    foot(
        Action::Tool(Tool::Actions),
        "all-actions",
        &["ctrl-p"],
        &[Panes],
        "list everything that can be done, find it by name, and do it",
        "all actions",
    ),
    def(
        Action::Tool(Tool::Actions),
        "all-actions-here",
        &["ctrl-p"],
        &[Always],
        "the same, with what can be done in this place first",
    ),
    foot(
        Action::Tool(Tool::Command),
        "command-line",
        &[":"],
        &[Panes, Output],
        "type a command as in a shell, without \"verbatim\": freq, check, memo list …",
        "command",
    ),
    def(
        Action::Tool(Tool::Command),
        "command-line-here",
        &[":"],
        &[Table, Context::Sheet, History, Grid],
        "type a command as in a shell",
    ),
    foot(
        Action::Tool(Tool::Copy),
        "copy",
        &["y"],
        &[Panes],
        "copy the selection, or else the passage of the coding under the cursor",
        "copy",
    ),
    foot(Action::Tool(Tool::Copy), "copy-all", &["y"], &[Output, Equal], "copy it", "copy"),
    def(
        Action::Tool(Tool::CopyOrLeave),
        "copy-or-leave",
        &["ctrl-c"],
        &[Panes],
        "copy the selection; with nothing selected: leave, everything is saved already",
    ),
    def(
        Action::Tool(Tool::Equal),
        "as-command",
        &["ctrl-g"],
        &[Always],
        "show your last act on the screen as a command of the command line",
    ),
    def(
        Action::Tool(Tool::Theme),
        "next-theme",
        &["ctrl-t"],
        &[Panes, Start, Table, Context::Sheet, History, Grid],
        "another theme: dark, light, high contrast, colour-blind safe",
    ),
    def(
        Action::Tool(Tool::Tour),
        "guided-tour",
        &["ctrl-r"],
        &[Panes, Start],
        "the guided tour: eight steps on the sample study",
    ),
    def(
        Action::Tool(Tool::Suspend),
        "suspend",
        &["ctrl-z"],
        &[Always],
        "back to the shell for a while; fg there returns (not on Windows)",
    ),
    foot(Action::Back, "leave-tour", &["esc"], &[Touring], "end the guided tour", "end the tour"),
    // The list of actions.
    foot(Action::Accept, "do-action", &["enter"], &[Actions], "do it", "do it"),
    def(Action::Up, "action-up", &["up", "ctrl-p"], &[Actions], "one action up"),
    def(Action::Down, "action-down", &["down"], &[Actions], "one action down"),
    def(Action::PageUp, "actions-page-up", &["pageup"], &[Actions], "one screen up"),
    def(Action::PageDown, "actions-page-down", &["pagedown"], &[Actions], "one screen down"),
    foot(Action::Back, "close-actions", &["esc"], &[Actions], "close, back to where you were", "back"),
    // The command line.
    foot(Action::Accept, "run-command", &["enter"], &[Command], "run the command", "run"),
    foot(
        Action::Tool(Tool::Complete),
        "complete",
        &["tab"],
        &[Command],
        "complete the word; again: the next one that fits",
        "complete",
    ),
    def(Action::Up, "older-command", &["up", "ctrl-p"], &[Command], "the command before"),
    def(Action::Down, "newer-command", &["down"], &[Command], "the command after it"),
    foot(Action::Back, "close-command", &["esc"], &[Command], "close, back to where you were", "back"),
    // What a command said.
    def(Action::Up, "output-up", &["up", "k"], &[Output], "one line up"),
    def(Action::Down, "output-down", &["down", "j"], &[Output], "one line down"),
    def(Action::Left, "output-left", &["left", "h"], &[Output], "to the left"),
    def(Action::Right, "output-right", &["right", "l"], &[Output], "to the right"),
    def(Action::PageUp, "output-page-up", &["pageup", "ctrl-b"], &[Output], "one screen up"),
    def(Action::PageDown, "output-page-down", &["pagedown", "ctrl-f", "space"], &[Output], "one screen down"),
    def(Action::First, "output-first", &["home", "g"], &[Output], "to the first line"),
    def(Action::Last, "output-last", &["end", "G"], &[Output], "to the last line"),
    foot(
        Action::Back,
        "close-output",
        &["esc", "q"],
        &[Output],
        "close; a command that still runs goes on, and what it did is shown when it ends",
        "back",
    ),
    foot(
        Action::Back,
        "close-as-command",
        &["esc", "q", "enter"],
        &[Equal],
        "close, back to where you were",
        "back",
    ),
    foot(Action::Help, "help-output", &["?"], &[Output], "show all keys", "keys"),
    foot(
        Action::Tool(Tool::Stop),
        "stop-command",
        &["x"],
        &[Output],
        "stop the command that runs; what it has done by then is done",
        "stop it",
    ),
];
