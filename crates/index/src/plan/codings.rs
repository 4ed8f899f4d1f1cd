//! Codings and memos: the passages that `code:`, `coder:`, qualifiers, `coded:` and `memo:` name,
//! taken from what the coder may see at this moment.

use model::act::Subject;
use model::codebook::Codebook;
use model::name::Name;
use model::span::unite;
use serde_json::Value;

use super::fields::unknown;
use super::{Passages, Study};
use crate::fold::fold;
use crate::query::{Field, QueryError, Wanted};
use crate::token::Tokens;

/// Which codings are meant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// Per place in the codebook, whether codings of that code are meant; none for any code.
    codes: Option<Vec<bool>>,
    /// Whose they are; all of these names at once, so mostly one.
    coders: Vec<Name>,
    /// Qualifier and value.
    qualifiers: Vec<(Name, Name)>,
    /// Whether the hit is to touch one or none (`coded:`); none where the passages are searched for.
    pub(crate) coded: Option<bool>,
}

impl Filter {
    /// The folded name of a field that speaks of codings.
    pub(crate) fn name(field: &Field) -> Option<String> {
        let name = fold(&field.name);
        (field.qualifier || matches!(name.as_str(), "code" | "coder" | "coded")).then_some(name)
    }
}

/// What memos say something about.
pub(super) struct Memos {
    /// Memos on passages and codings.
    pub(super) passages: Passages,
    /// Documents with a memo on them or on their case.
    pub(super) documents: Vec<bool>,
    /// Whether any memo is meant, or none, instead of one with certain words.
    pub(super) any: Option<bool>,
}

impl Study<'_> {
    /// Fields side by side: one filter per code asked for, each with the coders and qualifiers.
    pub(super) fn filters(&self, fields: &[&Field]) -> Result<Vec<Filter>, QueryError> {
        let mut base = Filter::default();
        let mut codes = Vec::new();
        for field in fields {
            let seen = self.seen.ok_or(QueryError::NoCodes(field.position))?;
            if field.qualifier {
                base.qualifiers.push(self.qualifier(field)?);
                continue;
            }
            match fold(&field.name).as_str() {
                "code" => codes.push(codes_of(field, &seen.coded.codebook)?),
                "coded" => match field.yes() {
                    Some(wanted) => base.coded = Some(wanted),
                    None => return Err(unknown(field, ["yes", "no"].into_iter())),
                },
                _ => {
                    let (Wanted::Is(value) | Wanted::Just(value)) = &field.wanted else {
                        return Err(unknown(field, seen.coded.coders.names.iter().map(Name::as_str)));
                    };
                    base.coders.push(self.coder(field, value)?);
                }
            }
        }
        if codes.is_empty() {
            return Ok(vec![base]);
        }
        Ok(codes.into_iter().map(|c| Filter { codes: Some(c), ..base.clone() }).collect())
    }

    /// The name of a coder that counts.
    pub(super) fn coder(&self, field: &Field, value: &str) -> Result<Name, QueryError> {
        let seen = self.seen.ok_or(QueryError::NoCodes(field.position))?;
        let coders = &seen.coded.coders;
        let wanted = fold(value);
        let alias = Name::new(value);
        let named = coders.names.iter().find(|n| fold(n) == wanted);
        let canonical = coders.canonical(&alias);
        match named {
            Some(name) => Ok(name.clone()),
            None if *canonical != alias => Ok(canonical.clone()),
            None => Err(unknown(field, coders.names.iter().map(Name::as_str))),
        }
    }

    fn qualifier(&self, field: &Field) -> Result<(Name, Name), QueryError> {
        let seen = self.seen.ok_or(QueryError::NoCodes(field.position))?;
        let all = &seen.coded.codebook.qualifiers;
        let name = fold(&field.name);
        let mut ids: Vec<&str> = all.iter().map(|q| q.id.as_str()).collect();
        ids.dedup();
        let of = || all.iter().filter(|q| fold(&q.id) == name);
        let Some(first) = of().next() else {
            return Err(QueryError::UnknownQualifier {
                name: field.name.clone(),
                position: field.position,
                known: ids.iter().map(|id| format!("{id}=")).collect(),
            });
        };
        let values = || of().flat_map(|q| &q.values);
        let wanted = fold(&field.wanted.shown());
        match values().find(|v| fold(v) == wanted) {
            Some(value) => Ok((first.id.clone(), value.clone())),
            None => Err(unknown(field, values().map(Name::as_str))),
        }
    }

    /// The passages of the codings that are meant, united per document.
    pub(super) fn passages(&self, filter: &Filter) -> Passages {
        let mut passages: Passages = vec![Vec::new(); self.corpus.documents.len()];
        let Some(seen) = self.seen else { return passages };
        for placed in &seen.coded.placed {
            if filter.codes.as_ref().is_some_and(|codes| codes.get(placed.code as usize) != Some(&true)) {
                continue;
            }
            if !filter.coders.iter().all(|c| c == seen.coded.coder(placed)) {
                continue;
            }
            if !filter.qualifiers.is_empty() {
                let Some(coding) = seen.state.coding(placed.id) else { continue };
                let has = seen.coded.codebook.qualified(placed.code as usize, coding.qualifiers);
                if !filter.qualifiers.iter().all(|(q, v)| has.get(q) == Some(v)) {
                    continue;
                }
            }
            if let Some(spans) = passages.get_mut(placed.document as usize) {
                spans.push(placed.span);
            }
        }
        for spans in &mut passages {
            *spans = unite(spans);
        }
        passages
    }

    /// What memos with these words (in title, text, type or tags) are about.
    pub(super) fn memos(&self, field: &Field) -> Result<Memos, QueryError> {
        let seen = self.seen.ok_or(QueryError::NoCodes(field.position))?;
        let any = field.yes();
        let wanted: Vec<String> = match (&field.wanted, any) {
            (_, Some(_)) => Vec::new(),
            (Wanted::Is(v) | Wanted::Just(v) | Wanted::Begins(v), None) => {
                let words: Vec<String> =
                    Tokens::of(v).filter_map(|t| v.get(t.start..t.end)).map(fold).collect();
                if words.is_empty() {
                    let (text, position) = (field.wanted.shown(), field.position);
                    return Err(QueryError::NoWord { text, position });
                }
                words
            }
            (Wanted::Range { .. }, None) => return Err(unknown(field, ["yes", "no"].into_iter())),
        };
        let begins = matches!(field.wanted, Wanted::Begins(_));
        let corpus = self.corpus;
        let mut out = Memos {
            passages: vec![Vec::new(); corpus.documents.len()],
            documents: vec![false; corpus.documents.len()],
            any,
        };
        for memo in seen.state.memos() {
            let written = memo.written;
            let text =
                format!("{}\n{}\n{}\n{}", written.title, written.kind, written.tags.join("\n"), written.body);
            if !holds_words(&text, &wanted, begins) {
                continue;
            }
            match &written.on {
                Subject::Study | Subject::Code(_) => {}
                Subject::Document(name) => {
                    let id = seen.coded.documents.list.iter().find(|d| d.names.contains(name));
                    if let Some(at) =
                        id.and_then(|d| corpus.position(&d.id)).or_else(|| corpus.position(name))
                    {
                        out.documents[at] = true;
                    }
                }
                Subject::Case(case) => {
                    for (at, d) in corpus.documents.iter().enumerate() {
                        out.documents[at] |= d.case.as_deref() == Some(case.as_str());
                    }
                }
                Subject::Coding(id) => {
                    if let Some(placed) = seen.coded.placed.iter().find(|p| p.id == *id) {
                        out.passages[placed.document as usize].push(placed.span);
                    }
                }
                Subject::Passage(anchor) => {
                    let place = seen.coded.documents.resolve(&anchor.document, &anchor.text);
                    let at = place
                        .and_then(|p| seen.coded.documents.list.get(p))
                        .and_then(|d| corpus.position(&d.id));
                    let Some(at) = at else { continue };
                    let document = &corpus.documents[at];
                    let hash = document.hash.unwrap_or_else(|| document.text.hash());
                    if let Some(span) = seen.coded.documents.standing(anchor, &document.text, &hash).span() {
                        out.passages[at].push(span);
                    }
                }
            }
        }
        for spans in &mut out.passages {
            *spans = unite(spans);
        }
        Ok(out)
    }
}

