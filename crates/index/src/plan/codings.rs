//! Codings and memos: the passages that `code:`, `coder:`, qualifiers, `coded:` and `memo:` name,
//! taken from what the coder may see at this moment.

use model::act::Subject;
use model::codebook::Codebook;
use model::name::Name;
use model::span::unite;
use serde_json::Value;

use super::{Passages, Study};
use crate::fold::fold;
use crate::query::{Field, QueryError, Wanted};
use crate::token::Tokens;

/// Which codings are meant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// Per place in the codebook, whether codings of that code are meant; none for any code.
    codes: Option<Vec<bool>>,
    /// Whose they are: of each of these lists one name.
    coders: Vec<Vec<Name>>,
    /// Of each of these qualifiers one value.
    qualifiers: Vec<(Name, Vec<Name>)>,
}

/// What fields side by side ask of codings.
pub(super) struct Asked {
    /// Per `code:` that is asked for, its codes; each has the coders and qualifiers. One filter of any
    /// code where none is asked for.
    pub(super) codes: Vec<Vec<Filter>>,
    /// Per `coded:`, whether the hit is to touch one of these codings or none; with several values it may
    /// do either. Empty where the passages are searched for.
    pub(super) coded: Vec<Vec<bool>>,
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
    /// Fields side by side, each once for each of its values: they speak of the same coding.
    pub(super) fn asked(&self, fields: &[&[Field]]) -> Result<Asked, QueryError> {
        let mut base = Filter::default();
        let mut codes = Vec::new();
        let mut coded = Vec::new();
        for values in fields {
            let Some(first) = values.first() else { continue };
            let seen = self.seen.ok_or(QueryError::NoCodes(first.position))?;
            if first.qualifier {
                let (id, _) = self.qualifier(first)?;
                let mut of = Vec::new();
                for field in *values {
                    of.extend(self.qualifier(field)?.1);
                }
                base.qualifiers.push((id, of));
                continue;
            }
            match fold(&first.name).as_str() {
                "code" => {
                    let of = values.iter().map(|field| self.codes_of(field, &seen.coded.codebook));
                    codes.push(of.collect::<Result<Vec<_>, _>>()?);
                }
                "coded" => {
                    let wanted = |field: &Field| {
                        field.yes().ok_or_else(|| self.unknown(field, ["yes", "no"].into_iter()))
                    };
                    coded.push(values.iter().map(wanted).collect::<Result<Vec<_>, _>>()?);
                }
                _ => {
                    let mut names = Vec::new();
                    for field in *values {
                        names.extend(self.coders(field)?);
                    }
                    base.coders.push(names);
                }
            }
        }
        if codes.is_empty() {
            return Ok(Asked { codes: vec![vec![base]], coded });
        }
        let filter = |codes: Vec<bool>| Filter { codes: Some(codes), ..base.clone() };
        Ok(Asked { codes: codes.into_iter().map(|of| of.into_iter().map(filter).collect()).collect(), coded })
    }

    /// The names of coders that count: one, or all that begin so.
    pub(super) fn coders(&self, field: &Field) -> Result<Vec<Name>, QueryError> {
        let seen = self.seen.ok_or(QueryError::NoCodes(field.position))?;
        let coders = &seen.coded.coders;
        let mut named: Vec<Name> = coders.names.iter().filter(|n| field.wanted.fits(n)).cloned().collect();
        if named.is_empty()
            && let Wanted::Is(value) | Wanted::Just(value) = &field.wanted
        {
            let alias = Name::new(value);
            let canonical = coders.canonical(&alias);
            named.extend((*canonical != alias).then(|| canonical.clone()));
        }
        if named.is_empty() {
            return Err(self.unknown(field, coders.names.iter().map(Name::as_str)));
        }
        Ok(named)
    }

    /// The id of a qualifier and the values of it that are meant.
    fn qualifier(&self, field: &Field) -> Result<(Name, Vec<Name>), QueryError> {
        let seen = self.seen.ok_or(QueryError::NoCodes(field.position))?;
        let all = &seen.coded.codebook.qualifiers;
        let name = fold(&field.name);
        let mut ids: Vec<&str> = all.iter().map(|q| q.id.as_str()).collect();
        ids.dedup();
        let of = || all.iter().filter(|q| fold(&q.id) == name);
        let Some(first) = of().next() else {
            if self.is_field(&field.name) {
                return Err(wrong_sign(field));
            }
            return Err(self.no_qualifier(field, &ids));
        };
        let values = || of().flat_map(|q| &q.values);
        let fitting: Vec<Name> = values().filter(|v| field.wanted.fits(v)).cloned().collect();
        if fitting.is_empty() {
            return Err(self.unknown(field, values().map(Name::as_str)));
        }
        Ok((first.id.clone(), fitting))
    }

    /// Whether there is a code, a coder or a value of a qualifier as this field asks for.
    pub(super) fn has_coding_value(&self, field: &Field) -> bool {
        let Some(seen) = self.seen else { return false };
        match fold(&field.name).as_str() {
            _ if field.qualifier => self.qualifier(field).is_ok(),
            "code" => self.codes_of(field, &seen.coded.codebook).is_ok(),
            _ => self.coders(field).is_ok(),
        }
    }

    /// Whether a codebook has a qualifier of this name.
    pub(super) fn is_qualifier(&self, name: &str) -> bool {
        let name = fold(name);
        self.seen.is_some_and(|seen| seen.coded.codebook.qualifiers.iter().any(|q| fold(&q.id) == name))
    }

    /// The passages of the codings that are meant, united per document.
    pub(super) fn passages(&self, filter: &Filter) -> Passages {
        let mut passages: Passages = vec![Vec::new(); self.corpus.documents.len()];
        let Some(seen) = self.seen else { return passages };
        for placed in &seen.coded.placed {
            if filter.codes.as_ref().is_some_and(|codes| codes.get(placed.code as usize) != Some(&true)) {
                continue;
            }
            if !filter.coders.iter().all(|names| names.contains(seen.coded.coder(placed))) {
                continue;
            }
            if !filter.qualifiers.is_empty() {
                let Some(coding) = seen.state.coding(placed.id) else { continue };
                let has = seen.coded.codebook.qualified(placed.code as usize, coding.qualifiers);
                if !filter.qualifiers.iter().all(|(q, of)| has.get(q).is_some_and(|v| of.contains(v))) {
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
            (Wanted::Range { .. }, None) => return Err(self.unknown(field, ["yes", "no"].into_iter())),
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

    /// The codes that `code:` names, by id or label, with those below them unless it says `=`.
    fn codes_of(&self, field: &Field, codebook: &Codebook) -> Result<Vec<bool>, QueryError> {
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
            return Err(self.unknown(field, names));
        }
        Ok(wanted)
    }
}

/// A field with the sign of a qualifier, or the other way round.
pub(super) fn wrong_sign(field: &Field) -> QueryError {
    let (is, not) = if field.qualifier { (':', '=') } else { ('=', ':') };
    QueryError::Sign {
        name: format!("{}{not}", field.name),
        meant: format!("{}{is}{}", field.name, field.wanted.written()),
        position: field.position,
        qualifier: !field.qualifier,
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

/// The labels of a code in all languages.
fn labels(fields: &serde_json::Map<String, Value>) -> impl Iterator<Item = &str> {
    let label = fields.get("label");
    let one = label.and_then(Value::as_str);
    let many =
        label.and_then(Value::as_object).into_iter().flat_map(|map| map.values().filter_map(Value::as_str));
    one.into_iter().chain(many)
}
