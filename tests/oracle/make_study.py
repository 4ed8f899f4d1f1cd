"""Makes a study over the founders' interviews through the program's own commands.

    python3 tests/oracle/make_study.py FOUNDERS NEWDIR --verbatim target/debug/verbatim

Fifty real interviews, some 5,000 codings by two coders at places drawn from one seed.
They overlap and nest, cross turns, lie in the interviewer's turns only, carry qualifiers and cases
of their own; most documents are done, some are not, some are done before the codebook changed.
The same study comes out each time.
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
CODINGS = 5000


class Hand:
    """Somebody who types commands, with a clock that moves one minute a command."""

    def __init__(self, binary, folder):
        self.binary, self.folder, self.minute = str(Path(binary).resolve()), folder, 0
        self.home = folder.parent / (folder.name + "-home")
        self.home.mkdir(parents=True, exist_ok=True)

    def run(self, coder, *args, text=None):
        self.minute += 1
        env = dict(os.environ)
        env.update(
            VERBATIM_CONFIG=str(self.home / coder),
            VERBATIM_CACHE=str(self.home / "cache"),
            VERBATIM_NOW=f"2026-03-{1 + self.minute // 1440:02}T{self.minute // 60 % 24:02}:{self.minute % 60:02}:00Z",
            VERBATIM_SEED=str(self.minute),
        )
        command = [self.binary, "--coder", coder, "--quiet", *map(str, args)]
        done = subprocess.run(command, env=env, input=(text or "").encode(), capture_output=True)
        if done.returncode not in (0, 1):
            sys.exit(f"verbatim {' '.join(map(str, args))}: {done.stderr.decode()}")

    def on(self, coder, *args, text=None):
        self.run(coder, "--study", self.folder, *args, text=text)


def codes_of(file):
    """The ids of all codes of a codebook file."""
    out = []

    def add(raw):
        for one in raw:
            out.append(one["id"])
            add(one.get("children") or [])

    add(json.loads(file.read_text(encoding="utf-8"))["codes"])
    return out


def script(chance, texts, codes, judged, cases, number, document_of):
    """Rows for `code --from`."""
    rows = []
    while len(rows) < number:
        document = document_of(len(rows))
        text = texts[document]
        if rows and chance.random() < 0.15 and rows[-1][0] == document:
            # On or over the last one, with the same code, a relative or any other.
            _, a, b, code, *_ = rows[-1]
            start = max(0, a - chance.randrange(0, 30))
            end = min(len(text), max(start + 1, b + chance.randrange(-20, 40)))
            if chance.random() < 0.5:
                code = chance.choice(codes)
        else:
            start = chance.randrange(0, len(text) - 900)
            end = start + 1 + chance.randrange(0, chance.choice([40, 40, 200, 200, 800]))
            code = chance.choice(codes)
        if start >= end or not text[start:end].strip() or text[start:end] != text[start:end].strip():
            continue
        own = chance.choice(cases) if chance.random() < 0.03 else ""
        status = chance.choice(["", "", "in-place", "in-place", "planned", "ended", "rejected", "elsewhere"])
        whom = chance.choice(["", "", "", "permanent", "flexible", "self-employed", "newcomers"])
        said = chance.choice([""] * 6 + ["OF+", "OS+", "JS-", "ES+", "CS-", "IS+", "EF+"])
        if code not in judged:
            status = whom = said = ""
        rows.append((document, start, end, code, own, status, whom, said))
    return rows


def as_csv(rows):
    out = ["document,start,end,code,case,status,for,said-effect"]
    for row in rows:
        out.append(",".join(map(str, row)))
    return "\n".join(out) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("founders", type=Path)
    parser.add_argument("study", type=Path)
    parser.add_argument("--verbatim", required=True)
    args = parser.parse_args()
    if not args.founders.exists():
        print(f"skipped: {args.founders} is not there")
        return
    folder = args.study.resolve()
    hand = Hand(args.verbatim, folder)
    chance = random.Random(20260301)

    hand.run(
        "anna", "init", folder, "--codebook", HERE / "talk.json", "--codebook", "flexicurity",
        "--codebook", "flexicurity-matrix", "--case-label", "organisation",
    )
    hand.on("anna", "import", args.founders.resolve())
    documents = [r["document"] for r in csv.DictReader(open(args.founders / "documents.csv", encoding="utf-8"))]

    # What a researcher adds: dates (two the same, one unknown), a mode, a size.
    dates = ["document,date,mode"]
    for i, document in enumerate(documents):
        day = date(2025, 1, 6) + timedelta(days=3 * (i - (i % 7 == 1)))
        dates.append(f"{document},{'' if i == 11 else day},{['online', 'in person', ''][i % 3]}")
    (hand.home / "dates.csv").write_text("\n".join(dates) + "\n", encoding="utf-8")
    sizes = ["organisation,size,listed"]
    cases = [r["organisation"] for r in csv.DictReader(open(args.founders / "organisations.csv", encoding="utf-8"))]
    for i, case in enumerate(cases):
        sizes.append(f"{case},{['small', 'large', 'small', ''][i % 4]},{'yes' if i % 5 else 'no'}")
    sizes.append("never-met,small,no")
    (hand.home / "sizes.csv").write_text("\n".join(sizes) + "\n", encoding="utf-8")
    hand.on("anna", "import", "--attributes", hand.home / "dates.csv")
    hand.on("anna", "import", "--attributes", hand.home / "sizes.csv")

    texts = {d: (folder / "corpus" / f"{d}.txt").read_text(encoding="utf-8") for d in documents}
    talk = codes_of(HERE / "talk.json")
    books = HERE.parent.parent / "codebooks"
    judged = codes_of(books / "flexicurity.json")
    codes = talk * 4 + judged + codes_of(books / "flexicurity-matrix.json") * 2
    hand.on("anna", "coders", "primary", "anna")

    # Anna reads the first 20 documents and marks most done; then the codebook changes; then the rest.
    first, second = documents[:20], documents[20:49]
    rows = script(chance, texts, codes, judged, cases, CODINGS * 2 // 5, lambda i: first[i % 20])
    hand.on("anna", "code", "--from", "-", text=as_csv(rows))
    hand.on("anna", "done", *first[:17])
    hand.on("anna", "codebook", "fix", "luck", "--earlier", "declared")
    hand.on("anna", "codebook", "fix", "doubt", "--earlier", "reopen")
    hand.on("anna", "codebook", "add", "freedom-of-place", "--under", "freedom", "--status", "fixed", "--origin", "inductive")
    hand.on("anna", "codebook", "change", "time", "--definition", "en=Talk of time, pauses too.", "--effect", "broader", "--reason", "pauses")
    hand.on("anna", "codebook", "change", "people-hired", "--definition", "en=Taken on by the firm.", "--effect", "wording", "--reason", "clearer")
    codes += ["freedom-of-place"] * 3
    rows = script(chance, texts, codes, judged, cases, CODINGS * 2 // 5, lambda i: second[i % 29])
    hand.on("anna", "code", "--from", "-", text=as_csv(rows))
    hand.on("anna", "done", *second[:26], *first[:4])
    hand.on("anna", "reopen", second[3])
    hand.on("anna", "not-asked", documents[6], "training", "people")
    hand.on("anna", "not-asked", "gitlab", "social-responsibility")

    # A code that comes below one that was read for is no part of what was read; one that is fixed and made
    # provisional again is read for by nobody.
    hand.on("anna", "codebook", "add", "wandered", "--status", "fixed", "--origin", "inductive")
    hand.on("anna", "codebook", "move", "wandered", "--under", "luck")
    hand.on("anna", "codebook", "add", "unsure", "--origin", "inductive")
    hand.on("anna", "codebook", "fix", "unsure", "--earlier", "declared")
    hand.on("anna", "undo")
    # What lies between two turns is nobody's; what reaches into the next is of who speaks there.
    text = texts[documents[12]]
    gap = text.index("\n\n", 2000)
    hand.on("anna", "code", documents[12], gap, gap + 2, "luck")
    hand.on("anna", "code", documents[12], gap, gap + 30, "luck")

    # Bram reads eight of them, and is the one who counts for two.
    both = documents[2:10]
    rows = script(chance, texts, codes, judged, cases, CODINGS // 5, lambda i: both[i % 8])
    hand.on("bram", "code", "--from", "-", text=as_csv(rows))
    hand.on("bram", "done", *both[:6])
    hand.on("anna", "coders", "primary", "bram", documents[4], documents[9])

    # Some acts are taken back.
    extra = script(chance, texts, codes, judged, cases, 40, lambda i: documents[i % 49])
    hand.on("anna", "code", "--from", "-", text=as_csv(extra))
    hand.on("anna", "undo")
    hand.on("anna", "done", second[27])
    hand.on("anna", "undo")


if __name__ == "__main__":
    main()
