//! What goes wrong: terminals of no size, full disks, folders that go, texts that change, storms of keys,
//! and files that want to talk to the terminal.

use std::fmt::Write as _;
use std::path::Path;

use super::pty::{Folder, Pty};
use super::wire::assert_known;
use super::{ENTER, is_clean};

/// Esc as terminals send it that leave no doubt about it: keys that follow at once are keys of their own.
const ESC: &str = "\x1b[27u";
const ANNA: (&str, &str) = ("VERBATIM_CODER", "anna");

fn start(folder: &Folder) -> Pty {
    let mut pty = folder.start(&["study"], 110, 32, &[ANNA]);
    pty.wait("En als het druk wordt?");
    pty
}

fn leave(mut pty: Pty) -> Vec<u8> {
    pty.press("q");
    let (code, screen) = pty.end();
    assert_eq!(code, 0, "{}", pty.text());
    is_clean(&screen);
    pty.bytes()
}

#[test]
fn a_terminal_of_no_size_and_back() {
    let folder = Folder::with_study();
    let mut pty = start(&folder);
    for (i, (columns, rows)) in [(1, 1), (0, 0), (1, 200), (300, 1), (2, 3)].into_iter().enumerate() {
        pty.size(columns, rows);
        // It listens, whatever there is to see.
        pty.press(if i % 2 == 0 { "nT" } else { "?" });
        pty.press(&ESC.repeat(3));
        pty.resize(110, 32);
        pty.wait("Documents");
        pty.wait("haven");
        pty.wait_gone("type to filter");
    }
    pty.press("gn5");
    pty.wait("Training: \"Dan helpen we elkaar.\"");
    leave(pty);
}

/// Ids of the acts in the journals, whole lines only.
fn acts(folder: &Folder) -> usize {
    folder.journals().lines().filter(|l| l.ends_with("]}")).count()
}

#[test]
#[cfg(unix)]
fn what_was_shown_as_saved_survives_being_killed_in_a_storm_of_codings() {
    let rounds = if std::env::var_os("VERBATIM_LONG").is_some() { 60 } else { 4 };
    let folder = Folder::with_study();
    for round in 0..rounds {
        let before = acts(&folder);
        let mut pty = start(&folder);
        // Each coding and each undo of it is an act.
        pty.press(&"n5ux".repeat(20));
        pty.wait("saved ");
        // However far it is now.
        for spin in 0..(round * 7_919) % 200_000 {
            std::hint::black_box(spin);
        }
        pty.kill();
        let journals = folder.journals();
        assert!(acts(&folder) > before, "round {round}: {journals}");
        // The study opens, and every whole line is in it.
        let listed = folder.run(&["--study", "study", "history", "--json", "--limit", "100000"]);
        assert_eq!(listed.matches("\"at\":").count(), acts(&folder), "round {round}");
    }
}

/// Runs the screen where no file may grow beyond some blocks, until that is lifted.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_what_was_done_is_saved_when_there_is_room() {
    let folder = Folder::with_study();
    folder.run(&["--study", "study", "code", "haven", "46", "67", "mobility"]);
    let size = folder.journals().len();
    // So many blocks of 512 bytes that the journal can take a few more acts, and no more.
    let blocks = size / 512 + 2;
    let script = format!("trap '' XFSZ; ulimit -S -f {blocks}; exec \"$0\" \"$@\"");
    let mut pty = folder.start_in(&["sh", "-c", &script], &["study"], 110, 32, &[ANNA]);
    pty.wait("En als het druk wordt?");
    pty.press("n5");
    for _ in 0..6 {
        pty.press("uU");
    }
    pty.wait("NOT SAVED");
    pty.wait("no file may grow here any more");
    let waiting = acts(&folder);
    // What was done stays on the screen, and leaving is warned of.
    pty.press("5");
    pty.press("q");
    pty.wait("not saved");
    let lifted = std::process::Command::new("prlimit")
        .args(["--pid", &pty.id().to_string(), "--fsize=unlimited:unlimited"])
        .status();
    if !lifted.is_ok_and(|s| s.success()) {
        // No way here to make room: what could be tested was.
        return;
    }
    pty.wait_gone("NOT SAVED");
    pty.wait("saved ");
    leave(pty);
    assert!(acts(&folder) > waiting);
    let listed = folder.run(&["--study", "study", "codings", "--json"]);
    assert!(listed.contains("Die is er ook."), "{listed}");
    // Half a line that the full disk took is skipped and named; the act behind it is whole.
}

