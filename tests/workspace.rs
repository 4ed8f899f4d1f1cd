//! The shape of the workspace: who may know of whom, no C, no network.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Which crates of the workspace each crate may depend on.
const ALLOWED: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("import", &["model"]),
    ("agreement", &["model"]),
    ("study", &["model", "import"]),
    ("index", &["model", "import", "study"]),
    ("export", &["model", "agreement"]),
    ("refi", &["model", "import", "study"]),
    ("tui", &["model", "import", "study", "index", "agreement", "export"]),
];

/// The names of the dependencies of one manifest that tests and benchmarks do not need.
fn dependencies(manifest: &Path) -> Vec<String> {
    let text = fs::read_to_string(manifest).unwrap();
    let mut inside = false;
    let mut out = Vec::new();
    for line in text.lines() {
        if line.starts_with('[') {
            inside = line == "[dependencies]" || line == "[build-dependencies]";
        } else if inside && let Some(name) = line.split(['.', ' ', '=']).next().filter(|n| !n.is_empty()) {
            out.push(name.to_owned());
        }
    }
    out
}

#[test]
fn crates_depend_only_on_the_layers_below() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let allowed: BTreeMap<_, _> = ALLOWED.iter().copied().collect();
    let ours: Vec<&str> = ALLOWED.iter().map(|(name, _)| *name).collect();
    let mut seen = 0;
    for entry in fs::read_dir(root.join("crates")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let manifest = path.join("Cargo.toml");
        if !manifest.exists() {
            assert_eq!(name, "cli", "{name} has no manifest");
            continue;
        }
        seen += 1;
        let may = allowed.get(name.as_str()).unwrap_or_else(|| panic!("crate {name} has no layer"));
        for dependency in dependencies(&manifest) {
            let is_ours = ours.contains(&dependency.as_str());
            assert!(!is_ours || may.contains(&dependency.as_str()), "{name} must not know of {dependency}");
        }
    }
    assert!(seen >= 7, "only {seen} crates found");
}

/// The files in a folder and the folders in it.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(sources(&path));
        } else {
            out.push(path);
        }
    }
    out
}

#[test]
fn the_model_is_pure() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for crate_name in ["model", "agreement", "export"] {
        for path in sources(&root.join("crates").join(crate_name).join("src")) {
            let text = fs::read_to_string(&path).unwrap();
            for banned in ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Instant"] {
                assert!(!text.contains(banned), "{} uses {banned}", path.display());
            }
        }
    }
}

#[test]
fn nothing_compiles_c_or_opens_a_socket() {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
    let names: Vec<&str> = lock
        .lines()
        .filter_map(|l| l.strip_prefix("name = \""))
        .filter_map(|l| l.strip_suffix('"'))
        .collect();
    assert!(names.contains(&"tantivy"), "the lock file was not read");
    // Declarations only: none of these compiles or links C of its own.
    let declarations = ["js-sys", "linux-raw-sys", "windows-sys"];
    for name in names {
        assert!(
            !["cc", "cmake", "bindgen", "pkg-config", "vcpkg"].contains(&name),
            "{name} compiles or links C"
        );
        assert!(!name.ends_with("-sys") || declarations.contains(&name), "{name} may compile C");
        assert!(
            !["reqwest", "hyper", "ureq", "curl", "tokio", "socket2", "rustls", "native-tls"].contains(&name),
            "{name} talks to the network"
        );
    }
}
