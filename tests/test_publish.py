"""A folder in which people may have their own files: only ours are written, replaced and deleted, or nothing is."""

from pathlib import Path

import pytest

from generator.problems import ProblemsFound
from generator.publish import MANIFEST, write_tree

FILES = {"docs/a.md": b"a", "docs/deep/er/b.md": b"b", "mkdocs.yml": b"c"}


def tree(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder, without the list that we keep: address → content."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def refused(out: Path, files: dict[str, bytes] = FILES, *, protected: tuple[Path, ...] = ()) -> list[str]:
    """Return the messages of a refusal, having seen that nothing changed."""
    before = tree(out.parent)
    with pytest.raises(ProblemsFound) as found:
        write_tree(out, files, protected=protected)
    assert tree(out.parent) == before
    return [f"{one.path.removeprefix(out.as_posix())}: {one.message}" for one in found.value.problems]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "made" / "tree"


def test_a_tree_is_written_and_counts_what_changed(out: Path) -> None:
    assert write_tree(out, FILES, protected=[]) == 3
    assert tree(out) == FILES
    assert write_tree(out, FILES, protected=[]) == 0
    assert write_tree(out, FILES | {"docs/a.md": b"new"}, protected=[]) == 1
    assert tree(out) == FILES | {"docs/a.md": b"new"}


def test_a_file_that_somebody_deleted_is_written_again(out: Path) -> None:
    write_tree(out, FILES, protected=[])
    (out / "docs/a.md").unlink()
    assert write_tree(out, FILES, protected=[]) == 1
    assert tree(out) == FILES


def test_what_is_no_longer_named_goes_and_what_others_wrote_stays(out: Path) -> None:
    write_tree(out, FILES, protected=[])
    (out / "notes.txt").write_bytes(b"mine")
    (out / "mkdocs.yml").unlink()  # somebody was faster
    assert write_tree(out, {"docs/a.md": b"a"}, protected=[]) == 0
    assert tree(out) == {"docs/a.md": b"a", "notes.txt": b"mine"}
    write_tree(out, FILES, protected=[])
    assert tree(out) == FILES | {"notes.txt": b"mine"}


def test_a_file_that_was_not_written_by_us_stops_everything(out: Path) -> None:
    (out / "docs").mkdir(parents=True)
    (out / "docs/a.md").write_bytes(b"a")  # the same words, and still not ours
    assert refused(out) == ["/docs/a.md: this file was not written by us"]


def test_a_file_changed_since_stops_everything_even_where_it_would_be_deleted(out: Path) -> None:
    write_tree(out, FILES, protected=[])
    (out / "docs/a.md").write_bytes(b"my own words")
    expected = ["/docs/a.md: this file was changed since it was written"]
    assert refused(out) == expected
    assert refused(out, {"mkdocs.yml": b"c"}) == expected


def test_a_file_where_a_folder_is_needed_is_named_once(out: Path) -> None:
    out.mkdir(parents=True)
    (out / "docs").write_bytes(b"mine")
    assert refused(out) == ["/docs: a folder is expected here, and this file was not written by us"]


def test_a_folder_where_a_file_is_needed_is_named(out: Path) -> None:
    (out / "mkdocs.yml").mkdir(parents=True)
    assert refused(out) == ["/mkdocs.yml: this file was not written by us"]


def test_a_folder_in_the_place_of_a_file_of_ours_is_named(out: Path) -> None:
    write_tree(out, FILES, protected=[])
    (out / "mkdocs.yml").unlink()
    (out / "mkdocs.yml").mkdir()
    assert refused(out) == ["/mkdocs.yml: this file was changed since it was written"]


def test_a_file_in_the_place_of_the_whole_folder_is_refused(out: Path) -> None:
    out.parent.mkdir()
    out.write_bytes(b"mine")
    assert refused(out) == [": this is a file, and a folder is expected"]


@pytest.mark.parametrize("place", ["made/tree", "made/tree/inside", "made"])
def test_nothing_is_written_into_or_around_what_people_write(place: str, out: Path, tmp_path: Path) -> None:
    out.mkdir(parents=True)
    (message,) = refused(out, protected=(tmp_path / "other", tmp_path / place))
    assert message.endswith("holds what people write, and nothing is generated there")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": 3}', '{"other": {}}', "null"])
def test_a_list_that_cannot_be_read_makes_every_file_foreign(text: str, out: Path) -> None:
    write_tree(out, FILES, protected=[])
    (out / MANIFEST).write_text(text, encoding="utf-8")
    assert len(refused(out)) == len(FILES)


def test_a_folder_that_cannot_be_written_is_a_problem_and_no_crash(out: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        write_tree(out, {"x" * 300: b"a"}, protected=[])
    (problem,) = found.value.problems
    assert problem.message.startswith("cannot be written: ")
    assert problem.rule == "output-folder"
