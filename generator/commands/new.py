"""``causebook new COLLECTION ID``: a collection and an id in; a commented file to begin with out, never over another."""

import argparse
import os
import re
import sys
from pathlib import Path
from typing import Any

import yaml

from generator import load, scaffold
from generator.clock import today
from generator.models import COLLECTIONS, Collection
from generator.rephrase import did_you_mean
from generator.reserved import Refused, free_id


def add(commands: Any) -> None:
    """Tell the parser of the command."""
    parser = commands.add_parser(
        "new",
        help="begin a new entry: a file that explains each field",
        description="Write a file that explains each field with an example, and list what is still to fill in.\n"
        "On a terminal it asks for the first few things; Enter alone leaves one for later.",
        epilog="example: causebook new faqs is-it-ok-to-run-with-a-cold",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("collection", metavar="COLLECTION", help="such as causes, faqs, tips, sources")
    parser.add_argument("id", metavar="ID", help="file name without .yaml, and address: small letters, digits, hyphens")
    parser.add_argument("--data", type=Path, default=Path("data"), metavar="DIR", help="folder of the data (data)")
    parser.add_argument(
        "--schemas", type=Path, default=Path("schemas"), metavar="DIR", help="folder of the examples (schemas)"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the file and list what is still to fill in."""
    try:
        collection = _collection(options.collection)
        if not options.data.is_dir():
            raise Refused(f"there is no folder '{options.data}': go to the folder of the book, or name it with --data")
        loaded = load.load(options.data)
        file = options.data / (
            f"{collection.name}.yaml" if collection.single else f"{collection.name}/{options.id}.yaml"
        )
        if collection.single and options.id != collection.name:
            raise Refused(f"there is one {collection.noun}: type 'causebook new {collection.name} {collection.name}'")
        free_id(loaded, options.id)
        examples = _examples(options.schemas / "examples.yaml")
        text = scaffold.starting_file(
            collection,
            options.id,
            examples=examples,
            today=today(),
            schema=_schema_address(options.schemas / f"{collection.name}.json", file),
            answers=_ask(collection) if sys.stdin.isatty() and sys.stdout.isatty() else {},
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except Refused as refused:
        print(f"causebook: {refused}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"causebook: '{error.filename}' cannot be written: {error.strerror}", file=sys.stderr)
        return 1
    _say(options.data, file)
    return 0


def _collection(name: str) -> Collection:
    found = next((one for one in COLLECTIONS if one.name == name or one.noun == name), None)
    if found is None:
        names = [one.name for one in COLLECTIONS]
        hint = did_you_mean(name, names) or f"collections are {', '.join(names)}"
        raise Refused(f"there is no collection '{name}': {hint}")
    return found


def _examples(file: Path) -> Any:
    if not file.is_file():
        return {}
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def _schema_address(schema: Path, file: Path) -> str:
    return Path(os.path.relpath(schema.resolve(), file.parent.resolve())).as_posix()


def _ask(collection: Collection) -> scaffold.Answers:
    """Ask for the first few things; what is left empty stays to be filled in."""
    print(f"A new {collection.noun}. Press Enter to leave something for later.\n")
    answers = {}
    for path, what, choices in scaffold.questions(collection):
        print(f"{what}{' One of ' + ', '.join(choices) + '.' if choices else ''}")
        try:
            said = " ".join(input(f"{'.'.join(map(str, path))}: ").split())
        except EOFError:
            break
        if said:
            answers[path] = said
    print()
    return answers


def _say(data: Path, file: Path) -> None:
    problems = sorted(one for one in load.load(data).problems if one.path == file.as_posix())
    print(f"{file.as_posix()} is there. Still to fill in:\n")
    for one in problems:
        where = re.sub(r" is still to be filled in$", "", one.message)
        print(f"  line {one.line:>3}: {where} {one.hint}")
    print(f"\nOpen {file.as_posix()}, and type 'causebook check' when you have written something.")
