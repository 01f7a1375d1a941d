"""``causebook draft``: the text of an issue in, the YAML of a first draft on standard output."""

import argparse
import sys
from pathlib import Path
from typing import Any

import yaml

from generator import report
from generator.draft import draft
from generator.models import COLLECTIONS
from generator.problems import ProblemsFound

FORM = Path(".github/ISSUE_TEMPLATE/3-new-entry.yml")


def add(commands: Any) -> None:
    """Add the command to the subparsers of the command line."""
    parser = commands.add_parser(
        "draft",
        help="turn an issue made with the form for a new page into YAML",
        description="Turn the text of an issue made with the form 'New cause or question' into the first draft of an\n"
        "entry. It is printed; the file it belongs into is named on the error stream. Nothing in the text is run.",
        epilog="example: gh issue view 12 --json body --jq .body | causebook draft - > data/faqs/my-question.yaml",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="the text of the issue; - reads what is piped in")
    parser.add_argument("--form", type=Path, default=FORM, metavar="FILE", help=f"the form ({FORM.as_posix()})")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the draft and return the exit code."""
    try:
        raw = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
        form = yaml.safe_load(options.form.read_text(encoding="utf-8"))
    except OSError as error:
        print(f"causebook: '{error.filename}' cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    try:
        made = draft(raw.decode("utf-8", "replace"), form, COLLECTIONS, shown=options.file)
    except ProblemsFound as found:
        sys.stdout.write(report.as_text(found.problems))
        return 1
    sys.stdout.write(made.text)
    print(f"save it as data/{made.uri}, then type: make check", file=sys.stderr)
    return 0
