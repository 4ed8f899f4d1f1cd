//! The report: every cell leads to the passages that make it up, counted by hand in a study of two talks.

use std::collections::BTreeMap;

use crate::support::World;

/// Two dimensions; a pool that pushes one up and the other down, working at home with swapping below it, and
/// a code that came up while reading.
const BOOK: &str = r#"{
  "id": "b", "title": {"en": "Work", "nl": "Werk"},
  "dimensions": [{"id": "OF", "label": {"en": "Flexible", "nl": "Flexibel"}}, {"id": "CS", "label": {"en": "Combining", "nl": "Combineren"}}],
  "codes": [
    {"id": "pool", "label": {"en": "Pool"}, "status": "fixed", "effects": {"OF": {"value": "+"}, "CS": {"value": "-"}}},
    {"id": "home", "label": {"en": "Home"}, "status": "fixed",
     "effects": {"OF": {"value": null, "blank": true}, "CS": {"value": "+"}},
     "children": [{"id": "swap", "label": {"en": "Swap"}, "status": "fixed"}]},
    {"id": "rush", "label": {"en": "Rush"}, "status": "fixed", "origin": "in-vivo"}
  ]
}"#;

/// By hand, the passages in the order of the report, which is by code and by case:
/// 1 "a pool of people and it is a rush" (two codings that overlap), 2 "The pool again", 3 "No pool" (beta);
/// 4 "work at home on Fridays and swap days" (with the swap), 5 "we work at home; that is" (beta);
/// 6 "it is a rush", 7 "that is a rush too" (beta).
fn talks(quote: &str) -> World {
    let mut world = World::new();
    world.write("book.json", BOOK);
    world.run(&["init", ".", "--codebook", "book.json", "--language", "en,nl"]).done();
    world.write(
        "in/one.txt",
        "Interviewer: What do you do?\n\nAnn: We have a pool of people and it is a rush. They work at home on Fridays and swap days.\n\nInterviewer: And else?\n\nAnn: The pool again.\n",
    );
    world.write(
        "in/two.txt",
        "Interviewer: And you?\n\nBo: No pool, but we work at home; that is a rush too. We sell bread all day long.\n",
    );
    world.run(&["import", "in"]).done();
    world.write(
        "corpus/documents.csv",
        "document,title,case,kind,language,date\none,Talk one,alpha,interview,en,2026-01-01\ntwo,Talk two,beta,interview,en,2026-01-02\n",
    );
    world.write("corpus/cases.csv", "case,name\nalpha,Alpha\nbeta,Beta\n");
    world.write(
        "corpus/speakers.csv",
        format!("document,speaker,name,role,case,quote\none,Interviewer,,interviewer,,\none,Ann,,respondent,,\ntwo,Interviewer,,interviewer,,\ntwo,Bo,,respondent,,{quote}\n"),
    );
    for (document, piece, code) in [
        ("one", "a pool of people", "pool"),
        ("one", "people and it is a rush", "pool"),
        ("one", "The pool again", "pool"),
        ("two", "No pool", "pool"),
        ("one", "work at home on Fridays", "home"),
        ("one", "on Fridays and swap days", "swap"),
        ("two", "we work at home; that is", "home"),
        ("one", "it is a rush", "rush"),
        ("two", "that is a rush too", "rush"),
    ] {
        world.code(document, piece, code);
    }
    world.run(&["done", "one", "two"]).done();
    world.said.clear();
    world
}

/// Text without its tags.
fn bare(html: &str) -> String {
    html.split('<')
        .enumerate()
        .map(|(i, part)| if i == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) })
        .collect()
}

/// The lines of the lists: by the name of their place what stands in them.
fn lines(html: &str) -> BTreeMap<String, String> {
    html.split("<li id=\"")
        .skip(1)
        .filter_map(|part| {
            let (id, rest) = part.split_once('"')?;
            let (_, words) = rest.split("</li>").next()?.split_once('>')?;
            Some((id.to_owned(), bare(&words.replace("</b> ", " | "))))
        })
        .collect()
}

/// The cells of the table with this title: row by row what they show and where they lead.
fn cells(html: &str, title: &str) -> Vec<Vec<(String, String)>> {
    let table = html.split("<table>").find(|t| t.contains(&format!("<span>{title}</span>"))).unwrap();
    let body = table.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    let cell = |cell: &str| {
        let to = cell.split("href=\"#").nth(1).and_then(|t| t.split('"').next()).unwrap_or_default();
        (bare(cell.split_once('>').unwrap().1).trim().to_owned(), to.to_owned())
    };
    let row = |row: &str| row.split("<t").skip(1).map(cell).collect();
    body.split("<tr>").skip(1).map(row).collect()
}

