//! Reading queries: what is read as what, and where a wrong one goes wrong. Every expectation is
//! written by hand from the grammar in docs/search.md.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use verbatim_index::query::{Node, Note, Pattern, Wanted};
use verbatim_index::{Query, QueryError};

/// A query as a nested list.
fn read(text: &str) -> String {
    fn word(p: &Pattern) -> String {
        match p {
            Pattern::Word(w) => w.clone(),
            Pattern::Exact(w) => format!("={w}"),
            Pattern::Glob(g) => {
                let star = |on: bool| if on { "*" } else { "" };
                format!("{}{}{}", star(g.open_start), g.parts.join("*"), star(g.open_end))
            }
            Pattern::Typo { word, edits } => format!("{word}~{edits}"),
            Pattern::Stem(w) => format!("stem({w})"),
        }
    }
    fn node(n: &Node) -> String {
        let list = |name: &str, parts: &[Node]| {
            format!("({name} {})", parts.iter().map(node).collect::<Vec<_>>().join(" "))
        };
        match n {
            Node::Words(p) if p.words.len() == 1 => word(&p.words[0]),
            Node::Words(p) => {
                let words = p.words.iter().map(word).collect::<Vec<_>>().join(" ");
                if p.slop == 0 { format!("'{words}'") } else { format!("'{words}'~{}", p.slop) }
            }
            Node::Regex(r) => format!("/{}/", r.pattern),
            Node::Field(f) => {
                let sign = if f.qualifier { "=" } else { ":" };
                let value = match &f.wanted {
                    Wanted::Just(v) => format!("={v}"),
                    Wanted::Is(v) => format!("[{v}]"),
                    other => other.shown(),
                };
                format!("{}{sign}{value}", f.name)
            }
            Node::OneOf(fields) => {
                list("of", &fields.iter().map(|f| Node::Field(f.clone())).collect::<Vec<_>>())
            }
            Node::And(parts) => list("and", parts),
            Node::Or(parts) => list("or", parts),
            Node::Not(inner) => format!("(not {})", node(inner)),
            Node::Relation(r) => format!("({:?} {} {})", r.kind, node(&r.left), node(&r.right)),
        }
    }
    node(Query::parse(text).unwrap().root())
}

fn wrong(text: &str) -> String {
    let why = Query::parse(text).unwrap_err();
    assert!(!why.hint().is_empty(), "{why}");
    why.to_string()
}

#[test]
fn words() {
    assert_eq!(read("Coöperatie"), "cooperatie");
    assert_eq!(read("e-mail"), "'e mail'");
    assert_eq!(read("don't stop"), "(and 'don t' stop)");
    assert_eq!(read("zor* *heid *zeker* werk*plek"), "(and zor* *heid *zeker* werk*plek)");
    assert_eq!(read("=Zorg =\"Goede Zorg\""), "(and =Zorg '=Goede =Zorg')");
    assert_eq!(read("flexibilteit~ zekr~2"), "(and flexibilteit~1 zekr~2)");
    assert_eq!(
        read("stem:opleiding stem:\"goede opleiding\""),
        "(and stem(opleiding) 'stem(goede) stem(opleiding)')"
    );
    assert_eq!(
        read("\"vaste baan\" „vaste  baan”~3 \"vast* baan\""),
        "(and 'vaste baan' 'vaste baan'~3 'vast* baan')"
    );
    assert_eq!(read("3,5 50% C++"), "(and '3 5' 50 c)");
    assert_eq!(read("and"), "and", "small letters are words");
    assert_eq!(read("«goede zorg» zo\u{ad}rg* \u{363}a"), "(and 'goede zorg' zorg* a)");
    assert_eq!(read("\u{feff}zorg OR\u{200b}werk"), "(or zorg werk)", "what is pasted along unseen");
}

