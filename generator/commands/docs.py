"""``causebook docs``: the pages of the documentation that are made from the models and from the commands themselves."""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

import generator
from generator.models import COLLECTIONS
from generator.reference import data_reference

TEMPLATES = Path(generator.__file__).parent / "templates"
EXAMPLES = "schemas/examples.yaml"
TARGET = re.compile(r"^([a-z]+):.*?## (.*)$", re.M)
_HEAD = """\
<!-- Written by `causebook docs` from the commands themselves: do not edit. -->

# Commands

Type them in the folder of the project. `make` sets up what a command needs; after `make site`, `causebook` itself is
`.venv/bin/causebook`. Exit codes: 0 all is well, 1 problems were found, 2 the command was not understood.
"""


def add(commands: Any, whole: argparse.ArgumentParser) -> None:
    """Add the command to the subparsers of the command line ``whole``, which it describes."""
    parser = commands.add_parser(
        "docs",
        help="write the data reference and the list of commands",
        description="Write docs/data-reference.md and docs/commands.md from the models and the commands themselves.",
        epilog="example: causebook docs",
    )
    parser.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="folder of the project (.)")
    parser.set_defaults(run=lambda options: run(options, whole))


def run(options: argparse.Namespace, whole: argparse.ArgumentParser) -> int:
    """Write both pages and return the exit code."""
    for name, text in pages(options.root, whole).items():
        (options.root / name).write_text(text, encoding="utf-8")
        print(f"{name} is written", file=sys.stderr)
    return 0


def pages(root: Path, whole: argparse.ArgumentParser) -> dict[str, str]:
    """Return what is written: file → text."""
    examples = yaml.safe_load((root / EXAMPLES).read_text(encoding="utf-8"))
    templates = {file.name: file.read_text(encoding="utf-8") for file in sorted(TEMPLATES.glob("*.md.j2"))}
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    return {
        "docs/data-reference.md": data_reference(COLLECTIONS, examples, templates),
        "docs/commands.md": commands(makefile, whole),
    }


def commands(makefile: str, whole: argparse.ArgumentParser) -> str:
    """Return the list of commands: those of make, then our own."""
    targets = "".join(f"| `make {name}` | {words} |\n" for name, words in TARGET.findall(makefile))
    table = f"## make\n\n| command | what it does |\n| --- | --- |\n{targets}"
    return "\n".join((_HEAD, table, *(_command(name, parser) for name, parser in subparsers(whole))))


def subparsers(whole: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield the commands of a command line, in their order."""
    for action in whole._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def _command(name: str, parser: argparse.ArgumentParser) -> str:
    words = " ".join((parser.description or "").split())
    rows = "".join(_row(action) for action in parser._actions if not isinstance(action, argparse._HelpAction))
    table = f"\n| you give | meaning |\n| --- | --- |\n{rows}" if rows else ""
    example = (parser.epilog or "").strip().removeprefix("example: ")
    return f"## causebook {name}\n\n{words}\n{table}" + (f"\n```sh\n{example}\n```\n" if example else "")


def _row(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else f" {_value(action)}"
    given = ", ".join(action.option_strings) + value if action.option_strings else _value(action)
    return "| `{}` | {} |\n".format(*(cell.replace("|", "\\|") for cell in (given, str(action.help or ""))))


def _value(action: argparse.Action) -> str:
    if action.choices is not None:
        return "{" + ",".join(map(str, action.choices)) + "}"
    return str(action.metavar or action.dest)
