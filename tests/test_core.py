"""From YAML to linked Markdown, on collections that exist in test code alone."""

from pathlib import Path

import pytest

from generator import build, views
from generator.checks.rule import Desk
from generator.link import Book
from generator.marks import marked_values, records
from generator.models import Collection
from generator.problems import ProblemsFound
from generator.prose import faults
from generator.relations import KINDS, phrase
from generator.render import Renderer
from tests.tiny import BOOK, DAY, FILES, GARDEN, TEMPLATES, Plant, Tool, write


@pytest.fixture
def garden(tmp_path: Path) -> Book:
    return build.open_book(write(tmp_path / "data", FILES), collections=GARDEN)[0].book


def _pages(book: Book, tmp_path: Path) -> dict[str, str]:
    renderer = Renderer.of(Desk(book, DAY), templates=write(tmp_path / "templates", TEMPLATES))
    return {page.uri: page.text for page in renderer.pages()}


def test_a_collection_made_in_test_code_is_loaded_linked_and_rendered(garden: Book, tmp_path: Path) -> None:
    assert _pages(garden, tmp_path)["plants/rose.md"] == (
        "---\ntitle: \"Rose\"\n---\n\n# Rose\n\n"
        "Cut it with [good shears](../tools/shears.md) in spring. [Mulch](../glossary/index.md#mulch) keeps mulch wet.\n"
        "- It likes sun. (Strong evidence; 1, 2)\n"
        "- It likes songs. (Common advice, not tested; )\n"
        "## Plants (link)\n\n- [Tulip](tulip.md) out: may ease\n"
        "## Plants (no-effect)\n\n- [Moss](moss.md) out: makes no difference to\n\n"
        "1. On jones2021\n2. On smith2020\n"
    )  # fmt: skip


def test_references_are_known_from_the_other_end(garden: Book, tmp_path: Path) -> None:
    pages = _pages(garden, tmp_path)
    assert "## Plants (link)\n\n- [Rose](rose.md) in: may ease\n" in pages["plants/tulip.md"]
    assert "Named by: [Rose](../plants/rose.md)" in pages["tools/shears.md"]
    assert "- On smith2020: [Rose](../plants/rose.md)" in pages["sources/index.md"]


def test_a_link_without_effect_never_stands_among_plain_links(garden: Book) -> None:
    stances = {
        group.stance: [one.entry.id for one in group.neighbours] for group in views.groups(garden, _moss(garden))
    }
    assert stances == {"no-effect": ["rose"]}


def _moss(book: Book) -> Plant:
    moss = book.entries["moss"]
    assert isinstance(moss, Plant)
    return moss


def test_pages_come_in_the_order_of_reading(garden: Book, tmp_path: Path) -> None:
    uris = list(_pages(garden, tmp_path))
    assert uris == [
        "plants/index.md", "plants/tulip.md", "plants/rose.md", "plants/moss.md",
        "tools/index.md", "tools/shears.md", "sources/index.md", "glossary/index.md",
    ]  # fmt: skip


def test_a_word_is_explained_once_a_page_and_not_on_its_own(garden: Book, tmp_path: Path) -> None:
    pages = _pages(garden, tmp_path)
    assert pages["plants/rose.md"].count("glossary/index.md#mulch") == 1
    assert pages["glossary/index.md"].count("(#mulch)") <= 1


def test_the_longest_word_wins_and_only_whole_words_count(tmp_path: Path) -> None:
    files = FILES | {
        "glossary/bark.yaml": "id: bark\ntitle: bark\nplain: Skin of a tree.\n",
        "glossary/bark-mulch.yaml": "id: bark-mulch\ntitle: bark mulch\nplain: Chips.\nforms: [bark mulches]\n",
        "plants/tulip.yaml": "id: tulip\ntitle: Tulip\nadvice: Barking dogs like bark mulches, and bark.\n",
    }
    book = build.open_book(write(tmp_path / "data", files), collections=GARDEN)[0].book
    assert (
        "Barking dogs like [bark mulches](../glossary/index.md#bark-mulch), and [bark](../glossary/index.md#bark)."
        in _pages(book, tmp_path)["plants/tulip.md"]
    )


