"""The built site in; the screenshots of the README and one share image a section out: python docs/images/make.py.

Needs the environment of `make test` and a site in site/ (`make site`).
"""

import html
import os
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from generator.build import open_book

ROOT = Path(__file__).resolve().parent.parent.parent
OUT = ROOT / "docs/images"
SHARE = ROOT / "overrides/assets/images"

CARD = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: Hyper; font-weight: 200 800; src: url("file://{font}") }}
* {{ box-sizing: border-box }}
body {{ margin: 0; width: 1200px; height: 630px; background: #fbfaf6; color: #1a2423; font-family: Hyper; padding: 84px 90px;
  border-left: 28px solid #0b5d57; display: flex; flex-direction: column; justify-content: space-between }}
h1 {{ font-size: 92px; line-height: 1.08; margin: 0; max-width: 860px; letter-spacing: -.02em; text-wrap: balance }}
p {{ font-size: 34px; margin: 0; color: #4c5c59 }}
svg {{ position: absolute; right: 90px; top: 84px; width: 150px }}
</style><h1>{title}</h1>{logo}<p>{site}</p>"""


def main() -> None:
    """Write every picture anew."""
    book = open_book(ROOT / "data")[0].book
    site = book.singles["book"].title
    titles = {"home": "Is it harmless? What helps? Do I need help?"}
    titles |= {name: book.entries[name].title for name in book.collections if name in book.entries}
    handler = partial(SimpleHTTPRequestHandler, directory=str(ROOT / "site"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--allow-file-access-from-files"]
        )
        for name, title in titles.items():
            if name != "book":
                _share(browser, name, title, site)
        base = f"http://127.0.0.1:{server.server_address[1]}/"
        _shot(browser, base + "causes/doms/", "cause-phone.png", 360, 720)
        _shot(browser, base, "home-phone.png", 360, 720)
        _shot(browser, base + "causes/doms/", "cause-desktop.png", 1280, 800, dark=True)
        browser.close()
    server.shutdown()


def _share(browser: Browser, name: str, title: str, site: str) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 630})
    font = ROOT / "overrides/assets/fonts/atkinson-hyperlegible-next-latin.woff2"
    logo = (SHARE / "favicon.svg").read_text(encoding="utf-8")
    draft = OUT / "draft.html"
    draft.write_text(
        CARD.format(font=font, title=html.escape(title), logo=logo, site=html.escape(site)), encoding="utf-8"
    )
    page.goto(draft.as_uri())
    page.evaluate("document.fonts.ready")
    page.screenshot(path=SHARE / f"share-{name}.png")
    page.close()
    draft.unlink()


def _shot(browser: Browser, address: str, name: str, width: int, height: int, *, dark: bool = False) -> None:
    scheme = "dark" if dark else "light"
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(address)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=OUT / name)
    page.close()


if __name__ == "__main__":
    main()
