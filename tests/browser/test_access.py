"""Everybody can read and operate every template: by eye, ear, finger or keyboard, enlarged, without scripts or styles."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.templates import OPEN_ALL, TEMPLATES

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RUN_AXE = """async () => (await axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
})).violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 160)}`))"""
WALK = """() => {
  const shown = one => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".md-overlay, .md-toggle")
  const free = one => !one.disabled && (one.type !== "radio" || one.checked) // arrows lead on among radio buttons
  const all = [...document.querySelectorAll("a[href], button, summary, input")].filter(one => shown(one) && free(one))
  window.walk = { all: all.length, order: [], bare: [], under: [] }
  const head = document.querySelector("header")
  addEventListener("focusin", ({ target }) => {
    const style = getComputedStyle(target), box = target.getBoundingClientRect()
    walk.order.push(all.indexOf(target))
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) walk.bare.push(target.outerHTML.slice(0, 120))
    if (target.closest("main") && box.top < head.getBoundingClientRect().bottom - 1) walk.under.push(target.outerHTML.slice(0, 120))
  })
  return all.length
}"""
SMALL = """() => [...document.querySelectorAll("a[href], button, summary, input")]
  .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".md-skip"))
  .flatMap(one => { // in a picture, each name of a link has a box to hit; none may lie over that of another link
    const boxes = [...one.querySelectorAll(".cb-hit")]
    if (!boxes.length && one instanceof SVGElement) return [one]
    const over = (a, b) => a.left < b.right - 0.1 && b.left < a.right - 0.1 && a.top < b.bottom - 0.1 && b.top < a.bottom - 0.1
    const others = [...one.ownerDocument.querySelectorAll(".cb-hit")].filter(other => !one.contains(other))
    const under = boxes.filter(box => others.some(other => over(box.getBoundingClientRect(), other.getBoundingClientRect())))
    return under.length ? [one] : boxes.length ? boxes : [one]
  })
  .filter(one => {
    if (one instanceof SVGAElement) return true
    const { width, height } = one.getBoundingClientRect()
    const inSentence = getComputedStyle(one).display === "inline"
      && [...one.parentNode.childNodes].some(near => near.nodeType === 3 && near.data.trim())
    return !inSentence && Math.min(width, height) < 23.9
  }).map(one => `${one.outerHTML.slice(0, 120)} ${JSON.stringify(one.getBoundingClientRect())}`)"""
WIDE = """() => {
  const room = document.documentElement.clientWidth
  const cut = one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible"
  const far = [...document.querySelectorAll("body *")].filter(one => one.checkVisibility() && !one.closest(".md-skip, .cb-brand, .cb-browse__table thead"))
    .filter(one => one.getBoundingClientRect().right > room + 1 || cut(one))
  return far.map(one => one.outerHTML.slice(0, 120)).slice(0, 3)
    .concat(document.documentElement.scrollWidth > room ? [`page: ${document.documentElement.scrollWidth}`] : [])
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
  const style = getComputedStyle(one)
  return /[1-9]/.test(style.transitionDuration + style.animationDuration) || style.scrollBehavior !== "auto"
}).map(one => one.outerHTML.slice(0, 120)).slice(0, 5)"""
BLOCKS = """() => [...document.querySelectorAll("article :is(h1, h2, h3, p, li, td, summary)")]
  .filter(one => !one.closest("details:not([open]), [hidden]") && one.innerText.trim())
  .map(one => [one.innerText.trim().slice(0, 60), one.checkVisibility() ? one.getBoundingClientRect().top + scrollY : -1])"""
WORDS = """() => {
  const article = document.querySelector("article").cloneNode(true)
  article.querySelectorAll("[role=status], .cb-browse__reason").forEach(one => one.remove()) // what a script reports
  return article.textContent.split(/\\s+/).join(" ").trim()
}"""


@pytest.fixture(scope="module")
def screen(browser: Browser, server: str) -> Iterator:
    """Return a function that opens a template on a screen of some kind; each kind is made once."""
    pages: dict[str, Page] = {}

    def screen(template: str, width: int = 360, height: int = 740, *, styles: bool = True, **kind: object) -> Page:
        key = repr((width, height, styles, kind))
        if key not in pages:
            context = browser.new_context(viewport={"width": width, "height": height}, **kind)
            pages[key] = context.new_page()
            if not styles:
                context.route("**/*.css", lambda route: route.abort())
        pages[key].goto(f"{server}/{TEMPLATES[template]}")
        return pages[key]

    yield screen
    for page in pages.values():
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_to_mend(screen, width, scheme):
    found = {}
    for template in TEMPLATES:
        page = screen(template, width, color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(OPEN_ALL)
        page.add_script_tag(path=AXE)
        found |= {f"{template}: {one}": scheme for one in page.evaluate(RUN_AXE)}
    assert list(found) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_to_mend_in_the_open_search(screen, width, scheme):
    page = screen("cause", width, color_scheme=scheme, reduced_motion="reduce")
    page.locator("[data-cb-search]").click()
    page.add_script_tag(path=AXE)
    found = {}
    for query in ("", "calfs hurt", "chest pain", "zzzz qqqq"):
        page.get_by_role("searchbox").fill(query)
        page.wait_for_function(
            "query => (document.querySelector('.cb-search').dataset.query ?? '') === query", arg=query
        )
        found |= {f"'{query}' {one}": scheme for one in page.evaluate(RUN_AXE)}
    assert list(found) == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("template", TEMPLATES)
def test_tab_reaches_everything_in_order_and_shows_where_it_is(screen, template, width):
    page = screen(template, width, 500, reduced_motion="reduce")
    count = page.evaluate(WALK)
    for _ in range(count):
        page.keyboard.press("Tab")
    walk = page.evaluate("walk")
    assert (walk["order"], walk["bare"]) == (list(range(count)), [])
    for _ in range(count - 1):
        page.keyboard.press("Shift+Tab")
    assert page.evaluate("walk.under") == []
    assert page.evaluate("walk.order.slice(-1)") == [0]  # nothing holds the way back


def test_the_menu_opens_and_closes_by_keyboard(screen):
    page = screen("cause")
    page.locator(".cb-menu summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.cb-menu nav') && document.activeElement.innerText") == "Home"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.cb-menu:not([open]) > summary')")
    page.keyboard.press("Space")
    assert page.locator(".cb-menu nav").is_visible()


@pytest.mark.parametrize("template", TEMPLATES)
def test_enlarged_four_times_nothing_is_cut_and_every_target_is_big_enough(screen, template):
    page = screen(template, 320, 256)  # 1280 by 1024 at 400 %
    page.evaluate(OPEN_ALL)
    assert (page.evaluate(WIDE), page.evaluate(SMALL)) == ([], [])
    assert screen(template, 1280, 900).evaluate(SMALL) == []


def test_nothing_moves_for_readers_who_ask_for_less_motion(screen):
    for template in TEMPLATES:
        assert screen(template, reduced_motion="reduce").evaluate(MOVING) == [], template


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_text_is_there_in_order_without_scripts_and_without_styles(screen, template):
    whole = screen(template).evaluate(WORDS)
    page = screen(template, java_script_enabled=False, styles=False)
    assert page.evaluate(WORDS) == whole
    blocks = page.evaluate(BLOCKS)
    tops = [top for _, top in blocks]
    assert min(tops) >= 0, blocks[tops.index(min(tops))]
    assert tops == sorted(tops)