#[test]
fn a_journal_folder_that_goes_is_made_again_and_nothing_is_lost() {
    let folder = Folder::with_study();
    let mut pty = start(&folder);
    pty.press("n5");
    pty.wait("Training: \"Dan helpen we elkaar.\"");
    let (journal, away) = (folder.path("study/journal"), folder.path("away"));
    std::fs::rename(&journal, &away).expect("a folder that goes");
    pty.press("1");
    pty.wait("Mobility: \"Dan helpen we elkaar.\"");
    pty.wait("saved ");
    pty.press("q");
    let (code, _) = pty.end();
    assert_eq!(code, 0);
    // What was done after is in a journal of its own; with the old one beside it the study is whole.
    for entry in std::fs::read_dir(&away).expect("a folder").flatten() {
        std::fs::create_dir_all(&journal).expect("a folder");
        std::fs::rename(entry.path(), journal.join(entry.file_name())).expect("a journal comes back");
    }
    let listed = folder.run(&["--study", "study", "codings", "--json"]);
    assert!(listed.contains("\"mobility\"") && listed.contains("\"training\""), "{listed}");
}

#[test]
fn a_journal_folder_that_is_a_file_now_says_why_nothing_is_saved() {
    let folder = Folder::with_study();
    let mut pty = start(&folder);
    let (journal, away) = (folder.path("study/journal"), folder.path("away"));
    std::fs::rename(&journal, &away).expect("a folder that goes");
    std::fs::write(&journal, "").expect("a file in its place");
    pty.press("n5");
    pty.until("a word that it is not saved", |s| {
        let text = s.contents();
        text.contains("NOT SAVED") || text.contains("journal")
    });
    std::fs::remove_file(&journal).expect("the file goes");
    std::fs::rename(&away, &journal).expect("the folder is back");
    pty.press("5");
    pty.wait("Training: \"Dan helpen we elkaar.\"");
    pty.wait("saved ");
    leave(pty);
}

#[test]
fn a_text_changed_by_hand_moves_no_coding_silently() {
    let folder = Folder::with_study();
    let mut pty = start(&folder);
    pty.press("n5");
    pty.wait("Training: \"Dan helpen we elkaar.\"");
    let path = folder.path("study/corpus/haven.txt");
    let text = std::fs::read_to_string(&path).expect("a text");
    // Words before it: the coding is found again by its quote.
    std::fs::write(&path, format!("Voorzitter: Welkom.\n\n{text}")).expect("a text");
    pty.wait("texts or tables changed on disk and were read anew");
    let listed = folder.run(&["--study", "study", "codings", "--json"]);
    assert!(
        listed.contains("\"anchor\":\"moved\"") && listed.contains("\"Dan helpen we elkaar.\""),
        "{listed}"
    );
    // Nothing new is coded on a text that no act knows.
    pty.press("1");
    pty.wait("changed by hand");
    // Its words are gone: it waits for somebody to decide, and is not drawn anywhere.
    std::fs::write(&path, text.replace("Dan helpen we elkaar.", "Dan niet.")).expect("a text");
    pty.wait("Dan niet.");
    let listed = folder.run(&["--study", "study", "codings", "--json"]);
    assert!(listed.contains("\"anchor\":\"review\""), "{listed}");
    std::fs::write(&path, text).expect("a text");
    pty.wait("Dan helpen we elkaar.");
    leave(pty);
    let listed = folder.run(&["--study", "study", "codings", "--json"]);
    assert!(listed.contains("\"anchor\":\"exact\""), "{listed}");
}

