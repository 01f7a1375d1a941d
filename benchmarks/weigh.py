"""The built site in; what a first view of each kind of page costs out: python benchmarks/weigh.py [SITE].

Each page is opened in a browser with an empty cache; every file it asks for is counted by its size gzipped at level 9 (fonts
as they are, for they are compressed). The aims stand beside: 75 kB without fonts, 60 kB of fonts, 500 elements on a page of an
entry, and at most 150 kB more for the first result of a search.
"""

import gzip
import os
import shutil
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html
from playwright.sync_api import Browser, sync_playwright

PAGES = {
    "home": "",
    "cause": "causes/doms/",
    "cause (longest)": "causes/bone-stress/",
    "mechanism": "mechanisms/eccentric-overload/",
    "question": "faqs/what-eases-soreness/",
    "tip": "tips/recover-well/",
    "warning signs": "warning-signs/",
    "browse": "find/",
}
QUERY = "why do my calfs hurt day after a run"


class Quiet(SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, format: str, *values: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing."""


def main() -> None:
    """Print the table."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "site").resolve()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}/"
    print("| page | requests | kB without fonts | kB of fonts | elements |\n| --- | ---: | ---: | ---: | ---: |")
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, uri in PAGES.items():
            files, elements = _open(browser, base, uri)
            sizes = [_size(site, file) for file in files]
            fonts = sum(size for file, size in zip(files, sizes, strict=True) if file.endswith(".woff2"))
            print(f"| {name} | {len(files)} | {(sum(sizes) - fonts) / 1000:.1f} | {fonts / 1000:.1f} | {elements} |")
        print(f"\nMost elements on a page of an entry: {_most(site)}.")
        before, after = _search(browser, base)
        more = sum(_size(site, file) for file in after)
        print(
            f"\nSearch: {len(before)} requests before it is opened; {len(after)} more and {more / 1000:.1f} kB to the first result."
        )
        browser.close()
    server.shutdown()


def _open(browser: Browser, base: str, uri: str) -> tuple[list[str], int]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    files: list[str] = []
    page.on("request", lambda request: files.append(unquote(urlsplit(request.url).path)))
    page.goto(base + uri, wait_until="networkidle")
    elements = int(page.evaluate("document.querySelectorAll('*').length"))
    context.close()
    return files, elements


def _search(browser: Browser, base: str) -> tuple[list[str], list[str]]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    files: list[str] = []
    page.on("request", lambda request: files.append(unquote(urlsplit(request.url).path)))
    page.goto(base, wait_until="networkidle")
    before = list(files)
    page.click("[data-cb-search]")
    page.locator("dialog input").fill(QUERY)
    page.locator("dialog li a").first.wait_for()
    page.wait_for_load_state("networkidle")
    context.close()
    return before, files[len(before) :]


def _most(site: Path) -> str:
    """Return the largest number of elements of any page two folders deep, for each folder."""
    found: dict[str, tuple[int, str]] = {}
    for file in site.glob("*/*/index.html"):
        count = sum(1 for _ in html.document_fromstring(file.read_bytes()).iter("*"))
        folder = file.parent.parent.name
        found[folder] = max(found.get(folder, (0, "")), (count, file.parent.name))
    return ", ".join(f"{folder} {count} ({name})" for folder, (count, name) in sorted(found.items()))


def _size(site: Path, path: str) -> int:
    file = site / path.lstrip("/")
    if file.is_dir():
        file = file / "index.html"
    data = file.read_bytes() if file.is_file() else b""
    return len(data) if file.suffix in (".woff2", ".png") else len(gzip.compress(data, 9, mtime=0))


if __name__ == "__main__":
    main()
