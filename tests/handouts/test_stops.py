"""What does not fit, cannot be read or is not for everybody stops the build: with the file, the place and the reason."""

import shutil
from dataclasses import replace

import pytest

from generator import cli
from generator.build import open_book
from generator.handouts import view
from generator.handouts.catalogue import File
from generator.handouts.make import make
from generator.handouts.press import Press
from generator.handouts.store import FolderStore
from generator.problems import ProblemsFound

A4 = File("doms", "a4", "normal")


@pytest.fixture(scope="module")
def press(book):
    return Press(book)


def complaint(press, one, file=A4):
    with pytest.raises(ProblemsFound) as found:
        press.sheet(one, file)
    (problem,) = found.value.problems
    assert problem.path.endswith("data/causes/doms.yaml")
    assert problem.line >= 1
    assert problem.hint
    return problem.rule, problem.message


def longer(one, count):
    return replace(one, do=one.do * count)


def test_a_sheet_that_spills_over_is_refused(press, sheets):
    rule, message = complaint(press, longer(sheets["doms"], 12))
    assert (rule, message) == ("handout-too-long", "its handout takes 2 sides, and may take 1")


def test_large_print_that_spills_over_is_refused(press, sheets):
    rule, _ = complaint(press, longer(sheets["doms"], 12), File("doms", "letter", "large"))
    assert rule == "handout-too-long"


def test_a_sheet_without_room_for_notes_is_refused_before_it_spills_over(press, sheets):
    one, seen = sheets["doms"], []
    for extra in range(12):
        try:
            press.sheet(replace(one, do_not=one.do_not + one.do_not[:1] * extra), A4)
            seen.append("fits")
        except ProblemsFound as found:
            seen.append(found.problems[0].rule)
            if found.problems[0].rule == "no-room-for-notes":
                room = float(found.problems[0].message.split("leaves ")[1].split(" mm")[0])
                assert room < 20
    assert list(dict.fromkeys(seen)) == ["fits", "no-room-for-notes", "handout-too-long"]


def test_a_picture_without_words_is_refused(press, sheets):
    one = sheets["doms"]
    rule, _ = complaint(press, replace(one, places=(replace(one.places[0], alternative=" "),)))
    assert rule == "picture-without-words"


def copied(root, folder, uri, old, new):
    """Return a copy of the data with one text changed, and the place of the change."""
    shutil.copytree(root / "data", folder / "data")
    file = folder / "data" / uri
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder / "data"


@pytest.mark.parametrize(
    ("uri", "old"),
    [("causes/doms.yaml", "Keep moving gently"), ("warning-signs/rf-rhabdo.yaml", "or like tea or cola")],
)
def test_a_letter_that_no_font_has_is_named_with_its_place(root, tmp_path, uri, old):
    data = copied(root, tmp_path, uri, old, f"{old} \u2603")
    with pytest.raises(ProblemsFound) as found:
        dict(make(open_book(data)[0].book, previews=False, wanted=lambda file: file == A4))
    (problem,) = found.value.problems
    line = (data / uri).read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert (problem.path.endswith(uri), problem.rule, line[problem.column - 1]) == (
        True,
        "letter-without-shape",
        "\u2603",
    )
    assert "U+2603" in problem.message


def test_an_author_chooses_how_much_goes_on_paper(root, tmp_path):
    data = copied(root, tmp_path, "causes/doms.yaml", "get_help:", "on_paper: {do: 2, key_points: 0}\nget_help:")
    book = open_book(data)[0].book
    one = view.handout(book, book.entries["doms"])
    assert (len(one.do), one.points) == (2, ())
    assert one.do_not


class Counting:
    def __init__(self, store):
        self.store, self.made = store, []

    def get(self, key):
        return self.store.get(key)

    def put(self, key, content):
        self.made.append(key)
        self.store.put(key, content)


def test_what_has_not_changed_is_not_made_again(root, tmp_path):
    def made(data):
        store = Counting(FolderStore(tmp_path / "store"))
        files = dict(make(open_book(data)[0].book, store=store, wanted=lambda file: file.of in ("doms", "dehydration")))
        return files, len(store.made)

    first, count = made(root / "data")
    assert count == len(first) == 10
    assert made(root / "data") == (first, 0)
    data = copied(root, tmp_path, "causes/doms.yaml", "Keep moving gently", "Keep moving softly")
    changed, count = made(data)
    assert count == 5
    assert {name for name in first if first[name] != changed[name]} == {
        name for name in first if name.startswith("doms")
    }


def test_the_command_makes_what_it_is_asked_for(root, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    data = ["--data", str(root / "data")]
    assert cli.main(["handouts", "doms", "warning-signs", "--paper", "letter", "--out", "out", *data]) == cli.OK
    assert sorted(file.name for file in (tmp_path / "out").glob("*.pdf")) == [
        "doms-letter-large.pdf",
        "doms-letter.pdf",
        "warning-signs-letter-large.pdf",
        "warning-signs-letter.pdf",
    ]
    assert cli.main(["handouts", "dom", *data]) == cli.MISUSE
    assert "did you mean 'doms'?" in capsys.readouterr().err
