"""A study folder as a plain reader sees it: texts, turns, tables, codebooks, marks.

Written from docs/study-folder.md and docs/counting.md.
Nothing of the program is used but its list of codings (`codings --csv`, or codings.csv of a
package), and of that only who coded what where with which qualifiers.
"""

import csv
import io
import json
from collections import defaultdict
from pathlib import Path

import words


def read_csv(path):
    """Rows of a CSV file as dictionaries with lower-case headings."""
    if not path.exists():
        return [], []
    with open(path, encoding="utf-8-sig", newline="") as f:
        rows = list(csv.reader(f))
    head = [h.strip().lower() for h in rows[0]]
    return head, [dict(zip(head, row)) for row in rows[1:] if any(row)]


class Turn:
    """One speaker's contribution."""

    def __init__(self, number, start, text_start, end, speaker):
        self.number, self.start, self.text_start, self.end = number, start, text_start, end
        self.speaker = speaker
        self.role = "respondent"
        self.case = None
        self.words = 0


class Document:
    """One transcript, with its turns and where its words begin."""

    def __init__(self, name, folder, row):
        self.name, self.row = name, row
        self.text = (folder / f"{name}.txt").read_text(encoding="utf-8")
        about = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        self.hash = about["text"]
        self.turns = [Turn(i + 1, *t[:4]) for i, t in enumerate(about["turns"])]
        # Without turns it is one turn, which counts whoever is counted.
        self.whole = not self.turns
        if self.whole:
            self.turns = [Turn(1, 0, 0, len(self.text), None)]
        self.words = words.word_starts(self.text)
        for turn in self.turns:
            turn.words = words.between(self.words, turn.text_start, turn.end)


class Code:
    """One code of a codebook file."""

    def __init__(self, raw, parent, codebook):
        self.id, self.raw, self.parent, self.codebook = raw["id"], raw, parent, codebook
        self.status = raw.get("status", "provisional")
        self.origin = raw.get("origin", "deductive")
        self.below = []


class Coding:
    """One row of the list of codings."""

    def __init__(self, row):
        self.id, self.document = row["id"], row["document"]
        self.start, self.end = int(row["start"]), int(row["end"])
        self.code, self.coder, self.row = row["code"], row["coder"], row
        self.own_case = row["case"] if row["case_from"] == "coding" else None
        self.qualifiers = dict(q.split("=", 1) for q in row["qualifiers"].split(";") if q)
        self.at = row["at"]


