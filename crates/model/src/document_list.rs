//! The documents of a corpus, in a list that tells when any of them may have been changed.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::corpus::Document;

/// Documents in order. Whoever keeps something about all of them keeps their [`version`](Self::version) with
/// it, and need not compare one by one while that is the same.
#[derive(Debug)]
pub struct DocumentList {
    list: Vec<Document>,
    version: u64,
}

impl DocumentList {
    /// A number that no other list has, nor this one after anybody might have changed a document.
    pub const fn version(&self) -> u64 {
        self.version
    }
}

fn next() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

impl From<Vec<Document>> for DocumentList {
    fn from(list: Vec<Document>) -> Self {
        Self { list, version: next() }
    }
}

impl From<DocumentList> for Vec<Document> {
    fn from(documents: DocumentList) -> Self {
        documents.list
    }
}

impl Default for DocumentList {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl Deref for DocumentList {
    type Target = Vec<Document>;

    fn deref(&self) -> &Vec<Document> {
        &self.list
    }
}

impl DerefMut for DocumentList {
    fn deref_mut(&mut self) -> &mut Vec<Document> {
        self.version = next();
        &mut self.list
    }
}

impl IntoIterator for DocumentList {
    type Item = Document;
    type IntoIter = std::vec::IntoIter<Document>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a DocumentList {
    type Item = &'a Document;
    type IntoIter = std::slice::Iter<'a, Document>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl<'a> IntoIterator for &'a mut DocumentList {
    type Item = &'a mut Document;
    type IntoIter = std::slice::IterMut<'a, Document>;

    fn into_iter(self) -> Self::IntoIter {
        self.deref_mut().iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_change_a_document_changes_the_version() {
        let mut list = DocumentList::from(vec![Document::default()]);
        let first = list.version();
        assert_eq!(list.iter().filter(|d| d.id.is_empty()).count(), 1);
        assert_eq!(list.version(), first);
        list[0].id = "a".to_owned();
        let second = list.version();
        assert_ne!(second, first);
        list.push(Document::default());
        assert!(![first, second].contains(&list.version()));
        assert_ne!(DocumentList::default().version(), DocumentList::default().version());
    }
}
