"""The preview as a contributor has it: `mkdocs serve` on a copy of the book, edits, and what a browser is then given."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.reading import parse

ROOT = Path(__file__).parent.parent
BOX = "causebook-preview"
WAIT = 120


class Previewed:
    """A preview, its book, and the folder into which it builds."""

    def __init__(self, book: Path, folder: Path) -> None:
        self.book, self._folder = book, folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.site = f"http://127.0.0.1:{free.getsockname()[1]}/"
        folder.mkdir()
        self.log = folder / "log"
        with self.log.open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", self.site[7:-1]],
                cwd=book,
                env=_environment(TMPDIR=str(folder)),
                stderr=log,
            )
        self.until(lambda: "Serving on" in self.log.read_text(encoding="utf-8"))

    def until(self, holds) -> None:
        end = time.monotonic() + WAIT
        while not holds():
            assert self._process.poll() is None, self.log.read_text(encoding="utf-8")
            assert time.monotonic() < end, self.log.read_text(encoding="utf-8")
            time.sleep(0.05)

    def get(self, address: str) -> str:
        with urllib.request.urlopen(self.site + address, timeout=WAIT) as answer:
            return str(answer.read().decode())

    def state(self) -> dict[str, int]:
        return dict(json.loads(self.get(f"{BOX}/state")))

    def after(self, edit) -> None:
        """Make an edit, and wait until the preview has seen it."""
        before = self.state()["generation"]
        edit()
        self.until(lambda: self.state()["generation"] > before)

    def settle(self) -> None:
        self.until(lambda: self.state()["settled"])

    def notice(self, page: str) -> str:
        """Return what a browser shows above the page once the rules have been asked."""
        self.get(page)
        return self.get(f"{BOX}/notice?page={page}")

    @property
    def built(self) -> Path:
        return next(self._folder.glob("mkdocs_*"))

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)


def _environment(**more: str) -> dict[str, str]:
    return os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"} | more


def _copy(folder: Path) -> Path:
    for name in ("data", "content", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    folder = tmp_path_factory.mktemp("preview")
    server = Previewed(_copy(folder / "book"), folder / "temporary")
    yield server
    server.stop()


@pytest.fixture
def book(preview: Previewed) -> Iterator[Path]:
    """The book that is shown; whatever a test changes in it is undone."""
    kept = preview.book.with_name("kept")
    shutil.copytree(preview.book, kept)
    yield preview.book
    for name in ("data", "content", "overrides"):
        _same(kept / name, preview.book / name)
    shutil.rmtree(kept)
    preview.settle()


def _same(right: Path, folder: Path) -> None:
    """Give ``folder`` the files of ``right``: those that are equal are not touched."""
    files = _tree(right)
    for name in _tree(folder).keys() - files.keys():
        (folder / name).unlink()
    for name, content in files.items():
        if not (folder / name).is_file() or (folder / name).read_bytes() != content:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)


def _tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.search(old, text, re.MULTILINE), file
    file.write_text(re.sub(old, new, text, count=1, flags=re.MULTILINE), encoding="utf-8")


def retitle(book: Path) -> None:
    _replace(book / "data/causes/doms.yaml", r"^title: .*", "title: Sore legs later on")


def reword(book: Path) -> None:
    _replace(book / "data/causes/doms.yaml", r"(key_points:\n  - text: )", r"\1Hello there. ")


def add(book: Path) -> None:
    text = (book / "data/faqs/what-eases-soreness.yaml").read_text(encoding="utf-8")
    text = re.sub(r"^title: .*", "title: A question nobody asked?", text, count=1, flags=re.MULTILINE)
    (book / "data/faqs/nobody-asked.yaml").write_text(text.replace("id: what-eases-soreness", "id: nobody-asked", 1))


def delete(book: Path) -> None:
    (book / "data/faqs/nobody-asked.yaml").unlink()


def rename(book: Path) -> None:
    old, new = "what-eases-soreness", "easing-soreness"
    (book / f"data/faqs/{old}.yaml").rename(book / f"data/faqs/{new}.yaml")
    for file in (book / "data").rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        if old in text:
            file.write_text(text.replace(old, new), encoding="utf-8")
    _replace(book / f"data/faqs/{new}.yaml", rf"^id: {new}", f"id: {new}\nformerly: [{old}]")


def reorder(book: Path) -> None:
    _replace(book / "data/causes/doms.yaml", r"^order: .*", "order: 99")


def write_by_hand(book: Path) -> None:
    with (book / "content/privacy.md").open("a", encoding="utf-8") as file:
        file.write("\nAnother [page](about.md).\n")


def restyle(book: Path) -> None:
    with (book / "overrides/assets/stylesheets/browse.css").open("a", encoding="utf-8") as file:
        file.write("\n.mine { color: red }\n")


def change_frame(book: Path) -> None:
    _replace(book / "overrides/frame.html", r"{% block config %}", "{% block config %}<!-- mine -->")


def rename_section(book: Path) -> None:
    _replace(book / "data/sections/tips.yaml", r"^title: .*", "title: Things to try")


def cite(book: Path) -> None:
    file = sorted((book / "data/sources").glob("*.yaml"))[0]
    _replace(file, r"^finding: ", "finding: Something else. ")


def fresh(preview: Previewed, out: Path) -> Path:
    """Build the book anew, in a process that knows nothing of the preview."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(out)],
        cwd=preview.book,
        env=_environment(SITE_URL=preview.site),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return out