class Study:
    """Everything that tables are made of."""

    def __init__(self, folder, codings_csv):
        folder = Path(folder)
        corpus = folder / "corpus"
        self.label = "case"
        self.acts = self._acts(folder / "journal")
        self.primary = {}
        self.primary_of_all = None
        self._read_codebooks(folder / "codebooks")
        self._read_corpus(corpus)
        self._read_marks()
        rows = list(csv.DictReader(io.StringIO(codings_csv)))
        self.rows = rows
        self.codings = [Coding(r) for r in rows if r["anchor"] != "review"]
        self._place()

    def qualifier(self, coding, name):
        """The value of a qualifier on a coding: its own, else the default of its code's codebook."""
        return coding.qualifiers.get(name) or self.defaults[self.codes[coding.code].codebook].get(name)

    # The journals, only as far as marks need them.

    @staticmethod
    def _acts(folder):
        acts = {}
        for file in sorted(folder.glob("*.jsonl")):
            for line in file.read_text(encoding="utf-8").splitlines():
                if line.strip():
                    act = json.loads(line)
                    acts[act["id"]] = act
        ordered = [acts[k] for k in sorted(acts)]
        dead = {}
        for act in ordered:
            for change in act["changes"]:
                if change["kind"] in ("undone", "redone"):
                    dead[change["act"]] = change["kind"] == "undone"
        return [a for a in ordered if not dead.get(a["id"])]

    def _read_codebooks(self, folder):
        self.codes = {}
        self.books = {}
        named = []
        for act in self.acts:
            for change in act["changes"]:
                if change["kind"] == "setting" and change["key"].startswith("codebook."):
                    named.append(change["key"].split(".")[1])
                if change["kind"] == "code-added":
                    named.append(change["codebook"])
                if change["kind"] == "setting" and change["key"] == "case_label":
                    self.label = change["value"]
        for book in dict.fromkeys(named):
            file = folder / f"{book}.json"
            if file.exists():
                raw = json.loads(file.read_text(encoding="utf-8"))
                self.books[book] = raw
                self._add_codes(raw["codes"], None, book)
        self.dimensions = [d for b in self.books.values() for d in b.get("dimensions", [])]
        self.groups = {g["id"]: g for b in self.books.values() for g in b.get("groups", [])}
        self.defaults = {
            name: {q["id"]: q["default"] for q in book.get("qualifiers", []) if q.get("default")}
            for name, book in self.books.items()
        }

    def _add_codes(self, raw, parent, book):
        for one in raw:
            code = Code(one, parent, book)
            self.codes[code.id] = code
            up = code
            while up is not None:
                up.below.append(code.id)
                up = self.codes.get(up.parent)
            self._add_codes(one.get("children") or [], code.id, book)

    def top(self, code):
        """The code at the top of the tree over a code."""
        while self.codes[code].parent:
            code = self.codes[code].parent
        return code

    def above(self, code):
        """A code's ancestors, nearest first."""
        out = []
        while self.codes[code].parent:
            code = self.codes[code].parent
            out.append(code)
        return out

    def level(self, which):
        """The codes of a level: all, top, or so many levels."""
        if which == "all":
            return list(self.codes)
        depth = 1 if which == "top" else int(which)
        return [c for c in self.codes if len(self.above(c)) < depth]

    def _read_corpus(self, folder):
        case_column = {"case", self.label.lower()}

        def case_of(row):
            for column in row:
                if column in case_column and row[column]:
                    return row[column]
            return None

        _, rows = read_csv(folder / "documents.csv")
        self.document_head = read_csv(folder / "documents.csv")[0]
        self.documents = {}
        for row in rows:
            doc = Document(row["document"], folder, row)
            doc.case = case_of(row)
            self.documents[doc.name] = doc
        file = folder / "cases.csv"
        if not file.exists():
            file = next((f for f in folder.glob("*.csv") if f.stem.rstrip("s") == self.label), file)
        self.case_head, rows = read_csv(file)
        self.cases = {}
        for row in rows:
            self.cases[case_of(row)] = row
        self.speaker_head, rows = read_csv(folder / "speakers.csv")
        self.speakers = {}
        for row in rows:
            self.speakers[(row["document"], row["speaker"])] = row
        others = set()
        for doc in self.documents.values():
            for turn in doc.turns:
                row = self.speakers.get((doc.name, turn.speaker), {})
                turn.role = row.get("role") or "respondent"
                turn.case = case_of(row) or doc.case
                turn.row = row
                others.add(turn.case)
            others.add(doc.case)
        for case in sorted(c for c in others if c and c not in self.cases):
            self.cases[case] = {}

    def _read_marks(self):
        """Done marks, "not asked", and who is primary, in the order of acts."""
        self.done = defaultdict(dict)       # (coder, document) -> {code: True}
        self.not_asked = set()              # (document, code)
        self.not_asked_case = set()         # (case, code)
        added = {}
        parents, moved = {}, {}             # code -> the code above it; the act that last moved it elsewhere
        self.assumed = set()                # (coder, document, code) by earlier: declared
        began = set()
        for act in self.acts:
            coder = act["coder"]
            for change in act["changes"]:
                kind = change["kind"]
                if kind == "done":
                    doc = self.documents.get(change["document"])
                    if doc and doc.hash == change["text"]:
                        self.done[coder, doc.name] = dict.fromkeys(change["codes"], True)
                        began.add((coder, doc.name))
                elif kind == "reopened":
                    self.done[coder, change["document"]] = {}
                elif kind in ("not-asked", "asked"):
                    for code in change["codes"]:
                        for c in self.codes[code].below if code in self.codes else []:
                            if change.get("document"):
                                what, where = self.not_asked, (change["document"], c)
                            else:
                                what, where = self.not_asked_case, (change["case"], c)
                            (what.add if kind == "not-asked" else what.discard)(where)
                elif kind == "code-fixed" and change.get("earlier") == "declared":
                    for key, codes in self.done.items():
                        if codes:
                            codes[change["code"]] = True
                elif kind == "code-changed":
                    provisional = "status" in change["fields"] and change["fields"]["status"] != "fixed"
                    if provisional or change.get("effect") in ("broader", "both"):
                        for codes in self.done.values():
                            codes.pop(change["code"], None)
                elif kind == "code-added":
                    added[change["code"]] = act["id"]
                    parents[change["code"]] = change.get("parent")
                elif kind == "code-moved":
                    if parents.get(change["code"]) != change.get("parent"):
                        moved[change["code"]] = act["id"]
                    parents[change["code"]] = change.get("parent")
                elif kind == "primary-named":
                    if change.get("documents"):
                        for d in change["documents"]:
                            self.primary[d] = change["coder"]
                    else:
                        self.primary_of_all = change["coder"]
        self.began = began
        # When each done mark was made: a sub-code made later is not found where its parent was not.
        self.marked_at = {}
        for act in self.acts:
            for change in act["changes"]:
                if change["kind"] == "done":
                    self.marked_at[act["coder"], change["document"]] = act["id"]
        self.added, self.moved = added, moved

    def _place(self):
        self.by_document = defaultdict(list)
        self.coders = defaultdict(set)
        for coding in self.codings:
            self.by_document[coding.document].append(coding)
            self.coders[coding.document].add(coding.coder)
        for (coder, document), codes in self.done.items():
            if codes:
                self.coders[document].add(coder)
        # Codings that wait in the queue were made all the same: their coder has begun.
        for row in self.rows:
            self.coders[row["document"]].add(row["coder"])
