"""The counting rules of docs/counting.md: readings, passages, groups, statuses."""

import itertools
from collections import defaultdict

import words

RULES = ["passages", "codings", "turns", "documents", "cases", "presence", "words", "characters"]


def united(spans):
    """Stretches united where they share a code point; touching ones stay two."""
    out = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1][1] = max(out[-1][1], end)
        else:
            out.append([start, end])
    return [tuple(s) for s in out]


def common(sets):
    """The stretches that lie in every one of the given united sets."""
    out = sets[0]
    for other in sets[1:]:
        cut = []
        for (a, b), (c, d) in itertools.product(out, other):
            if max(a, c) < min(b, d):
                cut.append((max(a, c), min(b, d)))
        out = cut
    return sorted(out)


class Reading:
    """What one reading sees: codings per document, and what is done for which code."""

    def __init__(self, study, choice="primary", roles=("respondent",), assume_done=False, keep=None, without=None):
        self.study, self.choice, self.roles = study, choice, set(roles)
        self.assume_done = assume_done
        self.without = without
        self.keep = keep or (lambda coding: True)
        self.counted = {
            d.name: [t for t in d.turns if d.whole or "all" in self.roles or t.role in self.roles]
            for d in study.documents.values()
        }
        self.readers = {d: self._readers(d) for d in study.documents}
        self._done = {}

    def _readers(self, document):
        study = self.study
        began = sorted(study.coders[document] - {self.without})
        if self.choice in ("union", "intersection"):
            return began
        if self.choice != "primary":
            return [self.choice]
        named = study.primary.get(document) or study.primary_of_all
        if named:
            return [named]
        if len(began) > 1:
            raise SystemExit(f"several coders in {document}, none is primary: {began}")
        return began

    def touches(self, document, start, end):
        """The counted turns that a stretch touches."""
        return [t for t in self.counted[document] if t.start < end and start < t.end]

    def case_of(self, coding):
        """The case that a coding belongs to."""
        if coding.own_case:
            return coding.own_case
        turns = self.touches(coding.document, coding.start, coding.end)
        if turns:
            return turns[0].case
        return self.study.documents[coding.document].case

    def all_codings(self, document):
        """The codings of the readers in a document."""
        readers = self.readers[document]
        return [c for c in self.study.by_document[document] if c.coder in readers]

    def codings(self, document):
        """The codings of the readers in a document, as far as the filter keeps them."""
        return [c for c in self.all_codings(document) if self.keep(c)]

    def spans(self, document, code, codings):
        """The united stretches of a code (with all below it) among some codings, before roles."""
        below = set(self.study.codes[code].below)
        mine = [c for c in codings if c.code in below]
        if self.choice != "intersection":
            return united([(c.start, c.end) for c in mine])
        done = [r for r in self.readers[document] if self.study.done.get((r, document))]
        if len(done) < 2:
            return []
        return common([united([(c.start, c.end) for c in mine if c.coder == r]) for r in done])

    def passages(self, document, code, codings):
        """The passages that count: those that touch a counted turn."""
        return [s for s in self.spans(document, code, codings) if self.touches(document, *s)]

    def found_at_all(self, document, code):
        """Whether the readers put the code anywhere in the document."""
        below = set(self.study.codes[code].below)
        return any(
            c.code in below
            for c in self.study.by_document[document]
            if c.coder in self.readers[document]
        )

    def _done_by(self, reader, document, code):
        study = self.study
        marks = study.done.get((reader, document), {})
        if study.codes[code].status != "fixed":
            return False
        if marks.get(code):
            return True
        if self.assume_done and reader in study.coders[document]:
            return True
        # Under a code that was read for and not found, a code that was made later is not found.
        marked = study.marked_at.get((reader, document))
        later = marked is not None and study.added.get(code, "") > marked
        # What was moved there since was no part of what was read.
        if later and study.moved.get(code, "") < marked:
            for up in study.above(code):
                if marks.get(up):
                    below = set(study.codes[up].below)
                    return not any(
                        c.code in below and c.coder == reader for c in study.by_document[document]
                    )
        return False

    def done(self, document, code):
        """Whether the document was read to the end for the code."""
        key = document, code
        if key not in self._done:
            readers = self.readers[document]
            each = [self._done_by(r, document, code) for r in readers]
            if self.choice == "intersection":
                self._done[key] = sum(each) >= 2
            else:
                self._done[key] = bool(each) and all(each)
        return self._done[key]

    def begun(self, document):
        """Whether a reader coded or marked anything in the document."""
        return any(r in self.study.coders[document] for r in self.readers[document])


