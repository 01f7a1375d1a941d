"""A book and an entry in; everything its sheet of paper says out, as plain sentences that its web page says too."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.handouts.fit import HIGH, heights
from generator.handouts.places import Places, places
from generator.handouts.sheet import Group, Handout, Level
from generator.link import Book
from generator.models import (
    Action,
    BookInfo,
    Cause,
    Claim,
    Collection,
    Entry,
    HelpLevel,
    PageEntry,
    Source,
    WarningSign,
)
from generator.prose import spoken

MOST: Mapping[str, int] = MappingProxyType(
    {"also_called": 4, "key_points": 3, "do": 5, "do_not": 3, "back_to_activity": 3}
)
"""How many items of each list a sheet holds at most (content guide 4.2)."""
LEAST: Mapping[str, int] = MappingProxyType(
    {"also_called": 2, "key_points": 1, "do": 3, "do_not": 2, "back_to_activity": 1}
)
"""How many of them stay however long the texts are."""
YIELD = ("also_called", "key_points", "back_to_activity", "do", "do_not")
"""Which list gives its last item first, where the texts are long: the page has them all."""

NOT_REVIEWED = "Not yet reviewed by a clinician"
NO_SIGN = "All signs are on the page"
IN_DOUBT = "If you are worried, or it gets worse, that is reason enough to be seen."


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages are: ``address`` with "/" at its end, or nothing; ``as_folders`` says if page.md is served as page/."""

    address: str = ""
    as_folders: bool = True

    def page(self, name: str) -> str:
        """Return the address of a page, or nothing where the site has none."""
        if not self.address:
            return ""
        return f"{self.address}{name}/" if self.as_folders else f"{self.address}{name}.html"


NOWHERE = Site()


def handouts(book: Book, site: Site = NOWHERE, *, ids: Iterable[str] = ()) -> Iterator[Handout]:
    """Yield the handout of every entry that has one, in reading order, or of ``ids`` alone."""
    wanted = frozenset(ids)
    for collection in book.collections.values():
        if collection.handout == "all" and book.of[collection.name] and (not wanted or collection.name in wanted):
            yield signs(book, collection, site)
        for entry in book.of[collection.name] if collection.handout == "each" else ():
            if isinstance(entry, Cause) and (not wanted or entry.id in wanted):
                yield handout(book, entry, site)


def handout(book: Book, entry: Cause, site: Site = NOWHERE) -> Handout:
    """Return what the sheet of ``entry`` says: of each list what its author says, else as much as fits."""
    said: dict[str, int] = entry.on_paper.model_dump(exclude_none=True) if entry.on_paper else {}
    counts = {name: min(said.get(name, most), len(getattr(entry, name))) for name, most in MOST.items()}
    least = {name: counts[name] if name in said else min(count, counts[name]) for name, count in LEAST.items()}
    drawn = places(book, entry.sounds_like.where.areas)
    address = site.page(f"{book.home[entry.id].name}/{entry.id}")
    while True:
        one = _written(book, entry, counts, drawn, address)
        name = max(YIELD, key=lambda name: (counts[name] - least[name], -YIELD.index(name)))
        if counts[name] <= least[name] or heights(one).all <= HIGH:
            return one
        counts[name] -= 1


def _written(book: Book, entry: Cause, counts: Mapping[str, int], drawn: tuple[Places, ...], address: str) -> Handout:
    info = book_info(book)
    points, do = entry.key_points[: counts["key_points"]], entry.do[: counts["do"]]
    do_not, again = entry.do_not[: counts["do_not"]], entry.back_to_activity[: counts["back_to_activity"]]
    claims: tuple[Claim | Action, ...] = (entry.main_message, *points, *do, *do_not, *again)
    return Handout(
        id=entry.id,
        title=entry.title,
        names=entry.also_called[: counts["also_called"]],
        main=spoken(entry.main_message.text),
        points=tuple(spoken(one.text) for one in points),
        do=tuple(spoken(one.text) for one in do),
        do_not=tuple(spoken(one.text) for one in do_not),
        again=tuple(spoken(one.text) for one in again),
        activity=info.activity,
        levels=levels(book, entry.get_help, every=True),
        in_doubt=IN_DOUBT,
        places=drawn,
        about=about(entry, info),
        disclaimer=spoken(info.disclaimer),
        sources=_sources(book, (id_ for one in claims for id_ in one.sources)),
        version=entry.version,
        day=newest(entry),
        address=address,
    )


