"""The package of a case, by the effects that the codebook declares and the rules of the study."""

from collections import defaultdict

from counting import Grid, Reading, united

# What the article's Table 1 says, restated by hand: degree, and which clusters are true flexicurity
# activities on the cells that are certain.
DEGREES = {
    "internal-mobility": 3,
    "external-mobility": 1,
    "employment-terms": 2,
    "sustainable-employability": 3,
    "training": 3,
    "work-life-balance": 2,
    "social-responsibility": 2,
}
TRUE = {"internal-mobility", "training"}
SECURITIES = ("IS", "JS", "ES", "CS")


def effect(study, code, dimension):
    """The value of an effect (`+`, `-`, `?`, blank "", "unknown") and whether a code above declares it."""
    for up in [code, *study.above(code)]:
        told = (study.codes[up].raw.get("effects") or {}).get(dimension)
        if told is None:
            continue
        if told.get("value") in ("+", "-", "?"):
            return told["value"], up != code
        if told.get("blank") or told.get("basis") != "unknown":
            return "", up != code
        return "unknown", up != code
    return "", False


def judged(study):
    """Codes that declare effects, and those below them."""
    out = set()
    for code in study.codes.values():
        if code.raw.get("effects"):
            out |= set(code.below)
    return out


def activities(study, reading):
    """case -> code -> (passages, what was said)."""
    codes = judged(study)
    out = defaultdict(lambda: defaultdict(lambda: (defaultdict(list), set())))
    for name in study.documents:
        here = [c for c in reading.codings(name) if c.code in codes]
        for c in here:
            if study.qualifier(c, "status") != "in-place":
                continue
            # Where a code and one below it are put on the same words, the one below is spoken of,
            # also where that is not in place.
            below = study.codes[c.code].below
            finer = [
                o
                for o in here
                if o.code != c.code
                and o.code in below
                and o.start < c.end
                and c.start < o.end
                and reading.case_of(o) == reading.case_of(c)
            ]
            if not finer:
                spans, said = out[reading.case_of(c) or ""][c.code]
                spans[name].append((c.start, c.end))
                if reading.touches(name, c.start, c.end) and c.qualifiers.get("said-effect"):
                    said.add(c.qualifiers["said-effect"])
    done = {}
    for case, found in out.items():
        done[case] = {}
        for code, (spans, said) in found.items():
            passages = [
                (name, *s) for name, all_ in spans.items() for s in united(all_) if reading.touches(name, *s)
            ]
            if passages:
                done[case][code] = (passages, said)
    return done


def verdict(sure, maybe, needs):
    """Whether a code meets all needs, may meet them, or cannot."""
    met = all(len(sure & set(of)) >= n for of, n in needs)
    can = all(len((sure | maybe) & set(of)) >= n for of, n in needs)
    return "yes" if met else "open" if can else "no"


def rules(study, code):
    """flexicurity, true, and the degree, worked out from the effects."""
    of = {d["id"]: effect(study, code, d["id"])[0] for d in study.dimensions}
    sure = {d for d, v in of.items() if v == "+"}
    maybe = {d for d, v in of.items() if v == "unknown"}
    return {
        "flexicurity": verdict(sure, maybe, [(["OF"], 1), (SECURITIES, 1)]),
        "true": verdict(sure, maybe, [(["OF"], 1), (["OS"], 1), (SECURITIES, 2)]),
        "degree_at_least": len(sure & set(SECURITIES)),
    }


def check(study, program, report):
    if not judged(study):
        report.skip("no code declares effects")
        return
    reading = Reading(study)
    found = activities(study, reading)
    dimensions(study, program, report, reading, found)
    listed(study, program, report, found)
    codes(study, program, report)


