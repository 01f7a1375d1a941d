"""CONTRIBUTING.md to the letter: what it says to type is typed, in a fresh clone, and works."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_docs import ROOT, blocks, whole_entries

PAGE = ROOT / "CONTRIBUTING.md"
KEPT = ("data", "content", "overrides", "schemas", "docs", "generator", "mkdocs.yml", "Makefile", "pyproject.toml")


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A folder with a project to clone, and programs that stand for what `make` and its environment would set up."""
    origin, programs = tmp_path / "origin", tmp_path / "programs"
    programs.mkdir()
    for name, line in (
        ("causebook", f'exec "{sys.executable}" -m generator.cli "$@"'),
        ("make", '[ "$*" = check ] && exec causebook check'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    origin.mkdir()
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *KEPT],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (origin / name).parent.mkdir(parents=True, exist_ok=True)
            (origin / name).write_bytes((ROOT / name).read_bytes())
    type_in(tmp_path, "git init -q -b main origin && cd origin && git add . && git commit -qm start")
    type_in(tmp_path, "git -C origin config receive.denyCurrentBranch ignore")
    return tmp_path


def type_in(folder: Path, line: str) -> str:
    """Type a line into a shell and return what it prints. It must succeed."""
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in
           (("NAME", "New"), ("EMAIL", "new@example.org"))}  # fmt: skip
    path = f"{folder if folder.name != 'causebook' else folder.parent}/programs{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, **who, "PATH": path, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["sh", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )  # fmt: skip
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def shown(begins: str) -> list[str]:
    """Return the lines of the shell block that begins so, without comments."""
    (block,) = [text for language, text, _ in blocks(PAGE) if language == "sh" and text.startswith(begins)]
    return [line.partition("  #")[0].strip() for line in block.splitlines()]


def set_up(world: Path, *, checked: bool = False) -> Path:
    """Return a fresh clone, made and entered as the page says. Its check takes seconds, so it is run once."""
    clone, enter, check, activate, branch = shown("git clone")
    type_in(world, clone.replace("ADDRESS-OF-YOUR-FORK", "origin"))
    assert (enter, activate) == ("cd causebook", ". .venv/bin/activate")
    if checked:
        type_in(world / "causebook", check)
    type_in(world / "causebook", branch)
    return world / "causebook"


def test_a_question_goes_from_a_fresh_clone_to_a_pull_request(world: Path) -> None:
    clone = set_up(world, checked=True)
    new = "causebook new faqs walk-or-rest"
    assert new in PAGE.read_text(encoding="utf-8")
    (text,) = [text for page, file, text in whole_entries() if file == "data/faqs/walk-or-rest.yaml"]
    assert "walk-or-rest.yaml" in type_in(clone, new)
    assert (clone / "data/faqs/walk-or-rest.yaml").is_file()
    (clone / "data/faqs/walk-or-rest.yaml").write_text(text, encoding="utf-8")
    for line in shown("causebook fmt"):
        type_in(clone, line)
    assert "walk-or-rest" in type_in(world / "origin", "git show --stat my-change")


@pytest.mark.parametrize("collection", ["sources", "faqs", "causes"])
def test_new_files_begin_where_the_page_says(collection: str, world: Path) -> None:
    commands = re.findall(rf"^ *(causebook new {collection} \S+)", PAGE.read_text(encoding="utf-8"), re.M)
    assert commands
    clone = set_up(world)
    type_in(clone, commands[0])
    assert (clone / f"data/{collection}/{commands[0].split()[-1]}.yaml").is_file()


@pytest.mark.parametrize("command", ["fmt", "diff", "explain verb-and-grade"])
def test_commands_of_every_change_run_on_a_clean_clone(command: str, world: Path) -> None:
    assert f"causebook {command}" in PAGE.read_text(encoding="utf-8")
    type_in(set_up(world), f"causebook {command}")


def test_the_rule_shown_is_one(tmp_path: Path) -> None:
    from generator.checks.rule import Desk, Found, Rule, rule

    (text,) = [text for language, text, _ in blocks(PAGE) if language == "python" and "@rule" in text]
    names: dict[str, object] = {"rule": rule, "Desk": Desk, "Found": Found}
    exec("from __future__ import annotations\n" + text, names)
    made = names["no_shouting"]
    assert isinstance(made, Rule)
    assert (made.id, made.severity) == ("no-shouting", "error")
    assert len(made.reason) > 30, "as tests/test_checks.py asks"


def test_the_collection_shown_is_one() -> None:
    from pydantic import Field

    from generator.models import COLLECTIONS, Claim, Collection, PageEntry

    parts = [text for language, text, _ in blocks(PAGE) if language in ("python", "text") and "Shoe" in text]
    names: dict[str, object] = {"PageEntry": PageEntry, "Claim": Claim, "Field": Field, "Collection": Collection}
    exec(parts[0], names)
    made = eval(parts[1].strip().rstrip(","), names)
    assert made.model is names["Shoe"]
    assert made.name not in {one.name for one in COLLECTIONS}
