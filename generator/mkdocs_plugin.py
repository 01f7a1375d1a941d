"""MkDocs in; the book's pages as virtual files of the site out. A thin shell: it asks the core and tells MkDocs."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage

from generator import build, report, search
from generator.handouts import catalogue, composer
from generator.handouts.make import make
from generator.handouts.store import FolderStore
from generator.handouts.view import Site
from generator.jsonld import structured_data
from generator.link import Book
from generator.pause import collector_paused
from generator.preview import Preview
from generator.problems import Problem, ProblemsFound
from generator.render import OnPaper, Page, Renderer

log = logging.getLogger("mkdocs.plugins.causebook")


class Options(Config):  # type: ignore[no-untyped-call]
    """Settings of the plugin in ``mkdocs.yml``."""

    data_dir = options.Type(str, default="data")
    """The folder of the data, relative to ``mkdocs.yml``."""
    repository = options.Type(str, default="")
    """Address of the repository in a browser; empty: no "edit this page" links."""
    edit_uri = options.Type(str, default="edit/main/")
    """What stands between the repository's address and a file's path in the address of its editor."""
    search_help = options.Type(str, default="")
    """The page that the search panel names above all results, such as ``warning-signs/index.md``; empty: none."""
    handouts = options.Type(str, default="")
    """The page that shows all handouts, such as ``handouts.md``; empty: no PDFs are made."""
    composer = options.Type(str, default="")
    """The page on which readers put together a sheet to print; empty: there is none."""
    search_all = options.Type(str, default="index.md")
    """The page that leads to every page: for readers who found nothing, and without JavaScript."""


class CausebookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Builds the book before MkDocs cleans anything, so that a mistake in the data leaves the last site as it was."""

    on_paper = OnPaper()
    _preview: Preview | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Begin a preview if this is ``mkdocs serve``. That this hook is here makes MkDocs keep the plugin between builds."""
        self._preview = Preview(self) if command == "serve" else None

    @collector_paused()
    def on_config(self, config: MkDocsConfig) -> None:
        """Load and render everything. Raises `PluginError` that holds every problem."""
        root = _root(config)
        data, content = root / self.config.data_dir, Path(config.docs_dir)
        try:
            self.on_paper = OnPaper(self.config.handouts, self.config.composer, made=bool(self.config.handouts))
            if self._preview is not None:
                self._preview.open(_short(data), _short(content), config)
                self._handouts = self._kept_handouts(config)
            else:
                self._open(_short(data), _short(content), as_folders=config.use_directory_urls)
                self._handouts = self._make_handouts(config)
        except ProblemsFound as found:
            raise PluginError(_message(found.problems)) from None
        if not config.site_url:
            config.theme.static_templates.discard("sitemap.xml")

    def _make_handouts(self, config: MkDocsConfig) -> dict[str, bytes]:
        """Return address → content of each PDF and its picture. What has not changed comes from ``.cache``."""
        if not self.on_paper.made:
            return {}
        store = FolderStore(_root(config) / ".cache" / "handouts")
        site = Site(config.site_url or "", config.use_directory_urls)
        made = {f"{catalogue.FOLDER}/{name}": content for name, content in make(self._book, site=site, store=store)}
        store.sweep()
        return made

    def _kept_handouts(self, config: MkDocsConfig) -> dict[str, bytes]:
        """Return the same for a preview, which makes them when it begins and goes on without those that cannot be made."""
        try:
            return self._make_handouts(config)
        except ProblemsFound as found:
            for problem in found.problems:
                log.warning(report.text_line(problem))
            return {}

    def _open(self, data: Path, content: Path, *, as_folders: bool) -> None:
        desk, warnings = build.open_book(data)
        for problem in warnings:  # told, not counted: a review that falls due must not stop the site from being built
            log.info(report.text_line(problem))
        renderer = Renderer.of(desk, as_folders=as_folders, on_paper=self.on_paper)
        self.written = {page.uri: page.text for page in build.fill_all(renderer, content)}
        self.take(desk.book, build.pages(renderer, tuple(self.written), content.as_posix()))

    def take(self, book: Book, pages: Iterable[Page]) -> None:
        """Answer MkDocs from this book and these pages."""
        self._book, self._pages = book, tuple(pages)
        self._by_uri = {page.uri: page for page in self._pages}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a virtual file for each page; out of the navigation tree, whose cost grows with the square of it."""
        if not config.site_url:  # a sitemap needs whole addresses
            for uri in ("sitemap.xml", "sitemap.xml.gz"):
                if file := files.get_file_from_path(uri):
                    files.remove(file)
        for page in self._pages:
            files.append(File.generated(config, page.uri, content=page.text))
        self._pages = tuple(
            replace(page, text="") for page in self._pages
        )  # MkDocs has the text: see `on_page_content`
        self._by_uri = {page.uri: page for page in self._pages}
        for uri, content in self._handouts.items():
            files.append(File.generated(config, uri, content=content))
        for uri, text in composer.scripts(self._book) if self.config.composer else ():
            files.append(File.generated(config, uri, content=text))
        self._handouts = {}
        self._add_search(files, config)
        return files

    def _add_search(self, files: Files, config: MkDocsConfig) -> None:
        """Add the search index, and tell the theme where it is (``config.extra.search``), as seen from the top."""
        index = self.search_index(files)
        folder = f"assets/search/{'preview' if self._preview else search.version(index)}"
        for name, text in index.items():
            files.append(File.generated(config, f"{folder}/{name}", content=text))
        pages = {"help": self.config.search_help, "all": self.config.search_all}
        config.extra["search"] = {"index": f"{folder}/"} | {
            name: _url(files, uri) if uri else "" for name, uri in pages.items()
        }

    def search_index(self, files: Files) -> Mapping[str, str]:
        """Return the files of the search index: name → text."""
        return search.index(self._book, self.written.items(), partial(_url, files))

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give each entry's page its section (breadcrumbs, active tab) and its neighbours (previous and next)."""
        before: SitePage | None = None
        for page in self._pages:
            here = _site_page(files, page.uri)
            if page.entry is None:
                before = here if page.origin or page.uri.endswith("/index.md") else None
                continue
            index = _site_page(files, f"{page.collection.name}/index.md")
            here.parent = index.parent
            here.previous_page, here.next_page = before, None
            if before is not None:
                before.next_page = here
            before = here
        self._nav = nav
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep what a preview builds single pages with."""
        self._env, self._files = env, files
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Hand what was built to the preview."""
        if self._preview is not None:
            self._preview.built(self._nav, self._env, self._files)

    def on_page_read_source(self, *, page: SitePage, config: MkDocsConfig) -> str | None:
        """Return a hand-written page with its markers filled; None for a page that is not hand-written."""
        return self.written.get(page.file.src_uri)

    def on_pre_page(self, page: SitePage, *, config: MkDocsConfig, files: Files) -> SitePage:
        """Point "edit this page" at the file that holds its words."""
        repository = self.config.repository.rstrip("/")
        source = self._source(page.file.src_uri, config)
        page.edit_url = f"{repository}/{self.config.edit_uri.strip('/')}/{source}" if repository and source else None
        return page

    def on_page_context(self, context: Any, *, page: SitePage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Hand the page's structured data and its share image to the theme."""
        shown = self._by_uri.get(page.file.src_uri)
        if shown is not None:
            context["share"] = shown.collection.name
            if shown.entry is not None:
                address = page.canonical_url or None
                context["structured"] = structured_data(self._book, shown.entry, address=address)
        return context

    def on_page_content(self, html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Let go of a page's Markdown once MkDocs has its HTML: MkDocs keeps both of every page to the end."""
        if page.file.src_uri in self._by_uri:
            page.markdown = ""  # not None: then the page would have no title
            page.file.content_string = ""
        return html

    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        """Let go of a page's HTML once it stands in the output."""
        if page.file.src_uri in self._by_uri:
            page.content = ""
        return output

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Show each save at once, and what is wrong with it."""
        if self._preview is not None:
            self._preview.serve(server, builder)
        return server

    def _source(self, uri: str, config: MkDocsConfig) -> str:
        root = _root(config)
        page: Page | None = self._by_uri.get(uri)
        if page is None:
            return (Path(config.docs_dir) / uri).relative_to(root).as_posix()
        return f"{self.config.data_dir}/{page.origin}" if page.origin else ""


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent


def _short(path: Path) -> Path:
    """Return ``path`` as somebody in the working folder would type it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _url(files: Files, address: str) -> str:
    uri, mark, anchor = address.partition("#")
    file = files.get_file_from_path(uri)
    return (file.url if file else "") + mark + anchor


def _site_page(files: Files, uri: str) -> SitePage:
    file = files.get_file_from_path(uri)
    assert file is not None, uri
    assert file.page is not None, uri
    return file.page


def _message(problems: tuple[Problem, ...]) -> str:
    count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in the data:"
    return "\n".join((count, *(report.text_line(problem) for problem in problems)))
