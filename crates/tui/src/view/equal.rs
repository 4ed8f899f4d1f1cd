//! An act of this screen as commands.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{lines, put, window};
use crate::app::App;
use crate::layers::equal::Equal;
use crate::safe::safe;
use crate::strings::tools as words;

/// Draws the window.
pub fn draw(app: &App, equal: &Equal, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let width = 84.min(screen.width);
    let room = width.saturating_sub(4);
    let mut text: Vec<(String, bool)> = vec![(equal.what.clone(), true), (String::new(), true)];
    for command in &equal.commands {
        text.extend(broken(command, room).into_iter().map(|l| (l, false)));
    }
    let remark = match (equal.commands.is_empty(), equal.missing) {
        (true, _) => Some(words::NO_COMMAND.to_owned()),
        (false, 0) => None,
        (false, n) => Some(words::without(n)),
    };
    text.extend(remark.iter().flat_map(|r| lines(r, room)).map(|l| (l, true)));
    let inner = window(app.theme, buffer, screen, (width, text.len() as u16 + 2), &words::EQUAL);
    for (i, (line, dim)) in text.iter().take(usize::from(inner.height)).enumerate() {
        let style = if *dim { app.theme.dim() } else { app.theme.text() };
        put(buffer, inner.x, inner.y + i as u16, inner.width, line, style);
    }
    None
}

/// A command cut at the edge and nowhere else: its white space is part of it.
fn broken(command: &str, width: u16) -> Vec<String> {
    let text = safe(command);
    let mut out = vec![String::new()];
    let mut used = 0_usize;
    for c in text.chars() {
        let mut cell = [0; 4];
        let wide = usize::from(crate::safe::width(c.encode_utf8(&mut cell)));
        if used + wide > usize::from(width.max(1)) {
            out.push(String::new());
            used = 0;
        }
        if let Some(line) = out.last_mut() {
            line.push(c);
        }
        used += wide;
    }
    out
}
