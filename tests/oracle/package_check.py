"""The data package: its tables against the count, and read back by R, PSPP and pandas."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path

from counting import Grid, Reading
from stata import problems

TABLES = ["codings", "case_code", "case_wide", "document_wide", "documents"]
# Labels of speakers that name nobody.
ROLES = {"interviewer", "respondent", "other", "break", "outro"}
REQUIRED = os.environ.get("VERBATIM_ORACLE") == "required"


def check(study, program, report):
    home = Path(tempfile.mkdtemp())
    try:
        package, again = home / "package", home / "again"
        program.run("export", str(package), "--quiet")
        program.run("export", str(again), "--quiet")
        same_bytes(package, again, report)
        files = {name: rows_of(package / f"{name}.csv") for name in TABLES}
        codings(study, program, files["codings"], report)
        case_code(study, files["case_code"], report)
        wide(study, files, report)
        documents(study, files["documents"], report)
        dictionary(package, report)
        names(package, files, report)
        stata(package, report)
        in_frictionless(package, report)
        in_pandas(package, files, report)
        in_r(package, files, report, home)
        in_pspp(package, files, report, home)
        excel(package, program, home, report)
        anonymous(study, program, home, report)
    finally:
        shutil.rmtree(home)


def rows_of(file, **how):
    with open(file, encoding=how.pop("encoding", "utf-8"), newline="") as f:
        return list(csv.DictReader(f, **how))


def same_bytes(one, other, report):
    """A second export is the first, byte for byte."""
    list_of = lambda d: sorted(str(f.relative_to(d)) for f in d.rglob("*") if f.is_file())  # noqa: E731
    report.same("export: files", list_of(one), list_of(other))
    for name in list_of(one):
        report.same(f"export: bytes of {name}", (one / name).read_bytes() == (other / name).read_bytes(), True)
    wanted = {f"{t}.csv" for t in TABLES} | {
        "dictionary.csv", "datapackage.json", "provenance.json", "load.R", "load.sps", "load.do", "load.py",
    }
    report.same("export: files that are missing", sorted(wanted - set(list_of(one))), [])


def codings(study, program, rows, report):
    """One row for each coding that `codings` lists, with the same values."""
    listed = {r["id"]: r for r in study.rows}
    report.same("codings.csv ids", sorted(r["id"] for r in rows), sorted(listed))
    for row in rows:
        for column in ("document", "start", "end", "quote", "code", "coder", "turn", "anchor", "counted"):
            report.same(f"codings.csv {row['id']} {column}", row[column], listed[row["id"]][column])
        report.same(f"codings.csv {row['id']} case", row[study.label], listed[row["id"]]["case"])


def case_code(study, rows, report):
    """The long grid, cell by cell."""
    grid = Grid(Reading(study), "case")
    wanted = {(g[0], c) for g in grid.groups if g[0] for c in grid.codes}
    report.same("case_code.csv rows", len(rows), len(wanted))
    for row in rows:
        key = row[study.label], row["code"]
        if key not in wanted:
            report.same(f"case_code.csv {key}", "a row", "no such row")
            continue
        cell = grid.cell((key[0],), key[1], ("passages", "presence", "words"))
        mine = dict(n=cell["n"]["passages"], any=cell["n"]["presence"], w=cell["n"]["words"])
        mine |= {k: cell[k] for k in ("status", "documents", "documents_done", "words", "per_1000")}
        for column, value in mine.items():
            report.same(f"case_code.csv {key} {column}", row[column], value)


def wide(study, files, report):
    """The wide tables: numbers as in the long one, attributes as in the researcher's tables."""
    label = study.label
    var = {r["code"]: r["var"] for r in files["case_code"]}
    report.same("short names are unique", len(set(var.values())), len(var))
    cells = {(r[label], r["code"]): r for r in files["case_code"]}
    report.same("case_wide.csv rows", [r[label] for r in files["case_wide"]], [c for c in study.cases])
    for row in files["case_wide"]:
        case = row[label]
        for code, short in var.items():
            for ending in ("n", "any", "w"):
                where = f"case_wide.csv {case} {short}_{ending}"
                report.same(where, row[f"{short}_{ending}"], cells[case, code][ending])
        for column in study.case_head:
            if column not in ("case", label) and column in row:
                told = study.cases[case].get(column, "")
                # A case without a name is called by its id.
                told = told or (case if column == "name" else "")
                report.same(f"case_wide.csv {case} {column}", row[column], told)
    grid = Grid(Reading(study), "document")
    report.same("document_wide.csv rows", [r["document"] for r in files["document_wide"]], list(study.documents))
    for row in files["document_wide"]:
        name = row["document"]
        report.same(f"document_wide.csv {name} case", row[label], study.documents[name].case)
        for code, short in var.items():
            cell = grid.cell((name,), code, ("passages", "presence", "words"))["n"]
            mine = dict(n=cell["passages"], any=cell["presence"], w=cell["words"])
            for ending, value in mine.items():
                report.same(f"document_wide.csv {name} {short}_{ending}", row[f"{short}_{ending}"], value)
        of_case = study.cases.get(study.documents[name].case) or {}
        for column in study.case_head:
            if column in row and column not in ("case", label, "name", "cite_as") and column not in study.document_head:
                report.same(f"document_wide.csv {name} {column}", row[column], of_case.get(column, ""))


