//! Methods facts: the checklists of COREQ and SRQR, filled with what the study knows. The rest is
//! marked for the author; nothing is put into prose.
//!
//! COREQ: Tong, Sainsbury and Craig (2007), Int J Qual Health Care 19(6), 349–357, 32 items. SRQR:
//! O'Brien and others (2014), Academic Medicine 89(9), 1245–1251, 21 items. Names of items are shortened.

use std::collections::{BTreeMap, BTreeSet};

use model::act::Change;
use model::codebook::Status;
use model::counted::{Counted, Roles};
use model::ground::Ground;
use model::turn::Role;

use super::appendix::day;
use super::framework::left_out;
use super::quoting::Quoting;
use crate::package::typed::number;
use crate::page::{Look, Page, Table};
use crate::sheet::{Field, Sheet, Value};
use crate::shown::Shown;
use crate::speech::Speech;

/// Which checklist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standard {
    /// Consolidated criteria for reporting qualitative research: interviews and focus groups.
    #[default]
    Coreq,
    /// Standards for reporting qualitative research.
    Srqr,
}

/// What a sheet of methods facts is asked to be.
#[derive(Clone, Debug, Default)]
pub struct Methods {
    /// The checklist.
    pub standard: Standard,
    /// Under which names everybody stands.
    pub shown: Shown,
}

/// What can be known of a study. Each is told as facts, separated by `; `.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Nothing,
    Interviewers,
    Size,
    Setting,
    Sample,
    Repeats,
    Durations,
    Memos,
    Coders,
    Tree,
    Origins,
    Software,
    Quotes,
    Dates,
    Processing,
    Process,
    Trust,
}

use Known as K;

/// Number, English, Dutch, what is known.
type Item = (&'static str, &'static str, &'static str, &'static [Known]);

const COREQ: &[Item] = &[
    ("1", "Interviewer", "Interviewer", &[K::Interviewers]),
    ("2", "Credentials", "Titels en opleiding", &[K::Nothing]),
    ("3", "Occupation", "Beroep", &[K::Nothing]),
    ("4", "Gender", "Geslacht", &[K::Nothing]),
    ("5", "Experience and training", "Ervaring en scholing", &[K::Nothing]),
    ("6", "Relationship established", "Relatie vooraf", &[K::Nothing]),
    (
        "7",
        "Participant knowledge of the interviewer",
        "Wat deelnemers van de interviewer wisten",
        &[K::Nothing],
    ),
    ("8", "Interviewer characteristics", "Kenmerken van de interviewer", &[K::Nothing]),
    ("9", "Methodological orientation and theory", "Methodologie en theorie", &[K::Nothing]),
    ("10", "Sampling", "Steekproef", &[K::Nothing]),
    ("11", "Method of approach", "Wijze van benaderen", &[K::Nothing]),
    ("12", "Sample size", "Omvang", &[K::Size]),
    ("13", "Non-participation", "Weigeringen", &[K::Nothing]),
    ("14", "Setting of data collection", "Plaats en wijze van afname", &[K::Setting]),
    ("15", "Presence of non-participants", "Aanwezigheid van anderen", &[K::Nothing]),
    ("16", "Description of the sample", "Beschrijving van de steekproef", &[K::Sample]),
    ("17", "Interview guide", "Interviewleidraad", &[K::Nothing]),
    ("18", "Repeat interviews", "Herhaalde interviews", &[K::Repeats]),
    ("19", "Audio or visual recording", "Opname", &[K::Nothing]),
    ("20", "Field notes", "Veldnotities", &[K::Nothing]),
    ("21", "Duration", "Duur", &[K::Durations]),
    ("22", "Data saturation", "Verzadiging", &[K::Nothing]),
    ("23", "Transcripts returned", "Transcripten voorgelegd", &[K::Nothing]),
    ("24", "Number of data coders", "Aantal codeurs", &[K::Coders]),
    ("25", "Description of the coding tree", "Beschrijving van de codeboom", &[K::Tree]),
    ("26", "Derivation of themes", "Herkomst van de thema's", &[K::Origins]),
    ("27", "Software", "Software", &[K::Software]),
    ("28", "Participant checking", "Controle door deelnemers", &[K::Nothing]),
    ("29", "Quotations presented", "Citaten", &[K::Quotes]),
    ("30", "Data and findings consistent", "Samenhang van gegevens en bevindingen", &[K::Nothing]),
    ("31", "Clarity of major themes", "Helderheid van hoofdthema's", &[K::Nothing]),
    ("32", "Clarity of minor themes", "Helderheid van bijthema's", &[K::Nothing]),
];

