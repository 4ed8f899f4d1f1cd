//! Variants: how each table begins, and what the keys for another rule, level or rows make of it.

use export::tables::cooccur::Cooccur;
use export::tables::coverage::Coverage;
use export::tables::crosstab::Crosstab;
use export::tables::profile::Profile;
use export::tables::saturation::Saturation;
use export::tables::sensitivity::{Question, Sensitivity};
use export::{Ask, By, CountRule, Level, Options, Shape, Unit};

use crate::actions::{Action, Which};
use crate::desk::Desk;
use crate::layers::table::{RULES, comparable};

/// Base, run and threshold that the authors of the rule use.
const SATURATION: [(usize, usize, f64); 6] =
    [(4, 2, 0.05), (4, 3, 0.05), (5, 2, 0.05), (6, 3, 0.05), (4, 2, 0.0), (4, 3, 0.0)];

/// A table as it is opened; none where the study has nothing to make it of.
pub(super) fn ask(desk: &Desk, which: Which) -> Option<Ask> {
    let top = || Options { level: Level::Top, ..Options::default() };
    Some(match which {
        Which::Crosstab => {
            let attribute = attributes(desk).into_iter().next()?;
            let options = Options { count: CountRule::Presence, ..top() };
            Ask::Crosstab(Crosstab { options, attribute, shape: Shape::Wide, test: false })
        }
        Which::Cooccur => Ask::Cooccur(Cooccur { options: top(), shape: Shape::Wide, ..Cooccur::default() }),
        Which::Groups => {
            let groups = pairs(desk).into_iter().next()?;
            Ask::Cooccur(Cooccur { shape: Shape::Wide, groups: Some(groups), ..Cooccur::default() })
        }
        Which::Profile => Ask::Profile(Profile::default()),
        Which::Coverage => Ask::Coverage(Coverage::default()),
        Which::Saturation => Ask::Saturation(Saturation::default()),
        Which::Sensitivity => Ask::Sensitivity(Sensitivity::default()),
    })
}

/// Whether a table has variants of this kind.
pub(super) const fn can(ask: &Ask, action: &Action) -> bool {
    match action {
        Action::CountRule => !matches!(ask, Ask::Freq(_) | Ask::Profile(_) | Ask::Coverage(_)),
        Action::Rows => {
            !matches!(ask, Ask::Freq(_) | Ask::Saturation(_) | Ask::Cooccur(Cooccur { groups: None, .. }))
        }
        Action::Level => matches!(ask, Ask::Crosstab(_) | Ask::Cooccur(Cooccur { groups: None, .. })),
        _ => true,
    }
}

/// Changes what is asked; false where the table has no such variant.
pub(super) fn other(desk: &Desk, ask: &mut Ask, action: &Action, case: Option<&str>) -> bool {
    match (ask, action) {
        (Ask::Crosstab(table), Action::CountRule) => {
            table.options.count = after(&RULES, &table.options.count);
        }
        (Ask::Crosstab(table), Action::Rows) => {
            let all = attributes(desk);
            if all.len() < 2 {
                return false;
            }
            table.attribute = after(&all, &table.attribute);
        }
        (
            Ask::Crosstab(Crosstab { options, .. }) | Ask::Cooccur(Cooccur { options, groups: None, .. }),
            Action::Level,
        ) => {
            options.level = if options.level == Level::Top { Level::All } else { Level::Top };
        }
        (Ask::Cooccur(table), Action::CountRule) => table.unit = after(&Unit::ALL, &table.unit),
        (Ask::Cooccur(table), Action::Rows) => {
            let Some(groups) = &table.groups else { return false };
            let all = pairs(desk);
            if all.len() < 2 {
                return false;
            }
            table.groups = Some(after(&all, groups));
        }
        (Ask::Coverage(table), Action::Rows) => table.turns = !table.turns,
        (Ask::Profile(table), Action::Rows) => {
            table.case = match (&table.case, case) {
                (None, Some(case)) => Some(case.to_owned()),
                _ => None,
            };
        }
        (Ask::Sensitivity(table), Action::Rows) => {
            table.question = match table.question {
                Question::Order => Question::Pairs,
                _ => Question::Order,
            };
        }
        (Ask::Sensitivity(table), Action::CountRule) => {
            table.options.count = after(&RULES, &table.options.count);
        }
        (Ask::Saturation(table), Action::CountRule) => {
            let rule = &mut table.rule;
            (rule.base, rule.run, rule.threshold) =
                after(&SATURATION, &(rule.base, rule.run, rule.threshold));
        }
        _ => return false,
    }
    true
}

/// The one after this, round and round; the first where this is none of them.
fn after<T: Clone + PartialEq>(all: &[T], this: &T) -> T {
    let next = all.iter().position(|x| x == this).map_or(0, |at| (at + 1) % all.len().max(1));
    all.get(next).unwrap_or(this).clone()
}

/// The attributes whose values can be compared.
fn attributes(desk: &Desk) -> Vec<By> {
    By::attributes(&desk.corpus).into_iter().filter(|by| comparable(desk, by)).collect()
}

/// Each two groups of the codebook, in order.
fn pairs(desk: &Desk) -> Vec<(String, String)> {
    let groups: Vec<String> = desk.coded.codebook.groups.iter().map(|g| g.id.to_string()).collect();
    let mut out = Vec::new();
    for (i, a) in groups.iter().enumerate() {
        out.extend(groups.iter().skip(i + 1).map(|b| (a.clone(), b.clone())));
    }
    out
}
