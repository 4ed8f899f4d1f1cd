//! The place of a row: of which cases and documents it tells, as its column and its value say.

use std::collections::BTreeSet;
use std::rc::Rc;

use export::pages::quoting::is_no_case;
use export::{By, Table};
use model::corpus::{Document, attribute};
use model::name::Name;

use super::moments::{Gone, Moments};

/// The cases and the documents of a row.
#[derive(Clone, Default)]
pub(super) struct Place {
    pub(super) cases: Option<Rc<BTreeSet<String>>>,
    pub(super) documents: Option<Rc<BTreeSet<Name>>>,
}

impl Moments<'_> {
    /// The documents of a row.
    pub(super) fn group(&self, head: &str, group: &str) -> Place {
        let corpus = self.all[1].ground.corpus;
        let label = crate::hits::case_label(corpus);
        let is_case = head == label || head == export::package::names::legal(label);
        let by = if is_case { Some(By::Case) } else { By::parse(head, corpus).ok() };
        // Tables for people have words for what is of no case.
        let is_none = matches!(by, Some(By::Case)) && is_no_case(corpus, group);
        let group = if is_none { "" } else { group };
        let documents = |wanted: &dyn Fn(usize, &Document) -> bool, gone: &dyn Fn(&Gone) -> bool| Place {
            cases: None,
            documents: Some(Rc::new(self.names(wanted, gone))),
        };
        // What has no case, or no value, may be said in any document of which not all is of a case.
        let of_case = |test: &dyn Fn(&str) -> bool| {
            let known = corpus.cases.iter().map(|c| c.id.as_str()).chain(self.set_cases());
            Place {
                cases: Some(Rc::new(known.filter(|id| test(id)).map(str::to_owned).collect())),
                ..documents(&|at, d| self.speaks(at, test) || group.is_empty() && d.case.is_none(), &|gone| {
                    gone.may_speak(test, group.is_empty())
                })
            }
        };
        match by {
            Some(By::Case) => {
                // Tables for people call cases by their names, of which two may be the same.
                let named: Vec<&str> =
                    corpus.cases.iter().filter(|c| c.name == group).map(|c| c.id.as_str()).collect();
                let id = match (corpus.case(group), named.as_slice()) {
                    (None, [one]) => *one,
                    (None, [_, _, ..]) => return Place::default(),
                    _ => group,
                };
                of_case(&|case| case == id)
            }
            Some(By::Document) => documents(&|_, d| d.id == group, &|gone| gone.id() == group),
            Some(By::Speaker) => {
                let is_of = |id: &str| group.strip_prefix(id).is_some_and(|r| r.starts_with('/'));
                documents(&|_, d| is_of(&d.id), &|gone| is_of(gone.id()))
            }
            Some(By::Attribute(Table::Case, column)) => of_case(&|case| {
                let case = corpus.case(case);
                case.and_then(|c| attribute(&c.attributes, &column)).unwrap_or_default() == group
            }),
            Some(By::Attribute(Table::Document, column)) => {
                documents(&|_, d| d.column(&column).unwrap_or_default() == group, &|gone| {
                    gone.may_have(&column, group)
                })
            }
            // Any document may hold what belongs to them.
            Some(By::Attribute(Table::Speaker, _) | By::Cross(..)) | None => Place::default(),
        }
    }

    /// Every id that the documents which pass have had; by their ids, of those that are gone.
    fn names(
        &self,
        wanted: &dyn Fn(usize, &Document) -> bool,
        gone: &dyn Fn(&Gone) -> bool,
    ) -> BTreeSet<Name> {
        let ground = self.all[1].ground;
        let documents = ground.corpus.documents.iter().enumerate().filter(|(at, d)| wanted(*at, d));
        let here = documents.flat_map(|(_, d)| {
            let known = ground.coded.documents.get(&d.id);
            let names = known.map(|k| k.names.clone()).unwrap_or_default();
            names.into_iter().chain([Name::new(&d.id)])
        });
        let gone = self.gone.iter().filter(|d| gone(d));
        here.chain(gone.flat_map(|d| d.names().cloned())).collect()
    }
}
