"""New codes per interview, the mean and band over other orders, the rule of Guest, Namey and Chen."""

import random
from math import comb

from counting import Reading

ORDERS = 2000


def interviews(study, reading):
    """(date, document, codes) of every document that was begun, in order of date."""
    born = {c for c, code in study.codes.items() if code.origin in ("inductive", "in-vivo")}
    out = []
    for name, doc in study.documents.items():
        if not reading.begun(name):
            continue
        codes = {
            c.code
            for c in reading.codings(name)
            if c.code in born and reading.touches(name, c.start, c.end)
        }
        out.append((doc.row.get("date", ""), name, codes))
    # What has no date comes last; what has the same stands as in the table.
    return sorted(out, key=lambda i: (i[0] == "", i[0]))


def mean_after(sets, k):
    """The mean number of different codes in k of the interviews, over all ways to take them."""
    n = len(sets)
    total = 0.0
    for code in set().union(*sets):
        f = sum(code in s for s in sets)
        total += 1 - (comb(n - f, k) / comb(n, k))
    return total


def band(sets):
    """Percentiles 2.5 and 97.5 after each interview, by shuffling."""
    chance = random.Random(11)
    met = [[] for _ in sets]
    for _ in range(ORDERS):
        seen = set()
        for i, s in enumerate(chance.sample(sets, len(sets))):
            seen |= s
            met[i].append(len(seen))
    return [(sorted(m)[int(ORDERS * 0.025)], sorted(m)[int(ORDERS * 0.975)]) for m in met]


def check(study, program, report):
    for base, run, threshold in ((4, 2, 5), (5, 3, 0), (4, 2, 0), (6, 3, 20)):
        options = ["--base", str(base), "--run", str(run), "--threshold", str(threshold)]
        one(study, program, report, base, run, threshold, options)
    plain = program.table("saturation")
    named = program.table("saturation", "--base", "4", "--run", "2", "--threshold", "5")
    report.same("saturation without options", plain, named)


def one(study, program, report, base, run, threshold, options):
    rows = program.table("saturation", *options)
    reading = Reading(study)
    mine = interviews(study, reading)
    sets = [codes for _, _, codes in mine]
    head = " ".join(["saturation", *options])
    report.same(f"{head}: interviews", [r["document"] for r in rows], [name for _, name, _ in mine])
    seen, new = set(), []
    bands = band(sets)
    reached = "no"
    for i, (row, (date, name, codes)) in enumerate(zip(rows, mine)):
        fresh = codes - seen
        seen |= codes
        new.append(len(fresh))
        where = f"{head}: {name}"
        report.same(f"{where} date", row["date"], date)
        report.same(f"{where} order", row["order"], i + 1)
        report.same(f"{where} new", row["new"], len(fresh))
        report.same(f"{where} codes", row["codes"], len(codes))
        report.same(f"{where} total", row["total"], len(seen))
        report.same(f"{where} new_codes", sorted(row["new_codes"].split()), sorted(fresh))
        report.same(f"{where} mean", row["mean"], mean_after(sets, i + 1))
        # Two samples of orders may differ by a code.
        for column, value in zip(("low", "high"), bands[i]):
            report.same(f"{where} {column} is near {value}", abs(int(row[column]) - value) <= 1, True)
        at_base = sum(new[:base])
        if i + 1 >= base + run:
            of_run = sum(new[i + 1 - run :])
            report.same(f"{where} run_new", row["run_new"], of_run)
            report.same(f"{where} run_share", row["run_share"], of_run / at_base if at_base else None)
            if reached == "no" and at_base and of_run * 100 <= threshold * at_base:
                reached = f"{i + 1 - run}+{run}"
        else:
            report.same(f"{where} run_new", row["run_new"], None)
    report.same(f"{head}: reached", {r["reached"] for r in rows}, {reached})
