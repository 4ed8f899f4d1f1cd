//! What others change while the screen is open, and long work beside it.

use super::pty::Folder;
use super::{ENTER, ESC};

const ANNA: (&str, &str) = ("VERBATIM_CODER", "anna");

#[test]
fn what_a_colleague_codes_comes_in_and_disturbs_nothing() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[ANNA]);
    pty.wait("En als het druk wordt?");
    pty.press("ns");
    pty.wait("sentence, 4 words selected in turn 2");
    // What is open over the text stays as it is, and nothing comes in under it.
    pty.press("c");
    pty.wait("code this sentence");
    pty.press("opl");
    folder.run(&["--study", "study", "--coder", "bram", "code", "haven", "46", "67", "training"]);
    folder.run(&["--study", "study", "--coder", "bram", "code", "haven", "46", "67", "mobility"]);
    pty.wait("opl");
    pty.press(ESC);
    pty.wait_gone("opl");
    pty.press(ESC);
    pty.wait("bram: 2 new acts");
    pty.press("5");
    pty.wait("Training: \"Dan helpen we elkaar.\"");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

#[test]
fn an_open_list_takes_in_what_a_colleague_does() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[ANNA]);
    pty.wait("En als het druk wordt?");
    pty.press("n5");
    pty.wait("saved ");
    pty.press("R");
    pty.wait("1 passage");
    pty.press("o");
    // What stands before it comes in above it; the passage at hand stays at hand.
    folder.run(&["--study", "study", "--coder", "bram", "code", "haven", "13", "35", "training"]);
    pty.wait("bram: 1 new act");
    pty.wait("1 in turns that do not count");
    pty.press(ENTER);
    pty.wait("Backspace goes back to the list");
    pty.press(ESC);
    pty.wait("in turn 2");
    // A click in the history puts an act at hand, a double click is Enter: it undoes.
    pty.press("H");
    pty.wait("your own acts, newest first");
    pty.press("\x1b[<0;30;3M\x1b[<0;30;3m\x1b[<0;30;3M\x1b[<0;30;3m");
    pty.wait("undone: ");
    pty.press("q");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    let listed = folder.run(&["--study", "study", "codings", "--json"]);
    assert!(!listed.contains("Dan helpen we elkaar."), "{listed}");
}

#[test]
fn shift_with_an_arrow_selects_in_a_terminal() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[ANNA]);
    pty.wait("En als het druk wordt?");
    pty.press("n");
    pty.wait("in turn 2");
    pty.press("\x1b[1;6C\x1b[1;6C\x1b[1;2C");
    pty.wait("2 words selected in turn 2");
    pty.press("5");
    pty.wait("Training: \"Dan helpen");
    pty.wait("saved ");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

#[test]
fn a_table_that_changes_is_read_anew_and_the_reader_stays() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[ANNA]);
    pty.wait("En als het druk wordt?");
    pty.press("ns");
    pty.wait("words selected in turn 2");
    let table = "document,title,case\nhaven,Havenbedrijf,haven\nzorg,Zorghuis,zorg\n";
    std::fs::write(folder.path("study/corpus/documents.csv"), table).expect("a file");
    pty.wait("Havenbedrijf");
    pty.wait("texts or tables changed on disk and were read anew");
    pty.press("5");
    pty.wait("Training: \"Dan helpen we elkaar.\"");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

#[test]
fn documents_of_a_colleague_come_in_with_their_texts() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[ANNA]);
    pty.wait("0 of 2 done");
    std::fs::write(folder.path("markt.txt"), "Interviewer: Dag.\n\nCees: De markt is druk.\n")
        .expect("a file");
    folder.run(&["--study", "study", "--coder", "bram", "import", "markt.txt"]);
    pty.wait("0 of 3 done");
    pty.wait("markt");
    pty.wait("En als het druk wordt?");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

