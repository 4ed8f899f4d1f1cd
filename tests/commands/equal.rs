//! An act of the screen and the command that it is said to be: both are done to the sample study, each on
//! its own copy, and come to the same.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use model::act::{Act, Change};
use model::id::{ActId, ThingId};
use serde_json::Value;
use study::Context;
use tui::desk::Desk;
use tui::fixture::Stage;
use tui::layers::Layer;

use crate::support::World;

/// A study as its coder has it on the screen.
fn open(dir: &Path) -> Desk {
    let context = Context::fixed(&dir.with_extension("home"), "anna", 1);
    let (study, corpus, _) = index::open(dir, &context).unwrap();
    let languages = study.languages().into_iter().map(str::to_owned).collect();
    Desk::new("study".into(), corpus, study.state().clone(), study.coder().ok(), languages)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &there);
        } else {
            std::fs::copy(&path, &there).unwrap();
        }
    }
}

/// What is in a study, but for the ids and times of what was made.
fn picture(desk: &Desk) -> Vec<String> {
    let state = &desk.state;
    let mut out: Vec<String> = Vec::new();
    for p in &desk.coded.placed {
        let c = state.coding(p.id).unwrap();
        let more = (c.code, c.case, c.qualifiers, c.weight, c.note, c.definition);
        let said: Vec<(String, String)> =
            state.translations(p.id).into_iter().map(|(l, t)| (l.to_string(), t.body.clone())).collect();
        let example = state.is_exemplar(p.id);
        let rule = c.rule.map(|rule| state.search_name(rule));
        out.push(format!(
            "coding {} {:?} {} {more:?} {said:?} {example} {rule:?}",
            p.document, p.span, p.coder
        ));
    }
    for s in state.searches() {
        out.push(format!(
            "search {} {:?} {:?} {:?} {} {:?}",
            s.name,
            s.query,
            s.code,
            s.unit,
            s.stem,
            s.run.map(|r| r.0)
        ));
        let hits = state.hit_events(s.id).into_iter().enumerate();
        out.extend(hits.map(|(i, live)| {
            // All but the rule's id, which is another one in each copy.
            let mut said = serde_json::to_value(live.change).unwrap();
            said.as_object_mut().unwrap().remove("rule");
            format!("hit {} {i} {} {said}", s.name, live.act.coder)
        }));
    }
    out.extend(state.memos().map(|m| {
        let w = m.written;
        format!("memo {:?} {:?} {} {:?} {:?} {:?}", w.on, w.title, w.kind, w.body, w.tags, w.links)
    }));
    out.extend(state.summaries().iter().map(|l| format!("summary {:?}", l.change)));
    out.extend(desk.coded.codebook.codes.iter().map(|c| {
        let of = (c.parent.as_ref(), c.order, c.status, c.retired, c.merged_into.as_ref(), c.shortcut);
        let fields: BTreeMap<&String, &Value> = c.fields.iter().collect();
        format!("code {} {of:?} {} {fields:?}", c.id, c.narrowed.len())
    }));
    out.extend(state.settings("").map(|(key, value)| format!("setting {key} {value}")));
    out.push(format!("progress {:?}", desk.progress));
    // Places in the tree and in the text are told; the order in which things were made is not.
    out.sort();
    out
}

/// The acts that a study has more than before.
fn new_acts(before: &Desk, after: &Desk) -> Vec<Arc<Act>> {
    let known: Vec<ActId> = before.state.acts().iter().map(|a| a.id).collect();
    let introduces = |a: &Act| a.changes.iter().any(|c| matches!(c, Change::CoderIntroduced(_)));
    let mut new: Vec<Arc<Act>> =
        after.state.acts().iter().filter(|a| !known.contains(&a.id) && !introduces(a)).cloned().collect();
    new.sort_by_key(|a| a.id);
    new
}

fn changes(acts: &[Arc<Act>]) -> Vec<Value> {
    acts.iter().flat_map(|a| &a.changes).map(|c| serde_json::to_value(c).unwrap()).collect()
}

/// The sample study, with something of every sort in it that acts can be done to.
struct Sample {
    world: World,
    desk: Desk,
    copies: usize,
    /// A coding with a note, a weight, a case, qualifiers and a memo.
    full: ThingId,
    /// A coding that is an example.
    example: ThingId,
    /// A coding with the same code beside it.
    beside: ThingId,
    /// A coding with nothing.
    plain: ThingId,
    /// A document that is done, and one that is not.
    done: String,
    open: String,
}

