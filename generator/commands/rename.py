"""``causebook rename OLD NEW`` and ``causebook retire ID``: ids in; every file that names them changed, or none."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from generator import build, publish, renaming, report, source
from generator.checks import RULES
from generator.clock import today
from generator.link import Book, link
from generator.load import Loaded, load
from generator.problems import Problem, ProblemsFound
from generator.reserved import Refused

Pages = Mapping[Path, tuple[str, str]]
"""Pages written by hand: file → (its address below the content folder, its text)."""
_EDITORIAL = frozenset(rule.id for rule in RULES) | {"waiver-not-needed"}


def add(commands: Any) -> None:
    """Tell the parser of both commands."""
    raw = argparse.RawDescriptionHelpFormatter
    rename = commands.add_parser(
        "rename",
        help="give an entry another id, everywhere",
        description="Rename the file of an entry, its id, and every place that names it, in data and in written pages.\n"
        "The old address leads to the new one, and the old id stays reserved. All is changed, or nothing.",
        epilog="example: causebook rename sore-legs doms",
        formatter_class=raw,
    )
    rename.add_argument("old", metavar="OLD", help="the id as it is")
    rename.add_argument("new", metavar="NEW", help="the id that it gets")
    _add_folders(rename)
    rename.set_defaults(run=_rename)
    retire = commands.add_parser(
        "retire",
        help="delete an entry; its address leads on",
        description="Delete an entry. Its id stays reserved, and its address leads to OTHER, or to the page of its\n"
        "collection. While other entries name it, --to is needed: they name OTHER from then on.",
        epilog="example: causebook retire muscle-lock --to exercise-cramp",
        formatter_class=raw,
    )
    retire.add_argument("id", metavar="ID", help="id of the entry to delete")
    retire.add_argument("--to", metavar="OTHER", help="id of the entry that stands in its place")
    _add_folders(retire)
    retire.set_defaults(run=_retire)


def _add_folders(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=Path("data"), metavar="DIR", help="folder of the data (data)")
    parser.add_argument(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="folder of the hand-written pages (content)",
    )


def _rename(options: argparse.Namespace) -> int:
    def change(loaded: Loaded, book: Book, pages: Pages) -> renaming.Changes:
        return renaming.renamed(loaded, book, options.old, options.new, pages)

    return _change(options, change, f"'{options.old}' is now '{options.new}'")


def _retire(options: argparse.Namespace) -> int:
    def change(loaded: Loaded, book: Book, pages: Pages) -> renaming.Changes:
        return renaming.retired(loaded, book, options.id, options.to, pages, today())

    leads = f"'{options.to}'" if options.to else "the page of its collection"
    return _change(options, change, f"'{options.id}' is gone, and its address leads to {leads}")


def _change(options: argparse.Namespace, change: Callable[[Loaded, Book, Pages], renaming.Changes], done: str) -> int:
    """Work the change out, try it on a copy of the data, and write it if the copy is no worse than before."""
    loaded = load(options.data)
    book, unlinked = link(loaded)
    try:
        changes = change(loaded, book, _pages(options.content))
        before = {*loaded.problems, *unlinked}
        names = {f"'{options.new}'": f"'{options.old}'"} if "new" in options else {}
        worse, said = _tried(options.data, changes, {(one.rule, one.message) for one in before}, names)
        if worse:
            sys.stdout.write(report.as_text(worse))
            raise Refused("nothing was changed, because the book would have the problems above")
        publish.replace_all(changes)
    except Refused as refused:
        print(f"causebook: {refused}", file=sys.stderr)
        return 2
    except ProblemsFound as found:
        sys.stdout.write(report.as_text(found.problems))
        return 1
    for file, text in sorted(changes.items()):
        print(f"{'deleted' if text is None else 'written'}: {file.as_posix()}")
    print(done, file=sys.stderr)
    if said:
        sys.stdout.write(report.as_text(said))
        print("the check now says what stands above: mend it, or bring back the last state with git", file=sys.stderr)
    return 0


def _tried(
    data: Path, changes: renaming.Changes, known: set[tuple[str, str]], names: Mapping[str, str]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return the problems of form, and those of the editorial rules, that a copy of the data has with ``changes``.

    Those that are ``known``, or were there before, do not count; ``names``: a new name in quotes → the old one.
    """
    was = {(one.rule, one.message) for one in build.examine(data)[1]} | known
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / data.name
        shutil.copytree(data, copy, symlinks=True)
        inside = {copy / file.relative_to(data): text for file, text in changes.items() if file.is_relative_to(data)}
        publish.replace_all(inside)
        _, problems = build.examine(copy)
    new = tuple(
        Problem(one.path.replace(copy.as_posix(), data.as_posix(), 1), *_rest(one))
        for one in problems
        if (one.rule, _as_before(one.message, {copy.as_posix(): data.as_posix(), **names})) not in was
    )
    return (
        tuple(one for one in new if one.rule not in _EDITORIAL),
        tuple(one for one in new if one.rule in _EDITORIAL),
    )


def _as_before(message: str, names: Mapping[str, str]) -> str:
    for new, old in names.items():
        message = message.replace(new, old)
    return message


def _rest(one: Problem) -> tuple[Any, ...]:
    return one.line, one.column, one.rule, one.message, one.hint, one.severity


def _pages(content: Path) -> Pages:
    pages = {}
    for file in sorted(content.rglob("*.md")):
        text, unreadable = source.decode(file.read_bytes(), file.as_posix())
        if not unreadable:
            pages[file] = (file.relative_to(content).as_posix(), text)
    return pages
