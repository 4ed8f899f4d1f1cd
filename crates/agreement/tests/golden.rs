//! The reference series of saturation, made and checked by another program.
#![expect(clippy::print_stdout, reason = "a test says what it skips")]

use verbatim_agreement::saturation::{Guest, guest};

/// `saturation_made` of the golden data: a made series, its ratios and what the rule says of it, checked
/// there against the Python package qdaPy.
#[test]
fn the_rule_is_that_of_guest_namey_and_chen() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/agreement/expected.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: no golden data at {path}");
        return;
    };
    let all: serde_json::Value = serde_json::from_str(&text).unwrap();
    let list = all.as_array().cloned().or_else(|| all["entries"].as_array().cloned()).unwrap();
    let entry = list.iter().find(|e| e["dataset"].as_str().unwrap().starts_with("saturation_made")).unwrap();
    let name = entry["dataset"].as_str().unwrap();
    let series = name.split_once(": ").unwrap().1.trim_end_matches(')');
    let new: Vec<usize> = series.split(' ').map(|n| n.parse().unwrap()).collect();
    assert_eq!(new.len(), 12);
    for (key, run, threshold) in
        [("run2_threshold_5pct", 2, 0.05), ("run3_threshold_5pct", 3, 0.05), ("run2_threshold_0pct", 2, 0.0)]
    {
        let judged = guest(&new, Guest { base: 4, run, threshold });
        assert_eq!(judged.base_codes as u64, entry["value"].as_u64().unwrap());
        assert_eq!(format!("{}+{run}", judged.reached.unwrap()), entry["expect"][key], "{key}");
    }
    let runs = guest(&new, Guest::default()).runs;
    let first: Vec<_> = runs.iter().take(3).map(|(_, new, share)| (*new, share.unwrap())).collect();
    assert_eq!(first, [(3, 3.0 / 37.0), (2, 2.0 / 37.0), (1, 1.0 / 37.0)]);
}
