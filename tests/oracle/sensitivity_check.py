"""Which orders and signs survive another count rule, one coder less, one case less."""

from collections import defaultdict

from counting import Grid, Reading

RULES = ["passages", "codings", "turns", "documents", "presence", "words", "characters"]


class Table:
    """The table case × top code under one reading: per code and case a number or none."""

    def __init__(self, study, rules, leave=None, coder=None, choice="primary"):
        reading = Reading(study, choice=choice, without=coder)
        grid = Grid(reading, "case", "top")
        self.codes = grid.codes
        self.n = {rule: defaultdict(dict) for rule in [*rules, "per_1000"]}
        for group in grid.groups:
            if not group[0] or group[0] == leave:
                continue
            for code in grid.codes:
                cell = grid.cell(group, code, rules)
                for rule in rules:
                    self.n[rule][code][group[0]] = cell["n"][rule]
                self.n["per_1000"][code][group[0]] = cell["per_1000"]

    def measures(self, rule):
        """Per code the cases with it and the sum of its cells; none where it has no number."""
        out = {"cases": {}, "n": {}}
        for code in self.codes:
            numbers = [n for n in self.n[rule][code].values() if n is not None]
            out["cases"][code] = sum(n > 0 for n in numbers) if numbers else None
            out["n"][code] = sum(numbers) if numbers else None
        return out


def variants(study, choice):
    """Name of the variant -> (cases, n) per code."""
    whole = Table(study, RULES, choice=choice)
    base = whole.measures("passages")
    out = {}
    for rule in RULES:
        if rule != "passages":
            out[f"count={rule}"] = {"n": whole.measures(rule)["n"]}
    if choice == "union":
        for coder in sorted({c.coder for c in study.codings}):
            out[f"coder={coder}"] = Table(study, ["passages"], coder=coder, choice=choice).measures("passages")
    for case in study.cases:
        smaller = Table.__new__(Table)
        smaller.codes = whole.codes
        smaller.n = {r: {c: {k: v for k, v in d.items() if k != case} for c, d in t.items()} for r, t in whole.n.items()}
        out[f"case={case}"] = smaller.measures("passages")
    return whole, base, out


def turned(base, other, a, b):
    """What becomes of the order of a pair; nothing where a number is missing."""
    if None in (base[a], base[b], other[a], other[b]) or base[a] == base[b]:
        return None
    if base[a] < base[b]:
        a, b = b, a
    return "kept" if other[a] > other[b] else "tied" if other[a] == other[b] else "reversed"


def check(study, program, report):
    for choice, options in (("primary", []), ("union", ["--reading", "union"])):
        _, base, others = variants(study, choice)
        rows = {(r["variant"], r["measure"]): r for r in program.table("sensitivity", *options)}
        head = " ".join(["sensitivity", *options])
        codes = list(base["n"])
        pairs = [(a, b) for i, a in enumerate(codes) for b in codes[i + 1 :]]
        counts = {}
        for variant, measures in others.items():
            for measure, values in measures.items():
                fates = {p: turned(base[measure], values, *p) for p in pairs}
                known = {p: f for p, f in fates.items() if f}
                counts[variant, measure] = known
                row = rows.get((variant, measure))
                if row is None:
                    report.same(f"{head}: {variant} {measure}", "no such row", "a row")
                    continue
                where = f"{head}: {variant} {measure}"
                report.same(f"{where} pairs", row["pairs"], len(known))
                for fate in ("kept", "tied", "reversed"):
                    report.same(f"{where} {fate}", row[fate], list(known.values()).count(fate))
                mine = set()
                for (a, b), fate in known.items():
                    if fate == "reversed":
                        mine.add(f"{a}>{b}" if base[measure][a] > base[measure][b] else f"{b}>{a}")
                report.same(f"{where} which", sorted(row["which_reversed"].split()), sorted(mine))
        extra = sorted(k for k in rows if k not in counts)
        report.same(f"{head}: rows beyond", str(extra[:3]) if extra else "", "")
        by_pair(program, report, options, base, counts, pairs)
    for attribute in ("size", "listed"):
        if attribute in study.case_head:
            signs(study, program, report, attribute)


def by_pair(program, report, options, base, counts, pairs):
    for row in program.table("sensitivity", "--pairs", *options):
        a, b, measure = row["code_a"], row["code_b"], row["measure"]
        where = f"sensitivity --pairs {' '.join(options)}: {a} {b} {measure}"
        report.same(f"{where} a", row["a"], base[measure][a])
        report.same(f"{where} b", row["b"], base[measure][b])
        key = (a, b) if (a, b) in pairs else (b, a)
        fates = {v: known[key] for (v, m), known in counts.items() if m == measure and key in known}
        equal = base[measure][a] is None or base[measure][a] == base[measure][b]
        for fate in ("kept", "tied", "reversed"):
            mine = None if equal else list(fates.values()).count(fate)
            report.same(f"{where} {fate}", row[fate], mine)
        broken = sorted(v for v, f in fates.items() if f != "kept")
        report.same(f"{where} not_kept_in", sorted(row["not_kept_in"].split()), [] if equal else broken)


def signs(study, program, report, attribute):
    whole, _, _ = variants(study, "primary")
    value = {c: row.get(attribute, "") for c, row in study.cases.items()}
    first, second, *more = sorted({v for v in value.values() if v})
    if more:
        return

    def means(rule, code, leave=None):
        out = []
        for side in (first, second):
            numbers = [
                n
                for case, n in whole.n[rule][code].items()
                if value[case] == side and case != leave and n is not None
            ]
            out.append((sum(numbers) / len(numbers) if numbers else None, len(numbers)))
        return out

    def sign(a, b):
        if a is None or b is None:
            return None
        gap = a - b
        return "0" if abs(gap) < 1e-12 else "+" if gap > 0 else "-"

    for row in program.table("sensitivity", "--by", attribute):
        code, variant = row["code"], row["variant"]
        rule, leave = "passages", None
        if variant.startswith("count="):
            rule = variant.removeprefix("count=")
        elif variant.startswith("case="):
            leave = variant.removeprefix("case=")
        (a, n_a), (b, n_b) = means(rule, code, leave)
        (base_a, _), (base_b, _) = means("passages", code)
        where = f"sensitivity --by {attribute}: {code} {variant}"
        mine = dict(a=a, b=b, cases_a=n_a, cases_b=n_b, sign=sign(a, b), value_a=first, value_b=second)
        mine["difference"] = None if a is None or b is None else a - b
        old, new = sign(base_a, base_b), sign(a, b)
        mine["changed"] = None if variant == "base" or None in (old, new) else "no" if old == new else "yes"
        for column, number in mine.items():
            if column == "sign" and row[column] == "0" and number == "0":
                continue
            report.same(f"{where} {column}", row[column], number)
