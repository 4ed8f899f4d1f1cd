//! HTML: a page as one file that needs nothing else: no network, no script, its style inside and named
//! by its sum in the content policy. Whatever comes from files is text and nothing but text.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::xml::escape;
use crate::page::{Block, Figure, Heading, Line, Link, Look, Page, Piece, Quote, Table, Turn};
use crate::sheet::{Kind, Sheet, Value};

/// The look of all pages.
const STYLE: &str = include_str!("html/style.css");

/// Steps of shade in a grid of counts.
const STEPS: u64 = 5;

/// A page as a file.
pub fn page(page: &Page) -> String {
    let mut out = Writer { text: String::new(), tables: 0, dutch: page.language == "nl" };
    out.page(page);
    out.text
}

struct Writer {
    text: String,
    tables: usize,
    dutch: bool,
}

/// Adds formatted text; writing into a string does not fail.
macro_rules! put {
    ($to:expr, $($what:tt)*) => { _ = write!($to.text, $($what)*) };
}

impl Writer {
    const fn t<'w>(&self, english: &'w str, dutch: &'w str) -> &'w str {
        if self.dutch { dutch } else { english }
    }

    fn page(&mut self, page: &Page) {
        let (title, language) = (escape(&page.title), escape(&page.language));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            base64(&Sha256::digest(STYLE.as_bytes()))
        );
        put!(
            self,
            "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        );
        put!(self, "<a class=\"skip\" href=\"#main\">{}</a>\n", self.t("To the text", "Naar de tekst"));
        put!(self, "<header>\n<h1><bdi>{title}</bdi></h1>\n");
        for line in &page.lead {
            put!(self, "<p class=\"lead\" dir=\"auto\">{}</p>\n", escape(line));
        }
        put!(self, "</header>\n");
        if let Some(words) = &page.contents {
            self.contents(page, words);
        }
        put!(self, "<main id=\"main\">\n");
        let mut open = false;
        let mut chapter = 0;
        for block in &page.blocks {
            if let Block::Heading(heading) = block
                && heading.level <= 1
            {
                if open {
                    put!(self, "</section>\n");
                }
                chapter += 1;
                put!(self, "<section aria-labelledby=\"{}\">\n", id_of(heading, chapter));
                open = true;
            }
            self.block(block, chapter);
        }
        if open {
            put!(self, "</section>\n");
        }
        put!(
            self,
            "</main>\n<footer><p>Verbatim {}</p></footer>\n</body>\n</html>\n",
            env!("CARGO_PKG_VERSION")
        );
    }

    fn contents(&mut self, page: &Page, words: &str) {
        put!(self, "<nav aria-label=\"{}\">\n<ol>\n", escape(words));
        let mut chapter = 0;
        for block in &page.blocks {
            if let Block::Heading(heading) = block
                && heading.level <= 1
            {
                chapter += 1;
                put!(
                    self,
                    "<li><a href=\"#{}\"><bdi>{}</bdi></a></li>\n",
                    id_of(heading, chapter),
                    escape(&heading.text)
                );
            }
        }
        put!(self, "</ol>\n</nav>\n");
    }

    fn block(&mut self, block: &Block, chapter: usize) {
        match block {
            Block::Heading(heading) => {
                let tag = heading.level.clamp(1, 3) + 1;
                let text = escape(&heading.text);
                match (&heading.id, heading.level) {
                    (None, level) if level > 1 => put!(self, "<h{tag}><bdi>{text}</bdi></h{tag}>\n"),
                    _ => {
                        put!(self, "<h{tag} id=\"{}\"><bdi>{text}</bdi></h{tag}>\n", id_of(heading, chapter));
                    }
                }
            }
            Block::Text(text) => put!(self, "<p class=\"pre\" dir=\"auto\">{}</p>\n", escape(text)),
            Block::Note(text) => put!(self, "<p class=\"note\" dir=\"auto\">{}</p>\n", escape(text)),
            Block::Quote(quote) => self.quote(quote),
            Block::Turn(turn) => self.turn(turn),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Facts(facts) => {
                put!(self, "<dl>\n");
                for (name, what) in facts {
                    put!(
                        self,
                        "<div><dt>{}</dt><dd dir=\"auto\">{}</dd></div>\n",
                        escape(name),
                        escape(what)
                    );
                }
                put!(self, "</dl>\n");
            }
            Block::Lines(lines) => {
                put!(self, "<ul class=\"lines\">\n");
                for line in lines {
                    self.line(line);
                }
                put!(self, "</ul>\n");
            }
        }
    }

