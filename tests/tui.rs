//! The screen in a real (pseudo-) terminal: what a user sees, and what is on disk afterwards.
#![expect(clippy::disallowed_methods, reason = "a test sets its stage with plain files")]

#[path = "tui/newcomer.rs"]
mod newcomer;
#[path = "support/pty.rs"]
mod pty;

#[path = "tui/asking.rs"]
mod asking;
#[path = "tui/faults.rs"]
mod faults;
#[path = "tui/meanwhile.rs"]
mod meanwhile;
#[path = "tui/tables.rs"]
mod tables;
#[path = "support/wire.rs"]
mod wire;

use pty::Folder;

const ENTER: &str = "\r";
const ESC: &str = "\x1b";

/// Whether a terminal is as it was before the program ran.
#[track_caller]
fn is_clean(screen: &vt100::Screen) {
    assert!(!screen.alternate_screen(), "the alternate screen is still on");
    assert!(!screen.bracketed_paste(), "bracketed paste is still on");
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is still captured");
    assert!(!screen.hide_cursor(), "the cursor is still hidden");
}

#[test]
fn without_a_study_the_start_screen_makes_one() {
    let folder = Folder::new();
    let mut pty = folder.start(&[], 90, 28, &[]);
    pty.wait("New study");
    pty.wait("Sample study");
    pty.press(ENTER);
    pty.wait("where the study will be kept");
    pty.press("study");
    pty.press(ENTER);
    pty.wait("as it stands beside your codings");
    pty.press("\x15anna");
    pty.press(ENTER);
    pty.wait("the path of a codebook file");
    pty.press("\x15");
    pty.press(ENTER);
    pty.wait("of the codes' labels");
    pty.press(ENTER);
    pty.wait("your word for what you compare");
    pty.press(ENTER);
    pty.wait("This study has no documents yet");
    // A dragged path: pasted, in quotes.
    let text = folder.path("een gesprek.txt");
    std::fs::write(&text, "Interviewer: Hoe gaat het?\n\nAnna: Goed.\n").expect("a file");
    pty.press(&format!("\x1b[200~'{}'\x1b[201~", text.display()));
    pty.wait("Bring transcripts in");
    pty.press(ENTER);
    pty.wait("whom or what they are about");
    pty.press(ENTER);
    pty.wait("Hoe gaat het?");
    pty.press("q");
    let (code, screen) = pty.end();
    assert_eq!(code, 0);
    is_clean(&screen);
    assert!(folder.run(&["--study", "study", "documents"]).contains("een-gesprek"));
}

#[test]
fn a_digit_codes_and_the_journal_has_it() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna")]);
    pty.wait("En als het druk wordt?");
    pty.press("n");
    pty.wait("in turn 2");
    pty.press("5");
    pty.wait("Training: \"Dan helpen we elkaar.\"");
    pty.wait("saved ");
    pty.press("q");
    let (code, screen) = pty.end();
    assert_eq!(code, 0);
    is_clean(&screen);
    let journals = folder.journals();
    assert!(
        journals.contains("\"coding-added\"") && journals.contains("Dan helpen we elkaar."),
        "{journals}"
    );
    let listed = folder.run(&["--study", "study", "codings", "--json"]);
    assert!(listed.contains("\"training\"") && listed.contains("Dan helpen we elkaar."), "{listed}");
}

#[test]
fn undo_and_redo_say_what_they_do() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna")]);
    pty.wait("En als het druk wordt?");
    pty.press("n1");
    pty.wait("undo: \"Mobility on turn 2\"");
    pty.press("u");
    pty.wait("undone: Mobility on turn 2");
    pty.press("U");
    pty.wait("redone: Mobility on turn 2");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    // Across a restart it is first said when that was done.
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna")]);
    pty.wait("undo: \"Mobility on turn 2\"");
    pty.press("u");
    pty.wait("u again undoes what you did on");
    pty.press("u");
    pty.wait("undone: Mobility on turn 2");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    let listed = folder.run(&["--study", "study", "history"]);
    assert!(!listed.is_empty());
}

#[test]
fn done_moves_the_count_and_says_what_zeros_mean() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna")]);
    pty.wait("0 of 2 done");
    pty.press("D");
    pty.wait("done for 2 fixed codes");
    pty.wait("1 of 2 done");
    pty.press("T");
    pty.wait("0 read, not mentioned");
    pty.press(ESC);
    pty.wait_gone("0 read, not mentioned");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    assert!(folder.journals().contains("\"done\""));
}

