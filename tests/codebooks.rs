//! The codebook of flexicurity against the article's Table 1, copied here by hand, and the rules that
//! follow from it.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

use serde_json::Value;

const DIMENSIONS: [&str; 6] = ["OF", "OS", "IS", "JS", "ES", "CS"];

/// Per cluster: id, key, labels, the cells of [`DIMENSIONS`], and the degree that the table prints. `.` is
/// a blank of the table, `x` a mark whose place is lost.
const TABLE: [(&str, &str, &str, &str, &str, u64); 7] = [
    ("internal-mobility", "1", "Interne mobiliteit", "Internal mobility", "++++ +?", 3),
    ("external-mobility", "2", "Externe mobiliteit", "External mobility", "++-- +-", 1),
    ("employment-terms", "3", "Arbeidsvoorwaarden", "Terms of employment", ".+xx x+", 2),
    (
        "sustainable-employability",
        "4",
        "Duurzame inzetbaarheid",
        "Sustainable employability (health, vitality)",
        ".+x+ xx",
        3,
    ),
    ("training", "5", "Opleidingen", "Training", "++x+ +x", 3),
    ("work-life-balance", "6", "Werk-privébalans", "Work–life balance", "-+xx x+", 2),
    (
        "social-responsibility",
        "7",
        "Maatschappelijk verantwoord ondernemen",
        "Corporate social responsibility",
        ".+xx xx",
        2,
    ),
];

fn book() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("codebooks/flexicurity.json");
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The certain cell of a cluster; none where nothing is certain.
fn cell(code: &Value, dimension: &str) -> Option<char> {
    code["effects"][dimension]["value"].as_str().map(|v| v.chars().next().unwrap())
}

#[test]
fn the_seven_clusters_say_what_the_article_says() {
    let book = book();
    let codes = book["codes"].as_array().unwrap();
    assert_eq!(codes.len(), TABLE.len());
    for (code, (id, key, nl, en, cells, degree)) in codes.iter().zip(TABLE) {
        assert_eq!((code["id"].as_str(), code["shortcut"].as_str()), (Some(id), Some(key)));
        assert_eq!((code["label"]["nl"].as_str(), code["label"]["en"].as_str()), (Some(nl), Some(en)));
        for (dimension, mark) in DIMENSIONS.iter().zip(cells.chars().filter(|c| *c != ' ')) {
            let effect = &code["effects"][*dimension];
            let (blank, basis) = (effect["blank"] == true, effect["basis"].as_str().unwrap());
            match mark {
                '.' => {
                    assert!(cell(code, dimension).is_none() && blank && basis == "table", "{id} {dimension}")
                }
                'x' => {
                    assert!(
                        cell(code, dimension).is_none() && !blank && basis == "unknown",
                        "{id} {dimension}"
                    );
                }
                mark => {
                    assert_eq!(cell(code, dimension), Some(mark), "{id} {dimension}");
                    assert!(matches!(basis, "table" | "prose"), "{id} {dimension} {basis}");
                }
            }
        }
        assert_eq!(code["degree"], serde_json::json!({ "value": degree, "basis": "table" }), "{id}");
        for field in ["definition", "include", "exclude"] {
            for language in ["nl", "en"] {
                assert!(
                    !code[field][language].as_str().unwrap().trim().is_empty(),
                    "{id} {field} {language}"
                );
            }
        }
        assert!(!code["examples"].as_array().unwrap().is_empty(), "{id}");
    }
}

#[test]
fn the_rules_on_the_certain_cells_give_the_articles_conclusion() {
    let book = book();
    let mut truly = Vec::new();
    for (code, (id, .., degree)) in book["codes"].as_array().unwrap().iter().zip(TABLE) {
        let plus = |dimension: &&str| cell(code, dimension) == Some('+');
        let certain = DIMENSIONS[2..].iter().filter(|d| plus(d)).count() as u64;
        assert!(certain <= degree, "{id}: the certain cells give a lower bound");
        if plus(&"OF") && plus(&"OS") && certain >= 2 {
            truly.push(id);
        }
    }
    assert_eq!(truly, ["internal-mobility", "training"]);
}

#[test]
fn boundary_cases_are_told_where_one_would_look_for_them() {
    let book = book();
    let said = |id: &str, field: &str| {
        let codes = book["codes"].as_array().unwrap();
        let all = codes.iter().flat_map(|c| std::iter::once(c).chain(c["children"].as_array().unwrap()));
        let code = all.into_iter().find(|c| c["id"] == id).unwrap();
        code[field]["en"].as_str().unwrap().to_lowercase()
    };
    for (id, other) in [
        ("training", "employability budget"),
        ("training", "wages"),
        ("internal-mobility", "training budget"),
        ("sustainable-employability", "self-rostering"),
        ("work-life-balance", "shift"),
    ] {
        assert!(said(id, "exclude").contains(other), "{id}: {}", said(id, "exclude"));
    }
    let parent = |child: &str| {
        let codes = book["codes"].as_array().unwrap();
        let has = |c: &&Value| c["children"].as_array().unwrap().iter().any(|k| k["id"] == child);
        codes.iter().find(has).unwrap()["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(parent("employability-budget"), "internal-mobility");
    assert_eq!(parent("personal-training-budget"), "training");
    assert_eq!(parent("training-budget-as-wages"), "employment-terms");
    assert_eq!(parent("self-rostering"), "work-life-balance");
    assert_eq!(parent("shift-rosters"), "sustainable-employability");
}
