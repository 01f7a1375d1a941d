"""A book and an id to change in; the new texts of all files that name it out, each changed at the exact places alone.

What stands around those places, comments and line breaks included, stays as it is. Each new text is read again, and has to say
what the old one said but for that id; otherwise nothing is given back.
"""

import datetime
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any

from generator import source
from generator.edits import Edit, apply
from generator.link import Book
from generator.load import Loaded
from generator.marks import Path, Prose, Ref, marked_values
from generator.models import Entry, Retired, written_order
from generator.origin import Origin
from generator.render import MARKER, address, relative
from generator.rephrase import did_you_mean
from generator.reserved import Refused, free_id

Changes = Mapping[FilePath, str | None]
"""File → its new text; None: it is deleted."""

RETIRED_HEAD = """\
# Ids whose entries were deleted. Nobody uses them again, and their addresses lead on. 'causebook retire' writes this file.
id: {name}
title: Retired ids
ids:
"""
_TARGET = re.compile(r"(?:\]\(\s*<?|href=\"|^\[[^\]]+\]:\s*)([^()\s\"<>]+)", re.MULTILINE)


def renamed(loaded: Loaded, book: Book, old: str, new: str, content: Mapping[FilePath, tuple[str, str]]) -> Changes:
    """Return the files as they are when the entry ``old`` is called ``new``.

    ``content`` holds the pages written by hand: file → (its address below the content folder, its text). Raises `Refused`.
    """
    entry = _entry(loaded, book, old)
    free_id(loaded, new)
    changes: dict[FilePath, str | None] = dict(_moved(book, entry, old, new, None))
    origin = book.origins[old]
    text = changes.pop(origin.file, None) or origin.read()[0]
    text = _with_former(_with_id(text, new), entry, old, origin.shown)
    changes[origin.file] = None
    changes[origin.file.with_name(f"{new}.yaml")] = text
    to = address(book, old).replace(old, new) if old in book.home else ""
    changes |= _moved_content(book, old, to, content, keep_anchor=True, id_=new)
    return changes


def retired(
    loaded: Loaded,
    book: Book,
    old: str,
    other: str | None,
    content: Mapping[FilePath, tuple[str, str]],
    today: datetime.date,
) -> Changes:
    """Return the files as they are when the entry ``old`` is gone and ``other`` stands in its place. Raises `Refused`."""
    entry = _entry(loaded, book, old)
    if other is not None:
        if other == old:
            raise Refused(f"'{old}' cannot lead to itself: name another entry after --to")
        if other not in book.entries:
            raise Refused(_unknown(book, other))
        if book.home[other].pages == "none":
            raise Refused(f"'{other}' has no page to lead to: name another entry after --to")
    named = [book.origins[one.source.id].shown for one in book.incoming.get(old, ())]
    changes: dict[FilePath, str | None] = dict(_moved(book, entry, old, other, entry)) if other else {}
    in_content = _moved_content(book, old, address(book, other) if other else "", content, keep_anchor=False, id_=other)
    if other is None and (named or in_content):
        places = [*dict.fromkeys(named), *(file.as_posix() for file in in_content)]
        listed = "".join(f"\n  {place}" for place in places)
        raise Refused(
            f"'{old}' is still named in these files: take it out, or let another entry stand in with --to:{listed}"
        )
    changes |= in_content
    origin = book.origins[old]
    changes[origin.file] = None
    file, text = _record_file(loaded, changes)
    records = "".join(
        f"  - id: {id_}\n    was_in: {book.home[old].name}\n{f'    to: {other}' + chr(10) if other else ''}    since: {today}\n"
        for id_ in (old, *entry.formerly)
    )
    changes[file] = f"{text.rstrip()}\n{records}"
    return changes


def _entry(loaded: Loaded, book: Book, old: str) -> Entry:
    if old not in book.entries:
        if old in loaded.broken:
            raise Refused(f"the file of '{old}' has mistakes: mend them first, 'causebook check' names them")
        raise Refused(_unknown(book, old))
    home = book.home[old]
    if home.single or home.pages == "front":
        raise Refused(f"the {home.noun} '{old}' is called after what it belongs to: its name cannot change")
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    for (_, stem), origin in loaded.origins.items():
        if stem not in book.entries and word.search(origin.read()[0]):
            raise Refused(
                f"{origin.shown} has mistakes and names '{old}': mend it first, 'causebook check {stem}' helps"
            )
    return book.entries[old]


def _unknown(book: Book, id_: str) -> str:
    hint = did_you_mean(id_, book.entries) or "an id is the name of a file in data/, without .yaml"
    return f"there is no '{id_}' in this book: {hint}"


def _moved(book: Book, entry: Entry, old: str, new: str | None, gone: Entry | None) -> Iterator[tuple[FilePath, str]]:
    """Yield each file that names ``old`` with ``new`` in its place; that of the entry ``gone`` is left out."""
    ids = dict.fromkeys(one.source.id for one in book.incoming.get(entry.id, ()))
    for id_ in ids:
        if gone is None or id_ != gone.id:
            origin = book.origins[id_]
            yield origin.file, _with_references(book.entries[id_], origin, old, new or "")


