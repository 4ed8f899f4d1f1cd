//! The app: everything that the screen knows. Drawing reads it, updates change it, nothing else.

use std::path::PathBuf;
use std::sync::Arc;

use index::Index;
use model::act::{Act, Change};
use model::corpus::Document;
use model::id::{ActId, ThingId};
use model::name::Name;
use model::problem::Problem;

use crate::actions::Context;
use crate::content::Content;
use crate::desk::{Desk, Group};
use crate::geometry::{Geometry, Pane, Wants, docked};
use crate::layers::Layer;
use crate::options::Builtin;
use crate::reader::Reader;
use crate::strings::language::Language;
use crate::theme::Theme;

/// What is to be done outside: the shell does it and reports by an [`Outcome`].
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Append an act.
    Append {
        /// Its short word for history.
        act: &'static str,
        /// What it changes.
        changes: Vec<Change>,
    },
    /// Open a study.
    Open(PathBuf),
    /// Make a study and open it.
    New {
        /// Its folder.
        folder: PathBuf,
        /// Who codes.
        coder: String,
        /// Name of a codebook that comes with the program, or a path; empty for none.
        codebook: String,
        /// Languages of its labels, with commas between; empty for the program's own choice.
        languages: String,
        /// The study's word for a case; empty for none of its own.
        case_label: String,
    },
    /// Make the sample study in a folder and open it.
    Sample(PathBuf),
    /// Bring documents into the study.
    Import {
        /// A file or folder.
        path: PathBuf,
        /// The case that all of them are about; empty where that is not said.
        case: String,
    },
    /// Tell the study who codes.
    Introduce(String),
    /// Let the user's own editor have a text.
    EditOutside(String),
    /// Write a file beside the study's folder; never over one that is there.
    Write {
        /// The name that it should have.
        name: String,
        /// What it holds.
        bytes: Vec<u8>,
    },
    /// Write what is formed beside the screen into a file beside the study's folder; never over one that
    /// is there.
    Export {
        /// The name that it should have.
        name: String,
        /// What it is to hold.
        content: Content,
    },
    /// Draw everything anew.
    Redraw,
    /// Run a command of the command line on the study, beside the screen.
    Run(Vec<String>),
    /// Put a text where other programs can paste it from.
    Copy(String),
    /// Go to the background until the shell calls back.
    Suspend,
    /// Keep the value of a key in the configuration.
    Keep(&'static str, String),
    /// Stop the long work that is under way.
    Stop,
    /// Stop the command that runs beside the screen.
    StopCommand,
    /// Bring the index of the texts up to date.
    Index,
}

/// What came of an effect.
#[derive(Debug)]
pub enum Outcome {
    /// A study lies on the desk; what there is to say about it.
    Opened(Box<Desk>, Option<String>),
    /// Acts are in the state.
    Taken(Vec<Arc<Act>>),
    /// Everything is on disk; when.
    Saved(String),
    /// Acts are kept in memory, since they could not be written.
    NotSaved {
        /// Why.
        why: String,
        /// How many.
        waiting: usize,
    },
    /// Something could not be done, and what to do about it.
    Refused(String),
    /// It is not known who codes; the login is a proposal.
    WhoCodes(Option<String>),
    /// The user's own editor gave a text back, or could not.
    EditedOutside(Result<String, String>),
    /// A file was written; its path.
    Written(String),
    /// A command ended: what it said, and whether it went well.
    Ran(String, bool),
    /// A text was copied, or could not be.
    Copied(Result<Copied, String>),
    /// Acts of others, or of this coder on another device, came in; what there is to say about it.
    Arrived(Vec<Arc<Act>>, Option<String>),
    /// Texts and tables of the study were read anew; what came in, if that was asked for.
    Relaid(Box<Desk>, Option<String>),
    /// What is to be known about files that came in, or could not: whence, and what.
    Noted {
        /// The path that was named, with its case if one was.
        from: (PathBuf, String),
        /// What came in, in a line.
        said: String,
        /// What was found in the files.
        problems: Vec<Problem>,
    },
    /// How far long work is; nothing once it is over.
    Working(Option<Working>),
    /// The coder went blind, or sees again: what may be seen.
    Seen(Box<model::state::State>),
    /// The index of the texts is up to date.
    Indexed(Box<Index>),
    /// Something to say.
    Said(String),
}

/// By what way a text was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copied {
    /// The terminal was asked to; it does not answer.
    Terminal,
    /// By this program.
    Program(String),
    /// Into this file.
    File(PathBuf),
}