    fn line(&mut self, line: &Line) {
        let passage = self.t("passage", "fragment");
        put!(self, "<li id=\"{}\"><b><bdi>{}</bdi></b> ", escape(&line.id), escape(&line.head));
        for piece in &line.pieces {
            match piece {
                Piece::Words(words) => put!(self, "{}", escape(words)),
                Piece::Label(words) => put!(self, "<bdi>{}</bdi>", escape(words)),
                Piece::Passage(number) => {
                    put!(self, "<a href=\"#p{number}\" aria-label=\"{passage} {number}\">{number}</a>");
                }
            }
        }
        put!(self, "</li>\n");
    }

    fn quote(&mut self, quote: &Quote) {
        match quote.number {
            Some(number) => put!(self, "<blockquote id=\"p{number}\">"),
            None => put!(self, "<blockquote>"),
        }
        if quote.withheld {
            put!(self, "<p class=\"withheld\">{}</p>", escape(&quote.text));
        } else {
            put!(self, "<p dir=\"auto\"{}>“{}”</p>", lang(&quote.language), escape(&quote.text));
        }
        for (language, text) in &quote.translations {
            put!(self, "<p class=\"translation\" dir=\"auto\"{}>{}</p>", lang(language), escape(text));
        }
        let number = quote.number.map(|number| format!("<b>{number}</b> ")).unwrap_or_default();
        if !quote.by.is_empty() {
            put!(self, "<p class=\"by\">{number}— <bdi>{}</bdi></p>", escape(&quote.by));
        } else if !number.is_empty() {
            put!(self, "<p class=\"by\">{number}</p>");
        }
        if !quote.tags.is_empty() {
            put!(self, "<ul class=\"tags\">");
            for tag in &quote.tags {
                put!(self, "<li><bdi>{}</bdi></li>", escape(tag));
            }
            put!(self, "</ul>");
        }
        put!(self, "</blockquote>\n");
    }

    fn turn(&mut self, turn: &Turn) {
        let class = if turn.own { "turn" } else { "turn aside" };
        put!(self, "<div class=\"{class}\">");
        if !turn.speaker.is_empty() {
            put!(self, "<b><bdi>{}</bdi></b>", escape(&turn.speaker));
        }
        let text = escape(&turn.text);
        if turn.left_out {
            put!(self, "<p class=\"withheld\">[{text}]</p>");
        } else {
            put!(self, "<p class=\"pre\" dir=\"auto\">{text}</p>");
        }
        put!(self, "</div>\n");
    }

    fn figure(&mut self, figure: &Figure) {
        put!(
            self,
            "<figure>\n<figcaption>{}</figcaption>\n{}\n<p class=\"note\">{}</p>\n<details><summary>{}</summary>\n",
            escape(&figure.title),
            figure.svg,
            escape(&figure.alternative),
            self.t("The numbers", "De cijfers")
        );
        self.table(&Table { links: figure.links.clone(), ..Table::from(figure.data.clone()) });
        put!(self, "</details>\n</figure>\n");
    }

    fn table(&mut self, table: &Table) {
        self.tables += 1;
        let id = format!("table-{}", self.tables);
        let sheet = &table.sheet;
        let class = match table.look {
            Look::Plain => "plain",
            Look::Heat => "heat",
            Look::Bars(..) => "bars",
            Look::Wordy => "wordy",
        };
        put!(
            self,
            "<figure class=\"{class}\">\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}\">\n<table>\n<caption id=\"{id}\"><span>{}</span>",
            escape(&sheet.title)
        );
        if !sheet.facts.is_empty() {
            let facts: Vec<String> =
                sheet.facts.iter().map(|f| format!("{}: {}", escape(&f.label), escape(&f.value))).collect();
            put!(self, "<span class=\"rule\">{}</span>", facts.join(" · "));
        }
        put!(self, "</caption>\n<thead><tr>");
        for (i, field) in sheet.fields.iter().enumerate() {
            let number =
                if i > 0 && field.kind != Kind::Text && class != "heat" { " class=\"n\"" } else { "" };
            put!(self, "<th scope=\"col\"{number}><span><bdi>{}</bdi></span></th>", escape(&field.label));
        }
        put!(self, "</tr></thead>\n<tbody>\n");
        let scale = Scale::of(table);
        for (r, row) in sheet.rows.iter().enumerate() {
            self.row(table, &scale, Some(r), row);
        }
        put!(self, "</tbody>\n");
        if !sheet.totals.is_empty() {
            put!(self, "<tfoot>\n");
            for row in &sheet.totals {
                self.row(table, &scale, None, row);
            }
            put!(self, "</tfoot>\n");
        }
        put!(self, "</table>\n</div>\n");
        for note in &sheet.notes {
            put!(self, "<p class=\"note\">{}</p>\n", escape(note));
        }
        put!(self, "</figure>\n");
    }

