//! Hits as commands use them: searched for, shown in their context, counted.

use export::concordance::{Counts, Place};
use index::query::Note;
use index::{Hit, Index, Kwic, Query, QueryError, Seen};
use model::coded::Coded;
use model::corpus::Corpus;
use model::counted::Roles;
use model::span::Span;
use model::turn::Role;
use serde_json::{Value, json};

use crate::app::App;
use crate::code_from::plural;
use crate::error::{CommandError, Result};
use crate::out::Form;
use crate::session::Session;

/// All hits of a query, in order of place.
pub(crate) fn find(session: &Session, index: &Index, text: &str, stem: bool) -> Result<Vec<Hit>> {
    find_query(session, index, &Query::parse(text).map_err(|why| misread(&why))?, stem)
}

/// The same for a query that is read already.
pub(crate) fn find_query(session: &Session, index: &Index, query: &Query, stem: bool) -> Result<Vec<Hit>> {
    let seen = Some(Seen { coded: &session.coded, state: session.state() });
    let options = index::Options { stem, limit: None, seen };
    Ok(index.search(&session.corpus, query, &options).map_err(|why| misread(&why))?.hits)
}

/// The same as places.
pub(crate) fn places(session: &Session, index: &Index, text: &str, stem: bool) -> Result<Vec<Place>> {
    Ok(find(session, index, text, stem)?.iter().map(|hit| (hit.document, hit.span)).collect())
}

/// The places that a query finds whatever is coded, beside those that it finds now: what a query such as
/// `course* -code:training` leaves out because somebody coded it.
pub(crate) fn places_whatever_is_coded(
    session: &Session,
    index: &Index,
    text: &str,
    stem: bool,
) -> Result<Vec<Place>> {
    let query = Query::parse(text).map_err(|why| misread(&why))?;
    let mut bare: Coded = session.coded.clone();
    bare.placed.clear();
    let seen = Some(Seen { coded: &bare, state: session.state() });
    let options = index::Options { stem, limit: None, seen };
    let found = index.search(&session.corpus, &query, &options).map_err(|why| misread(&why))?;
    let mut all = places(session, index, text, stem)?;
    all.extend(found.hits.iter().map(|hit| (hit.document, hit.span)));
    Ok(all)
}

/// Reads a query and says on standard error what its writer may not have meant. A query that cannot be
/// read is an error.
pub(crate) fn read(app: &mut App, text: &str) -> Result<Query> {
    let query = Query::parse(text).map_err(|why| misread(&why))?;
    tell(app, query.notes());
    Ok(query)
}

/// Says on standard error what the writer of a query may not have meant.
pub(crate) fn tell(app: &mut App, notes: &[Note]) {
    for note in notes {
        app.out.aside("note", &note.to_string());
    }
}

