//! A sheet: any table of `export` on the whole screen, with the rule by which it was made and a way into
//! its cells.

mod vary;

use export::sheet::Kind;
use export::{Ask, At, Passage, Speech};

use super::passages::{Passages, Source};
use super::{Handled, Layer, move_in};
use crate::actions::{Action, Context, OnSheet, Which};
use crate::app::{App, Effect};
use crate::desk::Desk;
use crate::strings::{language, lists, sheets as words};

/// The open table, with those that belong to it.
#[derive(Debug)]
pub struct Sheet {
    /// What is asked.
    pub ask: Ask,
    /// The tables, or why there are none.
    pub sheets: Result<Vec<export::Sheet>, String>,
    /// Which of them is shown.
    pub at: usize,
    /// The row at hand.
    pub row: usize,
    /// The column at hand.
    pub column: usize,
    /// The first row on the screen, where that was chosen.
    pub top: usize,
    /// The first of the columns that move, where that was chosen.
    pub left: usize,
}

/// A cell, told so that it is found again when the table is made anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Name of its table.
    pub sheet: String,
    /// What its row begins with.
    pub key: Vec<String>,
    /// Name of its column.
    pub field: String,
}

/// How tables speak on the screen.
pub fn speech(desk: &Desk) -> Speech {
    let spoken = match language::spoken() {
        language::Language::En => export::Language::English,
        language::Language::Nl => export::Language::Dutch,
    };
    Speech::new(spoken, desk.languages())
}

/// How many of its first columns say what a row is: they stay where the others move.
pub fn fixed(sheet: &export::Sheet) -> usize {
    let texts = sheet.fields.iter().take(2).take_while(|f| f.kind == Kind::Text).count();
    texts.max(1).min(sheet.fields.len())
}

/// What a row begins with.
pub fn key(sheet: &export::Sheet, row: usize) -> Vec<String> {
    (0..fixed(sheet)).map(|c| sheet.value(row, c).plain()).collect()
}

/// The passages behind a cell as the study stands; none where the cell is no longer there.
pub fn behind(desk: &Desk, ask: &Ask, place: &Place) -> Vec<Passage> {
    let found = || {
        let sheets = ask.sheets(desk.ground(), &speech(desk)).ok()?;
        let at = sheets.iter().position(|s| s.name == place.sheet)?;
        let sheet = sheets.get(at)?;
        let row = (0..sheet.rows.len()).find(|r| key(sheet, *r) == place.key)?;
        let at = At { sheet: at, row, column: sheet.position(&place.field)? };
        ask.behind(desk.ground(), at).ok()?
    };
    found().unwrap_or_default()
}

/// Opens a table, or the menu of them, wherever that is asked for.
pub fn opens(app: &mut App, action: &Action) -> bool {
    match action {
        Action::Menu(Context::Tables) => crate::update::coding::menu(app, Context::Tables),
        Action::Sheet(OnSheet::Open(which)) => {
            let Some(desk) = &app.desk else { return true };
            match vary::ask(desk, *which) {
                Some(ask) => {
                    let sheet = Sheet::new(desk, ask);
                    // One table at a time: another one takes its place.
                    app.layers.retain(|l| !matches!(l, Layer::Sheet(_)));
                    app.layers.push(Layer::Sheet(Box::new(sheet)));
                }
                None if *which == Which::Crosstab => app.say(words::NO_ATTRIBUTE),
                None => app.say(words::NO_GROUPS),
            }
        }
        Action::Table if !app.layers.is_empty() => {
            let Some(desk) = &app.desk else { return true };
            let table = super::table::Table::new(desk);
            app.layers.retain(|l| !matches!(l, Layer::Sheet(_) | Layer::Table(_)));
            app.layers.push(Layer::Table(Box::new(table)));
        }
        _ => return false,
    }
    true
}

impl Sheet {
    /// The tables that an ask gives.
    pub fn new(desk: &Desk, ask: Ask) -> Self {
        let mut out = Self { ask, sheets: Err(String::new()), at: 0, row: 0, column: 0, top: 0, left: 0 };
        out.count(desk);
        out.begin();
        out
    }

    /// To the first number of the table.
    fn begin(&mut self) {
        let number = self.sheet().and_then(|s| s.fields.iter().position(|f| f.kind != Kind::Text));
        (self.row, self.column, self.top, self.left) = (0, number.unwrap_or(0), 0, 0);
        self.settle();
    }

    /// Whether a key means something in this table.
    pub fn can(&self, action: &Action) -> bool {
        match action {
            Action::Sheet(OnSheet::Next) => self.sheets.as_ref().is_ok_and(|s| s.len() > 1),
            // Where there is no table there is nothing to change, to open or to write.
            Action::CountRule | Action::Level | Action::Rows | Action::Accept | Action::ExportTable
                if self.sheets.is_err() =>
            {
                false
            }
            Action::CountRule | Action::Level | Action::Rows => vary::can(&self.ask, action),
            _ => true,
        }
    }

