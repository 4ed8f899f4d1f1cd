//! The outputs that reviewers ask for, as whole commands: what they print, that their numbers are those of
//! the tables, and that nobody is quoted or named who must not be.

use std::collections::BTreeMap;

use crate::support::World;

/// The bakery and the library, partly coded, with an example, a translation, a summary and a memo.
/// Mr Lind may not be quoted.
fn coded() -> World {
    let mut world = World::with_interviews();
    world.write(
        "corpus/speakers.csv",
        "document,speaker,name,role,case,quote\nde-korst-1,Interviewer,,interviewer,,\nde-korst-1,Respondent,,respondent,,\nde-korst-2,Interviewer,,interviewer,,\nde-korst-2,Bakker,,respondent,,ask\nlibrary,Interviewer,,interviewer,,\nlibrary,Ms Okafor,Ada Okafor,respondent,,yes\nlibrary,Mr Lind,Per Lind,respondent,,no\n",
    );
    world.write(
        "corpus/documents.csv",
        "document,title,case,kind,language,date,cite_as,interviewer,mode,duration_min\nde-korst-1,De Korst: bedrijfsleider,de-korst,interview,nl,2026-01-12,interview 1,Eva,by phone,40\nde-korst-2,De Korst: bakker,de-korst,interview,nl,2026-01-13,interview 2,Eva,face to face,50\nlibrary,Town library,town-library,interview,en,2026-02-02,,Jan,face to face,61\n",
    );
    let roster = world.code("library", "only then do I draw the roster", "rosters");
    world.code("library", "Most of us swap among ourselves", "swapping");
    world.code("library", "once a year there is a course on rare books", "course");
    let monday = world.code("de-korst-1", "maandag", "course");
    world.run(&["exemplar", "mark", &monday]).done();
    world.run(&["exemplar", "translate", &monday, "en", "Monday"]).done();
    world.run(&["exemplar", "mark", &roster]).done();
    world.run(&["summary", "de-korst", "learning", "Learning is a thing of Mondays."]).done();
    world
        .run(&[
            "memo",
            "add",
            "--type",
            "decision",
            "--on",
            "code:course",
            "Courses only where there is a teacher.",
        ])
        .done();
    world.run(&["done", "library", "de-korst-1", "de-korst-2"]).done();
    world.said.clear();
    world
}

#[test]
fn each_output_prints_what_the_study_knows() {
    let mut world = coded();
    world.run(&["framework", "--quotes", "60"]).done();
    world.run(&["quotes", "--level", "all", "--max", "2"]).done();
    world.run(&["joint", "sector"]).done();
    world.run(&["codebook", "appendix"]).done();
    world.run(&["audit"]).done();
    world.run(&["member", "library/Ms Okafor", "--codes"]).done();
    world.run(&["member", "library"]).refused();
    insta::assert_snapshot!(world.said);
}

#[test]
fn methods_facts_are_facts() {
    let mut world = coded();
    world.run(&["methods"]).done();
    world.run(&["methods", "--standard", "srqr", "--language", "nl"]).done();
    insta::assert_snapshot!(world.said);
}

#[test]
fn tables_of_outputs_are_for_programs_as_well() {
    let mut world = coded();
    world.run(&["quotes", "--csv"]).done();
    let joint = world.run(&["joint", "sector", "--json"]).done().json();
    let rows = joint["blocks"][0]["rows"].as_array().unwrap();
    // By hand: of the cases read for it, one bakery and no library has a course or a budget that counts
    // as learning; the library has one too, in the words of Mr Lind.
    let n = |code: &str, group: &str| {
        let row = rows.iter().find(|r| r["code"] == code && r["group"] == group).unwrap();
        (row["n"].as_u64(), row["read"].as_u64())
    };
    assert_eq!(n("learning", "food"), (Some(1), Some(1)));
    assert_eq!(n("learning", "culture"), (Some(1), Some(1)));
    assert_eq!(n("rosters", "food"), (Some(0), Some(1)));
    insta::assert_snapshot!(world.said);
}

