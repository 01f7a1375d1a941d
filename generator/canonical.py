"""A YAML text and its model in; the same data in one order and one style out, with every comment kept.

The order is that of the models (`models.written_order`). A text is broken into lines of at most `WIDTH`, and stands quotes where every YAML reader takes it for text. A list or a record that was written in brackets stays so, on
one line, and so do ids inside a record (``sources: [smith2020]``); folded texts (``>-``) stay folded.

This is our own writer, because the comment that belongs to a key has to move with it: ruamel.yaml ties a comment to the
key before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Annotated, Any, get_args, get_origin

import yaml
from pydantic import BaseModel, StringConstraints
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from generator import source
from generator.marks import Ref
from generator.models import written_order
from generator.problems import Problem
from generator.rephrase import inner_model

WIDTH = 110
"""A text is broken into lines of at most so many characters."""

_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE)
_SURELY_PLAIN = re.compile(r"[A-Za-z][A-Za-z]*[A-Za-z.,;'()/% -]* [A-Za-z.,;'()/%-]*[A-Za-z.)]\Z")
_resolver: Any = yaml.SafeLoader("")


@dataclass(slots=True)
class _Node:
    """A value: ``items`` is None for a scalar; ``key`` of the items is None in a list. ``foot``: comments after the last."""

    start: Any
    end: int
    value: str = ""
    style: str = ""
    items: "list[_Item] | None" = None
    mapping: bool = False
    flow: bool = False
    foot: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    """A key with its value, or an item of a list: what a comment can belong to. ``head``: lines above it; "" is blank."""

    start: Any
    holder: _Node
    above: "_Item | None"
    key: "_Node | None" = None
    node: _Node | None = None
    head: list[str] = field(default_factory=list)
    side: str = ""


def formatted(text: str, shown: str, model: type[BaseModel]) -> tuple[str, tuple[Problem, ...]]:
    """Return ``text`` in canonical order and style; as it was, with problems, where it cannot be read without doubt."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    before = source.read(text, shown)
    if before.problems or not isinstance(before.data, dict):
        problems = before.problems or (
            Problem(shown, 1, 1, "wrong-type", "this file is no list of keys", "begin the lines with 'id: ' and so on"),
        )
        return text, problems
    root, items, spans = _tree(text)
    top = _hang_comments(text, root, items, spans)
    lines = [*top, *_block(root, 0, model, False), *_comment_lines(root.foot, 0)]
    made = "\n".join(lines).strip("\n") + "\n"
    if source.read(made, shown).data != before.data:
        raise AssertionError(f"the style of {shown} cannot be changed without changing its meaning")
    return made, ()


def scalar(value: str) -> str:
    """Return a text as it is written in a file: without quotes where every reader takes it for text."""
    return value if _means_text(value) and _is_plain(value, False) else _quoted(value)


def _tree(text: str) -> tuple[_Node, list[_Item], list[tuple[int, int]]]:
    """Return the root, every item in the order of the text, and the spans of scalars (of their bodies, if in blocks)."""
    open_: list[_Node] = []
    owners: list[_Item | None] = [None]
    items: list[_Item] = []
    spans: list[tuple[int, int]] = []
    waiting: _Item | None = None
    root: _Node | None = None
    begins: Any
    ends: Any
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        begins, ends = event.start_mark, event.end_mark
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            done = open_.pop()
            done.end = ends.index
            owners.pop()
            continue
        if isinstance(event, ScalarEvent):
            node = _Node(begins, ends.index, event.value, event.style or "")
            begin = begins.index
            if node.style in ("|", ">"):  # a comment may stand after the sign
                begin = text.find("\n", begin)
            spans.append((begin, node.end))
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            node = _Node(begins, 0, items=[], mapping=isinstance(event, MappingStartEvent))
            node.flow = bool(event.flow_style)
        else:
            continue
        owner = owners[-1]
        if not open_:
            root = node
        elif waiting is not None:
            waiting.node, owner, waiting = node, waiting, None
        else:
            item = _Item(begins, open_[-1], owners[-1])
            open_[-1].items.append(item)  # type: ignore[union-attr]
            items.append(item)
            owner = item
            if open_[-1].mapping:
                item.key, waiting = node, item
            else:
                item.node = node
        if node.items is not None:
            open_.append(node)
            owners.append(owner)
    assert root is not None
    return root, items, spans


