"""Checks the program's tables against an independent calculation.

    python3 tests/oracle/check.py STUDY --verbatim target/debug/verbatim [--only freq,crosstab]

Prints one line per table and each cell that differs; ends with exit code 1 if any does.
"""

import argparse
import csv
import importlib
import io
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from study import Study  # noqa: E402

TABLES = [
    "codings_check",
    "freq_check",
    "crosstab_check",
    "cooccur_check",
    "matrix_check",
    "coverage_check",
    "saturation_check",
    "sensitivity_check",
    "profile_check",
    "package_check",
    "report_check",
]
# Tables of which the command has another name.
COMMANDS = {"codings": "codings", "package": "export"}


class Program:
    """The program under test, on one study."""

    def __init__(self, binary, folder):
        self.binary, self.folder = Path(binary).resolve(), Path(folder).resolve()
        self.home = tempfile.TemporaryDirectory()
        self.env = dict(os.environ)
        self.env.update(
            VERBATIM_CONFIG=self.home.name,
            VERBATIM_CACHE=self.home.name + "/cache",
            VERBATIM_CODER="anna",
            NO_COLOR="1",
        )

    def run(self, *args, ok=(0, 1)):
        """What a command prints."""
        command = [str(self.binary), "--study", str(self.folder), *args]
        done = subprocess.run(command, env=self.env, capture_output=True, stdin=subprocess.DEVNULL)
        out = done.stdout.decode("utf-8")
        if done.returncode not in ok:
            raise Refused(" ".join(args), done.returncode, done.stderr.decode("utf-8"))
        return out

    def table(self, *args):
        """A command's CSV as a list of dictionaries, all values text."""
        return list(csv.DictReader(io.StringIO(self.run(*args, "--csv", "--quiet"))))

    def has(self, command):
        """Whether this version has a command."""
        listed = subprocess.run([str(self.binary), "--help"], capture_output=True, check=True)
        return f"\n  {command} " in listed.stdout.decode("utf-8")


class Refused(Exception):
    """A command ended with an error."""

    def __init__(self, command, code, said):
        super().__init__(f"verbatim {command}: exit {code}: {said}")
        self.said = said


class Report:
    """Counts what was compared, and keeps what differs."""

    def __init__(self):
        self.compared = 0
        self.differ = []
        self.skipped = []

    def same(self, where, program, mine):
        """Compares one value; numbers up to rounding of the last digits."""
        self.compared += 1
        if equal(program, mine):
            return True
        self.differ.append(f"{where}: the program says {program!r}, counted {mine!r}")
        return False

    def skip(self, what):
        self.skipped.append(what)


def equal(a, b):
    """Whether a value of a file and a value of ours are the same."""
    if a in ("", None) or b in ("", None):
        return a in ("", None) and b in ("", None)
    try:
        x, y = float(a), float(b)
    except (TypeError, ValueError):
        return str(a) == str(b)
    return x == y or abs(x - y) <= 1e-9 * max(abs(x), abs(y), 1e-3)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("study")
    parser.add_argument("--verbatim", required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", type=int, default=12)
    args = parser.parse_args()
    program = Program(args.verbatim, args.study)
    study = Study(args.study, program.run("codings", "--csv", "--quiet"))
    failed = 0
    passed = 0
    wanted = [t for t in args.only.split(",") if t]
    for name in TABLES:
        short = name.removesuffix("_check")
        if wanted and short not in wanted:
            continue
        if not program.has(COMMANDS.get(short, short)):
            print(f"skipped: {short}, this version has no such command", flush=True)
            continue
        began = time.monotonic()
        report = Report()
        try:
            importlib.import_module(name).check(study, program, report)
        except Refused as why:
            report.differ.append(f"refused: {why}")
        took = time.monotonic() - began
        verdict = "same" if not report.differ else f"{len(report.differ)} DIFFER"
        print(f"{short}: {report.compared} values compared, {verdict} ({took:.1f} s)", flush=True)
        for line in report.skipped:
            print(f"  skipped: {line}")
        for line in report.differ[: args.show]:
            print(f"  {line}")
        failed += bool(report.differ)
        passed += not report.differ
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
