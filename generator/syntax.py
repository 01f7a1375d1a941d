"""What the YAML reader says in; a problem in plain words out, at the place where the mistake begins."""

from typing import Any

import yaml

from generator.problems import Problem


def at(path: str, mark: Any, rule: str, message: str, hint: str) -> Problem:
    """Return a problem at a mark of the YAML reader, whose line and column count from 0."""
    return Problem(path, mark.line + 1, mark.column + 1, rule, message, hint)


_OPENERS = {
    "while scanning a quoted scalar": ("a quote opens here and never closes", "close the quote on this text"),
    "while parsing a flow sequence": (
        "a '[' opens here and never closes rightly",
        "close it with ']'; a comma between items",
    ),
    "while parsing a flow mapping": (
        "a '{' opens here and never closes rightly",
        "close it with '}'; a comma between items",
    ),
}


def syntax_problem(path: str, error: yaml.MarkedYAMLError) -> Problem:
    """Return what is wrong with the syntax; a quote or bracket that never closes is reported where it opens."""
    problem, context = error.problem or "", error.context or ""
    mark = error.problem_mark or error.context_mark
    if "\\t" in problem or "tab character" in problem or "found a tab" in problem:
        return at(
            path,
            mark,
            "yaml-tab",
            "a tab stands here where spaces are expected",
            "replace the tab by 2 spaces for each level",
        )
    if context in _OPENERS and error.context_mark:
        if context == "while scanning a quoted scalar" and "escape" in problem:
            return at(
                path,
                mark,
                "yaml-syntax",
                "a backslash in double quotes begins a code that YAML does not know",
                "use single quotes, or write two backslashes",
            )
        message, hint = _OPENERS[context]
        return at(path, error.context_mark, "yaml-syntax", message, hint)
    if "mapping values are not allowed" in problem:
        return at(
            path,
            mark,
            "yaml-syntax",
            "a ':' stands inside a text without quotes, or an indent is wrong",
            "put the whole text in quotes if it holds a colon and a space",
        )
    if "could not find expected ':'" in problem:
        return at(
            path,
            error.context_mark or mark,
            "yaml-syntax",
            "a key with no ':' after it",
            "write 'key: value', or indent the line so that it belongs to the text above",
        )
    if "did not find expected key" in problem or "did not find expected '-' indicator" in problem:
        return at(
            path,
            mark,
            "yaml-syntax",
            "this line is indented differently from its neighbours",
            "start it in the same column as the lines of the same level",
        )
    if "cannot start any token" in problem:
        return at(path, mark, "yaml-syntax", "a text cannot begin with this character", "put the whole text in quotes")
    if "undefined alias" in problem:
        return at(
            path,
            mark,
            "yaml-alias",
            "a text that begins with '*' is a YAML alias, and aliases are not used",
            "put quotes around the text",
        )
    return at(path, mark, "yaml-syntax", f"not valid YAML: {problem}", "look at this line and the one above it")


def unreadable(path: str, text: str, error: yaml.YAMLError) -> Problem:
    """Return a problem at the first character that YAML does not allow."""
    for number, line in enumerate(text.split("\n"), start=1):
        for column, char in enumerate(line, start=1):
            if (
                (char < " " and char not in "\t\r")
                or "\x7f" <= char <= "\x84"
                or "\x86" <= char <= "\x9f"
                or char in "\ufffe\uffff"
            ):
                return Problem(
                    path,
                    number,
                    column,
                    "yaml-syntax",
                    f"the control character U+{ord(char):04X}",
                    "delete it: it is invisible in most editors",
                )
    return Problem(path, 1, 1, "yaml-syntax", f"not valid YAML: {error}", "look for unusual characters")