#[test]
fn a_megabyte_is_pasted_everywhere() {
    let folder = Folder::with_study();
    let mut pty = start(&folder);
    let paste = format!("\x1b[200~{}\x1b[201~", "veel tekst \u{202e}\x07 ".repeat(1 << 16));
    for (opens, shows) in [("c", "code this sentence"), ("/", "Enter"), ("ms", "memo on the study"), ("", "")]
    {
        pty.press(opens);
        pty.wait(shows);
        pty.press(&paste);
        pty.wait("veel tekst");
        // Esc leaves it, in as many steps as it takes.
        pty.press(&ESC.repeat(4));
        pty.wait_gone("veel tekst");
        pty.wait("Documents");
    }
    pty.press("gn5");
    pty.wait("Training: \"Dan helpen we elkaar.\"");
    assert_known(&leave(pty));
}

#[test]
fn ten_thousand_keys_at_once_are_all_taken() {
    let folder = Folder::with_study();
    let mut pty = start(&folder);
    let mut keys = String::new();
    for i in 0..2_500 {
        keys.push_str(["jk", "sw", "e[", "tN"][i % 4]);
        keys.push_str(["lh", "}{", "gG", "bn"][i % 4]);
    }
    assert_eq!(keys.len(), 10_000);
    pty.press(&keys);
    pty.press("\x0cgn5");
    pty.wait("Training: \"Dan helpen we elkaar.\"");
    leave(pty);
}

/// What files might say to a terminal.
const EVIL: &str = "A\u{1b}[7;35;45;5mB\u{1b}]0;titel\u{7}C\u{9b}6nD\u{1b}P1$r\u{1b}\\E\u{8}F\u{202e}G\u{2066}H\u{200b}I\u{feff}J\u{7f}K\u{85}L\u{ad}M\u{e0041}N👩\u{200d}👩\u{200d}👧é\u{301}漢字";

#[test]
fn nothing_from_a_file_talks_to_the_terminal() {
    let folder = Folder::new();
    let evil = serde_json::to_string(EVIL).expect("JSON");
    let book = format!(
        r#"{{"id":"book","title":{evil},"qualifiers":[{{"id":"tone","label":{evil},"values":[{{"id":"hot","label":{evil}}},{{"id":"cold"}}]}}],"codes":[{{"id":"a","label":{{"en":{evil}}},"definition":{{"en":{evil}}},"shortcut":"5","status":"fixed"}},{{"id":"b","label":{{"en":"Plain"}},"status":"fixed"}}]}}"#
    );
    std::fs::write(folder.path("book.json"), book).expect("a file");
    std::fs::create_dir(folder.path("texts")).expect("a folder");
    let long = "lang ".repeat(20_000);
    let text = format!(
        "Interviewer: Begin {EVIL} hier?\n\nAn{EVIL}na: Dan {EVIL} dus. {long}\n\nInterviewer: {EVIL}\n"
    );
    std::fs::write(folder.path("texts/haven.txt"), text).expect("a file");
    let odd = "een\u{1b}[31m\u{202e}gesprek.txt";
    std::fs::write(folder.path("texts").join(odd), "Interviewer: Ja?\n\nBo: Nee.\n").expect("a file");
    folder.run(&["init", "study", "--codebook", "book.json"]);
    folder.run(&["--study", "study", "import", "texts"]);
    let cell = format!("\"{EVIL}\"");
    std::fs::write(
        folder.path("study/corpus/documents.csv"),
        format!("document,title,case,kind\nhaven,{cell},{cell},{cell}\n"),
    )
    .expect("a table");
    std::fs::write(
        folder.path("study/corpus/cases.csv"),
        format!("case,name,sector\n{cell},{cell},{cell}\n"),
    )
    .expect("a table");
    folder.run(&["--study", "study", "code", "haven", "13", "18", "a", "--note", EVIL]);
    folder.run(&["--study", "study", "memo", "add", "--title", EVIL, "--on", "haven", EVIL]);
    folder.run(&["--study", "study", "--coder", "bram", "memo", "add", "--tag", EVIL, EVIL]);
    let mut pty = folder.start(&["study"], 110, 32, &[ANNA]);
    pty.wait("Begin");
    for keys in [
        "n", "c", "T", "H", "M", "F", "?", "m", "r", "a", "=", "G", "\t", "\t", "o", "i", "E", "ns", "5",
        "u", "w",
    ] {
        pty.press(keys);
        pty.press("\x0c");
        pty.wait_for_frame();
        pty.press(ENTER);
        pty.wait_for_frame();
        pty.press(ESC);
        pty.wait_for_frame();
        pty.press(ESC);
        pty.wait_for_frame();
        pty.press(ESC);
        pty.wait_for_frame();
    }
    // What is typed and pasted, and files that are not there.
    pty.press(&format!("\x1b[200~/nergens/{EVIL}\x1b[201~{ENTER}{ENTER}"));
    pty.wait_for_frame();
    pty.press(ESC);
    pty.wait_for_frame();
    pty.press(ESC);
    pty.wait_for_frame();
    pty.press(ESC);
    pty.wait_for_frame();
    pty.press(&format!("/{ENTER}"));
    pty.wait_for_frame();
    pty.resize(60, 15);
    pty.wait_for_frame();
    pty.press("\x03");
    let _ = pty.end();
    assert_known(&pty.bytes());
}

