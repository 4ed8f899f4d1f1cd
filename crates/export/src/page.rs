//! A page: what a reviewer, a participant or a colleague reads, as blocks below each other.
//!
//! Each output for people (framework matrix, quotes, report …) is a page, and each format (Markdown,
//! HTML, docx) writes pages and knows nothing of what stands in them. A table in a page is a [`Sheet`],
//! so its numbers are those of every other output.

use std::collections::BTreeMap;

use crate::sheet::Sheet;
use crate::speech::Speech;

/// One page, or a document of several.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// What it is called in files: lower-case letters, digits and `_`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Below the title: the study, the rule, what the reader holds in hands.
    pub lead: Vec<String>,
    /// The tag of the language that it speaks.
    pub language: String,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// Whether it begins with a list of its chapters.
    pub contents: Option<String>,
}

/// One block of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Text(String),
    /// What a reader must know about what stands above: smaller.
    Note(String),
    /// What somebody said.
    Quote(Quote),
    /// One turn of a conversation.
    Turn(Turn),
    /// A table.
    Table(Box<Table>),
    /// A drawing.
    Figure(Box<Figure>),
    /// Facts, each with its heading, such as the parts of a code's definition.
    Facts(Vec<(String, String)>),
    /// Lines below each other, such as the passages behind cells.
    Lines(Vec<Line>),
}

/// A heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// 1 for a chapter, 2 and 3 for what is in it.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// The name by which links find it, where there are any.
    pub id: Option<String>,
}

/// What somebody said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// Their words.
    pub text: String,
    /// The tag of the language in which they were said; empty if not told.
    pub language: String,
    /// To whom they are attributed.
    pub by: String,
    /// The same in other languages, each with its tag.
    pub translations: Vec<(String, String)>,
    /// What stands with it: codes, "example".
    pub tags: Vec<String>,
    /// The words are withheld, and `text` says why.
    pub withheld: bool,
    /// Its number among the passages of the page, by which lines lead to it; none where there are none.
    pub number: Option<usize>,
}

/// A line of words, of which some lead to passages of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The name by which links find it.
    pub id: String,
    /// What it is about.
    pub head: String,
    /// What stands in it.
    pub pieces: Vec<Piece>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words of the program.
    Words(String),
    /// Words of somebody else, as the label of a code.
    Label(String),
    /// The passage of this number.
    Passage(usize),
}

/// One turn of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Who speaks; empty where nobody is named.
    pub speaker: String,
    /// What is said.
    pub text: String,
    /// Whether this is the voice that the page is about.
    pub own: bool,
    /// It is left out, and `text` says so.
    pub left_out: bool,
}

/// A table as it looks in a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What is shown.
    pub sheet: Sheet,
    /// The same for programs, where what is shown is put together for the eye.
    pub data: Option<Sheet>,
    /// How it looks.
    pub look: Look,
    /// Where cells lead.
    pub links: Links,
}

/// Where the cells of a table lead, by row and column.
pub type Links = BTreeMap<(usize, usize), Link>;

/// Where a cell leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The name of the place.
    pub to: String,
    /// What it says to who hears it, where the cell shows signs.
    pub says: Option<String>,
}

/// How a table looks where it can be chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Rows of words and numbers.
    #[default]
    Plain,
    /// A grid of counts, the darker the more; heads stand upright.
    Heat,
    /// Numbers of this column are drawn as bars beside them, as parts of the largest or, where so
    /// many are given, of that.
    Bars(usize, Option<u32>),
    /// Few long texts in cells, which need room.
    Wordy,
}

/// A drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// What it is.
    pub title: String,
    /// The drawing: one `svg` element whose colours are classes of the page.
    pub svg: String,
    /// The same in words.
    pub alternative: String,
    /// The numbers that are drawn.
    pub data: Sheet,
    /// Where the cells of these numbers lead.
    pub links: Links,
}

impl Page {
    /// An empty page.
    pub fn new(name: &str, title: impl Into<String>, speech: &Speech) -> Self {
        Self {
            name: name.to_owned(),
            title: title.into(),
            language: speech.language.tag().to_owned(),
            ..Self::default()
        }
    }

    /// A page of one table.
    pub fn of(table: Table, speech: &Speech) -> Self {
        let mut page = Self::new(&table.sheet.name, table.sheet.title.clone(), speech);
        page.blocks.push(Block::Table(Box::new(table)));
        page
    }

    /// Adds a heading.
    pub fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.blocks.push(Block::Heading(Heading { level, text: text.into(), id: None }));
    }

    /// Adds a heading to which links lead.
    pub fn place(&mut self, level: u8, text: impl Into<String>, id: impl Into<String>) {
        self.blocks.push(Block::Heading(Heading { level, text: text.into(), id: Some(id.into()) }));
    }

    /// Adds a paragraph.
    pub fn text(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Text(text.into()));
    }

    /// Adds a note.
    pub fn note(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Note(text.into()));
    }

    /// Adds a table.
    pub fn table(&mut self, table: impl Into<Table>) {
        self.blocks.push(Block::Table(Box::new(table.into())));
    }

    /// Its tables for programs, those that are drawn included.
    pub fn sheets(&self) -> Vec<&Sheet> {
        self.blocks
            .iter()
            .filter_map(|block| match block {
                Block::Table(table) => Some(table.data.as_ref().unwrap_or(&table.sheet)),
                Block::Figure(figure) => Some(&figure.data),
                _ => None,
            })
            .collect()
    }

    /// Whether it needs a sheet of paper on its side.
    pub fn is_wide(&self) -> bool {
        self.blocks.iter().any(|b| matches!(b, Block::Table(t) if t.sheet.fields.len() > 5))
    }
}

impl Quote {
    /// Below the words, in one line: its number, whose they are, what stands with it.
    pub(crate) fn below(&self) -> String {
        let by = (!self.by.is_empty()).then(|| format!("— {}", self.by));
        let first = match (self.number, by) {
            (Some(number), Some(by)) => Some(format!("{number} {by}")),
            (Some(number), None) => Some(number.to_string()),
            (None, by) => by,
        };
        first.iter().chain(&self.tags).map(String::as_str).collect::<Vec<_>>().join(" · ")
    }
}

impl Line {
    /// What stands in it, as text.
    pub(crate) fn text(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Words(words) | Piece::Label(words) => words.clone(),
            Piece::Passage(number) => number.to_string(),
        };
        self.pieces.iter().map(piece).collect()
    }
}

impl Link {
    /// To a place.
    pub fn to(place: impl Into<String>) -> Self {
        Self { to: place.into(), says: None }
    }

    /// The same, saying so much.
    #[must_use]
    pub fn saying(mut self, what: impl Into<String>) -> Self {
        self.says = Some(what.into());
        self
    }
}

impl Table {
    /// The same table with another look.
    #[must_use]
    pub const fn looking(mut self, look: Look) -> Self {
        self.look = look;
        self
    }
}

impl From<Sheet> for Table {
    fn from(sheet: Sheet) -> Self {
        Self { sheet, ..Self::default() }
    }
}