fn prepared() -> Sample {
    let mut world = World::new();
    world.run(&["demo", "study"]).done();
    let mut run = |args: &[&str]| {
        let args: Vec<&str> = ["--study", "study"].iter().chain(args).copied().collect();
        world.run(&args).done()
    };
    let listed = run(&["codings", "--mine", "--json"]).json();
    let codings = listed["codings"].as_array().unwrap();
    // Far apart, so that none is in another's way.
    let long = codings.iter().filter(|c| c["quote"].as_str().unwrap().split(' ').count() > 9);
    let mut picked: Vec<(String, u64, String, String)> = Vec::new();
    for c in long {
        let of = c["document"].as_str().unwrap();
        if picked.iter().all(|(_, _, document, _)| document != of) {
            let quote = c["quote"].as_str().unwrap().to_owned();
            picked.push((c["id"].as_str().unwrap().into(), c["start"].as_u64().unwrap(), of.into(), quote));
        }
    }
    let [full, example, beside, plain] = [0, 1, 2, 3].map(|i| picked[i].0.clone());
    run(&["codings", "change", &full, "--note", "old", "--weight", "3", "--case", "zandhoek"]);
    run(&["codings", "change", &full, "--qualifier", "status=planned", "--qualifier", "horizon=long"]);
    run(&["memo", "add", "--on", &format!("coding:{full}"), "--title", "Old", "--tag", "a", "Old text"]);
    run(&["exemplar", "mark", &example]);
    let words: u64 = picked[2].3.split(' ').take(5).map(|w| w.chars().count() as u64 + 1).sum();
    run(&["codings", "split", &beside, &(picked[2].1 + words).to_string()]);
    run(&["summary", "rietvink", "training", "They learn."]);
    let narrower = ["--definition", "nl=Alleen cursussen.", "--effect", "narrower", "--reason", "te ruim"];
    run(&[&["codebook", "change", "training"][..], &narrower].concat());
    run(&["codebook", "add", "los", "--label", "nl=Los", "--under", "training"]);
    run(&["done", &picked[0].2]);
    run(&["reopen", &picked[1].2]);
    run(&["code", &picked[3].2, "0", "9", "training"]);
    run(&["undo"]);
    let (done, open_one) = (picked[0].2.clone(), picked[1].2.clone());
    let desk = open(&world.path("study"));
    let id = |word: &str| ThingId::parse(word).unwrap();
    let (full, example, beside, plain) = (id(&full), id(&example), id(&beside), id(&plain));
    Sample { world, desk, copies: 0, full, example, beside, plain, done, open: open_one }
}

/// Takes a coding in hand.
fn hand(stage: &mut Stage, id: ThingId) -> &mut Stage {
    let all = &stage.app.desk.as_ref().unwrap().coded.placed;
    let placed = all.iter().find(|p| p.id == id).expect("the coding is in place");
    let (document, start) = (placed.document as usize, placed.span.start);
    stage.app.open_document(document);
    stage.app.reader.go(start);
    stage.app.settle();
    stage.app.newest = Some(id);
    stage
}

/// Opens a document at its beginning.
fn document<'a>(stage: &'a mut Stage, id: &str) -> &'a mut Stage {
    let at = stage.app.desk.as_ref().unwrap().corpus.position(id).unwrap();
    stage.app.open_document(at);
    stage.app.settle();
    stage
}

/// Opens the codebook screen with a code at hand.
fn book<'a>(stage: &'a mut Stage, code: &str) -> &'a mut Stage {
    let at = stage.app.desk.as_ref().unwrap().coded.codebook.position(code).unwrap();
    stage.app.code = at;
    stage.press("B");
    let Some(Layer::Book(book)) = stage.app.layers.last() else { panic!("no codebook screen") };
    assert_eq!(book.place(), Some(at));
    stage
}

