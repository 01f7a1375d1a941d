"""A server of MkDocs in; the same server out, which makes a page anew when it is asked for, and tells what is wrong on it.

After a save the whole book is read and linked again (files that hold the same bytes are not validated twice); no page is
trusted any more. A page that is asked for is written anew before it is handed out, and built if its Markdown or what stands
around it changed. The other pages, the rules, the site map and the search index follow in the background. So nothing stale is
ever shown, and no cache of pages has to be right. What this cannot do page by page (settings, templates, styles, the first or
last page of a collection, a title in the navigation) MkDocs builds as a whole.
"""

import gc
import json
import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from jinja2 import Environment
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from watchdog.observers.polling import PollingObserver

from generator import build, notice, report
from generator.checks import check
from generator.checks.rule import Desk
from generator.clock import today
from generator.jsonld import structured_data
from generator.link import Book
from generator.load import Known, load
from generator.pause import collector_paused
from generator.problems import Problem
from generator.render import Draft, OnPaper, Page, Renderer
from generator.stand_in import Shown, shown

log = logging.getLogger("mkdocs.plugins.causebook.preview")

LOOK, REST = 0.2, 0.05
"""Seconds between two looks at the files, and without a further save before the book is read. MkDocs takes 0.5 and 0.1."""
HEAD_START = 0.15
"""Seconds in which a browser that was told to reload has the processor for itself."""
PATIENCE = 30.0
"""Seconds that a browser waits for the rules."""
ASK = "/causebook-preview/"
"""Addresses of our own: ``notice?page=URL`` waits for the rules and answers with what they found, ``state`` never waits."""
SEARCH = "assets/search/"
TEMPLATES = Path(__file__).parent / "templates"