const SRQR: &[Item] = &[
    ("S1", "Title", "Titel", &[K::Nothing]),
    ("S2", "Abstract", "Samenvatting", &[K::Nothing]),
    ("S3", "Problem formulation", "Probleemstelling", &[K::Nothing]),
    ("S4", "Purpose or research question", "Doel of onderzoeksvraag", &[K::Nothing]),
    ("S5", "Approach and research paradigm", "Benadering en paradigma", &[K::Nothing]),
    (
        "S6",
        "Researcher characteristics and reflexivity",
        "Kenmerken van onderzoekers, reflexiviteit",
        &[K::Interviewers],
    ),
    ("S7", "Context", "Context", &[K::Sample]),
    ("S8", "Sampling strategy", "Steekproefstrategie", &[K::Nothing]),
    ("S9", "Ethical issues", "Ethiek", &[K::Nothing]),
    ("S10", "Data collection methods", "Wijze van dataverzameling", &[K::Setting, K::Dates]),
    ("S11", "Instruments and technologies", "Instrumenten en techniek", &[K::Durations]),
    ("S12", "Units of study", "Onderzoekseenheden", &[K::Size, K::Repeats]),
    ("S13", "Data processing", "Dataverwerking", &[K::Processing, K::Software]),
    ("S14", "Data analysis", "Analyse", &[K::Coders, K::Tree, K::Origins, K::Process]),
    (
        "S15",
        "Techniques to enhance trustworthiness",
        "Waarborgen voor betrouwbaarheid",
        &[K::Memos, K::Trust],
    ),
    ("S16", "Synthesis and interpretation", "Synthese en interpretatie", &[K::Nothing]),
    ("S17", "Links to empirical data", "Verband met de gegevens", &[K::Quotes]),
    ("S18", "Integration with prior work", "Aansluiting bij eerder werk", &[K::Nothing]),
    ("S19", "Limitations", "Beperkingen", &[K::Nothing]),
    ("S20", "Conflicts of interest", "Belangen", &[K::Nothing]),
    ("S21", "Funding", "Financiering", &[K::Nothing]),
];

impl Methods {
    /// The sheet.
    pub fn page(&self, ground: Ground<'_>, speech: &Speech) -> Page {
        let (items, name) = match self.standard {
            Standard::Coreq => (COREQ, "COREQ"),
            Standard::Srqr => (SRQR, "SRQR"),
        };
        let facts = Facts { ground, speech, quoting: Quoting::new(ground, speech, self.shown.clone()) };
        let title = format!("{name}: {}", speech.t("what the study knows", "wat het onderzoek weet"));
        let mut sheet = Sheet::new("methods", title);
        sheet.fields = vec![
            Field::text("item", "nr."),
            Field::text("topic", speech.t("item", "onderdeel")),
            Field::text("known", speech.t("from the study", "uit het onderzoek")),
            Field::text("author", speech.t("for the author", "voor de auteur")),
        ];
        for (number, english, dutch, known) in items {
            let told: Vec<String> = known.iter().flat_map(|k| facts.tell(*k)).collect();
            let all = matches!(known, [K::Software | K::Coders]) && !told.is_empty();
            sheet.rows.push(vec![
                Value::text(number),
                Value::text(speech.t(english, dutch)),
                Value::maybe_text((!told.is_empty()).then(|| told.join("; "))),
                if all {
                    Value::Na
                } else if told.is_empty() {
                    Value::text(speech.t("to write", "te schrijven"))
                } else {
                    Value::text(speech.t("to complete", "aan te vullen"))
                },
            ]);
        }
        sheet.notes.push(match self.standard {
            Standard::Coreq => {
                "Tong, Sainsbury & Craig (2007), Int J Qual Health Care 19(6), 349–357".to_owned()
            }
            Standard::Srqr => "O'Brien et al. (2014), Academic Medicine 89(9), 1245–1251".to_owned(),
        });
        if ground.state.sight().is_some() {
            let blind = speech.t(
                "Made while blind: what others read is neither told nor counted",
                "Gemaakt tijdens blind coderen: wat anderen lazen is niet vermeld en niet geteld",
            );
            sheet.notes.push(blind.to_owned());
        }
        Page::of(Table::from(sheet).looking(Look::Wordy), speech)
    }
}