/// The words of the passage of a number, with the heading below which it stands.
fn passage(html: &str, number: usize) -> (String, String) {
    let (before, after) = html.split_once(&format!("<blockquote id=\"p{number}\">")).unwrap();
    let heading = before.rsplit("<h4 id=\"").next().unwrap().split('"').next().unwrap();
    (heading.to_owned(), bare(after.split("</p>").next().unwrap()))
}

fn report(world: &mut World, more: &[&str]) -> String {
    world.run(&[&["report", "report.html"], more].concat()).done();
    world.read("report.html")
}

#[test]
fn each_cell_leads_to_the_passages_counted_by_hand() {
    let html = report(&mut talks(""), &[]);
    let told: Vec<(String, String)> = (1..=7).map(|n| passage(&html, n)).collect();
    let words = [
        ("code-1-row-1", "“a pool of people and it is a rush”"),
        ("code-1-row-1", "“The pool again”"),
        ("code-1-row-2", "“No pool”"),
        ("code-2-row-1", "“work at home on Fridays and swap days”"),
        ("code-2-row-2", "“we work at home; that is”"),
        ("code-4-row-1", "“it is a rush”"),
        ("code-4-row-2", "“that is a rush too”"),
    ];
    assert_eq!(told, words.map(|(place, text)| (place.to_owned(), text.to_owned())));
    assert!(!html.contains("id=\"p8\""));
    // Two codes meet on what both cover; of a part of both the words stand there.
    let wanted = [
        ("meet-1-3", "Pool × Rush | 1 + 6"),
        ("meet-2-3", "Home × Rush | 5 + 7 “that is”"),
        ("acts-1-1-1", "Flexible | + Pool: 1, 2"),
        // Where a swap is spoken of as well, the swap is the activity; it has the effects of its cluster.
        ("acts-1-1-2", "Combining | + Swap: 4 · − Pool: 1, 2"),
        ("acts-1-2-1", "Flexible | + Pool: 3"),
        ("acts-1-2-2", "Combining | + Home: 5 · − Pool: 3"),
        ("new-1", "1. Talk one | Rush: 6"),
        ("found-1", "1. Talk one | Rush: 6"),
        ("found-2", "2. Talk two | Rush: 7"),
        ("coded-1", "Talk one | 1 + 6, 4, 2"),
        ("coded-2", "Talk two | 3, 5 + 7"),
        ("inside-3", "Swap | 4"),
    ];
    let wanted: BTreeMap<String, String> =
        wanted.into_iter().map(|(id, text)| (id.to_owned(), text.to_owned())).collect();
    assert_eq!(lines(&html), wanted);
    let cell = |text: &str, to: &str| (text.to_owned(), to.to_owned());
    assert_eq!(
        cells(&html, "code × code"),
        [
            [cell("Pool", ""), cell("3", "code-1"), cell("0", ""), cell("1", "meet-1-3")],
            [cell("Home", ""), cell("0", ""), cell("2", "code-2"), cell("1", "meet-2-3")],
            [cell("Rush", ""), cell("1", "meet-1-3"), cell("1", "meet-2-3"), cell("2", "code-4")],
        ]
    );
    assert_eq!(
        cells(&html, "code × dimension"),
        [
            [cell("Pool", ""), cell("+", "code-1"), cell("-", "code-1")],
            [cell("Home", ""), cell("", ""), cell("+", "code-2")],
        ]
    );
    assert_eq!(
        cells(&html, "Profile: what activities push up and down"),
        [
            [cell("Alpha", ""), cell("+1", "acts-1-1-1"), cell("+1 −1 ≈", "acts-1-1-2")],
            [cell("Beta", ""), cell("+1", "acts-1-2-1"), cell("+1 −1 ≈", "acts-1-2-2")],
        ]
    );
    let new = cells(&html, "Code saturation: new codes per interview");
    assert_eq!(
        [&new[0][4], &new[0][5], &new[0][12]],
        [&cell("1", "new-1"), &cell("1", "found-1"), &cell("rush", "new-1")]
    );
    assert_eq!([&new[1][4], &new[1][5]], [&cell("0", ""), &cell("1", "found-2")]);
    let coded = cells(&html, "what is coded of what was said");
    // Nine, eight and three words of the 23 that Ann says; two and nine of Bo's 18.
    assert_eq!([&coded[0][3], &coded[1][3]], [&cell("23", ""), &cell("18", "")]);
    assert_eq!([&coded[0][4], &coded[1][4]], [&cell("20", "coded-1"), &cell("11", "coded-2")]);
    assert!([&coded[0][5], &coded[1][5]].iter().all(|c| c.1.starts_with("coded-")));
    // The dot of the only interview with something new leads there too.
    assert_eq!(html.matches("<a href=\"#new-1\" tabindex=\"-1\"><title>Talk one: 1 new</title>").count(), 1);
    // Signs are told in words, and a number says what it is of.
    for told in [
        "aria-label=\"Pool, Combining: less\">",
        "aria-label=\"Combining: up 1, down 1, possibly offset\">",
        "<a href=\"#p4\" aria-label=\"passage 4\">4</a>",
    ] {
        assert!(html.contains(told), "{told}");
    }
}

