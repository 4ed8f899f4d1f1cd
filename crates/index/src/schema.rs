//! The schema: which fields a unit of text has in the index, and the stamp of everything that the
//! index depends on.
//!
//! The index chooses units, it does not answer: positions, speakers, roles and cases come from the
//! corpus at hand. So it holds words only, addressed by content, and a renamed document or a changed
//! role touches nothing in it.

use tantivy::Term;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Language, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::fold::fold_into;
use crate::stem::{Stemmers, clip};
use crate::token::Tokens;

/// Rises with every change of fields, tokens or folding.
const VERSION: u32 = 1;

const EXACT: &str = "verbatim-exact";
const DUTCH: &str = "verbatim-dutch";
const ENGLISH: &str = "verbatim-english";

/// The fields of a unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// Folded words with their positions.
    pub(crate) exact: Field,
    /// Dutch stems; not in documents known to be English.
    pub(crate) dutch: Field,
    /// English stems; not in documents known to be Dutch.
    pub(crate) english: Field,
    /// The slot of the document, to delete it by.
    pub(crate) slot: Field,
    /// Slot and unit, see [`place`].
    pub(crate) place: Field,
}

/// Name of the field that is read as a column.
pub(crate) const PLACE: &str = "place";

/// Slot and unit in one number.
pub(crate) const fn place(slot: u32, unit: u32) -> u64 {
    (slot as u64) << 32 | unit as u64
}

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let text = |analyzer, option| {
        // Nothing is ranked, so lengths of units are not kept.
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(analyzer)
            .set_index_option(option)
            .set_fieldnorms(false);
        TextOptions::default().set_indexing_options(indexing)
    };
    let mut builder = Schema::builder();
    let fields = Fields {
        exact: builder.add_text_field("exact", text(EXACT, IndexRecordOption::WithFreqsAndPositions)),
        dutch: builder.add_text_field("dutch", text(DUTCH, IndexRecordOption::Basic)),
        english: builder.add_text_field("english", text(ENGLISH, IndexRecordOption::Basic)),
        slot: builder.add_u64_field("slot", INDEXED),
        place: builder.add_u64_field(PLACE, FAST),
    };
    (builder.build(), fields)
}

/// Our analysers under the names that the schema uses.
pub(crate) fn tokenizers() -> TokenizerManager {
    // tantivy asks for its "default" even where a field holds numbers.
    let manager = TokenizerManager::default();
    let stemmed = |language| TextAnalyzer::builder(Folding::default()).filter(Stemmer::new(language)).build();
    manager.register(EXACT, TextAnalyzer::builder(Folding::default()).build());
    manager.register(DUTCH, stemmed(Language::Dutch));
    manager.register(ENGLISH, stemmed(Language::English));
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
        token.position = token.position.wrapping_add(1);
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
