"""The real book, the real site built from it, a server of that site and a browser: each made once for all tests."""

import fcntl
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from generator.build import open_book
from generator.link import Book

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ("SITE_URL", "REPOSITORY_URL", "REPOSITORY_EDIT_URI")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = (
    "no browser found: install Chromium (`apt-get install chromium`, `brew install --cask chromium`), "
    "or put the path of Chromium or Chrome into the variable CHROMIUM"
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)

Build = Callable[..., Path]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def book() -> Book:
    return open_book(ROOT / "data")[0].book


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return a function that builds the real site with the given settings and returns its folder.

    The workers of pytest-xdist share a parent folder, so the first one builds and the others wait for it. Without
    workers that parent belongs to all runs ever made, and is not used.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def build(name: str, config: str = "mkdocs.yml", **settings: str) -> Path:
        out, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # let go when the file is closed, also by a crash
            if not done.exists():
                _mkdocs(out, config, settings)
                done.touch()
        return out

    return build


def _mkdocs(out: Path, config: str, settings: dict[str, str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", config, "--site-dir", str(out)],
        cwd=ROOT,
        env={**environment, "NO_MKDOCS_2_WARNING": "1", **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        pytest.fail(f"mkdocs build --strict exits {run.returncode}:\n{run.stdout}{run.stderr}", pytrace=False)


@pytest.fixture(scope="session")
def site(build: Build) -> Path:
    """The site as a fresh clone builds it: no address, no repository."""
    return build("site")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is theirs
        pass


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of the site, without a slash at its end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    named = os.environ.get("CHROMIUM")
    found = next(filter(None, map(shutil.which, (named,) if named else BROWSERS)), None)
    if found is None:
        pytest.fail(NO_BROWSER, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()
