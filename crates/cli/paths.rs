//! Paths as people give them: typed, pasted from a file manager, or dragged onto the terminal.

use std::path::PathBuf;

/// The path that a pasted text means: quotes around it, backslashes before spaces and `file://` with
/// its `%20` are taken off, but only when the text as it stands names nothing.
pub(crate) fn pasted(text: &str) -> PathBuf {
    let plain = PathBuf::from(text);
    if plain.exists() {
        return plain;
    }
    let trimmed = text.trim();
    let quoted = ['\'', '"'].iter().find_map(|q| trimmed.strip_prefix(*q)?.strip_suffix(*q));
    let bare = quoted.unwrap_or(trimmed);
    if let Some(url) = bare.strip_prefix("file://") {
        // A host before the path is this computer.
        let path = url.find('/').and_then(|at| url.get(at..)).unwrap_or(url);
        return PathBuf::from(percent_decoded(path));
    }
    if quoted.is_some() || cfg!(windows) || !bare.contains('\\') {
        return PathBuf::from(bare);
    }
    let mut out = String::with_capacity(bare.len());
    let mut chars = bare.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            out.extend(chars.next());
        } else {
            out.push(c);
        }
    }
    PathBuf::from(out)
}

/// `%20` becomes a space; what is no such mark stays as it is.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        let hex = (b == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(|h| std::str::from_utf8(h).ok())
            .and_then(|h| u8::from_str_radix(h, 16).ok());
        out.push(hex.unwrap_or(b));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_paths_lose_what_the_paste_added() {
        for text in [
            "/a b/c.txt",
            "'/a b/c.txt'",
            "\"/a b/c.txt\" ",
            r"/a\ b/c.txt",
            "file:///a%20b/c.txt",
            "file://localhost/a%20b/c.txt",
        ] {
            assert_eq!(pasted(text), PathBuf::from("/a b/c.txt"), "{text}");
        }
        assert_eq!(pasted("file:///caf%C3%A9%2"), PathBuf::from("/café%2"));
    }
}