class Host(Protocol):
    """What the preview needs of the plugin: MkDocs asks the plugin, and the plugin answers from these."""

    on_paper: OnPaper
    """The pages about paper."""
    written: dict[str, str]
    """Address of a page written by hand → its text with the markers filled."""

    def take(self, book: Book, pages: Iterable[Page]) -> None:
        """Answer from this state from now on."""

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give each page its neighbours."""

    def search_index(self, files: Files) -> Mapping[str, str]:
        """Return the files of the search index."""


class Preview:
    """One `mkdocs serve`, from its first build on. What requests and rebuilds share is held by ``_lock``."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._lock = threading.RLock()
        self._told = threading.Condition()
        self._generation = self._judged = self._settled = 0
        self._known: Known = {}
        self._ready = self._search_due = self._map_due = False
        self._problems: tuple[Problem, ...] = ()
        self._reported: frozenset[Problem] = frozenset()
        self._unfilled: dict[str, tuple[Problem, ...]] = {}
        self._shown: Shown | None = None
        self._drafts: dict[str, Draft] = {}
        self._texts: dict[str, str] = {}
        self._marks: dict[str, object] = {}
        self._raw: dict[str, bytes] = {}
        self._pending: set[str] = set()

    # What the plugin calls while MkDocs builds the whole site

    def open(self, data: Path, content: Path, config: MkDocsConfig) -> None:
        """Read and write everything. Raises `ProblemsFound` where there is nothing to show at all."""
        self._ready = False
        self._data, self._content, self._config = data, content, config
        self._around = self._others()
        desk, drafts = self._read(Renderer.of, as_folders=config.use_directory_urls, on_paper=self._host.on_paper)
        pages = [draft.page() for draft in drafts.values()]
        self._raw = self._hand_written()
        self._texts = {page.uri: page.text for page in pages} | {uri: self._fill(uri) for uri in self._raw}
        self._drafts = drafts
        self._host.take(desk.book, pages)
        self._host.written = {uri: self._texts[uri] for uri in self._raw}
        if not self._generation:  # MkDocs has no server yet that could tell
            self._judge(0)

    def built(self, nav: Navigation, env: Environment, files: Files) -> None:
        """Take over what MkDocs has built."""
        self._nav, self._env, self._files = nav, env, files
        self._marks = {uri: self._mark(uri, text) for uri, text in self._texts.items()}
        self._texts = {}
        self._pending, self._search_due, self._map_due = set(), False, False
        self._urls = self._addresses()
        self._ready = len(self._config.plugins) == 1  # others may do what we know nothing of

    def serve(self, server: LiveReloadServer, builder: Callable[[], None]) -> None:
        """Put the preview between the server, its builder and the browser."""
        config, self._build_all = self._config, builder
        self._mount = server.mount_path
        watched = [config.docs_dir, str(config.config_file_path)]
        for path in watched:
            server.unwatch(path)
        server.observer, server.build_delay = PollingObserver(timeout=LOOK), REST
        for path in (*watched, str(self._data.resolve()), str(TEMPLATES), *self._theme_folders()):
            server.watch(path)
        server.builder = self.rebuild
        server.set_app(self._answer(server.get_app()))  # type: ignore[arg-type]
        self._generation = self._judged = self._settled = 1
        gc.freeze()  # what is here stays for the whole preview: the collector need not walk over it at every request

    # After a save

    @collector_paused()
    def rebuild(self) -> None:
        """Read the book again; no page is trusted from here on until it is asked for."""
        with self._lock:
            self._generation += 1
            if not self._is_read_again():
                self._ready = False
                self._build_all()
        self._begin()

    def _is_read_again(self) -> bool:
        if not self._ready or self._others() != self._around:
            return False
        try:
            return self._read_again()
        except Exception:
            log.exception("The pages could not be made one by one: the whole site is built.")
            return False

    def _read_again(self) -> bool:
        """Return whether all that changed can be made page by page."""
        raw = self._hand_written()
        if raw.keys() != self._raw.keys():
            return False
        before = self._drafts
        desk, drafts = self._read(lambda desk: self._renderer.on(desk))
        other = {uri for uri in drafts.keys() & before.keys() if _kind(drafts[uri]) != _kind(before[uri])}
        new, gone = (drafts.keys() - before.keys()) | other, (before.keys() - drafts.keys()) | other
        named = {uri: draft.title for uri, draft in before.items() if _in_navigation(uri)}
        if named != {uri: draft.title for uri, draft in drafts.items() if _in_navigation(uri)}:
            return False
        self._drafts = drafts
        bare = [Page(one.uri, one.title, "", one.collection, one.entry, one.origin) for one in drafts.values()]
        self._host.take(desk.book, bare)
        if other or list(drafts) != list(before):
            self._arrange(gone)
        self._pending = {*drafts, *raw}
        self._search_due = True
        for uri in drafts:
            if uri in new or drafts[uri].title != before[uri].title:
                self._populate(uri, drafts[uri].write())
        changed = [uri for uri in raw if raw[uri] != self._raw[uri]]
        self._raw = raw
        titles = {uri: self._page(uri).title for uri in changed}
        for uri in changed:
            self._populate(uri, self._fill(uri))
        return titles == {uri: self._page(uri).title for uri in changed}

    def _read(self, renderer: Callable[..., Renderer], **settings: Any) -> tuple[Desk, dict[str, Draft]]:
        self._shown = now = shown(load(self._data, known=self._known), self._shown)
        self._desk = Desk(now.book, today())
        self._renderer = renderer(self._desk, **settings)
        drafts = tuple(self._renderer.drafts())
        written = set(build.written_uris(self._content))
        self._structural = (
            *now.problems,
            *build.collisions(now.book, drafts, written, self._content.as_posix()),
        )
        return self._desk, {draft.uri: draft for draft in drafts if draft.uri not in written}

    def _arrange(self, gone: Iterable[str]) -> None:
        """Give MkDocs the pages that there are now, in their order, each with its neighbours."""
        config, files = self._config, self._files
        for uri in gone:
            old = self._file(uri)
            Path(old.abs_dest_path).unlink(missing_ok=True)
            files.remove(old)
            self._marks.pop(uri, None)
        for uri in self._drafts:
            file = files.get_file_from_path(uri)
            if file is None:
                file = File.generated(config, uri, content="")
                SitePage(None, file, config)
            else:
                files.remove(file)
            files.append(file)
        set_exclusions(files, config)
        self._host.on_nav(self._nav, config=config, files=files)
        self._urls = self._addresses()
        self._map_due = True

    # One page

    def _freshen(self, uri: str) -> None:
        if uri not in self._pending:
            return
        text = self._drafts[uri].write() if uri in self._drafts else self._fill(uri)
        mark = self._mark(uri, text)
        if mark != self._marks.get(uri):
            self._populate(uri, text)
            pages = self._files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
            mkdocs_build._build_page(self._page(uri), self._config, pages, self._nav, self._env)
            self._marks[uri] = mark
        self._pending.discard(uri)

    def _populate(self, uri: str, text: str) -> None:
        if uri in self._drafts:
            self._file(uri).content_string = text
        else:
            self._host.written[uri] = text
        mkdocs_build._populate_page(self._page(uri), self._config, self._files)

    def _mark(self, uri: str, text: str) -> object:
        """Return all that a built page depends on, apart from what makes MkDocs build the whole site."""
        page, draft = self._page(uri), self._drafts.get(uri)
        beside = [(one.url, one.title) if one else None for one in (page.previous_page, page.next_page)]
        if draft is None:  # MkDocs follows the links of pages that people wrote: they depend on which pages there are
            return hash((text, *beside, *self._drafts))
        machines = structured_data(self._desk.book, draft.entry, address=page.canonical_url) if draft.entry else ""
        return hash((text, *beside, machines))

    def _fill(self, uri: str) -> str:
        page, self._unfilled[uri] = build.fill(self._renderer, self._content, uri)
        return page.text

    # In the background

    def _begin(self) -> None:
        threading.Thread(target=self._follow, args=(self._generation,), daemon=True).start()

    def _follow(self, generation: int) -> None:
        """Do what nobody waits for, until the next save."""
        try:
            time.sleep(HEAD_START)
            if generation == self._generation and generation != self._judged:
                self._judge(generation)
            for uri in sorted(self._pending):
                with self._lock:
                    if generation != self._generation:
                        return
                    self._freshen(uri)
            with self._lock:
                if generation != self._generation:
                    return
                self._write_map()
                self._write_search()
                self._settled = generation
            if any(self._unfilled.values()):
                self._judge(generation)
        except Exception:
            log.exception("The preview could not be finished.")

    def _judge(self, generation: int) -> None:
        now, desk = self._shown, self._desk
        problems = list(self._structural)
        if now is not None and now.whole:
            problems += (*check(desk), *build.check_written(desk.book, self._content))
        problems += (one for of in self._unfilled.values() for one in of)
        with self._told:
            if generation != self._generation:
                return
            self._problems, self._judged = tuple(sorted(problems)), generation
            self._told.notify_all()
        self._report()

    def _report(self) -> None:
        """Tell the terminal what it has not been told yet."""
        for problem in self._problems:
            if problem not in self._reported:
                tell = log.error if problem.severity == "error" else log.info
                tell(report.text_line(problem))
        errors = sum(problem.severity == "error" for problem in self._problems)
        if frozenset(self._problems) != self._reported:
            log.info(
                f"{errors} problem{'s' * (errors != 1)}: the pages concerned show them" if errors else "No problems"
            )
        self._reported = frozenset(self._problems)

    def _write_map(self) -> None:
        if self._map_due and "sitemap.xml" in self._config.theme.static_templates:
            mkdocs_build._build_theme_template("sitemap.xml", self._env, self._files, self._config, self._nav)
        self._map_due = False

    def _write_search(self) -> None:
        if not self._search_due:
            return
        for uri in self._raw:
            self._freshen(uri)
        folder = Path(self._config.site_dir, self._config.extra["search"]["index"])
        index = self._host.search_index(self._files)
        for file in folder.iterdir():
            if file.name not in index:
                file.unlink()
        for name, text in index.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
        self._search_due = False

    # Between the server and the browser

    def _answer(self, app: WSGIApplication) -> WSGIApplication:
        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
            if path.startswith(ASK):
                body = self._own(path, parse_qs(environ.get("QUERY_STRING", "")))
                start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")])
                return [body.encode()]
            if not path.startswith(self._mount):
                return app(environ, start_response)
            below = path.removeprefix(self._mount)
            while True:  # a save may come in between: then what was read may be stale
                generation = self._generation
                self._make_fresh(below)
                status, headers, parts = _ask(app, environ)
                if generation == self._generation:
                    break
            if status.startswith("200") and ("Content-Type", "text/html") in headers:
                page = notice.put(b"".join(parts).decode(), self._notice_or_wait(below)).encode()
                headers = [one for one in headers if one[0] != "Content-Length"]
                headers, parts = [*headers, ("Content-Length", str(len(page)))], [page]
            start_response(status, headers)
            return parts

        return answer

    def _make_fresh(self, below: str) -> None:
        with self._lock:
            try:
                if below.startswith(SEARCH):
                    self._write_search()
                elif below in self._urls:
                    self._freshen(self._urls[below])
            except Exception:
                log.exception(f"The page /{below} could not be made anew: this is its last state.")

    def _own(self, path: str, asked: Mapping[str, list[str]]) -> str:
        if path == f"{ASK}notice":
            with self._told:
                self._told.wait_for(lambda: self._judged == self._generation, timeout=PATIENCE)
            return self._notice(self._urls.get(asked.get("page", [""])[0], ""))
        settled = self._settled == self._generation
        return json.dumps({"generation": self._generation, "settled": settled, "problems": len(self._problems)})

    def _notice_or_wait(self, below: str) -> str:
        if self._judged == self._generation:
            return self._notice(self._urls.get(below, ""))
        return notice.placeholder(f"{ASK}notice?page={quote(below, safe='/')}")

    def _notice(self, uri: str) -> str:
        found = notice.by_page(self._problems, self._desk.book, self._content.as_posix())
        links = {uri: self._mount + url for url, uri in self._urls.items()}
        return notice.notice(found, uri, links)

    # What is where

    def _file(self, uri: str) -> File:
        file = self._files.get_file_from_path(uri)
        assert file is not None, uri
        return file

    def _page(self, uri: str) -> SitePage:
        page = self._file(uri).page
        assert page is not None, uri
        return page

    def _addresses(self) -> dict[str, str]:
        """Return what a browser asks for, below the mount → address of the page."""
        files = {uri: self._file(uri) for uri in (*self._drafts, *self._raw)}
        urls = {file.dest_uri: uri for uri, file in files.items()}
        return urls | {file.url if file.url not in (".", "./") else "": uri for uri, file in files.items()}

    def _hand_written(self) -> dict[str, bytes]:
        return {uri: (self._content / uri).read_bytes() for uri in build.written_uris(self._content)}

    def _theme_folders(self) -> tuple[str, ...]:
        return (self._config.theme.custom_dir,) if self._config.theme.custom_dir else ()

    def _others(self) -> dict[str, tuple[int, int]]:
        """Return the state of all files but the data and the pages written by hand: path → time and size."""
        folders = map(Path, (self._config.docs_dir, str(TEMPLATES), *self._theme_folders()))
        files = [file for folder in folders for file in folder.rglob("*") if file.suffix != ".md"]
        states = {file: file.stat() for file in (*files, Path(str(self._config.config_file_path))) if file.is_file()}
        return {str(file): (state.st_mtime_ns, state.st_size) for file, state in states.items()}


def _kind(draft: Draft) -> bool:
    """Return whether it is an entry's page. What an entry left behind when it was renamed has no place among the others."""
    return draft.entry is not None


def _in_navigation(uri: str) -> bool:
    return uri.endswith("/index.md")


def _ask(app: WSGIApplication, environ: WSGIEnvironment) -> tuple[str, list[tuple[str, str]], Iterable[bytes]]:
    said: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _: Any = None, /) -> Callable[[bytes], object]:
        said.append((status, headers))
        return lambda _: None

    parts = app(environ, start)
    return *said[-1], parts