impl Sample {
    /// Runs lines in a shell on a copy of the study.
    fn shell(&mut self, lines: &[String]) -> PathBuf {
        self.copies += 1;
        let dir = self.world.path(&format!("copy-{}", self.copies));
        copy(&self.world.path("study"), &dir);
        let like = self.world.command(&[]);
        let mut shell = Command::new("/bin/sh");
        for (key, value) in like.get_envs() {
            shell.env(key, value.unwrap());
        }
        let program = env!("CARGO_BIN_EXE_verbatim");
        let study = dir.display();
        let script = format!(
            "set -e\nverbatim() {{ '{program}' --study '{study}' \"$@\" </dev/null; }}\n{}\n",
            lines.join("\n")
        );
        let ran = shell.arg("-c").arg(&script).current_dir(self.world.path("")).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.success(), "{}\n{said}", lines.join("\n"));
        dir
    }

    /// Does something in the search on the screen, and then what it is said to be in a shell. Rules get
    /// other ids there, and a search is saved by another act; what comes of it is the same.
    fn alike(&mut self, what: &str, acts: usize, does: impl Fn(&mut Stage, &Self)) {
        let mut stage = Stage::new(open(&self.world.path("study")), 110, 40);
        does(&mut stage, self);
        let there = stage.app.desk.as_ref().unwrap();
        let new = new_acts(&self.desk, there);
        let (lines, missing) = tui::equal::commands(there, None, &new);
        assert_eq!((missing, lines.len()), (0, acts), "{what}: {lines:?} of {:?}", changes(&new));
        let here = open(&self.shell(&lines));
        let said = lines.join("\n");
        let keeps =
            |a: &&Arc<Act>| !a.changes.iter().any(|c| matches!(c, Change::SearchSaved(s) if s.passing));
        let done = new_acts(&self.desk, &here);
        assert_eq!(done.iter().filter(keeps).count(), acts, "{what}: each command is one act:\n{said}");
        let was = picture(&self.desk);
        let (here, there) = (picture(&here), picture(there));
        let only =
            |a: &[String], b: &[String]| a.iter().filter(|l| !b.contains(l)).cloned().collect::<Vec<_>>();
        assert_eq!(only(&here, &there), only(&there, &here), "{what}:\n{said}");
        assert_eq!(here.len(), there.len(), "{what}:\n{said}");
        assert_ne!(here, was, "{what}: nothing came of it");
        _ = write!(self.world.said, "{what}\n{said}\n\n");
    }

    /// Does something on the screen, and then what it is said to be in a shell.
    fn same(&mut self, what: &str, does: impl Fn(&mut Stage, &Self)) {
        let mut stage = Stage::new(open(&self.world.path("study")), 110, 40);
        does(&mut stage, self);
        let there = stage.app.desk.as_ref().unwrap();
        let acts = new_acts(&self.desk, there);
        assert!(!acts.is_empty(), "{what}: nothing was done: {:?}\n{}", stage.app.message, stage.screen());
        let (lines, missing) = tui::equal::commands(there, None, &acts);
        assert_eq!(missing, 0, "{what}: {lines:?} and more of {:?}", changes(&acts));
        let dir = self.shell(&lines);
        let here = open(&dir);
        let done = new_acts(&self.desk, &here);
        let said = lines.join("\n");
        assert_eq!(done.len(), lines.len(), "{what}: each command is one act:\n{said}");
        assert_eq!(changes(&done), changes(&acts), "{what}:\n{said}");
        let (here, there) = (picture(&here), picture(there));
        let only =
            |a: &[String], b: &[String]| a.iter().filter(|l| !b.contains(l)).cloned().collect::<Vec<_>>();
        assert_eq!(only(&here, &there), only(&there, &here), "{what}:\n{said}");
        assert_eq!(here.len(), there.len(), "{what}:\n{said}");
        _ = write!(self.world.said, "{what}\n{said}\n\n");
    }
}

