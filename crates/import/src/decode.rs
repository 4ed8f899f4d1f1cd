//! Decoding: bytes of unknown origin become characters, and the encoding gets its name.
//!
//! A byte-order mark decides; then the zero bytes of UTF-16; then validity as UTF-8; only then is a
//! legacy encoding guessed, which the caller must hear of.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, WINDOWS_1252};

use crate::error::ImportError;

/// How many bytes at the beginning show whether a file without mark is UTF-16.
const PROBE: usize = 4096;

/// Decoded characters.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The characters, without byte-order mark.
    pub(crate) text: String,
    /// Name of the encoding, as the Encoding Standard writes it.
    pub(crate) encoding: &'static str,
    /// How sure the encoding is.
    pub(crate) certainty: Certainty,
}

/// How sure an encoding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// Marked, or valid throughout.
    Sure,
    /// Guessed from the frequency of bytes.
    Guessed,
    /// UTF-8 with faulty bytes, each of which became U+FFFD.
    Damaged,
}

/// Decodes a whole file. `language` is a language tag, which helps to guess.
pub(crate) fn decode(file: &str, bytes: &[u8], language: Option<&str>) -> Result<Decoded, ImportError> {
    let sure = |text, encoding| Ok(Decoded { text, encoding, certainty: Certainty::Sure });
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return match std::str::from_utf8(rest) {
            Ok(text) => sure(text.to_owned(), "UTF-8"),
            Err(e) => Err(ImportError::Encoding {
                file: file.to_owned(),
                encoding: "UTF-8".to_owned(),
                byte: e.valid_up_to() + 3,
            }),
        };
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return sure(utf16(file, rest, 2, u16::from_le_bytes, "UTF-16LE")?, "UTF-16LE");
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return sure(utf16(file, rest, 2, u16::from_be_bytes, "UTF-16BE")?, "UTF-16BE");
    }
    match zero_bytes(bytes) {
        Some(Zeros::Odd) => return sure(utf16(file, bytes, 0, u16::from_le_bytes, "UTF-16LE")?, "UTF-16LE"),
        Some(Zeros::Even) => return sure(utf16(file, bytes, 0, u16::from_be_bytes, "UTF-16BE")?, "UTF-16BE"),
        None => {}
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return sure(text.to_owned(), "UTF-8");
    }
    if is_damaged_utf8(bytes) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        return Ok(Decoded { text, encoding: "UTF-8", certainty: Certainty::Damaged });
    }
    let encoding = guess(bytes, language);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), certainty: Certainty::Guessed })
}

/// On which bytes of each pair the zeros lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zeros {
    Even,
    Odd,
}

/// Whether the zero bytes are clearly those of UTF-16: on one side of most pairs, hardly on the
/// other.
fn zero_bytes(bytes: &[u8]) -> Option<Zeros> {
    let probe = bytes.get(..bytes.len().min(PROBE))?;
    let pairs = probe.len() / 2;
    if pairs < 2 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let (mut even, mut odd) = (0, 0);
    for pair in probe.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let clear = |many: usize, few: usize| many * 10 >= pairs * 6 && few * 20 <= pairs;
    if clear(odd, even) {
        Some(Zeros::Odd)
    } else if clear(even, odd) {
        Some(Zeros::Even)
    } else {
        None
    }
}

/// Decodes UTF-16; `skipped` is how many bytes of the file lie before `bytes`.
fn utf16(
    file: &str,
    bytes: &[u8],
    skipped: usize,
    unit: fn([u8; 2]) -> u16,
    encoding: &str,
) -> Result<String, ImportError> {
    let fault = |byte| ImportError::Encoding { file: file.to_owned(), encoding: encoding.to_owned(), byte };
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len() / 2 + bytes.len() / 16);
    let mut at = skipped;
    for unit in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        let c = unit.map_err(|_| fault(at))?;
        at += 2 * c.len_utf16();
        text.push(c);
    }
    if rest.is_empty() { Ok(text) } else { Err(fault(at)) }
}

