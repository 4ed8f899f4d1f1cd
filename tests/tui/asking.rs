//! Searching and deciding about hits: on the screen, and by commands that ask on a terminal.

use super::pty::Folder;

const ANNA: (&str, &str) = ("VERBATIM_CODER", "anna");

#[test]
fn autocode_asks_about_each_hit_and_writes_one_act() {
    let folder = Folder::with_study();
    let rule =
        &["--study", "study", "autocode", "training", "--query", "het OR dat OR die", "--unit", "sentence"];
    let before = folder.journals().lines().count();
    let mut pty = folder.start(rule, 100, 40, &[ANNA]);
    pty.wait("3 hits for training");
    pty.wait("training? y n s a q x");
    pty.press("n\r");
    pty.wait("Dat is geen straf");
    pty.press("huh\r");
    pty.press("y\r");
    pty.wait("Die is er ook");
    pty.press("q\r");
    pty.wait("accepted 1, rejected 1");
    assert_eq!(pty.end().0, 0);
    let journals = folder.journals();
    let new: Vec<&str> = journals.lines().skip(before).collect();
    // The rule is an act of its own; all answers are one.
    assert_eq!(new.len(), 2, "{new:?}");
    assert!(new[0].contains("search-saved") && !new[0].contains("coding-added"), "{new:?}");
    assert!(new[1].contains("coding-added") && new[1].contains("hit-rejected"), "{new:?}");
    // Asked again, only what was left open is asked; leaving without an answer writes nothing.
    let mut pty = folder.start(rule, 100, 40, &[ANNA]);
    pty.wait("1 hit for training");
    pty.wait("Die is er ook");
    pty.press("x\r");
    pty.wait("accepted 0, rejected 0");
    assert_eq!(pty.end().0, 0);
    assert_eq!(folder.journals(), journals);
}

#[test]
fn a_search_on_the_screen_codes_what_it_finds_by_one_key() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[ANNA]);
    pty.wait("En als het druk wordt?");
    pty.press("f");
    pty.wait("a word, \"a phrase\"");
    pty.press("(het OR dat OR die) role:respondent");
    pty.wait("2 hits in 1 of 2 documents");
    pty.press("\r");
    pty.wait("a accept");
    pty.press("c");
    pty.wait("Offer the hits for which code?");
    pty.press("training\r");
    pty.wait("the sentence");
    pty.press("a");
    pty.wait("✓ ");
    pty.press("x");
    pty.wait("✗ ");
    pty.wait("saved ");
    pty.press("\u{1b}");
    pty.wait("Tab saved");
    pty.press("\u{1b}");
    pty.wait_gone("Tab saved");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    let rules = folder.run(&["--study", "study", "searches", "list", "--rules", "--json"]);
    assert!(rules.contains("\"accepted\": 1") || rules.contains("\"accepted\":1"), "{rules}");
    assert!(rules.contains("\"rejected\": 1") || rules.contains("\"rejected\":1"), "{rules}");
}
