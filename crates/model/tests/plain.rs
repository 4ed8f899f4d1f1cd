//! A plain line says what the act says that serde reads from it, and whatever is not such a line is not
//! taken for one.

use std::collections::BTreeMap;

use proptest::prelude::*;
use verbatim_model::act::{Act, Change, CodingAdded};
use verbatim_model::anchor::Anchor;
use verbatim_model::id::{ActId, ThingId};
use verbatim_model::journal;
use verbatim_model::name::Name;
use verbatim_model::plain::{self, Plain};
use verbatim_model::span::Span;
use verbatim_model::text::TextHash;

/// Characters that JSON, UTF-8 and the study's own files make something of.
fn words() -> impl Strategy<Value = String> {
    let one = prop_oneof![
        4 => "[a-zé ]{0,6}",
        1 => Just("\n\n".to_owned()),
        1 => Just("\t".to_owned()),
        1 => Just("\"".to_owned()),
        1 => Just("\\".to_owned()),
        1 => Just("\u{1}".to_owned()),
        1 => Just("👩‍👩‍👧\u{301}".to_owned()),
        1 => Just("\",\"text\":\"".to_owned()),
    ];
    proptest::collection::vec(one, 0..6).prop_map(|parts| parts.concat())
}

fn name() -> impl Strategy<Value = Name> {
    prop_oneof![6 => "[a-z][a-z0-9-]{0,8}", 1 => Just("é".to_owned()), 1 => words()]
        .prop_map(|s| Name::new(&s))
}

fn coding() -> impl Strategy<Value = CodingAdded> {
    let anchor = (name(), any::<[u8; 32]>(), any::<u32>(), any::<u32>(), words(), words(), words());
    let anchor = anchor.prop_map(|(document, hash, start, end, before, quote, after)| {
        Anchor::of_parts(document, TextHash(hash), Span::new(start, end), [&before, &quote, &after])
    });
    let rest = (
        proptest::option::weighted(0.3, name()),
        prop_oneof![3 => Just(BTreeMap::new()), 1 => proptest::collection::btree_map(name(), name(), 1..3)],
        proptest::option::weighted(0.1, any::<i32>().prop_map(|x| f64::from(x) / 4.0)),
        proptest::option::weighted(0.2, words()),
        proptest::option::weighted(0.5, name()),
        proptest::option::weighted(0.2, (any::<u64>(), 1..9_u32)),
    );
    (anchor, name(), rest).prop_map(|(anchor, code, (case, qualifiers, weight, note, definition, rule))| {
        CodingAdded {
            anchor,
            code,
            case,
            qualifiers,
            weight,
            note,
            definition,
            rule: rule.map(|(at, k)| ThingId { act: ActId::from_parts(at, 3, 4), k }),
        }
    })
}

fn act() -> impl Strategy<Value = Act> {
    let changes = proptest::collection::vec(coding(), 1..3);
    let head = (any::<u64>(), any::<u64>(), any::<u32>(), any::<u64>());
    (head, name(), proptest::option::weighted(0.2, name()), name(), changes).prop_map(
        |((millis, counter, random, n), coder, by, verb, codings)| Act {
            v: 1,
            id: ActId::from_parts(millis, counter, random),
            n,
            at: "2026-05-04T10:11:12Z".into(),
            coder,
            by,
            act: verb,
            changes: codings.into_iter().map(|c| Change::CodingAdded(Box::new(c))).collect(),
        },
    )
}

/// Holds what was read quickly to what serde reads from the same characters.
fn agrees(plain: &Plain<'_>, line: &str) {
    let act = serde_json::from_str::<Act>(line);
    // What is written for a hash is looked at once for all codings in a text, not in every line.
    if plain.codings.iter().any(|c| c.document().is_none()) {
        assert!(act.is_err(), "{line}");
        return;
    }
    let act = act.expect("a plain line is an act");
    assert_eq!((plain.id, plain.n, plain.coder), (act.id, act.n, act.coder.as_str()), "{line}");
    assert_eq!(act.v, 1);
    assert_eq!(plain.codings.len(), act.changes.len(), "{line}");
    for (quick, change) in plain.codings.iter().zip(&act.changes) {
        let Change::CodingAdded(coding) = change else { panic!("{line} does more than code") };
        let anchor = &coding.anchor;
        assert_eq!(quick.document(), Some((anchor.document.as_str(), anchor.text)), "{line}");
        assert_eq!(quick.span, anchor.span(), "{line}");
        assert_eq!(quick.quote(), anchor.quote(), "{line}");
        assert_eq!(quick.code, coding.code.as_str(), "{line}");
        assert_eq!(quick.case, coding.case.as_deref(), "{line}");
        assert_eq!(coding.weight, None);
    }
}

