//! Writing: what was shown as saved is there, whatever the disk does; what was not is kept.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "a test damages files on purpose")]

mod common;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::sync::Arc;

use common::{Fault, FaultyDisk, Folder, code};
use model::act::Change;
use verbatim_study::{Context, Draft, Study, StudyError};

fn open_on(folder: &Folder, disk: &FaultyDisk) -> Study {
    let mut context = folder.context("anna", 1);
    context.disk = Arc::new(disk.clone());
    Study::open(&folder.dir(), &context).unwrap()
}

/// Ids of the codings in the lines of all journals, however often.
fn lines_with(folder: &Folder, id: &str) -> usize {
    let journals = folder.journals();
    journals
        .iter()
        .map(|j| folder.read(&format!("journal/{j}")))
        .flat_map(|t| t.lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|l| l.contains(&format!("\"id\":\"{id}\"")) && l.ends_with("]}"))
        .count()
}

#[test]
fn the_first_act_introduces_the_coder_and_syncs_the_folder() {
    let folder = Folder::new();
    drop(folder.init());
    assert_eq!(folder.journals(), Vec::<String>::new());
    let disk = FaultyDisk::default();
    let mut study = open_on(&folder, &disk);
    let id = study.append(code(0)).unwrap();
    assert_eq!(disk.log(), ["write", "sync", "folder", "write", "sync"]);
    study.append(code(1)).unwrap();
    assert_eq!(disk.log(), ["write", "sync"]);
    assert_eq!(study.state().codings().count(), 2);
    let introduced = study.state().history()[0].clone();
    assert!(
        matches!(&introduced.changes[0], Change::CoderIntroduced(i) if i.coder == "anna" && i.device == study.context().device)
    );
    assert_eq!(introduced.n, 1);
    drop(study);
    let study = folder.open();
    assert_eq!(study.state().act(id).unwrap().n, 2);
    assert_eq!(study.problems(), []);
    assert_eq!(study.check(), study.check());
}

#[test]
fn a_journal_cut_at_any_byte_opens_with_every_complete_line() {
    let folder = Folder::new();
    let mut study = folder.init();
    for i in 0..3 {
        study.append(code(i)).unwrap();
    }
    drop(study);
    let name = folder.journals()[0].clone();
    let whole = fs::read(folder.journal(&name)).unwrap();
    let other = Folder::new();
    drop(other.init());
    for cut in 0..=whole.len() {
        let part = &whole[..cut];
        fs::write(other.journal("anna-zzzzzz.jsonl"), part).unwrap();
        let study = other.open();
        let complete =
            part.iter().filter(|b| **b == b'\n').count() + usize::from(whole.get(cut) == Some(&b'\n'));
        assert_eq!(study.state().len(), complete, "cut at {cut}");
    }
}

#[test]
fn after_a_torn_line_the_next_act_begins_a_new_one() {
    let folder = Folder::new();
    let mut study = folder.init();
    study.append(code(0)).unwrap();
    drop(study);
    let name = folder.journals()[0].clone();
    // The machine died in the middle of a write that was never reported.
    let torn = b"{\"v\":1,\"id\":\"0192";
    OpenOptions::new().append(true).open(folder.journal(&name)).unwrap().write_all(torn).unwrap();
    let mut study = folder.open();
    assert_eq!(study.problems().len(), 1);
    let id = study.append(code(1)).unwrap();
    drop(study);
    assert_eq!(folder.journals(), [name]);
    let study = folder.open();
    assert_eq!(study.state().codings().count(), 2);
    assert_eq!(study.state().act(id).unwrap().n, 3);
}

#[test]
fn a_complete_line_without_its_newline_counts_and_is_not_joined() {
    let folder = Folder::new();
    let mut study = folder.init();
    study.append(code(0)).unwrap();
    drop(study);
    let path = folder.journal(&folder.journals()[0]);
    // Without the cache's record, as on a disk that was cut off before it.
    fs::remove_dir_all(folder.temp.path().join("home-1/cache")).unwrap();
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
    let mut study = folder.open();
    assert_eq!(study.state().codings().count(), 1);
    study.append(code(1)).unwrap();
    drop(study);
    let study = folder.open();
    assert_eq!(study.state().codings().count(), 2);
    assert_eq!(study.problems(), []);
}

