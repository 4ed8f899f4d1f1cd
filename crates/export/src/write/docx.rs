//! docx: a page as a document of a word processor (ECMA-376, transitional). The same page gives the same
//! bytes: no time and no name of a person is in it.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::escape;
use crate::page::{Block, Page, Table};
use crate::sheet::{Kind, Sheet, Value};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/><Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";

const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>";

const OF_DOCUMENT: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";

const STYLES: &str = include_str!("docx/styles.xml");

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A page as the bytes of a file.
///
/// # Errors
/// None in practice: memory does not fail.
pub fn page(page: &Page) -> std::io::Result<Vec<u8>> {
    let language = if page.language == "nl" { "nl-NL" } else { "en-GB" };
    let core = format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>{language}</dc:language></cp:coreProperties>",
        escape(&page.title)
    );
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", core),
        ("word/_rels/document.xml.rels", OF_DOCUMENT.to_owned()),
        ("word/styles.xml", STYLES.replace("LANGUAGE", language)),
        ("word/document.xml", document(page)),
    ];
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, options).map_err(std::io::Error::other)?;
        zip.write_all(DECLARATION.as_bytes())?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish().map_err(std::io::Error::other)?.into_inner())
}

/// The main part.
fn document(page: &Page) -> String {
    let mut out = format!("<w:document xmlns:w=\"{WORD}\"><w:body>");
    // A4, on its side where a table needs it; widths are in twentieths of a point.
    let (across, down) = if page.is_wide() { (16838, 11906) } else { (11906, 16838) };
    let room = across - 2 * MARGIN;
    paragraph(&mut out, "Title", &page.title);
    for line in &page.lead {
        paragraph(&mut out, "Note", line);
    }
    for block in &page.blocks {
        one(&mut out, block, room);
    }
    let side = if page.is_wide() { " w:orient=\"landscape\"" } else { "" };
    let _ = write!(
        out,
        "<w:sectPr><w:pgSz w:w=\"{across}\" w:h=\"{down}\"{side}/><w:pgMar w:top=\"{MARGIN}\" w:right=\"{MARGIN}\" w:bottom=\"{MARGIN}\" w:left=\"{MARGIN}\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    );
    out
}

/// The margin of a page.
const MARGIN: u32 = 1134;

fn one(out: &mut String, block: &Block, room: u32) {
    match block {
        Block::Heading(h) => paragraph(out, &format!("Heading{}", h.level.clamp(1, 3)), &h.text),
        Block::Text(text) => text.lines().for_each(|l| paragraph(out, "Normal", l)),
        Block::Note(text) => paragraph(out, "Note", text),
        Block::Quote(quote) => {
            let text =
                if quote.withheld { format!("[{}]", quote.text) } else { format!("“{}”", quote.text) };
            paragraph(out, "Quote", &text);
            for (language, text) in &quote.translations {
                paragraph(out, "Quote", &format!("[{language}] {text}"));
            }
            let below = quote.below();
            if !below.is_empty() {
                paragraph(out, "Source", &below);
            }
        }
        Block::Turn(turn) => {
            out.push_str("<w:p>");
            if !turn.speaker.is_empty() {
                run(out, &format!("{}: ", turn.speaker), "<w:rPr><w:b/></w:rPr>");
            }
            let text = if turn.left_out { format!("[{}]", turn.text) } else { turn.text.clone() };
            run(out, &text, if turn.left_out { "<w:rPr><w:i/></w:rPr>" } else { "" });
            out.push_str("</w:p>");
        }
        Block::Table(table) => self::table(out, table, room),
        Block::Figure(figure) => {
            paragraph(out, "Heading3", &figure.title);
            paragraph(out, "Note", &figure.alternative);
            table(out, &Table::from(figure.data.clone()), room);
        }
        Block::Facts(facts) => {
            for (name, what) in facts {
                out.push_str("<w:p>");
                run(out, &format!("{name}: "), "<w:rPr><w:b/></w:rPr>");
                run(out, what, "");
                out.push_str("</w:p>");
            }
        }
        Block::Lines(lines) => {
            for line in lines {
                out.push_str("<w:p>");
                run(out, &format!("{}: ", line.head), "<w:rPr><w:b/></w:rPr>");
                run(out, &line.text(), "");
                out.push_str("</w:p>");
            }
        }
    }
}

fn table(out: &mut String, table: &Table, room: u32) {
    let sheet = &table.sheet;
    paragraph(out, "Caption", &sheet.title);
    if !sheet.facts.is_empty() {
        let facts: Vec<String> = sheet.facts.iter().map(|f| format!("{}: {}", f.label, f.value)).collect();
        paragraph(out, "Note", &facts.join(" · "));
    }
    for columns in parts(sheet, room) {
        part(out, sheet, &columns, room);
    }
    for note in &sheet.notes {
        paragraph(out, "Note", note);
    }
    paragraph(out, "Normal", "");
}

/// Some columns of a sheet, as one table on the page.
fn part(out: &mut String, sheet: &Sheet, columns: &[usize], room: u32) {
    let widths = widths(sheet, columns, room);
    out.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for width in &widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (column, width) in columns.iter().zip(&widths) {
        let field = &sheet.fields[*column];
        cell(out, *width, "Head", field.kind != Kind::Text, &field.label);
    }
    out.push_str("</w:tr>");
    for row in sheet.rows.iter().chain(&sheet.totals) {
        out.push_str("<w:tr>");
        for (column, width) in columns.iter().zip(&widths) {
            let field = &sheet.fields[*column];
            let text = row.get(*column).map(|v| v.shown(field.kind)).unwrap_or_default();
            cell(out, *width, "Cell", field.kind != Kind::Text, &text);
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    // Two tables without a paragraph between them would be one.
    paragraph(out, "Note", "");
}

/// The columns of a sheet in as many parts as the page needs: each begins with the first column, which
/// says what a row is.
fn parts(sheet: &Sheet, room: u32) -> Vec<Vec<usize>> {
    let first = need(sheet, 0);
    let mut out: Vec<Vec<usize>> = vec![vec![0]];
    let mut used = first;
    for column in 1..sheet.fields.len() {
        let more = need(sheet, column);
        if used + more > room && out.last().is_some_and(|part| part.len() > 1) {
            out.push(vec![0]);
            used = first;
        }
        used += more;
        if let Some(part) = out.last_mut() {
            part.push(column);
        }
    }
    out
}

/// Room that a column needs: for its longest word, and for long texts enough to read them.
fn need(sheet: &Sheet, column: usize) -> u32 {
    let Some(field) = sheet.fields.get(column) else { return 0 };
    let word = |text: &str| text.split_whitespace().map(|w| w.chars().count()).max().unwrap_or(0);
    let cells =
        || sheet.rows.iter().chain(&sheet.totals).filter_map(|r| r.get(column)).map(|v| v.shown(field.kind));
    let longest = cells().map(|c| word(&c)).max().unwrap_or(0).max(word(&field.label));
    // About the width of a letter of tables, and the space beside it.
    let words = longest.clamp(3, 16) as u32 * 112 + 160;
    if cells().any(|c| c.chars().count() > 60) { words.max(2000) } else { words }
}

fn cell(out: &mut String, width: u32, style: &str, right: bool, text: &str) {
    let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
    let style = if right { format!("{style}Number") } else { style.to_owned() };
    let mut lines = text.lines().peekable();
    // A cell without a paragraph is no cell.
    if lines.peek().is_none() {
        paragraph(out, &style, "");
    }
    lines.for_each(|line| paragraph(out, &style, line));
    out.push_str("</w:tc>");
}

/// Widths of columns: what each needs, and of the room that is left more for those that hold more words.
fn widths(sheet: &Sheet, columns: &[usize], room: u32) -> Vec<u32> {
    let weight = |c: &usize| {
        let kind = sheet.fields[*c].kind;
        let lengths =
            sheet.rows.iter().filter_map(|r| r.get(*c)).map(|v: &Value| v.shown(kind).chars().count());
        let usual = lengths.clone().sum::<usize>() as f64 / lengths.count().max(1) as f64;
        usual.sqrt().max(1.0)
    };
    let needs: Vec<u32> = columns.iter().map(|c| need(sheet, *c)).collect();
    let weights: Vec<f64> = columns.iter().map(weight).collect();
    let all: f64 = weights.iter().sum();
    let left = room.saturating_sub(needs.iter().sum());
    needs.iter().zip(weights).map(|(need, w)| need + (w / all * f64::from(left)) as u32).collect()
}

fn paragraph(out: &mut String, style: &str, text: &str) {
    let _ = write!(out, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
    run(out, text, "");
    out.push_str("</w:p>");
}

/// Words in one way; line ends and tabs stay.
fn run(out: &mut String, text: &str, look: &str) {
    for (i, line) in text.lines().enumerate() {
        let _ = write!(out, "<w:r>{look}");
        if i > 0 {
            out.push_str("<w:br/>");
        }
        for (j, part) in line.split('\t').enumerate() {
            if j > 0 {
                out.push_str("<w:tab/>");
            }
            let _ = write!(out, "<w:t xml:space=\"preserve\">{}</w:t>", escape(part));
        }
        out.push_str("</w:r>");
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::page::{Heading, Quote, Turn};
    use crate::sheet::Field;

    /// A page with one of each block, and words that could be taken for markup.
    fn nasty() -> Page {
        let bad = "<w:p>\u{1b}&\"'\n\u{202e}🙂\tend";
        let mut sheet = Sheet::new("t", bad);
        sheet.fields = vec![Field::text("a", bad), Field::integer("b", "n")];
        sheet.rows = vec![vec![Value::text(bad), Value::Integer(3)], vec![Value::Na, Value::Share(1, 2)]];
        sheet.notes = vec![bad.to_owned()];
        let quote = Quote {
            text: bad.to_owned(),
            by: bad.to_owned(),
            translations: vec![("en".to_owned(), bad.to_owned())],
            tags: vec![bad.to_owned()],
            ..Quote::default()
        };
        Page {
            title: bad.to_owned(),
            language: "nl".to_owned(),
            lead: vec![bad.to_owned()],
            blocks: vec![
                Block::Heading(Heading { level: 1, text: bad.to_owned(), id: None }),
                Block::Text(bad.to_owned()),
                Block::Quote(quote),
                Block::Turn(Turn {
                    speaker: bad.to_owned(),
                    text: bad.to_owned(),
                    own: true,
                    left_out: false,
                }),
                Block::Table(Box::new(Table::from(sheet))),
                Block::Facts(vec![(bad.to_owned(), bad.to_owned())]),
            ],
            ..Page::default()
        }
    }

    #[test]
    fn every_part_is_well_formed_and_the_words_are_there() {
        let bytes = page(&nasty()).unwrap_or_default();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap_or_else(|why| panic!("{why}"));
        for at in 0..archive.len() {
            let mut text = String::new();
            let mut part = archive.by_index(at).unwrap_or_else(|why| panic!("{why}"));
            assert!(part.read_to_string(&mut text).is_ok());
            let name = part.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
            let mut reader = quick_xml::Reader::from_str(&text);
            reader.config_mut().check_end_names = true;
            let mut depth = 0;
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Start(_)) => depth += 1,
                    Ok(quick_xml::events::Event::End(_)) => depth -= 1,
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(why) => panic!("{name}: {why}"),
                }
            }
            assert_eq!(depth, 0, "{name}");
            if name == "word/document.xml" {
                assert!(text.contains("&lt;w:p&gt;\u{fffd}&amp;&quot;&#39;") && text.contains('🙂'));
            }
        }
    }

    #[test]
    fn the_same_page_gives_the_same_bytes() {
        assert_eq!(page(&nasty()).ok(), page(&nasty()).ok());
    }
}
