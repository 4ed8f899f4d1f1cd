//! Geometry: where everything stands at a size, known to drawing and to the mouse alike.

use ratatui::layout::Rect;

/// The three panes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The list of documents.
    Documents,
    /// The transcript.
    #[default]
    Reader,
    /// The codebook.
    Codebook,
}

/// The narrowest line of text that a pane at the side or a wide margin may leave.
pub const READABLE: u16 = 58;
/// The widest line of text that reads well.
const MEASURE: u16 = 88;
/// The narrowest one that is put up with where documents and codebook stand beside it.
const TIGHT: u16 = 50;
/// The narrowest list of documents.
const DOCUMENTS: u16 = 20;
/// The narrowest codebook: key, colour, a short label, a number.
const CODEBOOK: u16 = 24;
/// The narrowest margin in which a name still says something.
const MARGIN: u16 = 12;
/// The width of a side pane that lies over the text.
const OVERLAID: u16 = 34;

/// What there is to show, which decides who gets the room that is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wants {
    /// Cells that the longest line of the list of documents takes.
    pub documents: u16,
    /// Cells that the longest line of the codebook takes.
    pub codebook: u16,
    /// Cells of the longest number in the gutter; 0 where none is shown.
    pub digits: u16,
}

impl Default for Wants {
    fn default() -> Self {
        Self { documents: DOCUMENTS, codebook: CODEBOOK, digits: 2 }
    }
}

/// Where everything stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Geometry {
    /// The top line.
    pub top: Rect,
    /// The list of documents, where it is shown.
    pub documents: Option<Rect>,
    /// The whole middle pane.
    pub reader: Rect,
    /// The line that names the document.
    pub title: Rect,
    /// Turn numbers.
    pub gutter: Rect,
    /// The text.
    pub text: Rect,
    /// Brackets and names.
    pub margin: Rect,
    /// The codebook, where it is shown.
    pub codebook: Option<Rect>,
    /// Whether a side pane lies over the transcript.
    pub overlaid: bool,
    /// The results of a search, where they are shown.
    pub dock: Option<Rect>,
    /// The status line.
    pub status: Rect,
    /// The footer.
    pub footer: Rect,
}

/// The lowest screen on which the results of a search stand below the transcript; on a lower one they
/// take its place.
const SHARED: u16 = 22;

/// As [`geometry`]; with `dock`, the results of a search lie below the three panes.
pub fn docked(width: u16, height: u16, focus: Pane, wants: Wants, dock: bool) -> Geometry {
    if !dock {
        return geometry(width, height, focus, wants);
    }
    let body = height.saturating_sub(3);
    if height < SHARED {
        let whole = Rect::new(0, 1.min(height), width, body);
        return Geometry { dock: Some(whole), ..geometry(width, height, focus, wants) };
    }
    let rows = body / 2 + 1;
    let mut out = geometry(width, height - rows, focus, wants);
    for line in [&mut out.status, &mut out.footer] {
        line.y += rows;
    }
    out.dock = Some(Rect::new(0, out.status.y - rows, width, rows));
    out
}