/// What long work there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// A study is opened.
    Open,
    /// Transcripts are brought in.
    Import,
    /// Texts and tables are read anew, without anybody waiting for it.
    Read,
    /// The texts are indexed.
    Index,
    /// A table or list is written to a file.
    Export,
    /// A command of the command line runs.
    Command,
}

/// How far long work is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Working {
    /// What is done.
    pub what: Work,
    /// How many documents (or lines of a file) are done.
    pub done: usize,
    /// Of how many; 0 while that is not known.
    pub of: usize,
    /// Whether it was asked to stop.
    pub stopping: bool,
}

/// Whether what was done is on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    /// Nothing was done yet.
    #[default]
    Nothing,
    /// It is, since a time.
    Saved(String),
    /// It is not.
    NotSaved {
        /// Why.
        why: String,
        /// How many acts wait.
        waiting: usize,
    },
}

/// Something that the status line says until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The words.
    pub text: String,
    /// Whether something went wrong.
    pub alarm: bool,
}

/// Everything that the screen knows.
#[derive(Debug, Default)]
pub struct App {
    /// Size of the terminal.
    pub size: (u16, u16),
    /// The time zone that times are shown in; UTC where none is told.
    pub zone: Option<jiff::tz::TimeZone>,
    /// Styles.
    pub theme: Theme,
    /// The study, once one is open.
    pub desk: Option<Desk>,
    /// Which pane has the keys.
    pub focus: Pane,
    /// The item at hand in the list of documents.
    pub list: usize,
    /// First item of that list on the screen.
    pub list_top: usize,
    /// Labels of groups that are folded.
    pub folded: Vec<String>,
    /// The code at hand in the codebook.
    pub code: usize,
    /// First code of the tree on the screen.
    pub code_top: usize,
    /// The transcript.
    pub reader: Reader,
    /// What lies over the panes, the top one last.
    pub layers: Vec<Layer>,
    /// Whether what was done is on disk.
    pub saving: Saving,
    /// What the status line says.
    pub message: Option<Message>,
    /// Codes that were applied, the newest first.
    pub recent: Vec<Name>,
    /// Whether codings of other coders are shown.
    pub others: bool,
    /// Whether the user has left.
    pub leaving: bool,
    /// Whether it was said that leaving now loses acts.
    pub warned: bool,
    /// The newest act that was there when the study was opened.
    pub began: Option<ActId>,
    /// The act from before that, of which it was said that undo reaches it now.
    pub before: Option<ActId>,
    /// Codebooks that a new study may begin with.
    pub codebooks: Vec<Builtin>,
    /// The login name, as a proposal.
    pub login: Option<String>,
    /// A coding that was just made, to be named under the cursor.
    pub newest: Option<ThingId>,
    /// What undo would undo.
    pub undo: Option<String>,
    /// A text that was handed on to be saved, until it is known that it arrived.
    pub kept: Option<Box<crate::layers::write::Write>>,
    /// What the gutter numbers.
    pub numbering: Numbering,
    /// Lists that were left for a place in the transcript, to come back to.
    pub trail: Vec<Layer>,
    /// Whether the lists that lie open are being left.
    pub left: bool,
    /// The language of the screen.
    pub language: Language,
    /// The acts of what was done last on this screen; mostly one.
    pub last: Vec<Arc<Act>>,
    /// The commands of the command line.
    pub commands: Vec<crate::options::Subcommand>,
    /// Command lines that were typed, the newest last.
    pub typed: Vec<String>,
    /// The command line that runs.
    pub running: Option<String>,
    /// The guided tour.
    pub tour: Option<crate::tour::Tour>,
    /// Long work under way.
    pub working: Option<Working>,
    /// How far the command is that runs beside the screen.
    pub beside: Option<Working>,
    /// Whether the results of a search lie below the transcript, while their list is at work.
    pub docked: bool,
    /// The index of the texts, once it was asked for.
    pub index: Option<Box<Index>>,
}

/// What the gutter beside the transcript numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbering {
    /// Turns, at their headings.
    #[default]
    Turns,
    /// Lines of the text file, where they begin.
    Lines,
    /// Nothing.
    None,
}

/// One line of the list of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A heading: place of the group.
    Group(usize),
    /// A document: place in the corpus.
    Document(usize),
}

