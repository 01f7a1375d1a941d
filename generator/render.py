"""A book in; the Markdown of every page out, through ``templates/*.md.j2``. Writes nothing, names no collection or field.

An entry of collection X is rendered by ``X.md.j2`` (or ``entry.md.j2``), the collection's own page by ``X.index.md.j2`` (or
``index.md.j2``). A template works with a `Sheet`, which knows what the page has cited and explained so far.
"""

import html
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
)

from generator import pictures, prose, scorecard, views
from generator.checks import RULES
from generator.checks.rule import Desk
from generator.handouts.catalogue import Download, download, downloads
from generator.link import Book
from generator.models import Collection, Entry
from generator.problems import Problem
from generator.relations import CERTAINTIES, KINDS

MARKER = re.compile(r"^<!-- causebook:([\w-]+)(?: ([\w-]+))? -->[ \t]*$", re.MULTILINE)
"""A place in a hand-written page that the generator fills: group 1 the part, group 2 a collection, or an entry."""

_WORD = re.compile(r"[^\W_][\w'’-]*")  # noqa: RUF001 - texts hold typographic apostrophes
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address ``uri`` below the site's Markdown tree, and its whole text, front matter included.

    ``entry`` is the entry it shows, or None on a collection's own page. ``origin`` is the data file below ``data/`` that
    holds its words, or None where no single file does.
    """

    uri: str
    title: str
    text: str
    collection: Collection
    entry: Entry | None
    origin: str | None


@dataclass(frozen=True, slots=True)
class OnPaper:
    """The pages about paper, as addresses below the tree: ``all`` shows every handout, ``composer`` puts a sheet together.

    An empty address: there is no such page. ``made`` says if the PDFs stand beside the pages.
    """

    all: str = ""
    composer: str = ""
    made: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A page before its text is written: all that `Page` has, with ``write`` in the place of the text."""

    uri: str
    title: str
    collection: Collection
    entry: Entry | None
    origin: str | None
    write: Callable[[], str]

    def page(self) -> Page:
        """Write the text."""
        return Page(self.uri, self.title, self.write(), self.collection, self.entry, self.origin)


def address(book: Book, id_: str) -> str:
    """Return the address of an entry, as ``folder/page.md`` or ``folder/page.md#anchor``."""
    home = book.home[id_]
    if home.pages == "each":
        return f"{home.name}/{id_}.md"
    if home.pages == "front":
        return f"{id_}/index.md"
    return f"{home.name}/index.md#{id_}"


def relative(target: str, folder: str) -> str:
    """Return ``target`` as seen from a page in ``folder``."""
    if not folder:
        return target
    return target[len(folder) + 1 :] if target.startswith(f"{folder}/") else "../" * (folder.count("/") + 1) + target


def built(uri: str, folder: str, *, as_folders: bool) -> str:
    """Return the address of the page built from ``uri``, as seen from the page built in ``folder``, for plain HTML."""
    path, mark, anchor = uri.partition("#")
    stem = path.removesuffix(".md")
    if as_folders:
        target = posixpath.dirname(stem) if posixpath.basename(stem) == "index" else stem
        return posixpath.relpath(target or ".", folder or ".") + "/" + mark + anchor
    return posixpath.relpath(f"{stem}.html", folder or ".") + mark + anchor


