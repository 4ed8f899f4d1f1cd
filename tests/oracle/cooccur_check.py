"""Codes with codes: four units, Jaccard's coefficient, and one group of codes by another."""

from collections import defaultdict

import numpy as np

from counting import Grid, Reading


def check(study, program, report):
    for unit in ("case", "document", "turn", "overlap"):
        pairs = Pairs(study, unit)
        rows = program.table("cooccur", "--unit", unit, "--shape", "long")
        found = [c for c in study.codes if len(pairs.units[c])]
        wanted = [
            (a, b)
            for i, a in enumerate(found)
            for b in found[i + 1 :]
            if a not in study.above(b) and b not in study.above(a)
        ]
        compare(report, f"cooccur --unit {unit}", rows, pairs, wanted, ordered=False)
    default = program.table("cooccur", "--shape", "long")
    report.same("cooccur, without --unit", default, program.table("cooccur", "--unit", "overlap", "--shape", "long"))


def compare(report, head, rows, pairs, wanted, ordered):
    """Every row against the pairs, and every pair against the rows."""
    want = {p if ordered else frozenset(p): p for p in wanted}
    seen = set()
    for row in rows:
        a, b = row["code_a"], row["code_b"]
        key = (a, b) if ordered else frozenset((a, b))
        seen.add(key)
        if key not in want:
            report.same(f"{head}: {a} {b}", "a row", "no such row")
            continue
        for column, value in pairs.of(a, b).items():
            report.same(f"{head}: {a} {b} {column}", row[column], value)
    missing = [want[k] for k in want if k not in seen]
    report.same(f"{head}: rows that are missing", str(missing[:3]) if missing else "", "")


class Pairs:
    """Units of every code, and what two codes share."""

    def __init__(self, study, unit, **how):
        self.study, self.unit = study, unit
        self.reading = Reading(study, **how)
        self.grid = Grid(self.reading, "case" if unit == "case" else "document")
        self.units, self.passages, self.known = {}, {}, {}
        # Characters of all texts in one row of numbers.
        self.first, at = {}, 0
        for name, doc in study.documents.items():
            self.first[name] = at
            at += len(doc.text)
        for code in study.codes:
            units, passages, known = set(), [], set()
            for group in self.grid.groups:
                if unit == "case" and not group[0]:
                    continue
                here = self.grid.passages(group, code)
                if self.grid.status(group, code, bool(here)) in ("coded", "not_found"):
                    known.add(group)
                passages += here
                if unit in ("case", "document"):
                    units |= {group} if here else set()
                elif unit == "turn":
                    units |= {(d, t.number) for d, a, b in here for t in self.reading.touches(d, a, b)}
                else:
                    for d, a, b in here:
                        for turn in self.reading.touches(d, a, b):
                            start, end = max(a, turn.text_start), min(b, turn.end)
                            units |= set(range(self.first[d] + start, self.first[d] + end))
            if unit == "overlap":
                units = np.array(sorted(units), dtype=np.int64)
            self.units[code], self.passages[code], self.known[code] = units, passages, known

    def of(self, a, b):
        """The row of two codes."""
        if self.unit == "overlap":
            both = len(np.intersect1d(self.units[a], self.units[b], assume_unique=True))
        else:
            both = len(self.units[a] & self.units[b])
        either = len(self.units[a]) + len(self.units[b]) - both
        read = len(self.known[a] & self.known[b])
        n, n_a, n_b = both, len(self.units[a]), len(self.units[b])
        if self.unit == "overlap":
            n_a, n_b = len(self.passages[a]), len(self.passages[b])
            there = defaultdict(list)
            for q in self.passages[b]:
                there[q[0]].append(q)
            n = sum(self.meet(p, q) for p in self.passages[a] for q in there[p[0]])
        if not n and not read:
            n = None
        study = self.study
        if a == b or a in study.above(b) or b in study.above(a):
            return dict(n=None, jaccard=None)
        jaccard = both / either if either else None
        return dict(n=n, n_a=n_a, n_b=n_b, shared=both, either=either, jaccard=jaccard, read=read)

    def meet(self, p, q):
        """Whether two passages share a stretch of a counted turn, its label included."""
        start, end = max(p[1], q[1]), min(p[2], q[2])
        if start >= end:
            return False
        return any(
            max(start, t.start) < min(end, t.end) for t in self.reading.touches(p[0], start, end)
        )
