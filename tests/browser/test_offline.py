"""The packed site, unpacked on a device without a network: it works from file://, and asks nobody."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.templates import TEMPLATES

LOADED = """async () => {
  await document.fonts.ready
  return [
    [...document.fonts].some(font => font.family.includes("Atkinson") && font.status === "loaded"),
    getComputedStyle(document.querySelector("header")).display !== "inline" &&
      getComputedStyle(document.body).getPropertyValue("--cb-ink") !== "",
    document.querySelector("[data-cb-colours]").hidden === false,
  ]
}"""


@pytest.fixture(scope="module")
def unpacked(build, tmp_path_factory) -> Path:
    built, folder = build("offline", config="offline.yml"), tmp_path_factory.mktemp("reader's folder")
    packed = folder / "book.zip"
    for work in (["-c", packed, *sorted(built.iterdir())], ["-e", packed, folder]):
        subprocess.run([sys.executable, "-m", "zipfile", *map(str, work)], check=True)
    return folder


@pytest.fixture(scope="module")
def offline(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page without a network, and what goes wrong on it or leads outside."""
    context = browser.new_context(offline=True)
    page, wrong = context.new_page(), []
    page.on("console", lambda one: wrong.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda one: None if one.url.startswith("file:") else wrong.append(one.url))
    page.on(
        "requestfailed", lambda one: None if one.failure == "net::ERR_ABORTED" else wrong.append(one.url)
    )  # left too soon
    yield page, wrong
    context.close()


def address(folder: Path, uri: str) -> str:
    place = folder / (uri or "index.html")
    return (place / "index.html" if (place / "index.html").is_file() else place.with_suffix(".html")).as_uri()


def test_every_template_loads_with_its_styles_fonts_and_scripts(unpacked, offline):
    page, wrong = offline
    for template, uri in TEMPLATES.items():
        if template != "not found":  # a folder has no such page
            page.goto(address(unpacked, uri))
            assert (page.evaluate(LOADED), wrong) == ([True] * 3, []), template


def test_a_reader_follows_links_of_text_picture_and_menu(unpacked, offline):
    page, wrong = offline
    page.goto(address(unpacked, ""))
    for link in (
        ".cb-figure svg a",
        "article .cb-list a, article li > a",
        ".cb-header__help",
        ".cb-brand",
        ".cb-menu a >> nth=2",
    ):
        before = page.url
        page.locator(link).first.evaluate(
            "one => one.dispatchEvent(new MouseEvent('click', { cancelable: true, view: window }))"
        )
        page.wait_for_url(lambda url, before=before: url.partition("#")[0] != before.partition("#")[0])
        assert page.locator("article h1").count() == 1, link
    assert wrong == []


def test_search_answers_a_runner_without_a_network(unpacked, offline):
    page, wrong = offline
    for uri in ("", "causes/doms/"):  # from the top of the folder, and from below it
        page.goto(address(unpacked, uri))
        page.locator("[data-cb-search]").click()
        page.get_by_role("searchbox").press_sequentially("calfs hurt")
        page.wait_for_function("document.querySelector('.cb-search').dataset.query === 'calfs hurt'")
        results = page.locator(".cb-search__list a")
        assert results.count() >= 3
        about_calves = results.filter(has_text=re.compile("calf|calves", re.IGNORECASE))
        before = page.url
        about_calves.first.click()
        page.wait_for_url(lambda url, before=before: url.partition("#")[0] != before)
        assert page.locator("article h1").count() == 1
        assert "calf" in page.locator("article").inner_text().lower()
    assert wrong == []