#[test]
fn the_palette_and_the_search_find_by_name() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna")]);
    pty.wait("En als het druk wordt?");
    pty.press("nc");
    pty.wait("code this sentence");
    pty.press("opleid");
    pty.press(ENTER);
    pty.wait("Training: \"Dan helpen we elkaar.\"");
    pty.press("/STRAF");
    pty.press(ENTER);
    pty.wait("hit 1 of 1 for \"STRAF\"");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

#[test]
fn a_table_is_written_beside_the_study_and_over_nothing() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna")]);
    pty.wait("En als het druk wordt?");
    pty.press("T");
    pty.wait("0 read, not mentioned");
    pty.press("e");
    pty.wait("table-by-case-passages.csv");
    let first = folder.path("table-by-case-passages.csv");
    let table = std::fs::read_to_string(&first).expect("the table");
    assert!(table.contains(",code,n,status,"), "{table}");
    // What somebody made of it since is theirs.
    std::fs::write(&first, "mine\n").expect("a file");
    pty.press("e");
    pty.wait("table-by-case-passages-2.csv");
    assert_eq!(std::fs::read_to_string(&first).expect("the file"), "mine\n");
    assert_eq!(std::fs::read_to_string(folder.path("table-by-case-passages-2.csv")).expect("it"), table);
    // The same once more is the same file.
    pty.press(ESC);
    pty.wait_gone("0 read, not mentioned");
    pty.press("Te");
    pty.wait("table-by-case-passages-2.csv");
    assert!(!folder.path("table-by-case-passages-3.csv").exists());
    // Whoever leaves at once has the file all the same.
    pty.press("rreqq");
    assert_eq!(pty.end().0, 0);
    assert!(folder.path("table-by-case-turns.csv").exists());
}

#[test]
fn the_codebook_changes_on_the_screen_and_in_its_file() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna")]);
    pty.wait("En als het druk wordt?");
    pty.press("Bn");
    pty.wait("a new code behind");
    pty.press("Loon");
    pty.press(ENTER);
    pty.wait("new code: Loon");
    pty.press("F1.0");
    pty.press(ENTER);
    // No document is done: nothing is asked about earlier ones.
    pty.wait("the codebook is frozen as 1.0");
    pty.press("qq");
    assert_eq!(pty.end().0, 0);
    let log = folder.run(&["--study", "study", "codebook", "log", "--json"]);
    assert!(log.contains("\"1.0\"") && log.contains("loon"), "{log}");
    let list = folder.run(&["--study", "study", "codebook", "list"]);
    assert!(!list.contains("provisional"), "{list}");
}

#[test]
fn a_mouse_that_is_off_is_left_to_the_terminal() {
    let folder = Folder::with_study();
    let config = folder.path("quiet");
    std::fs::create_dir_all(&config).expect("a folder");
    std::fs::write(config.join("config.toml"), "mouse = \"off\"\n").expect("a file");
    let config = config.to_str().expect("a path");
    for (more, mode) in [
        (vec![("VERBATIM_CODER", "anna"), ("VERBATIM_CONFIG", config)], true),
        (vec![("VERBATIM_CODER", "anna")], false),
    ] {
        let mut pty = folder.start(&["study"], 110, 32, &more);
        pty.until("the text", |s| s.contents().contains("En als het druk wordt?"));
        pty.until("the mouse", |s| (s.mouse_protocol_mode() == vt100::MouseProtocolMode::None) == mode);
        pty.press("q");
        assert_eq!(pty.end().0, 0);
    }
}

#[test]
fn the_language_is_that_of_the_environment_until_it_is_switched() {
    let folder = Folder::with_study();
    let dutch = [("VERBATIM_CODER", "anna"), ("LC_ALL", "nl_NL.UTF-8")];
    let mut pty = folder.start(&["study"], 120, 32, &dutch);
    pty.wait("Documenten");
    pty.press("L");
    pty.wait("English from here on");
    pty.wait("Documents");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    let kept = std::fs::read_to_string(folder.path("config").join("config.toml")).expect("it is kept");
    assert!(kept.contains("interface = \"en\""), "{kept}");
    let mut pty = folder.start(&["study"], 120, 32, &dutch);
    pty.wait("Documents");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

#[test]
fn another_size_is_drawn_at_once() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 120, 40, &[("VERBATIM_CODER", "anna")]);
    pty.wait("Codebook");
    pty.resize(60, 15);
    pty.wait_gone("Documents");
    pty.wait("En als het druk wordt?");
    pty.resize(4, 2);
    pty.resize(120, 40);
    pty.wait("Codebook");
    pty.wait("Documents");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