#[test]
fn a_finer_grid_has_its_own_passages() {
    let html = report(&mut talks(""), &["--level", "all"]);
    let lines = lines(&html);
    // Below the swap stands what was coded as such; the cluster holds it too.
    assert_eq!(passage(&html, 6), ("code-3-row-1".to_owned(), "“on Fridays and swap days”".to_owned()));
    assert_eq!(lines["acts-1-1-2"], "Combining | + Swap: 6 · − Pool: 1, 2");
    assert!(!lines.contains_key("inside-3") && html.contains("<a href=\"#code-3\">"));
    // A code and one above it always meet and are no pair.
    assert!(!lines.contains_key("meet-2-3") && lines["meet-2-4"] == "Home × Rush | 5 + 8 “that is”");
    assert_eq!(lines["coded-1"], "Talk one | 1 + 7, 4 + 6, 2");
}

#[test]
fn what_must_not_be_quoted_is_counted_and_not_led_to() {
    for more in [&[][..], &["--anonymous", "--language", "nl"]] {
        let html = report(&mut talks("no"), more);
        let (lines, dutch) = (lines(&html), !more.is_empty());
        let not = if dutch { "niet geciteerd" } else { "not quoted" };
        let end = |id: &str| lines[id].split(" | ").nth(1).unwrap().to_owned();
        assert_eq!(end("meet-2-3"), format!("5 ({not}) + 7 ({not})"));
        assert_eq!(end("coded-2"), format!("3 ({not}), 5 ({not}) + 7 ({not})"));
        assert_eq!(end("coded-1"), "1 + 6, 4, 2");
        assert!(!html.contains("“that is") && !html.contains("that is a rush") && !html.contains("No pool"));
        for number in 1..=7 {
            let refused = [3, 5, 7].contains(&number);
            assert_eq!(html.contains(&format!("href=\"#p{number}\"")), !refused, "{number}");
        }
        assert_eq!(html.contains("Talk one"), !dutch);
        assert_eq!(html.contains("Alpha"), !dutch);
        if dutch {
            assert!(
                html.contains("De fragmenten achter elke cel") && html.contains("aria-label=\"fragment 4\"")
            );
            assert!(lines["coded-1"].starts_with("document 1 | "));
        }
    }
}

#[test]
fn while_blind_a_report_leads_to_own_passages_only() {
    let mut world = talks("");
    world.coder("bram");
    world.code("one", "swap days", "rush");
    world.run(&["coders", "blind", "on"]).done();
    let html = report(&mut world, &[]);
    let lines = lines(&html);
    assert_eq!(lines["coded-1"], "Talk one | 1");
    assert!(!html.contains("id=\"p2\"") && !lines.keys().any(|id| id.starts_with("meet-")));
}

#[test]
fn passages_have_their_numbers_on_paper_too() {
    let mut world = talks("");
    for (name, line) in [("r.md", "- **Pool × Rush**: 1 + 6"), ("r.json", "\"text\": \"1 + 6\"")] {
        world.run(&["report", name]).done();
        let text = world.read(name);
        assert!(text.contains(line), "{name}: {text}");
    }
    assert!(world.read("r.md").contains("> “The pool again”\\\n> 2 — Talk one"), "{}", world.read("r.md"));
    world.run(&["report", "r.docx"]).done();
}