def documents(study, rows, report):
    reading = Reading(study)
    report.same("documents.csv rows", [r["document"] for r in rows], list(study.documents))
    for row in rows:
        doc = study.documents[row["document"]]
        where = f"documents.csv {doc.name}"
        report.same(f"{where} characters", row["characters"], len(doc.text))
        report.same(f"{where} turns", row["turns"], len(doc.turns))
        report.same(f"{where} words", row["words"], sum(t.words for t in doc.turns))
        spoken = sum(t.words for t in reading.counted[doc.name])
        report.same(f"{where} respondent_words", row["respondent_words"], spoken)
        report.same(f"{where} codings", row["codings"], len(study.by_document[doc.name]))
        for column in ("title", "date", "kind", "language", "mode"):
            if column in row:
                report.same(f"{where} {column}", row[column], doc.row.get(column, ""))


def dictionary(package, report):
    """Every column of every table is explained, in the order of the table."""
    told = defaultdict(list)
    for row in rows_of(package / "dictionary.csv"):
        told[row["file"].removesuffix(".csv")].append(row["column"])
    described = {}
    for resource in json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        described[Path(resource["path"]).stem] = [f["name"] for f in resource["schema"]["fields"]]
    for name in TABLES:
        with open(package / f"{name}.csv", encoding="utf-8", newline="") as f:
            head = next(csv.reader(f))
        report.same(f"dictionary.csv of {name}", told[name], head)
        report.same(f"datapackage.json of {name}", described[name], head)


def names(package, files, report):
    """Names of columns that all four programs take."""
    keep = set("if else for while function in next break true false null inf nan na all and by eq ge gt le lt ne not or to with".split())
    for table, rows in files.items():
        columns = list(rows[0])
        report.same(f"{table}: names differ in more than case", len({c.lower() for c in columns}), len(columns))
        for column in columns:
            legal = column.isascii() and column.isidentifier() and len(column) <= 32 and column.lower() not in keep
            report.same(f"{table}.{column} is legal", legal, True)


def stata(package, report):
    """No Stata here: the `.do` file is read by a checker of its own."""
    report.same("load.do", problems((package / "load.do").read_text(encoding="utf-8")), [])


def ready(program, report):
    if shutil.which(program):
        return True
    if REQUIRED:
        report.same(f"{program} is there", False, True)
    else:
        report.skip(f"no {program}")
    return False


def in_frictionless(package, report):
    try:
        import frictionless  # noqa: F401
    except ImportError:
        if REQUIRED:
            report.same("frictionless is there", False, True)
        report.skip("no frictionless")
        return
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "--json", str(package / "datapackage.json")],
        capture_output=True, cwd=package,
    )
    told = json.loads(done.stdout)
    errors = [e["message"] for t in told["tasks"] for e in t["errors"]] + [e["message"] for e in told["errors"]]
    report.same("frictionless: errors", errors[:3], [])
    report.same("frictionless: valid", told["valid"], True)


