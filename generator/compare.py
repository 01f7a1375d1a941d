"""Two books with their pages in; which pages differ, and how a reader would notice, out. Pure: it reads and writes nothing.

Pages are compared as plain words, paragraph by paragraph. A claim is the same if its words are, or else if it stands at the
same place of its entry.
"""

import difflib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from markdown_it import MarkdownIt

from generator import prose, reading
from generator.checks.rule import Desk
from generator.checks.written import paragraphs
from generator.link import Book
from generator.marks import records
from generator.models import Collection, Entry, Relation
from generator.render import Page, address

Kind = Literal["new", "removed", "renamed", "changed"]
Sign = Literal[" ", "-", "+"]
Span = tuple[Sign, str]
"""Words that stayed, went or came."""

CONTEXT = 6
"""Words shown around a change inside a paragraph."""

_parser = MarkdownIt("commonmark").enable("table")
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page as it is compared: its plain ``paragraphs``, its ``links`` (as addresses below the site), its grade.

    ``own`` is what was written for this page: its entry, the entries that share it, or the text of a page written by hand.
    ``leads_to`` is the page to which an old address leads on, and empty for all others.
    """

    uri: str
    title: str
    paragraphs: tuple[str, ...]
    links: frozenset[str]
    grade: float | None
    own: object
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A book at one moment: its pages by address, and the claims of its entries by the page that shows them."""

    leaves: Mapping[str, Leaf]
    entries: Mapping[str, Entry]
    shown_on: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a claim rests on."""

    certainty: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimDiff:
    """A claim that came (``before`` is None), went (``after`` is None), or whose certainty or sources changed."""

    entry: str
    words: str
    before: Claimed | None
    after: Claimed | None


@dataclass(frozen=True, slots=True)
class PageDiff:
    """One page that differs. ``edited``: its own entry or file changed, and not only something that it shows.

    ``was`` is the address of a renamed page before. ``grades``: US school years before and after, where a page has one.
    """

    uri: str
    title: str
    kind: Kind
    edited: bool
    was: str
    paragraphs: tuple[tuple[Span, ...], ...]
    grades: tuple[float | None, float | None]
    links_gained: tuple[str, ...]
    links_lost: tuple[str, ...]
    claims: tuple[ClaimDiff, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """All that differs: pages whose own words were edited first. ``claims`` are those of entries without a page."""

    pages: tuple[PageDiff, ...]
    claims: tuple[ClaimDiff, ...]


def snapshot(desk: Desk, pages: Iterable[Page], written: Iterable[tuple[str, str, str]]) -> Snapshot:
    """Return the book on its desk as it is compared.

    ``written``: address, text as people wrote it, and text with the markers filled, of each page written by hand.
    """
    book = desk.book
    terms = frozenset(desk.terms)
    texts = {page.entry.id if page.entry else page.collection.name: page for page in desk.pages}
    leaves = {}
    for page in pages:
        moved = page.entry is None and not page.uri.endswith("/index.md")
        text = None if moved else texts.get(page.entry.id if page.entry else page.collection.name)
        grade = desk.levels(text)[1].grade if text and text.pieces else None
        links = _links(page.uri, page.text)
        leads_to = min(links, default="") if moved else ""
        own = page.entry or (book.entries.get(page.collection.name), _shared(book, page.collection))
        leaves[page.uri] = Leaf(page.uri, page.title, _plain(page.text), links, grade, own, leads_to)
    for uri, raw, text_ in written:
        words = [words for _, words in paragraphs(text_)]
        level = reading.levels(words, reading.syllables_of(words), light=terms)[1]
        title = re.search(r"^# (.+)$", text_, re.MULTILINE)
        grade = level.grade if level.words else None
        leaves[uri] = Leaf(uri, title[1] if title else uri, _plain(text_), _links(uri, text_), grade, raw)
    shown_on = {
        id_: address(book, id_).partition("#")[0] for id_, collection in book.home.items() if collection.pages != "none"
    }
    return Snapshot(leaves, book.entries, shown_on)


def _shared(book: Book, collection: Collection) -> tuple[Entry, ...]:
    return book.of[collection.name] if collection.pages == "shared" else ()


def compare(before: Snapshot, after: Snapshot) -> Diff:
    """Return what differs between two moments of a book."""
    claims = _claims(before, after)
    renamed = {leaf.leads_to: uri for uri, leaf in after.leaves.items() if leaf.leads_to and _is_entry(before, uri)}
    now = {old: new for new, old in renamed.items()}
    pages = []
    for uri in sorted({*before.leaves, *after.leaves} - set(renamed.values())):
        was = renamed.get(uri, uri)
        old, new = before.leaves.get(was), after.leaves.get(uri)
        if old is not None and renamed:
            old = replace(old, links=frozenset(now.get(link, link) for link in old.links))
        page = _page(old, new, claims.pop(uri, ()), renamed=was != uri)
        if page:
            pages.append(page)
    pages.sort(key=lambda page: (not page.edited, page.uri))
    return Diff(tuple(pages), tuple(claim for of in claims.values() for claim in of))


def _is_entry(snapshot: Snapshot, uri: str) -> bool:
    return uri in snapshot.leaves and isinstance(snapshot.leaves[uri].own, Entry)


def _page(old: Leaf | None, new: Leaf | None, claims: tuple[ClaimDiff, ...], *, renamed: bool) -> PageDiff | None:
    one = new or old
    assert one is not None
    kind: Kind = "renamed" if renamed else "new" if old is None else "removed" if new is None else "changed"
    words = _changes(old.paragraphs if old else (), new.paragraphs if new else ())
    links = old.links if old else frozenset(), new.links if new else frozenset()
    if kind == "changed" and not words and links[0] == links[1] and not claims:
        return None
    edited = kind != "changed" or (old is not None and old.own != one.own)
    return PageDiff(
        one.uri,
        one.title,
        kind,
        edited,
        old.uri if renamed and old else "",
        words,
        (_rounded(old), _rounded(new)),
        tuple(sorted(links[1] - links[0])),
        tuple(sorted(links[0] - links[1])),
        claims,
    )


def _rounded(leaf: Leaf | None) -> float | None:
    return None if leaf is None or leaf.grade is None else round(leaf.grade, 1)


def _plain(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a page of Markdown as plain words, headings and cells of tables among them."""
    found = []
    for token in _parser.parse(_FRONT.sub("", text)):
        if token.type in ("inline", "html_block"):
            words = prose.plain(_TAG.sub(" ", _DRAWING.sub(" ", token.content)))
            if words := " ".join(words.split()):
                found.append(words)
    return tuple(found)