#[test]
fn what_fails_is_kept_and_written_once_it_can_be() {
    for fault in [Fault::Full, Fault::Short(0), Fault::Short(40), Fault::Sync] {
        let folder = Folder::new();
        folder.init().append(code(0)).unwrap();
        let disk = FaultyDisk::writes(&[fault, fault, fault]);
        let mut study = open_on(&folder, &disk);
        let why = study.append(code(1)).unwrap_err();
        let StudyError::NotSaved { act, waiting: 1, .. } = why else { panic!("{why}") };
        assert_eq!(study.pending(), [act]);
        assert_eq!(study.state().codings().count(), 2, "it shows");
        // The next one waits behind it.
        let why = study.append(code(2)).unwrap_err();
        let StudyError::NotSaved { act: second, waiting: 2, .. } = why else { panic!("{why}") };
        assert!(!why.hint().is_empty());
        assert!(study.retry().is_err());
        assert_eq!(study.retry().unwrap(), 2);
        assert_eq!(study.pending(), []);
        study.append(code(3)).unwrap();
        let numbers: Vec<u64> = study.state().history().iter().map(|a| a.n).collect();
        drop(study);
        let study = folder.open();
        assert_eq!(study.state().codings().count(), 4, "{fault:?}");
        assert_eq!(study.state().history().iter().map(|a| a.n).collect::<Vec<_>>(), numbers);
        assert_eq!(numbers, [1, 2, 3, 4, 5]);
        assert!(study.state().act(act).unwrap().id < study.state().act(second).unwrap().id);
        assert_eq!(folder.journals().len(), 1);
        if fault != Fault::Sync {
            assert_eq!(lines_with(&folder, &act.to_string()), 1);
        }
        // Written twice is one act, and no copied device.
        assert!(study.journals().iter().all(|j| !j.copied && j.missing == 0));
    }
}

#[test]
fn a_read_only_disk_is_read_and_says_so_when_written() {
    let folder = Folder::new();
    folder.init().append(code(0)).unwrap();
    let disk = FaultyDisk::opens(&[Fault::ReadOnly]);
    let mut study = open_on(&folder, &disk);
    assert_eq!(study.state().codings().count(), 1);
    let why = study.append(code(1)).unwrap_err();
    assert!(why.to_string().starts_with("the disk is read-only"), "{why}");
    assert!(why.hint().contains("reading works"));
    assert_eq!(study.state().codings().count(), 1);
    assert_eq!(study.pending(), []);
}

#[test]
fn two_programs_of_one_coder_write_side_by_side() {
    let folder = Folder::new();
    let mut screen = folder.init();
    screen.append(code(0)).unwrap();
    let mut command = folder.open();
    command.append(code(1)).unwrap();
    let device = screen.context().device.clone();
    assert_eq!(folder.journals(), [format!("anna-{device}-2.jsonl"), format!("anna-{device}.jsonl")]);
    screen.append(code(2)).unwrap();
    assert_eq!(screen.refresh().unwrap(), 1);
    assert_eq!(screen.refresh().unwrap(), 0);
    assert_eq!(screen.state().codings().count(), 3);
    drop((screen, command));
    // The first one is free again, and goes on counting where it was.
    let mut study = folder.open();
    study.append(code(3)).unwrap();
    assert_eq!(folder.journals().len(), 2);
    assert_eq!(study.check().iter().filter(|p| p.file.starts_with("journal/")).count(), 0);
}

#[test]
fn a_file_that_grew_between_opening_and_writing_is_taken_in() {
    let folder = Folder::new();
    drop(folder.init());
    let mut late = folder.open();
    let mut first = folder.open();
    let id = first.append(code(0)).unwrap();
    drop(first);
    let next = late.append(code(1)).unwrap();
    assert!(next > id);
    assert_eq!(folder.journals().len(), 1);
    assert_eq!(late.state().codings().count(), 2);
    assert_eq!(late.state().act(next).unwrap().n, 3);
}

