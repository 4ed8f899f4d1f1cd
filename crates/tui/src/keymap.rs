//! The keymap: a key and where it was pressed give the action, with nothing else looked at.

use rustc_hash::FxHashMap;

use crate::actions::{Action, Context, defs};
use crate::key::{Code, Key};

/// Keys of every context.
#[derive(Debug)]
pub struct Keymap {
    map: FxHashMap<(Context, Key), &'static Action>,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut map = FxHashMap::default();
        for def in defs() {
            for key in def.keys.iter().filter_map(|k| Key::parse(k)) {
                for context in def.contexts {
                    map.insert((*context, key), &def.action);
                }
            }
        }
        Self { map }
    }
}

impl Keymap {
    /// The keymap of the table of actions, made once.
    pub fn standard() -> &'static Self {
        static STANDARD: std::sync::OnceLock<Keymap> = std::sync::OnceLock::new();
        STANDARD.get_or_init(Self::default)
    }

    /// The action of a key where `contexts` hold, the nearest first. Where text is typed, a character
    /// without an action is typed; in the transcript it is a code's shortcut.
    pub fn action(&self, contexts: &[Context], key: Key) -> Option<Action> {
        let of = |key: Key| contexts.iter().find_map(|c| self.map.get(&(*c, key))).map(|a| (*a).clone());
        // Where Shift means nothing, the key is what it is without.
        let found = of(key).or_else(|| key.shift.then(|| of(Key { shift: false, ..key })).flatten());
        found.or_else(|| match key {
            Key { code: Code::Char(c), ctrl: false, .. } if contexts.contains(&Context::Typing) => {
                Some(Action::Insert(c))
            }
            Key { code: Code::Char(c), ctrl: false, .. } if contexts.contains(&Context::Reader) => {
                Some(Action::Shortcut(c))
            }
            Key { code: Code::Char(c), ctrl: false, .. } if contexts.contains(&Context::Recode) => {
                Some(Action::Recode(c))
            }
            Key { code: Code::Char(c), ctrl: false, .. } if contexts.contains(&Context::Qualify) => {
                Some(Action::Qualify(c))
            }
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;

    #[test]
    fn no_two_actions_share_a_key_in_one_context() {
        let mut seen: HashMap<(Context, Key), &str> = HashMap::new();
        for def in defs() {
            for name in def.keys {
                let key = Key::parse(name).unwrap_or_else(|| panic!("{name} is no key"));
                for context in def.contexts {
                    let before = seen.insert((*context, key), def.name);
                    assert_eq!(before, None, "{name} in {context:?}: {before:?} and {}", def.name);
                }
            }
        }
    }

    #[test]
    fn every_action_is_documented_and_named_once() {
        let mut names = HashSet::new();
        for def in defs() {
            assert!(names.insert(def.name), "{} twice", def.name);
            assert!(
                !def.english.is_empty() && !def.english.ends_with('.') && !def.contexts.is_empty(),
                "{}",
                def.name
            );
            assert!(def.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
            assert!(!def.keys.is_empty() || def.action.any_key(), "{} has no key", def.name);
        }
        let reference = crate::actions::key_reference(crate::strings::language::Language::En);
        assert!(defs().all(|d| reference.contains(d.name)));
    }

    #[test]
    fn nothing_needs_alt_or_a_function_key() {
        assert!(defs().flat_map(|d| d.keys).all(|k| !k.contains("alt-") && !k.starts_with("f1")));
    }

    #[test]
    fn the_nearest_context_decides() {
        let map = Keymap::default();
        let n = Key::char('n');
        let reader = [Context::Reader, Context::Panes, Context::Always];
        let searching = [Context::Searching, Context::Reader, Context::Panes, Context::Always];
        let palette = [Context::Palette, Context::Typing, Context::Always];
        assert_eq!(map.action(&reader, n), Some(Action::NextUncoded));
        assert_eq!(map.action(&searching, n), Some(Action::NextHit));
        assert_eq!(map.action(&palette, n), Some(Action::Insert('n')));
        assert_eq!(map.action(&palette, Key::parse("ctrl-n").unwrap()), Some(Action::NewCode));
        assert_eq!(map.action(&reader, Key::char('5')), Some(Action::Shortcut('5')));
        assert_eq!(map.action(&[Context::Documents, Context::Panes], Key::char('5')), None);
        assert_eq!(map.action(&palette, Key::parse("ctrl-c").unwrap()), Some(Action::Quit));
    }
}
