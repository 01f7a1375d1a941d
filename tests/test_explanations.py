"""Whatever id stands in square brackets after a problem, `causebook explain` knows it; and it knows no other."""

import ast
import re
from pathlib import Path

import generator
from generator.checks import RULES
from generator.explanations import EXPLANATIONS, explained, listed
from generator.models import COLLECTIONS

PACKAGE = Path(generator.__file__).parent
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
NO_RULE = {"utf-8", "utf-8-sig", "very-low", "x-collections", "bone-stress", "a-b", "ua-1", "gh-deploy", "new-entry",
           "latin-1", "causebook-preview", "no-store", "rev-parse", "merge-base", "cat-file", "ls-tree"}  # fmt: skip
"""Words with hyphens in the modules that report, which are no rule."""
NOT_REPORTING = {
    "models.py",
    "explanations.py",
    "relations.py",
    "schema.py",
    "scorecard.py",
    "overview.py",
    "search.py",
}


def _strings(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _reported() -> set[str]:
    files = [
        file for file in PACKAGE.rglob("*.py") if file.name not in NOT_REPORTING and file.parent.name != "pictures"
    ]
    words = {word for file in files for word in _strings(file) if ID.fullmatch(word)}
    names = {collection.name for collection in COLLECTIONS}
    kinds = {"no-effect", "no-effect-on", "mistaken-for", "protects-against", "contributes-to"}
    return (words - NO_RULE - names - kinds) | {"unreadable"} | {rule.id for rule in RULES}


def test_every_rule_that_can_be_reported_is_explained_and_none_besides() -> None:
    assert set(EXPLANATIONS) == _reported()


def test_each_rule_has_a_reason_and_two_examples_that_differ() -> None:
    for one in EXPLANATIONS.values():
        assert one.says.endswith("."), one.id
        assert len(one.reason) > 20, one.id
        assert one.good != one.bad, one.id
        text = explained(one)
        assert all(part in text for part in (one.id, one.says, "Why:", "Good:", "Bad:"))


def test_the_list_names_each_rule_once() -> None:
    assert [line.split()[0] for line in listed().splitlines()] == list(EXPLANATIONS)


def test_the_rules_of_the_kitchen_sink_are_explained(root: Path) -> None:
    golden = (root / "tests/golden/kitchen-sink.expected").read_text(encoding="utf-8")
    assert set(re.findall(r"\[([a-z0-9-]+)\]$", golden, re.MULTILINE)) <= set(EXPLANATIONS)