def signs(book: Book, collection: Collection, site: Site = NOWHERE) -> Handout:
    """Return what the sheet of all warning signs says. It takes two sides: no sign is left out."""
    info, entries = book_info(book), book.of[collection.name]
    words = book.entries.get(collection.name)
    day = max(newest(entry) for of in book.of.values() for entry in of)
    found = tuple(one for one in entries if isinstance(one, WarningSign))
    return Handout(
        id=collection.name,
        title=words.title if words else collection.heading,
        names=(),
        main="",
        points=(),
        do=(),
        do_not=(),
        again=(),
        activity=info.activity,
        levels=levels(book, (one.id for one in found), grouped=True),
        in_doubt=IN_DOUBT,
        places=(),
        about=(NOT_REVIEWED,),
        disclaimer=spoken(info.disclaimer),
        sources=(),
        version="",
        day=day,
        address=site.page(collection.name if site.as_folders else f"{collection.name}/index"),
        sides=2,
    )


def newest(entry: Entry) -> datetime.date:
    """Return the newest day that an entry names as one on which it was written, changed, checked or reviewed."""
    if not isinstance(entry, PageEntry):
        return datetime.date(2000, 1, 1)
    days = (entry.published, entry.updated, entry.checked)
    return max(*days, *(one.date for one in entry.reviewers), *(one.date for one in entry.changes))


def day_text(value: datetime.date) -> str:
    """Return a day as readers see it: 22 November 2026."""
    return f"{value.day} {value:%B %Y}"


def book_info(book: Book) -> BookInfo:
    """Return what holds for the whole book."""
    info = book.singles["book"]
    assert isinstance(info, BookInfo)
    return info


def levels(book: Book, ids: Iterable[str], *, grouped: bool = False, every: bool = False) -> tuple[Level, ...]:
    """Return the levels of help with those of the warning signs ``ids`` that belong there, the most urgent first.

    With ``every``, a level without a sign says so.
    """
    entries = [one for one in (book.entries[id_] for id_ in ids) if isinstance(one, WarningSign)]
    entries.sort(key=lambda one: (one.order, one.title.casefold(), one.id))
    found = []
    known = [one for of in book.of.values() for one in of if isinstance(one, HelpLevel)]
    for rank, level in enumerate(known):
        mine = [one for one in entries if one.level == level.id]
        headings = dict.fromkeys(one.group for one in mine) if grouped else ("",)
        groups = tuple(
            Group(heading, tuple(spoken(one.notice) for one in mine if heading in ("", one.group)))
            for heading in headings
        )
        if mine:
            note = level.note if grouped and level.note else ""
            found.append(Level(rank, level.short, spoken(level.call), groups, spoken(note)))
        elif every:
            all_signs = next((one for one in book.collections.values() if one.handout == "all"), None)
            words = book.entries.get(all_signs.name) if all_signs else None
            said = (
                spoken(level.none_here)
                if level.none_here
                else f"{NO_SIGN} {words.title if words else 'Warning signs'}."
            )
            found.append(Level(rank, level.short, said, (), ""))
    return tuple(found)


def about(entry: PageEntry, info: BookInfo) -> tuple[str, ...]:
    """Return who reviewed and wrote an entry, how old it is, and under which licence it stands."""
    return (*_reviews(entry), *_dates(entry), _written_by(entry, info), f"Licence of the text: {info.licence}")


def _reviews(entry: PageEntry) -> Iterator[str]:
    for one in entry.reviewers:
        role = f"{one.role}, {one.credentials}" if one.credentials else one.role
        yield f"Reviewed by {one.name}, {role}, on {day_text(one.date)} ({one.scope})"
    if not entry.reviewers:
        yield NOT_REVIEWED


def _dates(entry: PageEntry) -> Iterator[str]:
    yield f"Evidence last checked on {day_text(entry.checked)}; next check due by {day_text(entry.review_due)}"
    yield f"Version {entry.version}"


def _written_by(entry: PageEntry, info: BookInfo) -> str:
    return f"Written by {', '.join(one.name for one in entry.authors or info.authors)}"


def _sources(book: Book, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the sources by name of the first author and year, as papers name them; the page has them in full."""
    found = []
    for id_ in dict.fromkeys(ids):
        source = book.entries[id_]
        if isinstance(source, Source):
            name = source.authors[0]
            name = name.rsplit(" ", 1)[0] if name.rpartition(" ")[2].isupper() and name.count(" ") <= 2 else name
            found.append(f"{name} {source.year}" if source.year else name)
    return tuple(found)
