"""Under the headers of docs/hosting.md, word for word, every template works and breaks no policy."""

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer

import pytest

from tests.browser.templates import TEMPLATES
from tests.conftest import Quiet

NOTE = """addEventListener("securitypolicyviolation", one => {
  (window.broken ??= []).push(`${one.violatedDirective}: ${one.blockedURI} ${one.sample}`)
})"""


@pytest.fixture(scope="module")
def headers(root) -> dict[str, str]:
    block = re.search(r"```text\n/\*\n(.*?)```", (root / "docs/hosting.md").read_text(encoding="utf-8"), re.S)[1]
    return dict(line.strip().split(": ", 1) for line in block.strip().splitlines())


@pytest.fixture(scope="module")
def guarded(site, headers) -> Iterator[str]:
    """The address of a server that sends the headers."""

    class Guarded(Quiet):
        def end_headers(self) -> None:
            for name, value in headers.items():
                self.send_header(name, value)
            super().end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Guarded, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_no_template_breaks_the_policy(browser, guarded):
    context = browser.new_context()
    page, errors = context.new_page(), []
    page.add_init_script(NOTE)
    page.on("console", lambda one: errors.append(one.text) if one.type in ("error", "warning") else None)
    for template, uri in TEMPLATES.items():
        page.goto(f"{guarded}/{uri}")
        page.locator("[data-cb-colours]").click()
        page.locator("[data-cb-search]").click()
        page.get_by_role("searchbox").fill("sore calf")
        page.locator(".cb-search__list a").first.wait_for()
        assert (page.evaluate("window.broken ?? []"), errors) == ([], []), template
    context.close()


def test_the_policy_is_strict_and_the_same_for_every_host(headers, root):
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert policy.startswith("default-src 'none';")
    text = (root / "docs/hosting.md").read_text(encoding="utf-8")
    assert [name for name, value in headers.items() if text.count(f'{name} "{value}"') != 2] == []
