"""A book and its pages in; the files of its search index out: one small core, and many parts of which a query needs few.

Ranking is lexical and fixed. How much a word counts for an entry is decided here, by where it stands: title, other names,
what people type, first sentence, body. The browser adds up (``overrides/assets/javascripts/search-engine.js``).
Every file is a script that calls ``causebookIndex(name, value)``, so that it loads from ``file://`` too.
"""

import hashlib
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator import prose
from generator.language import Language
from generator.link import Book
from generator.marks import Defines, Names, Prose, marked_values
from generator.models import Entry, Relation, SearchWords
from generator.render import address

TITLE, NAME, VOCABULARY, FIRST, BODY = 26.0, 24.0, 7.0, 4.0, 1.3
"""What one place counts. A title or name counts in full if all of its words are typed."""
OWN = 12
"""Lines of a page about this site from which on each counts less: a long one has every word somewhere."""
LONE, OFTEN = 0.4, 5
"""What a word counts that stands in one of very many names; and in which part of them (1 in 5) it stands if it counts in full.
Else the entry with the most phrases would have every word."""
FAINT, TELLING = 0.4, 1.4
"""What the rarity of a word is multiplied with: a faint one says little about a subject, a telling one is the subject."""
HEAVIEST = 63
PART = 8_000
"""Characters of a part. Small enough that ten of them load at once on a slow phone."""
WHOLE = 40_000
"""Up to this size everything of a kind goes into one part: fewer requests for a small book."""
LONGEST_LIST = 400
"""Entries kept for a word, the heaviest first; bounds the cost of a common word in a large book."""
KNOWN = 6_000
"""Words against which misspellings are compared, wherever they begin: those of titles and names, the commonest first."""
LINES, LINE = 6, 160
"""Lines of an entry that results can show, and the length of one in characters."""


@dataclass(slots=True)
class Document:
    """One thing that search finds: ``address`` as in `render.address`, names as people read or type them, its texts."""

    address: str
    title: str
    kind: str
    sought: float = 1.0
    plain: float = 1.0
    names: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


Files = Mapping[str, str]
"""Name of a file, without folder → its text."""


def index(book: Book, written: Iterable[tuple[str, str]], url: Callable[[str], str]) -> Files:
    """Return the index. ``written``: address and text of each page written by hand; ``url``: address → link from the top."""
    lists = [entry for of in book.of.values() for entry in of if isinstance(entry, SearchWords)]
    language = Language.of(lists)
    documents = [*_entries(book, lists), *_pages(written)]
    weights, names = _weights(documents, language)
    core, parts = _parts(documents, weights, names, url, language)
    place = {document.address: number for number, document in enumerate(documents)}
    pinned = next((one.when_urgent for one in lists if one.when_urgent), None)
    core |= {
        "urgent": [_set(language, words) for one in lists for words in one.urgent],
        "careful": [_set(language, words) for one in lists for words in one.careful],
        "pinned": place.get(address(book, pinned), -1) if pinned else -1,
        "otherwise": [place[address(book, id_)] for one in lists for id_ in one.otherwise],
    }
    return {"core.js": _script("core", core), **parts}


def _set(language: Language, words: str) -> str:
    return " ".join(dict.fromkeys(language.terms(words)))


def version(files: Files) -> str:
    """Return a name for this state of the index: an index that changed never mixes with one that a browser has kept."""
    return hashlib.sha256("".join(files.values()).encode()).hexdigest()[:10]


def _entries(book: Book, lists: Iterable[SearchWords]) -> Iterator[Document]:
    leads: dict[str, list[str]] = defaultdict(list)
    for lead in (lead for one in lists for lead in one.leads):
        leads[lead.to] += lead.words
    for name, collection in book.collections.items():
        for entry in book.of[name] if collection.pages != "none" else ():
            if collection.pages == "front" and not book.of[entry.id]:
                continue
            document = Document(
                address(book, entry.id),
                entry.title,
                collection.noun.capitalize(),
                collection.sought,
                hidden=leads[entry.id],
            )
            for marked in marked_values(entry):
                if isinstance(marked.mark, Names | Defines) and marked.value != entry.title:
                    document.names.append(marked.value)
                elif isinstance(marked.mark, Prose):
                    document.texts.append(prose.LINK.sub(r"\1", " ".join(marked.value.split())))
            document.near = list(_near(book, entry))
            yield document


def _near(book: Book, entry: Entry) -> Iterator[str]:
    """Yield the title and names of each entry that describes ``entry``: the words of its vocabulary."""
    for mention in book.outgoing.get(entry.id, ()):
        if not mention.in_prose and not isinstance(mention.record, Relation) and mention.record is not entry:
            if book.home[mention.target.id].pages != "shared":
                continue
            names = [marked.value for marked in marked_values(mention.target) if isinstance(marked.mark, Names)]
            if names:
                yield from (mention.target.title, *names)