#[test]
fn operators() {
    assert_eq!(read("a b AND c"), "(and a b c)");
    assert_eq!(read("a OR b c"), "(or a (and b c))");
    assert_eq!(read("(a OR b) c"), "(and (or a b) c)");
    assert_eq!(read("a -b NOT c -(d e)"), "(and a (not b) (not c) (not (and d e)))");
    assert_eq!(read("a NOT NOT b"), "(and a b)");
    assert_eq!(read("-\"a b\" c"), "(and (not 'a b') c)");
    assert_eq!(read("a –b −(c)"), "(and a (not b) (not c))", "a minus that became a dash");
    assert_eq!(read("a–b"), "'a b'");
    assert_eq!(read("a start–date:x"), read("a start-date:x"), "a dash in the name of a field");
    for minus in ["-", "--", "—", "‐", "‑", "–-", "−"] {
        assert_eq!(read(&format!("a {minus}b")), "(and a (not b))", "{minus}");
        assert_eq!(read(&format!("a {minus}€50")), "(and a (not 50))", "{minus} before a sign");
        assert_eq!(read(&format!("a {minus}'b'")), "(and a (not b))", "{minus} before a single quote");
        assert_eq!(
            wrong(&format!("a {minus} b")),
            format!("{minus} at character 3 holds no letter or digit to search for")
        );
    }
}

#[test]
fn neighbourhoods() {
    assert_eq!(read("a NEAR/8 b"), "(Near(Some(Words(8))) a b)");
    assert_eq!(read("a NEAR b THEN/2 c"), "(Then(Some(Words(2))) (Near(None) a b) c)");
    assert_eq!(read("x a NEAR/2t code:b y"), "(and x (Near(Some(Turns(2))) a code:[b]) y)");
    assert_eq!(read("(a OR \"b c\") THEN d"), "(Then(None) (or a 'b c') d)");
    assert_eq!(read("code:a INSIDE (code:b coder:anna)"), "(Inside code:[a] (and code:[b] coder:[anna]))");
    assert_eq!(read("/flex.*/ OVERLAPS memo:x"), "(Overlaps /flex.*/ memo:[x])");
}

#[test]
fn fields() {
    assert_eq!(
        read("case:x organisation:\"De Zorg\" doc:int*"),
        "(and case:[x] organisation:[De Zorg] doc:int*)"
    );
    assert_eq!(
        read("size:>250 size:>=250 size:<9 date:2019..2021-06 n:..5"),
        "(and size:>250 size:>=250 size:<9 date:2019..2021-06 n:<=5)"
    );
    assert_eq!(read("code:=training code:=\"een twee\""), "(and code:=training code:=een twee)");
    assert_eq!(read("code:\"fixed c\"* doc:\"a \"\"b\"\" c\""), "(and code:fixed c* doc:[a \"b\" c])");
    assert_eq!(read("status=planned status=\"in place\""), "(and status=[planned] status=[in place])");
    assert_eq!(read("code:(a OR \"b c\" OR d*) werk"), "(and (of code:[a] code:[b c] code:d*) werk)");
    assert_eq!(read("case.sector:zorg"), "case.sector:[zorg]");
    assert_eq!(read("code:(a) coder:b"), "(and code:[a] coder:[b])", "one value is the field itself");
    assert_eq!(read("code:a (coder:b)"), "(and code:[a] (and coder:[b]))", "in parentheses it stands apart");
    assert_eq!(read("code:a ((coder:b)) -(coder:c)"), "(and code:[a] (and coder:[b]) (not (and coder:[c])))");
    assert_eq!(read("code:a NOT NOT coder:b"), "(and code:[a] (and coder:[b]))");
    assert_eq!(read("stem:(a OR b)"), "(or stem(a) stem(b))");
    assert_eq!(read("\"case:zorg\" 12:30 http://x"), "(and 'case zorg' '12 30' http:[//x])");
}

