//! An act: one thing that a coder did, one line of a journal, the unit of writing, undo and merging.
//!
//! An act holds changes; what the changes make together is in [`crate::state`]. The field names here
//! are the file format.

use std::collections::BTreeMap;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use smallvec::SmallVec;

use crate::anchor::Anchor;
use crate::id::{ActId, ThingId};
use crate::name::Name;
use crate::text::TextHash;

mod change;

pub use change::{Change, Other};

/// The format version that this program writes and understands.
pub const FORMAT: u32 = 1;

/// The changes of an act.
pub type Changes = SmallVec<[Change; 1]>;

/// One line of a journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Act {
    /// Format version.
    pub v: u32,
    /// Its id; order of ids is order of acts.
    pub id: ActId,
    /// Number of the line within its file, from 1.
    pub n: u64,
    /// When, in RFC 3339, for people; never for order.
    pub at: CompactString,
    /// Whose reading it is.
    pub coder: Name,
    /// Who entered it, when that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Name>,
    /// What was done, as a short word for history and undo (code, done, undo, import …); no part of
    /// the state.
    #[serde(default = "no_verb")]
    pub act: Name,
    /// The changes, in order; most acts have one.
    pub changes: Changes,
}

fn no_verb() -> Name {
    Name::new("act")
}

/// Qualifiers of a coding: qualifier id → value id.
pub type Qualifiers = BTreeMap<Name, Name>;

/// `coding-added`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodingAdded {
    /// Where it stands.
    pub anchor: Anchor,
    /// The code it was made with.
    pub code: Name,
    /// The case set on it, when not its speaker's or document's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<Name>,
    /// Its qualifiers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub qualifiers: Qualifiers,
    /// Its weight, in the researcher's own unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// A remark about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Short hash of the definition, include and exclude that it was made under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<Name>,
    /// The rule that proposed it (a saved search with a code).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<ThingId>,
}

/// `coding-changed`: every field that is present replaces the coding's; `null` clears it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodingChanged {
    /// The coding.
    pub coding: ThingId,
    /// New place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
    /// New code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Name>,
    /// New case, or none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub case: Option<Option<Name>>,
    /// New qualifiers, all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualifiers: Option<Qualifiers>,
    /// New weight, or none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub weight: Option<Option<f64>>,
    /// New note, or none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub note: Option<Option<String>>,
    /// Short hash of the definition in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<Name>,
}

impl CodingChanged {
    /// A change of nothing yet.
    pub const fn of(coding: ThingId) -> Self {
        Self {
            coding,
            anchor: None,
            code: None,
            case: None,
            qualifiers: None,
            weight: None,
            note: None,
            definition: None,
        }
    }
}

/// Tells a field that is `null` from one that is absent.
#[expect(clippy::option_option, reason = "absent, null and a value are three things in the file format")]
pub(crate) fn present<'de, D, T>(d: D) -> Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::<T>::deserialize(d).map(Some)
}

/// `document-added`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentAdded {
    /// Its id.
    pub document: Name,
    /// Hash of its canonical text.
    pub text: TextHash,
    /// Name of the file that it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// One replacement: `[start, end, removed, inserted]`, in code points of the text before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit(pub u32, pub u32, pub String, pub String);

/// `text-revised`: edits in order, not overlapping, in code points of `from`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextRevised {
    /// The document.
    pub document: Name,
    /// Hash of the text before.
    pub from: TextHash,
    /// Hash of the text after.
    pub to: TextHash,
    /// What was replaced by what.
    pub edits: Vec<Edit>,
}

/// What a memo is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// The study as a whole.
    #[default]
    Study,
    /// A document.
    Document(Name),
    /// A case.
    Case(Name),
    /// A code.
    Code(Name),
    /// A coding.
    Coding(ThingId),
    /// A stretch of text.
    Passage(Anchor),
}

/// `memo-written`: a new memo, or a new wording of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemoWritten {
    /// The memo that is written anew; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo: Option<ThingId>,
    /// What it is about.
    pub on: Subject,
    /// Its title.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// analytic, decision, reflexive or case.
    #[serde(rename = "type", default = "analytic")]
    pub kind: Name,
    /// The memo itself.
    pub body: String,
    /// Tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Links to other things, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
}

fn analytic() -> Name {
    Name::new("analytic")
}

