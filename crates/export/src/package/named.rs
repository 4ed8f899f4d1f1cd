//! Names in what the researcher wrote: where an anonymous package would tell what it keeps out.

use std::collections::BTreeSet;

use crate::package::tables::Making;

/// A name that stood in words of the researcher's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// In which words.
    pub place: Place,
    /// Of what: the id of a coding or a code, or a qualifier with its value.
    pub of: String,
    /// The name as it stood there.
    pub name: String,
}

/// Words of the researcher's that are in a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The note of a coding.
    Note,
    /// The label of a code.
    Label,
    /// The id of a code, by which tables are joined.
    Code,
    /// A value of a qualifier.
    Qualifier,
}

impl Place {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Note, Self::Label, Self::Code, Self::Qualifier];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Label => "label",
            Self::Code => "code",
            Self::Qualifier => "qualifier",
        }
    }

    /// Whether something else stands there in the package; else the name does.
    pub const fn is_replaced(self) -> bool {
        matches!(self, Self::Note | Self::Label)
    }
}

/// The names in what the researcher wrote, as far as the package has it.
pub(crate) fn named(making: &Making<'_>) -> Vec<Named> {
    let mut out = Vec::new();
    let mut look = |place: Place, of: &str, text: &str| {
        let found = making.shown.without_names(text).map(|(_, found)| found).unwrap_or_default();
        out.extend(found.into_iter().map(|name| Named { place, of: of.to_owned(), name }));
    };
    let mut values: BTreeSet<String> = BTreeSet::new();
    for (row, hidden) in making.rows() {
        if let Some(note) = row.note.as_deref().filter(|_| !hidden) {
            look(Place::Note, &row.id, note);
        }
        values.extend(row.qualifiers.iter().map(|(id, value)| format!("{id}={value}")));
    }
    let labels = making.speech.labels();
    let codes = making.ground.coded.codebook.codes.iter().filter(|c| c.merged_into.is_none());
    for code in codes {
        look(Place::Label, code.id.as_str(), code.label(&labels));
        // Its columns are called by its short name.
        let names = [Some(code.id.as_str()), code.var.as_deref()];
        names.into_iter().flatten().for_each(|name| look(Place::Code, code.id.as_str(), name));
    }
    for value in values {
        look(Place::Qualifier, &value, &value);
    }
    out.sort_by_key(|named| named.place);
    out
}
