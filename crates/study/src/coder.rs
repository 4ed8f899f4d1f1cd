//! A coder's name: any letters on the screen, a slug in a file name, and some words refused.

use model::name::Name;

use crate::error::StudyError;

/// Words that name a reading, not a person.
pub const RESERVED_CODERS: [&str; 6] = ["consensus", "union", "intersection", "each", "primary", "all"];

/// Longest name of a coder, in characters.
const LONGEST: usize = 64;

/// The name of a coder, once it is seen to be one.
///
/// # Errors
/// [`StudyError::BadCoder`] says what is wrong with it.
pub fn coder_name(name: &str) -> Result<Name, StudyError> {
    let trimmed = name.trim();
    let bad = |why| Err(StudyError::BadCoder { name: trimmed.to_owned(), why });
    if !trimmed.chars().next().is_some_and(char::is_alphanumeric) {
        return bad("it must begin with a letter or a digit");
    }
    if trimmed.chars().count() > LONGEST {
        return bad("it is longer than 64 characters");
    }
    if trimmed.chars().any(char::is_control) {
        return bad("it holds a control character");
    }
    if RESERVED_CODERS.contains(&trimmed.to_lowercase().as_str()) {
        return bad("the word has a meaning of its own");
    }
    Ok(Name::new(trimmed))
}