def _hang_comments(text: str, root: _Node, items: list[_Item], spans: list[tuple[int, int]]) -> list[str]:
    """Hang every comment and blank line on the item it belongs to; return the lines that open the file."""
    comments = [match for begin, end in _gaps(text, spans) for match in _COMMENT.finditer(text, begin, end)]
    for item in items:
        for node in (item.holder, item.node):
            if node and node.flow and any(node.start.index < one.start() < node.end for one in comments):
                node.flow = False
    seen = [item for item in items if not _inside_flow(item)]
    own_line: dict[int, str] = {}
    for match in comments:
        line_start = text.rfind("\n", 0, match.start()) + 1
        if text[line_start : match.start()].strip():
            owner = next((item for item in reversed(seen) if item.start.index < match.start()), None)
            if owner is not None:
                owner.side = f"{owner.side} {match[0].rstrip()}".strip()
        else:
            own_line[line_start] = match[0].rstrip()
    top: list[str] = []
    pending = False
    position = 0
    for line in text.split("\n"):
        inside = any(begin < position <= end for begin, end in spans) if not line.strip() else False
        if position in own_line:
            comment, column = own_line[position], len(line) - len(line.lstrip(" "))
            lines = _place(position, column, root, seen, top)
            lines += ["", comment] if pending and (lines or lines is not top) else [comment]
            pending = False
        elif not line.strip():
            pending = not inside and position > 0
        elif pending:
            begins = next((one for one in seen if position <= one.start.index < position + len(line) + 1), None)
            if begins is seen[0] and top:
                top.append("")
            elif begins is not None and begins is not seen[0]:
                begins.head.append("")
            pending = False
        position += len(line) + 1
    return top


def _place(position: int, column: int, root: _Node, seen: list[_Item], top: list[str]) -> list[str]:
    """Return the list of lines that a comment on a line of its own belongs to."""
    after = next((item for item in seen if item.start.index > position), None)
    before = next((item for item in reversed(seen) if item.start.index < position), None)
    if before is None:
        return top
    if after is None or column > after.holder.start.column:
        limit = -1 if after is None else after.holder.start.column
        above: _Item | None = before
        while above is not None:
            outer = above.above
            # A list may stand in the column of its key: then what follows both belongs to the keys.
            same = outer is not None and outer.holder.start.column == above.holder.start.column
            if limit < above.holder.start.column <= column and not same:
                return above.holder.foot
            above = outer
        if after is None:
            return root.foot
    return after.head


