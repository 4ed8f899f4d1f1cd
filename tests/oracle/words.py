"""What is counted as a word, by the rules of docs/counting.md and of Unicode alone.

A word is a segment of UAX #29 that holds a letter or a digit; it lies where it begins.
Time marks and transcription marks are no words.
The cutting is done by the `regex` module, which knows the default word boundaries.
"""

import bisect

import regex

BOUNDARY = regex.compile(r"(?w)\b|\A|\Z")
LETTER_OR_DIGIT = regex.compile(r"[\p{Alphabetic}\p{N}]")
# `[` … `]` on one line, at most 80 characters, with or without Markdown's backslashes; #hh:mm:ss#.
MARK = regex.compile(r"\\?\[[^\[\]\n]*?\\?\]|#\d+:\d\d:\d\d(?:[-.,]\d+)?#")
LONGEST_MARK = 80


def marks(text):
    """The places of transcription marks and time marks."""
    return [m.span() for m in MARK.finditer(text) if m.end() - m.start() <= LONGEST_MARK]


def word_starts(text):
    """Where each word of a whole text begins, in code points, in order."""
    outside = marks(text)
    begins = [a for a, _ in outside]
    edges = [m.start() for m in BOUNDARY.finditer(text)]
    out = []
    for start, end in zip(edges, edges[1:]):
        if start == end or not LETTER_OR_DIGIT.search(text, start, end):
            continue
        k = bisect.bisect_right(begins, start) - 1
        if k >= 0 and start < outside[k][1]:
            continue
        out.append(start)
    return out


def between(starts, start, end):
    """How many words begin in `[start, end)`."""
    return bisect.bisect_left(starts, end) - bisect.bisect_left(starts, start)
