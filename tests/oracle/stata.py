"""Reads a Stata `.do` file as far as its syntax can be told without Stata.

Held: every command is one that Stata 16 has; quotes, compound quotes and brackets close on their
line; `///` is followed by a line; names have at most 32 letters; labels at most 80; a value label is
defined once and before it is used; options are those of the command.
"""

import re

COMMANDS = {
    "version": r"\d+(\.\d+)?",
    "capture": r".+",
    "frame": r"(drop|create|change|rename) \w+( \w+)?",
    "import": r'delimited using "[^"]+", .+',
    "label": r"(define|values|variable|data) .+",
    "encode": r"\w+, generate\(\w+\) label\(\w+\)( noextend)?",
    "generate": r".+",
    "format": r"\w+ %\S+",
    "drop": r"\w+( \w+)*",
    "rename": r"\w+ \w+",
    "order": r"\w+(, (after|before)\(\w+\))?",
    "replace": r".+",
    "destring": r".+",
    "move": r"\w+ \w+",
}
IMPORT_OPTIONS = {
    "clear", "delimiters", "varnames", "case", "encoding", "bindquote", "maxquotedrows", "stringcols", "numericcols",
}


def logical_lines(text):
    """Lines as Stata reads them: comments gone, continued lines joined."""
    joined, number = "", 0
    for at, line in enumerate(text.split("\n"), 1):
        if not joined:
            number = at
        if re.search(r"(^|\s)///\s*$", line):
            joined += re.sub(r"///\s*$", " ", line)
            continue
        joined += line
        if joined.strip() and not joined.lstrip().startswith("*"):
            yield number, joined.strip()
        joined = ""
    if joined:
        yield number, joined + " ///"


def without_strings(line):
    """The line with strings cut out, and the strings; None where a quote stays open."""
    out, strings, at = "", [], 0
    while at < len(line):
        if line.startswith('`"', at):
            depth, end = 1, at + 2
            while depth and end < len(line):
                if line.startswith('`"', end):
                    depth, end = depth + 1, end + 2
                elif line.startswith("\"'", end):
                    depth, end = depth - 1, end + 2
                else:
                    end += 1
            if depth:
                return None
            strings.append(line[at + 2 : end - 2])
            at = end
        elif line[at] == '"':
            end = line.find('"', at + 1)
            if end < 0:
                return None
            strings.append(line[at + 1 : end])
            at = end + 1
        else:
            out += line[at]
            at += 1
            continue
        out += "§"
    return out, strings


def problems(text):
    """What is wrong, each with its line."""
    found = []
    if not text.isascii() and "\ufffd" in text:
        found.append("a character that could not be written")
    defined = {}
    frame = None
    for number, line in logical_lines(text):
        cut = without_strings(line)
        if cut is None:
            found.append(f"line {number}: a quote stays open: {line[:60]}")
            continue
        bare, strings = cut
        for opening, closing in ("()", "{}", "[]"):
            if bare.count(opening) != bare.count(closing):
                found.append(f"line {number}: {opening} does not close: {line[:60]}")
        if "`" in bare or "'" in bare:
            found.append(f"line {number}: a macro mark outside a string: {line[:60]}")
        if bare.rstrip().endswith("///"):
            found.append(f"line {number}: nothing follows ///")
        command, _, rest = line.partition(" ")
        pattern = COMMANDS.get(command)
        if pattern is None:
            found.append(f"line {number}: no such command: {command}")
            continue
        if not re.fullmatch(pattern, rest.strip(), re.DOTALL):
            found.append(f"line {number}: not the form of {command}: {line[:80]}")
        for name in re.findall(r"[A-Za-z_]\w*", bare):
            if len(name) > 32:
                found.append(f"line {number}: a name of more than 32 letters: {name}")
        for string in strings:
            if "$" in string or "`" in string:
                found.append(f"line {number}: a macro would be put in: {string[:40]}")
        parts = bare.split()
        if command == "frame" and parts[1] == "change":
            frame = parts[2]
            defined[frame] = set()
        if command == "import":
            options = [o for o in re.sub(r"\([^)]*\)", "", bare.split(",", 1)[1]).split()]
            found += [f"line {number}: no option {o}" for o in options if o not in IMPORT_OPTIONS]
        if command == "label":
            if parts[1] in ("variable", "data") and any(len(s) > 80 for s in strings):
                found.append(f"line {number}: a label of more than 80 characters")
            if parts[1] == "define":
                if parts[2] in defined.get(frame, ()):
                    found.append(f"line {number}: {parts[2]} is defined twice")
                defined.setdefault(frame, set()).add(parts[2])
                pairs = parts[3:]
                if len(pairs) % 2 or any(not re.fullmatch(r"-?\d+", p) for p in pairs[::2]) or set(pairs[1::2]) - {"§"}:
                    found.append(f"line {number}: not numbers with labels: {line[:60]}")
            if parts[1] == "values" and parts[3] not in defined.get(frame, ()):
                found.append(f"line {number}: {parts[3]} is not defined")
        if command == "encode":
            used = re.search(r"label\((\w+)\)", bare).group(1)
            if used not in defined.get(frame, ()):
                found.append(f"line {number}: {used} is not defined")
    return found
