"""``causebook diff``: a revision of the repository in; which pages the working tree changes, and how, out.

Of the revision only the blobs of the data and of the pages written by hand are read, as they are. Nothing of it is run: both
sides are shown by the program and the templates that are here now.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from generator import build, compare_report, report
from generator.checks.rule import Desk
from generator.clock import today
from generator.compare import Snapshot, compare, snapshot
from generator.load import load
from generator.problems import Problem, ProblemsFound
from generator.render import Renderer
from generator.stand_in import Shown, shown

OK, PROBLEMS, MISUSE = 0, 1, 2
MAIN = ("main", "origin/main")
_FILES = ("100644", "100755")
"""Modes of plain files: links and other repositories inside a revision are passed over."""


class GitFailed(Exception):
    """What git, or the lack of it, keeps us from doing, in words for the person who typed the command."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "diff",
        help="tell which pages your changes change, and how",
        description="Compare the pages of a git revision with those of the working tree: words, reading grade, links, and\n"
        "claims whose certainty or sources changed. Without REV: where your branch left main.",
        epilog="example: causebook diff HEAD~1 --format markdown > diff.md",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("rev", nargs="?", metavar="REV", help="a branch, a tag or a commit")
    parser.add_argument("--data", type=Path, default=Path("data"), metavar="DIR", help="folder of the data (data)")
    parser.add_argument(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="folder of the hand-written pages (content)",
    )
    parser.add_argument(
        "--format",
        choices=sorted(compare_report.FORMATS),
        default="text",
        help="text for people, markdown of bounded length for a pull request",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what differs."""
    try:
        commit, since = _revision(options.data, options.rev)
        with tempfile.TemporaryDirectory(prefix="causebook-") as folder:
            before_data, before_content = Path(folder, "data"), Path(folder, "content")
            _extract(options.data, commit, before_data, options.rev or since)
            if options.content.is_dir():
                _extract(options.content, commit, before_content, "")
            old = shown(load(before_data), None)
            before = _snapshot(old, before_content)
    except GitFailed as failed:
        print(f"causebook: {failed}", file=sys.stderr)
        return MISUSE
    except ProblemsFound as found:
        print(f"causebook: {since} holds no book that this version can read:", file=sys.stderr)
        sys.stderr.write(report.as_text(found.problems[:3]))
        return PROBLEMS
    try:
        now = shown(load(options.data), None)
        problems: tuple[Problem, ...] = now.problems
    except ProblemsFound as found:
        now, problems = None, found.problems
    if now is None or not now.whole:
        sys.stdout.write(report.as_text(problems))
        print("mend this first: what is wrong keeps the pages from being compared", file=sys.stderr)
        return PROBLEMS
    sys.stdout.write(compare_report.FORMATS[options.format](compare(before, _snapshot(now, options.content)), since))
    if not old.whole:
        unread = len({problem.path for problem in old.problems})
        print(f"{unread} files of {since} cannot be read by this version, and count as missing", file=sys.stderr)
    return OK


def _snapshot(of: Shown, content: Path) -> Snapshot:
    desk = Desk(of.book, today())
    renderer = Renderer.of(desk)
    raw = {uri: (content / uri).read_text(encoding="utf-8", errors="replace") for uri in build.written_uris(content)}
    written = [(uri, text, build.fill(renderer, content, uri)[0].text) for uri, text in raw.items()]
    return snapshot(desk, renderer.pages(), written)


def _git(folder: Path, *words: str, given: bytes | None = None) -> bytes:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words], input=given, env=environment, capture_output=True, check=False
        )
    except FileNotFoundError:
        raise GitFailed("git is not installed, and 'diff' compares with a revision that git keeps") from None
    if done.returncode:
        raise GitFailed(done.stderr.decode(errors="replace").strip() or "git failed")
    return done.stdout


def _revision(data: Path, wanted: str | None) -> tuple[str, str]:
    """Return the commit to compare with, and how to call it."""
    if not data.is_dir():
        raise GitFailed(f"there is no folder '{data}': name the folder of the data with --data")
    try:
        _git(data, "rev-parse", "--show-toplevel")
    except GitFailed as failed:
        if "not a git repository" in str(failed):
            raise GitFailed(
                f"'{data}' is in no git repository: 'diff' compares with a revision that git keeps"
            ) from None
        raise
    if wanted is not None:
        commit = _commit(data, wanted)
        if commit is None:
            raise GitFailed(f"git knows no revision '{wanted}': name a branch, a tag or a commit, such as HEAD~1")
        return commit, wanted
    for name in MAIN:
        if _commit(data, name) is not None:
            try:
                base = _git(data, "merge-base", "HEAD", name).decode().strip()
            except GitFailed:
                raise GitFailed(
                    f"your branch and '{name}' have no common past: name a revision, such as HEAD~1"
                ) from None
            return base, f"{name} at {base[:9]}"
    raise GitFailed("there is no branch 'main' to compare with: name a revision, such as HEAD~1")


def _commit(folder: Path, name: str) -> str | None:
    if name.startswith("-"):
        return None
    try:
        return _git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
    except GitFailed:
        return None


def _extract(folder: Path, commit: str, out: Path, needed: str) -> None:
    """Write what ``folder`` held at ``commit`` into ``out``. Raises `GitFailed` if it held none and it was ``needed``."""
    out.mkdir()
    try:
        listed = _git(folder, "ls-tree", "-r", "-z", "--full-tree", f"{commit}:./").split(b"\0")
    except GitFailed:
        if needed:
            raise GitFailed(f"'{needed}' holds no folder '{folder}'") from None
        return
    blobs = {}
    for line in filter(None, listed):
        about, _, name = line.partition(b"\t")
        mode, _, blob = about.decode().split()
        if mode in _FILES:
            blobs[os.fsdecode(name)] = blob
    answered = _git(folder, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs.values()).encode())
    for path, content in zip(blobs, _contents(answered), strict=True):
        file = out / path
        if not file.resolve().is_relative_to(out.resolve()):
            raise GitFailed(f"the revision holds a file outside its folder: {path!r}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _contents(answered: bytes) -> Iterator[bytes]:
    """Yield each blob of an answer of ``git cat-file --batch``: a line that ends in its size, the blob, a line end."""
    at = 0
    while at < len(answered):
        end = answered.index(b"\n", at)
        size = int(answered[at:end].split()[2])
        yield answered[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
