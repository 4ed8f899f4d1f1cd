"""Frequencies: every count rule, several groupings, roles and readings."""

import json
from collections import defaultdict

from counting import RULES, Grid, Reading


def check(study, program, report):
    plans = [(dict(), "case", RULES)]
    plans.append((dict(), "document", RULES))
    plans.append((dict(), "speaker", ["passages", "words"]))
    if "sector" in study.case_head:
        plans.append((dict(), "sector", RULES))
    plans.append((dict(roles=("interviewer",)), "case", ["passages", "turns", "words"]))
    plans.append((dict(roles=("all",)), "document", ["passages", "characters"]))
    plans.append((dict(assume_done=True), "case", ["passages", "presence"]))
    coders = sorted({c.coder for c in study.codings})
    if len(coders) > 1:
        plans.append((dict(choice=coders[1]), "document", ["passages", "words"]))
        plans.append((dict(choice="union"), "case", ["passages", "codings", "words"]))
        plans.append((dict(choice="intersection"), "document", ["passages", "characters"]))
    for how, by, rules in plans:
        one(study, program, report, how, by, rules)
    if any("status" in book for book in study.defaults.values()):
        kept = dict(keep=lambda c: study.qualifier(c, "status") == "in-place")
        one(study, program, report, kept, "case", ["passages", "codings"], ["--where", "status=in-place"])
    crosses(study, program, report)
    for column in ("row", "column"):
        percentages(study, program, report, column)
    for rule in RULES:
        totals(study, program, report, rule)
    complete(study, program, report)


def crosses(study, program, report):
    """Two attributes at once: a row for each combination that occurs."""
    pairs = [p for p in (("sector", "size"), ("size", "mode")) if known(study, p)]
    for pair in pairs:
        one(study, program, report, dict(), ",".join(pair), ["passages", "words"])


def known(study, names):
    return all(n in study.case_head or n in study.document_head for n in names)


def percentages(study, program, report, side):
    """Shares of a row over the codes of one depth, or of a column over the groups."""
    for by, rule in (("case", "passages"), ("document", "words")):
        grid = Grid(Reading(study), by)
        n = {(g, c): grid.cell(g, c, (rule,))["n"][rule] for g in grid.groups for c in grid.codes}
        depth = {c: len(study.above(c)) for c in grid.codes}
        sums = defaultdict(int)
        for (group, code), number in n.items():
            sums[(group, depth[code]) if side == "row" else code] += number or 0
        rows = program.table("freq", "--by", by, "--count", rule, "--percent", side)
        first = list(rows[0])[0]
        for row in rows:
            key = (row[first],), row["code"]
            number, of = n[key], sums[(key[0], depth[key[1]]) if side == "row" else key[1]]
            where = f"freq --by {by} --count {rule} --percent {side}: {key}"
            report.same(f"{where} percent", row["percent"], 100 * number / of if number is not None and of else None)
            if number is not None:
                # Where nothing is counted there is nothing to take a percentage of.
                report.same(f"{where} percent_of", row["percent_of"], of or None)


def totals(study, program, report, rule):
    """What stands under a table: distinct passages, cases with the code, n of N read."""
    told = json.loads(program.run("freq", "--count", rule, "--json"))
    reading = Reading(study)
    grid = Grid(reading, "case")
    whole = Grid(reading, "everything")
    for total in told["totals"]:
        code = total["code"]
        where = f"freq --count {rule} totals {code}"
        each = [grid.status(g, code, bool(grid.passages(g, code))) for g in grid.groups if g[0]]
        report.same(f"{where} cases", total["cases"], sum(s in ("coded", "partial") for s in each))
        read = sum(s in ("coded", "partial", "not_found") for s in each)
        report.same(f"{where} cases_read", total["cases_read"], read)
        report.same(f"{where} n", total["n"], whole.count(rule, ("",), code))


def complete(study, program, report):
    """Under `--complete` a lower bound is no number."""
    plain = program.table("freq")
    for row, bare in zip(program.table("freq", "--complete"), plain):
        where = f"freq --complete: {list(row.values())[:2]}"
        report.same(f"{where} n", row["n"], "" if bare["status"] == "partial" else bare["n"])
        report.same(f"{where} status", row["status"], bare["status"])


def options(how):
    """The command line for a reading."""
    out = []
    if "roles" in how:
        out += ["--roles", ",".join(how["roles"])]
    if "choice" in how:
        out += ["--reading", how["choice"]]
    if how.get("assume_done"):
        out += ["--assume-done"]
    return out


def one(study, program, report, how, by, rules, more=()):
    grid = Grid(Reading(study, **how), by)
    mine = {}
    for group in grid.groups:
        for code in grid.codes:
            mine["|".join(map(str, group)), code] = grid.cell(group, code, rules)
    for rule in rules:
        rows = program.table("freq", "--by", by, "--count", rule, *options(how), *more)
        head = f"freq --by {by} --count {rule} {' '.join([*options(how), *more])}"
        first = list(rows[0])[: len(grid.grouping.parts)]
        seen = set()
        for row in rows:
            key = "|".join(row[column] for column in first), row["code"]
            seen.add(key)
            cell = mine.get(key)
            where = f"{head}: {key}"
            if cell is None:
                report.same(f"{where} row", "there", "no such row")
                continue
            for column in ("status", "documents", "documents_done", "words", "per_1000"):
                report.same(f"{where} {column}", row[column], cell[column])
            report.same(f"{where} n", row["n"], cell["n"][rule])
        missing = sorted(set(mine) - seen)
        report.same(f"{head}: rows that are missing", str(missing[:3]) if missing else "", "")