/// `summary-written`: what a case says about a code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SummaryWritten {
    /// The case.
    pub case: Name,
    /// The code.
    pub code: Name,
    /// The summary.
    pub body: String,
    /// Codings that it sums up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codings: Vec<ThingId>,
}

/// `translation-written`: a coding's quote in another language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TranslationWritten {
    /// The coding.
    pub coding: ThingId,
    /// Language tag of the translation.
    pub language: Name,
    /// The translation.
    pub body: String,
}

/// `done`: the document was read to the end for these codes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Done {
    /// The document.
    pub document: Name,
    /// Hash of the text that was read.
    pub text: TextHash,
    /// The fixed codes of that moment.
    pub codes: Vec<Name>,
}

/// `not-asked` and `asked`: codes that an interview's questions did not reach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotAsked {
    /// The case, or
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<Name>,
    /// the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Name>,
    /// The codes.
    pub codes: Vec<Name>,
}

/// `code-added`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeAdded {
    /// Its id.
    pub code: Name,
    /// The codebook it is in.
    pub codebook: Name,
    /// The code above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Name>,
    /// Its place among its siblings; lower comes first.
    #[serde(default)]
    pub order: f64,
    /// All its other fields, as in a codebook file.
    #[serde(default)]
    pub fields: Map<String, Value>,
}

/// `code-changed`: fields that are present replace the code's; `null` removes one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeChanged {
    /// The code.
    pub code: Name,
    /// New values.
    pub fields: Map<String, Value>,
    /// What a new definition means for codings made before: wording, narrower, broader or both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Name>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `code-moved`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeMoved {
    /// The code.
    pub code: Name,
    /// The code above it from now on; none for the top.
    #[serde(default)]
    pub parent: Option<Name>,
    /// Its place among its siblings.
    #[serde(default)]
    pub order: f64,
}

/// `code-merged`: a code becomes another name of `into`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeMerged {
    /// The code that ends.
    pub code: Name,
    /// The code that it becomes.
    pub into: Name,
}

/// `code-retired`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeRetired {
    /// The code.
    pub code: Name,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `code-fixed`: a provisional code becomes part of what is read for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeFixed {
    /// The code.
    pub code: Name,
    /// What documents done before are worth for it: `reopen` (default), `offer`, or `declared`:
    /// the earlier reading would have caught it.
    #[serde(default = "reopen")]
    pub earlier: Name,
    /// For `offer`: the texts in which the code's rules were searched. What was read in one of them
    /// before holds for the code as soon as every hit that the act offers there is decided about; what
    /// was read in any other is reopened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub searched: Vec<Searched>,
}

/// A text that was searched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Searched {
    /// The document.
    pub document: Name,
    /// Hash of its text then.
    pub text: TextHash,
}

fn reopen() -> Name {
    Name::new("reopen")
}

/// `coder-introduced`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoderIntroduced {
    /// The coder's short name.
    pub coder: Name,
    /// Full name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub full_name: String,
    /// The device that they write on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub device: String,
}

/// `primary-named`: whose reading counts where several coders read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrimaryNamed {
    /// The coder.
    pub coder: Name,
    /// For these documents; empty for the whole study.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Name>,
}

/// `blind-on` and `blind-off`: whether a coder sees what others read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Blind {
    /// The coder.
    pub coder: Name,
    /// In these documents; empty for all, also those that come later.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Name>,
}

macro_rules! one_field {
    ($(#[$doc:meta])* $name:ident { $field:ident : $t:ty, $fdoc:literal }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub struct $name {
            #[doc = $fdoc]
            pub $field: $t,
        }
    };
}

one_field!(
    /// A change that names a coding and nothing else.
    OfCoding { coding: ThingId, "The coding." });
one_field!(
    /// A change that names a memo and nothing else.
    OfMemo { memo: ThingId, "The memo." });
one_field!(
    /// A change that names a document and nothing else.
    OfDocument { document: Name, "The document." });
one_field!(
    /// A change that names an act and nothing else.
    OfAct { act: ActId, "The act." });

/// `document-renamed`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRenamed {
    /// The id it had.
    pub document: Name,
    /// The id it has from now on.
    pub to: Name,
}

/// `coder-alias`: two names of one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoderAlias {
    /// The other name.
    pub coder: Name,
    /// The name that counts.
    pub of: Name,
}

/// `setting`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// Which.
    pub key: Name,
    /// Its value; `null` removes it.
    pub value: Value,
}
