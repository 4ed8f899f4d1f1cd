//! A time mark: a clock time that a transcriber put beside a label, with what encloses it.
//!
//! `[00:01:02]`, `\[01:44\]` (as Markdown escapes it), `(1:02)`, `#00:01:02-5#`, `00:01:02.37`, and
//! ranges of two such marks. A mark is read only where one is expected; elsewhere a clock time is
//! speech.

/// One time mark in a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TimeMark {
    /// Seconds from the start of the recording; of a range, its beginning.
    pub(crate) seconds: f64,
    /// Byte offset just behind the mark.
    pub(crate) end: usize,
    /// Whether brackets or hash signs enclose it.
    pub(crate) enclosed: bool,
    /// Whether it tells hours or a fraction, so that it can hardly be a time of day in speech.
    pub(crate) precise: bool,
}

/// Reads the time mark that begins at byte `from` of a line, if there is one.
pub(crate) fn at(line: &[u8], from: usize) -> Option<TimeMark> {
    let mut mark = single(line, from)?;
    // A range: the second mark adds nothing but must not be taken for speech.
    let gap = blanks(line, mark.end);
    if let Some(dash) = dash(line, gap)
        && let Some(second) = single(line, blanks(line, dash))
    {
        mark.end = second.end;
    }
    Some(mark)
}

/// The first byte at or after `from` that is no space or tab (nor the first half of a no-break space).
pub(crate) fn blanks(line: &[u8], mut from: usize) -> usize {
    loop {
        match line.get(from) {
            Some(b' ' | b'\t') => from += 1,
            Some(0xC2) if line.get(from + 1) == Some(&0xA0) => from += 2,
            _ => return from,
        }
    }
}

/// The byte behind a dash or arrow at `from`.
pub(crate) fn dash(line: &[u8], from: usize) -> Option<usize> {
    let rest = line.get(from..)?;
    ["-->", "->", "--", "-", "–", "—"].iter().find(|d| rest.starts_with(d.as_bytes())).map(|d| from + d.len())
}

/// One mark without a range behind it.
fn single(line: &[u8], from: usize) -> Option<TimeMark> {
    let escaped = line.get(from) == Some(&b'\\');
    let open = from + usize::from(escaped);
    let close = match line.get(open)? {
        b'[' => Some(b']'),
        b'(' => Some(b')'),
        b'{' => Some(b'}'),
        b'<' => Some(b'>'),
        b'#' => Some(b'#'),
        b'0'..=b'9' if !escaped => None,
        _ => return None,
    };
    let Some(close) = close else {
        let Clock { seconds, end, precise } = clock(line, open)?;
        return Some(TimeMark { seconds, end, enclosed: false, precise });
    };
    let first = clock(line, blanks(line, open + 1))?;
    let mut end = blanks(line, first.end);
    if let Some(dash) = dash(line, end) {
        // `[00:43.810 --> 00:47.850]`, or the tenths of `#00:01:02-5#`, which `clock` has read.
        if let Some(second) = clock(line, blanks(line, dash)) {
            end = blanks(line, second.end);
        }
    }
    end += usize::from(line.get(end) == Some(&b'\\'));
    (line.get(end) == Some(&close)).then_some(TimeMark {
        seconds: first.seconds,
        end: end + 1,
        enclosed: true,
        precise: first.precise,
    })
}

/// A clock time, hours and fraction optional.
struct Clock {
    seconds: f64,
    end: usize,
    precise: bool,
}

/// Reads `h:mm:ss`, `mm:ss` and either with a fraction after `.`, `,` or, after hours, `-` (f4).
fn clock(line: &[u8], from: usize) -> Option<Clock> {
    let (first, mut end) = number(line, from, 3)?;
    let mut fields = [first, 0, 0];
    let mut count = 1;
    while count < 3 && line.get(end) == Some(&b':') {
        let (field, after) = number(line, end + 1, 2)?;
        if after - end != 3 || field > 59 {
            return None;
        }
        fields[count] = field;
        count += 1;
        end = after;
    }
    if count < 2 {
        return None;
    }
    let [a, b, c] = fields.map(f64::from);
    let mut seconds = if count == 3 { a * 3600.0 + b * 60.0 + c } else { a * 60.0 + b };
    let mut precise = count == 3;
    let tenths = count == 3 && line.get(end) == Some(&b'-');
    if (tenths || matches!(line.get(end), Some(b'.' | b',')))
        && let Some((fraction, after)) = number(line, end + 1, 6)
    {
        seconds += f64::from(fraction) / 10_f64.powi((after - end - 1) as i32);
        end = after;
        precise = true;
    }
    // `12:30:15:10`, `12:30u` and `1:02abc` are something else.
    let joined = match line.get(end) {
        Some(b':') => line.get(end + 1).is_some_and(u8::is_ascii_digit),
        Some(b) => b.is_ascii_alphanumeric() || *b >= 0x80 && !is_blank_lead(line, end),
        None => false,
    };
    (!joined).then_some(Clock { seconds, end, precise })
}

/// Whether a no-break space or a dash beyond ASCII begins at `at`.
fn is_blank_lead(line: &[u8], at: usize) -> bool {
    line.get(at..).is_some_and(|rest| rest.starts_with(b"\xC2\xA0") || rest.starts_with(b"\xE2\x80"))
}

/// A run of one to `most` digits and the byte behind it; `None` when there are more.
fn number(line: &[u8], from: usize, most: usize) -> Option<(u32, usize)> {
    let mut value = 0_u32;
    let mut end = from;
    while let Some(b) = line.get(end).filter(|b| b.is_ascii_digit()) {
        if end - from == most {
            return None;
        }
        value = value * 10 + u32::from(b - b'0');
        end += 1;
    }
    (end > from).then_some((value, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(mark: &str) -> Option<f64> {
        at(mark.as_bytes(), 0).filter(|m| m.end == mark.len()).map(|m| m.seconds)
    }

    #[test]
    fn every_way_to_write_a_time_is_read() {
        for (mark, expected) in [
            ("[00:01:02]", 62.0),
            ("\\[01:44\\]", 104.0),
            ("\\[01:04:19.04\\]", 3859.04),
            ("(1:02)", 62.0),
            ("#00:01:02-5#", 62.5),
            ("#00:01:02#", 62.0),
            ("00:01:02", 62.0),
            ("00:01:02,370", 62.37),
            ("0:05", 5.0),
            ("103:22", 6202.0),
            ("[00:43.810 --> 00:47.850]", 43.81),
            ("\\[01:53:10\\] - \\[01:54:40\\]", 6790.0),
            ("00:00.000 --> 00:27.640", 0.0),
            ("[ 00:01:02 ]", 62.0),
        ] {
            let read = seconds(mark).unwrap_or(-1.0);
            assert!((read - expected).abs() < 1e-9, "{mark}: {read}");
        }
    }

    #[test]
    fn what_only_resembles_a_time_is_not_read() {
        for text in [
            "12",
            "12:3",
            "12:75",
            "1:02abc",
            "1234:00",
            "[00:01:02",
            "[laughs]",
            "(2019)",
            "#12",
            "1:02:03:04",
            "",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
