//! The configuration of one person on one computer: `config.toml` with coder, device, theme, keys.
//!
//! Only lines of the form `key = "value"` are understood; every other line is kept as it is, so that
//! a newer or older version, or a person, can keep more in the file.

use std::io;
use std::path::Path;

use crate::atomic;

/// The lines of `config.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    lines: Vec<String>,
}

impl Config {
    /// Reads the text of the file.
    pub fn parse(text: &str) -> Self {
        Self { lines: text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect() }
    }

    /// Reads the file; one that is not there is empty.
    ///
    /// # Errors
    /// What the system says.
    pub fn read(path: &Path) -> io::Result<Self> {
        match std::fs::read(path) {
            Ok(bytes) => Ok(Self::parse(&String::from_utf8_lossy(&bytes))),
            Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(why) => Err(why),
        }
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut out = self.lines.join("\n");
        if !out.is_empty() {
            out.push('\n');
        }
        out
    }

    /// Writes the file, and its folder where needed.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            atomic::private_folder(folder)?;
        }
        atomic::replace_private(path, self.text().as_bytes())
    }

    /// The value of a key outside any section.
    pub fn get(&self, key: &str) -> Option<String> {
        self.section("").into_iter().find(|(k, _)| k == key).map(|(_, value)| value)
    }

    /// Keys and values of a section such as `keys`; of the part before any section for "".
    pub fn section(&self, name: &str) -> Vec<(String, String)> {
        let mut here = String::new();
        let mut out = Vec::new();
        for line in &self.lines {
            if let Some(section) = section(line) {
                section.clone_into(&mut here);
            } else if here == name {
                out.extend(pair(line));
            }
        }
        out
    }

    /// Sets the value of a key outside any section, in its place or behind the others.
    pub fn set(&mut self, key: &str, value: &str) {
        let line = format!("{key} = \"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
        let end = self.lines.iter().position(|l| section(l).is_some()).unwrap_or(self.lines.len());
        let found = self.lines.iter().take(end).position(|l| pair(l).is_some_and(|(k, _)| k == key));
        match found.and_then(|i| self.lines.get_mut(i)) {
            Some(old) => *old = line,
            None => self.lines.insert(end, line),
        }
    }
}

fn section(line: &str) -> Option<&str> {
    line.trim().strip_prefix('[')?.split(']').next().map(str::trim)
}

fn pair(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once('=')?;
    let key = key.trim().trim_matches('"');
    if key.is_empty() || key.starts_with('#') {
        return None;
    }
    let value = value.trim();
    let Some(quoted) = value.strip_prefix('"') else {
        if let Some(literal) = value.strip_prefix('\'') {
            return Some((key.to_owned(), literal.split('\'').next()?.to_owned()));
        }
        let bare = value.split('#').next().unwrap_or_default().trim();
        return Some((key.to_owned(), bare.to_owned()));
    };
    let mut out = String::new();
    let mut chars = quoted.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => return Some((key.to_owned(), out)),
            '\\' => match chars.next()? {
                'n' => out.push('\n'),
                't' => out.push('\t'),
                c => out.push(c),
            },
            c => out.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_and_set_and_the_rest_is_kept() {
        let text = "# mine\ncoder = \"Anna \\\"A\\\"\"\nunknown = [1, 2]\n\n[keys]\nquit = 'x'\ncoder = \"not this\"\n";
        let mut config = Config::parse(text);
        assert_eq!(config.get("coder").as_deref(), Some("Anna \"A\""));
        assert_eq!(config.get("theme"), None);
        assert_eq!(
            config.section("keys"),
            [("quit".to_owned(), "x".to_owned()), ("coder".to_owned(), "not this".to_owned())]
        );
        assert_eq!(config.text(), text);
        config.set("coder", "Bram");
        config.set("theme", "light");
        assert_eq!(config.get("coder").as_deref(), Some("Bram"));
        assert_eq!(config.get("theme").as_deref(), Some("light"));
        assert!(config.text().contains("unknown = [1, 2]\n"));
        assert!(config.text().ends_with("[keys]\nquit = 'x'\ncoder = \"not this\"\n"));
    }
}
