//! Amending codings: the changes of which an act on codings consists, when one is changed, moved, split
//! in two or made one with others.
//!
//! The screen and the commands form them here, so that both refuse the same things and write the same
//! act. Nothing here writes.

use crate::act::{Change, CodingAdded, CodingChanged, OfCoding};
use crate::anchor::Anchor;
use crate::codebook::Codebook;
use crate::corpus::Document;
use crate::id::ThingId;
use crate::name::Name;
use crate::span::Span;
use crate::state::Coding;

/// Why a change of codings is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Everything is like that already.
    #[error("nothing would change")]
    Nothing,
    /// There is no text to stand in.
    #[error("the text of {0} is missing")]
    NoText(String),
    /// New bounds that hold no text, or reach beyond it.
    #[error("there is no text from {0} to {1}")]
    NoPlace(u32, u32),
    /// New bounds that share nothing with those before.
    #[error("{0} to {1} shares no text with the coding, which stands at {2} to {3}")]
    Elsewhere(u32, u32, u32, u32),
    /// A place to split at that leaves one part without words.
    #[error("{0} does not part the coding in two, which stands at {1} to {2}")]
    NotInside(u32, u32, u32),
    /// Fewer than two codings to make one of.
    #[error("there is only one coding")]
    One,
    /// Codings of several codes are not one.
    #[error("coding {0} is of another code")]
    OtherCode(ThingId),
    /// Other words stand between the codings.
    #[error("there are other words between coding {0} and the others")]
    Apart(ThingId),
}

/// A change of a coding; what is as it was is left out.
///
/// # Errors
/// Where nothing is left.
pub fn changed(coding: &Coding<'_>, mut wish: CodingChanged) -> Result<Change, Refusal> {
    wish.anchor.take_if(|anchor| *anchor == *coding.anchor);
    wish.code.take_if(|code| *code == *coding.code);
    wish.case.take_if(|case| case.as_ref() == coding.case);
    wish.qualifiers.take_if(|set| *set == *coding.qualifiers);
    wish.weight.take_if(|weight| *weight == coding.weight);
    wish.note.take_if(|note| note.as_deref() == coding.note);
    // A new code comes with its definition, whatever the one before meant.
    if wish.code.is_none() {
        wish.definition.take_if(|definition| Some(&*definition) == coding.definition);
    }
    if wish == CodingChanged::of(coding.id) {
        return Err(Refusal::Nothing);
    }
    Ok(Change::CodingChanged(Box::new(wish)))
}

/// Where a coding is to stand. One that has a place keeps some of it: another passage is another coding.
///
/// # Errors
/// Where there is no such text, or nothing of the place before is in it.
pub fn bounds(document: &Document, was: Option<Span>, to: Span) -> Result<Anchor, Refusal> {
    if to.start >= to.end || !document.text.holds(to) {
        return Err(Refusal::NoPlace(to.start, to.end));
    }
    if let Some(was) = was
        && was.intersect(to).is_none()
    {
        return Err(Refusal::Elsewhere(to.start, to.end, was.start, was.end));
    }
    anchor(document, to)
}

/// Makes two codings of one, at a place within it: the first keeps its id, the second is new and like it.
///
/// # Errors
/// Where one of the two would have no words.
pub fn split(document: &Document, coding: &Coding<'_>, was: Span, at: u32) -> Result<Vec<Change>, Refusal> {
    if at <= was.start || at >= was.end {
        return Err(Refusal::NotInside(at, was.start, was.end));
    }
    let [before, after] =
        [Span::new(was.start, at), Span::new(at, was.end)].map(|span| document.text.trimmed(span));
    if before.is_empty() || after.is_empty() {
        return Err(Refusal::NotInside(at, was.start, was.end));
    }
    let added = CodingAdded {
        anchor: anchor(document, after)?,
        code: coding.code.clone(),
        case: coding.case.cloned(),
        qualifiers: coding.qualifiers.clone(),
        weight: coding.weight,
        note: coding.note.map(str::to_owned),
        definition: coding.definition.cloned(),
        rule: coding.rule,
    };
    let changed = CodingChanged { anchor: Some(anchor(document, before)?), ..CodingChanged::of(coding.id) };
    Ok(vec![Change::CodingChanged(Box::new(changed)), Change::CodingAdded(Box::new(added))])
}

/// Makes one coding of several of one code in a document, which overlap or have nothing but white space
/// between them. It is the first that is named: its case, weight and qualifiers stay, and what was
/// remarked on any of them.
///
/// # Errors
/// Where they are of several codes, or other words stand between them.
pub fn merged(
    document: &Document,
    book: &Codebook,
    codings: &[(Coding<'_>, Span)],
) -> Result<Vec<Change>, Refusal> {
    let Some(((first, _), others)) = codings.split_first().filter(|(_, others)| !others.is_empty()) else {
        return Err(Refusal::One);
    };
    // A code that the codebook does not know is itself and no other.
    let code = |coding: &Coding<'_>| book.resolve(coding.code).ok_or_else(|| coding.code.clone());
    if let Some((other, _)) = others.iter().find(|(c, _)| code(c) != code(first)) {
        return Err(Refusal::OtherCode(other.id));
    }
    let mut order: Vec<(Span, ThingId)> = codings.iter().map(|(c, span)| (*span, c.id)).collect();
    order.sort_unstable();
    let mut whole = order.first().map_or(Span::new(0, 0), |(span, _)| *span);
    for (span, id) in order.into_iter().skip(1) {
        let between = Span::new(whole.end, span.start.max(whole.end));
        if !document.text.slice(between).trim().is_empty() {
            return Err(Refusal::Apart(id));
        }
        whole.end = whole.end.max(span.end);
    }
    let mut notes: Vec<&str> = Vec::new();
    for (coding, _) in codings {
        notes.extend(coding.note.filter(|n| !notes.contains(n)));
    }
    let joined = notes.join("\n");
    let note = (first.note.unwrap_or_default() != joined).then_some(Some(joined));
    let anchor = Some(anchor(document, whole)?);
    let changed = CodingChanged { anchor, note, ..CodingChanged::of(first.id) };
    let mut changes = vec![Change::CodingChanged(Box::new(changed))];
    changes.extend(others.iter().map(|(c, _)| Change::CodingRemoved(Box::new(OfCoding { coding: c.id }))));
    Ok(changes)
}

/// Whether the words between two places are none: they overlap, touch, or have white space between.
pub fn is_beside(document: &Document, a: Span, b: Span) -> bool {
    let (a, b) = if b.start < a.start { (b, a) } else { (a, b) };
    document.text.slice(Span::new(a.end, b.start.max(a.end))).trim().is_empty()
}

/// The anchor of a place in the text at hand.
fn anchor(document: &Document, span: Span) -> Result<Anchor, Refusal> {
    let hash = document.hash.ok_or_else(|| Refusal::NoText(document.id.clone()))?;
    Ok(Anchor::new(&document.id, &document.text, hash, span))
}

/// What says that a coding has another code, under the definition that is in force.
pub fn recoded(book: &Codebook, coding: ThingId, code: usize) -> Option<CodingChanged> {
    let code = book.codes.get(code)?;
    let (name, definition): (Name, Name) = (code.id.clone(), code.definition_hash());
    Some(CodingChanged { code: Some(name), definition: Some(definition), ..CodingChanged::of(coding) })
}
