"""`causebook fmt` may change how a file looks, and never what it says: comments, order, quotes and line ends."""

from pathlib import Path

import pytest

from generator import source
from generator.canonical import WIDTH, formatted
from generator.models import COLLECTIONS, Cause, Source, Term, written_order

FILES = [
    (collection, file)
    for collection in COLLECTIONS
    for file in sorted((Path(__file__).parent.parent / "data").glob(f"{collection.name}/*.yaml"))
]


def _form(text: str, model: type = Cause) -> str:
    made, problems = formatted(text, "data/x.yaml", model)
    assert problems == ()
    return made


def test_no_file_of_the_real_book_says_something_else_afterwards() -> None:
    for collection, file in FILES:
        text = file.read_text(encoding="utf-8")
        made = _form(text, collection.model)
        assert source.read(made, "").data == source.read(text, "").data, file
        assert _form(made, collection.model) == made, f"{file} changes each time"
        comments = [line.strip() for line in text.splitlines() if line.strip().startswith("#")]
        assert sorted(comments) == sorted(line.strip() for line in made.splitlines() if line.strip().startswith("#"))


@pytest.mark.parametrize(
    "value",
    [
        "no", "yes", "On", "null", "~", "true", "1:30", "12", "1.0", "1e3", "0x10", "2026-11-22", "", " lead", "trail ",
        "a: b", "a #b", "#a", "- a", "-a", "?", "? a", ": a", "end:", "[a", "a]", "{a", "a, b", "*a", "&a", "!a", "%a", "@a",
        "`a", "'a'", '"a"', "it's", 'say "it\'s"', "back\\slash", "tab\tin", "two\nlines", "\n", "é 日本", "---", "...", "=",
        "<<", "a  b", "a" * 300, "word " * 60 + "end", "word  " * 60 + "end", "> a", "| a", "\u00a0", "\u200b",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["plain: {}\n", "forms: [a, {}, b]\n", "forms:\n  - {}\n", "x: {{y: {}, z: 1}}\n"])
def test_every_text_stays_that_text_wherever_it_stands(value: str, place: str) -> None:
    escaped = "".join(f"\\U{ord(char):08x}" if not char.isascii() or not char.isprintable() else char for char in value)
    for char in ("\\", '"'):
        if char in value:
            escaped = "".join(f"\\U{ord(one):08x}" for one in value)
    text = place.format(f'"{escaped}"')
    made = _form(text, Term)
    assert source.read(made, "").data == source.read(text, "").data
    assert _form(made, Term) == made


NASTY = """\
# yaml-language-server: $schema=../../schemas/causes.json

# above the id
id: doms # beside the id
# above order
order: 3

# above title
title: 'no'   # beside title
also_called: # beside the key of a list
  # above an item
  - "1:30"
  - 'it''s'
  # below the last item
searched_as: [a, # inside brackets
  'b, c', "d"]
main_message: {certainty: high, text: "x # y"}
key_points:
- text: >- # beside the sign
    one two
    three
  # above certainty
  certainty: low
  # below the record

- certainty: high # beside certainty
  # above text
  text: |
    line one
    line  two
# at the end
"""

TIDY = """\
# yaml-language-server: $schema=../../schemas/causes.json

# above the id
id: doms # beside the id

# above title
title: "no" # beside title
# above order
order: 3
also_called: # beside the key of a list
  # above an item
  - "1:30"
  - it's
  # below the last item
searched_as:
  - a # inside brackets
  - b, c
  - d
main_message: {text: x # y, certainty: high}
key_points:
  - text: >- # beside the sign
      one two three
    # above certainty
    certainty: low
    # below the record

  # above text
  - text: |
      line one
      line  two
    certainty: high # beside certainty
# at the end
""".replace("text: x # y", 'text: "x # y"')


def test_comments_move_with_the_key_they_belong_to() -> None:
    assert _form(NASTY) == TIDY
    assert _form(TIDY) == TIDY


def test_keys_stand_in_the_order_of_reading() -> None:
    assert _form("updated: 2026-11-22\ndo: []\ntitle: A\nid: b\n") == "id: b\ntitle: A\ndo: []\nupdated: 2026-11-22\n"
    for collection in COLLECTIONS:
        assert sorted(written_order(collection.model)) == sorted(collection.model.model_fields)


def test_long_texts_are_broken_and_addresses_are_not() -> None:
    address = "https://example.org/" + "a b " * 0 + "a" * 200
    made = _form(f"title: {'word ' * 80}end\nurl: {address}\n", Source)
    assert max(len(line) for line in made.splitlines() if "url" not in line) <= WIDTH
    assert f"url: {address}\n" in made


def test_ids_inside_a_record_stand_in_brackets() -> None:
    assert "  sources: [a, b]\n" in _form("main_message:\n    sources:\n      - a\n      - b\n")


def test_files_from_windows_get_the_same_line_ends_as_all_others() -> None:
    assert _form("id: a\r\ntitle: b\r\n") == "id: a\ntitle: b\n"


@pytest.mark.parametrize("text", ["id: a\nid: b\n", "id: [\n", "", "- a\n", "title: no\n"])
def test_what_cannot_be_read_without_doubt_is_left_alone(text: str) -> None:
    made, problems = formatted(text, "data/x.yaml", Cause)
    assert made == text
    assert problems
