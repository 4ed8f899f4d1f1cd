//! The bytes of one transcript file become canonical text, turns and problems.
//!
//! No file is opened here and nothing is printed: the caller brings the bytes and the name.

mod decode;
mod docx;
mod error;
mod format;
mod front_matter;
mod label;
mod layout;
mod opening;
mod role;
mod timemark;
mod turns;

use decode::Certainty;
use front_matter::FrontMatter;
use model::problem::Problem;
use model::text::Text;
use model::turn::{Role, Turn};

pub use error::ImportError;
pub use format::{Format, is_transcript, is_unread_transcript};
pub use layout::Layout;
pub use turns::TELL_ROLES;

/// The most bytes of text in one file, unpacked. A transcript of a day's talk has about one.
const LARGEST: usize = 200_000_000;

/// What the researcher tells about a file before it is read; nothing needs to be told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How speakers are marked; found from the text when not told.
    pub layout: Option<Layout>,
    /// Language tag such as `nl`; guides the guess of a legacy encoding.
    pub language: Option<String>,
}

/// One transcript as it was read.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The canonical text.
    pub text: Text,
    /// Its turns in order, in code points of the text; they never overlap.
    pub turns: Vec<Turn>,
    /// The layout by which the turns were found.
    pub layout: Layout,
    /// The encoding that was read, such as `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
    /// The kind of file.
    pub format: Format,
    /// Front matter: key and value, in the order of the file; lists joined by `"; "`.
    pub attributes: Vec<(String, String)>,
    /// Labels in order of first appearance, with the role that the label says.
    pub roles: Vec<(String, Role)>,
    /// What the researcher should know about the reading, by line. Lines count from 1 in the file;
    /// in a Word document, which has none, in the canonical text.
    pub problems: Vec<Problem>,
}

/// Reads one transcript. `file_name` tells the format by its extension and names the file in
/// problems and errors.
///
/// # Errors
/// When the bytes give no text at all; see [`ImportError`].
pub fn read(file_name: &str, bytes: &[u8], options: &Options) -> Result<Imported, ImportError> {
    let format = format::of(file_name, bytes)?;
    let mut problems = Vec::new();
    let mut attributes = Vec::new();
    let mut lines_above = 0;
    let (text, encoding) = if format == Format::Docx {
        let contents = docx::read(file_name, bytes)?;
        for (count, what) in contents.unread {
            problems.push(Problem::warning(file_name, format!("{what} ({count}) are not read")));
        }
        (Text::new(contents.text), "UTF-8")
    } else {
        if bytes.len() > LARGEST {
            let why = format!("it has more than {} MB", LARGEST / 1_000_000);
            return Err(ImportError::TooLarge { file: file_name.to_owned(), why });
        }
        let decoded = decode::decode(file_name, bytes, options.language.as_deref())?;
        if format::seems_binary(&decoded.text) {
            let seems = "a program's own data".to_owned();
            return Err(ImportError::Binary { file: file_name.to_owned(), seems });
        }
        problems.extend(certainty(&decoded, file_name));
        match front_matter::read(&decoded.text) {
            FrontMatter::Absent => (Text::new(decoded.text), decoded.encoding),
            FrontMatter::Read { attributes: read, rest, lines } => {
                attributes = read;
                lines_above = lines;
                (Text::new(rest.to_owned()), decoded.encoding)
            }
            FrontMatter::Broken { line, why } => {
                problems.push(
                    Problem::warning(
                        file_name,
                        format!("the attributes at the top were left in the text: {why}"),
                    )
                    .at(line)
                    .hint("write \"key: value\" on each line between two lines \"---\""),
                );
                (Text::new(decoded.text), decoded.encoding)
            }
        }
    };
    if text.is_empty() {
        return Err(ImportError::Empty { file: file_name.to_owned() });
    }
    let (layout, turns, mut found) = turns(&text, options.layout);
    found.extend(hidden_direction(&text));
    problems.extend(found.into_iter().map(|mut problem| {
        file_name.clone_into(&mut problem.file);
        problem.line = problem.line.map(|line| line + lines_above);
        problem
    }));
    let roles = turns::roles(&turns);
    Ok(Imported { text, turns, layout, encoding, format, attributes, roles, problems })
}

/// Finds the turns of a text that is in the study already; `None` lets the text decide the layout.
/// The problems name no file; their lines are those of the text.
pub fn turns(text: &Text, layout: Option<Layout>) -> (Layout, Vec<Turn>, Vec<Problem>) {
    turns::of(text, layout)
}

/// What should be known about an encoding that was not certain.
fn certainty(decoded: &decode::Decoded, file: &str) -> Option<Problem> {
    let line_of =
        |at: usize| decoded.text.as_bytes().iter().take(at).filter(|&&b| b == b'\n').count() as u64 + 1;
    match decoded.certainty {
        Certainty::Sure => None,
        Certainty::Guessed => {
            let odd = decoded.text.split_whitespace().find(|word| !word.is_ascii()).unwrap_or_default();
            let what = format!("the encoding was guessed as {}, which gives \"{odd}\"", decoded.encoding);
            let at = decoded.text.find(odd).unwrap_or_default();
            Some(
                Problem::note(file, what)
                    .at(line_of(at))
                    .hint("if letters look wrong, save the file as UTF-8"),
            )
        }
        Certainty::Damaged => {
            let count = decoded.text.matches(char::REPLACEMENT_CHARACTER).count();
            let at = decoded.text.find(char::REPLACEMENT_CHARACTER).unwrap_or_default();
            let what = format!("{count} places are no valid UTF-8 and became \u{fffd}");
            Some(
                Problem::warning(file, what)
                    .at(line_of(at))
                    .hint("mend them in an editor before coding the text"),
            )
        }
    }
}

/// A warning when characters that turn the direction of writing are in the text: they can make it
/// look other than it is.
fn hidden_direction(text: &Text) -> Option<Problem> {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    // All of them begin with this byte; most texts are through after one search.
    if !text.as_str().as_bytes().contains(&0xE2) {
        return None;
    }
    let at = text.as_str().find(turns)?;
    let count = text.as_str().matches(turns).count();
    let line = text.as_str().bytes().take(at).filter(|&b| b == b'\n').count() as u64 + 1;
    let what = format!("{count} hidden characters change the direction of writing and stay in the text");
    Some(Problem::warning("", what).at(line).hint("remove them in an editor unless the text needs them"))
}