def _pages(written: Iterable[tuple[str, str]]) -> Iterator[Document]:
    for uri, text in written:
        front = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
        body = text[front.end() :] if front else text
        lines = [line.strip() for line in re.sub(r"<[^>]*>", "", body).splitlines()]
        heads = [line.lstrip("# ") for line in lines if line.startswith("#")]
        texts = [prose.LINK.sub(r"\1", line.lstrip("-# ")) for line in lines if line and not line.startswith("|")]
        if heads:
            yield Document(uri, heads[0], "Page", 0.8, min(1.0, OWN / len(texts)), near=heads[1:], texts=texts[1:])


def _weights(
    documents: Iterable[Document], language: Language
) -> tuple[Mapping[str, list[tuple[int, int]]], Counter[str]]:
    """Return word → (document, weight) by document; and the words of titles and names with the number of their uses."""
    lists: dict[str, list[tuple[int, int]]] = defaultdict(list)
    known: Counter[str] = Counter()
    for number, document in enumerate(documents):
        weights: dict[str, float] = defaultdict(float)
        for value, texts in (
            (TITLE, (document.title,)),
            (NAME, (*document.names, *document.hidden)),
            (VOCABULARY, document.near),
        ):
            best: dict[str, float] = {}
            uses: Counter[str] = Counter()
            for text in texts:
                terms = set(language.terms(text))
                uses.update(terms)
                for term in terms:
                    best[term] = max(best.get(term, 0.0), value / math.sqrt(len(terms)))
                if value != VOCABULARY:
                    known.update(language.stems(text))
            for term, weight in best.items():
                weight *= LONE + (1 - LONE) * min(1.0, OFTEN * uses[term] / len(texts))
                weights[term] = max(weights[term], weight) + min(weights[term], weight) / 4
        for position, text in enumerate(document.texts):
            for term in set(language.terms(text)):
                weights[term] += document.plain * (FIRST if position == 0 else BODY / (1 + weights[term] / 8))
        for term, weight in weights.items():
            lists[term].append((number, max(1, min(HEAVIEST, round(weight * document.sought)))))
    return lists, known


def _parts(
    documents: list[Document],
    lists: Mapping[str, list[tuple[int, int]]],
    known: Counter[str],
    url: Callable[[str], str],
    language: Language,
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the core's directory of all parts, and the parts: ``t0.js`` ... lists of words, ``d0.js`` ... documents."""
    rows = {term: _row(entries, len(documents), language.tells(term)) for term, entries in sorted(lists.items())}
    kinds = list(dict.fromkeys(document.kind for document in documents))
    shown = [
        [
            document.title,
            url(document.address),
            kinds.index(document.kind),
            document.names + document.hidden,
            len(document.names),
            [_short(text) for text in document.texts[:LINES]],
        ]
        for document in documents
    ]
    terms = _split(rows.items())
    shelves = _split(shown)
    for word in language.same:
        known.update(word.split())
    words = sorted(word for word, _ in sorted(known.items(), key=lambda pair: (-pair[1], pair[0]))[:KNOWN])
    core = {
        "documents": len(documents),
        "kinds": kinds,
        "ignore": " ".join(sorted(language.ignore)),
        "whole": " ".join(sorted(language.whole)),
        "faint": " ".join(sorted(language.faint)),
        "same": [f"{words}={' '.join(other)}" for words, other in language.same.items()],
        "words": " ".join(words),
        "rare": "".join(_letter(rows[word][0]) if word in rows else "!" for word in words),
        "terms": " ".join(part[0][0] for part in terms),
        "shelves": [sum(map(len, shelves[:number])) for number in range(len(shelves))],
    }
    files = {f"t{number}.js": _script(f"t{number}", dict(part)) for number, part in enumerate(terms)}
    files |= {f"d{number}.js": _script(f"d{number}", part) for number, part in enumerate(shelves)}
    return core, files


def _row(entries: list[tuple[int, int]], total: int, tells: int = 0) -> list[int]:
    """Return ten times the rarity of a word (less if it tells little, more if it names the subject), then document (as the step from the one before) and weight in turn."""
    rarity = round(10 * (1, TELLING, FAINT)[tells] * math.log(1 + total / (0.5 + len(entries))))
    row, before = [rarity], 0
    for number, weight in sorted(sorted(entries, key=lambda pair: -pair[1])[:LONGEST_LIST]):
        row += number - before, weight
        before = number
    return row


def _letter(rarity: int) -> str:
    return chr(ord("0") + min(rarity // 2, 60))


def _short(text: str) -> str:
    return text if len(text) <= LINE else text[:LINE].rsplit(" ", 1)[0] + " …"


def _split(items: Iterable[Any]) -> list[list[Any]]:
    """Return ``items`` in parts of about `PART` characters, or in one if they are few."""
    sized = [(item, len(_json(item))) for item in items]
    limit = PART if sum(size for _, size in sized) > WHOLE else WHOLE
    parts: list[list[Any]] = [[]]
    room = limit
    for item, size in sized:
        if size > room and parts[-1]:
            parts.append([])
            room = limit
        parts[-1].append(item)
        room -= size
    return parts


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _script(name: str, value: Any) -> str:
    return f"causebookIndex({_json(name)},{_json(value)});\n"
