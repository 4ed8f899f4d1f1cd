//! A query for codings of one kind: what is left of it once their qualifiers are known.

use super::{Field, Node, Query};

/// What is left of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Nothing is left to ask: it holds.
    Holds,
    /// It cannot hold.
    Fails,
    /// This is to be found.
    Find(Query),
    /// None of these is to be found.
    Avoid(Vec<Query>),
}

/// A part of a query, or what is known of it.
enum Left {
    Known(bool),
    Node(Node),
}

impl Query {
    /// The qualifiers (`name=value`) that speak of the coding itself: all but those beside an operator
    /// such as `OVERLAPS`, which speak of what a coding stands to.
    pub fn qualifiers(&self) -> Vec<&Field> {
        fn collect<'q>(node: &'q Node, into: &mut Vec<&'q Field>) {
            match node {
                Node::Field(field) if field.qualifier => into.push(field),
                Node::OneOf(fields) => into.extend(fields.iter().filter(|field| field.qualifier)),
                Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| collect(part, into)),
                Node::Not(inner) => collect(inner, into),
                Node::Words(_) | Node::Regex(_) | Node::Field(_) | Node::Relation(_) => {}
            }
        }
        let mut out = Vec::new();
        collect(&self.root, &mut out);
        out
    }

    /// What is left of the query for codings of which it is known whether they have each of
    /// [`Self::qualifiers`].
    pub fn given(&self, has: impl Fn(&Field) -> bool) -> Given {
        let query = |root: Node| self.part(root);
        match left(&self.root, &has) {
            Left::Known(true) => Given::Holds,
            Left::Known(false) => Given::Fails,
            Left::Node(Node::Not(inner)) => Given::Avoid(vec![query(*inner)]),
            Left::Node(Node::And(parts)) if parts.iter().all(|part| matches!(part, Node::Not(_))) => {
                let inner = |part: Node| if let Node::Not(inner) = part { Some(query(*inner)) } else { None };
                Given::Avoid(parts.into_iter().filter_map(inner).collect())
            }
            Left::Node(node) => Given::Find(query(node)),
        }
    }
}

fn left(node: &Node, has: &impl Fn(&Field) -> bool) -> Left {
    match node {
        Node::Field(field) if field.qualifier => Left::Known(has(field)),
        Node::OneOf(fields) if fields.iter().all(|field| field.qualifier) => {
            Left::Known(fields.iter().any(has))
        }
        Node::Words(_) | Node::Regex(_) | Node::Field(_) | Node::OneOf(_) | Node::Relation(_) => {
            Left::Node(node.clone())
        }
        Node::Not(inner) => match left(inner, has) {
            Left::Known(holds) => Left::Known(!holds),
            Left::Node(node) => Left::Node(Node::Not(Box::new(node))),
        },
        Node::And(parts) => several(parts, has, false, Node::And),
        Node::Or(parts) => several(parts, has, true, Node::Or),
    }
}

/// Parts side by side; one that is known to be `decides` decides.
fn several(
    parts: &[Node],
    has: &impl Fn(&Field) -> bool,
    decides: bool,
    together: impl Fn(Vec<Node>) -> Node,
) -> Left {
    let mut open = Vec::new();
    for part in parts {
        match left(part, has) {
            Left::Known(holds) if holds == decides => return Left::Known(decides),
            Left::Known(_) => {}
            Left::Node(node) => open.push(node),
        }
    }
    match open.len() {
        0 => Left::Known(!decides),
        1 => open.pop().map_or(Left::Known(!decides), Left::Node),
        _ => Left::Node(together(open)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(text: &str, has: &[&str]) -> Given {
        let query = Query::parse(text).unwrap();
        query.given(|field| has.contains(&format!("{}={}", field.name, field.wanted.shown()).as_str()))
    }

    fn find(text: &str) -> Node {
        Query::parse(text).unwrap().root
    }

    #[test]
    fn what_is_known_leaves_the_query() {
        assert_eq!(given("status=planned", &["status=planned"]), Given::Holds);
        assert_eq!(given("status=planned", &[]), Given::Fails);
        assert_eq!(given("status=planned for=flexible", &["status=planned"]), Given::Fails);
        assert_eq!(given("roster status=planned", &[]), Given::Fails);
        let Given::Find(query) = given("roster status=planned", &["status=planned"]) else { panic!() };
        assert_eq!(query.root, find("roster"));
        assert_eq!(given("status=planned OR status=ended", &["status=ended"]), Given::Holds);
        assert_eq!(given("status=(planned OR ended)", &["status=ended"]), Given::Holds);
        assert_eq!(given("roster status=(planned OR ended)", &[]), Given::Fails);
        assert_eq!(given("code:training -status=ended", &["status=ended"]), Given::Fails);
        let Given::Avoid(queries) = given("status=planned -sector:zorg", &["status=planned"]) else {
            panic!()
        };
        // As it stands there, since an error would name the place.
        assert_eq!(
            format!("{:?}", queries.iter().map(|q| &q.root).collect::<Vec<_>>()),
            format!("{:?}", [find("                sector:zorg")]),
        );
    }

    #[test]
    fn qualifiers_beside_an_operator_speak_of_something_else() {
        let query = Query::parse("code:training OVERLAPS status=planned").unwrap();
        assert!(query.qualifiers().is_empty());
        assert!(matches!(query.given(|_| false), Given::Find(_)));
    }
}