def comparable(folder: Path) -> dict[str, bytes]:
    """Return a built site with the search index at one address; the packed site map holds a time.

    What goes on paper is of the moment when the preview began: PDFs take seconds, and nobody edits them on a screen.
    """
    found = {}
    for name, content in _tree(folder).items():
        if not name.endswith(".gz") and not name.startswith(("handouts/", "assets/composer/")):
            name = re.sub(r"assets/search/\w+/", "assets/search/x/", name)
            found[name] = re.sub(rb"assets/search/\w+/", b"assets/search/x/", content)
    return found


def differing(left: dict[str, bytes], right: dict[str, bytes]) -> list[str]:
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


@pytest.mark.parametrize(
    "edits",
    [(reword, retitle, cite), (add, reorder, write_by_hand), (add, delete), (rename,), (rename_section, reword), (restyle, reword, change_frame)],
    ids=lambda edits: "+".join(edit.__name__ for edit in edits),
)  # fmt: skip
def test_after_edits_every_file_is_as_a_fresh_build_makes_it(edits, preview, book, tmp_path) -> None:
    for edit in edits:
        preview.after(lambda edit=edit: edit(book))
    preview.settle()
    assert differing(comparable(preview.built), comparable(fresh(preview, tmp_path / "site"))) == []


def test_a_page_is_fresh_at_once_on_itself_and_where_others_show_it(preview, book) -> None:
    preview.after(lambda: retitle(book))
    for address in ("causes/doms/", "causes/", "tips/recover-well/"):
        assert "Sore legs later on" in preview.get(address)


def test_search_finds_new_words_as_soon_as_it_is_opened(preview, book) -> None:
    preview.after(lambda: retitle(book))
    core = preview.get("assets/search/preview/core.js")
    count = len(json.loads(re.search(r'"shelves":(\[.*?\])', core)[1]))
    shelves = [preview.get(f"assets/search/preview/d{number}.js") for number in range(count)]
    assert any("Sore legs later on" in text for text in shelves)


def test_a_broken_rule_is_told_on_the_page_and_counted_on_all(preview, book) -> None:
    preview.after(
        lambda: _replace(book / "data/causes/doms.yaml", r"(key_points:\n  - text: )", r"\1You should utilise it. ")
    )
    here, elsewhere = preview.notice("causes/doms/"), preview.notice("privacy/")
    assert re.search(r"data/causes/doms\.yaml:\d+:\d+</code><br>error: .*should.*has a plainer word", here)
    assert "better: say it as an action" in here
    assert "has a plainer word" not in elsewhere.replace(here, "")
    assert re.search(r"href='/causes/doms/'[^>]*>data/causes/doms\.yaml</a>", elsewhere)
    assert "utilise" in preview.get("causes/doms/")
    preview.settle()
    assert re.search(r"data/causes/doms\.yaml:\d+:\d+: error: 'should'", preview.log.read_text(encoding="utf-8"))
    assert [name for name, content in _tree(preview.built).items() if BOX.encode() in content] == []


def test_an_entry_that_does_not_load_is_shown_as_it_last_was(preview, book) -> None:
    file = book / "data/causes/doms.yaml"
    preview.after(lambda: reword(book))
    preview.after(lambda: _replace(file, "certainty: high", "certainty: hgih"))
    preview.after(lambda: _replace(book / "data/tips/recover-well.yaml", "^title: .*", "title: Rest a while"))
    page = preview.get("causes/doms/")
    assert "Hello there." in page
    assert "Rest a while" in page
    assert "did you mean &#x27;high&#x27;?" in preview.notice("causes/doms/")
    assert (
        "1 problem</strong> in <a href='/causes/doms/' style='color:inherit;background:none'>data/causes/doms.yaml</a>"
        in preview.notice("privacy/")
    )
    preview.after(lambda: _replace(file, "certainty: hgih", "certainty: high"))
    assert "hgih" not in preview.notice("causes/doms/")


def test_a_deleted_entry_that_others_need_stays_until_they_do_not(preview, book) -> None:
    preview.after((book / "data/tips/recover-well.yaml").unlink)
    assert "recover-well" in preview.get("tips/recover-well/")
    assert "there is no &#x27;recover-well&#x27;" in preview.notice("faqs/do-compression-socks-help/")


def test_a_preview_can_be_begun_while_something_is_wrong(tmp_path) -> None:
    book = _copy(tmp_path / "book")
    _replace(book / "data/faqs/what-eases-soreness.yaml", "certainty: ", "certainty: none-")
    preview = Previewed(book, tmp_path / "temporary")
    try:
        assert "<article" in preview.get("")
        assert "data/faqs/what-eases-soreness.yaml" in preview.notice("")
    finally:
        preview.stop()


def test_a_built_site_holds_nothing_of_the_preview_and_a_mistake_stops_it(site, tmp_path) -> None:
    assert [name for name, content in _tree(site).items() if BOX.encode() in content] == []
    assert parse(site)
    book = _copy(tmp_path / "book")
    _replace(book / "data/causes/doms.yaml", r"(key_points:\n  - text: )", r"\1You should utilise it. ")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"], cwd=book, env=_environment(), capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "[plain-words]" in done.stderr
    assert not (book / "site").exists()
