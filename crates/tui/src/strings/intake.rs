//! What import says about files, in the language of the screen.
//!
//! It is made in English where a file is read. What is said often has its Dutch here, with `{}` for what
//! the file itself gives; the rest stays as it is, which is better than not to be told.

use std::path::Path;

use model::problem::{Problem, Severity};

use super::language::{Language, spoken, t, tell};
use crate::safe::safe;

/// What import says and advises, in English and in Dutch.
const SAID: [(&str, &str); 30] = [
    (
        "no speakers were found, so the text has no turns",
        "er zijn geen sprekers gevonden, dus de tekst heeft geen spreekbeurten",
    ),
    (
        "no label in the layout {} was found, so the text has no turns",
        "er is geen label in de opmaak {} gevonden, dus de tekst heeft geen spreekbeurten",
    ),
    (
        "begin each turn with a label, as in \"Name: text\", or choose a layout",
        "begin elke spreekbeurt met een label, zoals \"Naam: tekst\"",
    ),
    (
        "no label says who interviews, so all count as respondents until speakers.csv says otherwise",
        "geen label zegt wie interviewt, dus allen tellen als respondent tot speakers.csv iets anders zegt",
    ),
    (
        "there is only one speaker, so all turns count as a respondent's until speakers.csv says otherwise",
        "er is maar één spreker, dus alle spreekbeurten tellen als die van een respondent tot speakers.csv iets anders zegt",
    ),
    (
        "the only speaker is an interviewer, so nothing counts as a respondent's until speakers.csv says otherwise",
        "de enige spreker is een interviewer, dus niets telt als gezegd door een respondent tot speakers.csv iets anders zegt",
    ),
    (
        "give the roles in speakers.csv",
        "geef de rollen in corpus/speakers.csv: kolom role, met interviewer, respondent of other",
    ),
    (
        "{} characters before the first turn belong to no speaker",
        "{} tekens voor de eerste spreekbeurt horen bij geen spreker",
    ),
    ("\"{}\" and \"{}\" count as two speakers", "\"{}\" en \"{}\" tellen als twee sprekers"),
    (
        "if they are one, write the label in one way",
        "zijn het er een, schrijf het label dan overal hetzelfde",
    ),
    (
        "\"{}:\" looks like a label, but not in the layout of this text; it stays in the turn before",
        "\"{}:\" lijkt een label, maar niet in de opmaak van deze tekst; het blijft in de spreekbeurt ervoor",
    ),
    (
        "if somebody speaks there, write the label as the others are written",
        "spreekt daar iemand, schrijf het label dan zoals de andere",
    ),
    ("{} more lines look like labels and are not", "nog {} regels lijken labels en zijn het niet"),
    (
        "the encoding was guessed as {}, which gives \"{}\"",
        "de tekencodering is geraden: {}, dat geeft \"{}\"",
    ),
    (
        "if letters look wrong, save the file as UTF-8",
        "zien letters er verkeerd uit, bewaar het bestand dan als UTF-8",
    ),
    (
        "{} places are no valid UTF-8 and became \u{fffd}",
        "{} plaatsen zijn geen geldig UTF-8 en werden \u{fffd}",
    ),
    ("mend them in an editor before coding the text", "herstel ze in een tekstprogramma voordat u codeert"),
    (
        "{} hidden characters change the direction of writing and stay in the text",
        "{} verborgen tekens veranderen de schrijfrichting en blijven in de tekst",
    ),
    (
        "remove them in an editor unless the text needs them",
        "haal ze weg in een tekstprogramma, tenzij de tekst ze nodig heeft",
    ),
    ("{} is another text; this one is {}", "{} is een andere tekst; deze heet {}"),
    (
        "if it is a new version of {}, undo this import: a text that has codings cannot be replaced yet",
        "is het een nieuwe versie van {}, maak dit binnenhalen dan ongedaan: een tekst met coderingen kan nog niet vervangen worden",
    ),
    ("not read: {}", "niet gelezen: {}"),
    ("save them as .docx or .txt", "bewaar ze als .docx of .txt"),
    ("cannot be read: {}", "kan niet gelezen worden: {}"),
    ("git conflict mark", "daar staat een conflictteken van git"),
    (
        "take either version of the text whole, then import it",
        "neem een van beide versies in haar geheel en haal die binnen",
    ),
    (
        "the study has no document {}; the row is not used",
        "de studie heeft geen document {}; de rij wordt niet gebruikt",
    ),
    ("the case {} has no row in {}", "de casus {} heeft geen rij in {}"),
    ("{} is no role; it counts as respondent", "{} is geen rol; het telt als respondent"),
    ("{} ({}) are not read", "{} ({}) worden niet gelezen"),
];

