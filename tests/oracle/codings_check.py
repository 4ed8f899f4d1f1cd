"""The list of codings itself: quotes, cases, turns, what counts."""

from counting import Reading


def check(study, program, report):
    reading = Reading(study)
    whole = Reading(study, roles=("all",))
    for coding in study.codings:
        row, doc = coding.row, study.documents[coding.document]
        where = f"coding {coding.id}"
        report.same(f"{where} quote", row["quote"], doc.text[coding.start : coding.end])
        report.same(f"{where} case", row["case"], reading.case_of(coding))
        report.same(f"{where} top", row["top"], study.top(coding.code))
        turns = whole.touches(coding.document, coding.start, coding.end)
        counted = reading.touches(coding.document, coding.start, coding.end)
        first = (counted or turns or [None])[0]
        report.same(f"{where} turn", row["turn"], first and first.number)
        report.same(f"{where} speaker", row["speaker"], first and first.speaker)
        counts = coding.coder in reading.readers[coding.document] and bool(counted)
        report.same(f"{where} counted", row["counted"], "yes" if counts else "no")
