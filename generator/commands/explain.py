"""``causebook explain RULE``: the id of a rule in; why it is there, with a good and a bad example, out."""

import argparse
import sys
from typing import Any

from generator.explanations import EXPLANATIONS, explained, listed
from generator.rephrase import did_you_mean


def add(commands: Any) -> None:
    """Tell the parser of the command."""
    parser = commands.add_parser(
        "explain",
        help="tell why a rule is there, with a good and a bad example",
        description="The rule is the word in square brackets at the end of a problem. Without one, all are listed.",
        epilog="example: causebook explain verb-and-grade",
    )
    parser.add_argument("rule", nargs="?", metavar="RULE", help="id of the rule")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print one rule, or the list of all."""
    if options.rule is None:
        sys.stdout.write(listed())
        return 0
    name = options.rule.strip("[]")
    if name in EXPLANATIONS:
        sys.stdout.write(explained(EXPLANATIONS[name]))
        return 0
    hint = did_you_mean(name, EXPLANATIONS) or "'causebook explain' lists all rules"
    print(f"causebook: there is no rule '{name}': {hint}", file=sys.stderr)
    return 2
