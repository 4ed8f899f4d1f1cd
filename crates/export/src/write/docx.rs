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
            let mut about = quote.tags.clone();
            if !quote.by.is_empty() {
                about.insert(0, format!("— {}", quote.by));
            }
            if !about.is_empty() {
                paragraph(out, "Source", &about.join(" · "));
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
    }
}

fn table(out: &mut String, table: &Table, room: u32) {
    let sheet = &table.sheet;
    paragraph(out, "Caption", &sheet.title);
    if !sheet.facts.is_empty() {
        let facts: Vec<String> = sheet.facts.iter().map(|f| format!("{}: {}", f.label, f.value)).collect();
        paragraph(out, "Note", &facts.join(" · "));
    }
    let widths = widths(sheet, room);
    out.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for width in &widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (field, width) in sheet.fields.iter().zip(&widths) {
        cell(out, *width, "Head", field.kind != Kind::Text, &field.label);
    }
    out.push_str("</w:tr>");
    for row in sheet.rows.iter().chain(&sheet.totals) {
        out.push_str("<w:tr>");
        for ((value, field), width) in row.iter().zip(&sheet.fields).zip(&widths) {
            cell(out, *width, "Cell", field.kind != Kind::Text, &value.shown(field.kind));
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    for note in &sheet.notes {
        paragraph(out, "Note", note);
    }
    paragraph(out, "Normal", "");
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

/// Widths of columns: more for those that hold more words, together all the room there is.
fn widths(sheet: &Sheet, room: u32) -> Vec<u32> {
    let weight = |c: usize| {
        let head = sheet.fields[c].label.split_whitespace().map(|w| w.chars().count()).max().unwrap_or(1);
        let kind = sheet.fields[c].kind;
        let cells = sheet.rows.iter().filter_map(|r| r.get(c)).map(|v: &Value| v.shown(kind).chars().count());
        let (mut most, mut all, mut n) = (0, 0, 0);
        for length in cells {
            most = most.max(length);
            all += length;
            n += 1;
        }
        let usual = if n == 0 { 0.0 } else { all as f64 / f64::from(n) };
        // Between the root of what is longest and what is usual: long texts wrap, short ones do not.
        (head as f64).max((most as f64).sqrt() * 2.0).max(usual.sqrt() * 2.5).clamp(4.0, 60.0)
    };
    let weights: Vec<f64> = (0..sheet.fields.len()).map(weight).collect();
    let all: f64 = weights.iter().sum();
    weights.iter().map(|w| (w / all * f64::from(room)) as u32).collect()
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