#[test]
fn what_a_command_of_the_screen_does_comes_in_under_what_it_says() {
    let folder = Folder::with_study();
    let mut pty = folder.start(&["study"], 110, 32, &[ANNA]);
    pty.wait("En als het druk wordt?");
    pty.wait("0 of 2 done");
    pty.press(&format!(":code haven 46 67 training{ENTER}"));
    pty.wait("training on haven 46");
    pty.press(ESC);
    pty.wait("▌Training");
    std::fs::write(folder.path("markt.txt"), "Interviewer: Dag.\n\nCees: De markt is druk.\n")
        .expect("a file");
    pty.press(&format!(":import {}{ENTER}", folder.path("markt.txt").display()));
    pty.wait("imported 1 document");
    pty.press(ESC);
    pty.wait("0 of 3 done");
    pty.wait("En als het druk wordt?");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

/// A folder with many transcripts.
fn many(folder: &Folder, name: &str, n: usize) {
    std::fs::create_dir(folder.path(name)).expect("a folder");
    for i in 0..n {
        let text = format!("Interviewer: Vraag {i}?\n\nAnna: {}\n", format!("Antwoord {i}. ").repeat(400));
        std::fs::write(folder.path(&format!("{name}/gesprek-{i:03}.txt")), text).expect("a file");
    }
}

#[test]
fn coding_goes_on_while_transcripts_come_in() {
    let folder = Folder::with_study();
    many(&folder, "veel", 60);
    let mut pty = folder.start(&["study"], 110, 32, &[ANNA]);
    pty.wait("En als het druk wordt?");
    pty.press(&format!("\x1b[200~{}\x1b[201~", folder.path("veel").display()));
    pty.wait("Bring transcripts in");
    pty.press(&format!("{ENTER}{ENTER}n5"));
    pty.wait("Training: \"Dan helpen we elkaar.\"");
    pty.wait("0 of 62 done");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    let listed = folder.run(&["--study", "study", "codings", "--json"]);
    assert!(listed.contains("Dan helpen we elkaar."), "{listed}");
    assert!(folder.run(&["--study", "study", "documents"]).contains("gesprek-059"));
    assert!(!folder.run(&["--study", "study", "check"]).contains("error"));
}

#[test]
fn what_import_says_of_files_is_shown_to_its_end() {
    let folder = Folder::with_study();
    let texts = folder.path("meer");
    std::fs::create_dir(&texts).expect("a folder");
    for (name, text) in [
        ("kantine.txt", &b"Piet: Hoe gaat het?\n\nKees: Goed.\n\nPiet: En nu?\n\nKees: Klaar.\n"[..]),
        ("notitie.txt", b"Een verslag zonder sprekers, dat niemand heeft uitgeschreven.\n"),
        ("oud.txt", b"Interviewer: Een caf\xe9?\n\nJan: Ja, \xe9\xe9n.\n"),
        ("scan.pdf", b"%PDF-1.4"),
    ] {
        std::fs::write(texts.join(name), text).expect("a file");
    }
    let mut pty = folder.start(&["study"], 110, 32, &[ANNA, ("LC_ALL", "nl_NL.UTF-8")]);
    pty.wait("En als het druk wordt?");
    pty.press(&format!("\x1b[200~{}\x1b[201~", texts.display()));
    pty.wait("Transcripten binnenhalen");
    pty.press(&format!("{ENTER}De Korst{ENTER}"));
    pty.wait("3 documenten binnengehaald, 1 probleem, 3 opmerkingen");
    // Each file with what is said of it, in the order of their names.
    pty.wait("niet gelezen: scan.pdf (bewaar ze als .docx of .txt)");
    for (file, what) in [
        ("kantine.txt", "geen label zegt wie interviewt"),
        ("notitie.txt", "er zijn geen sprekers gevonden"),
        ("oud.txt, regel 1", "de tekencodering is geraden: windows-1252"),
    ] {
        pty.wait(file);
        pty.wait(what);
    }
    pty.press(ESC);
    pty.wait_gone("de tekencodering");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    let table = std::fs::read_to_string(folder.path("study/corpus/documents.csv")).expect("the table");
    assert_eq!(table.matches("De Korst").count(), 3, "{table}");
}

#[test]
fn an_import_that_is_stopped_leaves_nothing_half_done() {
    let folder = Folder::with_study();
    many(&folder, "veel", 400);
    let before = folder.journals();
    let mut pty = folder.start(&["study"], 110, 32, &[ANNA]);
    pty.wait("En als het druk wordt?");
    pty.press(&format!("\x1b[200~{}\x1b[201~", folder.path("veel").display()));
    pty.wait("Bring transcripts in");
    pty.press(&format!("{ENTER}{ENTER}"));
    pty.wait("Esc stops it");
    pty.press(ESC);
    pty.wait("stopped; everything is as it was");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    assert_eq!(folder.journals(), before);
    let left: Vec<_> = std::fs::read_dir(folder.path("study/corpus"))
        .expect("a folder")
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .filter(|n| n.contains("gesprek"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn a_study_that_cannot_be_opened_is_an_error_of_the_command() {
    let folder = Folder::with_study();
    std::fs::write(folder.path("study/study.json"), "{\"format\":99}").expect("a file");
    let mut pty = folder.start(&["study"], 110, 32, &[ANNA]);
    pty.wait("has format 99");
    let (code, screen) = pty.end();
    assert_eq!(code, 2);
    super::is_clean(&screen);
}
