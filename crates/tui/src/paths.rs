//! Paths as people give them: typed, pasted from a file manager, or dragged onto the terminal.

use std::path::PathBuf;

/// The path that a text means: quotes around it, backslashes before spaces, `~/` and `file://` with
/// its `%20` are resolved, but only when the text as it stands names nothing.
pub fn pasted(text: &str) -> PathBuf {
    let trimmed = text.trim();
    let plain = PathBuf::from(trimmed);
    if plain.exists() {
        return plain;
    }
    let quoted = ['\'', '"'].iter().find_map(|q| trimmed.strip_prefix(*q)?.strip_suffix(*q));
    let bare = quoted.unwrap_or(trimmed);
    if let Some(url) = bare.strip_prefix("file://") {
        // A host before the path is this computer.
        let path = url.find('/').and_then(|at| url.get(at..)).unwrap_or(url);
        return PathBuf::from(percent_decoded(path));
    }
    if quoted.is_none()
        && let Some(rest) = bare.strip_prefix("~/")
        && let Some(home) = std::env::var_os("HOME")
    {
        return PathBuf::from(home).join(unescaped(rest));
    }
    if quoted.is_some() || cfg!(windows) { PathBuf::from(bare) } else { PathBuf::from(unescaped(bare)) }
}

/// A backslash stands for what follows it.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\\' { out.extend(chars.next()) } else { out.push(c) }
    }
    out
}

/// `%20` becomes a space; what is no such mark stays as it is.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        let digits = (b == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(|h| std::str::from_utf8(h).ok());
        if let Some(byte) = digits.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(b);
            at += 1;
        }
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
            "\"/a b/c.txt\" \n",
            r"/a\ b/c.txt",
            "file:///a%20b/c.txt",
            "file://localhost/a%20b/c.txt",
        ] {
            assert_eq!(pasted(text), PathBuf::from("/a b/c.txt"), "{text}");
        }
        assert_eq!(pasted("file:///caf%C3%A9%2"), PathBuf::from("/café%2"));
        assert_eq!(pasted(r"'/it\s'"), PathBuf::from(r"/it\s"));
    }

    #[test]
    fn a_path_that_exists_is_taken_as_it_stands() {
        let dir = tempfile::tempdir().unwrap();
        let odd = dir.path().join(r"odd\ name's");
        std::fs::File::create(&odd).unwrap();
        assert_eq!(pasted(odd.to_str().unwrap()), odd);
    }
}
