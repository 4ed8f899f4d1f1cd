"""One group of codes by another."""

import itertools

from cooccur_check import Pairs, compare


def check(study, program, report):
    names = list(study.groups)
    if not names:
        report.skip("no groups")
        return
    plans = [(names[0], names[-1], "overlap"), (names[-1], names[0], "turn"), (names[0], names[0], "case")]
    plans += [(a, b, "document") for a, b in zip(names, names[1:])]
    made = {}
    for a, b, unit in plans:
        pairs = made.setdefault(unit, None) or made.update({unit: Pairs(study, unit)}) or made[unit]
        rows = program.table("matrix", a, b, "--unit", unit, "--shape", "long")
        # A code does not meet itself, nor one above it: such a cell is empty, and has no line.
        wanted = [
            (c, d)
            for c, d in itertools.product(study.groups[a]["codes"], study.groups[b]["codes"])
            if c != d and c not in study.above(d) and d not in study.above(c)
        ]
        compare(report, f"matrix {a} {b} --unit {unit}", rows, pairs, wanted, ordered=True)
