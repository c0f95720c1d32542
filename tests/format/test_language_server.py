"""Editors understand the files: asked of the language server that most of them use for YAML.

`.ci/language-server` installs it; the environment variable OKR_YAML_LANGUAGE_SERVER names another.
Without one these tests are skipped, and fail in continuous integration.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.nightly

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = ROOT / ".venv" / "node" / "node_modules" / ".bin" / "yaml-language-server"
DEMONSTRATION = sorted((ROOT / "okrs").rglob("*.yml"))
MODELINE = "# yaml-language-server: $schema=../../docs/schemas/team.schema.json\n"
QUIET = {
    "yaml": {
        # Neither the schema store nor anything else is fetched.
        "schemaStore": {"enable": False, "url": ""},
        "kubernetesCRDStore": {"enable": False},
        "validate": True,
        "hover": True,
        "completion": True,
        "disableSchemaDetection": False,
    },
    "http": {"proxy": "http://127.0.0.1:9", "proxyStrictSSL": True},
}
Position = tuple[int, int]
"""Line and column as editors count them: from 0."""


class LanguageServer:
    """A running server. A text is opened under a path; all that is asked after is about it."""

    def __init__(self, program: Path, home: Path) -> None:
        # Node's own settings stay out, and nothing of this machine's home directory is read.
        env = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
        self._process = subprocess.Popen(
            [program, "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=home,
            env=env,
        )
        self._asked = self._version = 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        capabilities = {
            "textDocument": {
                "completion": {
                    "completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}
                },
                "hover": {"contentFormat": ["markdown"]},
                "publishDiagnostics": {},
            },
            "workspace": {"configuration": True},
        }
        self._ask("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": QUIET})

    def stop(self) -> None:
        """Ends the server."""
        self._process.kill()
        self._process.communicate()

    def diagnostics(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Opens a text under a path, or changes it there, and what the server marks in it."""
        uri = path.as_uri()
        self._version += 1
        document = {"uri": uri, "version": self._version}
        if self._diagnostics.pop(uri, None) is None:
            opened = {**document, "languageId": "yaml", "text": text}
            self._tell("textDocument/didOpen", {"textDocument": opened})
        else:
            changes = [{"text": text}]
            params = {"textDocument": document, "contentChanges": changes}
            self._tell("textDocument/didChange", params)
        while uri not in self._diagnostics:
            self._take()
        return self._diagnostics[uri]

    def completions(self, path: Path, at: Position) -> list[dict[str, Any]]:
        """What is offered at a place of an opened text."""
        found: list[dict[str, Any]] = self._at("textDocument/completion", path, at)["items"]
        return found

    def hover(self, path: Path, at: Position) -> str:
        """What is shown when the mouse rests at a place of an opened text."""
        found = self._at("textDocument/hover", path, at)
        return "" if found is None else str(found["contents"]["value"])

    def _at(self, method: str, path: Path, at: Position) -> Any:
        position = {"line": at[0], "character": at[1]}
        return self._ask(method, {"textDocument": {"uri": path.as_uri()}, "position": position})

    def _ask(self, method: str, params: Mapping[str, Any]) -> Any:
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            message = self._take()
            if "method" not in message and message.get("id") == self._asked:
                assert "error" not in message, message
                return message["result"]

    def _tell(self, method: str, params: Mapping[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Mapping[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self._process.stdin.flush()

    def _take(self) -> dict[str, Any]:
        """The next message; what the server asks of an editor is answered on the way."""
        out, length = self._process.stdout, 0
        assert out is not None
        while header := out.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(out.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": _answer(message)})
        return message


def _answer(message: Mapping[str, Any]) -> Any:
    if message["method"] != "workspace/configuration":
        return None
    return [QUIET.get(str(item.get("section")), {}) for item in message["params"]["items"]]


# ------------------------------------------------------------------- the tests


def installed() -> Path | None:
    named = os.environ.get("OKR_YAML_LANGUAGE_SERVER")
    program = Path(named) if named else INSTALLED
    return program if program.is_file() and shutil.which("node") else None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    program = installed()
    if program is None:
        said = "There is no language server: run `.ci/language-server` (it needs node and npm)."
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(said)
    running = LanguageServer(program, tmp_path_factory.mktemp("home"))
    yield running
    running.stop()


@pytest.fixture
def team_file(tmp_path: Path) -> Path:
    """Where a team's file stands in a repository with the published schemas."""
    shutil.copytree(ROOT / "docs" / "schemas", tmp_path / "docs" / "schemas")
    (tmp_path / "okrs" / "2025-Q1").mkdir(parents=True)
    return tmp_path / "okrs" / "2025-Q1" / "product.yml"


HALF_WRITTEN = f"""\
{MODELINE}schema: 1
objectives:
  - id: growth
    title: 2025
    ladders_up_to: company/growth
    type:
    key_results:
      - id: nps
        title: NPS from 35 to 50
        source: Amplitude
        {""}
"""


def place(text: str, of: str) -> Position:
    """Right behind the last place where some words stand."""
    before = text[: text.rindex(of) + len(of)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def test_a_key_result_offers_its_keys_with_their_words(
    server: LanguageServer, team_file: Path
) -> None:
    server.diagnostics(team_file, HALF_WRITTEN)
    offered = server.completions(team_file, place(HALF_WRITTEN, "\n        "))
    words = {each["label"]: each.get("documentation", {}) for each in offered}
    assert {"baseline", "target", "check_ins", "owner"} <= set(words)
    assert "title" not in words, "it is there already"
    assert words["baseline"]["value"].startswith("The value at the start.")
    inserted = {each["label"]: each["insertText"] for each in offered}
    assert inserted["baseline"] == "baseline: ${1:0%}"


def test_a_new_item_is_offered_as_a_whole(server: LanguageServer, team_file: Path) -> None:
    text = f"{HALF_WRITTEN.rstrip()}\n        check_ins:\n          - "
    server.diagnostics(team_file, text)
    offered = {each["label"]: each for each in server.completions(team_file, place(text, "- "))}
    assert "value: ${2:value}" in offered["New check-in"]["insertText"]


def test_a_field_with_few_words_offers_just_these(server: LanguageServer, team_file: Path) -> None:
    text = HALF_WRITTEN.replace("type:", "type: ")
    server.diagnostics(team_file, text)
    offered = server.completions(team_file, place(text, "type: "))
    assert {each["label"] for each in offered} == {"committed", "aspirational", "learning"}


def test_a_field_for_text_offers_no_truth_values(server: LanguageServer, team_file: Path) -> None:
    text = f"{HALF_WRITTEN.rstrip()}\n        why: "
    server.diagnostics(team_file, text)
    offered = {each["label"] for each in server.completions(team_file, place(text, "why: "))}
    assert not offered & {"true", "false", "null"}


def test_a_key_shows_what_it_means_and_an_example(server: LanguageServer, team_file: Path) -> None:
    server.diagnostics(team_file, HALF_WRITTEN)
    shown = server.hover(team_file, place(HALF_WRITTEN, "ladders_up"))
    assert "#### Ladders up to" in shown
    assert "Objectives or key results that it serves." in shown
    assert "Example:\n\n```yaml\n- company/growth\n```" in shown


def test_a_shorthand_shows_the_words_of_its_key(server: LanguageServer, team_file: Path) -> None:
    server.diagnostics(team_file, HALF_WRITTEN)
    shown = server.hover(team_file, place(HALF_WRITTEN, "sourc"))
    assert shown.startswith("#### Source\n\nWhere the number comes from.")


MISTAKES = {
    "ownr: ceo": "Property ownr is not allowed.",
    "type: commited": 'Valid values: "committed", "aspirational", "learning".',
    "dropped: {date: 2025-13-01, reason: x}": "Write the date as year-month-day: 2025-02-01.",
    "ladders_up_to: [the company]": "Write `objective`, `team/objective`",
    "confidence: 175%": "Write 75% or 0.75.",
    "key_results: none": "Expected a list: begin each item with `- `",
    "was: [Old Id]": "An id is lower-case letters, digits and single hyphens",
    "risks: [{risk: Late, impact: huge}]": 'Valid values: "low", "medium", "high".',
    "grade: {reason: Measured too late}": 'Missing property "value".',
    f"label: {'x' * 61}": "Expected text of at most 60 characters.",
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_marked_in_its_line_with_what_is_expected(
    server: LanguageServer, team_file: Path, mistake: str
) -> None:
    text = f"{MODELINE}schema: 1\nobjectives:\n  - id: a\n    title: b\n    {mistake}\n"
    (found,) = server.diagnostics(team_file, text)
    assert found["range"]["start"]["line"] == 5
    assert MISTAKES[mistake] in found["message"]


def test_an_emoji_counts_as_one_character(server: LanguageServer, team_file: Path) -> None:
    text = f"{MODELINE}schema: 1\nobjectives:\n  - {{id: a, title: b, label: {'🙂' * 60}}}\n"
    assert server.diagnostics(team_file, text) == []


@pytest.mark.demonstration
@pytest.mark.parametrize("path", DEMONSTRATION, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_marked_in_the_files_of_the_demonstration(
    server: LanguageServer, path: Path
) -> None:
    assert server.diagnostics(path, path.read_text("utf-8")) == []


@pytest.mark.demonstration
@pytest.mark.parametrize("path", DEMONSTRATION, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_file_of_the_demonstration_leads_to_its_schema(
    server: LanguageServer, path: Path
) -> None:
    text = f"{path.read_text('utf-8').rstrip()}\nsurprise: 1\n"
    (found,) = server.diagnostics(path, text)
    assert found["message"] == "Property surprise is not allowed."
