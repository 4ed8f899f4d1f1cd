//! `export`: all tables as one package, in a folder that is replaced whole or not at all.

use std::collections::BTreeMap;
use std::path::Path;

use clap::ValueEnum;
use export::package::named::{Named, Place};
use export::package::{self, Order, PROVENANCE, Package, PackageError};
use export::provenance::sha256;
use export::{Language, Options};
use serde_json::json;
use study::folder::Recovered;

use crate::app::App;
use crate::code_from::plural;
use crate::error::{CommandError, Outcome, Result};
use crate::pages::may_be_told;
use crate::paths::{may_write, pasted};
use crate::session::{Session, study_dir};
use crate::table_args::{TableArgs, count_rule, refused};

/// Write all tables as one package for R, SPSS, Stata, Python and Excel.
///
/// The folder gets the codings, cases by codes (long and wide), documents, a dictionary of every column, a
/// workbook, a loader for each program, and the provenance by which every number can be made again. The
/// same study gives the same bytes. A folder is replaced only when this command wrote all that is in it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  verbatim export tables\n  verbatim export tables --excel nl\n  \
                  verbatim export for-the-archive --anonymous --no-text")]
pub(crate) struct Args {
    /// The folder to write
    #[arg(value_name = "DIR")]
    dir: String,
    /// What n counts: passages, codings, turns, documents, presence, words or characters
    #[arg(long, value_name = "RULE")]
    count: Option<String>,
    /// Leave cells empty that are only a lower bound
    #[arg(long)]
    complete: bool,
    /// Also write copies that Excel opens by a double click, in Dutch or English
    #[arg(long, value_name = "nl|en")]
    excel: Option<Excel>,
    /// Put cite_as and numbers in the place of names of cases, documents, speakers and coders, also in notes
    /// and labels, and leave out quotes of who may not be quoted; what is said in the other quotes stays
    #[arg(long)]
    anonymous: bool,
    /// Leave texts, notes and memos out
    #[arg(long)]
    no_text: bool,
    #[command(flatten)]
    table: TableArgs,
}

/// A language of Excel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Excel {
    Nl,
    En,
}

impl Args {
    /// Opens the study to count in it.
    pub(crate) fn open(&self, app: &mut App) -> Result<Session> {
        self.table.open(app)
    }
}

/// Makes the package and writes its folder.
pub(crate) fn run(app: &mut App, args: &Args) -> Result {
    if args.table.out.is_some() {
        return Err(CommandError::new("--out is for one table").hint("name the folder: verbatim export DIR"));
    }
    let dir = pasted(&args.dir);
    // Before the work, since it may be in vain.
    may_write(&study_dir(app)?, &dir)?;
    put_back(app, &dir)?;
    may_replace(&dir)?;
    let session = args.table.open(app)?;
    let package = make(app, &session, args)?;
    session.basis().warn(app);
    study::folder::replace(&target(&dir), &package.files).map_err(|why| {
        let hint = study::folder::left_over(&target(&dir)).map_or_else(
            || "nothing was changed: what was in the folder is as it was".to_owned(),
            |old| crate::paths::lies_in(&dir, &old),
        );
        CommandError::file(&dir, &why).hint(hint)
    })?;
    told(app, args, &dir, &package)?;
    Ok(Outcome::Done)
}

/// The package that these words ask for.
pub(crate) fn make(app: &mut App, session: &Session, args: &Args) -> Result<Package> {
    let options = options(app, session, args)?;
    let order = Order {
        speech: session.basis().speech(),
        provenance: crate::provenance::of(session, "package", &[&args.dir]),
        excel: args.excel.map(|excel| match excel {
            Excel::Nl => Language::Dutch,
            Excel::En => Language::English,
        }),
        anonymous: args.anonymous,
        no_text: args.no_text,
        options,
    };
    package::make(session.ground(), &order).map_err(|why| match why {
        PackageError::Table(why) => refused(&why),
        other => CommandError::new(other.to_string()),
    })
}

fn options(app: &mut App, session: &Session, args: &Args) -> Result<Options> {
    if args.table.reading.as_deref() == Some("each") {
        return Err(
            CommandError::new("a package has one reading").hint("export one for each coder: --reading NAME")
        );
    }
    let count = args.count.as_deref().map(count_rule).transpose()?.unwrap_or_default();
    let options = Options { count, complete: args.complete, ..args.table.options(app, session)? };
    may_be_told(args.anonymous, &options)?;
    Ok(options)
}

/// The folder as it is renamed: where a link stands, what it leads to.
fn target(dir: &Path) -> std::path::PathBuf {
    std::fs::canonicalize(dir).or_else(|_| std::path::absolute(dir)).unwrap_or_else(|_| dir.to_owned())
}

