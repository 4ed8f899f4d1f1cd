//! The queue before tantivy: how much text may wait in it.
//!
//! tantivy takes ten thousand documents before it makes one wait. Ours are whole interviews, so all
//! texts of a study would lie in memory twice.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tantivy::schema::document::Document;
use tantivy::schema::{Field, OwnedValue};

/// Bytes of text that may wait. One longer text waits alone.
const ROOM: usize = 4 << 20;

/// How long one waits for anything to be taken out. Where tantivy's threads have ended (a full disk), they
/// take out nothing any more, and what is put in next tells why.
const PATIENCE: Duration = if cfg!(test) { Duration::from_millis(20) } else { Duration::from_secs(2) };

/// How much waits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue(Arc<(Mutex<usize>, Condvar)>);

impl Queue {
    /// An entry for tantivy; waits until there is room for its text, or nothing moves any more.
    pub(crate) fn entry(&self, words: (Field, String), slot: (Field, u64)) -> Entry {
        let bytes = words.1.len();
        let (waiting, freed) = &*self.0;
        let mut now = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        while *now > 0 && *now + bytes > ROOM {
            let before = *now;
            let (then, waited) = freed.wait_timeout(now, PATIENCE).unwrap_or_else(PoisonError::into_inner);
            now = then;
            if waited.timed_out() && *now == before {
                break;
            }
        }
        *now += bytes;
        let values = [(words.0, OwnedValue::Str(words.1)), (slot.0, OwnedValue::U64(slot.1))];
        Entry { values, bytes, queue: self.clone() }
    }
}

/// One document on its way into the index.
#[derive(Debug)]
pub(crate) struct Entry {
    values: [(Field, OwnedValue); 2],
    bytes: usize,
    queue: Queue,
}

impl Document for Entry {
    type Value<'a> = &'a OwnedValue;
    type FieldsValuesIter<'a> = std::iter::Map<
        std::slice::Iter<'a, (Field, OwnedValue)>,
        fn(&(Field, OwnedValue)) -> (Field, &OwnedValue),
    >;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.values.iter().map(|(field, value)| (*field, value))
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        let (waiting, freed) = &*self.queue.0;
        *waiting.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_for_ever_for_what_is_not_taken_out() {
        let queue = Queue::default();
        let field = Field::from_field_id(0);
        let entry = |length: usize| queue.entry((field, "x".repeat(length)), (field, 0));
        // Nothing takes the first one out, as where the threads that should have ended.
        let first = entry(ROOM);
        let second = entry(1);
        drop((first, second));
        assert_eq!(*queue.0.0.lock().unwrap(), 0);
    }
}