#[test]
fn locks_that_do_not_work_mean_a_file_of_its_own() {
    let folder = Folder::new();
    folder.init().append(code(0)).unwrap();
    for (faults, files) in [(vec![Fault::Locked], 2), (vec![Fault::NoLocks; 3], 3)] {
        open_on(&folder, &FaultyDisk::opens(&faults)).append(code(1)).unwrap();
        assert_eq!(folder.journals().len(), files, "{faults:?}");
    }
    assert_eq!(folder.open().state().codings().count(), 3);
}

#[test]
fn a_file_that_is_not_as_it_was_left_means_a_new_device() {
    type Damage = fn(Vec<u8>) -> Vec<u8>;
    let shorter: Damage = |b| b[..b.len() / 2].to_vec();
    let empty: Damage = |_| Vec::new();
    let other: Damage = |b| {
        let text = String::from_utf8(b).unwrap();
        let (before, after) = text.rsplit_once("\"code\":\"a\"").unwrap();
        format!("{before}\"code\":\"b\"{after}").into_bytes()
    };
    for damage in [shorter, empty, other] {
        let folder = Folder::new();
        let mut study = folder.init();
        study.append(code(0)).unwrap();
        let device = study.context().device.clone();
        drop(study);
        let name = folder.journals()[0].clone();
        let path = folder.journal(&name);
        let damaged = damage(fs::read(&path).unwrap());
        fs::write(&path, &damaged).unwrap();
        let mut study = folder.open();
        assert!(study.check().iter().any(|p| p.what.contains("not as this device left it")));
        study.append(code(1)).unwrap();
        assert_ne!(study.context().device, device);
        assert_eq!(folder.journals().len(), 2);
        assert_eq!(fs::read(&path).unwrap(), damaged, "nothing is rewritten");
        drop(study);
        // It is kept for the next run.
        let mut study = folder.open();
        assert_ne!(study.context().device, device);
        study.append(code(2)).unwrap();
        assert_eq!(folder.journals().len(), 2);
    }
}

#[test]
fn a_file_that_is_replaced_while_it_is_open_loses_nothing() {
    let folder = Folder::new();
    let mut study = folder.init();
    study.append(code(0)).unwrap();
    let path = folder.journal(&folder.journals()[0]);
    // A synchronisation puts the same bytes in another file under the name.
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    fs::write(&path, bytes).unwrap();
    study.append(code(1)).unwrap();
    // Or adds to it.
    let second = folder.journal(folder.journals().iter().find(|j| folder.journal(j) != path).unwrap());
    OpenOptions::new().append(true).open(&second).unwrap().write_all(b"\n").unwrap();
    study.append(code(2)).unwrap();
    drop(study);
    assert_eq!(folder.journals().len(), 3);
    let study = folder.open();
    assert_eq!(study.state().codings().count(), 3);
    assert!(study.journals().iter().all(|j| j.missing == 0), "numbers begin anew in a new file");
}

#[test]
fn a_copied_device_takes_a_new_id() {
    let folder = Folder::new();
    let mut study = folder.init();
    study.append(code(0)).unwrap();
    let device = study.context().device.clone();
    drop(study);
    let path = folder.journal(&folder.journals()[0]);
    let before = fs::read(&path).unwrap();
    folder.open().append(code(1)).unwrap();
    let here = fs::read(&path).unwrap();
    // The copy wrote from the same beginning, with the same device id and chance of its own.
    let copy = Folder::new();
    fs::create_dir_all(copy.dir().join("journal")).unwrap();
    fs::copy(folder.dir().join("study.json"), copy.dir().join("study.json")).unwrap();
    let name = folder.journals()[0].clone();
    fs::write(copy.journal(&name), &before).unwrap();
    let mut context = copy.context("anna", 7);
    context.device.clone_from(&device);
    Study::open(&copy.dir(), &context).unwrap().append(code(2)).unwrap();
    let there = fs::read(copy.journal(&name)).unwrap();
    // Git unites the two.
    fs::write(&path, [here.as_slice(), &there[before.len()..]].concat()).unwrap();
    let mut study = folder.open();
    assert_eq!(study.state().codings().count(), 3, "both count");
    assert!(study.check().iter().any(|p| p.what.contains("two devices wrote under one name")));
    study.append(code(3)).unwrap();
    assert_ne!(study.context().device, device);
    assert_eq!(folder.journals().len(), 2);
}

