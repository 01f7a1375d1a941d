"""What a reader's browser does with the site: on a phone and a desk, in light and dark, by keyboard and by search."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

SIZES = {"phone": (360, 740), "desk": (1280, 900)}
PAGES = (
    "",
    "causes/doms/",
    "mechanisms/eccentric-overload/",
    "faqs/what-eases-soreness/",
    "tips/recover-well/",
    "warning-signs/",
    "glossary/",
    "sources/",
)
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= room) return []
  return [...document.querySelectorAll("article *")]
    .filter(one => one.getBoundingClientRect().right > room + 1)
    .map(one => one.outerHTML.slice(0, 120)).slice(0, 3).concat(`page: ${document.documentElement.scrollWidth}`)
}"""

IS_DARK = """() => {
  const colour = [document.body, document.documentElement].map(one => getComputedStyle(one).backgroundColor)
    .find(one => one !== "rgba(0, 0, 0, 0)") ?? "rgb(255, 255, 255)"
  const context = document.createElement("canvas").getContext("2d")
  context.fillStyle = colour
  context.fillRect(0, 0, 1, 1)
  return context.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, one) => sum + one) < 384
}"""
SEARCH = "[data-cb-search]:visible, label.md-header__button[for='__search']:visible"


class Reader:
    """A page in a browser that notes what goes wrong. Requests to other hosts are noted and never sent."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server
        self.errors: list[str] = []
        self.strangers: list[str] = []
        page.on("console", lambda one: self.errors.append(one.text) if one.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("response", lambda one: self.errors.append(f"{one.status} {one.url}") if one.status >= 400 else None)
        page.context.route("**/*", self._route)

    def _route(self, route: Route) -> None:
        if route.request.url.startswith((self.server, "data:", "blob:")):
            route.continue_()
        else:
            self.strangers.append(route.request.url)
            route.abort()

    def open(self, uri: str) -> Page:
        self.page.goto(f"{self.server}/{uri}", wait_until="load")
        self.page.evaluate(
            "() => new Promise(done => requestIdleCallback(done))"
        )  # what the scripts start by themselves
        return self.page


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator:
    """Return a function that opens a browser of a size and a colour scheme."""
    contexts = []

    def visit(size: str = "desk", scheme: str = "light") -> Reader:
        width, height = SIZES[size]
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme))
        return Reader(contexts[-1].new_page(), server)

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_a_page_fits_the_screen_is_free_of_errors_and_calls_nobody(visit, size, scheme):
    reader = visit(size, scheme)
    wide = {}
    for uri in PAGES:
        page = reader.open(uri)
        if found := page.evaluate(TOO_WIDE):
            wide[uri] = found
        assert page.evaluate(IS_DARK) is (scheme == "dark"), uri
    assert (wide, reader.errors, reader.strangers) == ({}, [], [])


def test_the_first_press_of_tab_offers_to_skip_to_the_text(visit):
    reader = visit()
    for uri in PAGES:
        page = reader.open(uri)
        page.keyboard.press("Tab")
        skip = page.locator("a.md-skip")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        place = page.evaluate("decodeURIComponent(location.hash.slice(1))")
        assert page.locator(f"article [id='{place}']").count() == 1, uri


@pytest.mark.parametrize("size", SIZES)
def test_a_reader_who_searches_for_soreness_finds_a_page_that_is_there(visit, size):
    reader = visit(size)
    page = reader.open("")
    region = page.locator("search, [role=search]")
    if not region.locator("input").first.is_visible():
        page.locator(SEARCH).first.click(timeout=5000)
    region.locator("input").first.press_sequentially("soreness", timeout=5000)
    result = page.locator("dialog li a").first
    expect(result).to_be_visible()
    start = page.url
    result.click()
    page.wait_for_url(lambda url: url.partition("#")[0] != start, timeout=5000)
    assert page.locator("article h1").count() == 1
    assert "soreness" in page.locator("article").inner_text().lower()
    assert (reader.errors, reader.strangers) == ([], [])


def test_a_small_number_leads_to_its_source_by_keyboard(visit):
    page = visit("phone").open("causes/doms/")
    page.locator("a.cb-sure").first.press("Enter")
    expect(page.locator("#source-1").locator("xpath=..")).to_be_in_viewport()


def test_a_phone_reader_goes_by_touch_from_the_leg_map_to_a_cause_and_to_the_warning_signs(browser, server):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    reader = Reader(context.new_page(), server)
    page = reader.open("")
    expect(page.locator(".cb-figure--map")).to_be_in_viewport()
    page.locator(".cb-figure--map svg a", has_text="Calf").locator("text").tap()
    page.wait_for_url("**/body-areas/calf/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Calf")
    page.locator("article").get_by_role("link", name="Soreness in the days after").tap()
    page.wait_for_url("**/causes/doms/")
    expect(page.locator(".cb-help--first")).to_contain_text("Call 999")
    help_ = page.locator(".cb-header__help")
    page.get_by_role("heading", name="What to do", exact=True).scroll_into_view_if_needed()
    expect(help_).to_be_in_viewport()
    help_.tap()
    page.wait_for_url("**/warning-signs/")
    expect(page.get_by_role("heading", name="Emergency", exact=True)).to_be_in_viewport()
    assert (reader.errors, reader.strangers) == ([], [])
    context.close()


def test_an_area_of_the_leg_map_can_be_touched_off_its_name(browser, server):
    """A thumb hits the box around a name, or the area itself."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{server}/")
    area = page.locator(".cb-figure--map svg a", has_text="Ankle")
    for part, place in ((".cb-hit", {"x": 4, "y": 4}), (".cb-hit", {"x": 4, "y": 24})):
        page.goto(f"{server}/")
        area.locator(part).first.tap(position=place)
        page.wait_for_url("**/body-areas/ankle/")
    context.close()


