"""Whatever stands in `data/`, its author reads one line a mistake: where, what is wrong, what to type instead."""

import ctypes
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tiny import BOOK

GOLDEN = Path(__file__).parent / "golden"
LINE = re.compile(r".+?:[1-9]\d*:[1-9]\d*: (error|warning): .+; .+ \[[a-z0-9-]+\]")
FOR_PROGRAMMERS = re.compile(
    r"Traceback|pydantic|Errno|Exception|NoneType|Input should|\b(dict|tuple|str|int|float|bool|None|True|False|mapping|"
    r"sequence|scalar|token|validat\w+|model|literal|regex|pattern)\b"
)
_CODE = re.compile("«([0-9A-F ]+)(?: x ([0-9]+))?»".encode())

WORD = "id: muscle\ntitle: muscle\nplain: A part.\n"
GOOD = f"""\
=== mkdocs.yml
site_name: Tiny
docs_dir: content
plugins: [causebook]
=== content/index.md
# Home
=== data/book.yaml
{BOOK}
=== data/sections/glossary.yaml
id: glossary
title: Words
intro: [What words such as muscle mean.]
=== data/glossary/muscle.yaml
{WORD}"""


def causebook(folder: Path, *arguments: str, as_root: bool = True) -> subprocess.CompletedProcess[str]:
    """Run the command in ``folder``, as an author does; not ``as_root``: bound by access rights, whoever runs the test."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "generator.cli", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        preexec_fn=None if as_root or os.geteuid() else _obey_access_rights,
    )


def _obey_access_rights() -> None:
    """Give up root's right to read and write everything (Linux: PR_CAPBSET_DROP of CAP_DAC_OVERRIDE, _READ_SEARCH)."""
    for capability in (1, 2):
        if ctypes.CDLL(None).prctl(24, capability, 0, 0, 0):
            raise OSError("cannot give up the rights of root")


def unpack(golden: str, folder: Path) -> Path:
    """Write the files that a golden text holds below ``folder``; kitchen-sink.txt says how it is written."""
    for part in re.split(r"^=== ", golden, flags=re.MULTILINE)[1:]:
        header, _, body = part.partition("\n")
        name, _, target = header.split("  # ")[0].partition(" -> ")
        path = folder / os.fsdecode(_raw(name))
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if target:
            path.symlink_to(target)
        elif not name.endswith("/"):
            path.write_bytes(_raw(f"{body.rstrip(chr(10))}\n" if body.strip() else ""))
    return folder


def _raw(text: str) -> bytes:
    return _CODE.sub(lambda code: bytes.fromhex(code[1].decode()) * int(code[2] or 1), text.encode())


def everything(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_every_mistake_is_one_line_that_says_where_and_what_to_type_instead(tmp_path: Path) -> None:
    golden = (GOLDEN / "kitchen-sink.txt").read_text(encoding="utf-8")
    run = causebook(unpack(golden[golden.index("=== data/") :], tmp_path), "check", "--all")
    assert (run.returncode, run.stderr.count("\n")) == (1, 1), run.stderr
    expected, actual = GOLDEN / "kitchen-sink.expected", GOLDEN / "kitchen-sink.actual"
    if run.stdout != expected.read_text(encoding="utf-8"):
        actual.write_text(run.stdout, encoding="utf-8")
        accept = shlex.join(["mv", str(actual), str(expected)])
        pytest.fail(f"see:       git diff --no-index {expected} {actual}\nto accept: {accept}", pytrace=False)
    actual.unlink(missing_ok=True)
    lines = run.stdout.splitlines()
    assert [line for line in lines if not LINE.fullmatch(line) or FOR_PROGRAMMERS.search(line)] == []
    assert len({line.split(" error: ")[0] + line.split(";")[0] for line in lines}) == len(lines), (
        "a mistake is told twice"
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("", "data:1:1: error: there is no such folder; name the folder of the data with --data [no-data]"),
        ("=== data", "data:1:1: error: this is a file, and a folder is expected; name the folder of the data with --data [no-data]"),
        ("=== data/", "data:1:1: error: the folder holds no entry; write a first entry, such as data/causes/my-first.yaml, or name another folder [no-data]"),
        ("=== data/causes/.hidden.yaml", "data:1:1: error: the folder holds no entry; write a first entry, such as data/causes/my-first.yaml, or name another folder [no-data]"),
        ("=== data -> data", "data:1:1: error: the folder cannot be read: Too many levels of symbolic links; name the folder of the data with --data [no-data]"),
        ("=== data/book.yml", "data/book.yml:1:1: error: data files end in .yaml; rename it to book.yaml [wrong-ending]"),
        ("=== data/book.yaml", "data/book.yaml:1:1: error: the file holds no entry: it is empty, or has comments alone; write the entry, or delete the file [empty-file]"),
        ("=== data/book.yaml/", "data/book.yaml:1:1: error: this is a folder, and the file book.yaml is expected; write book.yaml in its place [unknown-folder]"),
        ("=== data/book.yaml -> ../book.yaml", "data/book.yaml:1:1: error: this link leads out of the data folder; put the file itself here, in place of the link [outside-data]"),
        ("=== data/book.yaml\n" + BOOK.replace("id: book", "id: books"), "data/book.yaml:1:5: error: the id 'books' is not the file name; write 'id: book' [id-file-name]"),
        (f"=== data/glossary/muscle.yaml\n{WORD}", "data/book.yaml:1:1: error: this file is missing, and it says what holds for the whole book; write it, with the keys id, title, description, activity, publisher, authors, funding, conflicts, licence, disclaimer [no-data]"),
        (GOOD + "=== data/causes -> ../content", "data/causes:1:1: error: this link leads out of the data folder; put the file itself here, in place of the link [outside-data]"),
        (GOOD + "=== content/glossary/index.md\n# Mine", "content/glossary/index.md:1:1: error: this page has the address of a page made from the collection 'glossary'; rename this file, or the id of that entry [page-collision]"),
        (GOOD + "=== content/index.md\n<!-- causebook:list toys -->", "content/index.md:1:1: error: "),
    ],
)  # fmt: skip
def test_what_keeps_the_whole_book_from_being_read_is_told_once(data: str, expected: str, tmp_path: Path) -> None:
    run = causebook(unpack(data, tmp_path), "check")
    assert run.stdout.startswith(expected), run.stdout + run.stderr
    assert (run.returncode, run.stdout.count("\n"), run.stderr) == (1, 1, "1 problem in 1 file\n")