def dimensions(study, program, report, reading, found):
    rows = program.table("profile")
    grid = Grid(reading, "case")
    codes = [c for c in judged(study) if study.codes[c].status == "fixed"]
    declared = {d for c in study.codes.values() for d in (c.raw.get("effects") or {})}
    seen = set()
    for row in rows:
        case, dimension = row[study.label], row["dimension"]
        seen.add((case, dimension))
        where = f"profile: {case} {dimension}"
        mine = found.get(case, {})
        values = {c: effect(study, c, dimension) for c in mine}
        count = lambda sign: sum(v == sign for v, _ in values.values())  # noqa: E731
        up, down = count("+"), count("-")
        told = dict(
            up=up,
            down=down,
            possibly_offset=down if up else 0,
            uncovered=0 if up else down,
            uncertain=count("?"),
            unknown=count("unknown"),
            inherited=sum(v in ("+", "-") and above for v, above in values.values()),
        )
        if dimension not in declared:
            told = dict.fromkeys(told)
        for sign, column in (("+", "said_up"), ("-", "said_down")):
            told[column] = sum(dimension + sign in said for _, said in mine.values())
        names = grid.documents[(case,)]
        # What was found was asked.
        asked = lambda n, c: grid.asked((case,), n, c) or grid.coded((case,), n, c)  # noqa: E731, B023
        settled = [n for n in names if all(reading.done(n, c) or not asked(n, c) for c in codes)]
        unasked = [n for n in names if all(not asked(n, c) for c in codes)]
        if mine:
            status = "coded" if len(settled) == len(names) else "partial"
        elif not names:
            status = "no_text"
        elif len(unasked) == len(names):
            status = "not_asked"
        else:
            status = "not_found" if len(settled) == len(names) else "not_done"
        report.same(f"{where} status", row["status"], status)
        report.same(f"{where} documents", row["documents"], len(names))
        report.same(f"{where} documents_done", row["documents_done"], len(settled))
        for column, value in told.items():
            # Where documents are not done a number is a lower bound, and there is no zero.
            number = value if status in ("coded", "not_found") or status == "partial" and value else None
            report.same(f"{where} {column}", row[column], number)
    wanted = {(c, d["id"]) for c in study.cases for d in study.dimensions}
    report.same("profile: rows that are missing", sorted(wanted - seen)[:3], [])


def listed(study, program, report, found):
    rows = program.table("profile", "--table", "activities")
    wanted = {(case, code) for case, all_ in found.items() for code in all_ if case in study.cases}
    for row in rows:
        case, code = row[study.label], row["code"]
        where = f"profile --table activities: {case} {code}"
        if (case, code) not in wanted:
            report.same(where, "a row", "no such row")
            continue
        wanted.discard((case, code))
        report.same(f"{where} passages", row["passages"], len(found[case][code][0]))
        judged_row(study, report, where, row, code)
        inherited = {effect(study, code, d["id"])[1] for d in study.dimensions}
        top = study.top(code)
        report.same(f"{where} inherited_from", row["inherited_from"], top if True in inherited else "")
    report.same("profile --table activities: rows that are missing", sorted(wanted)[:3], [])


def judged_row(study, report, where, row, code):
    for d in study.dimensions:
        column = f"effect_{d['id'].lower()}"
        if column in row:
            report.same(f"{where} {column}", row[column], effect(study, code, d["id"])[0])
    for column, value in rules(study, code).items():
        report.same(f"{where} {column}", row[column], value)


def codes(study, program, report):
    rows = program.table("profile", "--table", "codes")
    own = [c for c in study.codes if study.codes[c].raw.get("effects")]
    report.same("profile --table codes: rows", [r["code"] for r in rows], own)
    for row in rows:
        judged_row(study, report, f"profile --table codes: {row['code']}", row, row["code"])
    if set(DEGREES) <= {r["code"] for r in rows}:
        stated = {r["code"]: int(r["degree_stated"]) for r in rows}
        report.same("the degrees of Table 1", {c: stated[c] for c in DEGREES}, DEGREES)
        true = {r["code"] for r in rows if r["true"] == "yes"}
        report.same("the true flexicurity activities of the certain cells", sorted(true), sorted(TRUE))