def tab_to(page, found):
    """Press Tab until the JavaScript condition ``found`` holds for what has the focus; return what it is."""
    for _ in range(page.locator("a, button, summary, input").count() + 1):
        page.keyboard.press("Tab")
        if page.evaluate(f"(one => {found})(document.activeElement)"):
            return
    raise AssertionError(f"Tab never reaches what is {found}")


@pytest.mark.parametrize("size", SIZES)
def test_leg_map_and_browse_filters_work_by_keyboard_alone(visit, size, book):
    reader = visit(size)
    page = reader.open("")
    tab_to(page, "one.matches('.cb-figure--map svg a') && one.textContent.includes('Shin')")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/body-areas/shin/")
    page = reader.open("find/")
    words = {"shin": book.entries["shin"].title, "over-weeks": book.entries["over-weeks"].title}
    for id_, title in words.items():
        tab_to(page, f"one.value === '{id_}'")
        page.keyboard.press("Space")
        expect(page.get_by_role("checkbox", name=title)).to_be_checked()
    shown = page.locator(".cb-browse tbody tr:visible")
    told = re.compile(
        rf"^{shown.count()} of {len((*book.of['causes'], *book.of['conditions']))} pages mentions?: shin, over weeks$"
    )
    expect(page.get_by_role("status")).to_have_text(told)
    tab_to(page, "one.matches('.cb-browse tbody th > a')")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(causes|conditions)/[a-z-]+/$"))
    assert (reader.errors, reader.strangers) == ([], [])


def test_the_colours_a_reader_chose_hold_on_the_next_page_whatever_the_device_asks_for(visit):
    reader = visit("phone", "dark")
    page = reader.open("")
    page.locator("[data-cb-colours]").click()
    assert page.evaluate(IS_DARK) is False
    page = reader.open("causes/doms/")
    assert page.evaluate(IS_DARK) is False
    page.emulate_media(color_scheme="light")
    page.locator("[data-cb-colours]").click()
    assert page.evaluate(IS_DARK) is True
    page.emulate_media(media="print")
    assert page.evaluate(IS_DARK) is False


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_a_script_the_colours_are_those_of_the_device(browser, server, scheme):
    with browser.new_context(color_scheme=scheme, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{server}/causes/doms/")
        assert page.evaluate(IS_DARK) is (scheme == "dark")