@pytest.mark.parametrize(
    ("closed", "expected"),
    [
        ("data", "data:1:1: error: the folder cannot be read: Permission denied; name the folder of the data with --data [no-data]\n"),
        ("data/glossary", "data/glossary:1:1: error: the folder cannot be read: Permission denied; look at its access rights [no-data]\n"),
        ("data/glossary/muscle.yaml", "data/glossary/muscle.yaml:1:1: error: the file cannot be read: Permission denied; look at its access rights, or write it anew [unreadable]\n"),
    ],
)  # fmt: skip
def test_what_may_not_be_read_is_named(closed: str, expected: str, tmp_path: Path) -> None:
    rights = (unpack(GOOD, tmp_path) / closed).stat().st_mode
    (tmp_path / closed).chmod(0)
    run = causebook(tmp_path, "check", as_root=False)
    (tmp_path / closed).chmod(rights)
    assert (run.stdout, run.returncode) == (expected, 1), run.stderr


def test_a_pipe_among_the_data_does_not_make_the_check_wait_for_ever(tmp_path: Path) -> None:
    os.mkfifo(unpack(GOOD, tmp_path) / "data/glossary/pipe.yaml")
    run = causebook(tmp_path, "check")
    assert re.fullmatch(r"data/glossary/pipe\.yaml:1:1: error: .*\[stray-file\]\n", run.stdout), run.stdout + run.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such file names themselves")
def test_a_file_name_that_is_no_text_is_shown_by_its_codes(tmp_path: Path) -> None:
    run = causebook(unpack(GOOD + "=== data/glossary/caf«E9».yaml\n" + WORD, tmp_path), "check")
    assert run.stdout.startswith("data/glossary/caf<U+DCE9>.yaml:1:5: error: "), run.stdout + run.stderr


def test_the_same_mistake_many_times_does_not_fill_the_screen(tmp_path: Path) -> None:
    book = unpack(GOOD + "forms: [«31 2C x 100000»]\n", tmp_path)
    lines = causebook(book, "check", "--all").stdout.splitlines()
    assert len(lines) == 51
    assert causebook(book, "check").stdout.splitlines() == [
        *lines[:6],
        "    ... and 45 more of this kind: --all shows them [wrong-type]",
    ]
    assert lines[0].startswith("data/glossary/muscle.yaml:1:1: error: 99950 more problems stand in this file; ")


def test_files_as_windows_saves_them_are_read(tmp_path: Path) -> None:
    run = causebook(unpack(GOOD.replace(WORD, "«EF BB BF»" + WORD.replace("\n", "«0D»\n")), tmp_path), "check")
    assert (run.stdout, run.stderr, run.returncode) == ("", "3 entries, no problems\n", 0)


@pytest.mark.parametrize(
    ("more", "out", "expected"),
    [
        ("", "content", "content:1:1: error: 'content' holds what people write, "),
        ("", "content/made", "content/made:1:1: error: 'content' holds what people write, "),
        ("", "data/made", "data/made:1:1: error: 'data' holds what people write, "),
        ("", ".", ".:1:1: error: 'data' holds what people write, "),
        ("=== out/docs/index.md\nMine.", "out", "out/docs/index.md:1:1: error: this file was not written by us; "),
        ("=== out", "out", "out:1:1: error: this is a file, and a folder is expected; "),
        ("=== out/docs", "out", "out/docs:1:1: error: a folder is expected here, "),
        ("=== file", "file/out", "file/out:1:1: error: cannot be written: "),
        ("", "/proc/out", "/proc/out:1:1: error: cannot be written: "),
        ("", "/dev/full", "/dev/full:1:1: error: this is a file, and a folder is expected; "),
        ("=== data/glossary/bad.yaml", "out", "data/glossary/bad.yaml:1:1: error: the file holds no entry"),
        ("=== content/glossary/index.md", "out", "content/glossary/index.md:1:1: error: this page has the address of"),
    ],
)  # fmt: skip
def test_a_refused_folder_or_a_bad_book_leaves_everything_as_it_was(
    more: str, out: str, expected: str, tmp_path: Path
) -> None:
    before = everything(unpack(GOOD + more, tmp_path))
    run = causebook(tmp_path, "render", out)
    assert run.stdout.startswith(expected), run.stdout + run.stderr
    assert LINE.fullmatch(run.stdout.rstrip("\n"))
    assert (run.returncode, run.stderr) == (1, "1 problem in 1 file\n")
    assert everything(tmp_path) == before
