//! A walk: whatever coders do, each cell of a saved table that moved has an act behind it.
//!
//! Acts are drawn by chance, the same at every run; after each few of them all tables are compared with
//! what they were. `VERBATIM_LONG=1` walks on.

use std::process::{Child, Stdio};

use serde_json::Value;

use crate::support::World;

/// Tables in all options that change what a cell rests on.
const TABLES: [(&str, &str); 27] = [
    ("all", "freq --level all"),
    ("documents", "freq --by document --level all --complete"),
    ("sectors", "freq --by sector --percent column"),
    ("rows", "freq --percent row --roles all"),
    ("speakers", "freq --by speaker --count words"),
    ("wide", "freq --shape wide --level all"),
    ("assumed", "freq --assume-done --level all"),
    ("each", "freq --reading each"),
    ("union", "freq --reading union --level all"),
    ("shared", "freq --reading intersection --by document"),
    ("theirs", "freq --reading bram --by document --assume-done"),
    ("united", "freq --reading union --assume-done --by kind"),
    ("crosstab", "crosstab sector --test"),
    ("cooccur", "cooccur --level all"),
    ("met", "cooccur --assume-done --unit document"),
    ("cooccur-union", "cooccur --reading union"),
    ("matrix", "matrix flexibilities securities --unit document"),
    ("profile", "profile"),
    ("activities", "profile --table activities --reading union"),
    ("coverage", "coverage"),
    ("saturation", "saturation"),
    ("sensitivity", "sensitivity"),
    ("quotes", "quotes --level all"),
    ("framework", "framework"),
    ("joint", "joint sector"),
    ("where", "freq --where status=planned"),
    ("package", "export"),
];

/// Numbers by chance: `SplitMix64`.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// A study with what may be done in it.
struct Walk {
    world: World,
    chance: Chance,
    /// Documents, with how many characters each has.
    documents: Vec<(String, usize)>,
    cases: Vec<String>,
    /// What was done since the tables were saved.
    acts: Vec<String>,
    made: usize,
}

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(|word| word.replace('~', " ")).collect()
}

impl Walk {
    fn new(seed: u64) -> Self {
        let mut world = World::new();
        world.run(&["demo", ".", "--quiet"]).done();
        world.run(&["coders", "primary", "anna"]).done();
        let cases = ["rietvink", "kwartel", "zandhoek", "larkspin"].map(str::to_owned).to_vec();
        let mut out =
            Self { world, chance: Chance(seed), documents: Vec::new(), cases, acts: Vec::new(), made: 0 };
        let listed = out.json("documents");
        for document in listed["documents"].as_array().unwrap() {
            let length = usize::try_from(document["characters"].as_u64().unwrap()).unwrap();
            out.documents.push((document["document"].as_str().unwrap().to_owned(), length));
        }
        out
    }

