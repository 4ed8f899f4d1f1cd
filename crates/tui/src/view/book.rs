//! The codebook on the whole screen: the tree with its counts, and all about the code at hand.

use model::codebook::{Code, Status, in_language};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use serde_json::Value;

use super::spots::{first, spot};
use super::{clear, lines, put, put_right, rule};
use crate::app::App;
use crate::desk::Desk;
use crate::layers::codebook::Book;
use crate::strings::{book as words, panes};

/// Below this width the code at hand is told under the tree.
const BESIDE: u16 = 72;
/// Cells of one count.
const COUNT: u16 = 5;

/// Draws the screen.
pub fn draw(app: &App, book: &Book, buffer: &mut Buffer, screen: Rect) -> Option<Position> {
    let desk = app.desk.as_ref()?;
    let area = Rect { height: screen.height.saturating_sub(1), ..screen };
    clear(buffer, area);
    if area.height < 4 {
        return None;
    }
    let (tree, detail) = if area.width >= BESIDE {
        let tree = (area.width / 2).clamp(36, 60);
        (
            Rect::new(0, area.y, tree, area.height - 1),
            Rect::new(tree + 1, area.y, area.width - tree - 1, area.height - 1),
        )
    } else {
        let tree = area.height * 3 / 5;
        (
            Rect::new(0, area.y, area.width, tree),
            Rect::new(0, area.y + tree, area.width, area.height - tree - 1),
        )
    };
    heads(app, desk, buffer, tree);
    let rows = usize::from(tree.height.saturating_sub(2)).max(1);
    let top = first(book.top, book.at, rows);
    for (line, (index, code)) in book.rows.iter().enumerate().skip(top).take(rows).enumerate() {
        let y = tree.y + 2 + line as u16;
        row(app, desk, book, *code, buffer, Rect::new(tree.x, y, tree.width, 1));
        let area = spot(Rect::new(tree.x, y, tree.width, 1).intersection(buffer.area), index, 0);
        if index == book.at {
            buffer.set_style(area, app.theme.selected());
        }
    }
    if book.rows.is_empty() {
        put(buffer, tree.x + 1, tree.y + 2, tree.width.saturating_sub(2), &words::EMPTY, app.theme.text());
    }
    if detail.x > 0 {
        for y in area.y..area.bottom().saturating_sub(1) {
            put(buffer, detail.x - 1, y, 1, "│", app.theme.rule());
        }
    } else {
        rule(app.theme, buffer, Rect::new(0, detail.y, area.width, 1), detail.y);
    }
    let inner = Rect::new(
        detail.x + 1,
        detail.y + u16::from(detail.x == 0),
        detail.width.saturating_sub(2),
        detail.height.saturating_sub(u16::from(detail.x == 0)),
    );
    if let Some(code) = book.place() {
        about(app, desk, book, code, buffer, inner);
    }
    let y = area.bottom() - 1;
    rule(app.theme, buffer, Rect::new(0, y, area.width, 1), y);
    if app.message.is_none() {
        let text = format!(" {} ", words::COLUMNS_MEAN);
        put(buffer, 1, y, area.width.saturating_sub(2), &text, app.theme.dim());
    }
    None
}

fn heads(app: &App, desk: &Desk, buffer: &mut Buffer, area: Rect) {
    let versions: Vec<String> = desk
        .coded
        .codebook
        .books
        .iter()
        .filter_map(|b| desk.state.setting(&model::revise::version_key(b)).and_then(Value::as_str))
        .map(words::version)
        .collect();
    let mut title = String::from(words::TITLE);
    if let Some(version) = versions.first() {
        title = format!("{title} · {version}");
    }
    put(buffer, area.x + 1, area.y, area.width.saturating_sub(20), &title, app.theme.focused());
    let mut right = area.right().saturating_sub(1);
    for head in words::COLUMNS.iter().rev() {
        put_right(buffer, right.saturating_sub(COUNT), right, area.y, head, app.theme.dim());
        right = right.saturating_sub(COUNT);
    }
}

/// One code with what was counted.
fn row(app: &App, desk: &Desk, book: &Book, code: usize, buffer: &mut Buffer, area: Rect) {
    let Some(c) = desk.coded.codebook.codes.get(code) else { return };
    let counts = book.counts.get(&code).copied().unwrap_or_default();
    let mut right = area.right().saturating_sub(1);
    for n in [counts.all, counts.documents, counts.own] {
        let text = if n == 0 { "·".to_owned() } else { n.to_string() };
        let style = if n == 0 { app.theme.dim() } else { app.theme.text() };
        put_right(buffer, right.saturating_sub(COUNT), right, area.y, &text, style);
        right = right.saturating_sub(COUNT);
    }
    let key = c.shortcut.map(String::from).unwrap_or_default();
    put(buffer, area.x + 1, area.y, 1, &key, app.theme.key());
    let x = area.x + 3 + (c.depth as u16).min(6) * 2;
    let color = app.theme.code(desk.coded.codebook.color(code));
    let mark = if c.depth == 0 { "▌" } else { "·" };
    put(buffer, x.saturating_sub(u16::from(c.depth > 0)), area.y, 1, mark, color);
    let open = c.status == Status::Provisional || c.retired;
    let style = if open { app.theme.dim() } else { app.theme.text() };
    let mut label = c.label(&desk.languages()).to_owned();
    if c.retired {
        label = format!("{label} ({})", words::RETIRED);
    }
    let again = if book.again.contains_key(&code) { "↻" } else { "" };
    let room = right.saturating_sub(x + 3);
    put(buffer, x + 1, area.y, room, &label, style);
    put(buffer, right.saturating_sub(1), area.y, 1, again, app.theme.key());
}