/// Everything that is written for readers other than the participant.
fn everything(world: &mut World) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (name, args) in [
        ("framework.html", vec!["framework", "--level", "all"]),
        ("quotes.html", vec!["quotes", "--level", "all"]),
        ("joint.html", vec!["joint", "sector", "--level", "all"]),
        ("appendix.html", vec!["codebook", "appendix"]),
        ("audit.html", vec!["audit"]),
        ("methods.html", vec!["methods"]),
    ] {
        let mut args = args;
        args.extend(["--out", name]);
        world.run(&args).done();
        out.push((name.to_owned(), world.read(name)));
    }
    world.run(&["report", "report.html", "--level", "all"]).done();
    out.push(("report.html".to_owned(), world.read("report.html")));
    out
}

#[test]
fn who_must_not_be_quoted_is_counted_and_not_quoted() {
    let mut world = coded();
    for (name, text) in everything(&mut world) {
        for words in ["swap among ourselves", "course on rare books"] {
            assert!(!text.contains(words), "{words} in {name}");
        }
        assert!(!text.contains("Mr Lind") && !text.contains("Per Lind"), "{name}");
        if name == "quotes.html" {
            assert!(text.contains("only then do I draw the roster"));
        }
    }
    let report = world.read("report.html");
    assert!(report.contains("not quoted: the speaker has not agreed to it"));
}

#[test]
fn a_report_says_who_coded_a_passage_when_and_under_which_definition() {
    let mut world = World::with_interviews();
    world.code("library", "the roster", "rosters");
    let coding = world.run(&["codings", "--json"]).json()["codings"][0].clone();
    let day = coding["at"].as_str().unwrap().get(..10).unwrap().to_owned();
    let told = format!("{}, {day}", coding["coder"].as_str().unwrap());
    world.run(&["report", "report.md", "--level", "all"]).done();
    let report = world.read("report.md");
    assert!(report.contains(&told) && !report.contains("another definition"), "{told}");
    let change = ["codebook", "change", "rosters", "--definition", "Who works when.", "--effect", "wording"];
    world.run(&change).done();
    world.run(&["report", "report.md", "--level", "all"]).done();
    assert!(world.read("report.md").contains(&format!("{told}, under another definition")));
}

#[test]
fn a_report_needs_nothing_and_tells_nothing_about_this_computer() {
    let mut world = coded();
    world.run(&["report", "report.html"]).done();
    let first = world.read("report.html");
    world.run(&["report", "again.html"]).done();
    assert_eq!(first, world.read("again.html"));
    assert!(first.contains("default-src 'none'; style-src 'sha256-"));
    for foreign in
        ["http://", "https://", "<script", "style=\"", "<link", "<img", "url(", "@import", " onload"]
    {
        assert!(!first.contains(foreign), "{foreign}");
    }
    let folder = world.path("").display().to_string();
    assert!(!first.contains(folder.trim_end_matches('/')));
}

/// The value of an attribute in each place where it is given.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let begin = format!(" {attribute}=\"");
    html.split(&begin).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The passages below each place of the report: heading id to number of quotes.
fn quotes_below(html: &str) -> BTreeMap<&str, usize> {
    html.split("<h4 id=\"")
        .skip(1)
        .filter_map(|part| {
            let (id, rest) = part.split_once('"')?;
            let end =
                ["<h2", "<h3", "</main>"].iter().filter_map(|t| rest.find(t)).min().unwrap_or(rest.len());
            Some((id, rest[..end].matches("<blockquote").count()))
        })
        .collect()
}