/// Says that what was counted rests on stems, where it does; JSON has a key for that.
pub(crate) fn tell_of_stems(app: &mut App, stem: bool) -> Result<()> {
    match app.out.form() {
        Form::Text if stem => app.out.said(BY_STEMS),
        Form::Csv if stem => {
            app.out.aside("note", BY_STEMS);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Says what of the study's tables a query may leave out unmeant, and, where nothing was found, which of its
/// restrictions hold nowhere.
pub(crate) fn tell_of_tables(app: &mut App, session: &Session, index: &Index, text: &str, nothing: bool) {
    let Ok(query) = Query::parse(text) else { return };
    let seen = Some(Seen { coded: &session.coded, state: session.state() });
    let options = index::Options { seen, ..index::Options::default() };
    tell(app, &index.notes(&session.corpus, &query, &options, nothing));
}

/// What is said of hits that rest on stems.
const BY_STEMS: &str = "found by stems too, which are rough: for finding, not for counting";

/// Whether a search goes by stems, for all of its words or for some.
pub(crate) fn by_stems(text: &str, stem: bool) -> bool {
    stem || Query::parse(text).is_ok_and(|query| query.stems())
}

fn misread(why: &QueryError) -> CommandError {
    CommandError::new(why.to_string()).hint(why.hint())
}

/// Who speaks at a place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whereabouts {
    /// Number of the turn, from 1.
    pub(crate) turn: Option<usize>,
    pub(crate) speaker: Option<String>,
    pub(crate) role: Option<&'static str>,
    pub(crate) case: Option<String>,
}

/// Who speaks at a place.
pub(crate) fn whereabouts(corpus: &Corpus, (at, span): Place) -> Whereabouts {
    let document = &corpus.documents[at];
    let turn_at = document.turn_at(span.start).filter(|t| document.turns[*t].span().has(span.start));
    let turn = turn_at.map(|t| &document.turns[t]);
    Whereabouts {
        turn: turn_at.map(|t| t + 1),
        speaker: turn.and_then(|t| t.speaker.as_ref().map(ToString::to_string)),
        role: turn.map(|t| document.role(t).as_str()),
        case: export::concordance::case_of(document, span).map(str::to_owned),
    }
}

/// The words of a place with those around it.
pub(crate) fn around(corpus: &Corpus, (at, span): Place, context: u32) -> Kwic {
    index::around(&corpus.documents[at].text, span, context)
}

/// One hit as the contract prints it.
pub(crate) fn row(corpus: &Corpus, place: Place, context: u32) -> Value {
    let document = &corpus.documents[place.0];
    let words = around(corpus, place, context);
    let who = whereabouts(corpus, place);
    json!({
        "document": document.id, "start": place.1.start, "end": place.1.end,
        "text": document.text.slice(place.1), "before": words.before, "after": words.after,
        "turn": who.turn, "speaker": who.speaker, "role": who.role, "case": who.case,
    })
}

/// The heads of [`cells`].
pub(crate) fn heads(corpus: &Corpus) -> [&str; 10] {
    ["document", "start", "end", "text", "before", "after", "turn", "speaker", "role", case_label(corpus)]
}

/// One hit as a row of CSV.
pub(crate) fn cells(corpus: &Corpus, place: Place, context: u32) -> [String; 10] {
    let document = &corpus.documents[place.0];
    let words = around(corpus, place, context);
    let who = whereabouts(corpus, place);
    [
        document.id.clone(),
        place.1.start.to_string(),
        place.1.end.to_string(),
        document.text.slice(place.1).to_owned(),
        words.before,
        words.after,
        who.turn.map(|t| t.to_string()).unwrap_or_default(),
        who.speaker.unwrap_or_default(),
        who.role.unwrap_or_default().to_owned(),
        who.case.unwrap_or_default(),
    ]
}

/// Places one below the other, each in its context; `mark` is put before each.
pub(crate) fn lines(app: &mut App, corpus: &Corpus, places: &[(String, Place)], context: u32) -> Result<()> {
    let width = |text: &str| unicode_width::UnicodeWidthStr::width(text);
    let shown: Vec<(String, Kwic)> = places
        .iter()
        .map(|(mark, place)| {
            let Span { start, end } = place.1;
            let name = format!("{mark}{} {start}-{end}", corpus.documents[place.0].id);
            (name, around(corpus, *place, context))
        })
        .collect();
    let place_width = shown.iter().map(|(place, _)| width(place)).max().unwrap_or(0);
    let before_width = shown.iter().map(|(_, k)| width(&k.before)).max().unwrap_or(0);
    for (place, words) in &shown {
        let pad = place_width - width(place);
        let shift = before_width - width(&words.before);
        let before = format!("{place}{}  {}{}", " ".repeat(pad), " ".repeat(shift), words.before);
        app.out.marked_line(&before, &words.text, &words.after)?;
    }
    Ok(())
}

/// Counts in a JSON object.
pub(crate) fn counts_json(corpus: &Corpus, counts: &Counts, roles: Roles) -> Value {
    json!({
        "hits": counts.hits,
        "documents": counts.documents, "documents_all": corpus.documents.len(),
        "cases": counts.cases, "cases_all": corpus.cases.len(),
        "counted": counts.counted, "words": counts.words, "per_1000": counts.per_1000(),
        "roles": roles.list().into_iter().map(Role::as_str).collect::<Vec<_>>(),
    })
}

/// Counts in words: how far hits are spread, and their rate with what it is a rate of.
pub(crate) fn counts_text(corpus: &Corpus, counts: &Counts, roles: Roles) -> String {
    let spread = format!(
        "in {} of {} ({}: {} of {})",
        counts.documents,
        plural(corpus.documents.len(), "document"),
        case_label(corpus),
        counts.cases,
        corpus.cases.len(),
    );
    match counts.per_1000() {
        Some(rate) => format!(
            "{spread}; {rate:.2} per 1,000 words: {} in the {} words of {}",
            counts.counted,
            counts.words,
            who(roles)
        ),
        None => spread,
    }
}

/// The study's own word for a case.
pub(crate) fn case_label(corpus: &Corpus) -> &str {
    corpus.case_heading()
}

/// Roles as a person calls them.
pub(crate) fn who(roles: Roles) -> String {
    if roles == Roles::all() {
        return "everybody".to_owned();
    }
    let name = |role: Role| match role {
        Role::Interviewer => "interviewers",
        Role::Respondent => "respondents",
        Role::Other => "others",
    };
    roles.list().into_iter().map(name).collect::<Vec<_>>().join(" and ")
}

/// Reads the words after `--roles`.
pub(crate) fn roles(words: Option<&str>) -> Result<Roles> {
    match words {
        None => Ok(Roles::default()),
        Some("all") => Ok(Roles::all()),
        Some(words) => {
            let parse = |word: &str| {
                Role::parse(word).ok_or_else(|| {
                    CommandError::new(format!("there is no role {word:?}"))
                        .hint("write respondent, interviewer, other or all")
                })
            };
            Ok(Roles::of(&words.split([',', '+']).map(parse).collect::<Result<Vec<_>>>()?))
        }
    }
}
