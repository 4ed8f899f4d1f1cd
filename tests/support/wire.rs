//! What may go over the wire to a terminal: text, and the sequences that the screen itself uses.

/// Holds the bytes that a program sent to its terminal to what the screen knows: no control character
/// and no sequence that could have come from a file, and nothing that turns or hides text.
#[track_caller]
pub(crate) fn assert_known(bytes: &[u8]) {
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8, since a lone byte can be a control");
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let near = || {
            let around: String = text
                .chars()
                .skip(text.get(..at).unwrap_or_default().chars().count().saturating_sub(30))
                .take(60)
                .collect();
            format!("{around:?}")
        };
        if c == '\x1b' {
            assert_eq!(chars.next().map(|(_, c)| c), Some('['), "no CSI: {}", near());
            let mut inside = String::new();
            let last = loop {
                let (_, c) = chars.next().expect("a whole sequence");
                if ('\x40'..='\x7e').contains(&c) {
                    break c;
                }
                inside.push(c);
            };
            assert!(known(&inside, last), "ESC[{inside}{last}: {}", near());
            continue;
        }
        // The terminal's own line ends, after the screen is given back.
        if matches!(c, '\r' | '\n') {
            continue;
        }
        assert!(!c.is_control(), "{c:?}: {}", near());
        let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
        let hides = matches!(
            c,
            '\u{200b}' | '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{ad}' | '\u{e0000}'..='\u{e007f}'
        );
        assert!(!turns && !hides, "{c:?}: {}", near());
    }
}

/// Whether the screen uses a sequence.
fn known(inside: &str, last: char) -> bool {
    const MODES: &[&str] = &["25", "1000", "1002", "1003", "1006", "1015", "1049", "2004", "2026"];
    let numbers = |s: &str| s.split(';').all(|n| n.len() <= 4 && n.chars().all(|c| c.is_ascii_digit()));
    match last {
        'h' | 'l' => inside.strip_prefix('?').is_some_and(|m| MODES.contains(&m)),
        'H' => numbers(inside),
        'J' => matches!(inside, "2" | "3" | "0" | ""),
        'q' => matches!(inside.strip_suffix(' '), Some("0" | "1" | "2")),
        // No blinking, no hiding, no other font: 0 1 2 3 4 7 9 and their ends, colours.
        'm' => inside.is_empty() || (numbers(inside) && colours(inside)),
        _ => false,
    }
}

/// Whether a list of styles holds only those that the screen has.
fn colours(inside: &str) -> bool {
    let mut numbers = inside.split(';').map(|n| n.parse::<u16>().unwrap_or(0));
    while let Some(n) = numbers.next() {
        match n {
            38 | 48 | 58 => match numbers.next() {
                Some(2) => _ = (numbers.next(), numbers.next(), numbers.next()),
                Some(5) => _ = numbers.next(),
                _ => return false,
            },
            0..=4 | 7 | 9 | 22..=24 | 27 | 29..=37 | 39..=47 | 49 | 59 | 90..=97 | 100..=107 => {}
            _ => return false,
        }
    }
    true
}
