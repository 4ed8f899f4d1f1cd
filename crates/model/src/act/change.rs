//! A change: one thing that an act says, of one kind. The string beside each kind is the file format.

use std::borrow::Cow;

use serde::de::value::MapAccessDeserializer;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    Blind, CodeAdded, CodeChanged, CodeFixed, CodeMerged, CodeMoved, CodeRetired, CoderAlias,
    CoderIntroduced, CodingAdded, CodingChanged, DocumentAdded, DocumentRenamed, Done, MemoWritten, NotAsked,
    OfAct, OfCoding, OfDocument, OfMemo, PrimaryNamed, Setting, SummaryWritten, TextRevised,
    TranslationWritten,
};
use crate::name::Name;
use crate::saved::{HitOffered, HitRejected, OfSearch, SearchSaved};

/// A change of a kind that this version keeps but does not act on.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// Its kind.
    pub kind: Name,
    /// Whether its writer says that it touches no table.
    pub aside: bool,
    /// Everything it says.
    pub fields: Map<String, Value>,
}

/// Declares the kinds: the enum, its reading and its writing, from one list.
macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident($t:ty) = $kind:literal,)*) => {
        /// One change of an act. The string beside each kind is the file format.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Change {
            $($(#[$doc])* $variant(Box<$t>),)*
            /// A kind that this version keeps but does not act on.
            Other(Box<Other>),
            /// What is not shown to who looks ([`crate::sight`]), and whether it made a thing. It is in
            /// no file.
            Hidden(bool),
        }

        impl Change {
            /// The kind, as in the file.
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $kind,)*
                    Self::Other(other) => &other.kind,
                    Self::Hidden(_) => "hidden",
                }
            }

            /// Reads the rest of a change whose kind is known.
            fn read<'de, A: serde::de::MapAccess<'de>>(kind: &str, map: A) -> Result<Self, A::Error> {
                if LENIENT.contains(&kind) {
                    return Map::<String, Value>::deserialize(MapAccessDeserializer::new(map))
                        .map(|fields| Self::lenient(kind, fields));
                }
                match kind {
                    $($kind => Deserialize::deserialize(MapAccessDeserializer::new(map)).map(Self::$variant),)*
                    _ => {
                        let fields = Map::<String, Value>::deserialize(MapAccessDeserializer::new(map))?;
                        let aside = fields.get("aside") == Some(&Value::Bool(true));
                        Ok(Self::Other(Box::new(Other { kind: Name::new(kind), aside, fields })))
                    }
                }
            }
        }

        impl Serialize for Change {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                #[derive(Serialize)]
                struct Tagged<'a, T> {
                    kind: &'a str,
                    #[serde(flatten)]
                    fields: &'a T,
                }
                match self {
                    $(Self::$variant(fields) => Tagged { kind: $kind, fields }.serialize(s),)*
                    Self::Other(other) => Tagged { kind: &other.kind, fields: &other.fields }.serialize(s),
                    Self::Hidden(_) => Err(serde::ser::Error::custom("what is hidden is never written")),
                }
            }
        }
    };
}

