//! A workbook: a sheet per table with typed cells and a frozen head, and one before them that explains.
//! Its time of making is fixed, so the same tables give the same bytes.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::package::typed::date;
use crate::sheet::{Sheet, Value};

/// The longest text that a cell of Excel holds, in characters.
const LONGEST: usize = 32_767;
/// The widest column, in characters.
const WIDEST: usize = 60;

/// Writes a workbook of these sheets. `days` tells of which columns the texts are days.
///
/// # Errors
/// A table that is larger than a sheet of Excel can be.
pub fn book(sheets: &[Sheet], days: impl Fn(usize, usize) -> bool) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_author("Verbatim").set_creation_datetime(&made));
    let mut names = crate::package::names::Names::default();
    explain(book.add_worksheet().set_name(names.take("about", ""))?, sheets)?;
    for (at, sheet) in sheets.iter().enumerate() {
        let name: String = names.take(&sheet.name, "").chars().take(31).collect();
        write(book.add_worksheet().set_name(name)?, sheet, |column| days(at, column))?;
    }
    book.save_to_buffer()
}

/// The sheet that explains: tables, the rule, the columns, the notes.
fn explain(to: &mut Worksheet, sheets: &[Sheet]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    to.set_column_width(0, 24)?.set_column_width(1, 40)?.set_column_width(2, 80)?;
    let mut row = 0;
    for sheet in sheets {
        to.write_string_with_format(row, 0, &sheet.name, &bold)?;
        to.write_string_with_format(row, 1, cut(&sheet.title), &bold)?;
        row += 1;
        for fact in &sheet.facts {
            to.write_string(row, 0, &fact.label)?;
            to.write_string(row, 1, cut(&fact.value))?;
            row += 1;
        }
        for note in &sheet.notes {
            to.write_string(row, 1, cut(note))?;
            row += 1;
        }
        // A codebook of thousands of codes is told by the dictionary.
        for field in sheet.fields.iter().take(200) {
            to.write_string(row, 0, &field.name)?;
            to.write_string(row, 1, cut(&field.label))?;
            to.write_string(row, 2, cut(&field.about))?;
            row += 1;
        }
        row += 1;
    }
    Ok(())
}

fn write(to: &mut Worksheet, sheet: &Sheet, is_day: impl Fn(usize) -> bool) -> Result<(), XlsxError> {
    let head = Format::new().set_bold();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let total = Format::new().set_bold();
    let plain = Format::new();
    for (column, field) in sheet.fields.iter().enumerate() {
        let at = place(column);
        to.write_string_with_format(0, at, cut(&field.name), &head)?;
        let values = sheet.rows.iter().take(200).filter_map(|r| r.get(column));
        let widest = values.map(|v| v.plain().chars().count()).max().unwrap_or(0);
        to.set_column_width(at, widest.max(field.name.chars().count()).clamp(4, WIDEST) as f64 + 1.5)?;
    }
    to.set_freeze_panes(1, 0)?;
    let mut row = 1;
    for values in &sheet.rows {
        for (column, value) in values.iter().enumerate() {
            match value {
                Value::Text(text) if is_day(column) => match date(text) {
                    Some((year, month, of_month)) => {
                        let when = ExcelDateTime::from_ymd(year, month, of_month)?;
                        to.write_datetime_with_format(row, place(column), &when, &day)?;
                    }
                    None => cell(to, row, column, value, &plain)?,
                },
                value => cell(to, row, column, value, &plain)?,
            }
        }
        row += 1;
    }
    // Below the table, so that it can be sorted and filtered without them.
    row += 1;
    for values in &sheet.totals {
        for (column, value) in values.iter().enumerate() {
            cell(to, row, column, value, &total)?;
        }
        row += 1;
    }
    Ok(())
}

fn cell(
    to: &mut Worksheet,
    row: u32,
    column: usize,
    value: &Value,
    format: &Format,
) -> Result<(), XlsxError> {
    let at = place(column);
    match value {
        Value::Na | Value::Count(None, _) => {}
        Value::Text(text) => _ = to.write_string_with_format(row, at, cut(text), format)?,
        Value::Share(..) => _ = to.write_string_with_format(row, at, value.plain(), format)?,
        number => {
            if let Some(n) = number.as_number() {
                to.write_number_with_format(row, at, n, format)?;
            }
        }
    }
    Ok(())
}

/// The number of a column; one beyond any sheet where there is no such number.
fn place(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// A text as long as a cell takes.
fn cut(text: &str) -> String {
    if text.encode_utf16().count() <= LONGEST {
        return text.to_owned();
    }
    let mut room = LONGEST - 1;
    let mut out = String::new();
    for c in text.chars() {
        if c.len_utf16() > room {
            break;
        }
        room -= c.len_utf16();
        out.push(c);
    }
    out.push('…');
    out
}
