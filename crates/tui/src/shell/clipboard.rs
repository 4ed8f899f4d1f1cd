//! Copying: by the terminal (OSC 52), by a program of the system, or into a file.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use study::cache::Cache;

use crate::app::Copied;

/// The longest text that terminals are known to take.
const LONGEST: usize = 74_000;
/// Programs that put their input on the clipboard, with what they need to be told.
const PROGRAMS: [(&str, &[&str]); 5] = [
    ("wl-copy", &[]),
    ("pbcopy", &[]),
    ("xclip", &["-selection", "clipboard"]),
    ("xsel", &["--clipboard", "--input"]),
    ("clip.exe", &[]),
];
/// The file that takes a text where nothing else does.
const FILE: &str = "copied.txt";

/// Copies a text by the way that was asked for (`copy` of the configuration), or the next one that
/// works; says which.
pub(super) fn copy(
    text: &str,
    wish: Option<&str>,
    inside_tmux: bool,
    cache: Option<&Cache>,
) -> Result<Copied, String> {
    // What is pasted into a shell must not steer it.
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let text = text.as_str();
    let terminal = !matches!(wish, Some("command" | "file")) && text.len() <= LONGEST;
    if terminal && io::stdout().write_all(osc52(text, inside_tmux).as_bytes()).is_ok() {
        return io::stdout().flush().map(|()| Copied::Terminal).map_err(|why| why.to_string());
    }
    let program = || PROGRAMS.iter().find(|(name, args)| give(name, args, text));
    if wish != Some("file")
        && let Some((name, _)) = program()
    {
        return Ok(Copied::Program((*name).to_owned()));
    }
    let cache = cache.ok_or(crate::strings::files::NO_STUDY)?;
    let folder = cache.make().map_err(|why| why.to_string())?;
    let path: PathBuf = folder.ok_or(crate::strings::files::NO_CACHE)?.join(FILE);
    cache.write(FILE, text.as_bytes()).map_err(|why| why.to_string())?;
    Ok(Copied::File(path))
}

/// Gives a text to a program; whether it took it.
fn give(name: &str, args: &[&str], text: &str) -> bool {
    let started = Command::new(name)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = started else { return false };
    let given = child.stdin.take().is_some_and(|mut input| input.write_all(text.as_bytes()).is_ok());
    child.wait().is_ok_and(|status| status.success()) && given
}

/// The sequence that asks a terminal to copy; tmux hands it on when it is wrapped.
fn osc52(text: &str, inside_tmux: bool) -> String {
    let sequence = format!("\x1b]52;c;{}\x07", base64(text.as_bytes()));
    if inside_tmux {
        return format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b"));
    }
    sequence
}

/// Bytes in base 64, padded.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
        let n = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..4 {
            let letter = LETTERS[(n >> (18 - 6 * i) & 63) as usize];
            out.push(if i <= three.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_is_that_of_rfc_4648() {
        let known = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("é?>", "w6k/Pg=="),
        ];
        for (plain, coded) in known {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn tmux_gets_the_sequence_wrapped() {
        assert_eq!(osc52("foo", false), "\x1b]52;c;Zm9v\x07");
        assert_eq!(osc52("foo", true), "\x1bPtmux;\x1b\x1b]52;c;Zm9v\x07\x1b\\");
    }

    #[test]
    fn a_file_takes_it_where_that_is_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let context = study::Context::fixed(folder.path(), "anna", 1);
        let cache = Cache::new(folder.path(), "id", study::cache::Place::Study, &context);
        let Ok(Copied::File(path)) = copy("wat er\u{1b} staat\n", Some("file"), false, Some(&cache)) else {
            panic!("no file")
        };
        assert_eq!(std::fs::read_to_string(path).unwrap(), "wat er staat\n");
        assert!(copy("x", Some("file"), false, None).is_err());
    }
}
