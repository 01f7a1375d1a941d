"""``causebook fmt``: data files in; the same files in one order and one style out."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator import report, source
from generator.canonical import formatted
from generator.models import COLLECTIONS, Collection
from generator.problems import Problem


def add(commands: Any) -> None:
    """Tell the parser of the command."""
    parser = commands.add_parser(
        "fmt",
        help="put every file into one order and style",
        description="Put the keys into the order of the reference, and lines, indents and quotes into one style.\n"
        "Comments stay with the key they belong to. What the file says never changes.",
        epilog="example: causebook fmt data/causes/doms.yaml",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files of entries (all of the data)")
    parser.add_argument("--data", type=Path, default=Path("data"), metavar="DIR", help="folder of the data (data)")
    parser.add_argument("--check", action="store_true", help="write nothing, and say which files would change")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write what changes, say which files those are, and what cannot be read."""
    problems: list[Problem] = []
    changed = total = 0
    for file, collection in _files(options, problems):
        total += 1
        raw = _read(file, problems)
        if raw is None:
            continue
        text, unreadable = source.decode(raw, file.as_posix())
        made, unsure = (text, unreadable) if unreadable else formatted(text, file.as_posix(), collection.model)
        problems += unsure
        if unsure or made.encode() == raw:
            continue
        changed += 1
        print(f"{'would change' if options.check else 'changed'}: {file.as_posix()}")
        if not options.check:
            file.write_bytes(made.encode())
    sys.stdout.write(report.as_text(problems))
    print(f"{changed} of {total} files {'would change' if options.check else 'changed'}", file=sys.stderr)
    return 1 if problems or (options.check and changed) else 0


def _read(file: Path, problems: list[Problem]) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or 'unknown reason'}"
        problems.append(Problem(file.as_posix(), 1, 1, "unreadable", message, "look at its name and its access rights"))
        return None


def _files(options: argparse.Namespace, problems: list[Problem]) -> Iterator[tuple[Path, Collection]]:
    """Yield the files to look at, each with its collection, which its place in the data folder tells."""
    if not options.files:
        for collection in COLLECTIONS:
            single = options.data / f"{collection.name}.yaml"
            found = [single] if collection.single else sorted((options.data / collection.name).glob("*.yaml"))
            yield from ((file, collection) for file in found if file.is_file())
        return
    folders = {one.name: one for one in COLLECTIONS if not one.single}
    singles = {one.name: one for one in COLLECTIONS if one.single}
    for file in options.files:
        home = folders.get(file.resolve().parent.name) or singles.get(file.stem)
        if home is None or file.suffix != ".yaml":
            message, hint = "this file is no entry", "name files in data/, such as data/faqs/my-question.yaml"
            problems.append(Problem(file.as_posix(), 1, 1, "stray-file", message, hint))
        else:
            yield file, home
