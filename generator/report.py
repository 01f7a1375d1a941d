"""Problems in; text for a terminal, annotations for GitHub, or JSON out."""

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict

from generator.problems import Problem

ENOUGH = 5
"""So many mistakes of one kind are told one by one; the rest are counted, unless all are asked for."""
MAX_SHOWN = 110
"""A line of a file is shown with at most so many characters, those around the mistake."""

LineOf = Callable[[str, int], str | None]
"""A file and the number of a line → that line, or None where there is none."""

_COLOURS = {"error": "1;31", "warning": "1;33", "place": "1", "rule": "2", "caret": "1;32"}


def as_text(problems: Iterable[Problem]) -> str:
    """Return one line a problem, ``path:line:column: error: what is wrong [rule]``, its next step on the same line."""
    return "".join(f"{text_line(problem)}\n" for problem in sorted(problems))


def text_line(problem: Problem) -> str:
    """Return a problem as one line of text."""
    return _line(problem, colour=False)


def as_story(problems: Iterable[Problem], *, line_of: LineOf | None, colour: bool, everything: bool) -> str:
    """Return the problems for people: with ``line_of``, each with its line of the file and a caret under the mistake.

    The first line of each is that of `as_text`. More than `ENOUGH` of one kind are counted, unless ``everything``.
    """
    ordered = sorted(problems)
    of_kind = Counter((one.rule, one.severity) for one in ordered)
    told: Counter[tuple[str, str]] = Counter()
    parts = []
    for problem in ordered:
        kind = problem.rule, problem.severity
        told[kind] += 1
        if told[kind] <= ENOUGH or everything:
            parts += [_line(problem, colour=colour), *(_shown(problem, line_of, colour=colour) if line_of else ())]
        elif told[kind] == ENOUGH + 1:
            left = of_kind[kind] - ENOUGH
            parts.append(f"    ... and {left} more of this kind: --all shows them [{problem.rule}]")
    return "".join(f"{part}\n" for part in parts)


def _line(problem: Problem, *, colour: bool) -> str:
    hint = f"; {problem.hint}" if problem.hint else ""
    place = _in_colour(f"{problem.path}:{problem.line}:{problem.column}:", "place", colour)
    severity = _in_colour(f"{problem.severity}:", problem.severity, colour)
    return f"{place} {severity} {problem.message}{hint} {_in_colour(f'[{problem.rule}]', 'rule', colour)}"


def _shown(problem: Problem, line_of: LineOf, *, colour: bool) -> Iterator[str]:
    """Yield the line of the file and a caret; nothing where the whole file is meant or has no such line."""
    line = line_of(problem.path, problem.line)
    if not line or not line.strip() or (problem.line, problem.column) == (1, 1):
        return
    at = min(problem.column - 1, len(line))
    start = max(0, at - MAX_SHOWN // 2) if len(line) > MAX_SHOWN else 0
    cut = line[start : start + MAX_SHOWN]
    before = "..." if start else ""
    after = "..." if start + MAX_SHOWN < len(line) else ""
    number = f"{problem.line:>5} | "
    visible = "".join(" " if char == "\t" else char if char.isprintable() else "?" for char in cut)
    width = len(before) + sum(_columns(char) for char in visible[: at - start])
    yield f"{number}{before}{visible}{after}"
    yield f"{' ' * (len(number) - 2)}| {' ' * width}{_in_colour('^', 'caret', colour)}"


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _in_colour(text: str, what: str, colour: bool) -> str:
    return f"\x1b[{_COLOURS[what]}m{text}\x1b[0m" if colour else text


def as_github(problems: Iterable[Problem]) -> str:
    """Return workflow commands that GitHub shows as annotations on the lines of a pull request."""
    return "".join(
        f"::{problem.severity} file={_property(problem.path)},line={problem.line},col={problem.column},"
        f"title={_property(problem.rule)}::{_data(problem.message + (f'; {problem.hint}' if problem.hint else ''))}\n"
        for problem in sorted(problems)
    )


def as_json(problems: Iterable[Problem]) -> str:
    """Return ``{"problems": [...]}``, each problem with the fields of `Problem`."""
    return (
        json.dumps({"problems": [asdict(problem) for problem in sorted(problems)]}, indent=2, ensure_ascii=False) + "\n"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Iterable[Problem]], str]] = {"text": as_text, "github": as_github, "json": as_json}