#[track_caller]
fn cells_lead_to_their_passages(world: &mut World, study: &str) {
    world.run(&["report", "report.html", "--study", study]).done();
    let html = world.read("report.html");
    let mut ids = values(&html, "id");
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "two places of one name");
    for link in values(&html, "href") {
        assert!(link.starts_with('#') && ids.contains(&&link[1..]), "{link} leads nowhere");
    }
    let below = quotes_below(&html);
    let grid = html.split("<figure class=\"heat\">").nth(1).unwrap().split("</table>").next().unwrap();
    let mut from_grid: Vec<u64> = Vec::new();
    for cell in grid.split("<a href=\"#").skip(1) {
        let (id, rest) = cell.split_once('"').unwrap();
        let shown = rest.split("<bdi>").nth(1).unwrap().split('<').next().unwrap();
        let n: u64 = shown.trim_end_matches('+').parse().unwrap();
        assert_eq!(below.get(id).copied(), Some(n as usize), "{id}");
        from_grid.push(n);
    }
    // The same numbers as the table of frequencies.
    let table = world.run(&["freq", "--level", "top", "--json", "--study", study]).done().json();
    let rows = table["rows"].as_array().unwrap();
    let from_table: Vec<u64> = rows.iter().filter_map(|r| r["n"].as_u64()).filter(|n| *n > 0).collect();
    assert_eq!(from_grid, from_table);
    assert!(!from_grid.is_empty());
}

#[test]
fn every_number_of_the_grid_leads_to_so_many_passages() {
    cells_lead_to_their_passages(&mut coded(), ".");
}

#[test]
fn every_number_of_the_sample_leads_to_so_many_passages() {
    let mut world = World::new();
    world.run(&["demo", "sample"]).done();
    cells_lead_to_their_passages(&mut world, "sample");
}

#[test]
fn what_files_say_is_text_and_nothing_else() {
    let evil = "<script>alert('&\"')</script>";
    let mut world = World::with_study();
    world.write(
        "in/a<b>.txt",
        format!("Q: What is {evil}?\n\nA: It says {evil} and <img src=x onerror=alert(1)>.\n"),
    );
    world.run(&["import", "in", "--case", "<b>case</b>"]).done();
    let documents = world.run(&["documents", "--json"]).done().json();
    let id = documents["documents"][0]["document"].as_str().unwrap().to_owned();
    let cell = format!("\"{}\"", evil.replace('"', "\"\""));
    world.write(
        "corpus/documents.csv",
        format!("document,title,case,cite_as,<i>x</i>\n{id},{cell},c1,{cell},{cell}\n"),
    );
    world.write("corpus/cases.csv", format!("case,name,<u>\nc1,{cell},{cell}\n"));
    world.run(&["codebook", "add", "evil", "--label", evil]).done();
    world.code(&id, "It says", "learning");
    world.code(&id, "and <img src=x onerror=alert(1)>", "evil");
    world.run(&["summary", "c1", "learning", evil]).done();
    world.run(&["memo", "add", "--type", "decision", evil]).done();
    for (name, html) in everything_of(&mut world) {
        assert!(
            !html.contains("<script")
                && !html.contains("<img")
                && !html.contains("<i>")
                && !html.contains("<u>"),
            "{name}"
        );
        // What opens is what this program opens.
        for tag in html.split('<').skip(1) {
            let tag: String =
                tag.trim_start_matches(['/', '!']).chars().take_while(char::is_ascii_alphanumeric).collect();
            assert!(TAGS.contains(&tag.as_str()), "<{tag}> in {name}");
        }
    }
    assert!(world.read("report.html").contains("&lt;script&gt;"));
}

/// Every element that pages are made of.
const TAGS: &[&str] = &[
    "DOCTYPE",
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "bdi",
    "nav",
    "ol",
    "ul",
    "li",
    "main",
    "section",
    "figure",
    "figcaption",
    "div",
    "table",
    "caption",
    "span",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "b",
    "details",
    "summary",
    "svg",
    "rect",
    "polygon",
    "polyline",
    "path",
    "circle",
    "text",
    "footer",
];

fn everything_of(world: &mut World) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (name, args) in [
        ("framework.html", vec!["framework", "--level", "all"]),
        ("quotes.html", vec!["quotes", "--level", "all"]),
        ("audit.html", vec!["audit"]),
        ("methods.html", vec!["methods"]),
        ("member.html", vec!["member", "a-b/A"]),
        ("freq.html", vec!["freq"]),
    ] {
        let mut args = args;
        args.extend(["--out", name]);
        if world.run(&args).code == 0 {
            out.push((name.to_owned(), world.read(name)));
        }
    }
    world.run(&["report", "report.html"]).done();
    out.push(("report.html".to_owned(), world.read("report.html")));
    assert!(out.len() > 4, "{}", world.said);
    out
}

