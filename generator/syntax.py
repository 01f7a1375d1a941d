"""What the YAML reader says in; a problem in plain words out, at the place where the mistake begins."""

import re
from collections.abc import Iterable
from typing import Any

import yaml

from generator.problems import Problem

Span = tuple[int, int]
"""Character offsets of a value: where it starts and where it ends."""

_BREAK = re.compile(r"\r\n?|\n")
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|(?m:^[ -]*(?:[\\w-]+:)?\u00a0)")
_RARE = "\x85\u2028\u2029\ufeff\u00a0"
_KEY_AND_TEXT = re.compile(r"([ -]*)([\w-]+):[ ]+(\S.*)")
_KEY_WITHOUT_SPACE = re.compile(r"([\w-]{1,40}:)([^\s:][^\r\n]*)")
_MAX_ODD = 10


def at(path: str, mark: Any, rule: str, message: str, hint: str) -> Problem:
    """Return a problem at a mark of the YAML reader, whose line and column count from 0."""
    return Problem(path, mark.line + 1, mark.column + 1, rule, message, hint)


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, from 1, of the character at ``offset``, for line ends of any system."""
    line, start = 1, 0
    for found in _BREAK.finditer(text, 0, offset):
        line, start = line + 1, found.end()
    return line, offset - start + 1


def offset(text: str, line: int, column: int) -> int | None:
    """Return the offset of a line and column, from 1, or None where the text has no such line."""
    start = 0
    for _ in range(line - 1):
        found = _BREAK.search(text, start)
        if found is None:
            return None
        start = found.end()
    return start + column - 1


def shown(text: str, limit: int = 40) -> str:
    """Return ``text`` in quotes for a message: on one line, at most ``limit`` characters, invisible ones by their code."""
    line = " ".join(text[: 4 * limit].split())
    line = line if len(line) <= limit and len(text) <= 4 * limit else f"{line[: limit - 3]}..."
    return f"'{visible(line)}'"


def visible(text: str) -> str:
    """Return ``text`` with every character that cannot be seen spelt as its code, as in ``<U+200B>``."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text)


def quoted(text: str) -> str:
    """Return ``text`` as it is written in YAML with quotes around it."""
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"


def odd_characters(path: str, text: str) -> tuple[Problem, ...]:
    """Return characters that YAML does not allow or takes for line breaks, and no-break spaces where spaces belong.

    The YAML reader itself stops at control characters: this is asked when it did, or for a text with rare characters. A
    text with a NUL is no text, so its first one is enough.
    """
    limit = 1 if "\0" in text else _MAX_ODD
    return tuple(
        Problem(path, *position(text, found.end() - 1), "odd-character", *_odd(found[0][-1]))
        for found, _ in zip(_ODD.finditer(text), range(limit), strict=False)
    )


def has_rare(text: str) -> bool:
    """Return whether ``text`` holds a character that the YAML reader lets pass and people cannot see."""
    return not text.isascii() and any(char in text for char in _RARE)


def _odd(char: str) -> tuple[str, str]:
    code = f"U+{ord(char):04X}"
    if char == "\u00a0":
        return f"a no-break space ({code}) stands where a space is expected", "delete it and type a space"
    if char == "\0":
        return f"this is no text: it holds the character {code}", "save the file as text, with the encoding UTF-8"
    if char in "\x85\u2028\u2029":
        return f"an invisible line break ({code})", "delete it, and press Enter or type a space instead"
    if char == "\ufeff":
        return f"an invisible byte-order mark ({code}) inside the text", "delete the word here and type it again"
    return f"a character that nobody can see ({code}) stands here", "delete the word here and type it again"


_NEVER_CLOSES = {
    "while scanning a quoted scalar": ("a quote opens here and never closes", "write the same quote after the text"),
    "while parsing a flow sequence": (
        "a '[' opens here and never closes rightly",
        "close it with ']', with a comma between items, or put quotes around a text that begins with '['",
    ),
    "while parsing a flow mapping": (
        "a '{' opens here and never closes rightly",
        "close it with '}', with a comma between items, or put quotes around a text that begins with '{'",
    ),
}

_BY_CONTEXT = (
    (
        "alias",
        "yaml-alias",
        "a text that begins with '*' tells YAML to copy another part of the file",
        "put the whole text in quotes",
    ),
    (
        "anchor",
        "yaml-alias",
        "a text that begins with '&' gives a name to a part of the file",
        "put the whole text in quotes",
    ),
    ("directive", "yaml-syntax", "a line that begins with '%' is an order to YAML", "take it out, or put it in quotes"),
    ("tag", "yaml-tag", "a text that begins with '!' gives an order to YAML", "put the whole text in quotes"),
    (
        "block scalar",
        "yaml-syntax",
        "nothing may stand on the same line after '>' or '|'",
        "begin the text on the next line, indented, or put the whole text in quotes",
    ),
)
"""What the YAML reader was doing → rule, message and hint, at the place where it began to."""