#[test]
fn wrong_queries_say_where() {
    for (text, message) in [
        ("", "the query is empty"),
        ("a \"b", "unclosed quote at character 3"),
        ("(a", "unclosed parenthesis at character 1"),
        ("a)", "closing parenthesis at character 2 without an opening one"),
        ("a ()", "nothing between the parentheses at character 3"),
        ("a OR", "OR at character 3 has nothing after it"),
        ("AND a", "AND at character 1 has nothing before it"),
        ("a NEAR/3", "NEAR/3 at character 3 has nothing after it"),
        ("THEN a", "THEN at character 1 has nothing before it"),
        ("a NOT", "NOT at character 3 has nothing after it"),
        ("a *", "the star at character 3 belongs to no word"),
        ("a \"b ** c\"", "the star at character 6 belongs to no word"),
        ("ab~3", "~ at character 3 has nothing to loosen, or not by so much"),
        ("e-mail~", "~ at character 7 has nothing to loosen, or not by so much"),
        ("\"ab\"~2", "~ at character 5 has nothing to loosen, or not by so much"),
        ("a /b", "unclosed expression: / at character 3"),
        ("/(b/", "the expression at character 1 cannot be read: unclosed group"),
        ("/b*/", "the expression at character 1 fits an empty text, so it would be found everywhere"),
        ("a NEAR/x b", "NEAR/x at character 3 is no distance"),
        ("a NEAR/0 b", "NEAR/0 at character 3 is no distance"),
        ("a near/8 b", "near/8 at character 3 is no operator: those are written in capitals"),
        ("a size>250", "size>250 at character 3 compares without a colon: size:>250"),
        ("a size >250", "size >250 at character 3 compares without a colon: size:>250"),
        (
            "\"Number of staff\" >3",
            "\"Number of staff\">3 at character 1 compares without a colon: \"Number of staff\":>3",
        ),
        ("<=3", "<=3 at character 1 compares without a colon: field:<=3"),
        ("date<=2026-03", "date<=2026-03 at character 1 compares without a colon: date:<=2026-03"),
        ("-status>planned a", "status>planned at character 2 compares without a colon: status:>planned"),
        ("(memo:x code:a) INSIDE code:b", "the left side of INSIDE at character 17 has no place in a text"),
        ("role:x INSIDE b", "the left side of INSIDE at character 8 has no place in a text"),
        ("b INSIDE -c", "the right side of INSIDE at character 3 has no place in a text"),
        ("-a", "the part at character 1 only says what not to find"),
        ("a OR -b", "the part at character 6 only says what not to find"),
        ("case:", "case: at character 1 has no value"),
        ("case:>", "case: at character 1 has no value"),
        ("doc:a*b", "the star at character 6 is not at the end of a value"),
        ("doc:*", "doc: at character 1 has a star and no value before it"),
        ("a sector:** b", "sector: at character 3 has a star and no value before it"),
        ("sector:(x OR *)", "sector: at character 14 has a star and no value before it"),
        ("a =werk*", "the star at character 8 stands in a word that is searched as it is or by its stem"),
        ("stem:werk*", "the star at character 10 stands in a word that is searched as it is or by its stem"),
        ("/\\b/", "the expression at character 1 fits an empty text, so it would be found everywhere"),
        ("a /zorg|\\b/", "the expression at character 3 fits an empty text, so it would be found everywhere"),
        ("case:(a b)", "between the values of case: only OR can stand (character 9)"),
        ("case:(a AND b)", "between the values of case: only OR can stand (character 9)"),
        ("case:((a))", "between the values of case: only OR can stand (character 7)"),
        ("code:(\"a b\"~3)", "between the values of code: only OR can stand (character 7)"),
        ("status=", "status= at character 1 has no value"),
        ("a \u{363}", "\u{363} at character 3 holds no letter or digit to search for"),
        ("a - b", "- at character 3 holds no letter or digit to search for"),
        ("memo:no INSIDE code:a", "the left side of INSIDE at character 9 has no place in a text"),
        ("a INSIDE (memo:nee OR b)", "the right side of INSIDE at character 3 has no place in a text"),
    ] {
        if text.is_empty() {
            assert_eq!(Query::parse(text).unwrap_err(), QueryError::Empty);
            continue;
        }
        assert_eq!(wrong(text), message, "{text}");
    }
    let deep = "(".repeat(100) + "a" + &")".repeat(100);
    assert!(wrong(&deep).contains("more than 64"));
    assert!(wrong(&vec!["a"; 100].join(" NEAR ")).contains("more than 64"));
    assert!(wrong(&"a ".repeat(1001)).contains("more than 1000"));
    assert!(wrong(&format!("case:({})", vec!["a"; 1001].join(" OR "))).contains("more than 1000"));
    // What is long is not repeated in full.
    assert!(wrong(&format!("{}:", "a".repeat(10_000))).len() < 200);
}

