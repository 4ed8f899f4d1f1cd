//! `import`: what comes in, and every file that cannot.

use std::fs;

use crate::support::{World, fixtures};

#[test]
fn a_dry_run_shows_turns_and_speakers_and_writes_nothing() {
    let mut world = World::with_study();
    let bakery = fixtures().join("bakery");
    world.run(&["import", bakery.to_str().unwrap(), "--dry-run"]).done();
    assert!(!world.path("corpus/library.txt").exists());
    insta::assert_snapshot!(world.said);
}

#[test]
fn known_texts_are_skipped_and_other_texts_get_another_name() {
    let mut world = World::with_interviews();
    let bakery = fixtures().join("bakery");
    let journal = fs::read(world.journal()).unwrap();
    world.run(&["import", bakery.to_str().unwrap(), "--quiet"]).done();
    assert_eq!(fs::read(world.journal()).unwrap(), journal, "nothing new, so no act");
    // The same text under another name, with other line ends.
    let text = fs::read_to_string(bakery.join("transcripts/de-korst-1.txt")).unwrap();
    world.write("copy.txt", text.replace('\n', "\r\n"));
    world.run(&["import", "copy.txt"]).done();
    // The same name with another text.
    world.write("new/library.txt", "Interviewer: And now?\nMs Okafor: Now we are open on Sundays.\n");
    let ran = world.run(&["import", "new/library.txt"]).done();
    assert!(ran.stderr.contains("warning: "), "{}", ran.stderr);
    world.run(&["documents", "library-2"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn what_is_told_of_a_text_is_not_told_of_another_with_its_name() {
    let mut world = World::with_study();
    world.write("talk.txt", "Interviewer: Hello?\nGuest: Hello.\nInterviewer: Bye?\nGuest: Bye.\n");
    world.write("new/talk.txt", "Interviewer: And now?\nBob: Now yes.\nInterviewer: Bye?\nBob: Bye.\n");
    world.run(&["import", "talk.txt"]).done();
    world.run(&["import", "new/talk.txt", "--case", "mill"]).done();
    let rows = world.run(&["documents", "--json"]).done().json();
    let cases: Vec<_> = rows["documents"].as_array().unwrap().iter().map(|d| d["case"].as_str()).collect();
    assert_eq!(cases, [None, Some("mill")]);
    let second = world.run(&["documents", "talk-2", "--json"]).done().json()["documents"][0].clone();
    let roles: Vec<_> = second["speakers"].as_array().unwrap().iter().map(|s| s["role"].clone()).collect();
    assert_eq!(roles, ["interviewer", "respondent"]);
    // A table beside a third text speaks of that one.
    world.write("third/talk.txt", "Interviewer: Again?\nEve: Again.\nInterviewer: Bye?\nEve: Bye.\n");
    world.write("third/documents.csv", "document,case\ntalk,bakery\n");
    world.run(&["import", "third"]).done();
    let table = world.read("corpus/documents.csv");
    let rows: Vec<&str> = table.lines().skip(1).collect();
    assert_eq!(rows.len(), 3, "{table}");
    let expected = [("talk,", ""), ("talk-2,", "mill"), ("talk-3,", "bakery")];
    for (row, (name, case)) in rows.iter().zip(expected) {
        assert!(row.starts_with(name) && row.split(',').nth(2) == Some(case), "{table}");
    }
}

#[test]
fn git_conflict_marks_keep_a_file_out() {
    let mut world = World::with_study();
    world.write(
        "talk.md",
        "---\ntitle: T\n---\nI: Hello?\n<<<<<<< ours\nR: Yes.\n=======\nR: No.\n>>>>>>> theirs\n",
    );
    world.run(&["import", "talk.md"]).refused();
    world.write("mixed/good.txt", "Interviewer: Hello?\nGuest: Hello.\n");
    world.write(
        "mixed/documents.csv",
        "document,case\n<<<<<<< ours\ngood,mill\n=======\ngood,moon\n>>>>>>> theirs\n",
    );
    let ran = world.run(&["import", "mixed"]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        world.run(&["documents", "good", "--json"]).json()["documents"][0]["case"],
        serde_json::Value::Null
    );
    world.write("open.csv", "document,title\ngood,\"The mill\nother,x\n");
    world.run(&["import", "--attributes", "open.csv"]).refused();
    insta::assert_snapshot!(world.said);
}

#[test]
fn who_asks_is_not_asked_for_where_a_table_says_it() {
    let mut world = World::with_study();
    world.write("talks/a.txt", "Adam: Hello?\nEve: Hello.\nAdam: Bye?\nEve: Bye.\n");
    let ran = world.run(&["import", "talks", "--dry-run"]).done();
    assert!(ran.stderr.contains("no label says who interviews"), "{}", ran.stderr);
    world.write("talks/speakers.csv", "document,speaker,role\na,Adam,interviewer\n");
    let ran = world.run(&["import", "talks"]).done();
    assert_eq!(ran.stderr, "");
}

#[test]
fn what_a_case_is_called_comes_from_the_command_line_or_the_tables() {
    let mut world = World::with_study();
    world.write("talk.txt", "Interviewer: Hello?\nGuest: Hello.\n");
    world.run(&["import", "talk.txt", "--case", "The Mill", "--language", "EN"]).done();
    let row = world.run(&["documents", "talk", "--json"]).done().json()["documents"][0].clone();
    assert_eq!((row["case"].as_str(), row["language"].as_str()), (Some("The Mill"), Some("en")));
    assert_eq!(row["speakers"][0]["role"], "interviewer");
    world.write("more.csv", "document;consent;case\ntalk;yes;the-mill\n");
    let table = world.run(&["import", "--attributes", "more.csv", "--json"]).done().json();
    assert_eq!(table["tables"][0]["kind"], "documents");
    let row = world.run(&["documents", "talk", "--json"]).done().json()["documents"][0].clone();
    assert_eq!(row["attributes"]["consent"], "yes");
}

#[test]
fn pasted_paths_are_understood() {
    let mut world = World::with_study();
    let file = world.write("my talks/first talk.txt", "Interviewer: Hello?\nGuest: Hello.\n");
    let path = file.to_str().unwrap().to_owned();
    for pasted in [
        format!("'{path}'"),
        format!("\"{path}\" "),
        path.replace(' ', "\\ "),
        format!("file://{}", path.replace(' ', "%20")),
    ] {
        let ran = world.run(&["import", &pasted, "--dry-run", "--json"]).done().json();
        assert_eq!(ran["imported"][0]["document"], "first-talk", "{pasted}");
    }
}

#[test]
fn a_folder_of_word_files_comes_in_with_one_command() {
    let mut world = World::with_study();
    world.run(&["import", fixtures().join("libreoffice").to_str().unwrap()]).done();
    let all = world.run(&["documents", "--json"]).done().json();
    let mut found: Vec<(&str, u64)> = Vec::new();
    for row in all["documents"].as_array().unwrap() {
        found.push((row["document"].as_str().unwrap(), row["turns"].as_u64().unwrap()));
    }
    // Turns counted by hand in the originals: lines that begin with a label.
    let expected = [
        ("01-rietvink-directeur", 57),
        ("02-rietvink-thuiszorg", 61),
        ("03-kwartel", 52),
        ("de-korst-1", 6),
        ("de-korst-2", 4),
    ];
    assert_eq!(found, expected);
}

#[test]
fn files_that_are_no_transcripts_are_refused_by_name() {
    let mut world = World::with_study();
    world.write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    world.write("noise.txt", [0_u8, 1, 2, 3, 0, 0, 5, 9, 200, 0, 0, 7].repeat(50));
    world.write("empty.txt", "");
    world.write("blank.txt", " \n\n\t\n");
    world.write("utf32.txt", b"\xff\xfe\0\0H\0\0\0i\0\0\0");
    world.write("broken.docx", "this is no zip archive");
    world.write("old.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    world.write("page.html", "<p>Interviewer: hello</p>");
    for file in [
        "picture.txt",
        "noise.txt",
        "empty.txt",
        "blank.txt",
        "utf32.txt",
        "broken.docx",
        "old.doc",
        "page.html",
    ] {
        world.run(&["import", file]).refused();
    }
    world.write("folder/README.md", "Interviewer: I am no transcript.\n");
    world.write("folder/LICENSE.txt", "All rights reserved.\n");
    world.run(&["import", "folder"]).refused();
    world.run(&["import", "not-there.txt"]).refused();
    world.run(&["import", "folder", "--layout", "poem"]).refused();
    world.run(&["import"]).refused();
    insta::assert_snapshot!(world.said);
    assert_eq!(world.run(&["documents", "--json"]).json()["documents"], serde_json::json!([]));
    assert!(!world.said.contains('\u{1b}'));
}

#[test]
fn one_bad_file_does_not_keep_the_good_ones_out() {
    let mut world = World::with_study();
    world.write("mixed/good.txt", "Interviewer: Hello?\nGuest: Hello.\n");
    world.write("mixed/empty.txt", "");
    let ran = world.run(&["import", "mixed"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("empty.txt"), "{}", ran.stderr);
    world.run(&["documents", "good"]).done();
}

#[test]
fn tables_with_missing_columns_and_unknown_names() {
    let mut world = World::with_interviews();
    world.write("nothing.csv", "colour;taste\nred;sweet\n");
    world.run(&["import", "--attributes", "nothing.csv"]).refused();
    world.write("unknown.csv", "document,interviewer\nlibrary,Noor\nlibary,Noor\n");
    world.run(&["import", "--attributes", "unknown.csv"]);
    world.write("cases.csv", "organisation,sector\ntown-library,\nmoon-base,space\n");
    world.run(&["import", "--attributes", "cases.csv"]);
    world.write(
        "moved.csv",
        "document,organisation\nlibrary,town-library\nde-korst-1,de-krost\nde-korst-2,de-krost\n",
    );
    world.run(&["import", "--attributes", "moved.csv"]);
    world.write("people.csv", "document,speaker,role\nlibrary,Ms Okafor,boss\nlibrary,Nobody,respondent\n");
    world.run(&["import", "--attributes", "people.csv"]);
    world.run(&["check"]);
    insta::assert_snapshot!(world.said);
}

#[test]
fn other_encodings_are_read() {
    let mut world = World::with_study();
    let text =
        "Interviewer: Hoe gaat het in het café?\nGeïnterviewde: Goed, één klacht: de zéér hoge drempel.\n";
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    world.write("wide.txt", wide);
    let latin: Vec<u8> = text.replace("één", "geen").chars().map(|c| c as u8).collect();
    world.write("latin.txt", latin);
    let ran = world.run(&["import", "wide.txt", "latin.txt", "--language", "nl", "--json"]).done().json();
    assert_eq!(ran["imported"][0]["encoding"], "UTF-16LE");
    assert_eq!(ran["imported"][1]["encoding"], "windows-1252");
    assert_eq!(world.read("corpus/wide.txt"), text);
    assert_eq!(world.read("corpus/latin.txt"), text.replace("één", "geen"));
}

#[test]
fn escape_sequences_and_hidden_directions_do_not_reach_the_terminal() {
    let mut world = World::with_study();
    let nasty = "Interviewer: a\u{1b}[31mred\u{1b}]0;title\u{7} b\u{9b}2J\u{8}c\nEve\u{202e}: x\u{202e}gnirts\u{2066} y\u{7f}\nInterviewer: ok\nEve\u{202e}: yes\n";
    world.write("nasty.txt", nasty);
    world.run(&["import", "nasty.txt", "--dry-run"]);
    world.run(&["import", "nasty.txt"]);
    world.run(&["documents", "nasty"]);
    world.run(&["documents", "nasty", "--json"]);
    world.run(&["search", "gnirts"]);
    world.run(&["search", "gnirts", "--json"]);
    world.run(&["memo", "add", "a memo \u{1b}[2J with \u{9b}31m", "--title", "\u{1b}]0;x\u{7}"]);
    world.run(&["memo", "list"]);
    world.run(&["memo", "list", "--json"]);
    world.run(&["code", "nasty\u{1b}[1m", "1", "2", "x"]);
    let bad = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    // The words of the command line stand in the transcript as they were given.
    let printed: String = world.said.lines().filter(|l| !l.starts_with("$ ")).collect::<Vec<_>>().join("\n");
    let found = printed.find(bad).map(|at| printed[at..].chars().take(20).collect::<String>());
    assert_eq!(found, None);
}

#[test]
fn transcripts_of_kinds_that_are_not_read_are_named() {
    let mut world = World::with_study();
    world.write("talks/one.txt", "Interviewer: Hello?\nGuest: Hello.\n");
    for name in ["interview2.pdf", "interview3.RTF", "more/four.odt", "photo.jpg", "README.pdf", "~$five.doc"]
    {
        world.write(&format!("talks/{name}"), "x");
    }
    let ran = world.run(&["import", "talks"]).done();
    let said = "warning: talks: not read: interview2.pdf, interview3.RTF, more/four.odt (save them as .docx or .txt)\n";
    assert_eq!(ran.stderr, said);
    // Where nothing else is there, too.
    world.write("scans/six.pdf", "x");
    let ran = world.run(&["import", "scans"]).refused();
    assert!(ran.stderr.contains("not read: six.pdf"), "{}", ran.stderr);
}

#[test]
fn check_tells_of_documents_that_do_not_say_who_asks() {
    let mut world = World::with_study();
    world.write("talks/equals.txt", "Adam: Hello?\nEve: Hello.\nAdam: Bye?\nEve: Bye.\n");
    world.write("talks/plain.txt", "A report in which nobody is named.\n");
    world.write("talks/good.txt", "Interviewer: Hello?\nGuest: Hello.\n");
    world.run(&["import", "talks"]).done();
    // Notes, which change no exit code, as import's own are.
    let found = world.run(&["check", "--json"]).done().json();
    let found: Vec<_> = found["problems"].as_array().unwrap().iter().collect();
    let of: Vec<_> =
        found.iter().map(|p| (p["file"].as_str().unwrap(), p["severity"].as_str().unwrap())).collect();
    assert_eq!(of, [("corpus/equals.txt", "note"), ("corpus/plain.txt", "note")]);
    let what = |i: usize| found[i]["what"].as_str().unwrap();
    assert_eq!(what(0), "no speaker is an interviewer, so all count as respondents");
    assert_eq!(what(1), "no speakers were found, so the whole text counts as one turn");
    // The table says it: nothing is left to tell of that one.
    let roles =
        world.read("corpus/speakers.csv").replace("equals,Adam,,respondent", "equals,Adam,,interviewer");
    assert!(roles.contains("Adam,,interviewer"), "{roles}");
    world.write("corpus/speakers.csv", roles);
    let found = world.run(&["check", "--json"]).done().json();
    assert_eq!(found["problems"].as_array().map(Vec::len), Some(1));
}
