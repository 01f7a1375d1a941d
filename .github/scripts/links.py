"""Folders of YAML and Markdown in; a Markdown list of addresses that lead nowhere out, or nothing.

Usage: links.py FOLDER... [--excused FILE]

Only an answer that says "gone" counts: 404, 410, a DOI that was never given out, a host that does not exist. An answer that says
"no robots" (403, 429), a fault of theirs (5xx) and no answer in time are told on stderr and open no issue. A paper
is asked for where DOIs are kept, never at its publisher. Standard library only: nothing is installed.
"""

import argparse
import re
import socket
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit

DOI_RECORD = "https://doi.org/api/handles/"
AGENT = "Mozilla/5.0 (compatible; causebook-links; weekly)"
SECONDS, PAUSE, TRIES = 20, 1.0, 2

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\]]+")
_DOI = re.compile(r"^\s*doi:\s*[\"']?(10\.\d{4,9}/[^\s\"']+)", re.M)

Places = dict[str, list[str]]
"""Address → where it stands, as "file:line"."""


def addresses(folders: Iterable[Path]) -> Places:
    """Return every address in the folders. A DOI becomes the address of its record."""
    found: Places = defaultdict(list)
    for file in sorted(file for folder in folders for file in folder.rglob("*") if file.suffix in (".yaml", ".md")):
        text = file.read_text(encoding="utf-8")
        for address, start in _in_text(text):
            found[address].append(f"{file.as_posix()}:{text.count(chr(10), 0, start) + 1}")
    return dict(found)


def _in_text(text: str) -> Iterator[tuple[str, int]]:
    for match in _DOI.finditer(text):
        yield DOI_RECORD + quote(match[1]), match.start(1)
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(".,;:!?*")
        while address.endswith(")") and address.count("(") < address.count(")"):
            address = address[:-1].rstrip(".,;:!?*")
        yield address.partition("#")[0], match.start()


def excused(text: str) -> dict[str, str]:
    """Return host → reason, of lines "host: reason". Raises ValueError for a line with no reason."""
    hosts = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            host, _, reason = line.partition(":")
            if not reason.strip():
                raise ValueError(f"'{line}' gives no reason")
            hosts[host.strip()] = reason.strip()
    return hosts


def judge(address: str) -> tuple[str, str]:
    """Return "fine", "gone" or "unsure", and what the host answered."""
    verdict = "unsure", "not asked"
    for attempt in range(TRIES):
        time.sleep(PAUSE * attempt)
        request = urllib.request.Request(address, headers={"User-Agent": AGENT, "Accept": "*/*"})
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return "fine", str(answer.status)
        except urllib.error.HTTPError as error:
            verdict = ("gone" if error.code in (404, 410) else "unsure"), f"answers {error.code}"
        except urllib.error.URLError as error:
            unknown = isinstance(error.reason, socket.gaierror) and error.reason.errno == socket.EAI_NONAME
            verdict = ("gone" if unknown else "unsure"), "no such host" if unknown else str(error.reason)
        except (OSError, ValueError) as error:
            verdict = "unsure", str(error) or type(error).__name__
    return verdict


def _host(addresses: list[str]) -> list[tuple[str, tuple[str, str]]]:
    """Ask one host for one address after the other."""
    verdicts = []
    for address in addresses:
        verdicts.append((address, judge(address)))
        time.sleep(PAUSE)
    return verdicts


def look(places: Places, excuses: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return address → verdict, of every address whose host is not excused."""
    hosts = defaultdict(list)
    for address in places:
        host = urlsplit(address).hostname or ""
        if host not in excuses:
            hosts[host].append(address)
    with ThreadPoolExecutor(8) as pool:
        return dict(one for verdicts in pool.map(_host, hosts.values()) for one in verdicts)


def listed(places: Places, verdicts: dict[str, tuple[str, str]], kind: str) -> str:
    """Return the addresses with one verdict as a Markdown list."""
    return "".join(
        f"- [ ] <{address}> ({why}), in {', '.join(f'`{place}`' for place in places[address])}\n"
        for address, (verdict, why) in sorted(verdicts.items())
        if verdict == kind
    )


def main() -> None:
    """Print what is gone; tell the rest on stderr."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--excused", type=Path, metavar="FILE", help="hosts that are not asked, as 'host: reason'")
    options = parser.parse_args()
    places = addresses(options.folders)
    verdicts = look(places, excused(options.excused.read_text(encoding="utf-8")) if options.excused else {})
    if gone := listed(places, verdicts, "gone"):
        sys.stdout.write("These lead nowhere. Find where they went, or another source.\n\n" + gone)
    sys.stderr.write(f"{len(verdicts)} of {len(places)} asked. Not sure about:\n" + listed(places, verdicts, "unsure"))


if __name__ == "__main__":
    main()