/// In which file, seen from the path that was brought in, and in which line.
pub fn place(from: &Path, problem: &Problem) -> String {
    let file = Path::new(&problem.file);
    let inside = file.strip_prefix(from).ok().filter(|p| !p.as_os_str().is_empty());
    let name = match inside {
        Some(inside) => inside.display().to_string(),
        None if file == from => {
            file.file_name().map_or_else(|| problem.file.clone(), |n| n.to_string_lossy().into_owned())
        }
        None => problem.file.clone(),
    };
    let name = safe(&name);
    match problem.line {
        Some(line) => tell!("{name}, line {line}", "{name}, regel {line}"),
        None => name.into_owned(),
    }
}

/// What is the matter there, how much that matters, and what to do.
pub fn told(problem: &Problem) -> String {
    let how = match problem.severity {
        Severity::Note => t("note", "opmerking"),
        Severity::Warning => t("warning", "let op"),
        Severity::Error => t("error", "fout"),
    };
    let hint = if problem.hint.is_empty() { String::new() } else { format!(" ({})", said(&problem.hint)) };
    safe(&format!("{how}: {}{hint}", said(&problem.what))).into_owned()
}

/// A sentence of import in the language that is spoken.
fn said(english: &str) -> String {
    let dutch = || SAID.iter().find_map(|(en, nl)| Some(fill(nl, &blanks(en, english)?)));
    match spoken() {
        Language::En => english.to_owned(),
        Language::Nl => dutch().unwrap_or_else(|| english.to_owned()),
    }
}

/// What stands in a sentence where its pattern has `{}`; nothing where it is no such sentence.
fn blanks<'a>(pattern: &str, sentence: &'a str) -> Option<Vec<&'a str>> {
    let mut parts = pattern.split("{}");
    let mut rest = sentence.strip_prefix(parts.next()?)?;
    let mut found = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        // The last part ends the sentence, whatever else of it came before.
        let at = if parts.peek().is_none() {
            rest.len().checked_sub(part.len()).filter(|_| rest.ends_with(part))?
        } else {
            rest.find(part)?
        };
        found.push(rest.get(..at)?);
        rest = rest.get(at + part.len()..)?;
    }
    rest.is_empty().then_some(found)
}

/// A pattern with its blanks filled.
fn fill(pattern: &str, found: &[&str]) -> String {
    let mut out = String::new();
    let mut found = found.iter();
    for (i, part) in pattern.split("{}").enumerate() {
        if i > 0 {
            out.push_str(found.next().copied().unwrap_or_default());
        }
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::language::speak;
    use super::*;

    #[test]
    fn what_import_says_is_told_in_dutch_with_what_the_file_gives() {
        speak(Language::Nl);
        let guessed =
            Problem::note("/t/a.txt", "the encoding was guessed as windows-1252, which gives \"één\"")
                .at(3)
                .hint("if letters look wrong, save the file as UTF-8");
        assert_eq!(place(Path::new("/t"), &guessed), "a.txt, regel 3");
        assert_eq!(place(Path::new("/t/a.txt"), &guessed), "a.txt, regel 3");
        assert_eq!(
            told(&guessed),
            "opmerking: de tekencodering is geraden: windows-1252, dat geeft \"één\" (zien letters er verkeerd uit, bewaar het bestand dan als UTF-8)"
        );
        assert_eq!(
            said("\"An\" and \"an\" count as two speakers"),
            "\"An\" en \"an\" tellen als twee sprekers"
        );
        assert_eq!(said("something else"), "something else", "what has no Dutch is told all the same");
        assert_eq!(said(""), "");
    }

    #[test]
    fn every_sentence_has_as_many_blanks_in_both_languages() {
        for (en, nl) in SAID {
            assert_eq!(en.matches("{}").count(), nl.matches("{}").count(), "{en}");
            let filled = en.replace("{}", "x");
            assert!(blanks(en, &filled).is_some_and(|b| b.iter().all(|b| *b == "x")), "{en}");
        }
    }
}