#[test]
fn acts_on_codings_are_their_commands() {
    let mut sample = prepared();
    let s = &mut sample;
    s.world.said.clear();
    s.same("a code", |stage, s| _ = document(stage, &s.done).press("s 7"));
    s.same("two codes", |stage, s| _ = document(stage, &s.done).press("t c tab tab enter"));
    s.same("a new code on the text", |stage, s| {
        let name = "it's \"so\" $HOME `x` -- 5 %";
        document(stage, &s.done).press("s c").type_in(name).press("ctrl-n enter enter enter");
    });
    s.same("a new code with colour and definition", |stage, s| {
        document(stage, &s.done).press("s c").type_in("-nieuw").press("ctrl-n down down enter");
        stage.type_in("#12ab34").press("enter").type_in("nl=wat 'het' is").press("enter");
    });
    s.same("an in-vivo code", |stage, s| _ = document(stage, &s.done).press("w V enter"));
    s.same("another code by its key", |stage, s| _ = hand(stage, s.plain).press("r 7"));
    s.same("another code by name", |stage, s| {
        _ = hand(stage, s.plain).press("r c").type_in("sabbat").press("enter");
    });
    s.same("a note", |stage, s| {
        hand(stage, s.plain).press("a n").type_in("-it's \"so\": $HOME").press("enter");
        stage.type_in("  and `so` on\\").press("ctrl-s");
    });
    s.same("no note", |stage, s| _ = hand(stage, s.full).press("a n ctrl-u ctrl-s"));
    s.same("a weight", |stage, s| _ = hand(stage, s.plain).press("a w").type_in("-2,5").press("enter"));
    s.same("no weight", |stage, s| _ = hand(stage, s.full).press("a w ctrl-u enter"));
    s.same("a case", |stage, s| _ = hand(stage, s.plain).press("a k").type_in("zandhoek").press("enter"));
    s.same("no case", |stage, s| {
        _ = hand(stage, s.full).press("a k up up up up up up up up up up up up up up up up enter");
    });
    s.same("a qualifier", |stage, s| _ = hand(stage, s.example).press("= 2"));
    s.same("another qualifier", |stage, s| _ = hand(stage, s.full).press("= 3"));
    s.same("no qualifier", |stage, s| _ = hand(stage, s.full).press("= 2"));
    s.same("other bounds", |stage, s| _ = hand(stage, s.plain).press("w w w a r"));
    s.same("split", |stage, s| {
        _ = hand(stage, s.plain)
            .press("right right right right right right right right right right right right a s");
    });
    s.same("merged", |stage, s| _ = hand(stage, s.beside).press("a m"));
    s.same("an example", |stage, s| _ = hand(stage, s.plain).press("a x"));
    s.same("no example", |stage, s| _ = hand(stage, s.example).press("a x"));
    s.same("a translation", |stage, s| {
        hand(stage, s.plain).press("a t enter").type_in("--help isn't it").press("ctrl-s");
    });
    s.same("removed", |stage, s| _ = hand(stage, s.plain).press("x"));
    s.same("done", |stage, s| _ = document(stage, &s.open).press("D"));
    s.same("reopened", |stage, s| _ = document(stage, &s.done).press("D"));
    s.same("undone", |stage, _| _ = stage.press("u u"));
    s.same("redone", |stage, _| _ = stage.press("U"));
    insta::assert_snapshot!(anywhere(&s.world.said));
}

#[test]
fn what_is_written_is_its_commands() {
    let mut sample = prepared();
    let s = &mut sample;
    s.world.said.clear();
    s.same("a memo on the study", |stage, s| {
        stage.press("m s").type_in("-Wat 'nu'?").press("ctrl-t tab").type_in("een, twee drie");
        stage.press("tab").type_in(&s.plain.to_string()).press("tab");
        stage.type_in("Regel een.").press("enter enter").type_in("$(regel) \"twee\"").press("ctrl-s");
    });
    s.same("a memo of one hyphen", |stage, _| {
        stage.press("m s enter").type_in("-").press("ctrl-s");
    });
    s.same("a memo on the document", |stage, s| {
        document(stage, &s.open).press("m d enter").type_in("Over dit gesprek.").press("ctrl-s");
    });
    s.same("a memo on the case", |stage, s| {
        document(stage, &s.open).press("m c enter").type_in("Over deze organisatie.").press("ctrl-s");
    });
    s.same("a memo on a code", |stage, _| {
        stage.press("m k").type_in("training").press("enter enter").type_in("Over de code.").press("ctrl-s");
    });
    s.same("a memo on a coding", |stage, s| {
        hand(stage, s.plain).press("m m enter").type_in("Over de codering.").press("ctrl-s");
    });
    s.same("a memo on a passage", |stage, s| {
        document(stage, &s.open).press("s s m m enter").type_in("--type is geen optie").press("ctrl-s");
    });
    s.same("a memo written anew", |stage, _| {
        stage.press("M").type_in("old text").press("enter").type_in(" and more").press("tab ctrl-u");
        stage.type_in("New").press("tab ctrl-u ctrl-s");
    });
    s.same("a memo removed", |stage, _| _ = stage.press("M").type_in("old text").press("ctrl-d"));
    s.same("a summary", |stage, s| {
        hand(stage, s.plain).press("F enter").type_in("-Zij leren\\ 'veel'.").press("ctrl-s");
    });
    s.same("no summary", |stage, _| {
        let desk = stage.app.desk.as_ref().unwrap();
        stage.app.code = desk.coded.codebook.position("training").unwrap();
        let of = |d: &model::corpus::Document| d.case.as_deref() == Some("rietvink");
        let at = desk.corpus.documents.iter().position(of).unwrap();
        stage.app.open_document(at);
        stage.press("F enter ctrl-u ctrl-s");
    });
    insta::assert_snapshot!(anywhere(&s.world.said));
}

