//! A document's file: `corpus/ID.json`, what is known of a text beside the text itself.
//!
//! Turns are stored, so that a newer parser never moves what was counted; they belong to exactly
//! the text whose hash stands beside them.

use model::text::TextHash;
use model::turn::Turn;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The file from which a text was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its name.
    #[serde(default)]
    pub file: String,
    /// SHA-256 of its bytes.
    #[serde(default)]
    pub sha256: String,
}

/// `corpus/ID.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentFile {
    /// The file from which the text was read.
    #[serde(default)]
    pub source: Source,
    /// Hash of the canonical text that the turns belong to.
    pub text: TextHash,
    /// How speakers are marked.
    #[serde(default)]
    pub layout: String,
    /// The encoding that was read.
    #[serde(default)]
    pub encoding: String,
    /// When it was imported, in RFC 3339.
    #[serde(default)]
    pub imported: String,
    /// Its turns.
    #[serde(default)]
    pub turns: Vec<Turn>,
}

impl DocumentFile {
    /// The bytes of the file: one turn a line, so that a diff shows which turn changed. Fields of
    /// `before` that are unknown here are kept.
    pub fn bytes(&self, before: Option<&[u8]>) -> Vec<u8> {
        let mut map = match before.map(serde_json::from_slice::<Value>) {
            Some(Ok(Value::Object(map))) => map,
            _ => serde_json::Map::new(),
        };
        if let Ok(Value::Object(own)) = serde_json::to_value(self) {
            map.extend(own);
        }
        let mut out = String::from("{\n");
        let last = map.len().saturating_sub(1);
        for (i, (key, value)) in map.iter().enumerate() {
            out.push_str("  ");
            out.push_str(&Value::from(key.as_str()).to_string());
            out.push_str(": ");
            match value {
                Value::Array(turns) if key == "turns" && !turns.is_empty() => {
                    let lines: Vec<String> = turns.iter().map(|t| format!("    {t}")).collect();
                    out.push_str("[\n");
                    out.push_str(&lines.join(",\n"));
                    out.push_str("\n  ]");
                }
                value => out.push_str(&value.to_string()),
            }
            out.push_str(if i == last { "\n" } else { ",\n" });
        }
        out.push_str("}\n");
        out.into_bytes()
    }

    /// The first turn that cannot be a turn of a text of this length, from 1.
    pub fn bad_turn(&self, len: u32) -> Option<usize> {
        let mut before = 0;
        for (i, turn) in self.turns.iter().enumerate() {
            let inside = before <= turn.start
                && turn.start <= turn.text_start
                && turn.text_start <= turn.end
                && turn.end <= len;
            if !inside {
                return Some(i + 1);
            }
            before = turn.end;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_one_turn_a_line_and_keeps_what_it_does_not_know() {
        let turn = Turn { start: 0, text_start: 4, end: 9, speaker: Some("I".into()), seconds: Some(1.5) };
        let file = DocumentFile {
            source: Source { file: "a.docx".to_owned(), sha256: String::new() },
            text: TextHash::of("x"),
            layout: "name-colon".to_owned(),
            encoding: "UTF-8".to_owned(),
            imported: "2026-01-01T00:00:00Z".to_owned(),
            turns: vec![
                turn.clone(),
                Turn { start: 10, text_start: 10, end: 12, speaker: None, seconds: None },
            ],
        };
        let bytes = file.bytes(Some(b"{\"mine\":1,\"layout\":\"old\"}"));
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains("    [0,4,9,\"I\",1.5],\n    [10,10,12,null,null]\n  ]"), "{text}");
        assert!(text.contains("\"mine\": 1"));
        assert_eq!(serde_json::from_slice::<DocumentFile>(&bytes).unwrap(), file);
        assert_eq!(file.bad_turn(12), None);
        assert_eq!(file.bad_turn(11), Some(2));
    }
}
