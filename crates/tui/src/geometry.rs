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

/// Below this width the codebook folds away.
pub const FOLD_CODEBOOK: u16 = 100;
/// Below this width the documents fold away too.
pub const FOLD_DOCUMENTS: u16 = 76;
/// Below this width the margin is one column of marks.
pub const FOLD_MARGIN: u16 = 60;
/// The widest line of text that reads well.
const MEASURE: u16 = 88;

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
    /// The status line.
    pub status: Rect,
    /// The footer.
    pub footer: Rect,
}

/// Where everything stands at a size, with the keys in one pane.
pub fn geometry(width: u16, height: u16, focus: Pane) -> Geometry {
    let line = |y: u16| if y < height { Rect::new(0, y, width, 1) } else { Rect::default() };
    let body_top = 1.min(height);
    let body = Rect::new(0, body_top, width, height.saturating_sub(3));
    let left = match width {
        140.. => 32,
        FOLD_CODEBOOK.. => 23,
        FOLD_DOCUMENTS.. => 21,
        _ => 0,
    };
    let right = match width {
        160.. => 40,
        140.. => 34,
        FOLD_CODEBOOK.. => 27,
        _ => 0,
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
            Some(side(34, at_right))
        } else {
            None
        }
    };
    let documents = pane(left, Pane::Documents, false);
    let codebook = pane(right, Pane::Codebook, true);
    let inner = middle.saturating_sub(1);
    let numbers = if middle >= 50 { 5 } else { 3 };
    let marks = if width < FOLD_MARGIN { 1 } else { (middle / 4).clamp(14, 32) };
    let measure = inner.saturating_sub(numbers + marks + 1).clamp(4, MEASURE);
    let title_rows = if height >= 20 { 2 } else { 1 };
    let y = (body.y + title_rows).min(body.bottom());
    let rows = body.bottom().saturating_sub(y);
    let clip = |r: Rect| r.intersection(Rect::new(0, 0, width, height));
    let text_x = x + 1 + numbers;
    let margin_x = text_x + measure + 1;
    Geometry {
        top: line(0),
        documents,
        reader,
        title: clip(Rect::new(x + 1, body.y, inner, 1)),
        gutter: clip(Rect::new(x + 1, y, numbers, rows)),
        text: clip(Rect::new(text_x, y, measure, rows)),
        margin: clip(Rect::new(margin_x, y, (x + middle).saturating_sub(margin_x), rows)),
        codebook,
        overlaid,
        status: line(height.saturating_sub(2)),
        footer: line(height.saturating_sub(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_fold_away_as_the_terminal_narrows() {
        let shown = |w| {
            let g = geometry(w, 40, Pane::Reader);
            (g.documents.is_some(), g.codebook.is_some(), g.margin.width > 1)
        };
        assert_eq!(shown(120), (true, true, true));
        assert_eq!(shown(99), (true, false, true));
        assert_eq!(shown(75), (false, false, true));
        assert_eq!(shown(59), (false, false, false));
        assert!(geometry(60, 15, Pane::Codebook).codebook.is_some(), "a folded pane with the keys is shown");
    }

    #[test]
    fn everything_stays_on_the_screen() {
        for w in 0..220 {
            for h in [0, 1, 2, 3, 5, 15, 40] {
                for focus in [Pane::Documents, Pane::Reader, Pane::Codebook] {
                    let g = geometry(w, h, focus);
                    let all = [g.top, g.title, g.gutter, g.text, g.margin, g.status, g.footer];
                    for r in all.into_iter().chain(g.documents).chain(g.codebook) {
                        assert!(r.is_empty() || r.right() <= w && r.bottom() <= h, "{r:?} at {w}×{h}");
                    }
                }
            }
        }
    }
}
