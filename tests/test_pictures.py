"""What every picture owes a reader who does not see it, sees no colour, uses no mouse or has a small screen."""

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from generator import build
from generator.checks.rule import Desk
from generator.link import Book
from generator.marks import records
from generator.models import TimeCourse
from generator.pictures import DRAWN
from generator.pictures.network import CROSS, MOST_NAMES
from generator.pictures.svg import Markup, tag, wrap
from generator.pictures.timeline import _span
from generator.relations import CERTAINTIES
from generator.render import Page, Renderer
from generator.views import groups
from tests.tiny import DAY, FILES, GARDEN, write

MOST = 40
"""Elements of one picture on an entry's page, links and words included."""


@pytest.fixture(scope="module")
def renderer(book: Book) -> Renderer:
    return Renderer.of(Desk(book, DAY))


@pytest.fixture(scope="module")
def pages(renderer: Renderer, root: Path) -> dict[str, str]:
    """Every page with its pictures, generated and hand-written: address → Markdown."""
    written = {page.uri: page.text for page in build.fill_all(renderer, root / "content")}
    return {page.uri: page.text for page in renderer.pages()} | written


def figures(text: str) -> list[html.HtmlElement]:
    return [html.fragment_fromstring(found) for found in re.findall(r"<figure.*?</figure>", text, re.DOTALL)]


@pytest.fixture(scope="module")
def drawn(pages: dict[str, str]) -> list[tuple[str, html.HtmlElement]]:
    return [(uri, one) for uri, text in pages.items() for one in figures(text)]


def test_every_kind_of_picture_stands_somewhere(drawn) -> None:
    kinds = Counter(one.get("class").split("--")[1] for _, one in drawn)
    assert set(kinds) == {"map", "time", "net", "drawing"}
    assert [uri for uri, one in drawn if uri == "index.md" and one.xpath(".//a")] == ["index.md"]


def test_every_cause_has_its_map_and_its_links(book: Book, pages) -> None:
    drawn = {"causes", "mechanisms"}
    for cause in book.of["causes"]:
        kinds = [one.get("class").split("--")[1] for one in figures(pages[f"causes/{cause.id}.md"])]
        assert kinds.count("map") == 1, cause.id
        around = [one for group in groups(book, cause) if group.collection.name in drawn for one in group.neighbours]
        assert kinds.count("net") == (0 < len(around) <= MOST_NAMES), cause.id
        assert kinds.count("time") == bool(cause.time_course), cause.id


def test_every_picture_of_the_data_is_shown_where_it_says(book: Book, pages) -> None:
    for picture in book.of["pictures"]:
        for id_ in picture.shown_on:
            assert picture.title in pages[f"{book.home[id_].name}/{id_}.md"], (picture.id, id_)


def test_a_picture_has_a_name_a_description_and_a_caption(drawn) -> None:
    for uri, one in drawn:
        (svg,) = one.findall("svg")
        names = [svg.xpath(f"string(*[@id='{id_}'])") for id_ in svg.get("aria-labelledby").split()]
        assert len(names) == 2, uri
        assert all(len(name) > 8 for name in names), uri
        assert len(one.findtext("figcaption")) > 20, uri
        assert svg.get("role") == ("group" if svg.xpath(".//a") else "img"), uri


def test_the_ids_of_a_page_are_its_own(pages) -> None:
    for uri, text in pages.items():
        assert [id_ for id_, count in Counter(re.findall(r' id="([^"]+)"', text)).items() if count > 1] == [], uri


def test_every_link_in_a_picture_leads_to_a_page_and_has_words(book: Book, pages, drawn) -> None:
    for uri, one in drawn:
        here = "" if uri == "index.md" else uri.removesuffix("index.md").removesuffix(".md").rstrip("/") + "/"
        for link in one.xpath(".//a[not(starts-with(@class, 'cb-sure'))]"):
            target = _resolve(here, link.get("href"))
            assert {f"{target}.md", f"{target}/index.md"} & pages.keys(), (uri, link.get("href"))
            assert link.text_content().strip(), uri


def _resolve(here: str, href: str) -> str:
    parts = here.split("/")[:-1]
    for part in href.rstrip("/").split("/"):
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def test_pages_without_folders_have_their_own_addresses(book: Book) -> None:
    text = Renderer.of(Desk(book, DAY), as_folders=False).fill("<!-- causebook:figure legs -->\n", "about/us.md")[0]
    assert 'href="../body-areas/knee.html"' in text


def test_a_map_in_which_areas_are_links_names_each_of_them_twice(book: Book, pages) -> None:
    (leg,) = figures(pages["index.md"])
    areas = [area for area in book.of["body-areas"] if area.shapes]
    assert len(areas) == len(book.of["body-areas"])
    assert len(leg.xpath(".//svg//a")) == len(leg.xpath(".//li/a")) == len(areas)


def test_nothing_is_told_by_colour_alone(drawn) -> None:
    for uri, one in drawn:
        assert not re.search(r"#[0-9a-f]{3,6}\b|rgb|hsl", re.sub(r'(?:url\(#|id="|href=")[^")]*', "", _written(one))), (
            uri
        )
        marked = one.xpath(".//*[@class='cb-marked' or @class='cb-hatched']/@fill")
        assert all(fill == f"url(#{one.xpath('string(.//pattern/@id)')})" for fill in marked), uri