#[test]
fn acts_on_the_codebook_are_their_commands() {
    let mut sample = prepared();
    let s = &mut sample;
    s.world.said.clear();
    let label = "-it's \"so\" nl=x $HOME";
    s.same("a code behind", |stage, _| _ = book(stage, "training").press("n").type_in(label).press("enter"));
    s.same("a code under", |stage, _| _ = book(stage, "training").press("N").type_in("Onder").press("enter"));
    s.same("a label", |stage, _| _ = book(stage, "training").press("l ctrl-u").type_in(label).press("enter"));
    s.same("a definition of a code with codings", |stage, _| {
        book(stage, "training")
            .press("d")
            .type_in(" En 'meer'.")
            .press("enter 4")
            .type_in("-waarom")
            .press("enter");
    });
    s.same("a definition of a code without", |stage, _| {
        book(stage, "los").press("d").type_in("--zo").press("enter");
    });
    s.same("an include", |stage, _| _ = book(stage, "los").press("i").type_in("dit = dat").press("enter"));
    s.same("an exclude", |stage, _| _ = book(stage, "los").press("x").type_in("nl=dat").press("enter"));
    s.same("an example", |stage, _| _ = book(stage, "training").press("a").type_in("-zo").press("enter"));
    s.same("a colour", |stage, _| _ = book(stage, "training").press("c"));
    s.same("a key", |stage, _| _ = book(stage, "los").press("p -"));
    s.same("no key", |stage, _| _ = book(stage, "training").press("p backspace"));
    s.same("moved under another", |stage, _| {
        book(stage, "los").press("m").type_in("sabbatical").press("enter");
    });
    s.same("moved to the top", |stage, _| _ = book(stage, "los").press("m enter"));
    s.same("one place up", |stage, _| _ = book(stage, "training").press("K"));
    s.same("one place down", |stage, _| _ = book(stage, "training").press("J"));
    s.same("merged", |stage, _| _ = book(stage, "training").press("M").type_in("vitality-p").press("enter"));
    s.same("split", |stage, _| {
        book(stage, "training").press("s").type_in("Eerste deel").press("enter");
        stage.type_in("Tweede deel").press("enter 1 2 0 1 enter");
    });
    s.same("looked at again", |stage, _| _ = book(stage, "training").press("w 1 2 1 1 2 0 enter"));
    s.same("into a new group", |stage, _| {
        book(stage, "training")
            .press("o down down down down down down enter")
            .type_in("Zacht 'en' hard")
            .press("enter");
    });
    s.same("out of a group", |stage, _| _ = book(stage, "training").press("o enter"));
    s.same("into a group", |stage, _| _ = book(stage, "los").press("o enter"));
    s.same("a new qualifier", |stage, _| {
        book(stage, "training").press("Q up enter");
        stage.press("esc Q down down down down enter").type_in("-Zeker 'heid'").press("enter");
    });
    s.same("a new value", |stage, _| {
        book(stage, "training").press("Q 1 down down down down down enter").type_in("Ooit").press("enter");
    });
    s.same("a qualifier by another name", |stage, _| {
        book(stage, "training").press("Q 1 down down down down down down enter ctrl-u");
        stage.type_in("Stand van zaken").press("enter");
    });
    s.same("a value by another name", |stage, _| {
        book(stage, "training").press("Q 1 2 1 ctrl-u").type_in("Voorgenomen").press("enter");
    });
    s.same("fixed", |stage, _| _ = book(stage, "los").press("f 3"));
    s.same("retired", |stage, _| _ = book(stage, "training").press("r").type_in("te 'vaag'").press("enter"));
    s.same("retired without a word", |stage, _| _ = book(stage, "los").press("r enter"));
    s.same("frozen", |stage, _| _ = book(stage, "los").press("F").type_in("-1.0 'a'").press("enter 2"));
    insta::assert_snapshot!(anywhere(&s.world.said));
}

