//! The table: how often each group has each code, with what each number means, and a way into every
//! cell.

use export::{By, CountRule, Frequencies, Language, Level, Options, Shape, Speech};
use model::name::Name;

use super::passages::{Passages, Source};
use super::{Handled, Layer, move_in};
use crate::actions::{Action, Context};
use crate::app::{App, Effect};
use crate::content::Content;
use crate::desk::Desk;
use crate::strings::lists as words;

/// Count rules that the key goes through.
pub(crate) const RULES: [CountRule; 5] =
    [CountRule::Passages, CountRule::Codings, CountRule::Turns, CountRule::Presence, CountRule::Words];
/// More values than this make no rows that can be compared.
const VALUES: usize = 40;

/// The open table.
#[derive(Debug)]
pub struct Table {
    /// The numbers, or why there are none.
    pub numbers: Result<Frequencies, String>,
    /// What is asked.
    pub options: Options,
    /// The row at hand.
    pub row: usize,
    /// The column at hand.
    pub column: usize,
    /// The first row on the screen, where that was chosen.
    pub top: usize,
    /// The first column on the screen, where that was chosen.
    pub left: usize,
}

impl Table {
    /// Cases × top codes, as the study counts.
    pub fn new(desk: &Desk) -> Self {
        let options = Options { level: Level::Top, ..Options::default() };
        let mut table = Self { numbers: Err(String::new()), options, row: 0, column: 0, top: 0, left: 0 };
        table.count(desk);
        table
    }

    /// Counts anew.
    pub fn count(&mut self, desk: &Desk) {
        self.numbers = export::frequencies(&desk.corpus, &desk.state, &desk.coded, &self.options)
            .map_err(|why| crate::strings::errors::table(&why));
        let (rows, columns) = self.size();
        self.row = self.row.min(rows.saturating_sub(1));
        self.column = self.column.min(columns.saturating_sub(1));
    }

    /// Rows and columns.
    pub fn size(&self) -> (usize, usize) {
        self.numbers.as_ref().map_or((0, 0), |n| (n.groups.len(), n.codes.len()))
    }

    /// Whether a key means something here: where there is no table there is nothing to change, to open or
    /// to write.
    pub const fn can(&self, action: &Action) -> bool {
        let of_table = matches!(
            action,
            Action::Accept | Action::CountRule | Action::Level | Action::Rows | Action::ExportTable
        );
        self.numbers.is_ok() || !of_table
    }

    /// What is pressed; false closes the table.
    pub fn update(&mut self, app: &mut App, action: &Action) -> (Handled, bool) {
        let (rows, columns) = self.size();
        if move_in(&mut self.row, rows, action) {
            return (Handled::done(), true);
        }
        match action {
            Action::Left => self.column = self.column.saturating_sub(1),
            Action::Right => self.column = (self.column + 1).min(columns.saturating_sub(1)),
            Action::LineStart => self.column = 0,
            Action::LineEnd => self.column = columns.saturating_sub(1),
            Action::CountRule | Action::Level | Action::Rows => {
                let Some(desk) = &app.desk else { return (Handled::done(), true) };
                let code = self.code();
                match action {
                    Action::Level if self.options.level == Level::Top => self.options.level = Level::All,
                    Action::Level => self.options.level = Level::Top,
                    Action::Rows => {
                        self.options.by = next_by(desk, &self.options.by);
                        self.row = 0;
                    }
                    _ => {
                        let at = RULES.iter().position(|r| *r == self.options.count).unwrap_or(0);
                        self.options.count = RULES.get((at + 1) % RULES.len()).copied().unwrap_or_default();
                    }
                }
                self.count(desk);
                // The code at hand stays at hand, or the one that it comes under.
                self.column = code.map_or(0, |c| self.column_of(desk, &c));
            }
            Action::Accept => self.open(app),
            Action::ExportTable => return (Handled::Consumed(self.export(app)), true),
            Action::Help => {
                let contexts = vec![Context::Table];
                app.layers.push(Layer::Help(super::help::Help::new(contexts)));
            }
            Action::Back => return (Handled::done(), false),
            _ => return (Handled::Ignored, true),
        }
        (Handled::done(), true)
    }

