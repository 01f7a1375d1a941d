"""What the documentation lists is what there is, what it shows works, and what it links to exists."""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from generator import cli, reference
from generator.checks import RULES
from generator.commands import docs
from generator.models import COLLECTIONS
from tests.test_commands import ENVIRONMENT

ROOT = Path(__file__).parent.parent
DOCS = sorted(
    file
    for file in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / ".github/pull_request_template.md")
    if file.name != "CHANGELOG.md"
)
WHOLE = "<!-- whole entry: "
"""Stands before a YAML block that is a file: ``<!-- whole entry: data/sources/x.yaml -->``."""


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def parser() -> argparse.ArgumentParser:
    return cli._parser()


def text_of(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


# Generated pages


@pytest.mark.parametrize("file", ["docs/data-reference.md", "docs/commands.md"])
def test_generated_pages_are_fresh(file: str) -> None:
    assert text_of(file) == docs.pages(ROOT, parser())[file], "run 'make docs', and commit what it writes"


def test_each_field_of_each_model_is_in_the_data_reference() -> None:
    page = text_of("docs/data-reference.md")
    for owner in reference._owners(one.model for one in COLLECTIONS):
        for field in reference._own(owner):
            assert f"| `{field}` |" in page
    for one in COLLECTIONS:
        assert f"### {one.name}\n" in page


def test_links_inside_the_data_reference_lead_to_its_headings() -> None:
    page = text_of("docs/data-reference.md")
    headings = {heading.strip().lower().replace(" ", "-") for heading in re.findall(r"^#+ (.*)$", page, re.M)}
    assert set(re.findall(r"\]\(#([\w-]+)\)", page)) <= headings


def test_where_a_field_shows_is_read_from_its_template() -> None:
    template = (
        "# {{ entry.title }}\n{% if entry.never %}{% endif %}\n## Why {{ x }}\n{{ m.claims(entry.because) }}\n"
        "{% for one in entry.rows %}\n{% endfor %}\n## Again\n{{ entry.because }}\n{% block other %}\n{{ entry.names }}\n"
    )
    assert reference.shown_under(template) == {
        "title": ("",),
        "because": ("Why ...", "Again"),
        "rows": ("Why ...",),
        "names": ("",),
    }


def test_each_command_says_what_it_does_with_an_example() -> None:
    page = text_of("docs/commands.md")
    for command, sub in docs.subparsers(parser()):
        assert f"## causebook {command}\n" in page
        assert sub.description, command
        assert (sub.epilog or "").startswith("example: causebook ") or "| causebook " in (sub.epilog or ""), command
        assert all(action.help for action in sub._actions), command
    for target in re.findall(r"^([a-z]+):.*## ", text_of("Makefile"), re.M):
        assert f"| `make {target}` |" in page


def test_the_command_writes_both_pages(tmp_path: Path) -> None:
    for file in ("Makefile", docs.EXAMPLES):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    (tmp_path / "docs").mkdir()
    done = subprocess.run([sys.executable, "-m", "generator.cli", "docs"], cwd=tmp_path, env=ENVIRONMENT, check=True)
    assert done.returncode == 0
    for file in ("docs/data-reference.md", "docs/commands.md"):
        assert (tmp_path / file).read_text(encoding="utf-8") == text_of(file)


# Pages written by hand


def test_each_editorial_rule_is_named_in_the_editorial_guide() -> None:
    named = set(re.findall(r"\[`([a-z-]+)`\]", text_of("docs/editorial-guide.md")))
    assert named == {rule.id for rule in RULES}


@pytest.mark.parametrize("file", DOCS, ids=name)
def test_links_to_files_and_headings_lead_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", _without_code(file.read_text(encoding="utf-8"))):
        if not re.match(r"https?:|mailto:", target):
            path, _, anchor = target.partition("#")
            there = (file.parent / path) if path else file
            assert there.exists(), target
            if anchor:
                headings = re.findall(r"^#+ (.*)$", there.read_text(encoding="utf-8"), re.M)
                slugs = {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}
                assert anchor in slugs, target


def _without_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "", re.sub(r"(?ms)^```.*?^```", "", text))


