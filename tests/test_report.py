"""A problem as people see it on a terminal: the line, a caret, colour where it is wanted, and no hundred of a kind."""

import re

import pytest

from generator import report
from generator.problems import Problem

BAD = Problem("data/a.yaml", 3, 8, "wrong-value", "'hgih' is no grade", "did you mean 'high'?")


def _story(
    problems: list[Problem], line: str | None = None, *, colour: bool = False, everything: bool = False
) -> list[str]:
    line_of = (lambda path, number: line) if line is not None else None
    return report.as_story(problems, line_of=line_of, colour=colour, everything=everything).splitlines()


def test_the_line_is_shown_with_a_caret_under_the_mistake() -> None:
    assert _story([BAD], "title: hgih") == [
        "data/a.yaml:3:8: error: 'hgih' is no grade; did you mean 'high'? [wrong-value]",
        "    3 | title: hgih",
        "      |        ^",
    ]


@pytest.mark.parametrize(
    ("line", "column", "above"),
    [
        ("日本: x", 5, "x"),
        ("e\u0301a: x", 6, "x"),
        ("\ta: x", 5, "x"),
        ("a\x07: x", 5, "x"),
        ("w " * 500 + "x", 1001, "x"),
    ],
)
def test_the_caret_stands_under_the_mistake_in_any_script(line: str, column: int, above: str) -> None:
    _, shown, caret = _story([Problem("a", 1, column, "r", "m")], line)
    wide = sum(2 if ord(char) > 0x3000 else 0 if char == "\u0301" else 1 for char in shown[: shown.rindex(above)])
    assert caret.index("^") == wide
    assert len(shown) < 140


@pytest.mark.parametrize("line", ["", "   ", None])
def test_where_there_is_no_line_none_is_shown(line: str | None) -> None:
    assert len(_story([BAD], line)) == 1


def test_a_problem_of_the_whole_file_has_no_caret() -> None:
    assert len(_story([Problem("a", 1, 1, "r", "m")], "id: a")) == 1


def test_colour_changes_nothing_but_the_colour() -> None:
    coloured = "\n".join(_story([BAD], "title: hgih", colour=True))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines() == _story([BAD], "title: hgih")


def test_a_hundred_mistakes_of_a_kind_are_counted_and_an_error_never_hides_among_warnings() -> None:
    warnings = [Problem("a", line, 1, "long-sentence", "m", severity="warning") for line in range(1, 101)]
    story = _story([*warnings, Problem("a", 200, 1, "long-sentence", "m"), BAD])
    assert story[5] == "    ... and 95 more of this kind: --all shows them [long-sentence]"
    assert story[6].startswith("a:200:1: error:")
    assert len(story) == 8
    assert len(_story(warnings, everything=True)) == 100


@pytest.mark.parametrize("name", ["github", "json"])
def test_what_programs_read_is_never_shortened(name: str) -> None:
    problems = [Problem("a", line, 1, "r", "m") for line in range(1, 101)]
    assert len(re.findall(r"line=\d|\"line\": \d", report.FORMATS[name](problems))) == 100