    /// The id of the code at hand.
    fn code(&self) -> Option<String> {
        self.numbers.as_ref().ok().and_then(|n| n.codes.get(self.column)).map(|c| c.id.clone())
    }

    /// The column of a code, or of the code that it comes under.
    fn column_of(&self, desk: &Desk, code: &str) -> usize {
        let Ok(numbers) = &self.numbers else { return 0 };
        let mut at = desk.coded.codebook.position(code);
        while let Some(place) = at {
            if let Some(column) = numbers.codes.iter().position(|c| c.place == place) {
                return column;
            }
            at = desk.coded.codebook.parent(place);
        }
        0
    }

    /// Opens the list of the passages that make up the cell at hand.
    fn open(&self, app: &mut App) {
        let Ok(numbers) = &self.numbers else { return };
        let Some((group, code)) = numbers.groups.get(self.row).zip(numbers.codes.get(self.column)) else {
            return;
        };
        let name = words::row(&numbers.heading, group);
        let source = Source::Cell {
            options: Box::new(self.options.clone()),
            group: (group.id.clone(), name),
            code: Name::new(&code.id),
        };
        let list = Passages::new(app, source);
        if list.rows.is_empty() {
            app.say(words::EMPTY_CELL);
        } else {
            app.layers.push(Layer::Passages(Box::new(list)));
        }
    }

    /// Asks for the table in a file: one line per cell, since only that tells what each number means.
    fn export(&self, app: &App) -> Vec<Effect> {
        let (Ok(numbers), Some(desk)) = (&self.numbers, &app.desk) else { return Vec::new() };
        let speech = Speech::new(Language::English, desk.languages());
        let sheet = export::tables::freq::sheet(numbers, Shape::Long, desk.ground(), &speech);
        let by = self.options.by.name().replace(|c: char| !c.is_alphanumeric(), "-");
        let level = if self.options.level == Level::Top { "" } else { "-all-codes" };
        let name = format!("table-by-{by}-{}{level}.csv", self.options.count.as_str());
        let content = Content::new(1 + sheet.rows.len(), move |to| {
            export::write::csv::write(&sheet, to).map_err(|why| why.to_string())
        });
        vec![Effect::Export { name, content }]
    }
}

/// The rows after these: cases, documents, then every attribute whose values can be compared.
fn next_by(desk: &Desk, by: &By) -> By {
    let mut all = vec![By::Case, By::Document];
    all.extend(By::attributes(&desk.corpus).into_iter().filter(|b| comparable(desk, b)));
    let at = all.iter().position(|b| b == by).map_or(0, |at| at + 1);
    all.get(at).cloned().unwrap_or_default()
}

/// Whether an attribute groups: it has more values than one, and fewer than there are things.
pub(super) fn comparable(desk: &Desk, by: &By) -> bool {
    let By::Attribute(table, column) = by else { return true };
    let value = |of: &model::corpus::Attributes| model::corpus::attribute(of, column).map(str::to_owned);
    let values: Vec<Option<String>> = match table {
        export::Table::Case => desk.corpus.cases.iter().map(|c| value(&c.attributes)).collect(),
        export::Table::Document => {
            desk.corpus.documents.iter().map(|d| d.column(column).map(str::to_owned)).collect()
        }
        export::Table::Speaker => {
            let speakers = desk.corpus.documents.iter().flat_map(|d| &d.speakers);
            speakers.map(|s| value(&s.attributes)).collect()
        }
    };
    let known: std::collections::BTreeSet<&String> = values.iter().flatten().collect();
    let things = values.iter().flatten().count();
    known.len() > 1 && known.len() < things && known.len() <= VALUES
}
