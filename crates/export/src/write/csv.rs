//! CSV: RFC 4180, UTF-8 without a byte-order mark, comma, point, shortest round-trip decimals, empty
//! for NA. After the columns of the sheet come those that name the rule.

use std::io::Write;

use crate::sheet::Sheet;

/// Writes the rows of a sheet below its names of columns.
///
/// # Errors
/// Those of `to`.
pub fn write(sheet: &Sheet, to: impl Write) -> Result<(), csv::Error> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
    let names = sheet.fields.iter().map(|f| f.name.as_str());
    out.write_record(names.chain(sheet.facts.iter().map(|f| f.name)))?;
    for row in &sheet.rows {
        let values = row.iter().map(crate::sheet::Value::plain);
        out.write_record(values.chain(sheet.facts.iter().map(|f| f.value.clone())))?;
    }
    out.flush()?;
    Ok(())
}

/// The same as text.
///
/// # Errors
/// None in practice: memory does not fail.
pub fn text(sheet: &Sheet) -> Result<String, csv::Error> {
    let mut bytes = Vec::new();
    write(sheet, &mut bytes)?;
    String::from_utf8(bytes).map_err(|why| csv::Error::from(std::io::Error::other(why)))
}
