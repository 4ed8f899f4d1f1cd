//! Rules as commands use them: found by name, put to work on the texts at hand.

use index::Index;
use model::rule::{self, About, Listed, Offers, Proposed, Rule, Tally};
use model::saved::Search;
use model::unit::Unit;
use serde_json::{Value, json};

use crate::app::App;
use crate::error::{CommandError, Result};
use crate::hits;
use crate::nearest::did_you_mean;
use crate::session::Session;

/// A saved search that is a rule, with what it proposes and what became of that.
pub(crate) struct AtWork<'a> {
    pub(crate) rule: Rule<'a>,
    pub(crate) tally: Tally,
}

/// The rules of a code.
pub(crate) struct OfCode<'a> {
    /// Each with what it proposes.
    pub(crate) proposed: Vec<Proposed<'a>>,
    /// How many cannot be read.
    pub(crate) unread: usize,
    /// Hits in texts that were changed by hand.
    pub(crate) by_hand: usize,
}

/// Says how many hits lie in texts on which nothing new can be put.
pub(crate) fn tell_by_hand(app: &mut App, hits: usize) {
    let hits = crate::code_from::plural(hits, "hit");
    app.out.aside(
        "note",
        &format!(
            "{hits} in texts that were changed by hand: nothing new can be put on them (`verbatim check`)"
        ),
    );
}

impl Session {
    /// A saved search by its name, in any case, or by its id. The same search, saved twice under one name,
    /// is one.
    pub(crate) fn saved_search(&self, word: &str) -> Result<Listed<'_>> {
        let all: Vec<Listed<'_>> = rule::listed(self.ground());
        let named = rule::named(self.ground(), word);
        let by_id = || {
            let is = |l: &&Listed<'_>| {
                l.ids.iter().any(|id| id.to_string() == word || crate::lookup::short(*id) == word)
            };
            all.iter().find(is)
        };
        match &named[..] {
            [only] => return Ok(only.clone()),
            [] => {
                if let Some(found) = by_id() {
                    return Ok(found.clone());
                }
            }
            _ => {
                let ids: Vec<String> = named.iter().map(|l| crate::lookup::short(l.search.id)).collect();
                return Err(CommandError::new(format!("{} searches are called {word:?}", named.len()))
                    .hint(format!("name one by its id: {}", ids.join(", "))));
            }
        }
        Err(CommandError::new(format!("there is no saved search {word:?}"))
            .hint(did_you_mean(word, all.iter().map(|l| l.search.name)))
            .hint("`verbatim searches list` lists them, `verbatim searches save` makes one"))
    }

    /// What a query proposes for coding.
    pub(crate) fn offers(&self, index: &Index, query: &str, stem: bool, unit: Unit) -> Result<Offers> {
        Ok(rule::offered(self.ground(), hits::places(self, index, query, stem)?, unit))
    }

    /// The rules of a code and of those below it (of all codes), each with what it proposes. One that
    /// cannot be read is told and left out.
    pub(crate) fn proposed(&self, app: &mut App, index: &Index, code: Option<usize>) -> OfCode<'_> {
        let tree = code.map(|code| self.coded.codebook.subtree(code));
        let mut out = OfCode { proposed: Vec::new(), unread: 0, by_hand: 0 };
        for rule in rule::rules(self.ground()) {
            if tree.as_ref().is_some_and(|tree| !tree.contains(&rule.code)) {
                continue;
            }
            match self.offers(index, rule.search.query, rule.search.stem, rule.unit) {
                Ok(offers) => {
                    out.by_hand += offers.by_hand;
                    out.proposed.push(Proposed { rule, offers: offers.all });
                }
                Err(why) => {
                    left_out(app, &rule.search, &why);
                    out.unread += 1;
                }
            }
        }
        out
    }

    /// The rules of a code and of those below it (of all codes), and how good they are.
    pub(crate) fn rules_at_work(
        &self,
        app: &mut App,
        index: &Index,
        code: Option<usize>,
        whose: Option<&model::name::Name>,
    ) -> (Vec<AtWork<'_>>, usize) {
        let all = self.proposed(app, index, code);
        let at_work = |proposed| {
            let Proposed { rule, offers } = proposed;
            let about = About { ids: &rule.ids, code: rule.code, whose };
            let decisions = rule::decide(self.ground(), about, &offers);
            let tally = rule::tally(self.ground(), about, &offers, &decisions);
            AtWork { rule, tally }
        };
        (all.proposed.into_iter().map(at_work).collect(), all.unread)
    }

    /// Completes the changes that fix codes with `offer`; says for which codes there is no rule.
    pub(crate) fn offer_for_fixing(&self, app: &mut App, changes: &mut Vec<model::act::Change>) {
        let index = crate::search::open(app, self);
        let mut rules: Vec<Proposed<'_>> = Vec::new();
        let mut unread: Vec<usize> = Vec::new();
        for rule in rule::rules(self.ground()) {
            let (search, code) = (rule.search, rule.code);
            // What the one who fixes coded is asked of the others all the same.
            match hits::places_whatever_is_coded(self, &index, search.query, search.stem) {
                Ok(places) => {
                    let offers = rule::offers(&self.corpus, places, rule.unit);
                    rules.push(Proposed { rule, offers });
                }
                Err(why) => {
                    left_out(app, &search, &why);
                    unread.push(code);
                }
            }
        }
        // A code with a rule that cannot be read was not searched for: its documents are read again.
        let book = &self.coded.codebook;
        let above = |code: usize| unread.iter().any(|at| book.subtree(book.top(*at)).contains(&code));
        rules.retain(|proposed| !above(proposed.rule.code));
        rule::offer_for_fixing(self.ground(), changes, &rules);
        for change in changes {
            if let model::act::Change::CodeFixed(fixed) = change
                && fixed.searched.is_empty()
            {
                app.out.aside(
                    "note",
                    &format!(
                        "{} has no rule to offer hits: documents done before must be read again for it \
                         (`verbatim searches save NAME QUERY --code {}` makes a rule)",
                        fixed.code, fixed.code
                    ),
                );
            }
        }
    }
}

fn left_out(app: &mut App, search: &Search<'_>, why: &CommandError) {
    app.out.aside("warning", &format!("the search {:?} is left out: {}", search.name, why.error));
}

/// How good a rule is, in a JSON object.
pub(crate) fn tally_json(tally: &Tally) -> Value {
    json!({
        "offered": tally.offered(), "accepted": tally.accepted, "rejected": tally.rejected,
        "open": tally.open, "coded": tally.coded, "precision": tally.precision(),
        "passages": tally.passages, "found": tally.found, "recall": tally.recall(),
    })
}

/// The same in words.
pub(crate) fn tally_text(tally: &Tally) -> String {
    let percent =
        |share: Option<f64>| share.map_or_else(|| "-".to_owned(), |s| format!("{:.0} %", s * 100.0));
    format!(
        "offered {}: accepted {}, rejected {}, open {}; coded without it {}; precision {}; finds {} of {} \
         passages of the code ({})",
        tally.offered(),
        tally.accepted,
        tally.rejected,
        tally.open,
        tally.coded,
        percent(tally.precision()),
        tally.found,
        tally.passages,
        percent(tally.recall()),
    )
}
