//! Input: events of the terminal library become keys and actions.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

use crate::actions::{Action, Mouse};
use crate::key::{Code, Key};

/// Two clicks within this time at one place are one double click.
const DOUBLE: Duration = Duration::from_millis(400);

/// What input remembers: the last click.
#[derive(Debug, Default)]
pub(super) struct Input {
    last: Option<(Instant, u16, u16, u8)>,
}

impl Input {
    /// The action of an event; `of_key` tells what a key does.
    pub(super) fn action(&mut self, event: &Event, of_key: impl Fn(Key) -> Option<Action>) -> Option<Action> {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => of_key(convert(key.code, key.modifiers)?),
            Event::Paste(text) => Some(Action::Paste(text.clone())),
            Event::Resize(width, height) => Some(Action::Resize(*width, *height)),
            Event::Mouse(mouse) => {
                let (x, y) = (mouse.column, mouse.row);
                let what = match mouse.kind {
                    MouseEventKind::Down(MouseButton::Left) => Mouse::Press(x, y, self.clicks(x, y)),
                    MouseEventKind::Drag(MouseButton::Left) => Mouse::Drag(x, y),
                    MouseEventKind::ScrollDown => Mouse::Wheel(x, y, true),
                    MouseEventKind::ScrollUp => Mouse::Wheel(x, y, false),
                    _ => return None,
                };
                Some(Action::Mouse(what))
            }
            _ => None,
        }
    }

    fn clicks(&mut self, x: u16, y: u16) -> u8 {
        let now = Instant::now();
        let n = match self.last {
            Some((at, lx, ly, n)) if (lx, ly) == (x, y) && now - at < DOUBLE => n % 3 + 1,
            _ => 1,
        };
        self.last = Some((now, x, y, n));
        n
    }
}

/// Esc and the key behind it, where the terminal handed them on as that key with Alt: over ssh and in
/// tmux both come at once when they are pressed one soon after the other. No key here needs Alt.
pub(super) fn apart(event: &Event) -> Option<[Event; 2]> {
    let Event::Key(key) = event else { return None };
    let alone = key.modifiers.contains(KeyModifiers::ALT) && !key.modifiers.contains(KeyModifiers::CONTROL);
    let pressed = matches!(key.code, KeyCode::Char(_)) && key.kind != KeyEventKind::Release;
    (alone && pressed).then(|| {
        let behind = KeyEvent { modifiers: key.modifiers - KeyModifiers::ALT, ..*key };
        [Event::Key(KeyCode::Esc.into()), Event::Key(behind)]
    })
}

fn convert(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
    // Both together are AltGr, which makes another character and no command.
    let ctrl = modifiers.contains(KeyModifiers::CONTROL) && !modifiers.contains(KeyModifiers::ALT);
    let code = match code {
        KeyCode::Char(c) if ctrl => Code::Char(c.to_ascii_lowercase()),
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => Code::BackTab,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        _ => return None,
    };
    let arrow = matches!(code, Code::Left | Code::Right | Code::Up | Code::Down);
    let shift = arrow && modifiers.contains(KeyModifiers::SHIFT);
    Some(Key { code, ctrl, shift })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(c: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    #[test]
    fn a_key_soon_after_esc_is_both() {
        let both = apart(&key('n', KeyModifiers::ALT));
        assert_eq!(both, Some([Event::Key(KeyCode::Esc.into()), key('n', KeyModifiers::NONE)]));
        let shifted = apart(&key('N', KeyModifiers::ALT | KeyModifiers::SHIFT));
        assert_eq!(shifted, Some([Event::Key(KeyCode::Esc.into()), key('N', KeyModifiers::SHIFT)]));
        assert_eq!(apart(&key('n', KeyModifiers::NONE)), None);
        assert_eq!(apart(&Event::Paste("\u{1b}n".to_owned())), None);
        // An arrow with Alt is a habit from elsewhere, and nobody means to go back by it.
        assert_eq!(apart(&Event::Key(KeyEvent::new(KeyCode::Left, KeyModifiers::ALT))), None);
    }

    #[test]
    fn a_character_made_with_altgr_is_that_character() {
        let altgr = KeyModifiers::ALT | KeyModifiers::CONTROL;
        assert_eq!(apart(&key('@', altgr)), None);
        assert_eq!(convert(KeyCode::Char('@'), altgr), Some(Key::char('@')));
        let ctrl = convert(KeyCode::Char('p'), KeyModifiers::CONTROL);
        assert_eq!(ctrl.map(|k| k.ctrl), Some(true));
    }
}
