"""A data file in; the line and column of any value inside it out, found again only when a problem needs it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path as FilePath

from generator import source, syntax
from generator.marks import Path


@dataclass(frozen=True, slots=True)
class Origin:
    """The file an entry was read from: ``file`` on disk, ``shown`` as messages name it, ``relative`` below ``data/``."""

    file: FilePath
    shown: str
    relative: str

    def place(self, path: Path, *, part: str = "", skip: int = 0, nth: int = 0, key: bool = False) -> tuple[int, int]:
        """Return line and column of the value at ``path`` (of its key if ``key``), or of ``part`` inside that value.

        ``nth`` counts equal parts of one value from 0; ``skip`` characters of the part are passed over. The nearest
        enclosing place answers for a path that is not in the file.
        """
        text, found = self.read()
        while path and path not in found:
            path, key = path[:-1], True
        key_place, value_place = found.get(path, (source.Place(1, 1), source.Place(1, 1)))
        offset = _find(text, value_place, part, nth)
        if offset is not None:
            return syntax.position(text, offset + skip)
        chosen = key_place if key else value_place
        return chosen.line, chosen.column

    def has(self, path: Path) -> bool:
        """Return whether something stands at ``path`` in the file."""
        return path in self.read()[1]

    def written(self, path: Path) -> str:
        """Return the value at ``path`` as it is written in the file, quotes included, or nothing if it is not there."""
        text, found = self.read()
        return text[found[path][1].start : found[path][1].end].rstrip() if path in found else ""

    def read(self) -> tuple[str, Mapping[Path, tuple[source.Place, source.Place]]]:
        """Return the text of the file, and where each value stands in it: path → (place of its key, its own place)."""
        try:
            return _text_and_places(self.file, self.file.stat().st_mtime_ns)
        except OSError:  # the file was deleted after it was read
            return "", {}


def _find(text: str, place: source.Place, part: str, nth: int) -> int | None:
    """Return where ``part`` stands in a value; a space in it stands for a folded line end too."""
    if not part:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, part.split())))
    return next((found.start() for found in islice(pattern.finditer(text, place.start, place.end), nth, None)), None)


@lru_cache(maxsize=64)
def _text_and_places(file: FilePath, _changed: int) -> tuple[str, Mapping[Path, tuple[source.Place, source.Place]]]:
    text, _ = source.decode(file.read_bytes(), "")
    return text, source.places(text)
