"""YAML text in; plain data out, and the place of every key and value on demand.

Only the core of YAML 1.2 is read: mappings, lists, text, numbers, true, false, null. Left out on purpose, each with its own
message: duplicate keys, anchors and aliases (they can explode, and ``*`` at the start of a text is mostly a slip), tags,
several documents, and plain words that other YAML readers take for something else (``no``, ``1:30``). The text is read as
a flat stream of events, so that no depth of nesting can exhaust the stack.
"""

import math
import re
from dataclasses import dataclass, field, replace
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from generator import syntax
from generator.marks import Path
from generator.problems import Fix, Problem

MAX_DEPTH = 20
"""Deeper nesting than any model has: beyond it the file is refused."""

_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_NUMBER_STARTS = frozenset("+-.0123456789")
_CONSTANTS = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_UNSURE_WORDS = frozenset(
    spelling for word in ("yes", "no", "on", "off", "y", "n") for spelling in (word, word.capitalize(), word.upper())
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BASE_60 = re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file: line and column count from 1, ``start`` and ``end`` are character offsets."""

    line: int
    column: int
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML file holds: dicts, tuples, text, numbers, booleans and None; ``None`` if it could not be read.

    There can be problems and data: what has two values, or is meant in two ways, is read in one of them.
    """

    data: Any
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Open:
    """A mapping or list that has begun and not ended."""

    items: Any
    path: Path
    start: Any
    key: str | None = None
    key_place: Place | None = None
    seen: dict[str, int] = field(default_factory=dict)


class RefusedError(Exception):
    """The text holds something that is valid YAML and not read here."""

    def __init__(self, mark: Any, rule: str, message: str, hint: str) -> None:
        self.mark, self.rule, self.message, self.hint = mark, rule, message, hint


def decode(raw: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a UTF-8 file, without a byte-order mark, or a problem at the first byte that is not UTF-8."""
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            line, column, message = 1, 1, "the file is stored as UTF-16 ('Unicode'), and UTF-8 is expected"
        else:
            before = raw[: error.start].decode("utf-8-sig", "replace")
            line, column = syntax.position(before, len(before))
            byte = raw[error.start : error.start + 1]
            guess = byte.decode("cp1252", "replace")
            letter = f" (perhaps '{guess}')" if guess.isprintable() and guess != "\ufffd" else ""
            message = f"a letter{letter} was saved in an old encoding (byte {byte.hex().upper()})"
        return "", (
            Problem(
                path, line, column, "not-utf8", message, "in your editor, save the file again with the encoding UTF-8"
            ),
        )


def read(text: str, path: str) -> Document:
    """Return the data that a YAML text holds, and every problem in reading it."""
    if syntax.has_rare(text) and (odd := syntax.odd_characters(path, text)):
        return Document(None, odd)
    problems: list[Problem] = []
    try:
        data = _build(text, path, problems, None)
    except RefusedError as refused:
        problems.append(syntax.at(path, refused.mark, refused.rule, refused.message, refused.hint))
    except yaml.MarkedYAMLError as error:
        values = [(place.start, place.end) for _, place in places(text).values()]
        problems.append(syntax.syntax_problem(path, text, error, values))
    except yaml.YAMLError:
        problems += syntax.odd_characters(path, text)
    else:
        if data is not None:
            return Document(data, tuple(problems))
        problems.append(
            Problem(
                path,
                1,
                1,
                "empty-file",
                "the file holds no entry: it is empty, or has comments alone",
                "write the entry, or delete the file",
            )
        )
    return Document(None, tuple(problems))


def places(text: str) -> dict[Path, tuple[Place, Place]]:
    """Return where each value of a readable text stands: path → (place of its key, place of the value itself).

    The key of a list item is the item itself. Reading places costs as much as reading the text again, so this is asked
    only for files that have a problem.
    """
    found: dict[Path, tuple[Place, Place]] = {}
    try:
        _build(text, "", [], found)
    except (RefusedError, yaml.YAMLError):
        return found
    return found


def _place(event: Any) -> Place:
    start, end = event.start_mark, event.end_mark
    return Place(start.line + 1, start.column + 1, start.index, end.index)


def _build(text: str, path: str, problems: list[Problem], found: dict[Path, tuple[Place, Place]] | None) -> Any:
    """Build the data from the events of ``text``; append problems that need not stop the reading; fill ``found``."""
    stack: list[_Open] = []
    root: Any = None
    documents = 0
    event: Any
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        kind = type(event)
        if kind is ScalarEvent:
            value: Any = event.value
            if event.anchor or event.tag:
                _refuse_anchor_or_tag(event)
            waiting_for_key = stack and type(stack[-1].items) is dict and stack[-1].key is None
            if waiting_for_key:
                pass
            elif event.implicit[0]:
                value = _plain_value(event, path, problems)
            elif event.style == '"' and (control := _CONTROL.search(value)):
                _refuse_control(event, control[0])
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor or event.tag:
                _refuse_anchor_or_tag(event)
            if stack and type(stack[-1].items) is dict and stack[-1].key is None:
                raise RefusedError(
                    event.start_mark,
                    "yaml-syntax",
                    "a key is a word, and this is a list or holds keys of its own",
                    "put quotes around a text that begins with a bracket or a '?'",
                )
            if len(stack) >= MAX_DEPTH:
                raise RefusedError(
                    event.start_mark,
                    "too-deep",
                    f"more than {MAX_DEPTH} levels inside each other",
                    "no entry needs so many: look for brackets or indents too many",
                )
            stack.append(_Open({} if kind is MappingStartEvent else [], _next_path(stack), event.start_mark))
            continue
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            done = stack.pop()
            value = done.items if kind is MappingEndEvent else tuple(done.items)
            if found is not None:
                start = done.start
                here = Place(start.line + 1, start.column + 1, start.index, event.end_mark.index)
                key = stack[-1].key_place if stack and type(stack[-1].items) is dict else None
                found[done.path] = (key or here, here)
            root = _store(stack, value, root, event, problems, path, None)
            continue
        elif kind is AliasEvent:
            raise RefusedError(
                event.start_mark,
                "yaml-alias",
                f"{syntax.shown('*' + event.anchor)} tells YAML to copy another part of the file, because of the '*'",
                "put quotes around the whole text, or write it out",
            )
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise RefusedError(
                    event.start_mark,
                    "yaml-syntax",
                    "the line '---' before this begins a second entry in the same file",
                    "take that line out, or move what follows to a file of its own",
                )
            continue
        else:
            continue
        root = _store(stack, value, root, event, problems, path, found)
    return root


def _next_path(stack: list[_Open]) -> Path:
    if not stack:
        return ()
    top = stack[-1]
    return (*top.path, top.key if type(top.items) is dict else len(top.items))  # type: ignore[arg-type]


def _store(
    stack: list[_Open],
    value: Any,
    root: Any,
    event: Any,
    problems: list[Problem],
    path: str,
    found: dict[Path, tuple[Place, Place]] | None,
) -> Any:
    """Put ``value`` where it belongs: as the root, a list item, a key, or the value of the waiting key."""
    if not stack:
        if found is not None:
            found[()] = (_place(event), _place(event))
        return value
    top = stack[-1]
    if type(top.items) is list:
        if found is not None:
            found[_next_path(stack)] = (_place(event), _place(event))
        top.items.append(value)
    elif top.key is None:
        top.key = value
        if found is not None:
            top.key_place = _place(event)
        if value in top.seen:
            problems.append(
                syntax.at(
                    path,
                    event.start_mark,
                    "duplicate-key",
                    f"the key {syntax.shown(value)} stands here a second time (first in line {top.seen[value]})",
                    "keep one of the two",
                )
            )
        else:
            top.seen[value] = event.start_mark.line + 1
    else:
        if found is not None:
            found[(*top.path, top.key)] = (top.key_place or _place(event), _place(event))
        top.items[top.key] = value
        top.key = None
    return root


def _plain_value(event: Any, path: str, problems: list[Problem]) -> Any:
    """Return what a plain (unquoted) scalar means in the core schema of YAML 1.2."""
    text: str = event.value
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text in _UNSURE_WORDS or (text[0] in _NUMBER_STARTS and _BASE_60.match(text)):
        clock = text not in _UNSURE_WORDS
        unsure = syntax.at(
            path,
            event.start_mark,
            "unsure-value",
            f"'{text}' without quotes is {'a number' if clock else 'true or false'} to some programs, and text to others",
            f'write "{text}" for the text, or {"a plain number" if clock else "true or false"}',
        )
        problems.append(replace(unsure, fix=Fix(text, f'"{text}"')))
        return text
    if text[0] in _NUMBER_STARTS:
        if _INT.match(text):
            return int(text) if len(text) < 19 else text
        if _FLOAT.match(text) and math.isfinite(number := float(text)):
            return number
    return text


def _refuse_control(event: Any, char: str) -> None:
    raise RefusedError(
        event.start_mark,
        "odd-character",
        f"a code with a backslash in this text makes a character that nobody can see (U+{ord(char):04X})",
        "take the code out, or put the text in single quotes if the backslash is meant",
    )


def _refuse_anchor_or_tag(event: Any) -> None:
    if event.tag:
        raise RefusedError(
            event.start_mark,
            "yaml-tag",
            f"{syntax.shown(event.tag.replace('tag:yaml.org,2002:', '!!'))} gives an order to YAML, because of the '!'",
            "put quotes around the whole text, or take the word that begins with '!' out",
        )
    raise RefusedError(
        event.start_mark,
        "yaml-alias",
        f"{syntax.shown('&' + event.anchor)} gives a name to a part of the file, because of the '&'",
        "put quotes around the whole text, or take that word out",
    )