#[test]
fn ids_go_on_from_the_newest_whatever_the_clock_says() {
    let folder = Folder::new();
    let mut study = folder.init();
    let mut last = study.append(code(0)).unwrap();
    for i in 1..5 {
        let next = study.append(code(i)).unwrap();
        assert!(next > last);
        last = next;
    }
    drop(study);
    // A colleague's clock is a year ahead.
    let text = folder.read(&format!("journal/{}", folder.journals()[0]));
    let line = text.lines().last().unwrap();
    let millis = last.millis() + 365 * 86_400_000;
    let future = model::id::ActId::from_parts(millis, 0, 9);
    let line = line.replace(&last.to_string(), &future.to_string()).replace("\"n\":6", "\"n\":1");
    folder.write("journal/bram-fffff2.jsonl", format!("{line}\n"));
    let mut study = folder.open();
    assert!(study.append(code(9)).unwrap() > future);
    let told = study.check();
    assert!(
        told.iter().any(|p| p.file == "journal/bram-fffff2.jsonl" && p.what.contains("from the future")),
        "{told:?}"
    );
}

#[test]
fn who_acts_is_the_named_coder_or_a_login_that_is_known_here() {
    let folder = Folder::new();
    let nobody = |login: Option<&str>| {
        let mut context = folder.context("x", 1);
        context.coder = None;
        context.login = login.map(str::to_owned);
        context
    };
    assert!(matches!(
        Study::init(&folder.dir(), verbatim_study::Init::default(), &nobody(None)),
        Err(StudyError::WhoCodes { .. })
    ));
    let (mut study, _) =
        Study::init(&folder.dir(), verbatim_study::Init::default(), &nobody(Some("anna"))).unwrap();
    study.append(code(0)).unwrap();
    drop(study);
    let open = |context: &Context| Study::open(&folder.dir(), context).unwrap();
    let at_home = |login| {
        let mut context = nobody(Some(login));
        context.device = folder.context("x", 1).device;
        context
    };
    open(&at_home("anna")).append(code(1)).unwrap();
    let why = open(&at_home("bram")).append(code(1)).unwrap_err();
    assert!(matches!(why, StudyError::WhoCodes { .. }));
    assert!(why.hint().contains("--coder"));
    for bad in ["consensus", "All", "", "-x", " ", "\u{1b}[31mx"] {
        let why = open(&folder.context(bad, 1)).append(code(1)).unwrap_err();
        assert!(matches!(why, StudyError::BadCoder { .. }), "{bad}");
    }
    let mut study = open(&folder.context("Żaneta van Dijk", 1));
    let id = study.append(Draft::new("code", code(2).changes).for_coder("consensus".into())).unwrap();
    let act = study.state().act(id).unwrap();
    assert_eq!((act.coder.as_str(), act.by.as_deref()), ("consensus", Some("Żaneta van Dijk")));
    assert!(folder.journals().iter().any(|j| j.starts_with("zaneta-van-dijk-")));
}

#[test]
fn a_study_without_home_or_cache_works() {
    let folder = Folder::new();
    let mut context = folder.context("anna", 1);
    context.config_dir = None;
    context.cache_base = None;
    let (mut study, _) = Study::init(&folder.dir(), verbatim_study::Init::default(), &context).unwrap();
    study.append(code(0)).unwrap();
    assert_eq!(study.cache_dir(), None);
    study.cache().write("x", b"1").unwrap();
    let (from_nothing, problems) = Context::from_variables(&std::collections::HashMap::new());
    assert_eq!((from_nothing.config_dir, from_nothing.cache_base, problems.len()), (None, None, 0));
}

#[cfg(unix)]
#[test]
fn the_cache_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let mut study = folder.init();
    study.append(code(0)).unwrap();
    let cache = study.cache_dir().unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(cache), 0o700);
    assert_eq!(mode(cache.parent().unwrap()), 0o700);
    for name in common::names(cache) {
        assert_eq!(mode(&cache.join(name)), 0o600);
    }
    study.cache().write("snapshot", b"x").unwrap();
    assert_eq!(mode(&cache.join("snapshot")), 0o600);
    study.cache().forget().unwrap();
    assert!(!cache.exists());
    study.append(code(1)).unwrap();
}
