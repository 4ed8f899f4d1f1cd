//! Errors that come from the study and the tables, in the language of the screen, each with what to do
//! about it.
//!
//! In English they speak for themselves. What a file's own problem says (`why`) and what the system says
//! for a rare reason stays English: it is made where the file is read.

use std::io::{Error, ErrorKind};

use export::TableError;
use model::name::Name;
use model::reading::Unclear;
use study::StudyError;

use super::files;
use super::language::{Language, spoken, tell};

/// An error of the study with what to do about it.
pub fn study(why: &StudyError) -> String {
    let (said, hint) = match spoken() {
        Language::En => (why.to_string(), why.hint()),
        Language::Nl => (dutch(why), dutch_hint(why)),
    };
    if hint.is_empty() { said } else { format!("{said}: {hint}") }
}

/// Why there is no table, with what to do about it.
pub fn table(why: &TableError) -> String {
    match (spoken(), why) {
        (_, TableError::Unclear(unclear)) => unread(unclear),
        (Language::En, why) => format!("{why}. {}", why.hints().join("; ")),
        (Language::Nl, why) => dutch_table(why),
    }
}

/// What the system said.
pub fn system(why: &Error) -> String {
    match why.kind() {
        ErrorKind::StorageFull => files::DISK_FULL.into(),
        ErrorKind::PermissionDenied => files::NO_PERMISSION.into(),
        ErrorKind::ReadOnlyFilesystem => files::READ_ONLY.into(),
        ErrorKind::FileTooLarge => files::TOO_LARGE.into(),
        ErrorKind::QuotaExceeded => files::QUOTA.into(),
        ErrorKind::NotFound if spoken() == Language::Nl => "dat bestand of die map is er niet".into(),
        _ => why.to_string(),
    }
}

fn dutch(why: &StudyError) -> String {
    match why {
        StudyError::NoStudy { path } => format!("in {} is geen studie", path.display()),
        StudyError::AlreadyStudy { path } => format!("{} is al een studie", path.display()),
        StudyError::NewerFormat { path, format } => {
            format!("{} heeft vorm {format}; die is nieuwer dan dit programma leest", path.display())
        }
        StudyError::BadFile { path, line, column, why } => {
            let place = match (line, column) {
                (Some(line), Some(column)) => format!(":{line}:{column}"),
                (Some(line), None) => format!(":{line}"),
                _ => String::new(),
            };
            format!("{}{place}: {why}", path.display())
        }
        StudyError::ConflictMark { path, line } => {
            format!("{}:{line}: daar staat een conflictteken van git", path.display())
        }
        StudyError::Io { what, path, source } => {
            let what = match *what {
                "read" => "gelezen",
                "write" => "geschreven",
                "make" => "gemaakt",
                "remove" => "verwijderd",
                other => other,
            };
            format!("{} kan niet worden {what}: {}", path.display(), system(source))
        }
        StudyError::ReadOnly { path } => format!("de schijf is alleen te lezen: {}", path.display()),
        StudyError::Stopped => "gestopt; de studie is zoals ze was".to_owned(),
        StudyError::NotSaved { waiting, path, source, .. } => {
            format!("niet opgeslagen: {} ({waiting} wachten): {}", path.display(), system(source))
        }
        StudyError::WhoCodes { login: Some(login), .. } => {
            format!("wie codeert er? Als {login} heeft hier nog niemand geschreven")
        }
        StudyError::WhoCodes { login: None, .. } => "wie codeert er?".to_owned(),
        StudyError::BadCoder { name, .. } => format!("{name:?} kan niet de naam van een codeur zijn"),
        StudyError::Changed { path } => format!("{} is veranderd sinds het gelezen is", path.display()),
        StudyError::UnknownTable { path } => {
            format!("{}:1: dit is geen tabel van documenten, casussen of sprekers", path.display())
        }
        StudyError::NoDocument { document } => format!("er is geen document {document}"),
        StudyError::BadCodebook { path, why } => format!("{}: {why}", path.display()),
        StudyError::BadAct { why } => format!("dit kan niet worden geschreven: {why}"),
    }
}