/// The hits of a query, offered for a code.
fn hits<'a>(stage: &'a mut Stage, query: &str) -> &'a mut Stage {
    stage.press("f").type_in(query).press("enter c").type_in("training").press("enter")
}

#[test]
fn decisions_about_hits_are_their_commands() {
    let mut sample = prepared();
    let s = &mut sample;
    let of = |code, name, query, unit| {
        ["--study", "study", "searches", "save", name, query, "--code", code, "--unit", unit]
    };
    let rule = |name, query, unit| of("training", name, query, unit);
    let known = "rooster*";
    s.world.run(&rule("Zinnen 'n", known, "sentence")).done();
    s.world.run(&rule("Beurten", "rooster* OR collega*", "turn")).done();
    let stemmed = [&rule("Stam", "cursussen", "sentence")[..], &["--stem"]].concat();
    s.world.run(&stemmed).done();
    s.world.run(&of("los", "Los", "leren", "match")).done();
    s.desk = open(&s.world.path("study"));
    s.world.said.clear();
    let query = "(opleiding* OR \"it's so\") -\"$HOME `x`\"";
    s.alike("rejected", 1, |stage, _| _ = hits(stage, query).press("x"));
    s.alike("accepted", 1, |stage, _| _ = hits(stage, query).press("a"));
    s.alike("accepted all", 1, |stage, _| _ = hits(stage, query).press("A"));
    s.alike("rejected, accepted, offered again, the rest accepted", 4, |stage, _| {
        _ = hits(stage, query).press("x a g x A");
    });
    s.alike("under a rule that is kept, and by turns", 2, |stage, _| {
        _ = hits(stage, known).press("g x e g a");
    });
    s.alike("by stems", 2, |stage, _| _ = stage.press("f tab down down enter x a"));
    // A hit of one rule is one of the other: rejected for both, accepted as the longer passage.
    s.alike("missed and rejected", 2, |stage, _| {
        stage.press("!").type_in("training").press("enter");
        let Some(Layer::Search(search)) = stage.app.layers.last() else { panic!("no search") };
        let both = |row: &tui::layers::search::Row| row.missed.as_ref().is_some_and(|m| m.rules().len() == 2);
        let at = search.rows.iter().position(both).expect("a passage of two rules");
        for _ in 0..at {
            stage.press("down");
        }
        stage.press("x");
    });
    s.alike("missed and accepted", 1, |stage, _| {
        _ = stage.press("!").type_in("training").press("enter a");
    });
    s.alike("saved", 1, |stage, _| {
        _ = stage.press("f").type_in(query).press("enter w").type_in("-it's \"so\"").press("enter");
    });
    s.alike("saved as a rule", 1, |stage, _| {
        _ = hits(stage, query).press("e w").type_in("Opleidingen").press("enter");
    });
    s.alike("saved under a name that there is", 1, |stage, _| {
        _ = hits(stage, "leren").press("w").type_in("beurten").press("enter");
    });
    s.same("fixed, and offered what its rule finds", |stage, _| _ = book(stage, "los").press("f 2"));
    insta::assert_snapshot!(anywhere(&s.world.said));
}

/// Without the ids of what was prepared.
fn anywhere(said: &str) -> String {
    let hidden = |word: &str| {
        let bare = word.strip_prefix("coding:").unwrap_or(word);
        let act = bare.split('.').next().unwrap_or_default();
        let is_id = act.len() == 8 && act.chars().all(|c| c.is_ascii_hexdigit());
        let is_id = is_id && act.chars().any(|c| c.is_ascii_digit());
        if is_id { word.replace(act, "········") } else { word.to_owned() }
    };
    let line = |line: &str| line.split(' ').map(hidden).collect::<Vec<_>>().join(" ");
    said.lines().map(line).collect::<Vec<_>>().join("\n")
}
