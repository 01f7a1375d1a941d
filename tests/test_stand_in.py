"""What the preview shows while something is wrong, and what it says about it: on a tiny book."""

from pathlib import Path

import pytest

from generator import notice
from generator.load import Known, load
from generator.problems import Problem, ProblemsFound
from generator.stand_in import Shown, shown
from tests.tiny import FILES, GARDEN, write

ROSE, TULIP = "plants/rose.yaml", "plants/tulip.yaml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write(tmp_path / "data", FILES)


def look(data: Path, last: Shown | None = None, known: Known | None = None) -> Shown:
    return shown(load(data, collections=GARDEN, known=known), last)


def told(found: Shown) -> list[tuple[str, str]]:
    return [(Path(problem.path).name, problem.rule) for problem in found.problems]


def test_a_book_without_mistakes_is_shown_as_it_is(data: Path) -> None:
    found = look(data)
    assert (found.whole, found.problems) == (True, ())


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        (ROSE, "id: rose\ntitle: [", "yaml-syntax"),
        (ROSE, "", "empty-file"),
        (ROSE, FILES[ROSE].replace("id: rose", "id: roses"), "id-file-name"),
        (ROSE, FILES[ROSE].replace("certainty: low", "certainty: lwo"), "wrong-value"),
        (ROSE, FILES[ROSE].replace("tools: [shears]", "tools: [saw]"), "unknown-id"),
        (ROSE, FILES[ROSE].replace("(shears)", "(saw)"), "unknown-id"),
    ],
)
def test_an_entry_with_a_mistake_is_shown_as_it_last_was_and_the_others_as_they_are(name, text, problem, data) -> None:
    last = look(data)
    write(data, {name: text, TULIP: FILES[TULIP].replace("See", "Look at")})
    found = look(data, last)
    assert problem in [rule for _, rule in told(found)]
    assert not found.whole
    assert found.book.entries["rose"] is last.book.entries["rose"]
    assert found.book.entries["tulip"].advice.startswith("Look at")
    assert [entry.id for entry in found.book.of["plants"]] == ["tulip", "rose", "moss"]


def test_the_last_good_version_is_kept_through_several_saves(data: Path) -> None:
    first = look(data)
    write(data, {ROSE: "id: rose\n"})
    second = look(data, first)
    write(data, {TULIP: FILES[TULIP].replace("See", "Look at")})
    third = look(data, second)
    assert third.book.entries["rose"] is first.book.entries["rose"]
    write(data, {ROSE: FILES[ROSE]})
    assert look(data, third).whole


def test_a_deleted_entry_stays_while_others_lead_to_it(data: Path) -> None:
    last = look(data)
    (data / ROSE).unlink()
    found = look(data, last)
    assert ("tulip.yaml", "unknown-id") in told(found)
    assert "rose" in found.book.entries
    write(data, {TULIP: FILES[TULIP].replace("[the rose](rose)", "the garden")})
    after = look(data, found)
    assert after.whole
    assert "rose" not in after.book.entries


def test_where_nothing_else_fits_the_last_good_book_stays(data: Path) -> None:
    last = look(data)
    (data / ROSE).unlink()
    write(data, {"plants/wild-rose.yaml": "id: wild-rose\ntitle: Wild rose\nformerly: [rose]\nadvice: Cut it.\n"})
    found = look(data, last)
    assert found.book is last.book
    assert ("tulip.yaml", "unknown-id") in told(found)


def test_with_no_last_good_version_an_entry_is_left_out_and_what_needs_it_too(data: Path) -> None:
    write(data, {"tools/shears.yaml": "id: shears\n"})
    found = look(data)
    assert told(found) == [("shears.yaml", "missing-field")]
    assert sorted(found.book.entries) == ["book", "jones2021", "moss", "mulch", "smith2020"]


def test_without_the_file_that_every_book_needs_there_is_nothing_to_show(data: Path) -> None:
    (data / "book.yaml").unlink()
    with pytest.raises(ProblemsFound):
        look(data)


def test_a_file_is_validated_again_only_when_its_bytes_change(data: Path) -> None:
    known: Known = {}
    one = look(data, known=known)
    (data / ROSE).touch()
    two = look(data, known=known)
    write(data, {ROSE: FILES[ROSE].replace("It likes sun", "It likes sky")})
    three = look(data, known=known)
    assert two.book.entries["rose"] is one.book.entries["rose"]
    assert three.book.entries["rose"].claims[0].text == "It likes sky."
    assert three.book.entries["moss"] is one.book.entries["moss"]


def test_a_mistake_that_stays_is_told_again_from_what_is_known(data: Path) -> None:
    known: Known = {}
    write(data, {ROSE: "id: rose\ntitle: [\n"})
    assert look(data, known=known).problems == look(data, known=known).problems == look(data).problems


def problem(path: str, message: str = "something", severity="error") -> Problem:
    return Problem(path, 3, 1, "some-rule", message, "do <this>", severity)


@pytest.fixture
def found(data: Path):
    """Return a function from problems to what the preview makes of them."""
    book = look(data).book
    return lambda *problems: notice.by_page(problems, book, "content")


def test_a_problem_stands_on_the_page_that_shows_its_entry(found, data) -> None:
    at = data.as_posix()
    paths = (
        f"{at}/{ROSE}",
        f"{at}/sources/smith2020.yaml",
        f"{at}/book.yaml",
        f"{at}/plants/new.yaml",
        "content/about.md",
    )
    pages = found(*(problem(path) for path in paths))
    assert {uri: [one.path for one in of] for uri, of in pages.items()} == {
        "plants/rose.md": [paths[0]],
        "sources/index.md": [paths[1]],
        "": [paths[2], paths[3]],
        "about.md": [paths[4]],
    }


def test_the_page_concerned_tells_place_message_and_hint_and_all_others_count(found, data) -> None:
    path = f"{data.as_posix()}/{ROSE}"
    pages, links = found(problem(path, "a <b> & c")), {"plants/rose.md": "/plants/rose/"}
    here, elsewhere = (notice.notice(pages, uri, links) for uri in ("plants/rose.md", "index.md"))
    line = f"<strong>1 problem</strong> in <a href='/plants/rose/' style='color:inherit;background:none'>{path}</a>"
    assert line in here
    assert line in elsewhere
    assert f"{path}:3:1</code><br>error: a &lt;b&gt; &amp; c [some-rule]<br>do &lt;this&gt;" in here
    assert "some-rule" not in elsewhere


def test_a_warning_stands_on_its_own_page_alone(found, data) -> None:
    pages = found(problem(f"{data.as_posix()}/{ROSE}", severity="warning"))
    assert "Worth a look" in notice.notice(pages, "plants/rose.md", {})
    assert notice.notice(pages, "index.md", {}) == ""


def test_many_problems_do_not_push_the_page_away(found, data) -> None:
    path = f"{data.as_posix()}/{ROSE}"
    pages = found(*(problem(path, f"number {number}") for number in range(100)))
    told = notice.notice(pages, "plants/rose.md", {})
    assert told.count("<li>") == notice.MOST + 1
    assert "80 more on this page" in told
    assert "100 problems" in told


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<body class='x'><main><article class='y'><h1>", "<body class='x'><main><article class='y'>HERE<h1>"),
        ("<html><body class='x'><p>", "<html><body class='x'>HERE<p>"),
        ("<p>no page", "<p>no page"),
    ],
)
def test_a_notice_stands_at_the_top_of_what_is_read(html: str, expected: str) -> None:
    assert notice.put(html, "HERE") == expected
    assert notice.put(html, "") == html