def expected(files):
    """(table, column, measure) -> value, from the text of the CSV files alone."""
    out = {}
    for table, rows in files.items():
        out[table, "", "rows"] = len(rows)
        for column in rows[0]:
            values = [r[column] for r in rows if r[column] != ""]
            out[table, column, "missing"] = len(rows) - len(values)
            out[table, column, "characters"] = sum(map(len, values))
            try:
                out[table, column, "sum"] = sum(map(float, values))
            except ValueError:
                pass
    return out


def in_pandas(package, files, report):
    """What load.py makes of it, in a process of its own."""
    probe = (
        "import sys, json; sys.path.insert(0, sys.argv[1]); import load, pandas as pd\n"
        "out = []\n"
        "for t in sys.argv[2:]:\n"
        "    f = getattr(load, t); out.append([t, '', 'rows', len(f)])\n"
        "    for c in f.columns:\n"
        "        out.append([t, c, 'missing', int(f[c].isna().sum())])\n"
        "        if pd.api.types.is_numeric_dtype(f[c]): out.append([t, c, 'sum', float(f[c].sum())])\n"
        "        elif not pd.api.types.is_datetime64_any_dtype(f[c]):\n"
        "            out.append([t, c, 'characters', int(f[c].dropna().astype(str).str.len().sum())])\n"
        "        assert f.attrs['labels'][c]\n"
        "print(json.dumps(out))\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error::FutureWarning", "-c", probe, str(package), *TABLES], capture_output=True
    )
    if done.returncode:
        report.same("load.py", done.stderr.decode()[-500:], "")
        return
    compare("pandas", {(t, c, m): v for t, c, m, v in json.loads(done.stdout)}, files, report)


def compare(program, got, files, report):
    mine = expected(files)
    for (table, column, measure), value in got.items():
        if measure == "unlabelled":
            report.same(f"{program}: {table}.{column} has a label", False, True)
            continue
        report.same(f"{program}: {table}.{column} {measure}", value, mine.get((table, column, measure)))
    columns = {(t, c) for t, c, _ in got}
    missing = sorted({(t, c) for t, c, _ in mine} - columns)
    report.same(f"{program}: columns that are missing", missing[:3], [])


def in_r(package, files, report, home):
    if not ready("Rscript", report):
        return
    out = home / "r.csv"
    script = Path(__file__).parent / "load.R"
    env = dict(os.environ, LC_ALL="C.UTF-8")
    done = subprocess.run(
        ["Rscript", "--vanilla", str(script), str(package), str(out)], capture_output=True, env=env, cwd=home
    )
    said = done.stderr.decode("utf-8", "replace")
    report.same("R: what it complains of", said[-500:], "")
    if out.exists():
        got = {(r["table"], r["column"], r["measure"]): r["value"] for r in rows_of(out)}
        compare("R", got, files, report)


