//! Word documents, packed in the test.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{Cursor, Write};

use verbatim_import::{Format, ImportError, Imported, Layout, Options, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn pack(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A document with a body, in which `w` is Word's prefix.
fn document(body: &str) -> Vec<u8> {
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <w:document xmlns:w=\"{W}\" xmlns:mc=\"urn:mc\" xmlns:m=\"urn:m\"><w:body>{body}</w:body></w:document>"
    );
    pack(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.as_bytes())])
}

fn import(bytes: &[u8]) -> Result<Imported, ImportError> {
    read("a.docx", bytes, &Options::default())
}

fn text(body: &str) -> String {
    import(&document(body)).unwrap().text.as_str().to_owned()
}

fn paragraph(runs: &str) -> String {
    format!("<w:p><w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"9\"/></w:tabs></w:pPr>{runs}</w:p>")
}

fn run(text: &str) -> String {
    format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

#[test]
fn paragraphs_become_lines_and_turns() {
    let body = paragraph(&(run("I:") + &run(" Hoe gaat het?"))) + "<w:p/>" + &paragraph(&run("R: Goed."));
    let imported = import(&document(&body)).unwrap();
    assert_eq!(imported.text.as_str(), "I: Hoe gaat het?\n\nR: Goed.\n");
    assert_eq!(
        (imported.layout, imported.turns.len(), imported.format),
        (Layout::NameColon, 2, Format::Docx)
    );
    assert!(imported.problems.is_empty(), "{:?}", imported.problems);
}

#[test]
fn no_entity_is_lost() {
    let body = paragraph(&run("R&amp;D &lt;5&gt; &quot;ja&quot; &apos;nee&apos; &#233;&#x1F600; A&amp;B"));
    assert_eq!(text(&body), "R&D <5> \"ja\" 'nee' é😀 A&B\n");
    let cdata = paragraph("<w:r><w:t><![CDATA[a & b]]></w:t></w:r>");
    assert_eq!(text(&cdata), "a & b\n");
}

#[test]
fn breaks_tabs_and_hyphens_are_characters() {
    let body = paragraph(
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:noBreakHyphen/><w:t>e</w:t>\
         <w:softHyphen/><w:t>f</w:t></w:r>",
    );
    assert_eq!(text(&body), "a\tb\nc\nd\u{2011}e\u{ad}f\n");
}

#[test]
fn inserted_text_stays_and_deleted_text_goes() {
    let body = paragraph(
        "<w:r><w:t>een </w:t></w:r><w:ins w:id=\"1\"><w:r><w:t>twee</w:t></w:r></w:ins>\
         <w:del w:id=\"2\"><w:r><w:delText>drie</w:delText><w:tab/></w:r></w:del>\
         <w:moveFrom w:id=\"3\"><w:r><w:t>vier</w:t></w:r></w:moveFrom>\
         <w:hyperlink><w:r><w:t> link</w:t></w:r></w:hyperlink>\
         <w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r>\
         <w:sdt><w:sdtContent><w:r><w:t> veld</w:t></w:r></w:sdtContent></w:sdt>",
    );
    assert_eq!(text(&body), "een twee link veld\n");
    let joined =
        "<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t>een </w:t></w:r></w:p>".to_owned();
    assert_eq!(text(&(joined + &paragraph(&run("twee")) + &paragraph(&run("drie")))), "een twee\n\ndrie\n");
}

#[test]
fn a_table_is_read_cell_by_cell() {
    let row = |a: &str, b: &str| {
        format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", paragraph(&run(a)), paragraph(&run(b)))
    };
    let body = format!(
        "<w:tbl><w:tblPr/>{}{}</w:tbl>",
        row("Interviewer", "Hoe gaat het?"),
        row("Respondent", "Goed.")
    );
    let imported = import(&document(&body)).unwrap();
    assert_eq!(imported.text.as_str(), "Interviewer\n\nHoe gaat het?\n\nRespondent\n\nGoed.\n");
    assert_eq!((imported.layout, imported.turns.len()), (Layout::LabelLine, 2));
}

#[test]
fn a_text_box_is_read_once_behind_its_paragraph() {
    let inner = format!("<w:txbxContent>{}</w:txbxContent>", paragraph(&run("kader")));
    let body = paragraph(&format!(
        "{}<w:r><mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>\
         </mc:AlternateContent></w:r>{}",
        run("voor "),
        run("na")
    ));
    assert_eq!(text(&body), "voor na\n\nkader\n");
}

#[test]
fn what_is_not_read_is_told() {
    let body = paragraph(
        &(run("I: Ja.")
            + "<w:r><w:footnoteReference w:id=\"1\"/></w:r><w:r><w:commentReference w:id=\"0\"/></w:r>"),
    ) + &paragraph(&run("R: Nee."));
    let imported = import(&document(&body)).unwrap();
    let told: Vec<&str> = imported.problems.iter().map(|p| p.what.as_str()).collect();
    assert_eq!(told, ["footnotes (1) are not read", "comments (1) are not read"]);
}

#[test]
fn another_prefix_and_another_main_part_are_found() {
    let xml = format!(
        "<x:document xmlns:x=\"{W}\"><x:body><x:p><x:r><x:t>I: Ja.</x:t></x:r></x:p></x:body></x:document>"
    );
    let relations = b"<Relationships><Relationship Id=\"r\" Type=\"http://x/officeDocument\" Target=\"/word/document2.xml\"/></Relationships>";
    let bytes = pack(&[("_rels/.rels", relations), ("word/document2.xml", xml.as_bytes())]);
    assert_eq!(import(&bytes).unwrap().text.as_str(), "I: Ja.\n");
    // Renamed, it is still a Word document.
    assert_eq!(read("a.txt", &bytes, &Options::default()).unwrap().format, Format::Docx);
}

#[test]
fn damage_is_an_error_that_says_where() {
    let whole = document(&paragraph(&run("I: Ja.")));
    let bad = |bytes: &[u8]| match import(bytes) {
        Err(ImportError::BadDocx { why, .. }) => why,
        other => panic!("{other:?}"),
    };
    assert!(bad(&whole[..whole.len() / 2]).contains("unpacked"));
    assert!(bad(b"I: gewoon tekst\n").contains("zip"));
    assert!(bad(&pack(&[("word/styles.xml", b"<a/>")])).contains("word/document.xml"));
    assert!(bad(&pack(&[("word/document.xml", b"<w:document><w:p></w:body>")])).contains("XML"));
    // Every byte wrong in turn: never a panic.
    for at in 0..whole.len() {
        let mut broken = whole.clone();
        broken[at] ^= 0xFF;
        drop(import(&broken));
    }
    assert!(matches!(import(&document("<w:p/>")), Err(ImportError::Empty { .. })));
}

#[test]
fn a_bomb_is_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 10_000_000];
    for _ in 0..21 {
        zip.write_all(&zeros).unwrap();
    }
    let mut bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1_000_000);
    assert!(matches!(import(&bytes), Err(ImportError::TooLarge { .. })));
    // A declared size that lies does not help: the directory's size field says 10 bytes.
    let declared = 210_000_000_u32.to_le_bytes();
    while let Some(at) = bytes.windows(4).position(|w| w == declared) {
        bytes[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    assert!(import(&bytes).is_err());
}
