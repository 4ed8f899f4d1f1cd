//! The lists behind cells whose passages stand in several places of the report: each cell is a line, by
//! the numbers of its passages.

use std::collections::BTreeSet;

use super::Material;
use super::places::code_id;
use crate::page::{Block, Heading, Line, Link, Page, Piece};

/// What the chapters gather for the last one.
#[derive(Default)]
pub(super) struct Lists {
    blocks: Vec<Block>,
    /// Codes that some cell leads to and that have no passages of their own in the report, as the grid
    /// holds a code above them.
    codes: BTreeSet<usize>,
}

impl Lists {
    /// Begins the lists of a table, or of one of its rows.
    pub(super) fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.blocks.push(Block::Heading(Heading { level, text: text.into(), id: None }));
    }

    /// Adds lines.
    pub(super) fn lines(&mut self, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.blocks.push(Block::Lines(lines));
        }
    }

    /// Where the passages of a code stand, if it has any.
    pub(super) fn code(&mut self, material: &Material<'_>, code: usize) -> Option<Link> {
        material.behind.of_code(code).next()?;
        if material.places.is_listed(code) {
            return Some(Link::to(code_id(code)));
        }
        self.codes.insert(code);
        Some(Link::to(inside(code)))
    }

    /// The chapter.
    pub(super) fn chapter(mut self, material: &Material<'_>, page: &mut Page) {
        let Material { ground, speech, behind, places, .. } = material;
        let labels = speech.labels();
        let line = |code: &usize| Line {
            id: inside(*code),
            head: ground.coded.codebook.codes[*code].label(&labels).to_owned(),
            pieces: places.told(behind.of_code(*code).map(|(_, p)| places.of_code(*code, p)), speech),
        };
        let codes: Vec<Line> = self.codes.iter().map(line).collect();
        if !codes.is_empty() {
            self.heading(
                2,
                speech.t("Codes that are no column of the grid", "Codes die geen kolom van het raster zijn"),
            );
            self.lines(codes);
        }
        if self.blocks.is_empty() {
            return;
        }
        page.heading(1, speech.t("The passages behind each cell", "De fragmenten achter elke cel"));
        page.note(speech.t(
            "Numbers are those of the passages by code. 3 + 8: a stretch that lies in both; (2×): two stretches of the cell lie in that passage.",
            "Nummers zijn die van de fragmenten per code. 3 + 8: een stuk dat in beide ligt; (2×): twee stukken van de cel liggen in dat fragment.",
        ));
        page.blocks.append(&mut self.blocks);
    }
}

/// The name of the place where the passages of a code are listed that the grid does not hold.
fn inside(code: usize) -> String {
    format!("inside-{}", code + 1)
}

/// The label of a code with what follows it in a line.
pub(super) fn labelled(material: &Material<'_>, code: usize, mut told: Vec<Piece>) -> Vec<Piece> {
    let label = material.ground.coded.codebook.codes[code].label(&material.speech.labels());
    told.splice(0..0, [Piece::Label(label.to_owned()), Piece::Words(": ".to_owned())]);
    told
}

/// Parts of a line with words between them.
pub(super) fn joined(parts: Vec<Vec<Piece>>, between: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    for part in parts {
        if !out.is_empty() {
            out.push(Piece::Words(between.to_owned()));
        }
        out.extend(part);
    }
    out
}
