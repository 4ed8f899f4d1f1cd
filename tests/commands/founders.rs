//! Fifty real interviews: one command brings them in, and a search finds what `grep` finds.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::World;

fn founders() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/corpora/founders");
    if path.is_dir() {
        return Some(path);
    }
    let _ = writeln!(std::io::stderr(), "SKIPPED: {} is not there", path.display());
    None
}

/// How often a word stands in the texts, by `grep -o -i -w`.
fn grep(world: &World, word: &str) -> usize {
    let texts: Vec<PathBuf> = std::fs::read_dir(world.path("corpus"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    let output = Command::new("grep")
        .args(["-o", "-i", "-w", "-h", word])
        .args(texts)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).lines().count()
}

#[test]
fn they_come_in_with_one_command_and_every_word_is_found() {
    let Some(founders) = founders() else { return };
    let mut world = World::new();
    world.run(&["init", ".", "--case-label", "organisation", "--language", "en"]).done();
    let ran = world.run(&["import", founders.to_str().unwrap(), "--json"]).done().json();
    let imported = ran["imported"].as_array().unwrap();
    assert_eq!(imported.len(), 50);
    assert_eq!(imported.iter().map(|d| d["turns"].as_u64().unwrap()).sum::<u64>(), 7839);
    let kinds: Vec<&str> =
        ran["tables"].as_array().unwrap().iter().map(|t| t["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.len(), 3, "{kinds:?}");
    for word in ["money", "hire", "pivot", "open", "GitHub", "investor", "the"] {
        let total =
            world.run(&["search", word, "--json", "--limit", "1"]).done().json()["total"].as_u64().unwrap();
        assert_eq!(total as usize, grep(&world, word), "{word}");
    }
}