#[test]
fn words_that_look_like_operators_are_told() {
    let notes = |text: &str| Query::parse(text).unwrap().notes().to_vec();
    assert_eq!(notes("zorg or werk"), [Note::LowerCase("or".into())]);
    assert_eq!(notes("or"), []);
    assert_eq!(notes("zorg OR werk"), []);
    assert_eq!(notes("a overlaps b overlaps c"), [Note::LowerCase("overlaps".into())]);
    assert_eq!(notes("zorg OF werk"), [Note::Dutch("OF".into(), "OR")]);
    assert_eq!(notes("'goede zorg'"), [Note::SingleQuotes('\'')]);
    assert_eq!(notes("a ‘goede lange zorg’ b"), [Note::SingleQuotes('‘')]);
    assert_eq!(notes("'s ochtends don't"), []);
    assert_eq!(notes("zorg Or werk"), [Note::LowerCase("Or".into())]);
    assert_eq!(notes("NIET zorg"), [Note::Dutch("NIET".into(), "NOT")]);
    assert_eq!(notes("not zorg"), [Note::LowerCase("not".into())]);
    assert_eq!(notes("werk (not zorg)"), [Note::LowerCase("not".into())]);
    assert_eq!(notes("niet zorg"), [], "a Dutch word");
    assert_eq!(notes("(not) OR zorg"), []);
    let meant = |text: &str| -> Vec<String> {
        let one = |note| match note {
            Note::Meant(written, meant) => format!("{written} > {meant}"),
            other => format!("{other:?}"),
        };
        notes(text).into_iter().map(one).collect()
    };
    assert_eq!(meant("sector :zorg"), ["sector :zorg > sector:zorg"]);
    assert_eq!(meant("a =code:training"), ["=code:training > code:=training"]);
    assert_eq!(meant("w?rk"), ["w?rk > w*rk"]);
    assert_eq!(meant("werk|zorg"), ["werk|zorg > werk OR zorg"]);
    assert_eq!(meant("!werk zorg"), ["!werk > -werk"]);
    assert_eq!(meant("werk^2 zorg^0.5"), ["werk^2 > werk", "zorg^0.5 > zorg"]);
    assert_eq!(meant("werk AND/5 zorg"), ["AND/5 > NEAR/5"]);
    assert_eq!(meant("werk NEAR5 zorg THEN12 x"), ["NEAR5 > NEAR/5", "THEN12 > THEN/12"]);
    assert_eq!(meant("werk? wat! a:b ORDER OR5 12|"), [""; 0], "what says nothing else");
    assert_eq!(notes("werk INSIDE training"), [Note::WordSide("training".into(), "INSIDE")]);
    assert_eq!(notes("a (b OVERLAPS Zorg)"), [Note::WordSide("zorg".into(), "OVERLAPS")]);
    assert_eq!(notes("werk INSIDE \"het werk\" OVERLAPS *zorg*"), [], "words can stand in these");
    assert_eq!(notes("(the OR and) werk"), [], "no operator could stand there");
}

/// What restricts a query is shown as one writes it.
#[test]
fn restrictions_are_written_as_one_writes_them() {
    let filters = |text: &str| Query::parse(text).unwrap().filters();
    assert_eq!(filters("rooster* -role:interviewer lang:nl zorg"), ["-role:interviewer", "lang:nl"],);
    assert_eq!(
        filters("werk (sector:haven OR sector:\"de zorg\") code:(a OR b*) status=planned"),
        ["(sector:haven OR sector:\"de zorg\")", "code:(a OR b*)", "status=planned"],
    );
    assert_eq!(filters("(werk -code:=x) size:>=250"), ["-code:=x", "size:>=250"]);
    assert_eq!(filters("coded:no"), ["coded:no"]);
    assert_eq!(filters("werk OR zorg"), [""; 0]);
    for one in filters("a case:\"x \"\"y\"\"\" -(b:c OR d:e*) size:..5 date:2019..2020 k=\"v\"*") {
        assert_eq!(filters(&one.replace("-(", "x -(")).last(), Some(&one), "read again");
    }
}

