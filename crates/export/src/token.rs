//! A token: one word of a text as it is counted, in the form in which words are compared.

use model::corpus::Document;
use model::counted::Counted;
use model::sentence;
use model::span::Span;

/// One word in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// Where it stands.
    pub span: Span,
    /// The word as it is written.
    pub text: &'a str,
}

/// The words of a document, in order: those that are counted everywhere, so without transcription and
/// time marks.
pub fn tokens(document: &Document) -> Vec<Token<'_>> {
    let text = &document.text;
    let starts: Vec<u32> = document.words().starts().collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let token = |(start, end): (&u32, u32)| {
        let rest = text.slice(Span::new(*start, end));
        let (from, to) = sentence::words(rest).next()?;
        let word = rest.get(from..to)?;
        let start = start + rest.get(..from)?.chars().count() as u32;
        Some(Token { span: Span::new(start, start + word.chars().count() as u32), text: word })
    };
    starts.iter().zip(ends).filter_map(token).collect()
}

/// The tokens that begin in a span.
pub fn within<'a, 't>(tokens: &'a [Token<'t>], span: Span) -> &'a [Token<'t>] {
    let from = tokens.partition_point(|t| t.span.start < span.start);
    let to = tokens.partition_point(|t| t.span.start < span.end);
    tokens.get(from..to).unwrap_or_default()
}

/// A word without what makes no difference: capitals, and which apostrophe was typed.
pub fn folded(word: &str) -> String {
    word.to_lowercase().replace('\u{2019}', "'")
}

/// What is said in the counted turns of a document, turn by turn.
pub(crate) fn speeches(counted: &Counted) -> impl Iterator<Item = Span> + '_ {
    counted.turns.iter().map(|t| t.speech)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::text::Text;

    #[test]
    fn tokens_are_the_words_that_are_counted() {
        let text = Text::new("Z\u{2019}n baan [lacht hard] — 3,5 uur, Coöperatie!\n".to_owned());
        let d = Document { text, ..Document::default() };
        let all = tokens(&d);
        assert_eq!(
            all.iter().map(|t| t.text).collect::<Vec<_>>(),
            ["Z\u{2019}n", "baan", "3,5", "uur", "Coöperatie"]
        );
        assert_eq!(all.len(), d.words().len());
        assert!(all.iter().all(|t| d.text.slice(t.span) == t.text));
        assert_eq!(folded("Z\u{2019}N"), "z'n");
        assert_eq!(within(&all, Span::new(4, 28)).len(), 2);
    }
}