class Sheet:
    """A page while it is written: numbers its sources in the order of citing, links the first use of each word."""

    def __init__(
        self,
        book: Book,
        uri: str,
        entry: Entry | None,
        index: "_WordIndex",
        *,
        as_folders: bool = True,
        on_paper: OnPaper = OnPaper(),
    ) -> None:
        self.book, self.uri, self.entry, self.on_paper = book, uri, entry, on_paper
        self._as_folders = as_folders
        self._ids: dict[str, int] = {}
        self._folder, self._here = posixpath.dirname(uri), f"{uri}#"
        self._index = index
        self._explained: set[str] = {entry.id} if entry else set()
        self._cited: dict[str, int] = {}

    @property
    def cited(self) -> tuple[Entry, ...]:
        """The sources cited so far, in the order of their numbers."""
        return tuple(self.book.entries[id_] for id_ in self._cited)

    def href(self, id_: str) -> str:
        """Return the address of an entry as seen from this page."""
        target = address(self.book, id_)
        return target[len(self.uri) :] if target.startswith(self._here) else relative(target, self._folder)

    def url(self, id_: str) -> str:
        """Return the address of an entry's built page, for plain HTML, where Markdown rewrites no link."""
        return self.built_page(address(self.book, id_))

    def built_page(self, uri: str) -> str:
        """Return the built address of any page of the tree, for plain HTML."""
        stem = self.uri.removesuffix(".md")
        own_folder = self._as_folders and posixpath.basename(stem) != "index"
        folder = stem if own_folder else self._folder
        return built(uri, folder, as_folders=self._as_folders)

    def file(self, uri: str) -> str:
        """Return the address of a file that is no page, for plain HTML."""
        stem = self.uri.removesuffix(".md")
        own_folder = self._as_folders and posixpath.basename(stem) != "index"
        return posixpath.relpath(uri, (stem if own_folder else self._folder) or ".")

    def download(self, id_: str) -> Download | None:
        """Return what an entry or a collection has on paper, or None where no PDFs stand beside the pages."""
        return download(self.book, id_) if self.on_paper.made else None

    def downloads(self) -> tuple[Download, ...]:
        """Return what the whole book has on paper."""
        return tuple(downloads(self.book)) if self.on_paper.made else ()

    def fresh(self, stem: str) -> str:
        """Return an HTML id that begins with ``stem`` and that nothing else on the page has."""
        self._ids[stem] = count = self._ids.get(stem, 0) + 1
        return stem if count == 1 else f"{stem}-{count}"

    def page(self, uri: str) -> str:
        """Return the address of any page of the tree as seen from this page."""
        return relative(uri, self._folder)

    def link(self, id_: str) -> str:
        """Return a Markdown link to an entry, in the words of its title."""
        return f"[{self.book.entries[id_].title}]({self.href(id_)})"

    def prose(self, text: str) -> str:
        """Return an author's text with its links pointing to pages, and the first use of each defined word linked."""
        flat = " ".join(text.split()) if "\n" in text else text
        return prose.rewrite(flat, self._explain, self._target)

    def plain(self, text: str) -> str:
        """Return an author's text without links, for a title, an attribute or a description."""
        return prose.plain(text)

    def cite(self, ids: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of these sources on this page; a source gets its number where it is first cited."""
        return tuple(self._cited.setdefault(id_, len(self._cited) + 1) for id_ in ids)

    def in_order(self, ids: Iterable[str]) -> tuple[Entry, ...]:
        """Return the entries with these ids in reading order: no look at all the other entries of their collection."""
        entries = (self.book.entries[id_] for id_ in dict.fromkeys(ids))
        return tuple(sorted(entries, key=lambda entry: (entry.order, entry.title.casefold(), entry.id)))

    def groups(self) -> tuple[views.Group, ...]:
        """Return the entries related to this page's entry."""
        return views.groups(self.book, self.entry) if self.entry else ()

    def named_by(self, entry: Entry) -> tuple[Entry, ...]:
        """Return the entries that name ``entry`` other than by a relation."""
        return views.named_by(self.book, entry)

    def sayings(self, entry: Entry) -> tuple[views.Saying, ...]:
        """Return the entries that name ``entry`` in a claim, each with the words of that claim."""
        return views.sayings(self.book, entry)

    def _target(self, target: str) -> str:
        if prose.is_outer(target):
            return target
        self._explained.add(target)  # its page tells more than a second link to it would
        return self.href(target)

    def _explain(self, text: str) -> str:
        parts: list[str] = []
        end = 0
        for start, stop, id_ in self._index.find(text):
            if start >= end and id_ not in self._explained:
                self._explained.add(id_)
                parts += text[end:start], f"[{text[start:stop]}]({self.href(id_)})"
                end = stop
        return "".join((*parts, text[end:])) if parts else text


class _WordIndex:
    """Finds defined words in a text: a look-up by first word, so its cost does not grow with the glossary."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        for word, id_ in sorted(words, key=lambda pair: -len(pair[0])):
            first = _WORD.match(word)
            if first:
                self._by_first.setdefault(first[0], []).append((word, id_))

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, stop, id) of each defined word; the longest one that begins at a place wins."""
        low = text.casefold()
        if len(low) != len(text) or self._by_first.keys().isdisjoint(_WORD.findall(low)):
            return
        for match in _WORD.finditer(low):
            for word, id_ in self._by_first.get(match[0], ()):
                start, stop = match.start(), match.start() + len(word)
                if low.startswith(word, start) and not low[stop : stop + 1].isalnum():
                    yield start, stop, id_
                    break


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders the pages of one book."""

    book: Book
    desk: Desk
    environment: Environment
    index: _WordIndex
    as_folders: bool
    on_paper: OnPaper

    @classmethod
    def of(
        cls,
        desk: Desk,
        *,
        templates: FilePath | None = None,
        as_folders: bool = True,
        on_paper: OnPaper = OnPaper(),
    ) -> "Renderer":
        """Return a renderer of the book on ``desk``.

        ``templates`` is a folder whose templates come before our own; ``as_folders`` says if the site serves page.md as
        page/ or as page.html.
        """
        book = desk.book
        return cls(book, desk, _environment(templates), _WordIndex(book.words.items()), as_folders, on_paper)

    def on(self, desk: Desk) -> "Renderer":
        """Return a renderer of another book with the same templates, which need not be read again."""
        return replace(self, book=desk.book, desk=desk, index=_WordIndex(desk.book.words.items()))

    def pages(self) -> Iterator[Page]:
        """Yield every generated page: each collection's own page, then its entries' pages, in reading order."""
        return (draft.page() for draft in self.drafts())

    def drafts(self) -> Iterator[Draft]:
        """Yield the same pages, none of them written yet."""
        for collection in self.book.collections.values():
            entries = self.book.of[collection.name]
            if collection.pages in ("none", "front") or not entries:
                continue
            yield self._collection_draft(collection)
            if collection.pages == "each":
                yield from (self._entry_draft(collection, entry) for entry in entries)
        yield from self._moved_drafts()

    def fill(self, text: str, uri: str) -> tuple[str, tuple[Problem, ...]]:
        """Return a hand-written page with its markers filled, and the markers that mean nothing."""
        problems: list[Problem] = []
        sheet = self._sheet(uri, None)

        def part(match: re.Match[str]) -> str:
            name, word = match[1], match[2] or ""
            template = _find(self.environment, f"parts/{name}.md.j2")
            if template is None or not self._knows(name, word):
                line = text.count("\n", 0, match.start()) + 1
                problems.append(
                    Problem(
                        uri,
                        line,
                        1,
                        "unknown-part",
                        f"'{match[0].strip()}' names no part of the book",
                        "parts are those of generator/templates/parts, such as 'list causes'",
                    )
                )
                return ""
            return self._write(template, sheet, word=word, collection=self.book.collections.get(word))

        return MARKER.sub(part, text), tuple(problems)

    def _knows(self, part: str, word: str) -> bool:
        """Return whether ``word`` can follow ``part``: an entry's id where the part is called after a kind of entry."""
        if any(collection.noun == part for collection in self.book.collections.values()):
            return word in self.book.home and self.book.home[word].noun == part
        return not word or word in self.book.collections

    def _collection_draft(self, collection: Collection) -> Draft:
        uri = f"{collection.name}/index.md"
        words = self.book.entries.get(collection.name)

        def write() -> str:
            template = _first(self.environment, f"{collection.name}.index.md.j2", "index.md.j2")
            return self._write(template, self._sheet(uri, words), collection=collection, section=words)

        origin = self.book.origins[words.id].relative if words else None
        return Draft(uri, words.title if words else collection.heading, collection, None, origin, write)

    def _entry_draft(self, collection: Collection, entry: Entry) -> Draft:
        uri = f"{collection.name}/{entry.id}.md"

        def write() -> str:
            template = _first(self.environment, f"{collection.name}.md.j2", "entry.md.j2")
            return self._write(template, self._sheet(uri, entry), collection=collection, entry=entry)

        return Draft(uri, entry.title, collection, entry, self.book.origins[entry.id].relative, write)

    def _moved_drafts(self) -> Iterator[Draft]:
        for entry in self.book.entries.values():
            home = self.book.home[entry.id]
            for old in entry.formerly if home.pages == "each" else ():
                yield self._moved_draft(f"{home.name}/{old}.md", home, entry)
        for gone in self.book.retired.values():
            was_in = self.book.collections.get(gone.was_in)
            if was_in and was_in.pages == "each":
                target = self.book.entries.get(gone.to or "")
                yield self._gone_draft(f"{was_in.name}/{gone.id}.md", was_in, target)

    def _moved_draft(self, uri: str, home: Collection, entry: Entry) -> Draft:
        def write() -> str:
            return self._write(_first(self.environment, "moved.md.j2"), self._sheet(uri, None), entry=entry)

        return Draft(uri, entry.title, home, None, None, write)

    def _gone_draft(self, uri: str, was_in: Collection, target: Entry | None) -> Draft:
        def write() -> str:
            template = _first(self.environment, "gone.md.j2")
            return self._write(template, self._sheet(uri, None), entry=target, collection=was_in)

        return Draft(uri, "This page is gone", was_in, None, None, write)

    def _sheet(self, uri: str, entry: Entry | None) -> Sheet:
        return Sheet(self.book, uri, entry, self.index, as_folders=self.as_folders, on_paper=self.on_paper)

    def _write(self, template: Template, sheet: Sheet, **values: Any) -> str:
        text = template.render(sheet=sheet, book=self.book, desk=self.desk, **values)
        return _BLANK_LINES.sub("\n\n", text).strip() + "\n"


def _find(environment: Environment, name: str) -> Template | None:
    try:
        return environment.get_template(name)
    except TemplateNotFound:
        return None


def _first(environment: Environment, *names: str) -> Template:
    return environment.select_template(names)


def _environment(templates: FilePath | None) -> Environment:
    ours = PackageLoader("generator", "templates")
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(templates), ours]) if templates else ours,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        auto_reload=False,  # an environment lives for one build: no need to look at the files for each page
    )
    filters: dict[str, Callable[..., Any]] = {
        "attr_text": html.escape,
        "day": _day,
        "quoted": _quoted,
        # As filters, not as calls in the templates: Jinja wraps each call, and these are made a hundred times a page.
        "prose": lambda text, sheet: sheet.prose(text),
        "plain": lambda text, sheet: sheet.plain(text),
        "href": lambda id_, sheet: sheet.href(id_),
        "cited": lambda ids, sheet: sheet.cite(ids),
        "sheet_link": lambda id_, sheet: sheet.link(id_),
    }
    environment.filters.update(filters)
    environment.globals.update(pictures.DRAWN)
    environment.globals.update(CERTAINTIES=CERTAINTIES, KINDS=KINDS, RULES=RULES, INSTRUMENTS=scorecard.INSTRUMENTS)
    environment.globals.update(
        scorecard=scorecard.scorecard, ratings=scorecard.ratings, items=scorecard.ITEMS, sources_of=views.sources_of
    )
    return environment


def _day(value: Any) -> str:
    return f"{value.day} {value:%B %Y}"


def _quoted(text: str) -> str:
    """Return ``text`` as a double-quoted YAML scalar, for front matter."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
