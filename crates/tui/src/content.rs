//! What a file is to hold, formed line by line where it is written: beside the screen, counted, and
//! stopped between two lines.

use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

use study::Watch;

/// Forms the lines into a writer; why it could not, in words.
type Form = dyn Fn(&mut dyn Write) -> Result<(), String> + Send + Sync;

/// What a file is to hold.
#[derive(Clone)]
pub struct Content {
    lines: usize,
    form: Arc<Form>,
}

impl Content {
    /// A content of about so many lines.
    pub fn new(
        lines: usize,
        form: impl Fn(&mut dyn Write) -> Result<(), String> + Send + Sync + 'static,
    ) -> Self {
        Self { lines, form: Arc::new(form) }
    }

    /// Forms it, and counts its lines in the watch. Nothing comes of one that was asked to stop.
    ///
    /// # Errors
    /// Why it could not be formed, in words.
    pub fn form(&self, watch: &Watch) -> Result<Option<Vec<u8>>, String> {
        watch.begin(self.lines);
        let mut out = Counting { bytes: Vec::new(), watch };
        let formed = (self.form)(&mut out);
        if watch.is_stopped() { Ok(None) } else { formed.map(|()| Some(out.bytes)) }
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        let lines = bytes.iter().filter(|b| **b == b'\n').count();
        Self::new(lines, move |to| to.write_all(&bytes).map_err(|why| why.to_string()))
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content").field("lines", &self.lines).finish_non_exhaustive()
    }
}

/// Two are the same where they are the same thing.
impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.form, &other.form)
    }
}

/// A writer into memory that counts lines.
struct Counting<'a> {
    bytes: Vec<u8>,
    watch: &'a Watch,
}

impl Write for Counting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.watch.is_stopped() {
            return Err(io::Error::other("stopped"));
        }
        // To the end of the line at hand, so that a long run of bytes is counted and stopped too.
        let end = bytes.iter().position(|b| *b == b'\n').map_or(bytes.len(), |at| at + 1);
        let line = bytes.get(..end).unwrap_or_default();
        self.bytes.extend_from_slice(line);
        if line.ends_with(b"\n") {
            self.watch.step();
        }
        Ok(end)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_and_nothing_is_changed() {
        let text = b"a,b\r\n1,2\r\nlast line without an end".to_vec();
        let watch = Watch::default();
        assert_eq!(Content::from(text.clone()).form(&watch), Ok(Some(text)));
        assert_eq!(watch.count(), (2, 2));
    }

    #[test]
    fn what_is_stopped_between_two_lines_gives_nothing() {
        let watch = Watch::default();
        let stop = watch.clone();
        let content = Content::new(3, move |to| {
            for line in ["one\n", "two\n", "three\n"] {
                to.write_all(line.as_bytes()).map_err(|why| why.to_string())?;
                stop.stop();
            }
            Ok(())
        });
        assert_eq!(content.form(&watch), Ok(None));
        assert_eq!(watch.count(), (1, 3), "it went no further");
    }

    #[test]
    fn what_cannot_be_formed_says_why() {
        let content = Content::new(1, |_| Err("no such table".to_owned()));
        assert_eq!(content.form(&Watch::default()), Err("no such table".to_owned()));
    }
}
