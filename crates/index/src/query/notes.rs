//! Notes on a query: what can be read, but may not be what its writer meant.

use super::lex::{Kind, Lexeme, is_name};
use super::pattern::Pattern;
use super::{Node, Note, Phrase, RelationKind};

/// What the writer may not have meant: words between others that look like operators, signs that mean
/// something elsewhere, single quotes around several words, and words where a code may be meant.
pub(super) fn notes(lexemes: &[Lexeme], root: &Node) -> Vec<Note> {
    let word = |l: &Lexeme| match &l.kind {
        Kind::Word(w) => Some(w.clone()),
        _ => None,
    };
    let operator = |l: &Lexeme| matches!(l.kind, Kind::And | Kind::Or | Kind::Relation(..));
    let between = lexemes.windows(3).filter(|w| {
        let opens = operator(&w[0]) || matches!(w[0].kind, Kind::Open | Kind::Not(_));
        let closes = operator(&w[2]) || w[2].kind == Kind::Close;
        !opens && !closes
    });
    let mut notes: Vec<Note> = Vec::new();
    for written in between.filter_map(|w| word(&w[1])) {
        let note = match written.as_str() {
            "EN" => Note::Dutch(written, "AND"),
            "OF" => Note::Dutch(written, "OR"),
            "NIET" => Note::Dutch(written, "NOT"),
            other if OPERATORS.iter().any(|o| o.eq_ignore_ascii_case(other)) => Note::LowerCase(written),
            _ => continue,
        };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    // At the beginning, of the query or of what stands in parentheses, only NOT can be meant.
    let begins = lexemes.windows(2).enumerate().filter_map(|(i, w)| {
        let first = i == 0 || lexemes.get(i - 1).is_some_and(|l| l.kind == Kind::Open);
        Some(word(&w[0])?).filter(|_| first && !operator(&w[1]) && w[1].kind != Kind::Close)
    });
    for written in begins {
        let note = match written.as_str() {
            "NIET" => Note::Dutch(written, "NOT"),
            other if other.eq_ignore_ascii_case("NOT") => Note::LowerCase(written),
            _ => continue,
        };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    let apart = lexemes.windows(2).filter_map(|w| {
        // `sector :zorg`
        let (name, value) = (word(&w[0])?, word(&w[1])?);
        let field = is_name(&name) && value.strip_prefix(':')?.starts_with(char::is_alphanumeric);
        field.then(|| Note::Meant(format!("{name} {value}"), format!("{name}{value}")))
    });
    notes.extend(apart);
    let takes_away = || super::parse::can_take_away(lexemes);
    let signs = lexemes.iter().filter_map(word).filter_map(|w| {
        Some(match (w.strip_prefix('!'), meant(&w, lexemes.len() == 1)?) {
            (Some(word), _) if !takes_away() => Note::Alone(w.clone(), word.to_owned()),
            (_, meant) => Note::Meant(w.clone(), meant),
        })
    });
    notes.extend(signs);
    let single = |c: &char| matches!(c, '\'' | '‘' | '’' | '‹');
    let opens = |l: &Lexeme| word(l)?.chars().next().filter(single);
    let closes = |l: &Lexeme| word(l).is_some_and(|w| w.ends_with(['\'', '’', '‘', '›']));
    let opened = lexemes.iter().enumerate().find_map(|(i, l)| Some((i, opens(l)?)));
    if let Some((at, quote)) = opened
        && lexemes.iter().skip(at + 1).any(closes)
    {
        notes.push(Note::SingleQuotes(quote));
    }
    word_sides(root, &mut notes);
    notes
}

/// The operators.
const OPERATORS: [&str; 7] = ["AND", "OR", "NOT", "NEAR", "THEN", "INSIDE", "OVERLAPS"];

/// What a run was probably meant to be that other programs read otherwise: `w?rk`, `werk|zorg`, `!werk`,
/// `AND/5`, `NEAR5`, `=code:training`. Unless it is all of the query, what binds less than its neighbours gets
/// parentheses.
fn meant(run: &str, alone: bool) -> Option<String> {
    if let Some(rest) = run.strip_prefix('=') {
        let (name, value) = rest.split_once(':')?;
        return (is_name(name) && value.starts_with(char::is_alphanumeric))
            .then(|| format!("{name}:={value}"));
    }
    if let Some(rest) = run.strip_prefix('!') {
        return rest.starts_with(char::is_alphanumeric).then(|| format!("-{rest}"));
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    for operator in OPERATORS {
        let Some(rest) = run.strip_prefix(operator) else { continue };
        let relation = if operator == "THEN" { "THEN" } else { "NEAR" };
        let slash = rest.strip_prefix('/');
        if slash.map_or(relation == operator && digits(rest), digits) {
            return Some(format!("{relation}/{}", slash.unwrap_or(rest)));
        }
    }
    let between = |sign: char| {
        let parts: Vec<&str> = run.split(sign).collect();
        let words = parts.len() > 1 && parts.iter().all(|p| p.chars().any(char::is_alphanumeric));
        words.then_some(parts)
    };
    // A weight, as some engines take it.
    if let Some((word, weight)) = run.split_once('^')
        && word.chars().any(char::is_alphanumeric)
        && digits(&weight.replace('.', ""))
    {
        return Some(word.to_owned());
    }
    between('?').map(|p| p.join("*")).or_else(|| {
        let choice = between('|')?.join(" OR ");
        Some(if alone { choice } else { format!("({choice})") })
    })
}

/// Notes single words to the right of INSIDE and OVERLAPS: there a code is meant, more often than not.
fn word_sides(node: &Node, notes: &mut Vec<Note>) {
    match node {
        Node::Relation(relation) => {
            word_sides(&relation.left, notes);
            if let Node::Words(Phrase { words, .. }) = &relation.right
                && let [Pattern::Word(word)] = words.as_slice()
                && matches!(relation.kind, RelationKind::Inside | RelationKind::Overlaps)
            {
                notes.push(Note::WordSide(word.clone(), relation.kind.name()));
            }
        }
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| word_sides(part, notes)),
        Node::Not(inner) => word_sides(inner, notes),
        Node::Words(_) | Node::Regex(_) | Node::Field(_) | Node::OneOf(_) => {}
    }
}
