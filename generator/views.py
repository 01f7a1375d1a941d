"""A book and one of its entries in; what stands around that entry out: its neighbours by kind, and what names it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from generator.link import Book, Mention
from generator.models import Collection, Entry, Relation, Source
from generator.relations import KINDS, Stance, phrase


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An entry related to the one in view; ``outward`` where the relation is written in the entry in view."""

    entry: Entry
    relation: Relation
    outward: bool

    @property
    def phrase(self) -> str:
        """The verb phrase, worded by its certainty."""
        return phrase(self.relation.kind, self.relation.certainty)


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours of one collection that stand in one list. A list of links never holds a link that is none."""

    collection: Collection
    stance: Stance
    neighbours: tuple[Neighbour, ...]


def relation_of(mention: Mention) -> Relation | None:
    """Return the relation that a mention is, or None if it is a citation or a link in prose."""
    record = mention.record
    if isinstance(record, Relation) and not mention.in_prose and record.to == mention.target.id:
        return record
    return None


def groups(book: Book, entry: Entry) -> tuple[Group, ...]:
    """Return the neighbours of ``entry``, plain links first, each list in the order of the collections and entries."""
    found: dict[tuple[str, Stance], list[Neighbour]] = defaultdict(list)
    for mention in chain(book.outgoing.get(entry.id, ()), book.incoming.get(entry.id, ())):
        if relation := relation_of(mention):
            outward = mention.source is entry
            other = mention.target if outward else mention.source
            if book.home[other.id].pages != "none":
                place = book.home[other.id].name, KINDS[relation.kind].stance
                found[place].append(Neighbour(other, relation, outward))
    stances: tuple[Stance, ...] = ("link", "no-effect", "contested")
    return tuple(
        Group(collection, stance, tuple(sorted(found[name, stance], key=lambda one: one.entry.order)))
        for stance in stances
        for name, collection in book.collections.items()
        if (name, stance) in found
    )


def named_by(book: Book, entry: Entry) -> tuple[Entry, ...]:
    """Return the entries that name ``entry`` in any other way than by a relation, each once, in reading order."""
    incoming = book.incoming.get(entry.id, ())
    related = {
        (mention.target if mention.source is entry else mention.source).id
        for mention in chain(book.outgoing.get(entry.id, ()) if incoming else (), incoming)
        if relation_of(mention)
    }
    ids = {mention.source.id for mention in incoming} - related
    ids = {id_ for id_ in ids if book.home[id_].pages != "none"}
    return tuple(_in_order(book, ids)) if ids else ()


def sources_of(book: Book, entry: Entry) -> tuple[Source, ...]:
    """Return the sources that ``entry`` cites, each once, in the order of citing."""
    targets = {mention.target.id: mention.target for mention in book.outgoing.get(entry.id, ())}
    return tuple(target for target in targets.values() if isinstance(target, Source))


@dataclass(frozen=True, slots=True)
class Saying:
    """What an entry says of another: the words of the record in which it names it."""

    entry: Entry
    text: str


def sayings(book: Book, entry: Entry) -> tuple[Saying, ...]:
    """Return what the entries that name ``entry`` in a record with a text say there, each once, in reading order."""
    found = {
        mention.source.id: text
        for mention in book.incoming.get(entry.id, ())
        if not mention.in_prose and isinstance(text := getattr(mention.record, "text", None), str)
    }
    return tuple(Saying(one, found[one.id]) for one in _in_order(book, found))


def _in_order(book: Book, ids: Iterable[str]) -> list[Entry]:
    order = {name: position for position, name in enumerate(book.collections)}
    return sorted(
        (book.entries[id_] for id_ in ids),
        key=lambda one: (order[book.home[one.id].name], one.order, one.title),
    )
