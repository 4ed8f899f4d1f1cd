"""The report: every link has its target, and behind each cell stand as many passages as were counted."""

import re
import tempfile
from collections import Counter, defaultdict
from html.parser import HTMLParser
from pathlib import Path

from counting import Grid, Reading, united
from cooccur_check import Pairs
from coverage_check import coded_spans
from profile_check import activities, effect
from saturation_check import interviews


class Page(HTMLParser):
    """The names of all places, all links, the lines of lists, and under which heading each passage stands."""

    # Elements of which the words are kept.
    HEADINGS = ("h2", "h3", "h4")

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.under, self.cells = Counter(), [], {}, set()
        self.heads, self.lines, self.titles = {}, defaultdict(str), defaultdict(str)
        self.line = self.place = self.title = None
        self.bold = False
        self.feed(text)
        self.lines = defaultdict(str, {name: line.strip() for name, line in self.lines.items()})

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        name = at.get("id")
        if name:
            self.ids[name] += 1
        if tag in self.HEADINGS:
            self.place = self.title = name
        if tag == "blockquote" and name:
            self.under[name] = self.place
        if tag == "li" and name:
            self.line, self.heads[name] = name, ""
        if tag == "b":
            self.bold = True
        if tag == "a" and "href" in at:
            self.links.append(at["href"].removeprefix("#"))
            if not self.line:
                self.cells.add(self.links[-1])

    def handle_endtag(self, tag):
        if tag == "li":
            self.line = None
        if tag in self.HEADINGS:
            self.title = None
        if tag == "b":
            self.bold = False

    def handle_data(self, data):
        if self.title:
            self.titles[self.title] += data
        if self.line and self.bold:
            self.heads[self.line] += data
        elif self.line:
            self.lines[self.line] += data

    def code_of(self, passage):
        """The label of the code under which a passage stands."""
        return self.titles[self.under[f"p{passage}"].split("-row-")[0]]


def label(of):
    """What a code or a dimension is called in English."""
    told = of.get("label") or of["id"]
    return told if isinstance(told, str) else told.get("en") or next(iter(told.values()))


def numbers(text):
    """The stretches of a part of a line: the passages in which each lies, as often as it says."""
    # Quoted words may hold anything.
    text = re.sub(r"“[^”]*”", "", text)
    out = []
    for part in filter(str.strip, text.split(",")):
        times = re.search(r"\((\d+)×\)", part)
        found = re.findall(r"\d+", re.sub(r"\([^)]*\)", "", part))
        out += [[int(n) for n in found]] * int(times[1] if times else 1)
    return out


def check(study, program, report):
    for level in ("top", "all"):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "report.html"
            program.run("report", str(file), "--level", level, "--language", "en")
            page = Page(file.read_text(encoding="utf-8"))
        head = f"report --level {level}"
        report.same(f"{head}: places of one name", [i for i, n in page.ids.items() if n > 1], [])
        report.same(f"{head}: leads nowhere", [a for a in page.links if a not in page.ids], [])
        report.same(f"{head}: lines that no cell leads to", [i for i in page.heads if i not in page.cells], [])
        reading = Reading(study)
        meetings(study, study.level(level), page, report, head)
        profiles(study, reading, page, report, head)
        saturation(study, reading, page, report, head)
        coverage(study, reading, page, report, head)


def meetings(study, codes, page, report, head):
    pairs = Pairs(study, "overlap")
    lines = {page.heads[i]: page.lines[i] for i in page.heads if i.startswith("meet-")}
    for i, a in enumerate(codes):
        for b in codes[i + 1 :]:
            labels = [label(study.codes[c].raw) for c in (a, b)]
            told = next((lines[x] for x in (" × ".join(labels), " × ".join(labels[::-1])) if x in lines), "")
            mine = numbers(told)
            report.same(f"{head}: {a} × {b}", len(mine), pairs.of(a, b)["n"] or 0)
            for stretch in mine:
                under = sorted({page.code_of(p) for p in stretch})
                report.same(f"{head}: {a} × {b}: codes of {stretch}", under, sorted(labels))


def profiles(study, reading, page, report, head):
    found = activities(study, reading)
    cases = [g[0] for g in Grid(reading, "case").groups]
    dimensions = [d["id"] for d in study.dimensions]
    declared = {d for c in study.codes.values() for d in (c.raw.get("effects") or {})}
    shown = [d for d in dimensions if d in declared]
    for r, case in enumerate(cases):
        for d in shown:
            line = page.lines[f"acts-1-{r + 1}-{dimensions.index(d) + 1}"]
            wanted = defaultdict(Counter)
            for code, (passages, _) in found.get(case, {}).items():
                sign = effect(study, code, d)[0]
                if sign != "":
                    mark = {"+": "+", "-": "−", "?": "?", "unknown": "∅"}[sign]
                    wanted[mark][label(study.codes[code].raw)] += len(passages)
            mine = defaultdict(Counter)
            for part in filter(None, line.split(" · ")):
                mark, rest = part.split(" ", 1)
                for activity in rest.split("; "):
                    name, told = activity.rsplit(": ", 1)
                    mine[mark][name] += len(numbers(told))
                    for (number,) in numbers(told):
                        row = page.under[f"p{number}"].rsplit("-", 1)[1]
                        report.same(f"{head}: {case} {d}: row of {number}", row, r + 1)
            told = lambda of: sorted((m, sorted(c.items())) for m, c in of.items())  # noqa: E731
            report.same(f"{head}: profile of {case}, {d}", told(mine), told(wanted))


def saturation(study, reading, page, report, head):
    seen = set()
    for i, (_, name, codes) in enumerate(interviews(study, reading)):
        for what, wanted in (("new", codes - seen), ("found", codes)):
            told = {}
            for part in filter(None, page.lines[f"{what}-{i + 1}"].split("; ")):
                code, rest = part.rsplit(": ", 1)
                told[code] = len(numbers(rest))
            mine = {label(study.codes[c].raw): len(own_passages(reading, name, c)) for c in wanted}
            report.same(f"{head}: {what} in {name}", sorted(told.items()), sorted(mine.items()))
        seen |= codes


def own_passages(reading, name, code):
    """The passages of a code itself, without those below it."""
    spans = united([(c.start, c.end) for c in reading.codings(name) if c.code == code])
    return [s for s in spans if reading.touches(name, *s)]


def coverage(study, reading, page, report, head):
    for i, (name, doc) in enumerate(study.documents.items()):
        spans = coded_spans(reading, name) if reading.begun(name) else []
        told = numbers(page.lines[f"coded-{i + 1}"])
        report.same(f"{head}: coded in {name}", len(told), len(spans))