impl App {
    /// Where everything stands.
    pub fn geometry(&self) -> Geometry {
        let (documents, codebook) = self.desk.as_ref().map_or((0, 0), Desk::widths);
        let digits = match self.numbering {
            Numbering::Turns => self.document().map_or(1, |d| d.turns.len()).max(1).ilog10() + 1,
            Numbering::Lines => self.reader.lines.len().max(1).ilog10() + 1,
            Numbering::None => 0,
        };
        let wants = Wants { documents, codebook, digits: digits as u16 };
        let dock = self.docked || self.layers.iter().any(|l| matches!(l, Layer::Search(_)));
        docked(self.size.0, self.size.1, self.focus, wants, dock)
    }

    /// The open document.
    pub fn document(&self) -> Option<&Document> {
        self.desk.as_ref().zip(self.reader.document).and_then(|(d, at)| d.document(at))
    }

    /// The contexts that hold, the nearest first.
    pub fn contexts(&self) -> Vec<Context> {
        if let Some(layer) = self.layers.last() {
            return layer.contexts();
        }
        let mut out = Vec::new();
        if self.tour.as_ref().is_some_and(|t| t.on) {
            out.push(Context::Touring);
        }
        match self.focus {
            Pane::Reader => {
                if self.reader.find.is_some() {
                    out.push(Context::Searching);
                }
                out.push(Context::Reader);
            }
            Pane::Documents => out.push(Context::Documents),
            Pane::Codebook => out.push(Context::Codebook),
        }
        out.extend([Context::Panes, Context::Always]);
        out
    }

    /// The lines of the list of documents.
    pub fn items(&self) -> Vec<Item> {
        let Some(desk) = &self.desk else { return Vec::new() };
        let mut out = Vec::new();
        let headed = desk.groups.len() > 1 || desk.groups.first().is_some_and(|g| !g.label.is_empty());
        for (i, group) in desk.groups.iter().enumerate() {
            if headed {
                out.push(Item::Group(i));
            }
            if !self.is_folded(group) {
                out.extend(group.documents.iter().map(|d| Item::Document(*d)));
            }
        }
        out
    }

    /// Whether a group is folded.
    pub fn is_folded(&self, group: &Group) -> bool {
        self.folded.contains(&group.label)
    }

    /// Says something in the status line.
    pub fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), alarm: false });
    }

    /// Says that something went wrong.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), alarm: true });
    }

    /// Rows of text on the screen.
    pub fn rows(&self) -> usize {
        usize::from(self.geometry().text.height).max(1)
    }

    /// Opens a document of the study.
    pub fn open_document(&mut self, at: usize) {
        let width = self.geometry().text.width;
        let Some(desk) = &self.desk else { return };
        let Some(document) = desk.document(at) else { return };
        self.newest = None;
        self.reader.open(at, document, width);
        self.reader.mark(desk, self.others);
        let rows = self.rows();
        self.reader.show_cursor(rows);
        if let Some(item) = self.items().iter().position(|i| *i == Item::Document(at)) {
            self.list = item;
        }
    }

    /// Brings everything that depends on the size up to date.
    pub fn settle(&mut self) {
        if self.numbering == Numbering::Lines
            && let Some(desk) = &self.desk
        {
            self.reader.number_lines(desk);
        }
        if let Some(desk) = &self.desk {
            self.theme.assign(&desk.coded.codebook);
        }
        let geometry = self.geometry();
        let rows = self.rows();
        if let (Some(desk), Some(at)) = (&self.desk, self.reader.document)
            && let Some(document) = desk.document(at)
            && self.reader.wrap(document, geometry.text.width)
        {
            self.reader.mark(desk, self.others);
            self.reader.show_cursor(rows);
        }
        let shown = |top: usize, at: usize, height: u16| {
            let height = usize::from(height.saturating_sub(2)).max(1);
            if at < top { at } else { top.max((at + 1).saturating_sub(height)) }
        };
        self.list = self.list.min(self.items().len().saturating_sub(1));
        self.list_top = shown(self.list_top, self.list, geometry.documents.map_or(0, |r| r.height));
        let tree = self.desk.as_ref().map(Desk::tree).unwrap_or_default();
        let at = tree.partition_point(|c| *c < self.code).min(tree.len().saturating_sub(1));
        self.code = tree.get(at).copied().unwrap_or_default();
        let size = self.size;
        for layer in &mut self.layers {
            if let Layer::Write(write) = layer {
                write.settle(size);
            }
        }
        self.code_top =
            shown(self.code_top, at, geometry.codebook.map_or(0, crate::view::codebook::tree_height));
    }
}
