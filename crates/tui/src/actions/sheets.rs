//! What can be done with tables other than that of frequencies.

use super::{Action, Context, Def, def, foot};
use Context::{Panes, Sheet, Tables};

/// A table that can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Codes by an attribute.
    Crosstab,
    /// Codes with codes.
    Cooccur,
    /// One group of codes by another.
    Groups,
    /// The package of each case.
    Profile,
    /// How much is coded.
    Coverage,
    /// New codes per interview.
    Saturation,
    /// Which numbers survive.
    Sensitivity,
}

/// Something to do with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnSheet {
    /// Open one.
    Open(Which),
    /// The next of the tables that belong together.
    Next,
    /// The one before.
    Previous,
}

/// These actions, in order of importance.
pub(super) static ACTIONS: &[Def] = &[
    def(
        Action::Menu(Tables),
        "tables",
        &["O"],
        &[Panes, Context::Table, Sheet],
        "more tables: codes by attribute, codes with codes, profiles, coverage, saturation",
    ),
    foot(
        Action::Accept,
        "open-sheet-cell",
        &["enter"],
        &[Sheet],
        "list the passages behind the cell at hand",
        "passages",
    ),
    foot(
        Action::Sheet(OnSheet::Next),
        "next-sheet",
        &["tab"],
        &[Sheet],
        "the next of the tables that belong together",
        "next table",
    ),
    foot(
        Action::CountRule,
        "sheet-rule",
        &["r"],
        &[Sheet],
        "another rule: what is counted, in what codes meet, when saturation is called",
        "rule",
    ),
    foot(Action::Level, "sheet-level", &["a"], &[Sheet], "top codes only, or all codes", "all codes"),
    foot(
        Action::Rows,
        "sheet-rows",
        &["b"],
        &[Sheet],
        "other rows: another attribute, one case or all, documents or long turns",
        "rows",
    ),
    foot(
        Action::ExportTable,
        "sheet-to-file",
        &["e"],
        &[Sheet],
        "write the table as CSV beside the study's folder",
        "to file",
    ),
    def(Action::Sheet(OnSheet::Previous), "previous-sheet", &["backtab"], &[Sheet], "the table before"),
    foot(Action::Back, "close-sheet", &["esc", "q"], &[Sheet], "close the table", "back"),
    // The menu.
    foot(
        Action::Sheet(OnSheet::Open(Which::Crosstab)),
        "crosstab",
        &["a"],
        &[Tables],
        "codes by an attribute",
        "attribute",
    ),
    foot(
        Action::Sheet(OnSheet::Open(Which::Cooccur)),
        "codes-with-codes",
        &["c"],
        &[Tables],
        "codes with codes: where they meet",
        "codes",
    ),
    foot(
        Action::Sheet(OnSheet::Open(Which::Groups)),
        "group-by-group",
        &["g"],
        &[Tables],
        "one group of codes by another",
        "groups",
    ),
    foot(
        Action::Sheet(OnSheet::Open(Which::Profile)),
        "profile",
        &["p"],
        &[Tables],
        "profiles: what the activities of each case push up and down",
        "profiles",
    ),
    foot(
        Action::Sheet(OnSheet::Open(Which::Coverage)),
        "coverage",
        &["w"],
        &[Tables],
        "how much of what was said is coded",
        "coverage",
    ),
    foot(
        Action::Sheet(OnSheet::Open(Which::Saturation)),
        "saturation",
        &["s"],
        &[Tables],
        "code saturation: new codes per interview",
        "saturation",
    ),
    foot(
        Action::Sheet(OnSheet::Open(Which::Sensitivity)),
        "sensitivity",
        &["v"],
        &[Tables],
        "which numbers survive another rule, a coder less, a case less",
        "sensitivity",
    ),
    foot(Action::Table, "frequencies-again", &["t"], &[Tables], "frequencies: cases by codes", "frequencies"),
];
