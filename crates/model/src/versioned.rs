//! A list that tells when any of its items may have been changed.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU64, Ordering};

/// Items in order. Whoever keeps something about all of them keeps their [`version`](Self::version) with
/// it, and need not compare one by one while that is the same.
#[derive(Debug)]
pub struct Versioned<T> {
    list: Vec<T>,
    version: u64,
}

impl<T> Versioned<T> {
    /// A number that no other list has, nor this one after anybody might have changed an item.
    pub const fn version(&self) -> u64 {
        self.version
    }
}

fn next() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

impl<T> From<Vec<T>> for Versioned<T> {
    fn from(list: Vec<T>) -> Self {
        Self { list, version: next() }
    }
}

impl<T> From<Versioned<T>> for Vec<T> {
    fn from(items: Versioned<T>) -> Self {
        items.list
    }
}

impl<T> Default for Versioned<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T> Deref for Versioned<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.list
    }
}

impl<T> DerefMut for Versioned<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        self.version = next();
        &mut self.list
    }
}

impl<T> IntoIterator for Versioned<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Versioned<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut Versioned<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.deref_mut().iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_change_an_item_changes_the_version() {
        let mut list = Versioned::from(vec![1]);
        let first = list.version();
        assert_eq!(list.iter().filter(|n| **n == 1).count(), 1);
        assert_eq!(list.version(), first);
        list[0] = 2;
        let second = list.version();
        assert_ne!(second, first);
        list.push(3);
        assert!(![first, second].contains(&list.version()));
        assert_ne!(Versioned::<u8>::default().version(), Versioned::<u8>::default().version());
    }
}
