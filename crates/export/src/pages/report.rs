//! The report: a study in one file, from its figures to the words behind each of them.
//!
//! Every number comes from the tables of this crate, and every cell that has passages leads to them: to
//! where they stand by code and case, or, where that is in several places, to a line that leads to each.

mod effects;
mod figures;
mod further;
mod grid;
mod lists;
mod passages;
mod places;
mod profiles;
mod saturation;

use model::ground::Ground;

use self::lists::Lists;
use self::places::Places;
use super::appendix::{Appendix, day};
use super::quoting::Quoting;
use crate::behind::Behind;
use crate::frequencies::{Frequencies, frequencies};
use crate::options::{By, CountRule, Level, Options, TableError};
use crate::page::{Block, Look, Page, Table};
use crate::shown::Shown;
use crate::speech::Speech;
use crate::tables::freq;

/// What a report is asked to be.
#[derive(Clone, Debug)]
pub struct Report {
    /// Whose codings count, and the codes of the grid.
    pub options: Options,
    /// Its title, where it has one of its own.
    pub title: Option<String>,
    /// Under which names everybody stands.
    pub shown: Shown,
}

/// What all chapters are made of.
struct Material<'a> {
    ground: Ground<'a>,
    speech: &'a Speech,
    quoting: Quoting<'a>,
    /// Cases by codes of the grid.
    table: Frequencies,
    /// The passages of its cells.
    behind: Behind,
    /// Their numbers.
    places: Places<'a>,
    options: Options,
}

impl Report {
    /// The report.
    ///
    /// # Errors
    /// As [`frequencies`].
    pub fn page(&self, ground: Ground<'_>, speech: &Speech) -> Result<Page, TableError> {
        let options = Options { by: By::Case, count: CountRule::Passages, ..self.options.clone() };
        let table = frequencies(ground.corpus, ground.state, ground.coded, &options)?;
        let behind = Behind::of(ground, &options)?;
        let material = Material {
            ground,
            speech,
            quoting: Quoting::new(ground, speech, self.shown.clone()),
            places: Places::new(ground, &table, &behind),
            table,
            behind,
            options: options.clone(),
        };
        let mut lists = Lists::default();
        let title = self
            .title
            .clone()
            .unwrap_or_else(|| speech.t("Report of the study", "Verslag van het onderzoek").to_owned());
        let mut page = Page::new("report", title, speech);
        page.contents = Some(speech.t("Contents", "Inhoud").to_owned());
        page.lead = lead(&material);
        page.heading(1, speech.t("The study in figures", "Het onderzoek in cijfers"));
        figures::chapter(&material, &mut page)?;
        page.heading(1, format!("{} × code", figures::upper(material.quoting.case_word())));
        grid::chapter(&material, &mut page);
        let everything = Options { level: Level::All, ..options };
        page.heading(1, speech.t("How often each code was found", "Hoe vaak elke code gevonden is"));
        grid::codes(&material, &everything, &mut lists, &mut page)?;
        further::cooccurrence(&material, &mut lists, &mut page)?;
        effects::chapter(&material, &mut lists, &mut page);
        profiles::chapter(&material, &mut lists, &mut page);
        saturation::chapter(&material, &mut lists, &mut page);
        further::coverage(&material, &mut lists, &mut page)?;
        page.heading(1, speech.t("Codebook", "Codeboek"));
        codebook(&material, &everything, &mut page)?;
        lists.chapter(&material, &mut page);
        passages::chapter(&material, &mut page);
        Ok(page)
    }
}

/// What a reader must know first.
fn lead(material: &Material<'_>) -> Vec<String> {
    let Material { ground, speech, .. } = material;
    let mut out = Vec::new();
    let facts = freq::facts(&material.options, speech);
    let told: Vec<String> = facts.iter().map(|f| format!("{}: {}", f.label, f.value)).collect();
    out.push(told.join(" · "));
    out.push(format!("{}.", freq::zero(speech)));
    if let Some(newest) = ground.state.act(ground.state.newest()) {
        out.push(format!(
            "{} {}.",
            speech.t("The study as it was on", "Het onderzoek zoals het was op"),
            day(&newest.at)
        ));
    }
    if let Some(sight) = ground.state.sight() {
        let documents = sight.documents().count();
        out.push(match speech.language {
            crate::Language::English => {
                format!("Made while blind for {documents} documents: what others read there is neither shown nor counted.")
            }
            crate::Language::Dutch => {
                format!("Gemaakt tijdens blind coderen van {documents} documenten: wat anderen daar lazen is niet getoond en niet geteld.")
            }
        });
    }
    if material.quoting.is_anonymous() {
        out.push(
            speech
                .t(
                    "Names of cases, documents and coders are replaced; names inside quotes are not.",
                    "Namen van casussen, documenten en codeurs zijn vervangen; namen in citaten niet.",
                )
                .to_owned(),
        );
    }
    out
}

/// The codebook, without numbers.
fn codebook(material: &Material<'_>, options: &Options, page: &mut Page) -> Result<(), TableError> {
    let appendix = Appendix { options: options.clone(), shown: material.quoting.shown().clone() };
    let made = appendix.page(material.ground, material.speech)?;
    for line in &made.lead {
        page.note(line);
    }
    for block in made.blocks {
        if let Block::Table(table) = block {
            let mut sheet = table.sheet;
            let kept = |name: &str| !matches!(name, "n" | "cases");
            let keep: Vec<bool> = sheet.fields.iter().map(|f| kept(&f.name)).collect();
            for row in &mut sheet.rows {
                let mut at = keep.iter();
                row.retain(|_| at.next() == Some(&true));
            }
            sheet.fields.retain(|f| kept(&f.name));
            sheet.facts.clear();
            sheet.notes.clear();
            page.table(Table::from(sheet).looking(Look::Wordy));
        }
    }
    Ok(())
}