#[test]
fn stems_are_told() {
    assert!(Query::parse("a (b OR stem:c)").unwrap().stems());
    assert!(!Query::parse("a b~ /stem:c/").unwrap().stems());
}

/// Signs that stand alone between words are left out, and told; those that mean something, alone or beside an
/// operator, are an error.
#[test]
fn signs_alone_are_left_out_between_words_only() {
    for (text, tree, signs) in [
        ("budget & zorg", "(and budget zorg)", &["&"][..]),
        ("budget … zorg … … &", "(and budget zorg)", &["…", "&"]),
        ("👩 flexibel", "flexibel", &["👩"]),
        ("(❤\u{fe0f} a) -b", "(and a (not b))", &["❤\u{fe0f}"]),
        ("a OR (+ b) OR c ?", "(or a b c)", &["+", "?"]),
        ("% a AND b NEAR/2 c %", "(and a (Near(Some(Words(2))) b c))", &["%"]),
    ] {
        assert_eq!(read(text), tree, "{text}");
        let signs = signs.iter().map(|s| (*s).to_owned()).collect();
        assert_eq!(Query::parse(text).unwrap().notes(), [Note::Signs(signs)], "{text}");
    }
    for (text, sign, at) in [
        ("&", "&", 1),
        ("& …", "&", 1),
        ("(&)", "&", 2),
        ("a AND & b", "&", 7),
        ("a & AND b", "&", 3),
        ("a OR … b", "…", 6),
        ("& OR zorg", "&", 1),
        ("a … & OR zorg", "…", 3),
        ("a NEAR/3 & b", "&", 10),
        ("a & NEAR/3 b", "&", 3),
        ("a -&", "-&", 3),
        ("a NOT & b", "&", 7),
        ("a > 3", ">", 3),
        ("a || b", "||", 3),
        ("a : b", ":", 3),
        ("a ! b", "!", 3),
        ("a \"…\" b", "\"…\"", 3),
    ] {
        let message = format!("{sign} at character {at} holds no letter or digit to search for");
        assert_eq!(wrong(text), message, "{text}");
    }
    assert_eq!(wrong("a ~ b"), "~ at character 3 holds no letter or digit to search for");
    let hint = |text: &str| Query::parse(text).unwrap_err().hint();
    assert_eq!(hint("a || b"), "between words of which one is enough, write OR");
    assert_eq!(hint("a ! b"), hint("a – b"));
    assert!(hint("size > 250").contains("stand together"));
    // A list of values has values, whatever they are made of.
    assert_eq!(read("x:(& OR a)"), "(of x:[&] x:[a])");
    assert_eq!(wrong("x:(a & b)"), "between the values of x: only OR can stand (character 6)");
}

/// `!werk` is told to be `-werk` where that can stand, and else what to write.
#[test]
fn a_minus_is_proposed_beside_something_to_find() {
    let told = |text: &str| -> Vec<String> {
        Query::parse(text).unwrap().notes().iter().map(ToString::to_string).collect()
    };
    assert_eq!(told("zorg !werk"), ["`!werk` is searched as text; did you mean -werk?"]);
    for text in ["!werk", "zorg OR !werk", "zorg NEAR !werk"] {
        assert_eq!(
            told(text),
            [
                "`!werk` is searched as text; what is taken away stands beside what to find, as in role:respondent -werk"
            ],
            "{text}"
        );
    }
    assert_eq!(told("zorg werk|loon"), ["`werk|loon` is searched as text; did you mean (werk OR loon)?"]);
}

/// A star alone is no value, and how any value is asked for is told where it can be.
#[test]
fn a_star_alone_is_told() {
    let hint = |text: &str| Query::parse(text).unwrap_err().hint();
    assert_eq!(hint("code:*"), "write coded:yes");
    assert_eq!(hint("memo:*"), "write memo:yes");
    assert_eq!(hint("done:*"), "write done:yes");
    assert_eq!(
        hint("sector:*"),
        "write how the value begins, as in sector:a*; whether there is any value cannot be asked"
    );
}