/// Whether a string needs no escapes.
fn is_clean(s: &str) -> bool {
    s.chars().all(|c| c >= ' ' && c != '"' && c != '\\')
}

/// Whether its lines are plain, as far as the format goes.
fn should_be_plain(act: &Act) -> bool {
    let names = [Some(&act.coder), act.by.as_ref(), Some(&act.act)];
    names.into_iter().flatten().all(|n| is_clean(n))
        && act.changes.iter().all(|change| {
            let Change::CodingAdded(c) = change else { return false };
            let names = [Some(&c.anchor.document), Some(&c.code), c.case.as_ref(), c.definition.as_ref()];
            let qualifiers = c.qualifiers.iter().flat_map(|(a, b)| [a, b]);
            let texts = [c.anchor.stretch(), c.note.as_deref().unwrap_or_default()];
            c.weight.is_none()
                && names.into_iter().flatten().chain(qualifiers).all(|n| is_clean(n))
                && texts.iter().all(|t| !t.contains('\u{1}'))
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn what_the_program_writes_is_read_either_way(act in act()) {
        let line = String::from_utf8(journal::line(&act).unwrap()).unwrap();
        let line = line.trim_end_matches('\n');
        let plain = plain::read(line);
        prop_assert_eq!(plain.is_some(), should_be_plain(&act), "{}", line);
        if let Some(plain) = plain {
            agrees(&plain, line);
        }
    }

    #[test]
    fn a_damaged_line_is_never_read_as_something_else(
        act in act(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0..4, any::<char>()), 1..4),
    ) {
        let mut line: Vec<char> = String::from_utf8(journal::line(&act).unwrap()).unwrap().chars().collect();
        line.pop();
        for (at, how, c) in changes {
            if line.is_empty() {
                break;
            }
            let at = at.index(line.len());
            let other = line[(at * 7 + 13) % line.len()];
            match how {
                0 => line[at] = c,
                1 => line[at] = other,
                2 => _ = line.remove(at),
                _ => line.insert(at, other),
            }
        }
        let line: String = line.into_iter().collect();
        if let Some(plain) = plain::read(&line) {
            agrees(&plain, &line);
        }
    }
}

#[test]
fn every_cut_and_every_swapped_character_of_a_line() {
    let line = r#"{"v":1,"id":"019b76da-abe8-7000-8000-000000000000","n":1,"at":"2026-05-04T10:11:12Z","coder":"anna","by":"bob","act":"code","changes":[{"kind":"coding-added","anchor":{"document":"a","text":"31a685f080c25cc80bb878f75e34ddb6a6337602316340d1c9c82860524792c6","start":0,"end":10,"quote":"één \"x\"\n","before":"","after":"Kan"},"code":"sub","case":"c","qualifiers":{"q":"v"},"note":"n","definition":"0a1b2c3d","rule":"019b76da-abe8-7000-8000-000000000000.2"}]}"#;
    agrees(&plain::read(line).expect("plain"), line);
    let chars: Vec<char> = line.chars().collect();
    for at in 0..chars.len() {
        for put in ["", "\"", "\\", "0", "-", ",", "}", "]", " ", "\t", "é"] {
            let changed: String = chars[..at]
                .iter()
                .chain(put.chars().collect::<Vec<_>>().iter())
                .chain(&chars[at + 1..])
                .collect();
            if let Some(plain) = plain::read(&changed) {
                agrees(&plain, &changed);
            }
        }
        let cut: String = chars[..at].iter().collect();
        assert_eq!(plain::read(&cut), None);
    }
}