#[test]
fn a_path_full_of_controls_is_safe_on_the_start_screen() {
    let folder = Folder::new();
    let dir = folder.path(&EVIL.replace(['/', '\0'], ""));
    std::fs::create_dir(&dir).expect("a folder with an odd name");
    let mut pty = folder.start(&[], 100, 30, &[ANNA]);
    pty.wait("New study");
    pty.press("jj");
    pty.press(ENTER);
    pty.wait("where to put the sample study");
    pty.press("\x15");
    pty.press(&format!("\x1b[200~{}\x1b[201~{ENTER}", Path::new(&dir).display()));
    pty.wait_for_frame();
    pty.press("\x03");
    let _ = pty.end();
    assert_known(&pty.bytes());
}

#[test]
fn a_screen_tells_when_its_coder_goes_blind() {
    let folder = Folder::with_study();
    folder.run(&["--study", "study", "--coder", "bram", "code", "haven", "46", "67", "training"]);
    let mut pty = start(&folder);
    pty.press("no");
    pty.wait("┊Training");
    folder.run(&["--study", "study", "coders", "blind", "on"]);
    pty.wait("you are blind: what others read is hidden");
    pty.wait("anna · blind");
    // What a colleague does now is not even counted.
    folder.run(&["--study", "study", "--coder", "bram", "code", "haven", "46", "67", "mobility"]);
    folder.run(&["--study", "study", "--coder", "bram", "code", "zorg", "30", "40", "mobility"]);
    pty.press("5");
    pty.wait("Training: \"Dan helpen we elkaar.\"");
    folder.run(&["--study", "study", "coders", "blind", "off"]);
    pty.wait("what others read is shown again");
    assert!(!pty.text().contains("bram: "), "{}", pty.text());
    leave(pty);
}

/// Fifty interviews with twenty thousand codings, open on the screen: less than 60 MB. It takes a while to
/// make them.
#[cfg(target_os = "linux")]
#[test]
fn a_large_study_is_small_in_memory() {
    if std::env::var_os("VERBATIM_LONG").is_none() {
        return;
    }
    let folder = Folder::with_study();
    std::fs::create_dir(folder.path("veel")).expect("a folder");
    let mut rows = "document,start,end,code\n".to_owned();
    for i in 0..50 {
        let said = format!("Gesprek {i}: {}", "Wij roosteren zelf, en dat gaat één keer goed. ".repeat(20));
        let text = format!("Interviewer: Hoe dan?\n\nAnna: {said}\n\n").repeat(60);
        std::fs::write(folder.path(&format!("veel/g{i:02}.txt")), text).expect("a file");
        for k in 0..400 {
            let start = 30 + k * 140;
            writeln!(rows, "g{i:02},{start},{},training", start + 90).expect("a row");
        }
    }
    std::fs::write(folder.path("rows.csv"), rows).expect("a file");
    folder.run(&["--study", "study", "import", "veel"]);
    folder.run(&["--study", "study", "code", "--from", "rows.csv"]);
    let mut pty = start(&folder);
    pty.press("T");
    pty.wait("Zero means");
    let status = std::fs::read_to_string(format!("/proc/{}/status", pty.id())).expect("its memory");
    let most = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).expect("a figure");
    let kilobytes: u64 = most.trim().trim_end_matches(" kB").parse().expect("a number");
    assert!(kilobytes < 60_000, "{kilobytes} kB");
    pty.press(ESC);
    leave(pty);
}
