"""The commands of a contributor's first hour, driven as they drive them: as processes, on a copy of the real book."""

import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import build, cli, source
from generator.explanations import EXPLANATIONS
from generator.models import COLLECTIONS
from generator.render import Renderer
from tests import test_bad_input

ROOT = Path(__file__).parent.parent
FIRST_LINE = re.compile(r"[^:]+:\d+:\d+: (error|warning): .+ \[[a-z0-9-]+\]")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("original")
    for name in ("data", "content", "schemas"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.fixture
def book(original: Path, tmp_path: Path) -> Path:
    return shutil.copytree(original, tmp_path / "book")


def causebook(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator.cli", *words],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)} | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command in this process, where a test is about many cases of one thing: starting one takes a second."""

    def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(folder)
        capsys.readouterr()
        code = cli.main(words)
        shown = capsys.readouterr()
        return subprocess.CompletedProcess(words, code, shown.out, shown.err)

    return run


def at_a_terminal(folder: Path, *words: str, typed: str = "", **environment: str) -> tuple[int, str]:
    """Run the command at a terminal where somebody has typed ``typed``; return its exit code and what was shown."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "generator.cli", *words], cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs,
        env={"PATH": os.environ["PATH"], "TERM": "xterm", "PYTHONPATH": str(ROOT)} | environment,
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, typed.encode())
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    return process.wait(60), shown.decode().replace("\r\n", "\n")


def everything(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def problems(folder: Path) -> set[tuple[str, str]]:
    """Return what is wrong with a book, but where."""
    return {(one.rule, one.message) for one in build.examine(folder / "data")[1]}


def changed_lines(before: dict[str, bytes], after: dict[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """Yield the file, the old and the new text of each line that differs, of files that stand in both."""
    for name in before.keys() & after.keys():
        old, new = before[name].decode().splitlines(), after[name].decode().splitlines()
        assert len(old) == len(new), f"{name} has more or fewer lines than before"
        yield from ((name, one, other) for one, other in zip(old, new, strict=True) if one != other)


# new


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda one: one.name)
def test_a_new_file_explains_itself_and_says_what_is_still_to_fill(
    collection, book: Path, here: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    id_ = collection.name if collection.single else "brand-new-entry"
    path = f"data/{collection.name}.yaml" if collection.single else f"data/{collection.name}/{id_}.yaml"
    (book / path).unlink(missing_ok=True)
    done = here(book, "new", collection.name, id_)
    assert done.returncode == 0, done.stderr
    text = (book / path).read_text(encoding="utf-8")
    schema = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert schema
    assert ((book / path).parent / schema[1]).resolve() == book / f"schemas/{collection.name}.json"
    document = source.read(text, path)
    assert document.problems == ()
    assert document.data["id"] == id_
    for name, field in collection.model.model_fields.items():
        assert re.search(rf"^(# )?{name}:", text, re.MULTILINE), f"nobody would learn of '{name}'"
        assert field.description.split()[0] in text
    told = [one for one in build.examine(book / "data")[1] if one.path.endswith(path)]
    unfilled = [one for one in told if one.rule == "still-to-fill"]
    either_or = [one.rule for one in told if one.rule != "still-to-fill"]
    assert either_or == (["wrong-value"] if collection.name == "pictures" else []), told
    assert len(unfilled) == text.count(": ???") + text.count("- ???")
    assert done.stdout.count("line ") >= len(told)
    assert here(book, "fmt", path).returncode == 0, "what 'new' writes, 'fmt' takes"
    assert source.read((book / path).read_text(encoding="utf-8"), path).data == document.data


@pytest.mark.parametrize(
    ("collection", "id_", "said"),
    [
        ("faqs", "doms", "is taken by data/causes/doms.yaml: mend that file, or choose another id"),
        ("faqs", "Sore Legs", "type 'sore-legs'"),
        ("faqs", "../../escape", "type 'escape'"),
        ("faqs", "ünï", "is no id"),
        ("faqs", "-", "type one such as"),
        ("faqs", "a" * 61, "choose a shorter id"),
        ("faq", "a-b", "did you mean 'faqs'?"),
        ("book", "my-book", "type 'causebook new book book'"),
        ("book", "book", "is taken by data/book.yaml"),
    ],
)
def test_a_new_entry_never_covers_another(
    collection: str, id_: str, said: str, book: Path, here: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    before = everything(book)
    done = here(book, "new", collection, id_)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert everything(book) == before


def test_an_id_that_was_given_up_is_not_used_again(book: Path) -> None:
    assert causebook(book, "rename", "doms", "sore-legs").returncode == 0
    done = causebook(book, "new", "faqs", "doms")
    assert done.returncode == 2
    assert "kept in data/causes/sore-legs.yaml" in done.stderr


def test_at_a_terminal_it_asks_and_what_is_said_stands_in_the_file(book: Path) -> None:
    code, shown = at_a_terminal(book, "new", "faqs", "is-it-no", typed='Is it: "no"?\n\n')
    assert code == 0, shown
    assert "title:" in shown
    data = source.read((book / "data/faqs/is-it-no.yaml").read_text(encoding="utf-8"), "").data
    assert data["title"] == 'Is it: "no"?'
    assert data["main_message"]["text"] == "???"


def test_without_a_terminal_it_asks_nothing(book: Path) -> None:
    assert "Press Enter" not in causebook(book, "new", "faqs", "is-it-no").stdout


def test_elsewhere_it_says_where_to_go(tmp_path: Path) -> None:
    done = causebook(tmp_path, "new", "faqs", "a-b")
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "--data" in done.stderr


# explain


def test_a_rule_is_explained_by_its_id_with_or_without_brackets(tmp_path: Path) -> None:
    for name in ("verb-and-grade", "[verb-and-grade]"):
        done = causebook(tmp_path, "explain", name)
        assert done.returncode == 0
        assert EXPLANATIONS["verb-and-grade"].reason in done.stdout


def test_without_a_rule_all_are_listed_and_a_slip_is_understood(tmp_path: Path) -> None:
    assert len(causebook(tmp_path, "explain").stdout.splitlines()) == len(EXPLANATIONS)
    done = causebook(tmp_path, "explain", "verb-and-grad")
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean 'verb-and-grade'?" in done.stderr


# fmt


def test_fmt_changes_the_look_of_the_book_once_and_never_what_it_says(book: Path) -> None:
    was = problems(book)
    first = causebook(book, "fmt")
    assert first.returncode == 0, first.stdout + first.stderr
    assert problems(book) == was
    after = everything(book)
    again = causebook(book, "fmt", "--check")
    assert (again.returncode, again.stdout) == (0, "")
    assert everything(book) == after


def test_fmt_check_writes_nothing_and_fails(book: Path) -> None:
    file = book / "data/glossary/tendon.yaml"
    file.write_text("title: tendon\nid: tendon\nplain: 'A cord.'\n", encoding="utf-8")
    before = everything(book)
    done = causebook(book, "fmt", "--check", "data/glossary/tendon.yaml")
    assert (done.returncode, done.stdout) == (1, "would change: data/glossary/tendon.yaml\n")
    assert everything(book) == before
    assert causebook(book, "fmt", "data/glossary/tendon.yaml").returncode == 0
    assert file.read_text(encoding="utf-8") == "id: tendon\ntitle: tendon\nplain: A cord.\n"


@pytest.mark.parametrize("file", ["content/index.md", "data/nothing/here.yaml", "data/causes/none.yaml"])
def test_fmt_says_what_it_cannot_take(
    file: str, book: Path, here: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    before = everything(book)
    done = here(book, "fmt", file)
    assert done.returncode == 1
    assert FIRST_LINE.match(done.stdout)
    assert everything(book) == before


# rename


def test_a_renamed_entry_takes_every_reference_with_it_and_nothing_else_changes(book: Path) -> None:
    page = book / "content/index.md"
    page.write_text(
        page.read_text(encoding="utf-8") + "\n[Sore](causes/doms.md#do), [home](about.md).\n", encoding="utf-8"
    )
    (book / "data/waivers.yaml").write_text(
        "id: waivers\ntitle: Waivers\nwaivers:\n  - {entry: doms, rule: page-length, reason: It is new., until: 2099-01-01}\n",
        encoding="utf-8",
    )
    was, before = problems(book), everything(book)
    done = causebook(book, "rename", "doms", "sore-legs")
    assert done.returncode == 0, done.stdout + done.stderr
    after = everything(book)
    assert before.keys() - after.keys() == {"data/causes/doms.yaml"}
    assert after.keys() - before.keys() == {"data/causes/sore-legs.yaml"}
    for name, old, new in changed_lines(before, after):
        assert re.sub(r"\bdoms\b", "sore-legs", old) == new, name
    moved = after["data/causes/sore-legs.yaml"].decode()
    assert "\nformerly: [doms]\n" in moved
    assert (
        moved.replace("formerly: [doms]\n", "").replace("id: sore-legs", "id: doms")
        == before["data/causes/doms.yaml"].decode()
    )
    assert "[Sore](causes/sore-legs.md#do), [home](about.md)" in after["content/index.md"].decode()
    assert "entry: sore-legs," in after["data/waivers.yaml"].decode()
    renamed = {(rule, message.replace("'sore-legs'", "'doms'")) for rule, message in problems(book)}
    assert renamed == {(rule, message.replace("'sore-legs'", "'doms'")) for rule, message in was}


def test_the_old_address_leads_on_by_itself(book: Path) -> None:
    causebook(book, "rename", "doms", "sore-legs")
    desk, _ = build.examine(book / "data")
    pages = {page.uri: page.text for page in Renderer.of(desk).pages()}
    assert "moved_to: ../sore-legs/\n" in pages["causes/doms.md"]
    assert "](sore-legs.md)" in pages["causes/doms.md"]


@pytest.mark.parametrize("id_", ["rf-dvt", "tendon", "cheung2003", "calf", "soreness-curve", "during-run", "emergency"])
def test_entries_of_every_kind_can_be_renamed(
    id_: str, book: Path, here: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    was = len(problems(book))
    done = here(book, "rename", id_, "quite-new")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(problems(book)) == was
    assert here(book, "rename", "quite-new", "even-newer").returncode == 0
    (file,) = book.glob("data/*/even-newer.yaml")
    assert f"formerly: [{id_}, quite-new]" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("dmos", "sore-legs", "did you mean 'doms'?"),
        ("doms", "tendon", "is taken by data/glossary/tendon.yaml"),
        ("doms", "doms", "is taken by data/causes/doms.yaml"),
        ("doms", "Sore_Legs", "type 'sore-legs'"),
        ("book", "garden", "its name cannot change"),
        ("causes", "reasons", "its name cannot change"),
    ],
)
def test_a_rename_that_cannot_be_changes_nothing(
    old: str, new: str, said: str, book: Path, here: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    before = everything(book)
    done = here(book, "rename", old, new)
    assert done.returncode == 2
    assert said in done.stderr
    assert everything(book) == before


def test_a_file_with_mistakes_that_names_the_entry_stops_a_rename(book: Path) -> None:
    file = book / "data/faqs/what-eases-soreness.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    before = everything(book)
    done = causebook(book, "rename", "doms", "sore-legs")
    assert done.returncode == 2
    assert "data/faqs/what-eases-soreness.yaml has mistakes and names 'doms'" in done.stderr
    assert everything(book) == before


def test_a_file_that_cannot_be_written_leaves_all_as_it_was(book: Path) -> None:
    before = everything(book)
    (book / "data/glossary").chmod(0o500)
    done = test_bad_input.causebook(book, "rename", "doms", "sore-legs", as_root=False)
    (book / "data/glossary").chmod(0o700)
    assert (done.returncode, everything(book)) == (1, before), done.stdout + done.stderr
    assert "nothing was changed" in done.stdout


# retire


def test_an_entry_that_others_name_is_not_deleted(book: Path) -> None:
    before = everything(book)
    done = causebook(book, "retire", "doms")
    assert done.returncode == 2
    assert "--to" in done.stderr
    assert "data/faqs/what-eases-soreness.yaml" in done.stderr
    assert everything(book) == before


def test_what_stands_in_for_a_retired_entry_gets_its_references_and_its_address(book: Path) -> None:
    done = causebook(book, "retire", "sharp", "--to", "burning")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (book / "data/feels/sharp.yaml").exists()
    desk, left = build.examine(book / "data")
    assert not [one for one in left if one.rule in ("unknown-id", "related-twice")]
    for file in book.glob("data/c*/*.yaml"):
        for row in re.findall(r"feels: \[(.*)\]", file.read_text(encoding="utf-8")):
            assert len(set(row.split(", "))) == len(row.split(", ")), f"{file} names an id twice"
            assert "sharp" not in row.split(", ")
    text = {page.uri: page.text for page in Renderer.of(desk).pages()}["feels/sharp.md"]
    assert "moved_to: ../burning/" in text
    assert "](burning.md)" in text
    assert "is kept in data/retired.yaml" in causebook(book, "new", "feels", "sharp").stderr


def test_an_entry_that_nobody_names_leads_to_its_collection(book: Path) -> None:
    text = (book / "data/feels/sharp.yaml").read_text(encoding="utf-8")
    for id_ in ("odd-one", "odd-two"):
        lines = text.replace("id: sharp", f"id: {id_}").replace("title: ", "title: Odd ").splitlines()
        (book / f"data/feels/{id_}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        assert causebook(book, "retire", id_).returncode == 0
    data = source.read((book / "data/retired.yaml").read_text(encoding="utf-8"), "").data
    assert [(one["id"], one["was_in"]) for one in data["ids"]] == [("odd-one", "feels"), ("odd-two", "feels")]
    desk, _ = build.examine(book / "data")
    pages = {page.uri: page.text for page in Renderer.of(desk).pages()}
    assert "moved_to: ../\n" in pages["feels/odd-two.md"]
    assert "](index.md)" in pages["feels/odd-one.md"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing-here",), "there is no 'nothing-here'"),
        (("doms", "--to", "dmos"), "there is no 'dmos'"),
        (("doms", "--to", "doms"), "cannot lead to itself"),
        (("doms", "--to", "legs"), "has no page to lead to"),
        (("doms", "--to", "recover-well"), "nothing was changed"),  # it names doms, and would name itself
        (("book",), "its name cannot change"),
    ],
)
def test_a_retirement_that_cannot_be_changes_nothing(
    words: tuple[str, ...], said: str, book: Path, here: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    before = everything(book)
    done = here(book, "retire", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert everything(book) == before


# check


SLIPS = (
    ("data/causes/doms.yaml", "certainty: high", "certainty: hgih", "certainty: high"),
    ("data/causes/doms.yaml", "title:", "titel:", "title:"),
    ("data/faqs/what-eases-soreness.yaml", "order: 6", "order: six", "order: 6"),
    ("data/faqs/what-eases-soreness.yaml", 'version: "1.0"', "version: 1.0", 'version: "1.0"'),
    ("data/glossary/tendon.yaml", "  - tendons", "  - no\n  - 1:30 # why", '  - "no"\n  - "1:30" # why'),
    ("data/sources/afonso2021.yaml", "finding_read: false", "finding_read: No", "finding_read: false"),
    ("data/tips/recover-well.yaml", "](overtraining)", "](overtrainng)", "](overtraining)"),
)  # fmt: skip


def test_slips_with_one_meaning_are_mended_and_nothing_else(book: Path) -> None:
    causebook(book, "check", "--fix")  # what the real book had before
    wanted = everything(book)
    for name, right, slip, mended in SLIPS:
        text = (book / name).read_text(encoding="utf-8")
        assert right in text, name
        (book / name).write_text(text.replace(right, slip, 1), encoding="utf-8")
        wanted[name] = wanted[name].decode().replace(right, mended, 1).encode()
    done = causebook(book, "check", "--fix")
    assert everything(book) == wanted
    for said in ("hgih -> high", "titel -> title", "six -> 6", '1.0 -> "1.0"', "overtrainng -> overtraining"):
        assert f"mended: {said}" in done.stderr


def test_what_is_not_certain_is_left_to_people(book: Path) -> None:
    file = book / "data/causes/doms.yaml"
    text = file.read_text(encoding="utf-8").replace("cheung2003", "cheung2004", 1)
    file.write_text(text, encoding="utf-8")
    done = causebook(book, "check", "--fix")
    assert "did you mean 'cheung2003'?" in done.stdout
    assert file.read_text(encoding="utf-8") == text


def test_without_being_asked_the_check_writes_nothing(book: Path) -> None:
    file = book / "data/causes/doms.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    before = everything(book)
    causebook(book, "check")
    assert everything(book) == before


def test_a_terminal_shows_the_line_in_colour_and_a_pipe_gets_plain_lines(book: Path) -> None:
    file = book / "data/causes/doms.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    _, shown = at_a_terminal(book, "check")
    assert "\x1b[1;31merror:" in shown
    assert " | titel: " in shown
    assert "'causebook check --fix' mends 1 of them" in shown
    for setting in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b[" not in at_a_terminal(book, "check", **setting)[1]
    piped = causebook(book, "check")
    assert all(FIRST_LINE.fullmatch(line) for line in piped.stdout.splitlines()), piped.stdout
    assert " | titel: " in causebook(book, "check", "--lines").stdout
    assert " | titel: " not in at_a_terminal(book, "check", "--no-lines")[1]


def test_a_hundred_mistakes_of_a_kind_do_not_fill_the_screen(book: Path) -> None:
    for file in (book / "data/sources").glob("*.yaml"):
        file.write_text(file.read_text(encoding="utf-8").replace("authors:", "autors:", 1), encoding="utf-8")
    short, whole = causebook(book, "check"), causebook(book, "check", "--all")
    assert short.stdout.count("[unknown-key]") == 6
    assert "more of this kind: --all shows them [unknown-key]" in short.stdout
    assert whole.stdout.count("[unknown-key]") > 100
    assert causebook(book, "check", "--format", "github").stdout.count("title=unknown-key") > 100


def test_help_names_every_command(tmp_path: Path) -> None:
    shown = causebook(tmp_path, "--help").stdout
    for name in ("check", "explain", "fmt", "new", "rename", "retire"):
        assert f"causebook {name}" in shown
        assert "example: causebook" in causebook(tmp_path, name, "--help").stdout