def _links(uri: str, text: str) -> frozenset[str]:
    targets = {match[2] for match in prose.LINK.finditer(text)}
    return frozenset(target if prose.is_outer(target) else _resolved(uri, target) for target in targets)


def _resolved(uri: str, target: str) -> str:
    path, mark, anchor = target.partition("#")
    folder = posixpath.dirname(uri)
    return (posixpath.normpath(posixpath.join(folder, path)) if path else uri) + mark + anchor


def _changes(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[Span, ...], ...]:
    """Return the paragraphs that differ, each as spans of words; a pair that stands at the same place is compared."""
    found: list[tuple[Span, ...]] = []
    for op, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            continue
        gone, come = old[a:b], new[c:d]
        both = min(len(gone), len(come))
        for left, right in zip(gone[:both], come[:both], strict=True):
            found.append(_words(left, right))
        found += ((("-", one),) for one in gone[both:])
        found += ((("+", one),) for one in come[both:])
    return tuple(found)


def _words(left: str, right: str) -> tuple[Span, ...]:
    matcher = difflib.SequenceMatcher(None, old := left.split(), new := right.split(), autojunk=False)
    if matcher.ratio() < 0.3:
        return (("-", left), ("+", right))
    spans: list[Span] = []
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            spans.append((" ", " ".join(old[a:b])))
            continue
        if a < b:
            spans.append(("-", " ".join(old[a:b])))
        if c < d:
            spans.append(("+", " ".join(new[c:d])))
    last = len(spans) - 1
    return tuple(
        (sign, _short(words, before=number > 0, after=number < last) if sign == " " else words)
        for number, (sign, words) in enumerate(spans)
    )


def _short(words: str, *, before: bool, after: bool) -> str:
    """Return the words that stand next to a change: after the one ``before``, and before the one ``after``."""
    parts = words.split()
    if len(parts) <= (before + after) * CONTEXT:
        return words
    head = " ".join(parts[:CONTEXT]) + " " if before else ""
    tail = " " + " ".join(parts[-CONTEXT:]) if after else ""
    return f"{head}…{tail}"


def _claims(before: Snapshot, after: Snapshot) -> dict[str, tuple[ClaimDiff, ...]]:
    """Return the claims that differ: address of the page that shows them, or nothing → those of its entries."""
    found: dict[str, list[ClaimDiff]] = {}
    now = {old: entry.id for entry in after.entries.values() for old in entry.formerly}
    was = {new: old for old, new in now.items() if old in before.entries}
    gone = before.entries.keys() - after.entries.keys() - set(was.values())
    for id_ in (*after.entries, *sorted(gone)):
        old, new = before.entries.get(was.get(id_, id_)), after.entries.get(id_)
        if old is new or old == new:
            continue
        page = after.shown_on.get(id_, before.shown_on.get(id_, ""))
        found.setdefault(page, []).extend(_of_entry(id_, _said(old), _said(new)))
    return {page: tuple(of) for page, of in found.items() if of}


_Said = dict[tuple[Any, ...], tuple[str, Claimed]]
"""Place of a claim in its entry → its words, and what it rests on."""


def _said(entry: Entry | None) -> _Said:
    if entry is None:
        return {}
    return {
        path: (_words_of(record), Claimed(str(record.certainty), tuple(getattr(record, "sources", ()))))  # type: ignore[attr-defined]
        for path, record in records(entry)
        if getattr(record, "certainty", None)
    }


def _words_of(record: Any) -> str:
    if isinstance(record, Relation):
        return f"{record.kind} {record.to}"
    parts = (getattr(record, name, "") for name in ("name", "text", "benefit"))
    return prose.plain(" ".join(": ".join(part for part in parts if part).split())) or type(record).__name__


def _of_entry(id_: str, old: _Said, new: _Said) -> Iterable[ClaimDiff]:
    pairs: list[tuple[tuple[str, Claimed] | None, tuple[str, Claimed] | None]] = []
    left, right = dict(old), dict(new)
    for path, said in new.items():
        same = next((one for one, other in left.items() if other[0] == said[0]), None)
        if same is not None:
            pairs.append((left.pop(same), right.pop(path)))
    for path in [path for path in right if path in left]:
        pairs.append((left.pop(path), right.pop(path)))
    pairs += ((said, None) for said in left.values())
    pairs += ((None, said) for said in right.values())
    for before, after in pairs:
        if (before and before[1]) != (after and after[1]):
            words = (after or before or ("",))[0]
            yield ClaimDiff(id_, words, before[1] if before else None, after[1] if after else None)