#[test]
#[cfg(debug_assertions)]
fn a_panic_gives_the_terminal_back_and_says_why() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna"), ("VERBATIM_PANIC", "1")]);
    pty.wait("asked for by VERBATIM_PANIC");
    let (code, screen) = pty.end();
    assert_ne!(code, 0);
    is_clean(&screen);
}

#[test]
fn a_wrong_code_is_corrected_by_two_keys_and_the_journal_has_it() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna")]);
    pty.wait("En als het druk wordt?");
    pty.press("n5");
    pty.wait("Training: \"Dan helpen we elkaar.\"");
    pty.press("r");
    pty.wait("find a code by its name");
    pty.press("1");
    pty.wait("Mobility instead of Training");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    let listed = folder.run(&["--study", "study", "codings", "--json"]);
    assert!(
        listed.contains("\"code\":\"mobility\"") && !listed.contains("\"code\":\"training\""),
        "{listed}"
    );
}

/// Files that an editor was lent, left in the cache.
#[cfg(unix)]
fn lent(folder: &Folder) -> Vec<std::path::PathBuf> {
    let mut out = Vec::new();
    let mut look = vec![folder.path("cache")];
    while let Some(dir) = look.pop() {
        for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                look.push(path);
            } else if path.extension().is_some_and(|e| e == "md") {
                out.push(path);
            }
        }
    }
    out
}

#[test]
#[cfg(unix)]
fn a_memo_goes_through_the_users_own_editor() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with_study();
    let editor = folder.path("editor");
    let script = "#!/bin/sh\nls -l \"$2\" | cut -c1-10 > rights\nprintf ' en meer' >> \"$2\"\nexit \"$1\"\n";
    std::fs::write(&editor, script).expect("a file");
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).expect("rights");
    for (code, says) in [("0", "as your editor left it"), ("3", "the text is as it was")] {
        let command = format!("{} {code}", editor.display());
        let more = [("VERBATIM_CODER", "anna"), ("EDITOR", command.as_str()), ("VISUAL", "")];
        let mut pty = folder.start(&["study"], 110, 32, &more);
        pty.wait("En als het druk wordt?");
        pty.press("ms");
        pty.wait("memo on the study");
        pty.press(&format!("Titel {code}{ENTER}Tekst {code}\x05"));
        pty.wait(says);
        pty.wait(&format!("Titel {code}"));
        pty.press("\x13");
        pty.wait("the memo is kept");
        pty.press("q");
        let (ended, screen) = pty.end();
        assert_eq!(ended, 0);
        is_clean(&screen);
        assert_eq!(lent(&folder), Vec::<std::path::PathBuf>::new(), "the file is gone");
    }
    assert_eq!(std::fs::read_to_string(folder.path("rights")).expect("the editor ran").trim(), "-rw-------");
    let listed = folder.run(&["--study", "study", "memo", "list", "--json"]);
    assert!(listed.contains("\"body\":\"Tekst 0 en meer\""), "{listed}");
    assert!(listed.contains("\"body\":\"Tekst 3\""), "{listed}");
}

#[test]
fn a_command_runs_below_the_screen_and_what_it_did_is_shown() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna")]);
    pty.wait("En als het druk wordt?");
    pty.press("n:codings");
    pty.press(ENTER);
    pty.wait("no coding found");
    pty.press(ESC);
    pty.wait_gone("no coding found");
    // Anna's answer is in the second turn, after "Interviewer: En als het druk wordt?" and her name.
    pty.press(":code hav\t43 64 train\t");
    pty.wait(":code haven 43 64 training");
    pty.press(ENTER);
    pty.wait("verbatim code haven 43 64 training");
    pty.wait("Dan helpen we elkaar.”");
    pty.press(ESC);
    pty.wait_gone("verbatim code haven");
    pty.wait("undo: \"Training on turn 2\"");
    // The screen goes on writing beside the command's own journal.
    pty.press("ux");
    pty.wait("no code here");
    pty.press("5\x07");
    pty.wait("verbatim code haven 43 64 training");
    pty.press(ESC);
    pty.wait_gone("the same on the command line");
    pty.press(":nonsense");
    pty.press(ENTER);
    pty.wait("error: ");
    pty.press(ESC);
    pty.wait_gone("error: ");
    pty.press("q");
    let (code, screen) = pty.end();
    assert_eq!(code, 0);
    is_clean(&screen);
    let listed = folder.run(&["--study", "study", "codings", "--json"]);
    assert_eq!(listed.matches("\"code\":\"training\"").count(), 1, "{listed}");
}

