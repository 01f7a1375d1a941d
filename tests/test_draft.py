"""An issue becomes a draft that the check understands, and no words of a stranger become anything but words."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import source
from generator.draft import Draft, answers, draft
from generator.models import COLLECTIONS, Question
from generator.problems import ProblemsFound
from tests.test_commands import ENVIRONMENT, causebook, project

ROOT = Path(__file__).parent.parent
FORM_FILE = ".github/ISSUE_TEMPLATE/3-new-entry.yml"
FORM = yaml.safe_load((ROOT / FORM_FILE).read_text(encoding="utf-8"))
LABELS = {field["id"]: field["attributes"]["label"] for field in FORM["body"] if "id" in field}

ISSUE = """\
### What kind of page

question

### Title

Why do my calves ache the day after hills?

### Other names for it

_No response_

### What people type when they look for it

- calves killing me after hill run
* sore calfs

### The answer, or the one thing to take away

Walking downhill stretches the calf while it works.
It is sore for 1 to 3 days.

### Key points

1. It goes away by itself.
2. It is not the shoes.

### Reasons

The calf brakes each step.

### What nobody knows for sure

_No response_

### Sources

https://doi.org/10.1000/xyz: says so
# a line of its own

### Before you send it

- [X] The words are my own, and may be published under CC BY 4.0.
- [X] It tells nobody what they have.
"""

__all__ = ["project"]


def made(text: str) -> Draft:
    return draft(text, FORM, COLLECTIONS, shown="issue.txt")


def issue(**said: str) -> str:
    """Return the text of an issue as GitHub writes it."""
    given = {"kind": "question", "title": "A question?", "main_message": "An answer.", **said}
    return "\n\n".join(f"### {label}\n\n{given.get(id_, '_No response_')}" for id_, label in LABELS.items())


def read(text: str) -> Any:
    document = source.read(text, "draft.yaml")
    assert document.problems == ()
    return document.data


def test_the_form_becomes_an_entry_in_the_order_of_the_model() -> None:
    one = made(ISSUE)
    assert one.uri == "faqs/why-do-my-calves-ache-the-day-after-hills.yaml"
    entry = read(one.text)
    assert entry == {
        "id": "why-do-my-calves-ache-the-day-after-hills",
        "title": "Why do my calves ache the day after hills?",
        "searched_as": ("calves killing me after hill run", "sore calfs"),
        "main_message": {
            "text": "Walking downhill stretches the calf while it works. It is sore for 1 to 3 days.",
            "certainty": "???",
        },
        "key_points": (
            {"text": "It goes away by itself.", "certainty": "???"},
            {"text": "It is not the shoes.", "certainty": "???"},
        ),
        "because": ({"text": "The calf brakes each step.", "certainty": "???"},),
    }
    assert "title: Why do my calves ache the day after hills?\n" in one.text, "no quotes where none are needed"
    order = list(Question.model_fields)
    assert list(entry) == sorted(entry, key=order.index)


def test_what_is_still_needed_and_the_sources_stand_in_comments() -> None:
    comments = [line for line in made(ISSUE).text.splitlines() if line.startswith("#")]
    assert "#   https://doi.org/10.1000/xyz: says so" in comments
    assert "#   # a line of its own" in comments
    needed = [line.split(":")[0] for line in comments[comments.index("# Still needed:") + 1 :]]
    assert needed == ["# get_help", "# unknowns", "# published", "# updated", "# checked", "# review_due", "# version"]


@pytest.mark.parametrize("noun", next(f["attributes"]["options"] for f in FORM["body"] if f.get("id") == "kind"))
def test_each_kind_of_page_in_the_form_is_a_collection(noun: str) -> None:
    collection = next(one for one in COLLECTIONS if one.noun == noun)
    assert made(issue(kind=noun)).uri == f"{collection.name}/a-question.yaml"


def test_each_field_of_the_form_is_a_field_of_a_model() -> None:
    fields = {name for one in COLLECTIONS for name in one.model.model_fields}
    assert set(LABELS) - fields == {"kind", "named_sources", "agreed"}


NASTY = [
    "{{ config }} {% raw %}",
    "!!python/object/apply:os.system ['true']",
    "&a [*a, *a]",
    "a: b",
    "- a\n- b: c",
    "# no comment",
    "'quotes' and \"more\"",
    "---\nid: other\n...",
    "no",
    "y",
    "1:30",
    "2026-11-22",
    "0x1F",
    "~",
    "? a",
    "| block",
    "%YAML 9",
    "@somebody `code`",
    "trailing \\",
    "line\u2028separator\u0085next",
    "bell\x07 null\x00 bidi\u202e",
    "emoji \U0001f9b5 and accents \xe9\u0142",
    "<script>alert(1)</script>",
    "### Title\n\nanother title",
    "### Not a label",
    "x" * 5000,
]


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("field", ["title", "main_message", "key_points", "named_sources"])
def test_whatever_is_answered_stays_words(field: str, nasty: str) -> None:
    entry = read(made(issue(**{field: nasty})).text)
    assert set(entry) <= {"id", "title", "main_message", "key_points"}
    assert source.read(made(issue(**{field: nasty})).text, "").problems == ()
    words = [entry["title"], entry["main_message"]["text"], *(one["text"] for one in entry.get("key_points", ()))]
    assert all(isinstance(one, str) and "\n" not in one for one in words)
    assert entry["main_message"]["certainty"] == "???"


@pytest.mark.parametrize(
    ("title", "id_"),
    [
        ("Why don't my legs ache?", "why-dont-my-legs-ache"),
        ("../../etc/passwd", "etc-passwd"),
        ("Müde Beine", "mude-beine"),
        ("疲れた足", "new-entry"),
        ("a " * 60, "-".join("a" * 30)),
    ],
)
def test_the_id_is_always_a_slug(title: str, id_: str) -> None:
    assert made(issue(title=title)).uri == f"faqs/{id_}.yaml"


def test_windows_line_ends_and_empty_answers_do_not_matter() -> None:
    assert made(ISSUE.replace("\n", "\r\n")) == made(ISSUE)
    assert answers("", {"Title": "title"}) == {}


@pytest.mark.parametrize("text", ["", "hello", "### Title\n\nx", "### What kind of page\n\nsauce\n"])
def test_another_text_is_told_what_is_expected(text: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        made(text)
    (problem,) = found.value.problems
    assert (problem.rule, problem.path) == ("not-the-form", "issue.txt")
    assert "question, cause, condition, mechanism, tip" in problem.hint


def test_the_check_understands_a_draft_and_asks_for_what_is_missing(project: Path) -> None:
    (project / "issue.txt").write_text(ISSUE, encoding="utf-8")
    done = causebook(project, "draft", "issue.txt", "--form", str(ROOT / FORM_FILE))
    assert done.returncode == 0, done.stderr
    file = project / "data/faqs/why-do-my-calves-ache-the-day-after-hills.yaml"
    assert file.relative_to(project).as_posix() in done.stderr
    file.write_text(done.stdout, encoding="utf-8")
    check = causebook(project, "check")
    ours = [line for line in check.stdout.splitlines() if file.name in line]
    assert check.returncode == 1
    assert "Traceback" not in check.stderr
    assert sum("[still-to-fill]" in line for line in ours) == 4, "one for each certainty that a person has to choose"
    assert all(any(f"'{name}'" in line for line in ours) for name in ("get_help", "unknowns", "published"))


def test_an_issue_can_be_piped_in() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator.cli", "draft", "-"],
        cwd=ROOT, env=ENVIRONMENT, input=ISSUE.encode() + b"\xff", capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.decode().startswith("# yaml-language-server: $schema=../../schemas/faqs.json\n")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = causebook(tmp_path, "draft", "nothing.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nothing.txt" in done.stderr