def _with_references(entry: Entry, origin: Origin, old: str, new: str) -> str:
    text, found = origin.read()
    edits: set[Edit] = set()
    wanted = source.read(text, origin.shown).data
    link = re.compile(rf"(?<=\]\(){re.escape(old)}(?=\))")
    dropped: list[Path] = []
    for marked in marked_values(entry):
        start, end = found[marked.path][1].start, found[marked.path][1].end
        if isinstance(marked.mark, Ref) and marked.value == old:
            if isinstance(marked.path[-1], int) and new in _at(wanted, marked.path[:-1]):
                dropped.append(marked.path)
                edits.add(_without_item(text, start, start + len(text[start:end].rstrip())))
                continue
            at = text.index(old, start, end)
            edits.add(Edit(at, at + len(old), new))
            wanted = _with(wanted, marked.path, new)
        elif isinstance(marked.mark, Prose) and f"]({old})" in marked.value:
            edits |= {Edit(one.start(), one.end(), new) for one in link.finditer(text, start, end)}
            wanted = _with(wanted, marked.path, _at(wanted, marked.path).replace(f"]({old})", f"]({new})"))
    for path in reversed(dropped):
        items = _at(wanted, path[:-1])
        wanted = _with(wanted, path[:-1], (*items[: path[-1]], *items[path[-1] + 1 :]))  # type: ignore[operator]
    made = apply(text, edits)
    _same(made, wanted, origin.shown, old)
    return made


def _without_item(text: str, start: int, end: int) -> Edit:
    """Return the edit that takes one item out of a list that has others."""
    line_start = text.rfind("\n", 0, start) + 1
    if re.fullmatch(r" *- *", text[line_start:start]):
        line_end = text.find("\n", end)
        return Edit(line_start, len(text) if line_end < 0 else line_end + 1, "")
    after = re.compile(r"\s*,\s*").match(text, end)
    if after:
        return Edit(start, after.end(), "")
    before = re.search(r",\s*\Z", text[:start])
    return Edit(before.start() if before else start, end, "")


def _with_id(text: str, new: str) -> str:
    place = source.places(text)[("id",)][1]
    written = text[place.start : place.end].rstrip()
    return text[: place.start] + new + text[place.start + len(written) :]


def _with_former(text: str, entry: Entry, old: str, shown: str) -> str:
    """Return the text of an entry in which ``old`` stands last under 'formerly'."""
    wanted = {**source.read(text, shown).data}
    found = source.places(text)
    former = wanted.get("formerly")
    wanted["formerly"] = (*(former or ()), old)
    newline = "\r\n" if "\r\n" in text else "\n"
    if former:
        place = found[("formerly", len(former) - 1)][1]
        end = place.start + len(text[place.start : place.end].rstrip())
        if text[found[("formerly",)][1].start] == "[":
            made = f"{text[:end]}, {old}{text[end:]}"
        else:
            indent = " " * (found[("formerly",)][1].column - 1)
            made = _after_line(text, end, f"{indent}- {old}", newline)
    elif former is not None:
        place = found[("formerly",)][1]
        made = f"{text[: place.start]}[{old}]{text[place.end :]}"
    else:
        order = written_order(type(entry))
        before = [(name,) for name in order[: order.index("formerly")] if (name,) in found]
        place = max((found[path][1] for path in before), key=lambda one: one.end)
        end = place.start + len(text[place.start : place.end].rstrip())
        made = _after_line(text, end, f"formerly: [{old}]", newline)
    _same(made, wanted, shown, old)
    return made


def _after_line(text: str, position: int, line: str, newline: str) -> str:
    end = text.find("\n", position)
    if end < 0:
        return f"{text}{newline}{line}{newline}"
    return f"{text[: end + 1]}{line}{newline}{text[end + 1 :]}"


def _same(made: str, wanted: Any, shown: str, old: str) -> None:
    if source.read(made, shown).data != wanted:
        raise Refused(f"'{old}' cannot be changed safely in {shown}: run 'causebook fmt {shown}', and try again")


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _with(data: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(data, dict):
        return {**data, first: _with(data[first], rest, value)}
    return tuple(_with(one, rest, value) if place == first else one for place, one in enumerate(data))


def _record_file(loaded: Loaded, changes: Mapping[FilePath, str | None]) -> tuple[FilePath, str]:
    """Return the file of the retired ids and its text; a new text if there is none yet."""
    name = next(one.name for one in loaded.collections if one.model is Retired)
    origin = loaded.origins.get((name, name))
    if origin is None:
        return FilePath(loaded.root) / f"{name}.yaml", RETIRED_HEAD.format(name=name)
    text = changes.get(origin.file) or origin.read()[0]
    if not (source.read(text, "").data or {}).get("ids"):
        raise Refused(f"{origin.shown} lists no id: delete it, and try again")
    return origin.file, text


def _moved_content(
    book: Book, old: str, to: str, content: Mapping[FilePath, tuple[str, str]], *, keep_anchor: bool, id_: str | None
) -> dict[FilePath, str]:
    """Return the pages written by hand that name ``old``, with ``to`` in its place: an address with no anchor, or with one."""
    home = book.home[old]
    here, _, own_anchor = address(book, old).partition("#")
    there, _, new_anchor = to.partition("#")
    changed = {}
    for file, (uri, text) in content.items():
        folder = posixpath.dirname(uri)
        edits = []
        for match in _TARGET.finditer(text):
            target, _, anchor = match[1].partition("#")
            page = posixpath.normpath(posixpath.join(folder, target)) if target else uri
            if ":" in target or page not in (here, here.removesuffix(".md")) or (own_anchor and anchor != own_anchor):
                continue
            as_folder = not target.endswith(".md")
            new = relative(there, folder)
            new = new.removesuffix(".md") + ("/" if target.endswith("/") else "") if as_folder else new
            anchor = new_anchor or (anchor if keep_anchor and not own_anchor else "")
            edits.append(Edit(match.start(1), match.end(1), f"{new}#{anchor}" if anchor else new))
        for match in MARKER.finditer(text):
            if match[1] == home.noun and match[2] == old and id_:
                edits.append(Edit(match.start(2), match.end(2), id_))
        if edits:
            changed[file] = apply(text, edits)
    return changed