    /// Makes them anew.
    pub fn count(&mut self, desk: &Desk) {
        self.sheets =
            self.ask.sheets(desk.ground(), &speech(desk)).map_err(|why| crate::strings::errors::table(&why));
        let many = self.sheets.as_ref().map_or(0, Vec::len);
        self.at = self.at.min(many.saturating_sub(1));
        self.settle();
    }

    /// The table that is shown.
    pub fn sheet(&self) -> Option<&export::Sheet> {
        self.sheets.as_ref().ok()?.get(self.at)
    }

    /// Where the cursor may stand: any row, and the columns that move.
    fn settle(&mut self) {
        let Some((rows, first, columns)) = self.sheet().map(|s| (s.rows.len(), fixed(s), s.fields.len()))
        else {
            return;
        };
        self.row = self.row.min(rows.saturating_sub(1));
        self.column = self.column.clamp(first.min(columns.saturating_sub(1)), columns.saturating_sub(1));
    }

    /// The cell at hand.
    pub fn place(&self) -> Option<Place> {
        let sheet = self.sheet()?;
        sheet.rows.get(self.row)?;
        let field = sheet.fields.get(self.column)?.name.clone();
        Some(Place { sheet: sheet.name.clone(), key: key(sheet, self.row), field })
    }

    /// What is pressed; false closes the table.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        let rows = self.sheet().map_or(0, |s| s.rows.len());
        if move_in(&mut self.row, rows, action) {
            return (Handled::done(), true);
        }
        let last = self.sheet().map_or(0, |s| s.fields.len().saturating_sub(1));
        match action {
            Action::Left => self.column = self.column.saturating_sub(1),
            Action::Right => self.column = (self.column + 1).min(last),
            Action::LineStart => self.column = 0,
            Action::LineEnd => self.column = last,
            Action::Sheet(OnSheet::Next | OnSheet::Previous) => {
                self.turn(*action == Action::Sheet(OnSheet::Next));
            }
            Action::CountRule | Action::Level | Action::Rows => {
                let Some(desk) = &app.desk else { return (Handled::done(), true) };
                let case = self.sheet().and_then(|s| key(s, self.row).into_iter().next());
                if vary::other(desk, &mut self.ask, action, case.as_deref()) {
                    self.count(desk);
                } else {
                    app.say(words::NO_OTHER);
                }
            }
            Action::Accept => self.open(app),
            Action::ExportTable => return (Handled::Consumed(self.export(app)), true),
            Action::Help => {
                app.layers.push(Layer::Help(super::help::Help::new(vec![Context::Sheet])));
            }
            Action::Back => return (Handled::done(), false),
            _ => return (Handled::Ignored, true),
        }
        self.settle();
        (Handled::done(), true)
    }

    /// Turns to the next table, or to the one before.
    fn turn(&mut self, on: bool) {
        let many = self.sheets.as_ref().map_or(0, Vec::len).max(1);
        self.at = (self.at + if on { 1 } else { many - 1 }) % many;
        self.begin();
    }

    /// Opens the list of the passages behind the cell at hand.
    fn open(&self, app: &mut App) {
        let Some(desk) = &app.desk else { return };
        let Some((sheet, place)) = self.sheet().zip(self.place()) else { return };
        let at = At { sheet: self.at, row: self.row, column: self.column };
        match self.ask.behind(desk.ground(), at) {
            Ok(None) => app.say(words::NOT_OF_PASSAGES),
            Err(why) => app.warn(crate::strings::errors::table(&why)),
            Ok(Some(found)) if found.is_empty() => app.say(lists::EMPTY_CELL),
            Ok(Some(_)) => {
                let title = self.told(sheet);
                let source = Source::Behind { ask: Box::new(self.ask.clone()), place, title };
                let list = Passages::new(app, source);
                app.layers.push(Layer::Passages(Box::new(list)));
            }
        }
    }

    /// The cell at hand in words: its row and its column.
    pub fn told(&self, sheet: &export::Sheet) -> String {
        let column = sheet.fields.get(self.column).map_or("", |f| f.label.as_str());
        let row: Vec<String> =
            key(sheet, self.row).iter().map(|part| words::row(part).into_owned()).collect();
        format!("{} × {column}", row.join(" · "))
    }

    /// Asks for the table in a file.
    fn export(&self, app: &mut App) -> Vec<Effect> {
        let Some(sheet) = self.sheet() else { return Vec::new() };
        let mut bytes = Vec::new();
        if let Err(why) = export::write::csv::write(sheet, &mut bytes) {
            app.warn(why.to_string());
            return Vec::new();
        }
        vec![Effect::Write { name: format!("{}.csv", sheet.name.replace('_', "-")), bytes }]
    }
}
