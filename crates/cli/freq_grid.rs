//! The frequency table as a person reads it: signs instead of empty cells, and what they mean.

use export::Frequencies;
use unicode_width::UnicodeWidthStr;

use crate::app::App;
use crate::basis::Basis;
use crate::error::Result;
use crate::table::{Table, cut_apart};

/// Columns that a table may take where the terminal does not tell.
const WIDTH: usize = 120;
/// The widest head of a column of cells.
const HEAD: usize = 16;
/// The widest label of a code.
const LABEL: usize = 36;

/// One line per cell.
pub(crate) fn long(app: &mut App, basis: Basis<'_>, table: &Frequencies) -> Result<()> {
    let sheet = export::tables::freq::sheet(table, export::Shape::Long, basis.ground, &basis.speech());
    app.out.table(&crate::sheets::grid(&sheet))?;
    legend(app, basis, table)
}

/// A grid: groups down and codes across where that fits, else codes down and groups across.
pub(crate) fn print(app: &mut App, basis: Basis<'_>, table: &Frequencies) -> Result<()> {
    heading(app, table)?;
    if table.codes.is_empty() || table.groups.is_empty() {
        let what = if table.codes.is_empty() { "codes" } else { "documents" };
        app.out.line(&format!("there are no {what} yet"))?;
        return Ok(());
    }
    let across: usize = table.codes.iter().map(|c| c.var.width().clamp(4, HEAD) + 2).sum();
    let groups = table.groups.iter().map(|g| g.name.width()).max().unwrap_or(0).max(table.heading.width());
    let grid = if groups + across <= WIDTH { down_groups(table) } else { down_codes(basis, table) };
    app.out.table(&grid)?;
    legend(app, basis, table)
}

fn heading(app: &mut App, table: &Frequencies) -> Result<()> {
    let o = &table.options;
    let roles: Vec<&str> = o.roles.list().iter().map(|r| r.as_str()).collect();
    let assumed = if o.assume_done { " · begun counts as done" } else { "" };
    let percent = o.percent.map(|of| format!(" · percent by {}", of.as_str())).unwrap_or_default();
    let only = o.only.as_ref().map(|only| format!(" · where: {}", only.told)).unwrap_or_default();
    let complete = if o.complete { " · complete: yes" } else { "" };
    let level = o.level.name();
    app.out.marked_line(
        "",
        &format!("{} × code", table.heading),
        &format!(
            " · {} · level: {level} · reading: {} · roles: {}{assumed}{complete}{percent}{only}",
            o.count.as_str(),
            o.reading.as_str(),
            roles.join("+")
        ),
    )?;
    app.out.line("")
}

/// The cells of a table as people read them, with their percentages where those were asked for.
struct Cells<'t> {
    table: &'t Frequencies,
    percents: Option<Vec<Option<(f64, u64)>>>,
}

impl<'t> Cells<'t> {
    fn of(table: &'t Frequencies) -> Self {
        Self { table, percents: table.options.percent.map(|of| table.percents(of)) }
    }

    fn sign(&self, group: usize, code: usize) -> String {
        let n = sign(self.table, group, code);
        let at = group * self.table.codes.len() + code;
        match self.percents.as_ref().and_then(|all| all.get(at).copied().flatten()) {
            Some((percent, _)) => format!("{n} ({percent:.0}%)"),
            None => n,
        }
    }
}

fn sign(table: &Frequencies, group: usize, code: usize) -> String {
    let cell = table.cell(group, code);
    match cell.n {
        Some(n) => cell.status.sign(n),
        // With --complete a lower bound carries no number.
        None if cell.status.is_number() => "·".to_owned(),
        None => cell.status.sign(0),
    }
}

fn share(table: &Frequencies, code: usize) -> String {
    table.totals.get(code).map(|t| format!("{}/{}", t.cases, t.cases_read)).unwrap_or_default()
}

fn total(table: &Frequencies, code: usize) -> String {
    table.totals.get(code).map(|t| t.n.to_string()).unwrap_or_default()
}

fn down_groups(table: &Frequencies) -> Table {
    let vars: Vec<String> = table.codes.iter().map(|c| c.var.clone()).collect();
    let heads = cut_apart(&vars, HEAD).into_iter().map(|var| format!("#{var}"));
    let heads: Vec<String> =
        std::iter::once(table.heading.clone()).chain(heads).chain(["#done".to_owned()]).collect();
    let mut out = Table::new(heads.iter().map(String::as_str));
    let cells = Cells::of(table);
    for (g, group) in table.groups.iter().enumerate() {
        let mut row = vec![named(&group.name)];
        row.extend((0..table.codes.len()).map(|c| cells.sign(g, c)));
        let extent = table.extents[g];
        row.push(format!("{}/{}", extent.done, extent.documents));
        out.row(row);
    }
    let codes = 0..table.codes.len();
    out.row(std::iter::once("total".to_owned()).chain(codes.clone().map(|c| total(table, c))));
    out.row(std::iter::once("cases with it, of those read".to_owned()).chain(codes.map(|c| share(table, c))));
    out
}

fn down_codes(basis: Basis<'_>, table: &Frequencies) -> Table {
    let languages = basis.languages();
    // Many groups share what the labels and totals leave.
    let head =
        (WIDTH - LABEL - 15).checked_div(table.groups.len()).unwrap_or(HEAD).saturating_sub(2).clamp(6, HEAD);
    let names: Vec<String> = table.groups.iter().map(|g| named(&g.name)).collect();
    let heads = cut_apart(&names, head).into_iter().map(|name| format!("#{name}"));
    let heads: Vec<String> = std::iter::once("code".to_owned())
        .chain(["#total".to_owned(), "#cases".to_owned()])
        .chain(heads)
        .collect();
    let mut out = Table::new(heads.iter().map(String::as_str));
    let cells = Cells::of(table);
    let book = &basis.ground.coded.codebook;
    let label = |id: &str| book.get(id).map_or(id, |code| code.label(&languages)).to_owned();
    let labels: Vec<String> = table.codes.iter().map(|c| label(&c.id)).collect();
    for (c, (column, label)) in table.codes.iter().zip(cut_apart(&labels, LABEL)).enumerate() {
        let retired = if column.retired { " (retired)" } else { "" };
        let mut row = vec![format!("{}{label}{retired}", "  ".repeat(column.depth as usize))];
        row.extend([total(table, c), share(table, c)]);
        row.extend((0..table.groups.len()).map(|g| cells.sign(g, c)));
        out.row(row);
    }
    out
}

/// A group without a name is what belongs to none.
fn named(name: &str) -> String {
    if name.is_empty() { "(none)".to_owned() } else { name.to_owned() }
}

/// What the signs mean and what is in no cell.
fn legend(app: &mut App, basis: Basis<'_>, table: &Frequencies) -> Result<()> {
    app.out.said("")?;
    app.out.said("3+ found, not read to the end   · not done   – not asked or no text")?;
    app.out.said(export::tables::freq::ZERO)?;
    if table.waiting > 0 {
        let codings = crate::code_from::plural(table.waiting, "coding");
        app.out.said(&format!("{codings} in no cell: they wait until a person decides where they stand"))?;
    }
    if let Some(note) = basis.not_arrived(false) {
        app.out.said(&note)?;
    }
    if table.uncounted > 0 {
        let passages = crate::code_from::plural(table.uncounted, "passage");
        app.out.said(&format!("{passages} in no cell: only speakers whose role is not counted say them"))?;
    }
    Ok(())
}
