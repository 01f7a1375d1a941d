"""Pages and a MkDocs configuration in; a folder that stock MkDocs builds without our plugin out.

The folder keeps a list of the files that were written into it, with a fingerprint of each. Only those files are ever
replaced or deleted: whatever else lies there, or was changed by hand since, makes the whole call stop before it writes.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path as FilePath
from typing import Any

from generator.problems import Problem, ProblemsFound

MANIFEST = ".causebook.json"


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of ``content`` as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def write_tree(out: FilePath, files: Mapping[str, bytes], *, protected: Iterable[FilePath]) -> int:
    """Write ``files`` (address below ``out`` → content) and return how many changed; files no longer named are deleted.

    Raises `ProblemsFound`, with nothing written, if ``out`` is inside a ``protected`` folder or holds one, if a file
    in the way was not written by us or has changed since, or if the folder cannot be written.
    """
    shown = out.as_posix()
    try:
        return _write_tree(out, shown, files, tuple(protected))
    except OSError as error:
        raise _refusal(
            shown, f"cannot be written: {error.strerror or error}", "name a folder you may write to"
        ) from None


def replace_all(changes: Mapping[FilePath, str | None]) -> None:
    """Write every text into its file, and delete the files whose text is None: all of it, or nothing.

    A byte-order mark at the start of a file stays. Raises `ProblemsFound` if a file cannot be written; then all are as before.
    """
    before = {file: file.read_bytes() if file.exists() else None for file in changes}
    mark = b"\xef\xbb\xbf"
    try:
        for file, text in changes.items():
            if text is None:
                file.unlink()
            else:
                had = before[file] or b""
                _write(file, (mark if had.startswith(mark) else b"") + text.encode())
    except OSError as error:
        for file, content in before.items():
            if content is None:
                file.unlink(missing_ok=True)
            elif not file.exists() or file.read_bytes() != content:
                file.write_bytes(content)
        where = FilePath(error.filename or ".").as_posix()
        message = f"cannot be written: {error.strerror or error}; nothing was changed"
        raise ProblemsFound([Problem(where, 1, 1, "unreadable", message, "look at its access rights")]) from None


def _write_tree(out: FilePath, shown: str, files: Mapping[str, bytes], protected: tuple[FilePath, ...]) -> int:
    target = out.resolve()
    for folder in protected:
        if target.is_relative_to(folder.resolve()) or folder.resolve().is_relative_to(target):
            raise _refusal(
                shown,
                f"'{folder.as_posix()}' holds what people write, and nothing is generated there",
                "name another folder",
            )
    if target.exists() and not target.is_dir():
        raise _refusal(shown, "this is a file, and a folder is expected", "name another folder")
    ours = _read_manifest(target)
    if foreign := _foreign(target, {*files, *ours}, ours):
        raise ProblemsFound(
            Problem(f"{shown}/{name}", 1, 1, "not-ours", message, "move it away, or name another folder")
            for name, message in foreign.items()
        )
    return _replace(target, files, ours)


def _foreign(target: FilePath, names: Iterable[str], ours: Mapping[str, str]) -> dict[str, str]:
    """Return what lies in the way and is not as we wrote it: address below ``target`` → what it is."""
    found = {}
    for name in sorted(names):
        for parent in FilePath(name).parents:
            if (target / parent).exists() and not (target / parent).is_dir():
                found[parent.as_posix()] = "a folder is expected here, and this file was not written by us"
        if (target / name).exists() and _unlike(target / name, ours.get(name)):
            changed = name in ours
            found[name] = "this file was changed since it was written" if changed else "this file was not written by us"
    return found


def _refusal(shown: str, message: str, hint: str) -> ProblemsFound:
    return ProblemsFound([Problem(shown, 1, 1, "output-folder", message, hint)])


def _read_manifest(target: FilePath) -> dict[str, str]:
    file = target / MANIFEST
    if not file.is_file():
        return {}
    try:
        known: Any = json.loads(file.read_text(encoding="utf-8"))["files"]
        return {str(name): str(mark) for name, mark in known.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _unlike(file: FilePath, mark: str | None) -> bool:
    return mark is None or not file.is_file() or fingerprint(file.read_bytes()) != mark


def _replace(target: FilePath, files: Mapping[str, bytes], ours: Mapping[str, str]) -> int:
    marks = {name: fingerprint(content) for name, content in files.items()}
    changed = [name for name, mark in marks.items() if ours.get(name) != mark or not (target / name).exists()]
    target.mkdir(parents=True, exist_ok=True)
    for name in changed:
        _write(target / name, files[name])
    for name in ours.keys() - marks.keys():
        (target / name).unlink(missing_ok=True)
    _write(target / MANIFEST, json.dumps({"files": dict(sorted(marks.items()))}, indent=1).encode())
    return len(changed)


def _write(file: FilePath, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    part.write_bytes(content)
    part.replace(file)
