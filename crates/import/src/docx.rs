//! A Word document: a zip archive whose main part holds the text as XML.
//!
//! Read by hand, because the ready crates lose inserted text, line breaks, tables or links. Each
//! paragraph becomes one line with a blank line behind it, so that paragraphs stay paragraphs.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::LARGEST;
use crate::error::ImportError;

/// Namespaces of the elements that are read, of both editions of the standard.
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// What a Word document holds.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Contents {
    /// Paragraphs, each with its line end and a blank line.
    pub(crate) text: String,
    /// How many of each thing are in the document and not in the text, with its name in the plural.
    pub(crate) unread: Vec<(usize, &'static str)>,
}

/// Unpacks and reads a document.
pub(crate) fn read(file: &str, bytes: &[u8]) -> Result<Contents, ImportError> {
    let bad = |why: String| ImportError::BadDocx { file: file.to_owned(), why };
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|e| bad(format!("it cannot be unpacked: {e}")))?;
    let main = main_part(file, &mut archive)?;
    let Some(xml) = part(file, &mut archive, &main)? else {
        return Err(bad(format!("its main part {main} is missing")));
    };
    // The encoding of a part is UTF-8 or, rarely, UTF-16; a mark tells.
    let xml = crate::decode::decode(file, &xml, None).map_err(|e| bad(e.to_string()))?.text;
    Body::read(&xml).map_err(|e| bad(format!("{main} is no well-formed XML: {e}")))
}

