//! Rules as commands use them: found by name, put to work on the texts at hand.

use index::Index;
use model::id::ThingId;
use model::rule::{self, About, Offer, Proposed, Tally};
use model::saved::Search;
use model::unit::Unit;
use serde_json::{Value, json};

use crate::app::App;
use crate::error::{CommandError, Result};
use crate::hits;
use crate::nearest::did_you_mean;
use crate::session::Session;

/// A saved search that is a rule, with what it proposes and what became of that.
pub(crate) struct AtWork {
    pub(crate) id: ThingId,
    pub(crate) name: String,
    /// Place of its code.
    pub(crate) code: usize,
    pub(crate) offers: Vec<Offer>,
    pub(crate) tally: Tally,
}

impl Session {
    /// A saved search by its name, in any case, or by its id.
    pub(crate) fn saved_search(&self, word: &str) -> Result<Search<'_>> {
        let all: Vec<Search<'_>> = self.state().searches().collect();
        let wanted = word.trim().to_lowercase();
        let named: Vec<&Search<'_>> = all.iter().filter(|s| s.name.to_lowercase() == wanted).collect();
        let by_id = || {
            let is = |s: &&Search<'_>| s.id.to_string() == word || crate::lookup::short(s.id) == word;
            all.iter().find(is)
        };
        match named[..] {
            [only] => return Ok(*only),
            [] => {
                if let Some(found) = by_id() {
                    return Ok(*found);
                }
            }
            _ => {
                let ids: Vec<String> = named.iter().map(|s| crate::lookup::short(s.id)).collect();
                return Err(CommandError::new(format!("{} searches are called {word:?}", named.len()))
                    .hint(format!("name one by its id: {}", ids.join(", "))));
            }
        }
        Err(CommandError::new(format!("there is no saved search {word:?}"))
            .hint(did_you_mean(word, all.iter().map(|s| s.name)))
            .hint("`verbatim searches list` lists them, `verbatim searches save` makes one"))
    }

    /// What a query proposes for coding; passages whose text the study does not know are left out.
    pub(crate) fn offers(&self, index: &Index, query: &str, stem: bool, unit: Unit) -> Result<Vec<Offer>> {
        let places = hits::places(self, index, query, stem)?;
        let mut offers = rule::offers(&self.corpus, places, unit);
        offers.retain(|o| rule::anchor(self.ground(), o).is_some());
        Ok(offers)
    }

    /// The rules of a code and of those below it (of all codes), at work. One that cannot be read is
    /// told and left out.
    pub(crate) fn rules_at_work(
        &self,
        app: &mut App,
        index: &Index,
        code: Option<usize>,
        whose: Option<&model::name::Name>,
    ) -> Vec<AtWork> {
        let book = &self.coded.codebook;
        let tree = code.map(|code| book.subtree(code));
        let mut out = Vec::new();
        for search in self.state().searches() {
            let Some(at) = search.code.and_then(|c| book.resolve(c)) else { continue };
            if tree.as_ref().is_some_and(|tree| !tree.contains(&at)) {
                continue;
            }
            let offers = match self.offers(index, search.query, search.stem, unit_of(&search)) {
                Ok(offers) => offers,
                Err(why) => {
                    left_out(app, &search, &why);
                    continue;
                }
            };
            let about = About { rule: Some(search.id), code: at, whose };
            let decisions = rule::decide(self.ground(), about, &offers);
            let tally = rule::tally(self.ground(), about, &offers, &decisions);
            let name = search.name.to_owned();
            out.push(AtWork { id: search.id, name, code: at, offers, tally });
        }
        out
    }

    /// Completes the changes that fix codes with `offer`; says for which codes there is no rule.
    pub(crate) fn offer_for_fixing(&self, app: &mut App, changes: &mut Vec<model::act::Change>) {
        let index = crate::search::open(app, self, false);
        let mut rules: Vec<Proposed> = Vec::new();
        let mut unread: Vec<usize> = Vec::new();
        for search in self.state().searches() {
            let Some(code) = search.code.and_then(|c| self.coded.codebook.resolve(c)) else { continue };
            // What the one who fixes coded is asked of the others all the same.
            match hits::places_whatever_is_coded(self, &index, search.query, search.stem) {
                Ok(places) => {
                    let offers = rule::offers(&self.corpus, places, unit_of(&search));
                    rules.push(Proposed { rule: search.id, code, offers });
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
        rules.retain(|rule| !above(rule.code));
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

/// How far a rule widens its hits.
pub(crate) fn unit_of(search: &Search<'_>) -> Unit {
    search.unit.and_then(|unit| Unit::parse(unit)).unwrap_or_default()
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