kinds! {
    /// A document came into the study.
    DocumentAdded(DocumentAdded) = "document-added",
    /// A document has another id.
    DocumentRenamed(DocumentRenamed) = "document-renamed",
    /// A document is no longer part of the study.
    DocumentRemoved(OfDocument) = "document-removed",
    /// A text was changed.
    TextRevised(TextRevised) = "text-revised",
    /// A code was put on a stretch of text.
    CodingAdded(CodingAdded) = "coding-added",
    /// A coding was changed.
    CodingChanged(CodingChanged) = "coding-changed",
    /// A coding was removed.
    CodingRemoved(OfCoding) = "coding-removed",
    /// A memo was written.
    MemoWritten(MemoWritten) = "memo-written",
    /// A memo was removed.
    MemoRemoved(OfMemo) = "memo-removed",
    /// A summary of case × code was written.
    SummaryWritten(SummaryWritten) = "summary-written",
    /// A coding is a telling example of its code.
    ExemplarMarked(OfCoding) = "exemplar-marked",
    /// It no longer is.
    ExemplarUnmarked(OfCoding) = "exemplar-unmarked",
    /// A quote was translated.
    TranslationWritten(TranslationWritten) = "translation-written",
    /// A document was read to the end.
    Done(Done) = "done",
    /// It needs reading again.
    Reopened(OfDocument) = "reopened",
    /// Codes that were not asked about.
    NotAsked(NotAsked) = "not-asked",
    /// They were, after all.
    Asked(NotAsked) = "asked",
    /// A code came into a codebook.
    CodeAdded(CodeAdded) = "code-added",
    /// A code's fields changed.
    CodeChanged(CodeChanged) = "code-changed",
    /// A code has another place in the tree.
    CodeMoved(CodeMoved) = "code-moved",
    /// A code became another.
    CodeMerged(CodeMerged) = "code-merged",
    /// A code is no longer used.
    CodeRetired(CodeRetired) = "code-retired",
    /// A code is no longer provisional.
    CodeFixed(CodeFixed) = "code-fixed",
    /// A coder joined.
    CoderIntroduced(CoderIntroduced) = "coder-introduced",
    /// Two names are one person's.
    CoderAlias(CoderAlias) = "coder-alias",
    /// Whose reading counts.
    PrimaryNamed(PrimaryNamed) = "primary-named",
    /// A coder does not see what others read.
    BlindOn(Blind) = "blind-on",
    /// They do again.
    BlindOff(Blind) = "blind-off",
    /// A search was saved, or changed, or run.
    SearchSaved(SearchSaved) = "search-saved",
    /// A saved search is no longer part of the study.
    SearchRemoved(OfSearch) = "search-removed",
    /// A hit of a rule waits to be decided about.
    HitOffered(HitOffered) = "hit-offered",
    /// A hit of a rule is none of its code.
    HitRejected(HitRejected) = "hit-rejected",
    /// Adjudication of a document is closed.
    AdjudicationClosed(OfDocument) = "adjudication-closed",
    /// A setting of the study.
    Setting(Setting) = "setting",
    /// An act is undone.
    Undone(OfAct) = "undone",
    /// An undone act is in force again.
    Redone(OfAct) = "redone",
}

/// Kinds that were kept without being looked into before they meant something here: where one does not
/// read as it does now, it is kept still.
const LENIENT: &[&str] = &["search-saved", "search-removed", "hit-offered", "hit-rejected"];

/// Kinds of the format that stop no table where they are only kept.
const KEPT_ASIDE: &[&str] = &[
    "codes-related",
    "search-saved",
    "search-removed",
    "hit-offered",
    "hit-rejected",
    "assigned",
    "unassigned",
    "sample-drawn",
];

impl Change {
    /// Whether tables cannot be right without understanding it.
    pub fn blocks_tables(&self) -> bool {
        matches!(self, Self::Other(o) if !o.aside && !KEPT_ASIDE.contains(&o.kind.as_str()))
    }

    /// Whether it makes a thing that gets an id of its own (`ID.k`).
    pub fn makes(&self) -> bool {
        match self {
            Self::CodingAdded(_) => true,
            Self::MemoWritten(m) => m.memo.is_none(),
            Self::SearchSaved(s) => s.search.is_none(),
            Self::Hidden(made) => *made,
            _ => false,
        }
    }
}

/// A word that is looked at and not kept.
#[derive(Deserialize)]
struct Word<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Change {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Change;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a change with a kind")
            }
            // This program writes `kind` first, so the rest is read straight into its type. Another
            // writer's order costs one detour.
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Change, A::Error> {
                use serde::de::Error;
                let Word(first) = map.next_key()?.ok_or_else(|| A::Error::missing_field("kind"))?;
                if first == "kind" {
                    let Word(kind) = map.next_value()?;
                    return Change::read(&kind, map);
                }
                let mut fields = Map::new();
                fields.insert(first.into_owned(), map.next_value()?);
                while let Some((key, value)) = map.next_entry::<String, Value>()? {
                    fields.insert(key, value);
                }
                let Some(Value::String(kind)) = fields.remove("kind") else {
                    return Err(A::Error::missing_field("kind"));
                };
                let rest = serde::de::value::MapDeserializer::new(fields.into_iter());
                Change::read(&kind, rest).map_err(|e: serde_json::Error| A::Error::custom(e))
            }
        }
        d.deserialize_map(Visitor)
    }
}
