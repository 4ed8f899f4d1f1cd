//! The guide's key reference is made from the table of actions, in each language; this holds it there.
//!
//! `VERBATIM_WRITE_DOCS=1 cargo test --test docs` writes it anew.
#![expect(clippy::disallowed_methods, reason = "the key references are written on request")]

use std::fs;
use std::path::Path;

use tui::Language;

#[test]
fn the_key_references_are_those_of_the_action_table() {
    for (name, language) in [("docs/keys.md", Language::En), ("docs/toetsen.md", Language::Nl)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let made = tui::key_reference(language);
        if std::env::var_os("VERBATIM_WRITE_DOCS").is_some() {
            fs::write(&path, &made).unwrap();
        }
        let written = fs::read_to_string(&path).unwrap();
        assert_eq!(written, made, "{name} is old: VERBATIM_WRITE_DOCS=1 cargo test --test docs");
    }
}

#[test]
fn the_map_names_every_crate() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    for entry in fs::read_dir(root.join("crates")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(map.contains(&format!("crates/{name}")), "ARCHITECTURE.md does not name crates/{name}");
    }
}
