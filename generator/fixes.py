"""Problems in; the texts of their files out, with every repair made that is certain, each at its exact place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator import source, syntax
from generator.edits import Edit, apply
from generator.problems import Problem


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file with repairs: its new ``text``, and the problems that were mended."""

    text: str
    mended: tuple[Problem, ...]


def fixed(text: str, problems: Sequence[Problem]) -> Fixed:
    """Return the text of one file with the certain repairs of its problems. What no longer stands there stays as it is."""
    edits: list[Edit] = []
    mended: list[Problem] = []
    for problem in problems:
        edit = _edit(text, problem)
        if edit is None or any(edit.start < other.end and other.start < edit.end for other in edits):
            continue
        edits.append(edit)
        mended.append(problem)
    made = apply(text, edits)
    if not mended or (_reads(text) and not _reads(made)):
        return Fixed(text, ())
    return Fixed(made, tuple(mended))


def by_file(problems: Sequence[Problem]) -> Mapping[str, tuple[Problem, ...]]:
    """Return the problems with a certain repair, by file."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.fix is not None:
            found.setdefault(problem.path, []).append(problem)
    return {path: tuple(of) for path, of in found.items()}


def _edit(text: str, problem: Problem) -> Edit | None:
    fix = problem.fix
    start = syntax.offset(text, problem.line, problem.column)
    if fix is None or start is None:
        return None
    if not text.startswith(fix.old, start) and text[start : start + 1] in ('"', "'"):
        start += 1  # the place of a value in quotes is its quote
    if not text.startswith(fix.old, start):
        return None
    end = start + len(fix.old)
    if _is_word(fix.old) and (text[end : end + 1].isalnum() or text[start - 1 : start].isalnum()):
        return None
    return Edit(start, end, fix.new)


def _is_word(text: str) -> bool:
    return text[:1].isalnum() and text[-1:].isalnum()


def _reads(text: str) -> bool:
    return source.read(text, "").data is not None