/// Whether bytes that are no UTF-8 were meant to be: most of what lies beyond ASCII is valid. Read
/// as a legacy encoding, every accented letter of such a file would be lost for one faulty byte.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut faults) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|&b| b >= 0xC0).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    valid > 2 && valid >= faults * 4
}

/// The legacy encoding that the bytes most likely have.
fn guess(bytes: &[u8], language: Option<&str>) -> &'static Encoding {
    let primary = language.unwrap_or("nl").split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    // The detector wants a top-level domain; English has none that helps.
    let domain = match primary.as_str() {
        two if two.len() == 2 && two.bytes().all(|b| b.is_ascii_lowercase()) && two != "en" => two,
        _ => "nl",
    };
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(Some(domain.as_bytes()), Utf8Detection::Deny);
    // A few accented letters are too little to go by: then the encoding of Windows in Western
    // Europe is right far more often than the detector is.
    let beyond_ascii = bytes.iter().filter(|&&b| b >= 0x80).count();
    if beyond_ascii < 20
        && matches!(domain, "nl" | "be" | "de" | "fr" | "es" | "it" | "pt" | "da" | "sv" | "no" | "fi")
    {
        return WINDOWS_1252;
    }
    guessed
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "I: Wat vindt u van de coördinatie?\nR: Geïntegreerd, naar één loket.\n";

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn marks_and_zero_bytes_tell_unicode() {
        let with = |mark: &[u8], body: Vec<u8>| [mark, &body].concat();
        for (bytes, encoding) in [
            (SAMPLE.as_bytes().to_vec(), "UTF-8"),
            (with(b"\xEF\xBB\xBF", SAMPLE.as_bytes().to_vec()), "UTF-8"),
            (with(b"\xFF\xFE", utf16(SAMPLE, u16::to_le_bytes)), "UTF-16LE"),
            (with(b"\xFE\xFF", utf16(SAMPLE, u16::to_be_bytes)), "UTF-16BE"),
            (utf16(SAMPLE, u16::to_le_bytes), "UTF-16LE"),
            (utf16(SAMPLE, u16::to_be_bytes), "UTF-16BE"),
        ] {
            let decoded = decode("a.txt", &bytes, None).unwrap();
            assert_eq!(
                (decoded.text.as_str(), decoded.encoding, decoded.certainty),
                (SAMPLE, encoding, Certainty::Sure)
            );
        }
    }

    #[test]
    fn windows_1252_is_guessed_and_said_to_be() {
        let (bytes, _, _) = WINDOWS_1252.encode("R: Geïnterviewd voor €5, zei zij – “coördinatie”.\n");
        let decoded = decode("a.txt", &bytes, None).unwrap();
        assert_eq!((decoded.encoding, decoded.certainty), ("windows-1252", Certainty::Guessed));
        assert_eq!(decoded.text, "R: Geïnterviewd voor €5, zei zij – “coördinatie”.\n");
        let long =
            "R: Één geïnteresseerde coördinator – hé, dat is naïef: “reünie”, façade, crèche.\n".repeat(20);
        let (bytes, _, _) = WINDOWS_1252.encode(&long);
        assert_eq!(decode("a.txt", &bytes, Some("nl-NL")).unwrap().text, long);
    }

    #[test]
    fn one_faulty_byte_does_not_cost_the_accents() {
        let bytes = [SAMPLE.as_bytes(), b"\xFF stuk\n", SAMPLE.as_bytes()].concat();
        let decoded = decode("a.txt", &bytes, None).unwrap();
        assert_eq!(decoded.certainty, Certainty::Damaged);
        assert!(decoded.text.contains("coördinatie") && decoded.text.contains('\u{fffd}'));
    }

    #[test]
    fn bytes_against_their_own_mark_are_an_error_with_a_place() {
        let broken = |bytes: &[u8]| match decode("a.txt", bytes, None) {
            Err(ImportError::Encoding { byte, .. }) => byte,
            other => panic!("{other:?}"),
        };
        assert_eq!(broken(b"\xEF\xBB\xBFab\xFFc"), 5);
        assert_eq!(broken(b"\xFF\xFEa\0\0\xD8b\0"), 4);
        assert_eq!(broken(b"\xFF\xFEa\0b"), 4);
    }
}