def in_pspp(package, files, report, home):
    """load.sps in PSPP; each dataset is written as CSV and compared, value by value."""
    if not ready("pspp", report):
        return
    syntax = [f"CD '{package}'.", "INSERT FILE='load.sps' ENCODING='UTF8'."]
    for table in TABLES:
        syntax += [
            f"DATASET ACTIVATE {table}.",
            f"SAVE TRANSLATE /OUTFILE='{home}/{table}-pspp.csv' /TYPE=CSV /REPLACE /FIELDNAMES /CELLS=VALUES.",
        ]
    (home / "run.sps").write_text("\n".join(syntax) + "\n", encoding="utf-8")
    done = subprocess.run(
        ["pspp", "--no-statrc", "--syntax-encoding=UTF-8", "-o", str(home / "pspp.txt"), str(home / "run.sps")],
        capture_output=True, env=dict(os.environ, LC_ALL="C.UTF-8"), cwd=home,
    )
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    told = (home / "pspp.txt").read_text(encoding="utf-8", errors="replace") if (home / "pspp.txt").exists() else ""
    complaints = [line for line in (said + told).splitlines() if "error:" in line or "warning:" in line]
    report.same("PSPP: what it complains of", complaints[:3], [])
    for table in TABLES:
        out = home / f"{table}-pspp.csv"
        if not out.exists():
            report.same(f"PSPP: {table}", "not there", "there")
            continue
        rows = rows_of(out)
        report.same(f"PSPP: {table} rows", len(rows), len(files[table]))
        report.same(f"PSPP: {table} columns", list(rows[0]), list(files[table][0]))
        for at, (row, mine) in enumerate(zip(rows, files[table])):
            for column, value in mine.items():
                same_in_spss(f"PSPP: {table} row {at + 1} {column}", row.get(column), value, report)


def same_in_spss(where, got, mine, report):
    """SPSS keeps numbers as they are printed (six decimals) and takes line ends for spaces."""
    got = (got or "").strip()
    try:
        report.same(where, f"{float(got):.5f}", f"{float(mine):.5f}")
        return
    except ValueError:
        pass
    if re.fullmatch(r"\d\d/\d\d/\d{4}", got):
        got = f"{got[6:]}-{got[:2]}-{got[3:5]}"
    flat = " ".join(mine.replace("\r", " ").replace("\n", " ").split(" ")).strip()
    report.same(where, got, flat)


def excel(package, program, home, report):
    """Copies for Excel: the same numbers, with `;` and a comma, and no cell that is a formula."""
    folder = home / "excel"
    program.run("export", str(folder), "--excel", "nl", "--quiet")
    copies = {f.stem: f for f in folder.rglob("*.csv") if f.read_bytes().startswith(b"\xef\xbb\xbf")}
    for table in TABLES:
        plain = rows_of(package / f"{table}.csv")
        copy = next((f for name, f in copies.items() if name == table or name.startswith(table + "-") or name.startswith(table + "_nl")), None)
        if copy is None:
            report.same(f"Excel copy of {table}", "not there", "there")
            continue
        rows = rows_of(copy, encoding="utf-8-sig", delimiter=";")
        report.same(f"Excel {table} rows", len(rows), len(plain))
        for at, (row, mine) in enumerate(zip(rows, plain)):
            for (_, got), (column, value) in zip(row.items(), mine.items()):
                where = f"Excel {table} row {at + 1} {column}"
                try:
                    float(value)
                    report.same(where, got.replace(",", "."), value)
                except ValueError:
                    report.same(f"{where} is no formula", got[:1] in "=+@" and got != "", False)
                    report.same(where, got.lstrip("'"), value.lstrip("'"))




def anonymous(study, program, home, report):
    """No name of a case, document, speaker or coder is anywhere in an anonymous package without texts."""
    folder = home / "anonymous"
    program.run("export", str(folder), "--anonymous", "--no-text", "--quiet")
    plain = json.dumps(study.books, ensure_ascii=False).lower()
    secret = set(study.documents) | {c.coder for c in study.codings}
    secret |= {r["name"] for r in study.cases.values() if r.get("name")} | set(study.cases)
    secret |= {label for _, label in study.speakers} | {r["name"] for r in study.speakers.values()}
    secret = {s for s in secret if len(s) >= 4 and s.lower() not in plain and s.lower() not in ROLES}
    for file in sorted(f for f in folder.rglob("*") if f.is_file()):
        parts = {file.name: file.read_bytes()}
        if file.suffix == ".xlsx":
            with zipfile.ZipFile(file) as book:
                parts = {f"{file.name}/{n}": book.read(n) for n in book.namelist()}
        for name, content in parts.items():
            text = content.decode("utf-8", "replace")
            told = sorted(s for s in secret if re.search(rf"(?<![\w-]){re.escape(s)}(?![\w-])", text))
            report.same(f"anonymous {name}: names in it", told[:5], [])