/// Ends what an export began that was interrupted while it put its folder in its place.
fn put_back(app: &mut App, dir: &Path) -> Result<()> {
    let told = match study::folder::recover(&target(dir)).map_err(|why| CommandError::file(dir, &why))? {
        None => return Ok(()),
        Some(Recovered::PutBack) => format!(
            "{} was gone, since an earlier export was interrupted: what it held is put back",
            dir.display()
        ),
        Some(Recovered::Beside(old)) => format!(
            "an earlier export was interrupted: what {} held before lies in {}; keep it or remove it",
            dir.display(),
            old.display()
        ),
    };
    app.out.aside("note", &told);
    Ok(())
}

/// Refuses a folder that holds anything that this command did not write, or that was changed since.
fn may_replace(dir: &Path) -> Result<()> {
    let there = match std::fs::symlink_metadata(dir) {
        Ok(_) => dir,
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(why) => return Err(CommandError::file(dir, &why)),
    };
    if !there.is_dir() {
        return Err(CommandError::new(format!("{} is a file", dir.display()))
            .hint("name a folder that is not there yet, or one that an earlier export wrote"));
    }
    let mut found = BTreeMap::new();
    list(dir, "", &mut found).map_err(|why| CommandError::file(dir, &why))?;
    if found.is_empty() {
        return Ok(());
    }
    let refuse = |what: String| {
        Err(CommandError::new(format!("{} {what}", dir.display()))
            .hint("name a folder that is not there yet; an export replaces only what an export wrote"))
    };
    let path = dir.join(PROVENANCE);
    let Some(written) = crate::provenance::read(&path).ok().filter(|p| p.of == "package") else {
        return refuse("holds other files".to_owned());
    };
    for (name, file) in found {
        if name == PROVENANCE {
            continue;
        }
        let Some(sum) = written.files.iter().find(|f| f.file == name) else {
            return refuse(format!("holds another file: {name}"));
        };
        let bytes = std::fs::read(&file).map_err(|why| CommandError::file(&file, &why))?;
        if sha256(&bytes) != sum.sha256 {
            return refuse(format!("holds {name}, which was changed since it was written"));
        }
    }
    Ok(())
}

/// All files of a folder and of those in it, by name.
fn list(dir: &Path, before: &str, found: &mut BTreeMap<String, std::path::PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.insert(name, entry.path());
        }
    }
    Ok(())
}

fn told(app: &mut App, args: &Args, dir: &Path, package: &Package) -> Result<()> {
    let files = package.files.len();
    app.out.said(&format!("wrote {} ({})", dir.display(), plural(files, "file")))?;
    if args.anonymous {
        app.out.said(
            "names of cases, documents, speakers and coders are replaced, in notes and labels too; names within quotes are not",
        )?;
        for column in &package.withheld {
            app.out.aside("note", &format!("column {column} is left out: it holds names"));
        }
        names_told(app, &package.named);
        if !package.small_groups.is_empty() {
            app.out.line("Values that fit fewer than three cases, by which somebody may be recognised:")?;
        }
        for (group, cases) in &package.small_groups {
            app.out.line(&format!("  {group}  ({})", plural(*cases, "case")))?;
        }
    }
    let small: Vec<_> = package
        .small_groups
        .iter()
        .map(|(group, cases)| json!({ "values": group, "cases": cases }))
        .collect();
    let named: Vec<_> = package
        .named
        .iter()
        .map(|n| json!({ "in": n.place.as_str(), "of": n.of, "name": n.name, "replaced": n.place.is_replaced() }))
        .collect();
    let names: Vec<&str> = package.files.iter().map(|(name, _)| name.as_str()).collect();
    app.out.json(&json!({
        "dir": dir.display().to_string(), "files": names, "withheld": package.withheld, "named": named, "small_groups": small,
    }))
}

/// Which names stood in the researcher's own words, place by place and name by name.
fn names_told(app: &mut App, named: &[Named]) {
    const MOST: usize = 5;
    for place in Place::ALL {
        let mut names: Vec<&str> = Vec::new();
        for name in named.iter().filter(|n| n.place == place).map(|n| n.name.as_str()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        for name in names {
            let mut of: Vec<&str> =
                named.iter().filter(|n| n.place == place && n.name == name).map(|n| n.of.as_str()).collect();
            of.dedup();
            let more = of.len().saturating_sub(MOST);
            let mut listed = of.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
            if more > 0 {
                listed = format!("{listed} and {more} more");
            }
            let (kind, told) = match place {
                Place::Note => ("note", format!("the name {name} is replaced in the note of {listed}")),
                Place::Label => ("note", format!("the name {name} is replaced in the label of {listed}")),
                Place::Code => {
                    ("warning", format!("the name {name} stands in the id of a code, which stays: {listed}"))
                }
                Place::Qualifier => {
                    ("warning", format!("the name {name} stands in a qualifier, which stays: {listed}"))
                }
            };
            app.out.aside(kind, &told);
        }
    }
}