    fn json(&mut self, line: &str) -> Value {
        let words = words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).chain(["--json"]).collect();
        self.world.run(&words).json()
    }

    /// Ids that a list holds.
    fn ids(&mut self, line: &str, list: &str, id: &str) -> Vec<String> {
        let listed = self.json(line);
        let all = listed[list].as_array().unwrap_or_else(|| panic!("{listed}"));
        all.iter().filter_map(|one| one[id].as_str()).map(str::to_owned).collect()
    }

    /// Something that somebody may do, as words of a command.
    fn act(&mut self) -> (String, String) {
        let codes = self.ids("codebook list", "codes", "code");
        let codings = self.ids("codings", "codings", "id");
        let coder = self.chance.one(&["anna", "anna", "bram", "bram", "cleo"]).to_string();
        let chance = &mut self.chance;
        let (document, length) = chance.one(&self.documents).clone();
        let (code, other) = (chance.one(&codes).clone(), chance.one(&codes).clone());
        let coding = chance.one(&codings).clone();
        let case = chance.one(&self.cases).clone();
        let start = chance.below(length.saturating_sub(60).max(1));
        let end = (start + 5 + chance.below(200)).min(length);
        let n = self.made;
        self.made += 1;
        let line = match chance.below(36) {
            0..=4 => format!("code {document} {start} {end} {code}"),
            5 => format!("code {document} {start} {end} {code} --case {case}"),
            6 => format!("code {document} {start} {end} {code} --qualifier status=planned"),
            7 | 8 => format!("recode --other {coding} {code}"),
            9 | 10 => format!("uncode --other {coding}"),
            11 => format!("codings change --other {coding} --case {case}"),
            12 => format!("codings change --other {coding} --qualifier status=planned"),
            13 => format!("exemplar mark {coding}"),
            14 => format!("exemplar translate {coding} en Words~{n}"),
            15 => format!("done {document}"),
            16 => format!("reopen {document}"),
            17 => format!("not-asked {document} {code}"),
            18 => format!("not-asked {case} {code}"),
            19 => format!("codebook change {code} --definition en=D{n} --effect broader"),
            20 => format!("codebook rename {code} en=L{n}"),
            21 => format!("codebook merge {code} --into {other}"),
            22 => format!("codebook move {code} --under {other}"),
            23 => format!("codebook move {code} --top"),
            24 => format!("codebook retire {code}"),
            25 => format!("codebook add new-{n} --label en=New~{n} --under {code} --status fixed"),
            26 => format!("codebook add new-{n} --label en=New~{n} --under {code}"),
            27 => format!("codebook fix {code} --earlier declared"),
            28 => format!("codebook fix {code}"),
            29 => format!("coders primary {coder}"),
            30 => format!("coders primary {coder} {document}"),
            31 => format!("coders blind {} {document}", chance.one(&["on", "off"])),
            32 | 33 => "undo".to_owned(),
            34 => {
                let file = format!("extra-{n}");
                let of = if chance.below(2) == 0 { format!(" --case {case}") } else { String::new() };
                let text = "Int: How are rosters made?\nAnn: We make them ourselves, mostly, I think.\n";
                self.world.write(&format!("{file}.txt"), text);
                self.documents.push((file.clone(), text.chars().count()));
                format!("import {file}.txt{of}")
            }
            _ => format!("summary {case} {code} Words~{n}"),
        };
        (coder, line)
    }

    /// Does something that can be done.
    fn step(&mut self) {
        for _ in 0..20 {
            let (coder, line) = self.act();
            self.world.coder(&coder);
            let words = words(&line);
            let ran = self.world.run(&words.iter().map(String::as_str).collect::<Vec<_>>());
            self.world.coder("anna");
            assert!(!ran.stderr.contains("panicked"), "{line}: {}", ran.stderr);
            if ran.code == 0 {
                self.acts.push(format!("{coder}: {line}"));
                return;
            }
        }
    }

    /// Runs a command for each of some tables, beside each other, and gives what they print.
    fn each(
        &mut self,
        tables: &[(&'static str, &'static str)],
        line: impl Fn(&str, &str) -> String,
    ) -> Vec<(i32, String, String)> {
        let spawn = |(name, command): &(&str, &str)| -> Child {
            let words = words(&line(name, command));
            let mut command = self.world.command(&words.iter().map(String::as_str).collect::<Vec<_>>());
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let running: Vec<Child> = tables.iter().map(spawn).collect();
        let ended = running.into_iter().map(|child| {
            let output = child.wait_with_output().unwrap();
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
            (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
        });
        ended.collect()
    }
}

fn file(name: &str) -> String {
    if name == "package" { name.to_owned() } else { format!("tables/{name}.csv") }
}

/// Walks so many steps, and tells the cells without an act.
fn walk(seed: u64, steps: usize) -> Vec<String> {
    let mut walk = Walk::new(seed);
    let mut out = Vec::new();
    let mut stale: Vec<(&str, &str)> = TABLES.to_vec();
    let mut saved: Vec<(&str, &str)> = Vec::new();
    for _ in 0..steps {
        walk.world.write("tables/.keep", "");
        let made = walk.each(&stale, |name, command| match name {
            "package" => format!("export {}", file(name)),
            _ => format!("{command} --out {}", file(name)),
        });
        saved.retain(|table| !stale.contains(table));
        // A table cannot be made where it is not clear whose reading counts.
        let fresh = stale.iter().zip(made).filter(|(_, (code, _, _))| *code == 0);
        saved.extend(fresh.map(|(table, _)| *table));
        walk.acts.clear();
        for _ in 0..=walk.chance.below(2) {
            walk.step();
        }
        stale = TABLES.iter().copied().filter(|table| !saved.contains(table)).collect();
        let told = walk.each(&saved, |name, _| format!("diff {} --json", file(name)));
        for (table, (code, told, why)) in saved.iter().zip(told) {
            assert!(!why.contains("panicked"), "{}: {why}", table.0);
            let Some(told) = (code == 0).then(|| serde_json::from_str::<Value>(&told).unwrap()) else {
                stale.push(*table);
                continue;
            };
            let moved = told["moved"].as_array().unwrap();
            let lost: Vec<&Value> =
                moved.iter().filter(|cell| cell["acts"].as_array().unwrap().is_empty()).collect();
            if let Some(first) = lost.first() {
                out.push(format!(
                    "{} ({seed}): {} of {}, {first}, {:?}",
                    table.0,
                    lost.len(),
                    moved.len(),
                    walk.acts
                ));
            }
            if !moved.is_empty() {
                stale.push(*table);
            }
        }
    }
    out
}

#[test]
fn no_cell_moves_without_an_act() {
    let long = std::env::var_os("VERBATIM_LONG").is_some();
    let (seeds, steps) = if long { (3..=60, 12) } else { (1..=2, 3) };
    for seed in seeds {
        let lost = walk(seed, steps);
        assert!(lost.is_empty(), "{} tables:\n{}", lost.len(), lost.join("\n"));
    }
}
