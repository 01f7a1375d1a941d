"""On paper: the text and nothing around it, nothing folded, addresses after links, and urgency without colour."""

import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.templates import TEMPLATES

AROUND = ".md-header, .md-path, .md-footer, .md-sidebar, .md-skip, .md-content__button"
PAPER = 718  # px: A4 at 96 dpi less 1 cm at each side
FOLDED = """() => [...document.querySelectorAll("article details > :not(summary)")]
  .filter(one => one.textContent.trim() && !(one.getBoundingClientRect().height > 0 && one.checkVisibility({ contentVisibilityAuto: true })))
  .map(one => one.outerHTML.slice(0, 120))"""
CUT = f"""() => [...document.querySelectorAll("article *")].filter(one => one.getBoundingClientRect().right > {PAPER + 1})
  .map(one => one.outerHTML.slice(0, 120)).slice(0, 5)"""
HELP = """() => [...document.querySelectorAll(".cb-help")].filter(one => one.querySelector("h2, h3")).map(one => {
  const style = getComputedStyle(one)
  return [one.querySelector("h2, h3").innerText, `${style.borderTopStyle} ${style.borderTopWidth}`]
})"""
INK = """() => [...document.querySelectorAll("article :is(p, li, h2, a, td, summary, text)")]
  .map(one => getComputedStyle(one).color).filter(colour => !/^rgb\\(0, 0, 0\\)$/.test(colour)).slice(0, 5)"""
ADDRESSES = """() => [...document.querySelectorAll("article a[href^=http]")]
  .map(one => [one.href, one.innerText + getComputedStyle(one, "::after").content])"""


@pytest.fixture(scope="module", params=["light", "dark"])
def paper(request, browser: Browser) -> Iterator[Page]:
    """A page as it is printed, by somebody who chose light or dark colours on the screen; scripts never run."""
    context = browser.new_context(
        viewport={"width": PAPER, "height": 1000}, color_scheme=request.param, java_script_enabled=False
    )
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


@pytest.mark.parametrize("template", TEMPLATES)
def test_on_paper_nothing_is_around_folded_cut_or_pale(paper, server, template):
    paper.goto(f"{server}/{TEMPLATES[template]}")
    assert [one.get_attribute("class") for one in paper.locator(AROUND).all() if one.is_visible()] == []
    assert (paper.evaluate(FOLDED), paper.evaluate(CUT), paper.evaluate(INK)) == ([], [], [])


@pytest.mark.parametrize("template", ["cause", "warning signs"])
def test_on_paper_an_outer_link_shows_its_address(paper, server, template):
    paper.goto(f"{server}/{TEMPLATES[template]}")
    links = paper.evaluate(ADDRESSES)
    assert links
    hidden = [(href, text) for href, text in links if re.sub(r"^https://(www\.)?", "", href).rstrip("/") not in text]
    assert hidden == []


def test_on_paper_each_level_of_help_has_its_own_word_and_border(paper, server):
    paper.goto(f"{server}/{TEMPLATES['warning signs']}")
    levels = paper.evaluate(HELP)
    assert len(levels) >= 3
    assert len({word for word, _ in levels}) == len({border for _, border in levels}) == len(levels)
    assert not any("none" in border for _, border in levels)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not here")
def test_a_printed_page_holds_the_text_and_not_what_stands_around_it(browser, server, tmp_path):
    with browser.new_page() as page:
        for template, first in (("cause", "Strong evidence"), ("warning signs", "Emergency")):
            page.goto(f"{server}/{TEMPLATES[template]}")
            folded = page.locator("article details > :not(summary)").first.text_content()
            page.pdf(path=tmp_path / "page.pdf", format="A4")
            run = subprocess.run(["pdftotext", "-raw", tmp_path / "page.pdf", "-"], capture_output=True, check=True)
            text = "".join(run.stdout.decode().split(" "))
            assert first.replace(" ", "") in text.partition("\f")[0]  # the first sheet is not left empty
            assert "".join(folded.split())[:30] in "".join(text.split())
            assert not re.search("Skiptocontent|Onthispage|Previous|Menu", text)
