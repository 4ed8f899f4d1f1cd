//! Commands that ask on a terminal.

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
    assert_eq!(new.len(), 1, "{new:?}");
    // Asked again, only what was left open is asked; leaving without an answer writes nothing.
    let mut pty = folder.start(rule, 100, 40, &[ANNA]);
    pty.wait("1 hit for training");
    pty.wait("Die is er ook");
    pty.press("x\r");
    pty.wait("accepted 0, rejected 0");
    assert_eq!(pty.end().0, 0);
    assert_eq!(folder.journals(), journals);
}
