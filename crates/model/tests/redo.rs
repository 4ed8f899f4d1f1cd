//! What a plain redo brings back: what its coder undid last, and nothing that was undone for a newer act.
//! Each case is a list of acts in order of time; expected are the numbers of acts, from 1.

use verbatim_model as model;

use model::act::{Act, Change, CoderIntroduced, OfAct, OfDocument};
use model::id::ActId;
use model::name::Name;
use model::state::{Redoable, State};

/// What one act does, of the acts before it.
enum Does {
    /// Something.
    Acts,
    Joins,
    Undoes(&'static [u64]),
    Redoes(&'static [u64]),
}

use Does::{Acts, Joins, Redoes, Undoes};

fn id(n: u64) -> ActId {
    ActId::from_parts(1_000 + n, 0, 7)
}

fn acts(all: &[(&str, Does)]) -> Vec<Act> {
    let of = |n: &u64| Box::new(OfAct { act: id(*n) });
    let changes = |does: &Does| match does {
        Acts => vec![Change::Reopened(Box::new(OfDocument { document: Name::new("bakker") }))],
        Joins => {
            let (coder, full_name, device) = (Name::new("anna"), String::new(), "d1".to_owned());
            vec![Change::CoderIntroduced(Box::new(CoderIntroduced { coder, full_name, device }))]
        }
        Undoes(these) => these.iter().map(|n| Change::Undone(of(n))).collect(),
        Redoes(these) => these.iter().map(|n| Change::Redone(of(n))).collect(),
    };
    let act = |(n, (coder, does)): (u64, &(&str, Does))| Act {
        v: 1,
        id: id(n),
        n,
        at: "2026-01-02T03:04:05Z".into(),
        coder: Name::new(coder),
        by: None,
        act: Name::new("test"),
        changes: changes(does).into(),
    };
    (1..).zip(all).map(act).collect()
}

/// What redo comes to for anna, in whatever order the acts come in: the acts, else the one that is left.
fn redo(all: &[(&str, Does)]) -> (Vec<u64>, Option<u64>) {
    let acts = acts(all);
    let number = |act: &Act| act.n;
    let told = |state: &State| match state.redoable(|a| *a.coder == *"anna") {
        Redoable::These(acts) => (acts.into_iter().map(number).collect(), None),
        Redoable::Left(act) => (Vec::new(), Some(number(act))),
        Redoable::Nothing => (Vec::new(), None),
    };
    let straight = told(&State::of(acts.clone()));
    // As journals of several devices are united: rotated, and backwards.
    for by in 0..acts.len() {
        let mut mixed = acts.clone();
        mixed.rotate_left(by);
        assert_eq!(told(&State::of(mixed.clone())), straight);
        mixed.reverse();
        assert_eq!(told(&State::of(mixed)), straight);
    }
    straight
}

const A: &str = "anna";

#[test]
fn a_newer_act_ends_the_redoing_of_what_was_undone_before_it() {
    // Rejected, undone, accepted instead; then that is undone, and redone, and redone once more.
    assert_eq!(redo(&[(A, Acts), (A, Undoes(&[1]))]), (vec![1], None));
    assert_eq!(redo(&[(A, Acts), (A, Undoes(&[1])), (A, Acts)]), (vec![], Some(1)));
    assert_eq!(redo(&[(A, Acts), (A, Undoes(&[1])), (A, Acts), (A, Undoes(&[3]))]), (vec![3], None));
    let redone = [(A, Acts), (A, Undoes(&[1])), (A, Acts), (A, Undoes(&[3])), (A, Redoes(&[3]))];
    assert_eq!(redo(&redone), (vec![], Some(1)));
    // Both are undone: the newer act is still newer than the first undoing.
    let both =
        [(A, Acts), (A, Undoes(&[1])), (A, Acts), (A, Undoes(&[3])), (A, Redoes(&[1])), (A, Undoes(&[1]))];
    assert_eq!(redo(&both), (vec![1], None), "undone anew, as the newest");
    assert_eq!(redo(&[(A, Acts)]), (vec![], None));
    assert_eq!(redo(&[]), (vec![], None));
}

#[test]
fn what_was_undone_comes_back_in_reverse_order() {
    let all = |redone: &[u64]| {
        let mut all = vec![(A, Acts), (A, Acts), (A, Acts)];
        all.extend([(A, Undoes(&[3])), (A, Undoes(&[2])), (A, Undoes(&[1]))]);
        all.extend(redone.iter().map(|n| match n {
            1 => (A, Redoes(&[1])),
            _ => (A, Redoes(&[2])),
        }));
        redo(&all)
    };
    assert_eq!(all(&[]), (vec![1], None));
    assert_eq!(all(&[1]), (vec![2], None));
    assert_eq!(all(&[1, 2]), (vec![3], None));
    // An older act that was undone by its id comes back first, as it was undone last.
    assert_eq!(redo(&[(A, Acts), (A, Acts), (A, Undoes(&[2])), (A, Undoes(&[1]))]), (vec![1], None));
}

#[test]
fn what_one_act_undid_comes_back_at_once() {
    assert_eq!(redo(&[(A, Acts), (A, Acts), (A, Undoes(&[2, 1]))]), (vec![1, 2], None));
    // But for what came back by itself meanwhile.
    let one = [(A, Acts), (A, Acts), (A, Acts), (A, Undoes(&[1, 2, 3])), (A, Redoes(&[2]))];
    assert_eq!(redo(&one), (vec![1, 3], None));
}

#[test]
fn other_coders_neither_end_it_nor_are_redone() {
    let b = "bram";
    assert_eq!(redo(&[(A, Acts), (A, Undoes(&[1])), (b, Acts), (b, Undoes(&[3]))]), (vec![1], None));
    // What somebody else undid was not undone by this coder; what this coder undid of theirs was.
    assert_eq!(redo(&[(A, Acts), (b, Undoes(&[1]))]), (vec![], Some(1)));
    assert_eq!(redo(&[(b, Acts), (A, Undoes(&[1]))]), (vec![1], None));
    let theirs_last = [(b, Acts), (A, Acts), (A, Undoes(&[2])), (A, Undoes(&[1]))];
    assert_eq!(redo(&theirs_last), (vec![1], None), "not what was undone before it");
    // To join on another device is nothing that was done to the study.
    assert_eq!(redo(&[(A, Acts), (A, Undoes(&[1])), (A, Joins)]), (vec![1], None));
}
