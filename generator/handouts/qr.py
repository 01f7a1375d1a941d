"""An address in; its QR code as SVG out, black on white, with its quiet zone."""

import io
from dataclasses import dataclass

import segno

WIDTH = 25.0
"""Millimetres of the code without its quiet zone (content guide 4.2)."""
QUIET = 4
"""Modules that stay white on each side."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: ``svg`` with its quiet zone, whose width ``quiet`` is in millimetres."""

    svg: str
    quiet: float


def code(address: str) -> Code:
    """Return the QR code of ``address``: at least level M, so that a copy of a copy with a stain can still be read."""
    made = segno.make(address, error="m", micro=False)
    out = io.BytesIO()
    made.save(out, kind="svg", border=QUIET, xmldecl=False, nl=False)
    return Code(out.getvalue().decode("utf-8"), WIDTH * QUIET / made.symbol_size(border=0)[0])


def target(address: str, version: str) -> str:
    """Return where the code of a sheet leads: to its page, which then says whether this version is the newest."""
    return f"{address}#paper-{version}" if version else address