def test_a_retired_address_leads_to_the_new_page(tmp_path: Path) -> None:
    files = FILES | {"plants/moss.yaml": "id: moss\ntitle: Moss\nadvice: Leave it.\nformerly: [lichen]\n"}
    book = build.open_book(write(tmp_path / "data", files), collections=GARDEN)[0].book
    assert "[Moss](moss.md)" in _pages(book, tmp_path)["plants/lichen.md"]


def test_a_hand_written_page_gets_the_lists_it_asks_for(garden: Book) -> None:
    filled, problems = Renderer.of(Desk(garden, DAY)).fill("# Hello\n\n<!-- causebook:list tools -->\n", "index.md")
    assert problems == ()
    assert "- [Shears](tools/shears.md)" in filled
    _, problems = Renderer.of(Desk(garden, DAY)).fill("# Hello\n\n<!-- causebook:list toys -->\n", "index.md")
    assert [(problem.line, problem.rule) for problem in problems] == [(3, "unknown-part")]


def test_marks_are_found_in_every_depth(garden: Book) -> None:
    rose = garden.entries["rose"]
    found = {(marked.path, marked.value) for marked in marked_values(rose)}
    assert (("relations", 1, "sources", 0), "jones2021") in found
    assert (("tools", 0), "shears") in found
    assert [path for path, _ in records(rose)] == [
        (), ("relations", 0), ("relations", 1), ("claims", 0), ("claims", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "certainty", "expected"),
    [
        ("causes", "high", "causes"),
        ("causes", "moderate", "probably causes"),
        ("eases", "low", "may ease"),
        ("eases", "very-low", "may or may not ease"),
        ("no-effect-on", "moderate", "probably makes no difference to"),
        ("contested", "high", "may or may not play a part in"),
        ("protects-against", "untested", "is often said to help protect against"),
    ],
)
def test_the_verb_says_how_sure_we_are(kind: str, certainty: str, expected: str) -> None:
    assert phrase(kind, certainty) == expected  # type: ignore[arg-type]


def test_every_kind_of_relation_has_words() -> None:
    from typing import get_args

    from generator.models import Certainty, Kind
    from generator.relations import CERTAINTIES

    assert set(KINDS) == set(get_args(Kind))
    assert set(CERTAINTIES) == set(get_args(Certainty))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"plants/fern.yaml": "id: fern\ntitle: Fern\nadvice: Wet.\nclaims: [{text: It may be old., certainty: low}]\n"},
         "claim-without-source"),
        ({"plants/fern.yaml": "id: fern\ntitle: Fern\nadvice: Wet.\nrelations:\n"
          + "  - {kind: eases, to: moss, certainty: expert}\n" * 2}, "related-twice"),
        ({"sources/unused2022.yaml": FILES["sources/smith2020.yaml"].replace("smith2020", "unused2022")}, "uncited-source"),
    ],
)  # fmt: skip
def test_each_editorial_rule_finds_its_mistake(change: dict[str, str], rule: str, tmp_path: Path) -> None:
    _, problems = build.examine(write(tmp_path / "data", FILES | change), collections=GARDEN)
    assert [problem.rule for problem in problems] == [rule]


def test_the_book_itself_must_be_described(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if text != BOOK}
    with pytest.raises(ProblemsFound) as caught:
        build.open_book(write(tmp_path / "data", files), collections=GARDEN)
    assert [(problem.path[-9:], problem.rule) for problem in caught.value.problems] == [("book.yaml", "no-data")]


def test_one_id_belongs_to_one_entry_in_the_whole_book(tmp_path: Path) -> None:
    files = FILES | {"tools/moss.yaml": "id: moss\ntitle: Moss scraper\n"}
    _, problems = build.examine(write(tmp_path / "data", files), collections=GARDEN)
    assert [problem.rule for problem in problems] == ["duplicate-id"]


def test_a_collection_without_a_template_still_gets_pages(tmp_path: Path) -> None:
    collections = (*GARDEN, Collection("pots", Tool, "pot", "Pots"))
    files = FILES | {"pots/clay.yaml": "id: clay\ntitle: Clay pot\nuse: For [roses](rose).\n"}
    book = build.open_book(write(tmp_path / "data", files), collections=collections)[0].book
    assert _pages(book, tmp_path)["pots/clay.md"].startswith("# Clay pot")


def test_a_text_that_begins_with_a_tab_is_no_way_around_the_rules_of_prose() -> None:
    assert [fault.rule for fault in faults("\tSee [the rose](rose).")] == ["one-paragraph"]
    assert list(faults("See [the rose](rose).")) == []