/// All about one code.
fn about(app: &App, desk: &Desk, book: &Book, code: usize, buffer: &mut Buffer, area: Rect) {
    let Some(c) = desk.coded.codebook.codes.get(code) else { return };
    let languages = desk.languages();
    let mut y = area.y;
    let mut say = |text: &str, style: Style| {
        if text == " " && area.height > 8 {
            // A line of air, where there is room for it.
            y += 1;
        }
        for line in lines(text, area.width) {
            if y < area.bottom() {
                put(buffer, area.x, y, area.width, &line, style);
            }
            y += 1;
        }
    };
    let color = app.theme.code(desk.coded.codebook.color(code));
    say(&labels(c), color.patch(app.theme.heading()));
    say(&facts(desk, c, code), app.theme.dim());
    say(" ", app.theme.dim());
    if let Some(n) = book.again.get(&code) {
        say(&words::again(*n), app.theme.key());
    }
    for (field, name) in model::revise::MEANING.iter().zip(words::FIELDS) {
        let Some(text) = c.text(field, &languages).filter(|t| !t.trim().is_empty()) else { continue };
        let text = if *field == "definition" { text.to_owned() } else { format!("{name}: {text}") };
        say(&text, app.theme.text());
    }
    for text in examples(c, &languages) {
        say(&format!("{} {text}", words::EXAMPLE), app.theme.dim());
    }
    let effects = effects(c);
    if !effects.is_empty() {
        say(&format!("{}: {effects}", words::EFFECTS), app.theme.text());
    }
    let groups = groups(desk, &c.id);
    if !groups.is_empty() {
        say(&format!("{}: {}", words::GROUPS, groups.join(", ")), app.theme.text());
    }
}

/// The label in every language.
fn labels(code: &Code) -> String {
    match code.fields.get("label") {
        Some(Value::Object(all)) => {
            let all: Vec<&str> = all.values().filter_map(Value::as_str).collect();
            all.join(" / ")
        }
        Some(Value::String(one)) => one.clone(),
        _ => code.id.to_string(),
    }
}

/// Id, key, short name, status, origin, codebook and count in a line.
fn facts(desk: &Desk, code: &Code, place: usize) -> String {
    let status = match (code.retired, code.status) {
        (true, _) => words::RETIRED,
        (_, Status::Fixed) => panes::FIXED,
        (_, Status::Provisional) => panes::PROVISIONAL,
    };
    let field = |name: &str| code.fields.get(name).and_then(Value::as_str).map(str::to_owned);
    let mut parts = vec![code.id.to_string(), status.into()];
    parts.extend(field("origin").map(|o| panes::origin(&o).to_owned()));
    parts.extend(code.shortcut.map(panes::key));
    parts.extend(code.var.as_ref().map(|v| format!("var {v}")));
    parts.extend(desk.coded.codebook.color(place).map(str::to_owned));
    parts.push(code.codebook.to_string());
    let own = model::revise::codings_of(&desk.coded, place).len();
    parts.push(panes::codings_of_itself(own));
    parts.join(" · ")
}

/// The examples that the code has, in a language that is read here.
fn examples(code: &Code, languages: &[&str]) -> Vec<String> {
    let text = |v: &Value| match v {
        Value::String(s) => Some((None, s.clone())),
        Value::Object(map) => {
            let language = map.get("language").and_then(Value::as_str).map(str::to_owned);
            Some((language, map.get("text").and_then(Value::as_str)?.to_owned()))
        }
        _ => None,
    };
    let list = match code.fields.get("examples") {
        Some(Value::Array(list)) => list.iter().filter_map(text).collect::<Vec<_>>(),
        Some(other) => {
            in_language(Some(other), languages).map(|t| (None, t.to_owned())).into_iter().collect()
        }
        None => Vec::new(),
    };
    list.into_iter()
        .filter(|(l, _)| l.as_deref().is_none_or(|l| languages.contains(&l)))
        .map(|(_, text)| text)
        .collect()
}

/// The effects in brief: dimension and sign.
fn effects(code: &Code) -> String {
    let Some(Value::Object(effects)) = code.fields.get("effects") else { return String::new() };
    let one = |(id, effect): (&String, &Value)| {
        let value = effect.get("value").unwrap_or(effect).as_str()?;
        Some(format!("{id}{value}"))
    };
    effects.iter().filter_map(one).collect::<Vec<_>>().join(" ")
}

/// Labels of the groups that a code is in.
fn groups(desk: &Desk, code: &str) -> Vec<String> {
    let languages = desk.languages();
    let all = desk.coded.codebook.books.iter().flat_map(|b| model::revise::groups(&desk.state, b));
    all.filter(|g| {
        let codes = g.get("codes").and_then(Value::as_array);
        codes.is_some_and(|c| c.iter().any(|c| c.as_str() == Some(code)))
    })
    .filter_map(|g| {
        in_language(g.get("label"), &languages)
            .or_else(|| g.get("id").and_then(Value::as_str))
            .map(str::to_owned)
    })
    .collect()
}
