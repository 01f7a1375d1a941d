"""What is wrong with the data, as data: every layer returns or yields problems, and only the shells print them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair that is certain: at the place of the problem, ``new`` belongs where ``old`` stands."""

    old: str
    new: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend, and where.

    ``path`` is as the user would type it, with "/"; ``line`` and ``column`` count from 1, and are 1 and 1 where the whole
    file is meant. ``hint`` is the next step. ``rule`` is the short name of the rule that was broken. ``fix`` is there where a
    program can do that step without asking.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    fix: Fix | None = field(default=None, compare=False)


class ProblemsFound(Exception):
    """The one exception that carries problems: the data holds errors, so nothing was built."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__(f"{len(self.problems)} problems found")


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether one of the problems is an error rather than a warning."""
    return any(problem.severity == "error" for problem in problems)
