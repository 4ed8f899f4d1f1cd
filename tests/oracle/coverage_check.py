"""How much is coded, and long turns that are not."""

import words
from counting import Grid, Reading, united


def check(study, program, report):
    for long, options in ((50, []), (80, ["--long", "80"])):
        one(study, program, report, long, options)
    turns(study, program, report)


def coded_spans(reading, document):
    """What any code covers, one reading."""
    spans = united([(c.start, c.end) for c in reading.codings(document)])
    return [s for s in spans if reading.touches(document, *s)]


def is_no_longer_read_for(code):
    """Whether nobody reads for a code any more."""
    return bool(code.raw.get("retired") or code.raw.get("merged_into"))


def one(study, program, report, long, options):
    reading = Reading(study)
    grid = Grid(reading, "document")
    rows = {r["document"]: r for r in program.table("coverage", *options)}
    report.same("coverage rows", ",".join(rows), ",".join(study.documents))
    for name, doc in study.documents.items():
        row, where = rows[name], f"coverage {' '.join(options)}: {name}"
        spans = coded_spans(reading, name)
        turns = reading.counted[name]
        total = sum(t.words for t in turns)
        coded = sum(
            words.between(doc.words, max(a, t.text_start), min(b, t.end))
            for a, b in spans
            for t in turns
            if max(a, t.text_start) < min(b, t.end)
        )
        bare = [t for t in turns if not any(t.start < b and a < t.end for a, b in spans)]
        # What was not asked cannot be read for; what was found was asked.
        fixed = [c for c, code in study.codes.items() if code.status == "fixed"]
        fixed = [c for c in fixed if not is_no_longer_read_for(study.codes[c])]
        row_of = (name,)
        asked = [c for c in fixed if grid.asked(row_of, name, c) or grid.coded(row_of, name, c)]
        whole = bool(fixed) and all(reading.done(name, c) for c in asked)
        status = "no" if not reading.begun(name) else "done" if whole else "partly"
        mine = dict(
            status=status,
            words=total,
            coded=coded,
            percent=100 * coded / total if total else None,
            turns=len(turns),
            uncoded_turns=len(bare),
            long_turns=sum(t.words >= long for t in bare),
            longest=max((t.words for t in bare), default=None),
        )
        if not reading.begun(name):
            for column in ("coded", "percent", "uncoded_turns", "long_turns", "longest"):
                mine[column] = None
        for column, value in mine.items():
            report.same(f"{where} {column}", row[column], value)
        report.same(f"{where} case", row.get(study.label, row.get("case")), doc.case)


def turns(study, program, report):
    reading = Reading(study)
    rows = program.table("coverage", "--turns", "--long", "80")
    mine = []
    for name, doc in study.documents.items():
        if not reading.begun(name):
            continue
        spans = coded_spans(reading, name)
        for t in reading.counted[name]:
            if t.words >= 80 and not any(t.start < b and a < t.end for a, b in spans):
                mine.append((name, t, doc))
    report.same("coverage --turns rows", len(rows), len(mine))
    for row, (name, t, doc) in zip(rows, mine):
        where = f"coverage --turns: {name} {t.number}"
        report.same(f"{where} document", row["document"], name)
        report.same(f"{where} turn", row["turn"], t.number)
        report.same(f"{where} speaker", row["speaker"], t.speaker)
        report.same(f"{where} words", row["words"], t.words)
        report.same(f"{where} end", row["end"], t.end)
        report.same(f"{where} start", int(row["start"]) in (t.start, t.text_start), True)
