"""A data file in; the line and column of any value inside it out, found again only when a problem needs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath

from generator import source
from generator.marks import Path


@dataclass(frozen=True, slots=True)
class Origin:
    """The file an entry was read from: ``file`` on disk, ``shown`` as messages name it, ``relative`` below ``data/``."""

    file: FilePath
    shown: str
    relative: str

    def place(self, path: Path, *, part: str = "", key: bool = False) -> tuple[int, int]:
        """Return line and column of the value at ``path`` (of its key if ``key``), or of ``part`` inside that value.

        The nearest enclosing place answers for a path that is not in the file.
        """
        text, found = _text_and_places(self.file, self.file.stat().st_mtime_ns)
        while path and path not in found:
            path, key = path[:-1], True
        key_place, value_place = found.get(path, (source.Place(1, 1), source.Place(1, 1)))
        offset = text.find(part, value_place.start, value_place.end) if part else -1
        if offset >= 0:
            return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
        chosen = key_place if key else value_place
        return chosen.line, chosen.column


@lru_cache(maxsize=64)
def _text_and_places(file: FilePath, _changed: int) -> tuple[str, Mapping[Path, tuple[source.Place, source.Place]]]:
    text, _ = source.decode(file.read_bytes(), "")
    return text, source.places(text)