fn dutch_hint(why: &StudyError) -> String {
    let hint = match why {
        StudyError::WhoCodes { coders, .. } if !coders.is_empty() => {
            return format!("zeg wie u bent; codeurs van deze studie: {}", coders.join(", "));
        }
        StudyError::NoStudy { .. } => "maak er een, of noem een map waarin er een is",
        StudyError::AlreadyStudy { .. } => "open haar",
        StudyError::NewerFormat { .. } => "installeer een nieuwere versie van verbatim",
        StudyError::BadFile { .. } => "verbeter het bestand, of haal het terug uit een reservekopie",
        StudyError::ConflictMark { .. } => "behoud de regels die kloppen en haal de tekens weg",
        StudyError::Io { source, .. } if source.kind() == ErrorKind::PermissionDenied => {
            "u mag dit hier niet; vraag het de eigenaar van de map"
        }
        StudyError::Io { source, .. } if source.kind() == ErrorKind::StorageFull => {
            "maak ruimte op de schijf"
        }
        StudyError::Io { .. } => "kijk de schijf na en probeer het nog eens",
        StudyError::ReadOnly { .. } => {
            "lezen gaat; kopieer om te schrijven de studie naar een eigen map, of vraag om toestemming"
        }
        StudyError::NotSaved { .. } => {
            "het wordt hier bewaard en geschreven zodra dat kan; sluit het programma niet"
        }
        StudyError::WhoCodes { .. } => "zeg wie u bent",
        StudyError::BadCoder { .. } => {
            "gebruik een naam die met een letter of cijfer begint, zoals uw voornaam"
        }
        StudyError::Changed { .. } => "doe het nog eens; sluit eerst de tabel in uw rekenblad",
        StudyError::UnknownTable { .. } => {
            "noem de eerste kolom document, of document en speaker, of case, of zoals de studie haar casussen noemt"
        }
        StudyError::NoDocument { .. } => "de lijst links noemt ze alle",
        StudyError::BadCodebook { .. } => {
            "geef het codeboek een \"id\" van a-z, 0-9 en -, en een lijst \"codes\""
        }
        StudyError::BadAct { .. } => "geef een eindig getal",
        StudyError::Stopped => "",
    };
    hint.to_owned()
}

/// Said where nobody's reading counts, with a line that can be typed here.
fn unread(Unclear { documents }: &Unclear) -> String {
    let names = |coders: &[Name]| coders.iter().map(Name::as_str).collect::<Vec<_>>().join(", ");
    let some: Vec<String> =
        documents.iter().take(5).map(|(d, coders)| format!("{d} ({})", names(coders))).collect();
    let (some, more) = (some.join(", "), documents.len().saturating_sub(5));
    let more = if more > 0 { tell!(" and {more} more", " en nog {more}") } else { String::new() };
    let name = documents.first().and_then(|(_, coders)| coders.first());
    // As it can be typed, also where a name has a space in it.
    let name = crate::words::quoted(name.map_or("", |n| n.as_str()));
    tell!(
        "Several coders worked on {some}{more}, and nobody's reading counts yet. Say whose counts: type :coders primary {name}",
        "Aan {some}{more} werkten meer codeurs, en van geen van hen telt de lezing. Zeg wiens lezing telt: typ :coders primary {name}"
    )
}

fn dutch_table(why: &TableError) -> String {
    match why {
        TableError::Unclear(unclear) => unread(unclear),
        TableError::UnknownCase(name, known) => {
            format!("er is geen casus {name:?} in deze studie; casussen: {}", known.join(", "))
        }
        TableError::UnknownAttribute { name, known } => {
            format!("er is geen kenmerk {name:?}. Neem een van: {}", known.join(", "))
        }
        TableError::AmbiguousAttribute { name, choices } => {
            format!("het kenmerk {name:?} staat in meer tabellen. Schrijf {}", choices.join(" of "))
        }
        TableError::Refused(refusal) => {
            let dutch = export::Language::Dutch;
            format!("{}. Wat te doen: {}", refusal.why(dutch), refusal.hint(dutch))
        }
        TableError::UnknownCoder(name, known) => {
            format!("er is geen codeur {name:?} in deze studie. Codeurs: {}", known.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::language::speak;
    use super::*;

    #[test]
    fn an_error_speaks_the_language_of_the_screen() {
        let why = StudyError::NoStudy { path: "/x".into() };
        assert!(study(&why).starts_with("there is no study in /x: make one"), "{}", study(&why));
        speak(Language::Nl);
        assert_eq!(study(&why), "in /x is geen studie: maak er een, of noem een map waarin er een is");
        let full = StudyError::Io { what: "write", path: "/x".into(), source: ErrorKind::StorageFull.into() };
        assert_eq!(study(&full), "/x kan niet worden geschreven: de schijf is vol: maak ruimte op de schijf");
        let unclear = Unclear { documents: vec![("een".to_owned(), vec!["anna".into(), "bram".into()])] };
        assert!(table(&unclear.into()).starts_with("Aan een (anna, bram) werkten meer codeurs"));
    }
}