#[test]
fn while_blind_no_output_tells_what_others_read() {
    let mut world = coded();
    world.coder("bram");
    world.run(&["coders", "blind", "on"]).done();
    let blind = world.run(&["codings", "--json"]).json();
    assert_eq!(blind["codings"].as_array().map(Vec::len), Some(0), "{}", world.said);
    for (name, text) in everything(&mut world) {
        assert!(!text.contains("only then do I draw the roster"), "{name}");
        assert!(!text.contains("Learning is a thing of Mondays"), "{name}");
    }
}

#[test]
fn names_can_be_kept_out() {
    let mut world = coded();
    world.run(&["report", "report.html", "--anonymous", "--language", "nl"]).done();
    let html = world.read("report.html");
    for name in ["Bakkerij De Korst", "Town Library", "Town library", "anna", "Okafor", "bedrijfsleider"] {
        assert!(!html.contains(name), "{name}");
    }
    assert!(html.contains("lang=\"nl\"") && html.contains("codeur 1") && html.contains("interview 1"));
}

#[test]
fn a_file_is_written_as_its_name_says() {
    let mut world = coded();
    for name in ["f.docx", "f.html", "f.md", "f.xlsx", "f.csv", "f.json"] {
        world.run(&["framework", "--out", name]).done();
        assert!(world.path(name).exists(), "{name}");
    }
    let first = std::fs::read(world.path("f.docx")).unwrap();
    world.run(&["framework", "--out", "g.docx"]).done();
    assert_eq!(first, std::fs::read(world.path("g.docx")).unwrap());
    world.run(&["framework", "--out", "f.pdf"]).refused();
    world.run(&["report", "report.csv"]).refused();
    world.run(&["freq", "--out", "freq.docx"]).done();
}

#[test]
fn no_column_of_a_framework_has_the_name_of_another() {
    let mut world = World::with_codings(&[("the roster", "rosters")]);
    world.write(
        "corpus/cases.csv",
        "case,name,reading,count,Organisation,rosters\ntown-library,Town Library,1,2,3,4\n",
    );
    let csv = world.run(&["framework", "--csv"]).done().stdout;
    let heads: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let expected = [
        "organisation",
        "case_reading",
        "case_count",
        "case_Organisation",
        "rosters",
        "learning",
        "rosters_2",
        "pride",
        "count",
        "reading",
        "roles",
    ];
    assert_eq!(heads, expected);
    assert!(csv.contains("Town Library,1,2,3,4,"), "{csv}");
}

/// What researchers wrote names organisations as well: none of it stands in an anonymous page.
#[test]
fn anonymous_pages_name_nobody_in_what_researchers_wrote() {
    let mut world = World::with_codings(&[("rare books", "budget")]);
    let name = "Bakkerij De Korst";
    world
        .run(&[
            "codebook",
            "change",
            "budget",
            "--definition",
            "Money, as Bakkerij De Korst has it.",
            "--effect",
            "wording",
            "--reason",
            "Bakkerij De Korst",
        ])
        .done();
    world.run(&["summary", "town-library", "learning", "Not like Bakkerij De Korst."]).done();
    world.run(&["codebook", "fix", "pride"]).done();
    world.run(&["codebook", "freeze", "as agreed at Bakkerij De Korst"]).done();
    for page in
        [&["codebook", "appendix"][..], &["framework"], &["quotes"], &["audit"], &["report", "report.md"]]
    {
        let told = world.run(&[page, &["--anonymous"]].concat()).done().stdout;
        let file = std::fs::read_to_string(world.path("report.md")).unwrap_or_default();
        assert!(!told.contains(name) && !file.contains(name), "{page:?}: {told}{file}");
    }
    // They do stand there otherwise.
    assert!(world.run(&["codebook", "appendix"]).done().stdout.contains(name));
    assert!(world.run(&["framework"]).done().stdout.contains(name));
}
