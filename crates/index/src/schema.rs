//! The schema: what the index keeps of a document, and the stamp of everything that it depends on.
//!
//! One entry is one document, and the position of a word is its byte offset in the text. So the
//! postings of a word are its exact places: a search neither reads nor cuts up the text again. Turns,
//! speakers, roles and cases come from the corpus at hand; a renamed document or a changed role
//! touches nothing here. Stems are not kept either: they are those of the different words, of which
//! there are few.

use tantivy::Term;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::fold::fold_into;
use crate::stem::{Stemmers, clip};
use crate::token::Tokens;

/// Rises with every change of fields, tokens or folding.
const VERSION: u32 = 3;

const FOLDED: &str = "verbatim-folded";

/// The fields of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// Folded words with their byte offsets.
    pub(crate) words: Field,
    /// The slot of the document, to find and delete it by.
    pub(crate) slot: Field,
}

/// Name of the field that is read as a column.
pub(crate) const SLOT: &str = "slot";

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    // Nothing is ranked, so lengths are not kept.
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(FOLDED)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(false);
    let text = TextOptions::default().set_indexing_options(indexing);
    let mut builder = Schema::builder();
    let fields = Fields {
        words: builder.add_text_field("words", text),
        slot: builder.add_u64_field(SLOT, INDEXED | FAST),
    };
    (builder.build(), fields)
}

/// Our analyser under the name that the schema uses.
pub(crate) fn tokenizers() -> TokenizerManager {
    // tantivy asks for its "default" even where a field holds numbers.
    let manager = TokenizerManager::default();
    manager.register(FOLDED, TextAnalyzer::builder(Folding::default()).build());
    manager
}

/// The term under which a folded word, or a stem, is looked up.
pub(crate) fn term(field: Field, word: &str) -> Term {
    Term::from_field_text(field, clip(word))
}

/// What an index must have been made with to be of use to this program: schema, tantivy, the
/// stemmers and Unicode's idea of a letter.
pub(crate) fn stamp() -> String {
    let (major, minor, patch) = char::UNICODE_VERSION;
    let stems = model::text::TextHash::of(&Stemmers::probe()).short();
    format!(
        "verbatim-index {VERSION}; {}; unicode {major}.{minor}.{patch}; stems {stems}",
        tantivy::version_string()
    )
}

/// tantivy's view of [`Tokens`] and folding.
#[derive(Clone, Default)]
struct Folding {
    token: Token,
}

struct FoldingStream<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    token: &'a mut Token,
}

impl Tokenizer for Folding {
    type TokenStream<'a> = FoldingStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FoldingStream<'a> {
        self.token.reset();
        FoldingStream { text, tokens: Tokens::of(text), token: &mut self.token }
    }
}

impl TokenStream for FoldingStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(found) = self.tokens.next() else { return false };
        let token = &mut *self.token;
        token.text.clear();
        // The offset stands in for the position: see the head of this file.
        token.position = found.start;
        token.offset_from = found.start;
        token.offset_to = found.end;
        let word = self.text.get(found.start..found.end).unwrap_or_default();
        if found.ascii {
            token.text.push_str(word);
            token.text.make_ascii_lowercase();
        } else {
            fold_into(word, &mut token.text);
        }
        let kept = clip(&token.text).len();
        token.text.truncate(kept);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
