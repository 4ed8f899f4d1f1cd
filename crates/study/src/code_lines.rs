//! Code lines: where each code of a codebook file stands, so that a problem can name its line.
//!
//! The file is known to be JSON. It is gone through once more, by its brackets and keys alone: what a
//! parser gives has no places.

use std::collections::HashMap;

/// Per code, by its path in the file (`0`, `0/2`: the third child of the first), the line of its id,
/// or of its beginning where it has none.
pub(crate) fn code_lines(bytes: &[u8]) -> HashMap<String, u64> {
    let mut walk = Walk { bytes, at: 0, line: 1, lines: HashMap::new() };
    walk.value(&Place::Top);
    walk.lines
}

/// What a value is for.
enum Place {
    /// The whole file.
    Top,
    /// A list of codes; with the path of the code above it.
    Codes(String),
    /// One code, with its path.
    Code(String),
    /// Anything else.
    Other,
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
    lines: HashMap<String, u64>,
}

impl Walk<'_> {
    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn step(&mut self) {
        self.line += u64::from(self.byte() == Some(b'\n'));
        self.at += 1;
    }

    /// Passes over white space, commas and colons.
    fn skip(&mut self) {
        while self.byte().is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b',' | b':')) {
            self.step();
        }
    }

    /// Passes over a string and gives what is between its quotes, as written.
    fn string(&mut self) -> &[u8] {
        self.step();
        let from = self.at;
        while let Some(b) = self.byte() {
            match b {
                b'"' => break,
                b'\\' => self.step(),
                _ => {}
            }
            self.step();
        }
        let to = self.at.min(self.bytes.len());
        self.step();
        self.bytes.get(from..to).unwrap_or_default()
    }

    fn value(&mut self, place: &Place) {
        self.skip();
        match self.byte() {
            Some(b'{') => self.object(place),
            Some(b'[') => self.list(place),
            Some(b'"') => _ = self.string(),
            _ => {
                while self
                    .byte()
                    .is_some_and(|b| !matches!(b, b',' | b']' | b'}') && !b.is_ascii_whitespace())
                {
                    self.step();
                }
            }
        }
    }

    fn object(&mut self, place: &Place) {
        if let Place::Code(path) = place {
            self.lines.insert(path.clone(), self.line);
        }
        self.step();
        loop {
            self.skip();
            if self.byte() != Some(b'"') {
                break;
            }
            let line = self.line;
            let key = self.string().to_vec();
            let inner = match (place, key.as_slice()) {
                (Place::Top, b"codes") => Place::Codes(String::new()),
                (Place::Code(path), b"children") => Place::Codes(format!("{path}/")),
                (Place::Code(path), b"id") => {
                    self.lines.insert(path.clone(), line);
                    Place::Other
                }
                _ => Place::Other,
            };
            self.value(&inner);
        }
        self.step();
    }

    fn list(&mut self, place: &Place) {
        self.step();
        let mut number = 0;
        loop {
            self.skip();
            if matches!(self.byte(), None | Some(b']' | b'}')) {
                break;
            }
            let inner = match place {
                Place::Codes(above) => Place::Code(format!("{above}{number}")),
                _ => Place::Other,
            };
            if let Place::Code(path) = &inner {
                self.lines.insert(path.clone(), self.line);
            }
            self.value(&inner);
            number += 1;
        }
        self.step();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_the_line_of_its_id() {
        let text = br#"{
  "groups": [{"id": "a", "codes": ["a"]}], "title": "\"codes\": [{",
  "codes": [
    {
      "label": {"en": "}"},
      "id": "a",
      "children": [
        {"id": "a1"}, {"label": "x"},
        3
      ]
    },
    {"id": "b", "children": []}
  ]
}"#;
        let lines = code_lines(text);
        let mut found: Vec<_> = lines.iter().map(|(path, line)| (path.as_str(), *line)).collect();
        found.sort_unstable();
        assert_eq!(found, [("0", 6), ("0/0", 8), ("0/1", 8), ("0/2", 9), ("1", 12)]);
    }

    #[test]
    fn what_ends_early_ends() {
        for text in
            [&b"{\"codes\":[{\"id\""[..], b"{\"codes\":[{\"id\":\"a\\", b"[[[", b"", b"{\"codes\":[1 2"]
        {
            code_lines(text);
        }
    }
}
