"""``causebook check``: arguments in, every problem of the data and of the pages out, or mended where that is certain."""

import argparse
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator import build, fixes, report, source
from generator.problems import Problem, ProblemsFound, has_errors
from generator.render import Renderer

OK, PROBLEMS = 0, 1
ROUNDS = 5
"""One repair can let another mistake come to light; after so many rounds we stop."""


def add(commands: Any) -> None:
    """Tell the parser of the command."""
    check = commands.add_parser(
        "check",
        help="say everything that is wrong with the data",
        description="Look through the data, and through the pages written by hand, and say everything that is wrong.\n"
        "On a terminal each mistake is shown in its line; 'causebook explain RULE' tells why a rule is there.",
        epilog="example: causebook check --fix",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument("--data", type=Path, default=Path("data"), metavar="DIR", help="folder of the data (data)")
    check.add_argument(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="folder of the hand-written pages (content)",
    )
    check.add_argument(
        "--format", choices=sorted(report.FORMATS), default="text", help="text for people, github for annotations, json"
    )
    check.add_argument(
        "--lines",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="show the line of each mistake, or not (shown on a terminal)",
    )
    check.add_argument("--all", action="store_true", help="show all mistakes of a kind, and not the first 5")
    check.add_argument(
        "--fix", action="store_true", help="mend what is certain, such as 'hgih' for 'high'; then check again"
    )
    check.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check, mend if asked to, and print what is left."""
    entries, problems = _problems(options)
    if options.fix:
        for _ in range(ROUNDS):
            if not _mend(problems):
                break
            entries, problems = _problems(options)
    if options.format == "text":
        lines = options.lines if options.lines is not None else sys.stdout.isatty()
        line_of = _line_of if lines else None
        sys.stdout.write(
            report.as_story(problems, line_of=line_of, colour=in_colour(sys.stdout), everything=options.all)
        )
        print(summary(entries, problems), file=sys.stderr)
        if lines and problems:
            print(_next_steps(problems), file=sys.stderr)
    else:
        sys.stdout.write(report.FORMATS[options.format](problems))
    return PROBLEMS if has_errors(problems) else OK


def in_colour(stream: Any) -> bool:
    """Return whether colour is wanted: on a terminal, unless NO_COLOR is set or the terminal is called dumb."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def summary(entries: int | None, problems: tuple[Problem, ...]) -> str:
    """Return how many problems there are, in one line."""
    if not problems:
        return f"{entries} entries, no problems"
    files = len({problem.path for problem in problems})
    return f"{len(problems)} problem{'s' * (len(problems) > 1)} in {files} file{'s' * (files > 1)}"


def _next_steps(problems: tuple[Problem, ...]) -> str:
    certain = sum(one.fix is not None for one in problems)
    mend = f"'causebook check --fix' mends {certain} of them. " if certain else ""
    return f"{mend}'causebook explain {problems[0].rule}' tells why that rule is there."


def _problems(options: argparse.Namespace) -> tuple[int, tuple[Problem, ...]]:
    desk, problems = build.examine(options.data)
    if not has_errors(problems) and options.content.is_dir():
        renderer = Renderer.of(desk)
        problems = tuple(sorted((*problems, *build.check_written(desk.book, options.content))))
        try:
            written = tuple(page.uri for page in build.fill_all(renderer, options.content))
            build.pages(renderer, written, options.content.as_posix())
        except ProblemsFound as found:
            problems = tuple(sorted((*problems, *found.problems)))
    return len(desk.book.entries), problems


def _mend(problems: tuple[Problem, ...]) -> int:
    """Write the certain repairs into their files, say each, and return how many they were."""
    count = 0
    for path, of in fixes.by_file(problems).items():
        file = Path(path)
        raw = file.read_bytes()
        text, _ = source.decode(raw, path)
        done = fixes.fixed(text, of)
        if not done.mended:
            continue
        mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
        file.write_bytes(mark + done.text.encode())
        for one in done.mended:
            assert one.fix is not None
            print(f"{one.path}:{one.line}:{one.column}: mended: {one.fix.old} -> {one.fix.new}", file=sys.stderr)
        count += len(done.mended)
    return count


def _line_of(path: str, line: int) -> str | None:
    lines = _lines(path)
    return lines[line - 1] if line <= len(lines) else None


@lru_cache(maxsize=32)
def _lines(path: str) -> tuple[str, ...]:
    try:
        text, _ = source.decode(Path(path).read_bytes(), path)
    except OSError:
        return ()
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
