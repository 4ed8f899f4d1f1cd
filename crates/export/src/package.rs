//! The data package: every table that a statistics program takes without a touch, with a dictionary, a
//! descriptor, loaders and its provenance. It is made in memory, as names and bytes; who asks writes it.

mod descriptor;
mod dictionary;
mod excel;
mod frame;
pub mod named;
pub mod names;
mod python;
mod r;
mod small;
mod spss;
mod stata;
mod tables;
pub(crate) mod typed;

use model::ground::Ground;

use crate::options::{Options, TableError};
use crate::package::frame::Frame;
use crate::package::named::Named;
use crate::package::small::Told;
use crate::package::tables::{Making, Withheld};
use crate::package::typed::Type;
use crate::provenance::{FileSum, Provenance};
use crate::sheet::Sheet;
use crate::shown::Shown;
use crate::speech::{Language, Speech};

/// The file that tells that a folder is a package.
pub const PROVENANCE: &str = "provenance.json";

/// What a package is asked to be.
#[derive(Clone, Debug)]
pub struct Order {
    /// Whose codings and words count, and what is counted.
    pub options: Options,
    /// Languages of labels.
    pub speech: Speech,
    /// From what it is made, as far as whoever asks knows it.
    pub provenance: Provenance,
    /// Copies for Excel in this language.
    pub excel: Option<Language>,
    /// Put numbers and `cite_as` in the place of names, and withhold what must not be quoted.
    pub anonymous: bool,
    /// Leave texts, notes and memos out.
    pub no_text: bool,
}

/// A package, made.
#[derive(Clone, Debug)]
pub struct Package {
    /// Names, with `/` between folder and file, and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// Columns of the researcher's tables that were left out because they hold names, by their headings:
    /// for whoever makes the package, not for those who get it.
    pub withheld: Vec<String>,
    /// Names that stood in notes and codes; of an anonymous package, for whoever makes it.
    pub named: Vec<Named>,
    /// Values and pairs of values that fit fewer than three cases, with how many; of an anonymous package.
    pub small_groups: Vec<(String, usize)>,
}

/// Why a package cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The tables cannot be counted.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A table cannot be written.
    #[error("cannot write the tables: {0}")]
    Csv(#[from] csv::Error),
    /// The workbook cannot hold a table.
    #[error("cannot write the workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

/// Makes a package.
///
/// # Errors
/// [`PackageError`]: whose codings count is not told, or a table is larger than a workbook can hold.
pub fn make(ground: Ground<'_>, order: &Order) -> Result<Package, PackageError> {
    let shown = Shown::new(ground, &order.speech, order.anonymous);
    let mut making = Making::new(ground, &order.options, &order.speech, &shown, order.no_text);
    let (case_code, case_wide) = making.by_case()?;
    let mut frames = vec![making.codings(), case_code, case_wide, making.by_document()?, making.documents()];
    frames.push(dictionary::dictionary(&frames));
    let frames: Vec<&Frame> = frames.iter().collect();

    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for frame in &frames {
        files.push((frame.file(), frame.csv()?));
    }
    let notes = notes(ground, order);
    let with_bytes: Vec<(&Frame, &[u8])> =
        frames.iter().zip(&files).map(|(frame, (_, bytes))| (*frame, bytes.as_slice())).collect();
    let descriptor = descriptor::descriptor("Tables of a study", &notes, &with_bytes);
    let descriptor = serde_json::to_string_pretty(&descriptor).unwrap_or_default() + "\n";
    files.push(("datapackage.json".to_owned(), descriptor.into_bytes()));
    for (name, text) in [
        ("load.R", r::script(&frames)),
        ("load.sps", spss::script(&frames)),
        ("load.do", stata::script(&frames)),
        ("load.py", python::script(&frames)),
    ] {
        files.push((name.to_owned(), text.into_bytes()));
    }
    for frame in &frames {
        files.extend(spss::copy(frame)?);
    }
    files.push(("tables.xlsx".to_owned(), workbook(&frames, order, &notes)?));
    if let Some(language) = order.excel {
        for frame in &frames {
            files.push(excel::copy(frame, language)?);
        }
    }
    let mut provenance = order.provenance.clone();
    "package".clone_into(&mut provenance.of);
    provenance.rule = crate::tables::freq::facts(&order.options, &order.speech)
        .into_iter()
        .map(|f| (f.name.to_owned(), f.value))
        .collect();
    shown.provenance(&mut provenance);
    // Their headings may be names.
    provenance.withheld = making.withheld.iter().map(Withheld::numbered).collect();
    provenance.files = files.iter().map(|(name, bytes)| FileSum::of(name, bytes)).collect();
    files.push((PROVENANCE.to_owned(), provenance.bytes()));
    let small_groups = if order.anonymous { Told::of(&making).small_groups() } else { Vec::new() };
    let withheld = making.withheld.iter().map(Withheld::headed).collect();
    Ok(Package { files, withheld, named: std::mem::take(&mut making.named), small_groups })
}

/// What a reader of the tables must know.
fn notes(ground: Ground<'_>, order: &Order) -> Vec<String> {
    let mut notes = vec![
        format!("{}.", crate::tables::freq::zero(&order.speech)),
        "An empty number is not available; the column status of case_code says why.".to_owned(),
        "What belongs to no case is in the tables of documents and codings alone.".to_owned(),
    ];
    let waiting = ground.coded.waiting();
    if waiting > 0 {
        notes.push(format!("Codings in no number, as a person must decide where they stand: {waiting}."));
    }
    if order.options.assume_done {
        notes.push("Documents that were begun count as done.".to_owned());
    }
    notes
}

/// All tables as one workbook.
fn workbook(
    frames: &[&Frame],
    order: &Order,
    notes: &[String],
) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut sheets: Vec<Sheet> = frames.iter().map(|f| f.sheet()).collect();
    if let Some(first) = sheets.first_mut() {
        first.facts = crate::tables::freq::facts(&order.options, &order.speech);
        first.notes = notes.to_vec();
    }
    crate::write::xlsx::book(&sheets, |sheet, column| {
        frames.get(sheet).and_then(|f| f.columns.get(column)).is_some_and(|c| c.kind == Type::Date)
    })
}

/// The short names of all codes, from which columns of wide tables have theirs, with the codes' ids.
pub fn short_names(ground: Ground<'_>) -> Vec<(String, String)> {
    let columns = crate::column::columns(ground.coded, &Options::default());
    columns.into_iter().map(|column| (column.var, column.id)).collect()
}