class Grouping:
    """To which row a coding and a turn belong."""

    def __init__(self, reading, by):
        self.reading, self.by = reading, by
        study = self.study = reading.study
        self.parts = [p.strip() for p in by.split(",")] if isinstance(by, str) else list(by)
        self.kinds = [self._kind(p) for p in self.parts]

    def _kind(self, word):
        study = self.study
        low = word.lower()
        if low == "everything":
            return low, None
        if low in ("case", study.label.lower()):
            return "case", None
        if low in ("document", "speaker"):
            return low, None
        if "." in low:
            table, column = low.split(".", 1)
            return {"case": "case", study.label.lower(): "case"}.get(table, table), column
        plain = {
            "case": set(study.case_head) - {"case", study.label.lower(), "name", "cite_as"},
            "document": set(study.document_head)
            - {"document", "title", "case", study.label.lower(), "cite_as"},
            "speaker": set(study.speaker_head)
            - {"document", "speaker", "name", "case", study.label.lower(), "quote"},
        }
        found = [t for t, columns in plain.items() if low in columns]
        if len(found) != 1:
            raise SystemExit(f"{word}: {found}")
        return found[0], low

    def _value(self, kind, document, case, turn):
        what, column = kind
        study = self.study
        if what == "everything":
            return ""
        if what == "case":
            if column is None:
                return case or ""
            return (study.cases.get(case) or {}).get(column, "")
        if what == "document":
            return document if column is None else study.documents[document].row.get(column, "")
        if turn is None:
            return None
        if column is None:
            return f"{document}/{turn.speaker}"
        if column == "role":
            return turn.role
        return turn.row.get(column, "")

    def of_unit(self, document, case):
        return tuple(self._value(k, document, case, None) for k in self.kinds)

    def of_turn(self, document, turn):
        return tuple(self._value(k, document, turn.case, turn) for k in self.kinds)

    def of_coding(self, coding):
        r = self.reading
        turns = r.touches(coding.document, coding.start, coding.end)
        turn = turns[0] if turns else None
        return tuple(self._value(k, coding.document, r.case_of(coding), turn) for k in self.kinds)