def test_what_studies_did_not_find_is_crossed_and_what_is_contested_is_not(pages) -> None:
    over, form = (figures(pages[f"causes/{id_}.md"])[-1] for id_ in ("overtraining", "running-form"))
    assert over.xpath(".//*[@class='cb-tie cb-tie--contested']")
    assert [one.xpath("string(.//*[@class='cb-here']/@d)").count(CROSS) for one in (over, form)] == [1, 0]
    assert "may or may not play a part in" in over.text_content()


def _written(element: html.HtmlElement) -> str:
    return html.tostring(element, encoding="unicode")


def test_a_strict_policy_for_scripts_and_styles_holds(drawn) -> None:
    for uri, one in drawn:
        assert not one.xpath(".//@style | .//style | .//script | .//@*[starts-with(name(), 'on')]"), uri


def test_a_picture_is_one_block_of_html_and_light(drawn, pages) -> None:
    for uri, one in drawn:
        svg = one.find("svg")
        if uri.count("/") and not uri.endswith("index.md"):
            assert len(list(svg.iter())) <= MOST, (uri, one.get("class"))
        assert not re.search(r"\d\.\d{2}", " ".join(svg.xpath(".//@d"))), uri
    for text in pages.values():
        assert not [found for found in re.findall(r"<figure.*?</figure>", text, re.DOTALL) if "\n" in found]
        assert not re.search(r"[^\n]\n<figure|</figure>\n[^\n]", text)


def test_words_in_a_picture_stay_inside_it_on_a_small_screen(drawn) -> None:
    for uri, one in drawn:
        width = float(one.find("svg").get("viewbox").split()[2])
        assert width == 328, uri
        for text in one.xpath(".//svg//text"):
            x, anchor = float(text.get("x")), text.get("text-anchor", "start")
            for line in (text.text, *(part.text for part in text)):
                size = len(line.strip()) * 6.4
                left = {"start": x, "middle": x - size / 2, "end": x - size}[anchor]
                assert left > -8, (uri, line)
                assert left + size < width + 8, (uri, line)


def test_the_same_book_gives_the_same_pictures(book: Book, renderer: Renderer) -> None:
    def drawn(pages: list[Page]) -> str:
        return "".join(page.text for page in pages)

    assert drawn(list(renderer.pages())) == drawn(list(Renderer.of(Desk(book, DAY)).pages()))


def test_a_book_without_figures_or_times_has_no_pictures(tmp_path: Path) -> None:
    garden = build.open_book(write(tmp_path, FILES), collections=GARDEN)[0].book
    renderer = Renderer.of(Desk(garden, DAY))
    assert renderer.fill("<!-- causebook:timeline -->\n<!-- causebook:network -->\n", "a.md") == ("\n\n\n\n", ())
    assert "causebook" not in renderer.fill("<!-- causebook:figure rose -->\n", "a.md")[0]
    assert renderer.fill("<!-- causebook:figure rose -->\n", "a.md")[1][0].rule == "unknown-part"
    assert set(DRAWN) >= {"area_links", "time_line", "network"}


def test_a_word_of_a_vocabulary_has_a_page_with_the_rows_that_name_it(book: Book, pages) -> None:
    knee = pages["body-areas/knee.md"]
    assert "[Running style](../causes/running-form.md): People often say one place aches, such as the knee" in knee
    boxes = {re.search(r'<div class="cb-help.*?</div>', pages[f"{home}/{word.id}.md"], re.DOTALL)[0]
             for home in ("body-areas", "onsets", "feels") for word in book.of[home]}  # fmt: skip
    assert len(boxes) == 1


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(0, 0, "at dawn"), (0, 24, "within 1 day"), (6, 24, "after 6 hours to 1 day"), (24, 72, "after 1 to 3 days"),
     (72, 168, "after 3 days to 1 week"), (1056, 3048, "after 6 weeks to 4 months"), (168, 168, "after about 1 week")],
)  # fmt: skip
def test_times_are_said_in_words(first: float, last: float, said: str) -> None:
    course = {"starts": {"first": first, "last": last}, "settles": {"first": 0, "last": 0}, "certainty": "high"}
    assert _span(TimeCourse.model_validate(course).starts, "at dawn") == said


def test_what_is_written_into_a_picture_is_escaped() -> None:
    assert tag("a", "1 < 2 & 3", Markup("<b/>"), href='"x"') == '<a href="&quot;x&quot;">1 &lt; 2 &amp; 3<b/></a>'
    assert wrap("one two three", 7) == ("one two", "three")


def test_a_drawing_says_how_sure_we_are_as_its_pages_do(book: Book, pages) -> None:
    for picture in book.of["pictures"]:
        if picture.curve_of:
            course = book.entries[picture.curve_of].time_course
            assert (picture.certainty, picture.sources) == (course.certainty, course.sources), picture.id
        claims = [one for id_ in picture.shown_on for _, one in records(book.entries[id_]) if hasattr(one, "certainty")]
        backed = {source for one in claims if one.certainty == picture.certainty for source in one.sources}
        assert set(picture.sources) <= backed, picture.id
        said = CERTAINTIES[picture.certainty].badge
        for id_ in picture.shown_on:
            (one,) = (found for found in figures(pages[f"{book.home[id_].name}/{id_}.md"])
                      if found.findtext("svg/title") == picture.title)  # fmt: skip
            (badge,) = one.xpath("figcaption/a[@class]")
            assert re.fullmatch(rf"{said} \[\d+(, \d+){{{len(picture.sources) - 1}}}\]", badge.text_content()), id_
            assert badge.get("class") == f"cb-sure cb-sure--{picture.certainty}", id_
