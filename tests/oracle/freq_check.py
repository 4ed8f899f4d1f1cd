"""Frequencies: every count rule, several groupings, roles and readings."""

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


def one(study, program, report, how, by, rules):
    grid = Grid(Reading(study, **how), by)
    mine = {}
    for group in grid.groups:
        for code in grid.codes:
            mine["|".join(map(str, group)), code] = grid.cell(group, code, rules)
    for rule in rules:
        rows = program.table("freq", "--by", by, "--count", rule, *options(how))
        head = f"freq --by {by} --count {rule} {' '.join(options(how))}"
        first = list(rows[0])[0]
        seen = set()
        for row in rows:
            key = row[first], row["code"]
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