/// What a study knows.
struct Facts<'a> {
    ground: Ground<'a>,
    speech: &'a Speech,
    quoting: Quoting<'a>,
}

impl Facts<'_> {
    fn tell(&self, known: Known) -> Vec<String> {
        match known {
            K::Nothing => Vec::new(),
            K::Interviewers => self.interviewers(),
            K::Size => self.size(),
            K::Setting => self.column("mode", "mode", "wijze").into_iter().collect(),
            K::Sample => self.sample(),
            K::Repeats => self.repeats(),
            K::Durations => self.durations(),
            K::Memos => self.memos(),
            K::Coders => self.coders(),
            K::Tree => self.tree(),
            K::Origins => self.origins(),
            K::Software => vec![format!("Verbatim {}", env!("CARGO_PKG_VERSION"))],
            K::Quotes => self.quotes(),
            K::Dates => self.dates(),
            K::Processing => self.processing(),
            K::Process => self.process(),
            K::Trust => self.trust(),
        }
    }

    fn t<'w>(&self, english: &'w str, dutch: &'w str) -> &'w str {
        self.speech.t(english, dutch)
    }

    /// So many of a thing: `14 documents`.
    fn n(&self, n: usize, english: [&str; 2], dutch: [&str; 2]) -> String {
        let word = |w: [&str; 2]| if n == 1 { w[0].to_owned() } else { w[1].to_owned() };
        format!("{n} {}", self.t(&word(english), &word(dutch)))
    }

    /// The values of a column of `documents.csv`, each with its number of documents.
    fn column(&self, name: &str, english: &str, dutch: &str) -> Option<String> {
        let values = self.ground.corpus.documents.iter().filter_map(|d| d.column(name));
        if self.quoting.shown().hides(name, values.clone()) {
            return None;
        }
        Some(format!("{}: {}", self.t(english, dutch), tally(values)?))
    }

    fn interviewers(&self) -> Vec<String> {
        let values: Vec<&str> =
            self.ground.corpus.documents.iter().filter_map(|d| d.column("interviewer")).collect();
        if self.quoting.is_anonymous() && !values.is_empty() {
            let all: BTreeSet<&str> = values.into_iter().collect();
            return vec![self.n(all.len(), ["interviewer", "interviewers"], ["interviewer", "interviewers"])];
        }
        tally(values.into_iter()).into_iter().collect()
    }

    fn size(&self) -> Vec<String> {
        let corpus = self.ground.corpus;
        let mut out =
            vec![self.n(corpus.documents.len(), ["document", "documents"], ["document", "documenten"])];
        out.extend(self.column("kind", "kinds", "soorten"));
        let cases: BTreeSet<&str> = corpus
            .documents
            .iter()
            .flat_map(|d| {
                d.case.as_deref().into_iter().chain(d.speakers.iter().filter_map(|s| s.case.as_deref()))
            })
            .collect();
        out.push(format!("{}: {}", self.quoting.case_word(), cases.len()));
        let respondents: usize = corpus
            .documents
            .iter()
            .map(|d| d.speakers.iter().filter(|s| s.role == Role::Respondent).count())
            .sum();
        out.push(format!(
            "{} ({})",
            self.n(respondents, ["respondent", "respondents"], ["respondent", "respondenten"]),
            self.t(
                "speakers of documents: one person in two documents counts twice",
                "sprekers van documenten: wie in twee documenten spreekt telt dubbel"
            )
        ));
        let words: u64 = corpus.documents.iter().map(|d| Counted::of(d, Roles::default()).all_words()).sum();
        let all: u64 = corpus.documents.iter().map(|d| Counted::of(d, Roles::all()).all_words()).sum();
        out.push(format!(
            "{words} {}, {all} {}",
            self.t("words of respondents", "woorden van respondenten"),
            self.t("of all speakers", "van alle sprekers")
        ));
        out
    }

    fn sample(&self) -> Vec<String> {
        let corpus = self.ground.corpus;
        let (names, hidden) = self.quoting.shown().attributes(corpus);
        let told = |name: &&str| {
            let values = corpus.cases.iter().filter_map(|c| model::corpus::attribute(&c.attributes, name));
            let numbers: Vec<f64> = values.clone().filter_map(number).collect();
            if numbers.len() > 2 && numbers.len() == values.clone().count() {
                return Some(format!("{name}: {}", range(&numbers)?));
            }
            Some(format!("{name}: {}", tally(values)?))
        };
        names.iter().filter_map(told).chain(left_out(hidden, self.speech)).collect()
    }

    fn repeats(&self) -> Vec<String> {
        let mut per_case: BTreeMap<&str, usize> = BTreeMap::new();
        for case in self.ground.corpus.documents.iter().filter_map(|d| d.case.as_deref()) {
            *per_case.entry(case).or_default() += 1;
        }
        let several = per_case.values().filter(|n| **n > 1).count();
        vec![format!(
            "{}: {several} {} {}",
            self.t("more than one document", "meer dan één document"),
            self.t("of", "van"),
            per_case.len()
        )]
    }

    fn durations(&self) -> Vec<String> {
        let values = self.ground.corpus.documents.iter().filter_map(|d| d.column("duration_min"));
        let numbers: Vec<f64> = values.filter_map(number).collect();
        range(&numbers)
            .map(|r| format!("duration_min: {r} ({} {})", numbers.len(), self.t("documents", "documenten")))
            .into_iter()
            .collect()
    }

    fn memos(&self) -> Vec<String> {
        let kinds: Vec<String> = self.ground.state.memos().map(|m| m.written.kind.to_string()).collect();
        let told = tally(kinds.iter().map(String::as_str));
        told.map(|t| format!("memos: {t}")).into_iter().collect()
    }

    fn coders(&self) -> Vec<String> {
        let mut codings: BTreeMap<&str, usize> = BTreeMap::new();
        let coded = self.ground.coded;
        for placed in &coded.placed {
            *codings.entry(coded.coder(placed)).or_default() += 1;
        }
        let told: Vec<String> = codings
            .iter()
            .map(|(coder, n)| format!("{} ({n})", self.quoting.coder(&model::name::Name::new(coder))))
            .collect();
        if told.is_empty() {
            return Vec::new();
        }
        let n = self.n(told.len(), ["coder", "coders"], ["codeur", "codeurs"]);
        vec![format!("{n}, {}: {}", self.t("with codings", "met coderingen"), told.join(", "))]
    }

    fn tree(&self) -> Vec<String> {
        let book = &self.ground.coded.codebook;
        let open: Vec<&model::codebook::Code> =
            book.codes.iter().filter(|c| !c.retired && c.merged_into.is_none()).collect();
        if open.is_empty() {
            return Vec::new();
        }
        let top = open.iter().filter(|c| c.depth == 0).count();
        let levels = open.iter().map(|c| c.depth + 1).max().unwrap_or(0);
        let provisional = open.iter().filter(|c| c.status == Status::Provisional).count();
        let mut out = vec![
            self.n(open.len(), ["code", "codes"], ["code", "codes"]),
            format!("{top} {}", self.t("at the top", "bovenaan")),
            self.n(levels as usize, ["level", "levels"], ["niveau", "niveaus"]),
        ];
        if provisional > 0 {
            out.push(format!("{provisional} {}", self.t("provisional", "voorlopig")));
        }
        out.push(format!("{}: {}", self.t("codebooks", "codeboeken"), book.books.len()));
        out
    }

    fn origins(&self) -> Vec<String> {
        let codes = self.ground.coded.codebook.codes.iter().filter(|c| !c.retired && c.merged_into.is_none());
        let origins = codes.filter_map(|c| c.fields.get("origin").and_then(serde_json::Value::as_str));
        let told = tally(origins);
        told.map(|t| format!("{}: {t}", self.t("origin of codes", "herkomst van codes")))
            .into_iter()
            .collect()
    }

    fn quotes(&self) -> Vec<String> {
        let state = self.ground.state;
        let codings = &self.ground.coded.placed;
        let marked = codings.iter().filter(|p| state.is_exemplar(p.id)).count();
        let translated = codings.iter().filter(|p| !state.translations(p.id).is_empty()).count();
        let mut out = vec![self.n(
            marked,
            ["marked example", "marked examples"],
            ["gemarkeerd voorbeeld", "gemarkeerde voorbeelden"],
        )];
        out.push(format!("{translated} {}", self.t("translated", "vertaald")));
        let cited = self.ground.corpus.documents.iter().filter(|d| !d.cite_as.is_empty()).count();
        out.push(format!(
            "{cited} {}",
            self.t("documents with a name to cite them by", "documenten met een naam om ze te citeren")
        ));
        out
    }

    fn dates(&self) -> Vec<String> {
        let dates: BTreeSet<&str> =
            self.ground.corpus.documents.iter().filter_map(|d| d.column("date")).collect();
        match (dates.first(), dates.last()) {
            (Some(first), Some(last)) => vec![format!("{}: {first} – {last}", self.t("dates", "data"))],
            _ => Vec::new(),
        }
    }

    fn processing(&self) -> Vec<String> {
        let revised = self.ground.state.document_events();
        let revised = revised.iter().filter(|l| matches!(l.change, Change::TextRevised(_))).count();
        vec![format!(
            "{}: {revised}",
            self.t("revisions of texts after import", "herzieningen van teksten na import")
        )]
    }

    fn process(&self) -> Vec<String> {
        let days: BTreeSet<&str> = self
            .ground
            .state
            .acts()
            .iter()
            .filter(|a| a.changes.iter().any(|c| matches!(c, Change::CodingAdded(_))))
            .map(|a| day(&a.at))
            .collect();
        let mut out =
            vec![self.n(self.ground.coded.placed.len(), ["coding", "codings"], ["codering", "coderingen"])];
        if let (Some(first), Some(last)) = (days.first(), days.last()) {
            out.push(format!("{}: {first} – {last}", self.t("coded", "gecodeerd")));
        }
        out
    }

    fn trust(&self) -> Vec<String> {
        let mut several = 0;
        for document in 0..self.ground.corpus.documents.len() {
            let coders: BTreeSet<u32> =
                self.ground.coded.in_document(document).iter().map(|p| p.coder).collect();
            several += usize::from(coders.len() > 1);
        }
        vec![format!(
            "{}: {several} {} {}",
            self.t("documents coded by more than one coder", "documenten door meer dan één codeur gecodeerd"),
            self.t("of", "van"),
            self.ground.corpus.documents.len()
        )]
    }
}

/// Values with how often each occurs, in alphabetical order: `nl 10, en 4`.
fn tally<'v>(values: impl Iterator<Item = &'v str>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let told: Vec<String> = counts.iter().map(|(value, n)| format!("{value} {n}")).collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// The least, the median and the most.
fn range(numbers: &[f64]) -> Option<String> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (first, last) = (sorted.first()?, sorted.last()?);
    let half = sorted.len() / 2;
    let median =
        if sorted.len() % 2 == 1 { sorted[half] } else { f64::midpoint(sorted[half - 1], sorted[half]) };
    Some(format!("{first}–{last}, median {median}"))
}