/// Whether a text has all of these words; with `begins` the last may go on.
fn holds_words(text: &str, wanted: &[String], begins: bool) -> bool {
    let words: Vec<String> = Tokens::of(text).filter_map(|t| text.get(t.start..t.end)).map(fold).collect();
    wanted.iter().enumerate().all(|(i, w)| {
        let last = begins && i + 1 == wanted.len();
        words.iter().any(|word| if last { word.starts_with(w.as_str()) } else { word == w })
    })
}

/// The codes that `code:` names, by id or label, with those below them unless it says `=`.
fn codes_of(field: &Field, codebook: &Codebook) -> Result<Vec<bool>, QueryError> {
    let value = fold(&match &field.wanted {
        Wanted::Is(v) | Wanted::Just(v) | Wanted::Begins(v) => v.clone(),
        range @ Wanted::Range { .. } => range.shown(),
    });
    let begins = matches!(field.wanted, Wanted::Begins(_));
    let alone = matches!(field.wanted, Wanted::Just(_));
    let fits = |name: &str| {
        let name = fold(name);
        if begins { name.starts_with(&value) } else { name == value }
    };
    let mut wanted = vec![false; codebook.codes.len()];
    for code in &codebook.codes {
        let found = fits(&code.id) || labels(&code.fields).any(fits);
        if found && let Some(at) = codebook.resolve(&code.id) {
            let places = if alone { at..at + 1 } else { codebook.subtree(at) };
            for place in places {
                wanted[place] = true;
            }
        }
    }
    if !wanted.contains(&true) {
        let names = codebook.codes.iter().flat_map(|c| std::iter::once(&*c.id).chain(labels(&c.fields)));
        return Err(unknown(field, names));
    }
    Ok(wanted)
}

/// The labels of a code in all languages.
fn labels(fields: &serde_json::Map<String, Value>) -> impl Iterator<Item = &str> {
    let label = fields.get("label");
    let one = label.and_then(Value::as_str);
    let many =
        label.and_then(Value::as_object).into_iter().flat_map(|map| map.values().filter_map(Value::as_str));
    one.into_iter().chain(many)
}
