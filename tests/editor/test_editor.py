"""What a contributor sees while typing: the YAML language server, as editors run it, with our schemas."""

import json
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import pytest

SERVER = Path(__file__).parent / "node_modules/yaml-language-server/bin/yaml-language-server"
SECONDS = 30


class Editor:
    """An editor that opens files in the project and asks the language server about them."""

    def __init__(self, root: Path) -> None:
        assert SERVER.is_file(), "the YAML language server is missing: 'make test' installs it (npm ci in tests/editor)"
        self._root = root
        self._server = subprocess.Popen(
            ["node", str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._settings = json.loads((root / ".vscode/settings.json").read_text(encoding="utf-8"))
        self._replies: Queue[dict[str, Any]] = Queue()
        self._found: dict[str, Queue[list[dict[str, Any]]]] = {}
        self._next = 0
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        uri = root.as_uri()
        folders = [{"uri": uri, "name": "book"}]
        self.ask("initialize", processId=None, rootUri=uri, workspaceFolders=folders, capabilities={
            "workspace": {"configuration": True}, "textDocument": {"completion": {"completionItem": {}}},
        })  # fmt: skip
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": self._yaml()}})

    def _yaml(self) -> dict[str, Any]:
        schemas = {(self._root / file).as_uri(): glob for file, glob in self._settings["yaml.schemas"].items()}
        return {
            "yaml": {
                "validate": True,
                "completion": True,
                "hover": True,
                "schemas": schemas,
                "schemaStore": {"enable": False},
            }
        }

    def _send(self, message: dict[str, Any]) -> None:
        assert self._server.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._server.stdin.flush()

    def _listen(self) -> None:
        stream = self._server.stdout
        assert stream
        while line := stream.readline():
            length = int(line.split(b":")[1])
            while stream.readline().strip():
                pass
            message = json.loads(stream.read(length))
            match message.get("method"):
                case "workspace/configuration":
                    sections = [item.get("section") for item in message["params"]["items"]]
                    answers = [self._yaml()["yaml"] if section == "yaml" else {} for section in sections]
                    self._send({"id": message["id"], "result": answers})
                case "textDocument/publishDiagnostics":
                    self._found.setdefault(message["params"]["uri"], Queue()).put(message["params"]["diagnostics"])
                case None:
                    self._replies.put(message)
                case _ if "id" in message:
                    self._send({"id": message["id"], "result": None})

    def ask(self, method: str, **params: Any) -> Any:
        self._next += 1
        self._send({"id": self._next, "method": method, "params": params})
        while (reply := self._replies.get(timeout=SECONDS))["id"] != self._next:
            pass
        return reply.get("result")

    def open(self, path: str, text: str) -> str:
        uri = (self._root / path).as_uri()
        self._found[uri] = Queue()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return uri

    def diagnoses(self, path: str, text: str) -> list[tuple[int, str]]:
        """Return (line, message) of what the editor underlines in a file with this text."""
        return self.found_in(self.open(path, text))

    def found_in(self, uri: str) -> list[tuple[int, str]]:
        """Return what the editor underlines in a file that was opened."""
        found = self._found[uri].get(timeout=SECONDS)
        return [(one["range"]["start"]["line"] + 1, one["message"]) for one in found]

    def completions(self, path: str, text: str, line: int, column: int) -> set[str]:
        uri = self.open(path, text)
        self._wait(uri)
        place = {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": column - 1}}
        return {one["label"] for one in self.ask("textDocument/completion", **place)["items"]}

    def hover(self, path: str, text: str, line: int, column: int) -> str:
        uri = self.open(path, text)
        self._wait(uri)
        place = {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": column - 1}}
        return str((self.ask("textDocument/hover", **place) or {}).get("contents", {}).get("value", ""))

    def _wait(self, uri: str) -> None:
        try:
            self._found[uri].get(timeout=SECONDS)
        except Empty:
            raise AssertionError("the language server did not answer") from None

    def close(self) -> None:
        self._server.kill()
        self._server.wait()
        self._listener.join()
        for stream in (self._server.stdin, self._server.stdout):
            if stream:
                stream.close()


@pytest.fixture(scope="module")
def editor(root: Path) -> Iterator[Editor]:
    one = Editor(root)
    yield one
    one.close()


DOMS = "data/causes/doms.yaml"


def test_every_file_of_the_book_is_quiet(editor: Editor, root: Path) -> None:
    files = sorted((root / "data").rglob("*.yaml"))
    opened = [editor.open(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")) for file in files]
    assert {uri: found for uri in opened if (found := editor.found_in(uri))} == {}


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("certainty: high", "certainty: sure", "high"),
        ("version: \"1.0\"", "version: 1.0", "Incorrect type"),
        ("order: ", "ordr: ", "ordr"),
        ("title: ", "titel: ", "title"),
    ],
)  # fmt: skip
def test_a_mistake_is_underlined_while_it_is_typed(
    right: str, wrong: str, said: str, editor: Editor, root: Path
) -> None:
    text = (root / DOMS).read_text(encoding="utf-8")
    line = text[: text.index(right)].count("\n") + 1
    found = editor.diagnoses(f"data/causes/{said.split()[0].lower()}.yaml", text.replace(right, wrong, 1))
    assert any(said in message and place in (1, line) for place, message in found), found


def test_ids_of_other_entries_are_offered(editor: Editor) -> None:
    text = "id: new\nget_help:\n  - rf\n"
    assert {"rf-dvt", "rf-pe"} <= editor.completions("data/faqs/offered.yaml", text, 3, 7)


def test_keys_are_offered_and_explained_with_an_example(editor: Editor, root: Path) -> None:
    assert {"also_called", "get_help"} <= editor.completions("data/faqs/new.yaml", "id: new\n\n", 2, 1)
    hover = editor.hover("data/causes/hover.yaml", (root / DOMS).read_text(encoding="utf-8"), 2, 2)
    assert "as readers see it" in hover
    assert "title:" in hover
