//! A newcomer's first session, key by key in a pseudo-terminal: from `verbatim demo` to a table in a
//! file. Expected numbers are the count by hand of the sample study, and what was done here.

use crate::pty::Folder;
use crate::{ENTER, ESC};

/// Passages of a code in an organisation, counted by hand (`tests/sample/hand-count.csv`).
fn by_hand(organisation: &str, code: &str) -> u64 {
    let counted = include_str!("../sample/hand-count.csv");
    let row = |line: &&str| {
        let fields: Vec<&str> = line.split(',').collect();
        fields.get(1) == Some(&organisation) && fields.get(2) == Some(&code)
    };
    counted.lines().filter(row).filter_map(|l| l.rsplit(',').next()?.parse::<u64>().ok()).sum()
}

/// The number of a cell in a table that was written.
fn cell(table: &str, organisation: &str, code: &str) -> String {
    let mut lines = table.lines();
    let heading: Vec<&str> = lines.next().expect("a heading").split(',').collect();
    let column = |name: &str| heading.iter().position(|h| *h == name).expect(name);
    let (of, what, n) = (column("organisation"), column("code"), column("n"));
    let fields = lines.map(|l| l.split(',').collect::<Vec<_>>());
    let found = fields.into_iter().find(|f| f[of] == organisation && f[what] == code);
    found.expect("a row")[n].to_owned()
}

#[test]
fn from_the_demo_to_a_table() {
    let folder = Folder::new();
    let mut pty = folder.start(&["demo", "first"], 120, 36, &[]);
    pty.wait("13 of 15 done");
    // One keystroke to the next uncoded turn, one to code it: the sentence under the cursor.
    pty.press("n");
    pty.wait("turn 2 · no code here");
    pty.press("5");
    pty.wait("Training: \"Ik ben HR-manager voor het kantoor");
    // Two to correct a wrong code.
    pty.press("r");
    pty.wait("Change the code");
    pty.press("3");
    pty.wait("Terms of employment instead of Training");
    pty.press("u");
    pty.wait("undone: Terms of employment instead of Training");
    pty.press("u");
    pty.wait("undone: Training on turn 2");
    // A code by its name: five keystrokes with two letters of it.
    pty.press("c");
    pty.wait("code this sentence");
    pty.press("op");
    pty.wait("> op");
    pty.press(ENTER);
    pty.wait("Training: \"Ik ben HR-manager voor het kantoor");
    // A remark about it, in the editor.
    pty.press("mm");
    pty.wait("Ctrl-s");
    pty.press("Twijfel\rIs dit wel een antwoord?\x13");
    pty.wait("saved");
    pty.wait_gone("Ctrl-s");
    // Read to the end; the table has it.
    pty.press("D");
    pty.wait("14 of 15 done");
    pty.press("T");
    pty.wait("Havenbedrijf Noorderkaap");
    pty.press("e");
    pty.wait("written: ");
    pty.press(ESC);
    pty.wait_gone("written: ");
    pty.press("q");
    let (code, screen) = pty.end();
    assert_eq!(code, 0);
    assert!(!screen.alternate_screen());
    let table = std::fs::read_to_string(folder.path("table-by-case-passages.csv")).expect("the table");
    let training = by_hand("noorderkaap", "training") + 1;
    assert_eq!(cell(&table, "noorderkaap", "training"), training.to_string());
    let mobility = by_hand("noorderkaap", "internal-mobility");
    assert_eq!(cell(&table, "noorderkaap", "internal-mobility"), mobility.to_string());
    let memos = folder.run(&["--study", "first", "memo", "list", "--json"]);
    assert!(memos.contains("Is dit wel een antwoord?"), "{memos}");
}

#[test]
fn the_sample_is_annas_whatever_name_is_kept_for_ones_own_studies() {
    let folder = Folder::new();
    let config = folder.path("config");
    std::fs::create_dir(&config).expect("a folder");
    std::fs::write(config.join("config.toml"), "coder = \"jan\"\n").expect("a file");
    let mut pty = folder.start(&[], 120, 36, &[]);
    pty.wait("New study");
    // Sample study is the third of the start screen, the guided tour the fourth.
    pty.press("jjj");
    pty.press(ENTER);
    pty.wait("where to put the sample study");
    pty.press(ENTER);
    // As `verbatim demo` opens it: anna is done with 13 of the 15.
    pty.wait("13 of 15 done");
    pty.wait("guided tour 1 of 8");
    pty.press(ESC);
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}
