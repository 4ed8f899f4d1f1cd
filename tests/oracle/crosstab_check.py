"""Codes by an attribute: shares of cases, Cramér's V, exact and chi-square tests, Holm's method."""

from collections import defaultdict
from math import comb

import numpy as np
from scipy import stats
from scipy.stats.contingency import association, expected_freq

from counting import Grid, Reading


def check(study, program, report):
    tried = ["sector", "size", "listed"]
    attributes = [a for a in tried if a in study.case_head]
    for attribute in attributes:
        presence(study, program, report, attribute)
    if attributes:
        for rule in ("passages", "words"):
            counted(study, program, report, attributes[-1], rule)
    for attribute in ("mode", "document.kind"):
        if attribute.split(".")[-1] in study.document_head:
            presence(study, program, report, attribute, test=False)


def cells(study, attribute):
    """(code, value) -> lists of found (1, 0) of the cases with a number, and how many have none."""
    reading = Reading(study)
    by_case = "document" not in Grid(reading, attribute).grouping.kinds[0]
    values = defaultdict(dict)
    if by_case:
        grid = Grid(reading, "case")
        of_unit = Grid(reading, attribute).grouping.of_unit
        for group in grid.groups:
            if not group[0]:
                continue
            value = of_unit(None, group[0])[0]
            for code in grid.codes:
                found = bool(grid.passages(group, code))
                values[code, value][group[0]] = (grid.status(group, code, found), found)
    else:
        column = attribute.split(".")[-1]
        grid = Grid(reading, ["case", "document." + column])
        for group in grid.groups:
            if not group[0]:
                continue
            for code in grid.codes:
                found = bool(grid.passages(group, code))
                values[code, group[1]][group[0]] = (grid.status(group, code, found), found)
    return grid.codes, values


def holm(ps):
    """Holm's step-down adjustment."""
    order = sorted(range(len(ps)), key=lambda i: ps[i])
    out, most = [0.0] * len(ps), 0.0
    for rank, i in enumerate(order):
        most = max(most, min(1.0, (len(ps) - rank) * ps[i]))
        out[i] = most
    return out


def freeman_halton(table):
    """The exact test of a 2 × k table with fixed margins, by listing all tables."""
    top, columns = table[0].sum(), table.sum(axis=0)
    ways = comb(int(columns.sum()), int(top))

    def weight(row):
        w = 1
        for r, c in zip(row, columns):
            w *= comb(int(c), int(r))
        return w

    mine = weight(table[0])
    # Sum over all first rows whose weight is at most the one found; weights are whole numbers.
    sums = {(0, 1): 1}
    for c in columns:
        nxt = defaultdict(int)
        for (used, w), count in sums.items():
            for r in range(int(c) + 1):
                if used + r <= top:
                    nxt[used + r, w * comb(int(c), r)] += count
        sums = nxt
    return sum(w * n for (used, w), n in sums.items() if used == top and w <= mine) / ways


def v_of(table):
    """Cramér's V without correction; nothing where a margin is empty."""
    table = table[:, table.sum(axis=0) > 0]
    if table.shape[1] < 2 or (table.sum(axis=1) == 0).any():
        return None
    return association(table, method="cramer", correction=False)


def presence(study, program, report, attribute, test=True):
    codes, values = cells(study, attribute)
    plain = program.table("crosstab", attribute)
    tested = program.table("crosstab", attribute, "--test") if test else plain
    names = list(dict.fromkeys(v for _, v in values))
    mine, tests = {}, {}
    for code in codes:
        columns = []
        for value in names:
            each = values.get((code, value), {}).values()
            known = [found for status, found in each if status in ("coded", "partial", "not_found")]
            n = sum(known)
            percent = 100 * n / len(known) if known else None
            # Where no case carries a number there is none.
            mine[code, value] = dict(n=n if known else None, cases=len(known), percent=percent, left_out=len(each) - len(known))
            if value:
                columns.append((n, len(known) - n))
        table = np.array(columns, dtype=int).T if columns else np.zeros((2, 0), dtype=int)
        # A case that has several values stands in several columns: then there is no V.
        named = [case for value in names if value for case in values.get((code, value), {})]
        v = v_of(table) if len(set(named)) == len(named) else None
        for value in names:
            mine[code, value]["cramers_v"] = v
        if v is not None:
            tests[code] = one_test(table[:, table.sum(axis=0) > 0])
    for code, p in zip(tests, holm([t["p"] for t in tests.values()])):
        tests[code].update(p_holm=p, tests=len(tests))
    seen = set()
    for row in tested:
        key = row["code"], row["value"]
        seen.add(key)
        where = f"crosstab {attribute}: {key}"
        if key not in mine:
            report.same(where, "a row", "no such row")
            continue
        for column, value in mine[key].items():
            report.same(f"{where} {column}", row[column], value)
        if test:
            for column in ("test", "statistic", "df", "p", "p_holm", "tests"):
                value = tests.get(key[0], {}).get(column)
                if column == "tests" and value is None:
                    continue
                report.same(f"{where} {column}", row[column], value)
    missing = sorted(set(mine) - seen)
    report.same(f"crosstab {attribute}: rows that are missing", str(missing[:3]) if missing else "", "")
    for a, b in zip(plain, tested):
        for column in ("n", "cases", "percent", "cramers_v"):
            report.same(f"crosstab {attribute} with and without test {column}", a[column], b[column])


def one_test(table):
    """Which test a table gets, and what it gives."""
    if (expected_freq(table) >= 5).all():
        chi2, p, df, _ = stats.chi2_contingency(table, correction=False)
        return dict(test="chi-square", statistic=chi2, df=df, p=p)
    if table.shape[1] == 2:
        return dict(test="fisher", statistic=None, df=None, p=stats.fisher_exact(table).pvalue)
    return dict(test="fisher-freeman-halton", statistic=None, df=None, p=freeman_halton(table))


def counted(study, program, report, attribute, rule):
    """Another rule than presence: what that counts per value, and its share of the code."""
    grid = Grid(Reading(study), attribute)
    _, values = cells(study, attribute)
    rows = program.table("crosstab", attribute, "--count", rule)
    sums = defaultdict(float)
    n = {}
    for group in grid.groups:
        for code in grid.codes:
            # Cases without a number are left out; where none has one there is no number. What the
            # others have is united anew over all of them, not added up.
            known = [s for s, _ in values.get((code, group[0]), {}).values()]
            known = [s for s in known if s in ("coded", "partial", "not_found")]
            cell = grid.count(rule, group, code) if known else None
            n[code, group[0]] = cell
            sums[code] += cell or 0
    for row in rows:
        key = row["code"], row["value"]
        where = f"crosstab {attribute} --count {rule}: {key}"
        report.same(f"{where} n", row["n"], n.get(key))
        share = 100 * n[key] / sums[key[0]] if n.get(key) is not None and sums[key[0]] else None
        report.same(f"{where} percent", row["percent"], share)
        report.same(f"{where} cramers_v", row["cramers_v"], None)


