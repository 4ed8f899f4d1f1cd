//! Copies of the tables for Excel: a byte-order mark, the separator and decimal sign of a language, and
//! texts that Excel would take for a formula guarded by an apostrophe.

use crate::package::frame::Frame;
use crate::package::typed::Type;
use crate::sheet::Value;
use crate::speech::Language;

/// A copy, under its name.
///
/// # Errors
/// None in practice: memory does not fail.
pub(crate) fn copy(frame: &Frame, language: Language) -> Result<(String, Vec<u8>), csv::Error> {
    let (separator, comma) = match language {
        Language::Dutch => (b';', true),
        Language::English => (b',', false),
    };
    let table = frame.written(separator, |value, _: Type| tell(value, comma))?;
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    bytes.extend(table);
    Ok((format!("excel-{}/{}.csv", language.tag(), frame.name), bytes))
}

fn tell(value: &Value, comma: bool) -> String {
    match value {
        Value::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Value::Number(_) if comma => value.plain().replace('.', ","),
        value => value.plain(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_decimals_have_commas() {
        assert_eq!(tell(&Value::text("=1+1"), true), "'=1+1");
        assert_eq!(tell(&Value::text("@x"), false), "'@x");
        assert_eq!(tell(&Value::text("a=b"), false), "a=b");
        assert_eq!(tell(&Value::Number(1.5), true), "1,5");
        assert_eq!(tell(&Value::Number(-1.5), false), "-1.5");
        assert_eq!(tell(&Value::Integer(-3), true), "-3");
    }
}