    /// A row of a table; its first cell is its head.
    fn row(&mut self, table: &Table, scale: &Scale, at: Option<usize>, row: &[Value]) {
        put!(self, "<tr>");
        for (c, (value, field)) in row.iter().zip(&table.sheet.fields).enumerate() {
            let link = at.and_then(|r| table.links.get(&(r, c)));
            let shown = value.shown(field.kind);
            let text = linked(&paragraphs(&shown), link);
            if c == 0 {
                put!(self, "<th scope=\"row\">{text}</th>");
                continue;
            }
            match table.look {
                Look::Heat if at.is_some() => {
                    let class = scale.step(value).map_or_else(|| "s".to_owned(), |step| format!("h{step}"));
                    let class = match shown.as_str() {
                        "+" => "up",
                        "-" => "down",
                        _ => class.as_str(),
                    };
                    let text = if link.is_some() { text } else { format!("<span>{}</span>", escape(&shown)) };
                    put!(self, "<td class=\"{class}\">{text}</td>");
                }
                Look::Bars(column, _) if column == c && at.is_some() => {
                    put!(self, "<td class=\"n\">{text}{}</td>", scale.bar(value));
                }
                _ if field.kind == Kind::Text && !matches!(value, Value::Share(..)) => {
                    put!(self, "<td dir=\"auto\">{text}</td>");
                }
                _ => put!(self, "<td class=\"n\">{text}</td>"),
            }
        }
        put!(self, "</tr>\n");
    }
}

/// How large numbers of a table may be.
struct Scale {
    most: f64,
}

impl Scale {
    fn of(table: &Table) -> Self {
        let rows = table.sheet.rows.iter();
        let most = match table.look {
            Look::Heat => rows.flatten().filter_map(number).fold(0.0, f64::max),
            Look::Bars(_, Some(all)) => f64::from(all),
            Look::Bars(column, None) => {
                rows.filter_map(|r| r.get(column)).filter_map(number).fold(0.0, f64::max)
            }
            Look::Plain | Look::Wordy => 0.0,
        };
        Self { most }
    }

    /// The shade of a number: none for nothing, else 1 to 5.
    fn step(&self, value: &Value) -> Option<u64> {
        let n = number(value).filter(|n| *n > 0.0)?;
        Some(((n / self.most * STEPS as f64).ceil() as u64).clamp(1, STEPS))
    }

    /// A bar as long as a number.
    fn bar(&self, value: &Value) -> String {
        let (n, most) = match value {
            Value::Share(n, of) => (*n as f64, *of as f64),
            other => (number(other).unwrap_or(0.0), self.most),
        };
        let part = if most > 0.0 { (n / most * 100.0).clamp(0.0, 100.0) } else { 0.0 };
        format!(
            "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"all\" y=\"4.5\" width=\"100\" height=\"1\"/><rect width=\"{part:.1}\" height=\"10\"/></svg>"
        )
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Share(n, _) => Some(*n as f64),
        other => other.as_number(),
    }
}

/// Lines as paragraphs; one line as it is.
fn paragraphs(text: &str) -> String {
    if !text.contains('\n') {
        return format!("<bdi>{}</bdi>", escape(text));
    }
    let lines: Vec<String> = text
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| format!("<p dir=\"auto\">{}</p>", escape(l)))
        .collect();
    lines.concat()
}

fn linked(html: &str, link: Option<&Link>) -> String {
    let Some(link) = link else { return html.to_owned() };
    let says = link.says.as_ref().map(|says| format!(" aria-label=\"{}\"", escape(says)));
    format!("<a href=\"#{}\"{}>{html}</a>", escape(&link.to), says.unwrap_or_default())
}

fn lang(tag: &str) -> String {
    let fits = !tag.is_empty() && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if fits { format!(" lang=\"{tag}\"") } else { String::new() }
}

fn id_of(heading: &Heading, chapter: usize) -> String {
    heading.id.as_deref().map_or_else(|| format!("chapter-{chapter}"), escape)
}

/// Base 64 of RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let mut bits = 0u32;
        for i in 0..3 {
            bits = bits << 8 | u32::from(three.get(i).copied().unwrap_or(0));
        }
        for i in 0..4 {
            let at = (bits >> (18 - 6 * i)) & 63;
            out.push(if i <= three.len() { char::from(LETTERS[at as usize]) } else { '=' });
        }
    }
    out
}

/// The sheets of tables as a page, for tables that are written as HTML by themselves.
pub fn sheets(sheets: &[Sheet], language: &str) -> Page {
    let title = sheets.first().map(|s| s.title.clone()).unwrap_or_default();
    let mut page = Page { title, language: language.to_owned(), ..Page::default() };
    for sheet in sheets {
        page.table(sheet.clone());
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        // The examples of RFC 4648, section 10.
        for (plain, coded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
