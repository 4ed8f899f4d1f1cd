//! Names in what the researcher wrote: where an anonymous package would tell what it keeps out.

use crate::shown::Shown;

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

/// Looks for names in what the researcher wrote, and notes which stood where.
pub(crate) struct Look<'s> {
    shown: &'s Shown,
    named: Vec<Named>,
}

impl<'s> Look<'s> {
    /// Nothing is found yet.
    pub(crate) const fn new(shown: &'s Shown) -> Self {
        Self { shown, named: Vec::new() }
    }

    /// What stands there instead, if words hold a name.
    pub(crate) fn replaced(&mut self, place: Place, of: &str, text: &str) -> Option<String> {
        let (told, found) = self.shown.without_names(text)?;
        self.note(place, of, found);
        Some(told)
    }

    /// Notes the names in an id or a value, which stays.
    pub(crate) fn kept(&mut self, place: Place, of: &str, id: &str) {
        let found = self.shown.in_id(id);
        self.note(place, of, found);
    }

    fn note(&mut self, place: Place, of: &str, found: Vec<String>) {
        // A name that goes on in the next line is told in one.
        let names = found.into_iter().map(|name| one_line(&name));
        self.named.extend(names.map(|name| Named { place, of: of.to_owned(), name }));
    }

    /// What was found, place by place.
    pub(crate) fn all(mut self) -> Vec<Named> {
        self.named.sort_by_key(|named| named.place);
        self.named
    }
}

/// A text in one line, with one space between words.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
