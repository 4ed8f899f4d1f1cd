//! The same acts, split over files in any way and in any order, are the same study.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{Folder, coding};
use model::act::{Change, CodingChanged, OfAct, OfCoding};
use model::id::ThingId;
use model::name::Name;
use proptest::prelude::*;
use verbatim_study::{Draft, Study};

/// A study with codings, changes, removals, undo and redo.
fn lines() -> Vec<String> {
    let folder = Folder::new();
    let mut study = folder.init();
    let mut acts = Vec::new();
    for i in 0..6 {
        acts.push(study.append(Draft::new("code", vec![coding("a", i), coding("b", i)])).unwrap());
    }
    let thing = |i: usize, k| ThingId { act: acts[i], k };
    let recode = |id, code: &str| {
        let changed = CodingChanged { code: Some(Name::new(code)), ..CodingChanged::of(id) };
        Change::CodingChanged(Box::new(changed))
    };
    let of = |act| Box::new(OfAct { act });
    study.append(Draft::new("recode", vec![recode(thing(0, 1), "c")])).unwrap();
    let second =
        study.append(Draft::new("recode", vec![recode(thing(0, 1), "d"), recode(thing(1, 2), "d")])).unwrap();
    study.append(Draft::new("undo", vec![Change::Undone(of(second))])).unwrap();
    study.append(Draft::new("undo", vec![Change::Undone(of(acts[2]))])).unwrap();
    study.append(Draft::new("redo", vec![Change::Redone(of(acts[2]))])).unwrap();
    study
        .append(Draft::new("uncode", vec![Change::CodingRemoved(Box::new(OfCoding { coding: thing(3, 1) }))]))
        .unwrap();
    folder.read(&format!("journal/{}", folder.journals()[0])).lines().map(str::to_owned).collect()
}

fn codings(study: &Study) -> Vec<String> {
    study.state().codings().map(|c| format!("{} {} {}", c.id, c.code, c.anchor.start)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_split_in_any_order_is_the_same_study(places in proptest::collection::vec((0_usize..4, any::<u32>(), any::<bool>()), 13)) {
        let lines = lines();
        prop_assert_eq!(lines.len(), places.len());
        let one = Folder::new();
        drop(one.init());
        one.write("journal/anna-aaaaaa.jsonl", format!("{}\n", lines.join("\n")));
        let wanted = codings(&one.open());
        prop_assert_eq!(wanted.len(), 11);
        let mut shuffled: Vec<_> = lines.iter().zip(&places).collect();
        shuffled.sort_by_key(|(_, (_, key, _))| *key);
        let mut files = vec![String::new(); 4];
        for (line, (file, _, twice)) in shuffled {
            files[*file].extend([line.as_str(), "\n"]);
            if *twice {
                files[(*file + 1) % 4].extend([line.as_str(), "\n"]);
            }
        }
        let many = Folder::new();
        drop(many.init());
        for (i, text) in files.iter().enumerate() {
            many.write(&format!("journal/c{i}-bbbbbb.jsonl"), text);
        }
        let study = many.open();
        prop_assert_eq!(codings(&study), wanted);
    }
}