def syntax_problem(path: str, text: str, error: yaml.MarkedYAMLError, values: Iterable[Span]) -> Problem:
    """Return what is wrong with the syntax; a quote or bracket that closes wrongly is reported where it opens.

    ``values`` are the spans of what could be read before the mistake.
    """
    said, context = error.problem or "", error.context or ""
    mark: Any = error.problem_mark or error.context_mark
    began: Any = error.context_mark or mark
    line_start = mark.index - mark.column
    line = _BREAK.split(text[line_start : line_start + 400], maxsplit=1)[0]
    if (tab := line[: len(line) - len(line.lstrip())].find("\t")) >= 0:
        return Problem(
            path,
            mark.line + 1,
            tab + 1,
            "yaml-tab",
            "a tab stands here where spaces are expected",
            "replace the tab by 2 spaces for each level",
        )
    if context in _NEVER_CLOSES:
        return at(path, began, "yaml-syntax", *_NEVER_CLOSES[context])
    if context == "while parsing a quoted scalar":
        return at(
            path,
            mark,
            "yaml-syntax",
            "a backslash in double quotes begins a code that YAML does not know",
            "use single quotes, or write two backslashes",
        )
    for part, rule, message, hint in _BY_CONTEXT:
        if part in context or (part == "directive" and "directive" in said):
            return at(path, began, rule, message, hint)
    if goes_on := _after_closing(path, text, mark, values):
        return goes_on
    if "mapping values are not allowed" in said:
        return _colon(path, mark, line)
    if "could not find expected ':'" in said:
        if found := _KEY_WITHOUT_SPACE.match(text, began.index):
            hint = f"write '{found[1]} {shown(found[2])[1:-1]}', with a space"
            return at(path, began, "yaml-syntax", f"no space after '{found[1]}'", hint)
        return at(
            path,
            began,
            "yaml-syntax",
            "a key with no ':' after it",
            "write 'key: value', or indent the line so that it belongs to the text above",
        )
    return at(path, mark, "yaml-syntax", *_other(said, text, mark.index))


def _after_closing(path: str, text: str, mark: Any, values: Iterable[Span]) -> Problem | None:
    """Return a problem where a quote or bracket opens, if text goes on after it has closed."""
    end = len(text[: mark.index].rstrip(" "))
    start = next((start for start, stop in values if stop == end and text[start] in "\"'[{"), None)
    if start is None or end == 0 or position(text, end)[0] != mark.line + 1:
        return None
    line, column = position(text, end - 1)
    what, hint = f"'{text[start]}'", "put quotes around the whole text, or move what follows to a new line"
    if text[start] in "\"'":
        what = "quote"
        hint = "quote the whole text; inside single quotes, write '' for an apostrophe"
    message = f"the {what} that opens here closes in line {line}, column {column}, and the text goes on after it"
    return Problem(path, *position(text, start), "yaml-syntax", message, hint)


def _colon(path: str, mark: Any, line: str) -> Problem:
    """Return a problem for a second ``:`` in a line, or for a key that stands too far to the right."""
    found = _KEY_AND_TEXT.match(line)
    if found and found.start(3) < mark.column:
        value = found[3].rstrip()
        hint = f"write {found[2]}: {quoted(value)}" if len(value) <= 80 else "put quotes around the whole text"
        return Problem(
            path, mark.line + 1, found.start(3) + 1, "yaml-syntax", "a text with ': ' inside needs quotes", hint
        )
    if mark.column > 1000:
        return Problem(path, mark.line + 1, 1, "yaml-syntax", "a key of more than 1000 characters", "shorten it")
    return Problem(
        path,
        mark.line + 1,
        len(line) - len(line.lstrip(" -")) + 1,
        "yaml-syntax",
        "this key stands further to the right than the line above allows",
        "begin it in the same column as the keys above; if it goes on with their text, put that text in quotes",
    )


def _other(said: str, text: str, index: int) -> tuple[str, str]:
    char = text[index : index + 1]
    if "block sequence entries are not allowed" in said:
        return "a list cannot begin on the line of its key", "begin it on the next line, or put the text in quotes"
    if "cannot start any token" in said or "mapping keys are not allowed" in said:
        return f"a text cannot begin with {shown(char)}", "put the whole text in quotes"
    if "node content" in said:
        return f"a value is missing before {shown(char)}", "write it, or put quotes around the whole text"
    if "<document start>" in said and re.search(r"^\.\.\.", text[:index], re.MULTILINE):
        return "the line '...' ends a file, and this stands after it", "take the line '...' out"
    if "expected key" in said or "'-' indicator" in said or "<document start>" in said:
        return (
            "this line is indented differently from its neighbours",
            "begin it in the same column as the lines of the same level",
        )
    return (
        "from here on the file cannot be understood",
        "look for a missing quote, colon or space here or one line above",
    )
