//! An ask: which table is wanted, and by which rules. It gives sheets, and the passages behind a
//! place in one of them.

use model::ground::Ground;

use crate::grouping::Passage;
use crate::options::TableError;
use crate::sheet::Sheet;
use crate::speech::Speech;
use crate::tables::cooccur::Cooccur;
use crate::tables::coverage::Coverage;
use crate::tables::crosstab::Crosstab;
use crate::tables::freq::Freq;
use crate::tables::profile::Profile;
use crate::tables::saturation::Saturation;
use crate::tables::sensitivity::Sensitivity;

/// One line per cell, for statistics; or one line per row with a column per code, for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// One line per cell.
    #[default]
    Long,
    /// One line per row of the table, one column per code.
    Wide,
}

/// A place in the sheets that an ask gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// Which sheet.
    pub sheet: usize,
    /// Which of its rows.
    pub row: usize,
    /// Which of its columns.
    pub column: usize,
}

/// A table that is asked for.
#[derive(Clone, Debug)]
pub enum Ask {
    /// Code frequencies.
    Freq(Freq),
    /// Codes by the values of an attribute.
    Crosstab(Crosstab),
    /// Codes with codes, or one group of codes by another.
    Cooccur(Cooccur),
    /// How much is coded.
    Coverage(Coverage),
    /// The package of a case, judged by the rules of its codebook.
    Profile(Profile),
    /// New codes per interview.
    Saturation(Saturation),
    /// Which numbers survive another rule, a coder less, a case less.
    Sensitivity(Sensitivity),
}

impl Ask {
    /// The tables, made anew from texts and codings.
    ///
    /// # Errors
    /// [`TableError`]: whose codings count is not told, or a name that the study does not have.
    pub fn sheets(&self, ground: Ground<'_>, speech: &Speech) -> Result<Vec<Sheet>, TableError> {
        match self {
            Self::Freq(freq) => Ok(vec![freq.sheet(ground, speech)?]),
            Self::Crosstab(table) => Ok(vec![table.sheet(ground, speech)?]),
            Self::Cooccur(table) => table.sheets(ground, speech),
            Self::Coverage(table) => Ok(vec![table.sheet(ground, speech)?]),
            Self::Profile(profile) => profile.sheets(ground, speech),
            Self::Saturation(saturation) => Ok(vec![saturation.sheet(ground, speech)?]),
            Self::Sensitivity(table) => Ok(vec![table.sheet(ground, speech)?]),
        }
    }

    /// The passages that make up the number at a place of [`Self::sheets`], in order of document and
    /// place; `None` where the place is not made of passages.
    ///
    /// # Errors
    /// As [`Self::sheets`].
    pub fn behind(&self, ground: Ground<'_>, at: At) -> Result<Option<Vec<Passage>>, TableError> {
        match self {
            Self::Freq(freq) => freq.behind(ground, at),
            Self::Crosstab(table) => table.behind(ground, at),
            Self::Cooccur(table) => table.behind(ground, at),
            Self::Coverage(table) => table.behind(ground, at),
            Self::Profile(profile) => profile.behind(ground, at),
            Self::Saturation(saturation) => saturation.behind(ground, at),
            // Its numbers are of tables, not of passages.
            Self::Sensitivity(_) => Ok(None),
        }
    }
}
