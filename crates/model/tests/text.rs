//! Canonical text, positions and words, held to the slowest and plainest way of doing the same.

#![expect(clippy::string_slice, reason = "a test may panic")]

use verbatim_model as model;

use model::span::{Span, covered_by, unite};
use model::text::{Text, TextHash, canonical, is_canonical};
use model::word::{Words, count_words};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// Text with everything that has ever broken a position: accents in both forms, marks, emoji,
/// ligatures, CJK, right-to-left, line ends of all sorts, brackets.
fn wild() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z0-9_.,:;'’ -]{0,12}",
        // Longer than the blocks that are looked at together, with marks that join on their seams.
        "[a-z1_.,:;' ]{20,90}",
        "[a-c0-9_.:,'éØßž\u{2018}\u{2019}\u{201c}\u{2013}\u{2026}€×÷\u{a0}\u{ad}\u{b7}\u{301}\u{200d} ]{0,12}",
        Just("e\u{301}".to_owned()),
        Just("é".to_owned()),
        Just("👩‍👩‍👧".to_owned()),
        Just("\r\n".to_owned()),
        Just("\r".to_owned()),
        Just("\u{85}\u{2028}\u{c}".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\u{1b}[31m".to_owned()),
        Just("漢字かな".to_owned()),
        Just("שלום".to_owned()),
        Just("[lacht] \\[01:44\\] #00:01:02-3#".to_owned()),
        Just("[open".to_owned()),
        Just("ﬁ ĳ ß".to_owned()),
        any::<char>().prop_map(String::from),
        Just("\n\n".to_owned()),
        Just("3.14 a.b don't 1,5 x:y".to_owned()),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|v| v.concat())
}

proptest! {
    #[test]
    fn canonical_is_a_fixed_point(s in wild()) {
        let once = canonical(&s);
        prop_assert_eq!(canonical(&once), once.clone());
        prop_assert!(is_canonical(&once), "{once:?}");
        prop_assert_eq!(is_canonical(&s), once == s);
        prop_assert!(once.is_empty() || once.ends_with('\n') && !once.trim_end().is_empty());
        let clean = !once.contains(['\r', '\u{85}', '\u{2028}', '\u{1b}', '\u{c}']);
        prop_assert!(clean);
    }

    #[test]
    fn positions_are_code_points(s in wild(), a in 0_u32..300, b in 0_u32..300) {
        let text = Text::new(s.repeat(3));
        let chars: Vec<char> = text.as_str().chars().collect();
        prop_assert_eq!(text.len() as usize, chars.len());
        for (i, (byte, _)) in text.as_str().char_indices().enumerate() {
            prop_assert_eq!(text.byte(i as u32), byte);
            prop_assert_eq!(text.position(byte), i as u32);
        }
        prop_assert_eq!(text.byte(text.len()), text.as_str().len());
        let bounds: Vec<usize> = text.as_str().char_indices().map(|(byte, _)| byte).collect();
        for (i, &from) in bounds.iter().enumerate() {
            for (j, &to) in bounds.iter().enumerate().skip(i).step_by(7) {
                prop_assert_eq!(text.span_of(from..to), Span { start: i as u32, end: j as u32 });
            }
        }
        let (a, b) = (a.min(text.len()), b.min(text.len()));
        let plain: String = chars.get(a as usize..b as usize).unwrap_or_default().iter().collect();
        prop_assert_eq!(text.slice(Span::new(a, b)), plain);
    }

    #[test]
    fn words_are_those_of_the_annex(s in wild()) {
        // Without brackets and clock marks nothing is left out, and every segment of the annex that
        // holds a letter or digit is a word where it begins.
        let s = s.replace(['[', ']', '#'], " ");
        let text = Text::new(s);
        let mut expected = Vec::new();
        for (byte, piece) in text.as_str().split_word_bound_indices() {
            if piece.chars().any(char::is_alphanumeric) {
                expected.push(text.as_str()[..byte].chars().count() as u32);
            }
        }
        let words = Words::of(&text);
        prop_assert_eq!(words.starts().collect::<Vec<_>>(), &expected[..]);
        prop_assert_eq!(count_words(text.as_str()), expected.len());
        // Disjoint spans never share a word, and together they hold all.
        let middle = text.len() / 2;
        let halves = words.within(Span::new(0, middle)) + words.within(Span::new(middle, text.len()));
        prop_assert_eq!(halves as usize, expected.len());
    }

    #[test]
    fn unions_cover_what_their_spans_cover(spans in proptest::collection::vec((0_u32..60, 0_u32..12), 0..20)) {
        let spans: Vec<Span> = spans.into_iter().map(|(s, l)| Span::new(s, s + l)).collect();
        let united = unite(&mut spans.clone());
        for at in 0..80 {
            prop_assert_eq!(united.iter().any(|u| u.has(at)), spans.iter().any(|s| s.has(at)));
        }
        for pair in united.windows(2) {
            prop_assert!(pair[0].end <= pair[1].start);
        }
        // Two unions that touch have no span over their seam; a union of several has one over every
        // inner seam.
        for union in &united {
            for seam in union.start + 1..union.end {
                prop_assert!(spans.iter().any(|s| s.start < seam && seam < s.end), "{seam} in {union:?}");
            }
        }
    }

    #[test]
    fn shared_code_points(a in proptest::collection::vec((0_u32..40, 1_u32..9), 0..8), b in proptest::collection::vec((0_u32..40, 1_u32..9), 0..8)) {
        let set = |v: Vec<(u32, u32)>| unite(&mut v.into_iter().map(|(s, l)| Span::new(s, s + l)).collect());
        let (a, b) = (set(a), set(b));
        let both = covered_by(&[a.clone(), b.clone()], 2);
        let either = covered_by(&[a.clone(), b.clone()], 1);
        for at in 0..60 {
            let (x, y) = (a.iter().any(|s| s.has(at)), b.iter().any(|s| s.has(at)));
            prop_assert_eq!(both.iter().any(|s| s.has(at)), x && y);
            prop_assert_eq!(either.iter().any(|s| s.has(at)), x || y);
        }
    }
}

#[test]
fn hash_is_sha256_of_the_canonical_text() {
    // FIPS 180-2, appendix B.1: SHA-256 of "abc".
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(TextHash::of("abc").to_string(), abc);
    assert_eq!(TextHash::parse(abc), Some(TextHash::of("abc")));
    assert_eq!(TextHash::parse("abc"), None);
}

#[test]
fn marks_are_no_words() {
    let count = |s: &str| Words::of(&Text::new(s.to_owned())).len();
    assert_eq!(count("Ja [lacht] dat is zo."), 4);
    assert_eq!(count("since \\[01:44\\] then"), 2);
    assert_eq!(count("#00:14:02-3# Ja, nee."), 2);
    assert_eq!(count("a [mark\nthat] runs on"), 5);
    assert_eq!(count("drie-en-twintig 3,5 don't"), 5);
}