/// The name of the main part: usually `word/document.xml`, but the package says.
fn main_part(file: &str, archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<String, ImportError> {
    const USUAL: &str = "word/document.xml";
    let relations = part(file, archive, "_rels/.rels")?.unwrap_or_default();
    let relations = String::from_utf8_lossy(&relations);
    let mut reader = Reader::from_str(&relations);
    // A package whose relations cannot be read may still have its text in the usual place.
    while let Ok(event) = reader.read_event() {
        let (Event::Start(element) | Event::Empty(element)) = event else {
            if event == Event::Eof {
                break;
            }
            continue;
        };
        if attribute(&element, "Type").is_some_and(|t| t.ends_with("/officeDocument"))
            && let Some(target) = attribute(&element, "Target")
        {
            return Ok(target.trim_start_matches('/').to_owned());
        }
    }
    Ok(USUAL.to_owned())
}

/// One part of the archive, unpacked; `None` if there is none of that name. The declared size is
/// not believed: no more than the limit is ever unpacked.
fn part(
    file: &str,
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
) -> Result<Option<Vec<u8>>, ImportError> {
    let bad = |why: String| ImportError::BadDocx { file: file.to_owned(), why };
    let large = || ImportError::TooLarge {
        file: file.to_owned(),
        why: format!("{name} in it unpacks to more than {} MB", LARGEST / 1_000_000),
    };
    let mut entry = match archive.by_name(name) {
        Ok(entry) => entry,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(e) => return Err(bad(format!("{name} cannot be unpacked: {e}"))),
    };
    if entry.size() > LARGEST as u64 {
        return Err(large());
    }
    let mut bytes = Vec::new();
    entry
        .by_ref()
        .take(LARGEST as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| bad(format!("{name} cannot be unpacked: {e}")))?;
    if bytes.len() > LARGEST { Err(large()) } else { Ok(Some(bytes)) }
}

/// The value of an attribute by its name with prefix, if it is well formed.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.attributes().flatten().find(|a| a.key.as_ref() == name)?;
    attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// The text of a main part while it is read.
#[derive(Default)]
struct Body {
    out: String,
    /// Paragraphs begun and not ended: a text box lies inside the paragraph that anchors it.
    open: Vec<Paragraph>,
    /// Finished paragraphs of text boxes, which follow the paragraph that anchors them.
    boxes: Vec<String>,
    /// Elements since the one whose content is left out, itself included; 0 outside.
    skipped: usize,
    /// Whether the element being read holds text.
    in_text: bool,
    footnotes: usize,
    endnotes: usize,
    comments: usize,
    inserts: usize,
}

/// One paragraph while it is read.
#[derive(Default)]
struct Paragraph {
    text: String,
    /// Whether its end was deleted with tracked changes, so that the next one continues it.
    joined: bool,
}

/// Properties are skipped, but whether the paragraph's mark is deleted matters.
const PROPERTIES: &str = "pPr";

impl Body {
    fn read(xml: &str) -> Result<Contents, quick_xml::Error> {
        let mut reader = Reader::from_str(xml);
        let mut prefix = String::from("w");
        let mut body = Self::default();
        let mut root = true;
        // Inside the properties of a paragraph.
        let mut in_properties = false;
        loop {
            match reader.read_event()? {
                Event::Start(element) => {
                    if root {
                        root = false;
                        prefix = word_prefix(&element).unwrap_or(prefix);
                    }
                    let name = local(element.name().into_inner(), &prefix);
                    if body.skipped > 0 {
                        body.skipped += 1;
                        body.mark_deleted(name, in_properties);
                    } else {
                        in_properties = name == Some(PROPERTIES);
                        body.start(name, element.local_name().into_inner());
                    }
                }
                Event::Empty(element) => {
                    let name = local(element.name().into_inner(), &prefix);
                    if body.skipped > 0 {
                        body.mark_deleted(name, in_properties);
                    } else {
                        body.empty(name);
                    }
                }
                Event::End(element) => {
                    if body.skipped > 0 {
                        body.skipped -= 1;
                        in_properties &= body.skipped > 0;
                    } else {
                        body.end(local(element.name().into_inner(), &prefix));
                    }
                }
                Event::Text(text) if body.takes() => body.push(&text),
                Event::CData(text) if body.takes() => body.push(&text),
                Event::GeneralRef(entity) if body.takes() => {
                    let known = resolve_xml_entity(&entity);
                    if let Some(known) = known {
                        body.push(known);
                    } else if let Ok(Some(c)) = entity.resolve_char_ref() {
                        body.push(c.encode_utf8(&mut [0; 4]));
                    } else {
                        body.push(&format!("&{};", &*entity));
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(body.finish())
    }

    /// Begins an element whose content counts.
    fn start(&mut self, name: Option<&str>, local: &str) {
        match name {
            Some("p") => {
                let continues = self.open.last().is_some_and(|p| p.joined);
                if continues {
                    if let Some(paragraph) = self.open.last_mut() {
                        paragraph.joined = false;
                    }
                } else {
                    self.open.push(Paragraph::default());
                }
            }
            Some("t") => self.in_text = true,
            // Deleted or moved away, field codes, properties (their tabs are stops), ruby readings.
            Some(
                "del" | "moveFrom" | "delText" | "instrText" | "delInstrText" | "rPr" | "rt" | "sectPr"
                | "tblPr" | PROPERTIES,
            ) => self.skipped = 1,
            // The same text box again, for old programs.
            None if local == "Fallback" => self.skipped = 1,
            _ => self.empty(name),
        }
    }

    /// An element that stands for a character or for something that is not read.
    fn empty(&mut self, name: Option<&str>) {
        match name {
            Some("tab" | "ptab") => self.push("\t"),
            Some("br" | "cr") => self.line_break(),
            Some("noBreakHyphen") => self.push("\u{2011}"),
            Some("softHyphen") => self.push("\u{ad}"),
            // An empty paragraph.
            Some("p") => {
                self.start(name, "p");
                self.end(name);
            }
            Some("footnoteReference") => self.footnotes += 1,
            Some("endnoteReference") => self.endnotes += 1,
            Some("commentReference") => self.comments += 1,
            Some("altChunk") => self.inserts += 1,
            _ => {}
        }
    }

    /// Ends an element whose content counted.
    fn end(&mut self, name: Option<&str>) {
        match name {
            Some("t") => self.in_text = false,
            Some("p") if self.open.last().is_some_and(|p| !p.joined) => {
                let Some(paragraph) = self.open.pop() else { return };
                if self.open.iter().any(|p| !p.joined) {
                    self.boxes.push(paragraph.text);
                } else {
                    self.put(&paragraph.text);
                    for text in std::mem::take(&mut self.boxes) {
                        self.put(&text);
                    }
                }
            }
            _ => {}
        }
    }

    /// Notes a deleted paragraph mark among the properties that are skipped.
    fn mark_deleted(&mut self, name: Option<&str>, in_properties: bool) {
        if in_properties
            && name == Some("del")
            && let Some(paragraph) = self.open.last_mut()
        {
            paragraph.joined = true;
        }
    }

    /// Whether text at this place belongs to the document.
    fn takes(&self) -> bool {
        self.in_text && self.skipped == 0
    }

    /// Adds characters to the paragraph; line ends in the XML are white space, not line ends.
    fn push(&mut self, text: &str) {
        let Some(paragraph) = self.open.last_mut() else { return };
        if text.contains(['\n', '\r']) {
            paragraph.text.push_str(&text.replace("\r\n", " ").replace(['\n', '\r'], " "));
        } else {
            paragraph.text.push_str(text);
        }
    }

    fn line_break(&mut self) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push('\n');
        }
    }

    /// Writes one finished paragraph; empty ones leave the blank line that is there already.
    fn put(&mut self, text: &str) {
        let text = text.trim_end();
        if !text.is_empty() {
            self.out.push_str(text);
            self.out.push_str("\n\n");
        }
    }

    fn finish(mut self) -> Contents {
        for paragraph in std::mem::take(&mut self.open) {
            self.put(&paragraph.text);
        }
        let unread = [
            (self.footnotes, "footnotes"),
            (self.endnotes, "endnotes"),
            (self.comments, "comments"),
            (self.inserts, "inserted documents"),
        ];
        Contents { text: self.out, unread: unread.into_iter().filter(|(n, _)| *n > 0).collect() }
    }
}

/// The prefix that the root element binds to the namespace of Word's elements.
fn word_prefix(root: &BytesStart<'_>) -> Option<String> {
    root.attributes().flatten().find_map(|a| {
        let prefix = a.key.as_ref().strip_prefix("xmlns:")?;
        NAMESPACES.contains(&&*a.value).then(|| prefix.to_owned())
    })
}

/// The name of an element of Word's namespace without its prefix.
fn local<'n>(name: &'n str, prefix: &str) -> Option<&'n str> {
    name.strip_prefix(prefix)?.strip_prefix(':')
}