def blocks(file: Path) -> list[tuple[str, str, str]]:
    """Return the code blocks of a page: language, text, and the HTML comment before it."""
    found, before = [], ""
    for token in MarkdownIt().parse(file.read_text(encoding="utf-8")):
        if token.type == "fence":
            found.append((token.info.strip(), token.content, before))
        before = token.content.strip() if token.type == "html_block" else ""
    return found


@pytest.mark.parametrize("file", DOCS, ids=name)
def test_commands_shown_in_the_documentation_exist(file: Path) -> None:
    known = dict(docs.subparsers(parser()))
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.M))
    text = file.read_text(encoding="utf-8")
    shown = [block for language, block, _ in blocks(file) if language in ("sh", "console")]
    shown += re.findall(r"`((?:\S*/)?(?:causebook|make) [^`]*)`", text)
    for block in shown:
        for words in re.findall(r"(?:^|[\s|&/])causebook ([a-z]+)([^\n|&#]*)", block):
            assert words[0] in known, f"causebook {words[0]}"
            if sub := known[words[0]]:
                options = {option for action in sub._actions for option in action.option_strings}
                assert set(re.findall(r"(?<=\s)--[a-z-]+", words[1])) <= options, words
        for listed in re.findall(r"(?:^|[&\s])make ((?:[a-z]+ ?)+)(?=$|[\s#&;])", block, re.M):
            if block.startswith(("make", ".venv")) or "\n" in block:
                assert set(listed.split()) - {"PYTHON"} <= targets, listed


def whole_entries() -> list[tuple[str, str, str]]:
    return [
        (name(file), before.removeprefix(WHOLE).removesuffix("-->").strip(), text)
        for file in DOCS
        for language, text, before in blocks(file)
        if language == "yaml" and before.startswith(WHOLE)
    ]


@pytest.mark.parametrize(("page", "file", "text"), whole_entries(), ids=lambda part: part if "/" in part else "")
def test_whole_entries_shown_in_the_documentation_pass_the_check(
    page: str, file: str, text: str, tmp_path: Path
) -> None:
    for folder in ("data", "content"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    place = tmp_path / file
    assert place.parent.is_dir(), f"{page}: {file}"
    place.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "generator.cli", "check"], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True
    )  # fmt: skip
    ours = [line for line in done.stdout.splitlines() if line.startswith(file)]
    assert [line for line in ours if "[uncited-source]" not in line] == []


@pytest.mark.parametrize("file", DOCS, ids=name)
def test_yaml_in_the_documentation_can_be_read(file: Path) -> None:
    for language, text, _ in blocks(file):
        if language == "yaml":
            yaml.safe_load(text)


def test_there_are_whole_entries_to_try() -> None:
    assert len(whole_entries()) >= 2


def test_the_citation_file_fits_its_schema_and_names_this_version() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format", "CITATION.cff"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    version = re.search(r'^version = "(.*)"', text_of("pyproject.toml"), re.M)
    assert version
    assert yaml.safe_load(text_of("CITATION.cff"))["version"] == version[1]


@pytest.mark.parametrize(
    "file",
    ["CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "GOVERNANCE.md", "SECURITY.md", "SUPPORT.md", "docs/first-hour.md"],
)
def test_each_page_can_be_found_from_the_readme(file: str) -> None:
    assert f"]({file})" in text_of("README.md")


@pytest.mark.parametrize("file", DOCS, ids=name)
def test_no_address_is_invented(file: Path) -> None:
    found = re.findall(r"[\w.+-]+@[\w-]+\.[\w.]+", _without_code(file.read_text(encoding="utf-8")))
    assert found == []
