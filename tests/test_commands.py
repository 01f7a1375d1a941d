"""The shells, driven as a user drives them: as processes, on a copy of the real project."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

ROOT = Path(__file__).parent.parent
ENVIRONMENT = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    for name in ("data", "content", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=folder, env=ENVIRONMENT | environment, capture_output=True, text=True
    )


def causebook(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "generator.cli", *words)


def break_one(project: Path) -> None:
    file = project / "data/causes/doms.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("certainty: high", "certainty: hgih", 1), encoding="utf-8")


MISTAKE = re.compile(r"data/causes/doms\.yaml:\d+:\d+: error: .*did you mean 'high'\? \[wrong-value\]")


def test_a_clean_book_passes(project: Path) -> None:
    done = causebook(project, "check")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.endswith("entries, no problems\n")


def test_a_mistake_is_told_in_three_formats(project: Path) -> None:
    break_one(project)
    text, github, as_json = (causebook(project, "check", "--format", name) for name in ("text", "github", "json"))
    assert {done.returncode for done in (text, github, as_json)} == {1}
    assert MISTAKE.match(text.stdout)
    assert github.stdout.startswith("::error file=data/causes/doms.yaml,line=")
    (problem,) = json.loads(as_json.stdout)["problems"]
    assert problem["rule"] == "wrong-value"


@pytest.mark.parametrize("words", [(), ("chekc",), ("check", "--format", "xml"), ("render",)])
def test_a_misused_command_says_how_it_is_used(words: tuple[str, ...], tmp_path: Path) -> None:
    done = causebook(tmp_path, *words)
    assert done.returncode == 2
    assert "usage: causebook" in done.stdout + done.stderr


def test_help_names_every_command(tmp_path: Path) -> None:
    done = causebook(tmp_path, "--help")
    assert done.returncode == 0
    assert "causebook check" in done.stdout
    assert "causebook render DIR" in done.stdout


def test_render_gives_a_tree_that_stock_mkdocs_builds(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "tree"
    done = causebook(project, "render", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    config = (out / "mkdocs.yml").read_text(encoding="utf-8")
    assert "causebook:" not in config
    built = run(out, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    assert (out / "site/causes/doms/index.html").is_file()
    assert (out / "site/about/index.html").is_file()


def test_render_changes_only_what_changed_and_deletes_what_went(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "tree"
    causebook(project, "render", str(out))
    again = causebook(project, "render", str(out))
    assert "; 0 of " in again.stderr
    (project / "content/privacy.md").unlink()
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    assert causebook(project, "render", str(out)).returncode == 0
    assert not (out / "docs/privacy.md").exists()
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("place", ["content", "content/new", "data/causes", "."])
def test_render_never_writes_where_people_write(place: str, project: Path) -> None:
    before = sorted(path.as_posix() for path in project.rglob("*"))
    done = causebook(project, "render", place)
    assert done.returncode == 1
    assert "[output-folder]" in done.stdout
    assert sorted(path.as_posix() for path in project.rglob("*")) == before


def test_render_keeps_a_file_that_somebody_changed(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "tree"
    causebook(project, "render", str(out))
    page = out / "docs/causes/doms.md"
    page.write_text("my own words", encoding="utf-8")
    done = causebook(project, "render", str(out))
    assert done.returncode == 1
    assert "docs/causes/doms.md:1:1: error: this file was changed since it was written" in done.stdout
    assert page.read_text(encoding="utf-8") == "my own words"


def test_a_mistake_stops_the_build_and_keeps_the_last_site(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site/index.html").write_text("the last site", encoding="utf-8")
    break_one(project)
    done = run(project, "mkdocs", "build", "--strict")
    assert done.returncode == 1
    assert MISTAKE.search(done.stderr)
    assert "Traceback" not in done.stderr
    assert (project / "site/index.html").read_text(encoding="utf-8") == "the last site"


class Served:
    """`mkdocs serve` on a copy of the project, and the lines it prints."""

    def __init__(self, project: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", "127.0.0.1:0"],
            cwd=project, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._lines: Queue[str] = Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._lines.put(line)

    def until(self, part: str, seconds: float = 60) -> str:
        """Return what is printed up to a line that holds ``part``."""
        printed, end = "", time.monotonic() + seconds
        while part not in printed:
            try:
                printed += self._lines.get(timeout=max(0.1, end - time.monotonic()))
            except Empty:
                raise AssertionError(f"no '{part}' in:\n{printed}") from None
        return printed

    def during(self, seconds: float) -> str:
        """Return what is printed in the next ``seconds``."""
        time.sleep(seconds)
        lines = []
        while not self._lines.empty():
            lines.append(self._lines.get())
        return "".join(lines)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._reader.join(20)
        assert self._process.stderr is not None
        self._process.stderr.close()


@pytest.fixture
def served(project: Path) -> Iterator[Served]:
    server = Served(project)
    yield server
    server.stop()


def test_while_serving_a_save_rebuilds_once_and_a_mistake_is_survived(served: Served, project: Path) -> None:
    file = project / "data/causes/doms.yaml"
    right = file.read_text(encoding="utf-8")
    served.until("Serving on")
    time.sleep(1)

    file.write_text(right.replace("title: Soreness", "title: Sore legs", 1), encoding="utf-8")
    served.until("Reloading browsers")
    assert "Detected file changes" not in served.during(3)

    break_one(project)
    printed = served.until("the pages concerned show them")
    assert MISTAKE.search(printed)
    assert "Traceback" not in printed

    file.write_text(right, encoding="utf-8")
    served.until("roblems")  # "No problems", or those of other files


def test_render_follows_the_settings_of_the_site(project: Path, tmp_path: Path) -> None:
    """Folders of other names, pages without folders of their own, and files beside the hand-written pages."""
    for old, new in (("data", "facts"), ("content", "words"), ("overrides", "face")):
        (project / old).rename(project / new)
    (project / "words/notes").mkdir()
    (project / "words/notes/plan.txt").write_text("a plan", encoding="utf-8")
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    for old, new in (
        ("data_dir: data", "data_dir: facts"),
        ("not_in_nav: |\n  /*/*.md\n", ""),
        ("docs_dir: content", "docs_dir: words\nuse_directory_urls: false\nwatch: [facts]"),
        ("custom_dir: overrides", "custom_dir: face"),
    ):
        assert old in config
        config = config.replace(old, new)
    (project / "mkdocs.yml").write_text(config, encoding="utf-8")
    out = tmp_path / "tree"
    done = causebook(project, "render", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (out / "docs/notes/plan.txt").read_text(encoding="utf-8") == "a plan"
    assert (out / "overrides/main.html").is_file()
    stock = (out / "mkdocs.yml").read_text(encoding="utf-8")
    assert not re.search(r"watch:|facts|words$|face$|site_url: ''", stock, re.MULTILINE)
    built = run(out, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    assert 'href="body-areas/knee.html"' in (out / "site/index.html").read_text(encoding="utf-8")


def test_a_marker_that_means_nothing_is_a_mistake_of_the_page_that_holds_it(project: Path) -> None:
    page = project / "content/about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n<!-- causebook:nothing -->\n", encoding="utf-8")
    line = len(page.read_text(encoding="utf-8").splitlines())
    done = causebook(project, "check")
    assert done.returncode == 1
    assert done.stdout.startswith(f"about.md:{line}:1: error: ") or f"content/about.md:{line}:1: error: " in done.stdout
    assert "[unknown-part]" in done.stdout
    assert done.stderr == "1 problem in 1 file\n"


def test_several_problems_are_counted_and_machines_get_no_summary(project: Path) -> None:
    for name in ("doms", "bone-stress"):
        file = project / f"data/causes/{name}.yaml"
        text = file.read_text(encoding="utf-8").replace("certainty: high", "certainty: hgih", 2)
        file.write_text(text, encoding="utf-8")
    assert re.fullmatch(r"[4-9] problems in 2 files\n", causebook(project, "check").stderr)
    assert causebook(project, "check", "--format", "json").stderr == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [(None, "there is no file 'site.yml'"), ("site_name: [", "'site.yml' cannot be read"), ("\xff", "'site.yml' cannot be read")],
)  # fmt: skip
def test_a_configuration_that_cannot_be_read_is_said_in_one_line(text: str | None, said: str, project: Path) -> None:
    if text is not None:
        (project / "site.yml").write_bytes(text.encode("latin-1"))
    done = causebook(project, "render", "out", "--config", "site.yml")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"causebook: {said}")
    assert "Traceback" not in done.stderr
    assert not (project / "out").exists()


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_of_the_output_may_stop_early(unbuffered: str, project: Path) -> None:
    break_one(project)
    reading, writing = os.pipe()
    os.close(reading)
    environment = ENVIRONMENT | {"PYTHONUNBUFFERED": unbuffered}
    command = [sys.executable, "-m", "generator.cli", "check", "--format", "json"]
    done = subprocess.run(command, cwd=project, env=environment, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_check_needs_no_hand_written_pages(project: Path) -> None:
    shutil.rmtree(project / "content")
    done = causebook(project, "check")
    assert (done.returncode, done.stdout) == (0, "")
