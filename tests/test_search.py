"""The search index: what it holds, what it weighs, how it grows; and the word lists of the real book."""

import gzip
import json
from collections import Counter

import pytest

from generator import search
from generator.build import examine
from generator.language import Language, bare, stem
from generator.models import SearchWords
from tests.tiny import FILES, GARDEN, write


def parts(files):
    """Name of a part → its value."""
    return dict(
        json.loads("[" + text.removeprefix("causebookIndex(").removesuffix(");\n") + "]") for text in files.values()
    )


@pytest.fixture(scope="module")
def lists(book):
    return [one for one in book.of["search-words"] if isinstance(one, SearchWords)]


@pytest.fixture(scope="module")
def files(book):
    return search.index(
        book, [("find.md", "---\ntitle: Find\n---\n\n# Find a page\n\nBy **word**.\n")], lambda address: address
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Runner's knee", ["runners", "knee"]),
        ("can’t cool-down", ["cant", "cool", "down"]),  # noqa: RUF001
        ("Café 10%", ["cafe", "10", "percent"]),
        ("<b>", ["b"]),
        ("…", []),
    ],
)
def test_a_text_is_taken_apart_into_bare_words(text, words):
    assert bare(text) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("aches", "aching"),
        ("ache", "ached"),
        ("run", "running"),
        ("stiffness", "stiff"),
        ("injuries", "injury"),
        ("tired", "tire"),
        ("stress", "stress"),
    ],
)
def test_forms_of_a_word_have_one_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("my hammies", "hamstring"),
        ("back of my thigh", "hamstring"),
        ("wee", "urine"),
        ("2 days later", "day after"),
        ("trainers", "sneakers"),
        ("anemia", "anaemia"),
        ("REDs", "red-s"),
    ],
)
def test_people_and_pages_meet_in_the_same_words(lists, typed, page):
    language = Language.of(lists)
    assert set(language.terms(page)) <= set(language.terms(typed))


def test_a_word_stands_for_one_thing(lists):
    language = Language.of(lists)
    groups = [{" ".join(language.stems(words)) for words in group} for one in lists for group in one.same]
    twice = {words for words, count in Counter(words for group in groups for words in group).items() if count > 1}
    assert twice - {""} == set()


def test_no_word_of_danger_is_empty_and_each_is_at_most_four_words(files):
    core = parts(files)["core"]
    assert all(1 <= len(line.split()) <= 4 for line in core["urgent"] + core["careful"])


def test_every_entry_with_a_page_can_be_found(book, files):
    index = parts(files)
    found = [row[1] for name, value in index.items() if name.startswith("d") for row in value]
    entries = [entry.id for entry in book.entries.values() if book.home[entry.id].pages in ("each", "shared")]
    assert not {id_ for id_ in entries if not any(id_ in url for url in found)}
    assert "find.md" in found
    assert index["core"]["documents"] == len(found) == len(set(found))


def test_a_part_holds_what_the_core_says(files):
    index = parts(files)
    firsts = index["core"]["terms"].split()
    for number, first in enumerate(firsts):
        words = list(index[f"t{number}"])
        assert words[0] == first
        assert words == sorted(words)
        assert number + 1 == len(firsts) or words[-1] < firsts[number + 1]


def test_the_whole_index_of_this_book_stays_below_the_budget_of_a_first_query(files):
    assert sum(len(gzip.compress(text.encode())) for text in files.values()) < 150_000


def test_a_title_weighs_more_than_a_text(tmp_path):
    desk, _ = examine(write(tmp_path, FILES), collections=GARDEN)
    index = parts(search.index(desk.book, [], lambda address: address))
    pages = [row[1] for row in index["d0"]]
    row = index["t0"]["ros"][1:]
    numbers = [sum(row[0 : at + 1 : 2]) for at in range(0, len(row), 2)]
    weights = {pages[number]: weight for number, weight in zip(numbers, row[1::2], strict=True)}
    assert max(weights, key=weights.get) == "plants/rose.md"
    assert set(weights) == {"plants/rose.md", "plants/tulip.md"}


def test_a_common_word_keeps_its_heaviest_entries_only(monkeypatch):
    monkeypatch.setattr(search, "LONGEST_LIST", 2)
    assert search._row([(0, 5), (1, 1), (7, 9)], 100)[1:] == [0, 5, 7, 9]


def test_words_that_tell_weigh_more_than_faint_ones_and_numbers(lists):
    language = Language.of(lists)
    assert [language.tells(stem(word)) for word in ("knee", "week", "42", "sprinter")] == [1, -1, -1, 0]
    rare = [search._row([(0, 5)], 100, tells)[0] for tells in (1, 0, -1)]
    assert rare == sorted(rare, reverse=True)
    assert len(set(rare)) == 3


def test_no_word_both_tells_and_is_faint(lists):
    language = Language.of(lists)
    assert not language.telling & language.faint


def test_a_word_in_one_of_many_names_weighs_less():
    language = Language(frozenset(), frozenset(), {}, 0)
    few = search.Document("few", "Few", "Page", names=["sore hip"])
    many = search.Document("many", "Many", "Page", names=["sore hip", *(f"sore leg{at}" for at in range(20))])
    weights = dict(search._weights([few, many], language)[0]["hip"])
    assert weights[0] > weights[1] > 0


def test_a_long_page_about_the_site_weighs_little():
    texts = ["A heading", *["some words about legs"] * 40]
    short, long = ("# Title\n\n" + "\n".join(texts[1:count]) for count in (4, 40))
    one, other = search._pages([("short.md", short), ("long.md", long)])
    assert one.plain == 1.0 > other.plain


def test_an_index_that_changed_has_another_name(files):
    assert search.version(files) != search.version({**files, "core.js": ""})
