//! The margin: a bracket beside the lines of each coding, its name once at the top; lanes where
//! codings overlap. In a narrow terminal one column of marks is left.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{lines, put};
use crate::app::App;
use crate::desk::Desk;
use crate::reader::Mark;

/// The most lanes that are drawn.
const LANES: u8 = 5;

/// Draws the brackets of the marks that can be seen.
pub fn draw(app: &App, desk: &Desk, marks: &[usize], rows: Range<usize>, buffer: &mut Buffer, area: Rect) {
    if area.is_empty() {
        return;
    }
    let all = &app.reader.marks;
    let book = &desk.coded.codebook;
    let shown = || marks.iter().filter_map(|m| Some((all.list.get(*m)?, all.brackets.get(*m)?)));
    let narrow = area.width == 1;
    let lanes = shown()
        .map(|(_, b)| b.lane + 1)
        .max()
        .unwrap_or(0)
        .min(LANES)
        .min(u8::try_from(area.width / 3).unwrap_or(1).max(1));
    let y_of = |row: u32| area.y + (row as usize - rows.start) as u16;
    let inside = |row: u32| rows.contains(&(row as usize));
    let mut named = vec![false; rows.len()];
    for (mark, bracket) in shown() {
        if bracket.lane >= lanes && !narrow {
            continue;
        }
        let style = if mark.own { app.theme.code(book.color(mark.code as usize)) } else { app.theme.dim() };
        let first = bracket.top.max(rows.start as u32);
        let last = bracket.bottom.min((rows.end as u32).saturating_sub(1));
        for row in first..=last {
            let sign = match (row == bracket.top, row == bracket.bottom) {
                _ if narrow && mark.own => "▌",
                _ if narrow => "┊",
                (true, true) => "]",
                (true, false) => "┐",
                (false, true) => "┘",
                (false, false) => "│",
            };
            let x = if narrow { area.x } else { area.x + u16::from(bracket.lane) };
            if inside(row) {
                put(buffer, x, y_of(row), 1, sign, style);
            }
        }
    }
    if narrow {
        return;
    }
    let x = area.x + u16::from(lanes);
    let room = area.right().saturating_sub(x + 1);
    for row in shown().filter_map(|(_, b)| b.name).filter(|r| inside(*r)) {
        if let Some(slot) = named.get_mut(row as usize - rows.start) {
            *slot = true;
        }
    }
    // A long name goes on beside its bracket, as far as no other name stands there.
    let name = |buffer: &mut Buffer, named: &mut Vec<bool>, row: u32, mark: &Mark, bottom: u32| {
        let color = if mark.own { app.theme.code(book.color(mark.code as usize)) } else { app.theme.dim() };
        let mut texts = lines(desk.label(mark.code as usize), room);
        let taken = |row: u32| named.get(row as usize - rows.start).copied().unwrap_or(true);
        let free = 1 + (row + 1..=bottom).take_while(|r| inside(*r) && !taken(*r)).take(texts.len()).count();
        if texts.len() > free {
            // What has no room is cut, which says more than a word that ends like a whole name.
            let rest = texts.split_off(free - 1).join(" ");
            texts.push(rest);
        }
        for (row, text) in (row..).zip(&texts) {
            if let Some(slot) = named.get_mut(row as usize - rows.start) {
                *slot = true;
            }
            put(buffer, x, y_of(row), 1, if mark.own { "▌" } else { "┊" }, color);
            put(buffer, x + 1, y_of(row), room, text, color);
        }
    };
    for (mark, bracket) in shown() {
        if let Some(row) = bracket.name.filter(|r| inside(*r)) {
            name(buffer, &mut named, row, mark, bracket.bottom);
        }
    }
    // Names that have scrolled away stand at the top while their bracket runs on.
    let mut row = rows.start;
    for (mark, bracket) in shown() {
        while named.get(row - rows.start) == Some(&true) {
            row += 1;
        }
        let away = bracket.name.is_some_and(|n| (n as usize) < rows.start) && bracket.bottom as usize >= row;
        if away && row < rows.end {
            name(buffer, &mut named, row as u32, mark, bracket.bottom);
        }
    }
}
