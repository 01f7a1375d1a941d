"""A folder of things made before, each named by a fingerprint of what it was made from."""

import os
import time
from dataclasses import dataclass
from pathlib import Path as FilePath

DAYS = 30
"""What nobody has asked for in so many days is deleted."""


@dataclass(frozen=True, slots=True)
class FolderStore:
    """Keeps contents as files in ``folder``, which is made when the first is kept. Builds beside each other may share it."""

    folder: FilePath

    def get(self, key: str) -> bytes | None:
        """Return what was kept under ``key``, and note that somebody asked."""
        file = self.folder / key
        try:
            content = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep ``content`` under ``key``; a folder that cannot be written is no reason to stop."""
        part = self.folder / f"{key}.{os.getpid()}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content)
            part.replace(self.folder / key)
        except OSError:
            return

    def sweep(self) -> None:
        """Delete what nobody has asked for in `DAYS` days."""
        old = time.time() - DAYS * 86_400
        for file in self.folder.glob("*"):
            try:
                if file.stat().st_mtime < old:
                    file.unlink()
            except OSError:
                continue
