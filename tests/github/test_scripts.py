"""The scripts of the workflows: what strangers write does no harm, and lists that people get are right."""

import importlib.util
import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / ".github/scripts"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"github_{name}", SCRIPTS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


comment, due, links = load("comment"), load("due"), load("links")


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return path


# The comment


@pytest.mark.parametrize(
    ("nasty", "kept_out"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<img src=x>", "<img"),
        ("<!-- causebook diff -->", "<!--"),
        ("hello @somebody", "@somebody"),
        ("&#64;somebody", "&#64;"),
        ("&commat;somebody", "&commat;"),
        ("see #12", "#12"),
        ("see someone/else#12", "#12"),
        ("see GH-12", "GH-12"),
        ("![a picture](https://evil.example/x.png)", "]("),
        ("[a link](javascript:alert)", "]("),
        ("[a link][1]\n\n[1]: https://evil.example", "]:"),
        ("https://evil.example", "https://"),
        ("www.evil.example", "www.evil"),
        ("<https://evil.example>", "<https"),
        ("```mermaid\ngraph TD\n```", "mermaid"),
        ("~~~ geojson\n{}\n~~~", "geojson"),
        ("a\u202eb\u200bc", "\u202e"),
        ("<details open ontoggle=alert(1)>", "<details"),
    ],
)
def test_words_of_strangers_call_nobody_and_lead_nowhere(nasty: str, kept_out: str) -> None:
    assert kept_out not in comment.harmless(nasty)


@pytest.mark.parametrize(
    "plain",
    [
        "## 2 pages change\n\n- **doms**: grade 5.1 → 4.9\n",
        "| page | before |\n| --- | --- |\n| doms | 5.1 |\n",
        "<details>\n<summary>doms</summary>\n\n```diff\n- old\n+ new\n```\n\n</details>\n",
        "> quoted & said\n",
    ],
)
def test_the_text_of_a_difference_is_shown_as_it_is(plain: str) -> None:
    assert comment.harmless(plain) == plain


def test_a_long_text_is_cut_at_a_line_and_its_folds_are_closed() -> None:
    text = "<details>\n" + "a line with a word\n" * 5000
    shown = comment.harmless(text)
    assert len(shown) < 65_000
    assert shown.count("<details>") == shown.count("</details>")
    assert "the run has the whole text" in shown


@pytest.mark.parametrize(
    "files",
    [{}, {"other_md": b"x"}, {"diff_md": b"x", "more_md": b"y"}, {"diff_md": b" " * 3_000_000}],
    ids=["empty", "other name", "two files", "too large"],
)
def test_an_artifact_of_another_shape_is_refused(files: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"diff\.md"):
        comment.text_of(zipped(tmp_path / "diff.zip", **files))


def test_the_comment_begins_with_the_mark_it_is_found_by(tmp_path: Path) -> None:
    artifact = zipped(tmp_path / "diff.zip", diff_md=b"2 pages change\n" + b"\xff")
    out, run = tmp_path / "comment.json", "https://example.org/run/1"
    script = [sys.executable, "-I", str(SCRIPTS / "comment.py"), str(artifact), str(out), run]
    subprocess.run(script, check=True)
    body = json.loads(out.read_text(encoding="utf-8"))["body"]
    assert body.startswith(f"{comment.MARKER}\n[Preview of this change]({run}#artifacts)")
    assert "2 pages change" in body
    assert comment.MARKER in (SCRIPTS / "comment.sh").read_text(encoding="utf-8")


# What is due


def test_what_is_due_is_a_list_of_files_oldest_first(tmp_path: Path) -> None:
    (tmp_path / "causes").mkdir()
    (tmp_path / "causes/doms.yaml").touch()
    listed = due.listed(["2027-02-01 gone", "2027-01-01 doms"], tmp_path)
    assert listed.endswith(
        f"- [ ] 2027-01-01: `{tmp_path.as_posix()}/causes/doms.yaml`\n- [ ] 2027-02-01: `gone`\n"
    )  # fmt: skip


def test_nothing_due_is_an_empty_file_which_closes_the_issue(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text('{"due": []}', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, SCRIPTS / "due.py", report, tmp_path], capture_output=True, text=True, check=True
    )  # fmt: skip
    assert done.stdout == ""


# Links


class Elsewhere(BaseHTTPRequestHandler):
    """A host that answers with the number in the path."""

    def do_GET(self) -> None:
        self.send_response(int(self.path.rpartition("/")[2] or 200))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is theirs
        pass


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "PAUSE", 0.0)