/// Where everything stands at a size, with the keys in one pane.
///
/// The transcript is what the screen is for: the codebook folds away first, then the documents, then
/// the margin shrinks to marks, each where the text would become too narrow to read.
pub fn geometry(width: u16, height: u16, focus: Pane, wants: Wants) -> Geometry {
    let line = |y: u16| if y < height { Rect::new(0, y, width, 1) } else { Rect::default() };
    let body_top = 1.min(height);
    let body = Rect::new(0, body_top, width, height.saturating_sub(3));
    // One column of air, the number, one column of air.
    let numbers = if wants.digits == 0 { 1 } else { wants.digits.max(2) + 2 };
    let text = numbers + READABLE;
    // Where all three fit but for a few cells they stand; they grow once the text reads well.
    let roomy = text + 1 + MARGIN + DOCUMENTS + 1 + CODEBOOK + 1;
    let all = roomy - READABLE + TIGHT;
    let two = text + 1 + MARGIN + DOCUMENTS + 1;
    let alone = text + 1 + MARGIN;
    let room = |from: u16, least: u16, most: u16, part: u16| {
        least + (width.saturating_sub(from) / part).min(most.saturating_sub(least))
    };
    let (left, right, marks) = match width {
        w if w >= all => (
            room(roomy, DOCUMENTS, wants.documents.min(36), 4),
            room(roomy, CODEBOOK, wants.codebook.min(40), 4),
            room(roomy, MARGIN, 32, 4),
        ),
        w if w >= two => (room(two, DOCUMENTS, wants.documents.min(32), 4), 0, room(two, MARGIN, 24, 3)),
        w if w >= alone => (0, 0, room(alone, MARGIN, 24, 2)),
        _ => (0, 0, 1),
    };
    // One column beside each side pane is its line.
    let x = if left > 0 { left + 1 } else { 0 };
    let middle = width.saturating_sub(x).saturating_sub(if right > 0 { right + 1 } else { 0 });
    let reader = Rect::new(x, body.y, middle, body.height);
    let side = |w: u16, at_right: bool| {
        let w = w.min(width);
        Rect::new(if at_right { width - w } else { 0 }, body.y, w, body.height)
    };
    let mut overlaid = false;
    let mut pane = |shown: u16, mine: Pane, at_right: bool| {
        if shown > 0 {
            Some(side(shown, at_right))
        } else if focus == mine {
            overlaid = true;
            Some(side(OVERLAID, at_right))
        } else {
            None
        }
    };
    let documents = pane(left, Pane::Documents, false);
    let codebook = pane(right, Pane::Codebook, true);
    let inner = middle.saturating_sub(1);
    let measure = middle.saturating_sub(numbers + marks + 1).clamp(4, MEASURE);
    let title_rows = if height >= 20 { 2 } else { 1 };
    let y = (body.y + title_rows).min(body.bottom());
    let rows = body.bottom().saturating_sub(y);
    let clip = |r: Rect| r.intersection(Rect::new(0, 0, width, height));
    let text_x = x + numbers;
    let margin_x = text_x + measure + 1;
    Geometry {
        top: line(0),
        documents,
        reader,
        title: clip(Rect::new(x + 1, body.y, inner, 1)),
        gutter: clip(Rect::new(x, y, numbers, rows)),
        text: clip(Rect::new(text_x, y, measure, rows)),
        margin: clip(Rect::new(margin_x, y, (x + middle).saturating_sub(margin_x), rows)),
        codebook,
        overlaid,
        dock: None,
        status: line(height.saturating_sub(2)),
        footer: line(height.saturating_sub(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_fold_away_as_the_terminal_narrows() {
        let at = |w| geometry(w, 40, Pane::Reader, Wants::default());
        let shown = |w| {
            let g = at(w);
            (g.documents.is_some(), g.codebook.is_some(), g.margin.width > 1)
        };
        assert_eq!(shown(120), (true, true, true));
        assert_eq!(shown(113), (true, true, true));
        assert_eq!(shown(112), (true, false, true));
        assert_eq!(shown(96), (true, false, true));
        assert_eq!(shown(95), (false, false, true));
        assert_eq!(shown(75), (false, false, true));
        assert_eq!(shown(74), (false, false, false));
        let folded = geometry(60, 15, Pane::Codebook, Wants::default());
        assert!(folded.codebook.is_some(), "a folded pane with the keys is shown");
    }

    #[test]
    fn the_text_is_the_biggest_thing() {
        for (width, text) in
            [(60, 54), (74, 68), (80, 61), (95, 68), (96, 58), (100, 61), (113, 50), (120, 57)]
        {
            assert_eq!(geometry(width, 40, Pane::Reader, Wants::default()).text.width, text, "at {width}");
        }
        let unnumbered = Wants { digits: 0, ..Wants::default() };
        assert_eq!(geometry(60, 40, Pane::Reader, unnumbered).text.width, 57);
    }

    #[test]
    fn everything_stays_on_the_screen() {
        for w in 0..220 {
            for h in [0, 1, 2, 3, 5, 15, 40] {
                for focus in [Pane::Documents, Pane::Reader, Pane::Codebook] {
                    let g = geometry(w, h, focus, Wants { documents: 90, codebook: 90, digits: 5 });
                    let all = [g.top, g.title, g.gutter, g.text, g.margin, g.status, g.footer];
                    for r in all.into_iter().chain(g.documents).chain(g.codebook) {
                        assert!(r.is_empty() || r.right() <= w && r.bottom() <= h, "{r:?} at {w}×{h}");
                    }
                }
            }
        }
    }
}
