//! A format: what kind of file this is, by its first bytes and its extension.
//!
//! The bytes outrank the extension: a Word document that somebody renamed is still one, and a
//! picture named `.txt` is no transcript.

use crate::error::ImportError;

/// What kind of file a text came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Txt,
    /// Markdown, kept as it is.
    Md,
    /// A Word document.
    Docx,
}

impl Format {
    /// The word in `corpus/ID.json`, which is also the extension.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Txt => "txt",
            Self::Md => "md",
            Self::Docx => "docx",
        }
    }
}

/// Extensions of formats that transcripts come in and that are not read yet, with their names.
const NOT_YET: [(&str, &str); 16] = [
    ("doc", "an old Word document (.doc)"),
    ("dot", "an old Word document (.dot)"),
    ("rtf", "a rich text file (.rtf)"),
    ("odt", "an OpenDocument text (.odt)"),
    ("pdf", "a PDF document (.pdf)"),
    ("vtt", "a file of WebVTT captions (.vtt)"),
    ("srt", "a file of SubRip captions (.srt)"),
    ("sbv", "a file of YouTube captions (.sbv)"),
    ("lrc", "a file of LRC captions (.lrc)"),
    ("html", "a web page (.html)"),
    ("htm", "a web page (.htm)"),
    ("json", "a JSON file (.json)"),
    ("csv", "a table (.csv)"),
    ("tsv", "a table (.tsv)"),
    ("xlsx", "an Excel workbook (.xlsx)"),
    ("pages", "a Pages document (.pages)"),
];

/// First bytes of files that hold no text, with what they seem to be.
const SIGNATURES: [(&[u8], &str); 27] = [
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BM\x00", "a bitmap image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"%PDF-", "a PDF document"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xFD7zXZ\0", "an xz archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"ID3", "an MP3 recording"),
    (b"\xFF\xFB", "an MP3 recording"),
    (b"\xFF\xF3", "an MP3 recording"),
    (b"RIFF", "a WAV recording or AVI film"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"#!AMR", "an AMR recording"),
    (b"\x1A\x45\xDF\xA3", "a Matroska or WebM film"),
    (b"\x30\x26\xB2\x75\x8E\x66\xCF\x11", "a WMA recording or WMV film"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"\xFF\xFE\0\0", "text in UTF-32"),
    (b"\0\0\xFE\xFF", "text in UTF-32"),
    (b"\xCA\xFE\xBA\xBE", "a program"),
];

/// Magic number of OLE compound files: old Office documents and encrypted new ones.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0";

/// The extension of a file name in lower case; empty without one.
fn extension(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default()
}

/// Whether a file name is one that [`crate::read`] takes for a transcript: `.txt`, `.md`,
/// `.markdown` or `.docx` in any case, but no README or LICENSE and no hidden or lock file.
pub fn is_transcript(file_name: &str) -> bool {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let known = ["txt", "md", "markdown", "docx"].iter().any(|e| extension.eq_ignore_ascii_case(e));
    let about = ["readme", "license", "licence"].iter().any(|s| stem.eq_ignore_ascii_case(s));
    known && !about && !stem.is_empty() && !name.starts_with('.') && !name.starts_with("~$")
}

/// Extensions of files that mostly hold a text to read, which no program but their own can tell apart
/// from its layout. A folder of interviews holds web pages, tables and pictures too; these are no loss.
const TEXTS: [&str; 13] =
    ["doc", "dot", "docm", "rtf", "odt", "ott", "pdf", "pages", "wpd", "vtt", "srt", "sbv", "lrc"];

/// Whether a file name is that of a transcript of a kind that [`crate::read`] does not read, such as
/// `.pdf`; README, LICENSE, hidden and lock files are none.
pub fn is_unread_transcript(file_name: &str) -> bool {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kind = extension(name);
    let Some((stem, _)) = name.rsplit_once('.').filter(|_| TEXTS.contains(&kind.as_str())) else {
        return false;
    };
    is_transcript(&format!("{stem}.txt"))
}

/// Decides the format of a file, or what keeps it from being read.
pub(crate) fn of(file_name: &str, bytes: &[u8]) -> Result<Format, ImportError> {
    let file = || file_name.to_owned();
    let unknown = |format: &str| Err(ImportError::UnknownFormat { file: file(), format: format.to_owned() });
    let binary = |seems: &str| Err(ImportError::Binary { file: file(), seems: seems.to_owned() });
    if bytes.is_empty() {
        return Err(ImportError::Empty { file: file() });
    }
    let extension = extension(file_name);
    if bytes.starts_with(OLE) {
        // The names of an OLE file's streams are UTF-16.
        let has = |name: &str| {
            let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            bytes.windows(wide.len()).any(|w| w == wide)
        };
        let new = extension == "docx" && !has("WordDocument") || has("EncryptedPackage");
        return if new {
            Err(ImportError::Encrypted { file: file() })
        } else {
            unknown("an old Word document (.doc)")
        };
    }
    if let Some((_, name)) = NOT_YET.iter().find(|(e, _)| *e == extension) {
        return unknown(name);
    }
    if bytes.starts_with(b"{\\rtf") {
        return unknown("a rich text file (.rtf)");
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip(&extension, bytes).map_or_else(binary, Ok);
    }
    if extension == "docx" {
        return Err(ImportError::BadDocx {
            file: file(),
            why: "it is no zip archive, as Word documents are".to_owned(),
        });
    }
    if let Some((_, seems)) = SIGNATURES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return binary(seems);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return binary("an MP4 or M4A recording");
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if text.starts_with(b"WEBVTT") && text.get(6).is_none_or(u8::is_ascii_whitespace) {
        return unknown("a file of WebVTT captions (.vtt)");
    }
    match extension.as_str() {
        "txt" | "text" | "" => Ok(Format::Txt),
        "md" | "markdown" => Ok(Format::Md),
        other => unknown(&format!("a .{other} file")),
    }
}

/// What kind of zip archive this is: a Word document by its parts, or else what it seems to be.
fn zip(extension: &str, bytes: &[u8]) -> Result<Format, &'static str> {
    let has = |name: &[u8]| bytes.windows(name.len()).any(|w| w == name);
    if extension == "docx" || has(b"word/document") {
        Ok(Format::Docx)
    } else if has(b"opendocument.text") {
        Err("an OpenDocument text")
    } else if has(b"xl/workbook") {
        Err("an Excel workbook")
    } else if has(b"ppt/presentation") {
        Err("a PowerPoint presentation")
    } else {
        Err("a zip archive that holds no Word document")
    }
}

/// What decoded text gives away as no text: many control characters. A stray one is dropped later.
pub(crate) fn seems_binary(text: &str) -> bool {
    let (mut controls, mut total) = (0_usize, 0_usize);
    for b in text.bytes().take(1 << 20) {
        total += 1;
        controls +=
            usize::from(b < 0x20 && !matches!(b, b'\n' | b'\r' | b'\t' | 0x0B | 0x0C | 0x1B | 0x1E | 0x1F));
    }
    controls > 2 && controls * 100 > total
}