def test_addresses_are_found_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("title: x\ndoi: 10.1002/146(5)\nurl: https://example.org/a#b\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("See [it](https://example.org/c_(d)), or <https://example.org/a>.", encoding="utf-8")
    (tmp_path / "c.svg").write_text("https://example.org/not", encoding="utf-8")
    found = {address: [place.rpartition("/")[2] for place in at] for address, at in links.addresses([tmp_path]).items()}
    assert found == {
        f"{links.DOI_RECORD}10.1002/146%285%29": ["a.yaml:2"],
        "https://example.org/a": ["a.yaml:3", "b.md:1"],
        "https://example.org/c_(d)": ["b.md:1"],
    }


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [(200, "fine"), (404, "gone"), (410, "gone"), (403, "unsure"), (429, "unsure"), (503, "unsure")],
)
def test_only_gone_is_gone(answer: int, verdict: str, elsewhere: str) -> None:
    assert links.judge(f"{elsewhere}/{answer}")[0] == verdict


def test_a_host_that_does_not_answer_is_not_called_gone() -> None:
    assert links.judge("http://127.0.0.1:9/")[0] == "unsure"


def test_broken_addresses_become_a_list_and_excused_hosts_are_not_asked(elsewhere: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(f"url: {elsewhere}/404\nmore: http://excused.invalid/404\n", encoding="utf-8")
    excuses = tmp_path / "excused.txt"
    excuses.write_text("# why\nexcused.invalid: it is ours\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, SCRIPTS / "links.py", tmp_path, "--excused", excuses], capture_output=True, text=True, check=True
    )  # fmt: skip
    assert f"- [ ] <{elsewhere}/404> (answers 404), in `{tmp_path.as_posix()}/a.yaml:1`" in done.stdout
    assert "excused.invalid" not in done.stdout + done.stderr
    assert done.stderr.startswith("1 of 2 asked")


def test_nothing_broken_is_an_empty_file(elsewhere: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(f"url: {elsewhere}/200\n", encoding="utf-8")
    done = subprocess.run([sys.executable, SCRIPTS / "links.py", tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout == ""


def test_each_excused_host_has_a_reason() -> None:
    text = (ROOT / ".github/excused-hosts.txt").read_text(encoding="utf-8")
    assert links.excused(text)
    with pytest.raises(ValueError, match="no reason"):
        links.excused("example.org:\n")


def test_the_real_book_has_addresses_to_look_at() -> None:
    places = links.addresses([ROOT / "data", ROOT / "content"])
    assert sum(address.startswith(links.DOI_RECORD) for address in places) > 50
    assert all("\n" not in address for address in places)


# Issues


GH = """\
#!/bin/sh
echo "$*" >> "$CALLS"
[ "$1 $2" != "issue list" ] || echo "$OPEN"
"""


@pytest.mark.parametrize(
    ("is_open", "text", "does"),
    [
        ("", "- [ ] one\n", "issue create --title A title --label due --body-file list.md"),
        ("7", "- [ ] one\n", "issue edit 7 --body-file list.md"),
        ("7", "", "issue close 7 --comment Nothing is left on the list."),
        ("", "", None),
    ],
)
def test_one_issue_is_opened_updated_and_closed(is_open: str, text: str, does: str | None, tmp_path: Path) -> None:
    (tmp_path / "gh").write_text(GH, encoding="utf-8")
    (tmp_path / "gh").chmod(0o755)
    (tmp_path / "list.md").write_text(text, encoding="utf-8")
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        ["sh", SCRIPTS / "issue.sh", "due", "A title", "list.md"],
        cwd=tmp_path, env={"PATH": path, "CALLS": str(tmp_path / "calls"), "OPEN": is_open}, check=True,
    )  # fmt: skip
    _, _, *calls = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    assert calls == ([does] if does else [])


# Releases and shell


@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.sh")), ids=lambda file: file.name)
def test_shell_scripts_can_be_read_by_a_plain_shell(script: Path) -> None:
    subprocess.run(["sh", "-n", script], check=True)


def test_a_release_holds_the_data_the_site_the_handouts_and_their_checksums(tmp_path: Path) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for name in ("data/a.yaml", "content/a.md", "schemas/a.json", "LICENSE-content", "dist/causebook-offline.zip"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "dist/handouts").mkdir()
    (tmp_path / "dist/handouts/doms.pdf").write_bytes(b"%PDF")
    subprocess.run([*git, "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run([*git, "add", "data", "content", "schemas", "LICENSE-content"], cwd=tmp_path, check=True)
    subprocess.run([*git, "commit", "-qm", "x"], cwd=tmp_path, check=True)
    subprocess.run(["sh", SCRIPTS / "release-files.sh", "release"], cwd=tmp_path, check=True)
    out = tmp_path / "release"
    assert sorted(file.name for file in out.iterdir()) == [
        "SHA256SUMS", "causebook-data.zip", "causebook-handouts.zip", "causebook-offline.zip",
    ]  # fmt: skip
    assert (out / "SHA256SUMS").read_text(encoding="utf-8").count("\n") == 3
    handouts = zipfile.ZipFile(io.BytesIO((out / "causebook-handouts.zip").read_bytes()))
    assert handouts.namelist() == ["doms.pdf"]