class Grid:
    """All cells of a table: groups by codes, with everything that is counted in them."""

    def __init__(self, reading, by, level="all"):
        self.reading, self.by = reading, by
        self.study = reading.study
        self.grouping = Grouping(reading, by)
        self.codes = self.study.level(level)
        self._documents()

    def _documents(self):
        r, study = self.reading, self.study
        self.documents = defaultdict(list)      # group -> documents that speak of it
        self.words = defaultdict(int)           # (group, document) -> counted words
        self.here = defaultdict(list)           # (group, document) -> codings
        self.cases = defaultdict(set)           # (group, document) -> cases that speak, and its own
        self.coded_cases = defaultdict(set)     # (group, document) -> cases of its codings
        self.found = {}
        member = defaultdict(set)
        kinds = {k for k, _ in self.grouping.kinds}
        if kinds == {"case"}:
            for case in study.cases:
                self.documents[self.grouping.of_unit(None, case)] = []
        for name, doc in study.documents.items():
            if kinds <= {"case", "document"} and (doc.case or kinds == {"document"}):
                group = self.grouping.of_unit(name, doc.case)
                member[group].add(name)
                self.cases[group, name] |= {doc.case} - {None, ""}
            for turn in r.counted[name]:
                group = self.grouping.of_turn(name, turn)
                self.words[group, name] += turn.words
                member[group].add(name)
                self.cases[group, name].add(turn.case)
            # What a filter leaves out was read all the same: the document speaks of its row.
            for coding in r.all_codings(name):
                if coding.code in study.codes:
                    group = self.grouping.of_coding(coding)
                    if None not in group:
                        member[group].add(name)
                        if r.keep(coding):
                            self.here[group, name].append(coding)
                        self.coded_cases[group, name].add(r.case_of(coding))
        for group, names in member.items():
            self.documents[group] = [n for n in study.documents if n in names]
        if self.grouping.kinds == [("case", None)]:
            order = {(c,): i for i, c in enumerate(study.cases)}
            for group in order:
                self.documents.setdefault(group, [])
            self.groups = sorted(self.documents, key=lambda g: order.get(g, len(order)))
        else:
            self.groups = list(self.documents)

    def passages(self, group, code):
        """(document, start, end) of all passages of a cell."""
        if (group, code) not in self.found:
            out = []
            for name in self.documents[group]:
                if (group, name) in self.here:
                    found = self.reading.passages(name, code, self.here[group, name])
                    out += [(name, *s) for s in found]
            self.found[group, code] = out
        return self.found[group, code]

    def raw(self, group, code):
        """The codings of a cell that touch a counted turn."""
        below = set(self.study.codes[code].below)
        out = []
        for name in self.documents[group]:
            for c in self.here.get((group, name), []):
                if c.code in below:
                    if self.reading.touches(name, c.start, c.end):
                        out.append(c)
        return out

    def count(self, rule, group, code, passages=None):
        """The number of a cell under a rule."""
        r, study = self.reading, self.study
        passages = self.passages(group, code) if passages is None else passages
        if rule == "passages":
            return len(passages)
        if rule == "codings":
            return len(self.raw(group, code))
        if rule == "documents":
            return len({p[0] for p in passages})
        if rule == "presence":
            return int(bool(passages))
        if rule == "cases":
            return len({r.case_of(c) for c in self.raw(group, code)} - {None})
        if rule == "turns":
            return len({(d, t.number) for d, a, b in passages for t in r.touches(d, a, b)})
        total = 0
        for d, a, b in passages:
            for turn in r.touches(d, a, b):
                start, end = max(a, turn.text_start), min(b, turn.end)
                if start < end:
                    total += (
                        words.between(study.documents[d].words, start, end)
                        if rule == "words"
                        else end - start
                    )
        return total

    def status(self, group, code, found):
        """What is known of a cell."""
        r, study = self.reading, self.study
        names = self.documents[group]
        if not names:
            return "no_text"
        each = []
        for name in names:
            coded = self.coded(group, name, code)
            asked = self.asked(group, name, code)
            done = r.done(name, code)
            if done and (asked or coded):
                each.append("done")
            elif not asked and not coded:
                each.append("not_asked")
            elif coded:
                each.append("coded")
            else:
                each.append("not_done")
        if found:
            return "coded" if all(e in ("done", "not_asked") for e in each) else "partial"
        if all(e == "not_asked" for e in each):
            return "not_asked"
        if any(e == "not_done" for e in each):
            return "not_done"
        return "not_found"

    def documents_done(self, group, code):
        return [
            n
            for n in self.documents[group]
            if self.reading.done(n, code) and (self.asked(group, n, code) or self.coded(group, n, code))
        ]

    def asked(self, group, name, code):
        """Whether the document's questions reached the code, for some case that the group has in it."""
        if (name, code) in self.study.not_asked:
            return False
        cases = self.cases[group, name] or self.coded_cases[group, name]
        return not cases or any((case, code) not in self.study.not_asked_case for case in cases)

    def coded(self, group, name, code):
        """Whether a group has a passage of the code in the document."""
        return any(p[0] == name for p in self.passages(group, code))

    def cell(self, group, code, rules=("passages",)):
        """Everything about one cell."""
        passages = self.passages(group, code)
        status = self.status(group, code, bool(passages))
        done = self.documents_done(group, code)
        spoken = sum(self.words[group, n] for n in done)
        rate = None
        if spoken:
            rate = sum(1 for p in passages if p[0] in done) / spoken * 1000
        has_number = status in ("coded", "partial", "not_found")
        if not has_number:
            rate = None
        return {
            "status": status,
            "documents": len(self.documents[group]),
            "documents_done": len(done),
            "words": spoken,
            "per_1000": rate,
            "n": {rule: self.count(rule, group, code, passages) if has_number else None for rule in rules},
        }
