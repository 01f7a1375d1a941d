"""Search in a real browser: what people type leads where it should, by keyboard, offline and without JavaScript too."""

import json
import re

import pytest
import yaml

from generator import search
from generator.language import Language
from generator.models import SearchWords

FIELD = "#cb-search-field"


@pytest.fixture
def page(browser):
    with browser.new_context(viewport={"width": 360, "height": 640}) as context:
        yield context.new_page()


@pytest.fixture
def ask(page, server):
    """Return a function: what somebody types in; the addresses of the results below the site, out."""
    page.goto(f"{server}/causes/doms/")

    def ask(query):
        if not page.locator("dialog.cb-search[open]").count():
            page.click("[data-cb-search]")
        page.fill(FIELD, query)
        page.wait_for_function("query => document.querySelector('.cb-search').dataset.query === query", arg=query)
        return [
            link.removeprefix(server)
            for link in page.eval_on_selector_all(".cb-search__list a", "all => all.map(one => one.href)")
        ]

    return ask


@pytest.fixture(scope="module")
def kinds(root):
    return yaml.safe_load((root / "benchmarks/search/queries.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("why do my calfs hurt day after a run", "/causes/doms/"),
        ("shinsplints", "/conditions/shin-splints/"),
        ("achillies tendonitus", "/mechanisms/tendon-fascia-overload/"),
        ("how much watter should i drink", "/tips/drink-to-thirst/"),
        ("cant breath", "/warning-signs/"),
    ],
)
def test_what_people_type_leads_to_the_page(ask, query, first):
    assert ask(query)[0] == first


def test_words_of_danger_bring_the_warning_signs_among_the_first_three(ask, kinds):
    danger = [query for kind, lines in kinds.items() if kind.endswith("danger") for query, *_ in lines]
    late = [query for query in danger if "/warning-signs/" not in ask(query)[:3]]
    assert late == []


def test_the_list_is_never_empty_and_always_ends_with_the_way_to_all_pages(ask, page):
    for query in ("zzzz qqqq", "the", "why?", "<img src=x onerror=alert(1)>", "__proto__ constructor", "💥"):
        assert ask(query)
        assert page.locator(".cb-search__all a").get_attribute("href").endswith("/find/")
    assert page.locator("dialog img").count() == 0


def test_most_development_queries_find_their_page(ask, kinds):
    hits = total = 0
    for kind in ("slang", "question", "misspelling"):
        for query, *wanted in kinds[kind]:
            hits += any(re.search(rf"[/#]{re.escape(id_)}/?$", link) for link in ask(query)[:3] for id_ in wanted)
            total += 1
    assert hits / total >= 0.95


def test_the_browser_takes_words_apart_as_the_generator_does(ask, page, book):
    ask("calf")
    language = Language.of(one for one in book.of["search-words"] if isinstance(one, SearchWords))
    texts = [text for one in search._entries(book, ()) for text in (one.title, *one.names, *one.texts)]
    texts += [words for one in book.of["search-words"] for group in one.same for words in group]
    texts += ["Café’s 10% İstanbul", "running, RUNNING; ran", "mississippi falling speeds passes"]  # noqa: RUF001
    core = next(text for name, text in search.index(book, [], str).items() if name == "core.js")
    theirs = page.evaluate(
        "([core, texts]) => { const engine = causebookEngine(core, null); return texts.map(engine.terms); }",
        [json.loads(core.removeprefix('causebookIndex("core",').removesuffix(");\n")), texts],
    )
    assert [(text, language.terms(text)) for text in texts] == list(zip(texts, theirs, strict=True))


def test_search_costs_nothing_until_it_is_opened_and_asks_no_other_host(ask, page, server):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server}/faqs/")
    assert [url for url in asked if "search" in url] == [f"{server}/assets/javascripts/search.js"]
    ask("sore calf")
    assert all(url.startswith(server) for url in asked)
    assert any("/core.js" in url for url in asked)


def test_keyboard_alone_opens_reads_and_closes(page, server):
    page.goto(f"{server}/")
    page.focus("[data-cb-search]")
    page.keyboard.press("Space")
    page.wait_for_selector(f"{FIELD}:focus")
    page.keyboard.type("sore quads")
    page.wait_for_function("document.querySelector('.cb-search').dataset.query === 'sore quads'")
    assert re.match(r"\d+ pages", page.inner_text("[role=status].cb-search__count"))
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.cb-search__list li:first-child a')")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == FIELD[1:]
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")  # the first may empty the field
    assert not page.locator("dialog[open]").count()
    assert page.evaluate("document.activeElement.hasAttribute('data-cb-search')")


def test_the_panel_fits_a_narrow_screen_with_targets_large_enough(ask, page):
    page.set_viewport_size({"width": 320, "height": 480})
    ask("why do my calves hurt after running downhill")
    assert page.evaluate(
        "document.querySelector('.cb-search').scrollWidth <= document.querySelector('.cb-search').clientWidth"
    )
    small = "all => all.filter(one => { const box = one.getBoundingClientRect(); return box.height < 24 || box.width < 24; }).length"
    assert page.eval_on_selector_all(".cb-search a, .cb-search button, .cb-search input", small) == 0
    assert page.locator(".cb-search__help a").get_attribute("href").endswith("/warning-signs/")


def test_search_works_from_a_folder(page, site):
    page.goto((site / "index.html").as_uri())
    page.click("[data-cb-search]")
    page.fill(FIELD, "hamstrng")
    page.wait_for_selector(".cb-search__list a")
    assert page.locator(".cb-search__list a").first.inner_text().lower().count("hamstring")


def test_search_needs_no_inline_script_and_no_eval(page, server):
    policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:"
    page.route(
        "**/find/",
        lambda route: route.fulfill(
            response=(one := route.fetch()), headers={**one.headers, "content-security-policy": policy}
        ),
    )
    page.goto(f"{server}/find/")
    page.click("[data-cb-search]")
    page.fill(FIELD, "cramp")
    page.wait_for_selector(".cb-search__list a")


def test_without_javascript_the_way_into_search_leads_to_all_pages(browser, server):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{server}/causes/doms/")
        page.click("[data-cb-search]")
        assert page.url == f"{server}/find/"
