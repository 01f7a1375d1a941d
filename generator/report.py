"""Problems in; text for a terminal, annotations for GitHub, or JSON out."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict

from generator.problems import Problem


def as_text(problems: Iterable[Problem]) -> str:
    """Return one line a problem, ``path:line:column: error: what is wrong [rule]``, its next step on the same line."""
    return "".join(f"{text_line(problem)}\n" for problem in sorted(problems))


def text_line(problem: Problem) -> str:
    """Return a problem as one line of text."""
    hint = f"; {problem.hint}" if problem.hint else ""
    place = f"{problem.path}:{problem.line}:{problem.column}"
    return f"{place}: {problem.severity}: {problem.message}{hint} [{problem.rule}]"


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
