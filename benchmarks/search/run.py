"""A built site and queries in; how well and how fast its search answers out. Types each query into the real search box.

    python benchmarks/search/run.py [--site DIR] [--engine ours|material|pagefind] [--set queries|holdout|real|unseen|all] [--misses]
    python benchmarks/search/run.py --site DIR --first 'sore calf' --first 'lowdri'     # bytes and time of a first query

Without --site it builds the site first. A query succeeds at n if one of the first n results is a page its line in
``queries.yaml`` names. For a kind "danger" only the page of warning signs itself counts, and it must stand among the first three.
"""

import argparse
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
PHONE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
"""The slow mobile network of Lighthouse: 150 ms to and fro, 1.6 Mbit/s. The processor is slowed down 4 times with it."""
SLOWER = 4
SETS = tuple(name for name in ("queries", "holdout", "real", "unseen") if (HERE / f"{name}.yaml").exists())
"""``unseen.yaml``: new queries, labelled before their first run. There is one only between that run and the reading of its misses."""


class _Compressing(SimpleHTTPRequestHandler):
    """Serves a site as hosts do: text compressed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is theirs
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Yield the address of a server of the folder ``site``."""
    with ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: _Compressing(*args, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def ids(links: list[str]) -> list[str]:
    """Return the id that stands at the end of each address: its anchor, or its last folder."""
    found = []
    for link in links:
        parts = urlsplit(link)
        id_ = parts.fragment or parts.path.removesuffix("index.html").strip("/").rpartition("/")[2]
        found.append(id_ or "index")
    return list(dict.fromkeys(found))


def _ours(page: Page, query: str) -> list[str]:
    if not page.locator(".cb-search").count():
        page.click("[data-cb-search]")
        page.wait_for_selector("#cb-search-field")
    page.fill("#cb-search-field", "")
    page.keyboard.type(query)
    page.wait_for_function(
        "query => document.querySelector('.cb-search').dataset.query === query", arg=query, timeout=120_000
    )
    return page.eval_on_selector_all(".cb-search__list a", "all => all.map(one => one.href)")


def _material(page: Page, query: str) -> list[str]:
    if page.evaluate("window.asked"):
        page.reload(wait_until="networkidle")  # the old list stays until a new one is there, so begin with none
    page.evaluate("window.asked = true")
    page.click(".md-search__input")
    page.keyboard.type(query)
    seen = "() => document.querySelector('.md-search-result__item') || /No match/.test(document.querySelector('.md-search-result__meta')?.innerText)"
    page.wait_for_function(seen, timeout=300_000)
    page.wait_for_timeout(250)
    return page.eval_on_selector_all(
        ".md-search-result__item a.md-search-result__link", "all => all.map(one => one.href)"
    )


def _pagefind(page: Page, query: str) -> list[str]:
    """Pagefind's own panel asks its interface the same way; so we ask it ourselves and keep to pages."""
    script = """async query => {
        const finder = window.finder ||= await import(new URL('pagefind/pagefind.js', location.origin));
        const found = await finder.search(query);
        return (await Promise.all(found.results.slice(0, 10).map(one => one.data()))).map(one => new URL(one.url, location).href);
    }"""
    return page.evaluate(script, query)


ENGINES: dict[str, Callable[[Page, str], list[str]]] = {"ours": _ours, "material": _material, "pagefind": _pagefind}


def judge(page: Page, engine: str, kinds: dict[str, list[list[str]]], *, misses: bool) -> list[tuple[str, ...]]:
    """Return a table: for each kind its success at 1 and 3, mean reciprocal rank, empty lists and the median time."""
    rows, every = [], []
    for kind, lines in kinds.items():
        ranks = []
        for query, *wanted in lines:
            start = time.perf_counter()
            links = ENGINES[engine](page, query)
            took = time.perf_counter() - start
            found = ids(links) if engine == "ours" else [id_ for link in links for id_ in _generous(link, wanted)]
            found = list(dict.fromkeys(found))
            nothing = engine == "ours" and page.locator(".cb-search__count:has-text('No page')").count()
            rank = next((at for at, id_ in enumerate(found, 1) if _right(id_, wanted, kind)), 0)
            ranks.append((rank, not found, bool(nothing), took))
            if misses and rank != 1:
                print(f"  {kind}: {query!r} at {rank or 'none'}: {', '.join(found[:4])}")
        rows.append(_row(kind, ranks))
        every += ranks
    return [*rows, _row("all", every)]


def _right(id_: str, wanted: list[str], kind: str) -> bool:
    return id_ in wanted or ("warning-signs" in wanted and not kind.endswith("danger") and id_.startswith("rf-"))


def _generous(link: str, wanted: list[str]) -> list[str]:
    """Return a wanted id for a link to any place of its page: other engines list sections, or know pages only."""
    parts = urlsplit(link)
    folder = parts.path.removesuffix("index.html").strip("/").rpartition("/")[2]
    data = HERE.parent.parent / "data"
    near = [id_ for id_ in wanted if folder == id_ or (data / folder / f"{id_}.yaml").exists()]
    return near[:1] or ids([link])


def _row(kind: str, ranks: list[tuple[int, bool, bool, float]]) -> tuple[str, ...]:
    count = len(ranks)
    return (
        kind,
        str(count),
        f"{100 * sum(rank == 1 for rank, *_ in ranks) / count:.0f}",
        f"{100 * sum(0 < rank <= 3 for rank, *_ in ranks) / count:.0f}",
        f"{sum(1 / rank for rank, *_ in ranks if rank) / count:.2f}",
        str(sum(empty for _, empty, _, _ in ranks)),
        str(sum(nothing for _, _, nothing, _ in ranks)),
        f"{1000 * statistics.median(took for *_, took in ranks):.0f}",
    )


def first(browser: Browser, address: str, engine: str, query: str, *, phone: bool) -> tuple[int, int, int, float]:
    """Return bytes (compressed) and requests of a view of the home page, then bytes and seconds up to a first result."""
    with browser.new_context() as context:
        page = context.new_page()
        if phone:
            session = context.new_cdp_session(page)
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", PHONE)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        sizes: list[int] = []
        context.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
        page.goto(address, wait_until="networkidle", timeout=300_000)
        before, views = sum(sizes), len(sizes)
        start = time.perf_counter()
        ENGINES[engine](page, query)
        took = time.perf_counter() - start
        page.wait_for_timeout(300)
        return before, sum(sizes) - before, len(sizes) - views, took


def _built(folder: str) -> Path:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder]
    subprocess.run(command, cwd=HERE.parent.parent, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, check=True)
    return Path(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, help="folder of a built site")
    parser.add_argument("--engine", choices=list(ENGINES), default="ours")
    parser.add_argument("--set", choices=(*SETS, "all"), default="all")
    parser.add_argument("--misses", action="store_true", help="print every query whose first result is not right")
    parser.add_argument("--first", action="append", metavar="QUERY", help="measure a first query instead")
    options = parser.parse_args()
    browser_path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = options.site or _built(folder)
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        with served(site) as address:
            for query in options.first or (() if options.first is None else options.first):
                for phone in (False, True):
                    view, size, requests, took = first(browser, address, options.engine, query, phone=phone)
                    where = "slow phone" if phone else "this machine"
                    print(
                        f"{query!r}, {where}: page {view / 1000:.0f} kB; search {size / 1000:.1f} kB in {requests} requests, {took:.2f} s"
                    )
            for name in () if options.first else SETS if options.set == "all" else (options.set,):
                kinds: dict[str, Any] = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
                page = browser.new_page()
                page.goto(address, wait_until="networkidle")
                print(f"\n{name}, {options.engine}\n")
                print(
                    "| kind | queries | first right, % | in first 3, % | mean reciprocal rank | empty | none with the words | ms |"
                )
                print("| --- " * 8 + "|")
                for row in judge(page, options.engine, kinds, misses=options.misses):
                    print(f"| {' | '.join(row)} |")
        browser.close()


if __name__ == "__main__":
    main()