#[test]
fn a_key_soon_after_esc_does_what_both_do() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna")]);
    pty.wait("En als het druk wordt?");
    pty.press("n");
    pty.press("T");
    pty.wait("0 read, not mentioned");
    // In one go, as tmux and slow lines hand them on.
    pty.press(&format!("{ESC}5"));
    pty.wait("Training: \"Dan helpen we elkaar.\"");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

#[cfg(unix)]
#[test]
fn a_command_that_does_not_end_is_stopped_and_nothing_is_half_done() {
    let folder = Folder::with_study();
    // A pipe that nobody writes into: whoever reads it waits.
    let made = std::process::Command::new("mkfifo").arg(folder.path("pipe.csv")).status();
    assert!(made.is_ok_and(|s| s.success()), "mkfifo");
    let before = folder.journals();
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna")]);
    pty.wait("En als het druk wordt?");
    pty.press(&format!(":code --from pipe.csv{ENTER}"));
    pty.wait("x stops it");
    pty.press("x");
    pty.wait("stopped; what it had done by then is done");
    pty.press(ESC);
    pty.wait_gone("stopped; what it had done by then is done");
    // The same from the transcript, after its sheet was left.
    pty.press(&format!(":code --from pipe.csv{ENTER}"));
    pty.wait("x stops it");
    pty.press(ESC);
    pty.wait("code --from pipe.csv Esc stops it");
    pty.press(ESC);
    pty.wait("done: code --from pipe.csv");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    assert_eq!(folder.journals(), before);
}

#[test]
fn copying_asks_the_terminal() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna")]);
    pty.wait("En als het druk wordt?");
    pty.press("nsy");
    pty.wait("copied (by the terminal)");
    // "Dan helpen we elkaar." in base 64.
    pty.wait_bytes("\x1b]52;c;RGFuIGhlbHBlbiB3ZSBlbGthYXIu\x07");
    // Ctrl-C copies while something is selected, and else leaves.
    pty.press("s\x03");
    pty.wait_bytes("\x1b]52;c;RGF0IGlzIGdlZW4gc3RyYWYu\x07");
    pty.press(ESC);
    pty.wait("no code here");
    pty.wait_gone("selected");
    pty.press("\x03");
    assert_eq!(pty.end().0, 0);
    // Inside tmux the sequence is wrapped.
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna"), ("TMUX", "/tmp/x,1,0")]);
    pty.wait("En als het druk wordt?");
    pty.press("nsy");
    pty.wait_bytes("\x1bPtmux;\x1b\x1b]52;c;RGFuIGhlbHBlbiB3ZSBlbGthYXIu\x07\x1b\\");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

#[test]
fn a_theme_is_kept_for_the_next_time() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna")]);
    pty.wait("En als het druk wordt?");
    pty.press("\x14");
    pty.wait("theme: light");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    let mut pty = folder.start(&["study"], 110, 32, &[("VERBATIM_CODER", "anna")]);
    pty.wait("En als het druk wordt?");
    pty.press("\x14");
    pty.wait("theme: high contrast");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

#[test]
#[cfg(unix)]
fn ctrl_z_gives_the_terminal_back_until_the_shell_calls() {
    let folder = Folder::with_study();
    // A shell with job control: it goes on when the program stops, and brings it back.
    let script = "set -m; \"$VERBATIM\" study; echo the shell has it; read -r line; \
                  \"$VERBATIM\" --study study --quiet code haven 43 64 mobility; fg; echo over";
    let mut pty = folder.shell(script, 110, 32, &[("VERBATIM_CODER", "anna")]);
    pty.wait("En als het druk wordt?");
    pty.press("n5");
    pty.wait("Training: \"Dan helpen we elkaar.\"");
    pty.press("\x1a");
    pty.wait("the shell has it");
    pty.until("a clean terminal", |screen| {
        !screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor()
    });
    pty.press("\n");
    // What the shell did is seen, and everything else is as it was.
    pty.wait("undo: \"Mobility on turn 2\"");
    pty.until("the screen again", vt100::Screen::alternate_screen);
    pty.press("uu");
    pty.wait("undone: Training on turn 2");
    pty.press("q");
    pty.wait("over");
    let (_, screen) = pty.end();
    is_clean(&screen);
}