def _gaps(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last = 0
    for begin, end in spans:
        yield last, begin
        last = max(last, end)
    yield last, len(text)


def _inside_flow(item: _Item | None) -> bool:
    while item is not None:
        if item.holder.flow:
            return True
        item = item.above
    return False


def _block(node: _Node, indent: int, model: type[BaseModel] | None, ids: bool) -> list[str]:
    """Return the lines of a mapping or list in block style."""
    lines: list[str] = []
    for item in _ordered(node, model):
        inner, inner_ids, machine = _type_of(model, item.key.value) if item.key is not None else (model, ids, False)
        lines += _comment_lines(item.head, indent)
        lines += _item(item, indent, inner, ids=inner_ids, machine=machine)
        if item.node is not None and item.node.items is not None and not item.node.flow:
            lines += _comment_lines(item.node.foot, indent + 2)
    return lines


def _item(item: _Item, indent: int, model: type[BaseModel] | None, *, ids: bool, machine: bool) -> list[str]:
    node, side = item.node, f" {item.side}" if item.side else ""
    assert node is not None
    lead = f"{_key(item.key)}:" if item.key is not None else "-"
    start = " " * indent + lead
    if node.items is None:
        return _scalar_lines(node, start, indent + 2, side, machine=machine)
    if not node.items:
        return [f"{start} {'{}' if node.mapping else '[]'}{side}"]
    short = ids and indent > 0 and not node.mapping and not any(one.head or one.side for one in node.items)
    if (node.flow or short) and not node.foot:
        return [f"{start} {_flow(node, model)}{side}"]
    if item.key is not None:
        return [start + side, *_block(node, indent + 2, model, ids)]
    first = _ordered(node, model)[0]
    head, first.head = first.head, []
    lines = _block(node, indent + 2, model, ids)
    if side:  # nothing can stand between the dash and the key
        head = [*head, item.side]
    return [*_comment_lines(head, indent), f"{start} {lines[0][indent + 2 :]}", *lines[1:]]


def _ordered(node: _Node, model: type[BaseModel] | None) -> list[_Item]:
    items = node.items or []
    if not node.mapping or model is None:
        return items
    order = {name: place for place, name in enumerate(written_order(model))}
    return sorted(items, key=lambda one: order.get(one.key.value if one.key else "", len(order)))


def _flow(node: _Node, model: type[BaseModel] | None) -> str:
    if node.items is None:
        return _written(node, in_flow=True)
    parts = []
    for item in _ordered(node, model):
        assert item.node is not None
        inner = _type_of(model, item.key.value)[0] if item.key is not None else model
        value = _flow(item.node, inner)
        parts.append(f"{_key(item.key)}: {value}".rstrip() if item.key is not None else value)
    return f"{{{', '.join(parts)}}}" if node.mapping else f"[{', '.join(parts)}]"


def _key(key: _Node | None) -> str:
    return _written(key, in_flow=True) if key is not None else ""


def _scalar_lines(node: _Node, start: str, indent: int, side: str, *, machine: bool) -> list[str]:
    """Return the lines of a scalar after its key or dash; continuation lines begin at ``indent``."""
    value = node.value
    if node.style == ">" and "\n" not in (body := value.removesuffix("\n")) and body.strip(" ") == body and body:
        sign = ">" if value.endswith("\n") else ">-"
        return [f"{start} {sign}{side}", *_wrapped(" " * indent, body, indent)]
    if node.style == "|" and _fits_literal(value):
        sign = "|" if value.endswith("\n") else "|-"
        return [f"{start} {sign}{side}", *((" " * indent + one).rstrip() for one in value.rstrip("\n").split("\n"))]
    written = _written(node, in_flow=False)
    if not written:
        return [start + side]
    if machine or "\\" in written:
        return [f"{start} {written}{side}"]
    *lines, last = _wrapped(f"{start} ", written, indent)
    return [*lines, last + side]


def _fits_literal(value: str) -> bool:
    lines = value.removesuffix("\n").split("\n")
    return bool(lines[0].strip()) and bool(lines[-1].strip()) and all(one == one.strip() for one in lines)


def _wrapped(start: str, text: str, indent: int) -> list[str]:
    """Return ``text`` broken at single spaces into lines of at most `WIDTH` where its words allow it."""
    lines, line, empty = [], start, True
    for word in re.split(r"(?<! ) (?! )", text):
        if not empty and len(line) + 1 + len(word) > WIDTH:
            lines.append(line)
            line, empty = " " * indent, True
        line, empty = f"{line}{'' if empty else ' '}{word}", False
    return [*lines, line]


def _written(node: _Node, *, in_flow: bool) -> str:
    value = node.value
    if not node.style and "\n" not in value and (not in_flow or not value or _is_plain(value, True)):
        return value  # numbers, true, false, days and plain words stay as they are
    if node.style and _means_text(value) and _is_plain(value, in_flow):
        return value
    if not node.style and _is_plain(value, in_flow):
        return value
    return _quoted(value)


@cache
def _means_text(value: str) -> bool:
    """Return whether every YAML reader takes the plain ``value`` for text."""
    if _SURELY_PLAIN.match(value):
        return True
    resolved = _resolver.resolve(yaml.ScalarNode, value, (True, False))
    problems = source.read(f"- {value}\n", "") if value and "\n" not in value else None
    return resolved == "tag:yaml.org,2002:str" and problems is not None and problems.data == (value,)


@lru_cache(maxsize=50_000)
def _is_plain(value: str, in_flow: bool) -> bool:
    """Return whether ``value`` can be written without quotes."""
    if _SURELY_PLAIN.match(value) and (not in_flow or "," not in value):
        return True
    if not value or value != value.strip() or "\n" in value or not value.isprintable():
        return False
    try:
        # Between neighbours, so that nothing in it can reach beyond its own end.
        text = f"[a, {value}, b]" if in_flow else f"k: {value}\nl: b"
        read = [event.value for event in yaml.parse(text, Loader=yaml.CSafeLoader) if isinstance(event, ScalarEvent)]
    except yaml.YAMLError:
        return False
    return read == (["a", value, "b"] if in_flow else ["k", value, "l", "b"])


def _quoted(value: str) -> str:
    odd = any(not char.isprintable() for char in value)
    if odd:
        made = yaml.dump(value, default_style='"', allow_unicode=True, width=10**9)
        return str(made).strip()
    if ('"' in value or "\\" in value) and "'" not in value:
        return f"'{value}'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if "\\" not in value else "'" + value.replace("'", "''") + "'"


def _comment_lines(lines: list[str], indent: int) -> list[str]:
    return [" " * indent + line if line else "" for line in lines]


@cache
def _type_of(model: type[BaseModel] | None, name: str) -> tuple[type[BaseModel] | None, bool, bool]:
    """Return, of a field: the model of the records in it; whether it is a list of ids; whether it is no prose to fold."""
    info = model.model_fields.get(name) if model else None
    if info is None:
        return None, False, False
    annotation = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    return inner_model(info.annotation), _is_ids(annotation), any(_patterns(annotation))


def _is_ids(annotation: Any) -> bool:
    if get_origin(annotation) is tuple:
        item = get_args(annotation)[0]
        return get_origin(item) is Annotated and any(isinstance(mark, Ref) for mark in get_args(item)[1:])
    return any(_is_ids(one) for one in get_args(annotation) if get_args(one))


def _patterns(annotation: Any) -> Iterator[str]:
    for one in get_args(annotation):
        if isinstance(one, StringConstraints) and one.pattern:
            yield str(one.pattern)
        pattern = getattr(one, "pattern", None)
        if isinstance(pattern, str):
            yield pattern
        yield from _patterns(one)
