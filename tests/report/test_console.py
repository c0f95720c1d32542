"""What a console prints is obeyed by nobody: no terminal, no runner of a CI job."""

from __future__ import annotations

import io
import json

import pytest

from okrdocs.markup.escape import json_text
from okrdocs.report.console import STYLES, Console

COMMANDS = [
    "::error::forged",
    "  ::error::forged",
    "\u00a0\t::set-output name=x::y",
    "a\n::stop-commands::x",
    "see ##[error]forged",
    "##[group]x",
    "x ##vso[task.setvariable]y",
    "##VSO[x]",
    "###[x]",
    "##teamcity[x]",
]


def printed(text: str, *, color: bool = False, for_runner: bool = False) -> str:
    out, err = io.StringIO(), io.StringIO()
    console = Console(out, err, color=color)
    console.print_line(text, for_runner=for_runner)
    console.print_note(text)
    console.print_error(text)
    if not for_runner:
        assert err.getvalue() == out.getvalue() * 2
    return out.getvalue().removesuffix("\n")


@pytest.mark.parametrize("text", COMMANDS)
def test_no_runner_finds_a_command(text: str) -> None:
    said = printed(text)
    assert said.replace("\u2060", "") == text
    for line in said.splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
        assert "##vso[" not in line.lower()
        assert "##teamcity[" not in line


@pytest.mark.parametrize("text", ["a :: b", "#[x]", "## [x]", "::", "x ::error::", "C#", "a##b"])
def test_what_is_no_command_stays(text: str) -> None:
    assert printed(text).replace(":\u2060:", "::") == text


def test_commands_of_ours_stay() -> None:
    assert printed("::error::x", for_runner=True) == "::error::x"


def test_of_controls_only_our_colours_get_through() -> None:
    every = "".join(STYLES.values()) + "\x1b[0m"
    assert printed(f"{every}x", color=True) == f"{every}x"
    text = "\x1b[2J\x1b]0;x\x07 section_start:0:x\r\x1b[0K \x9b1m \u202e \tb\nc"
    for color in False, True:
        said = printed(text, color=color)
        assert [c for c in said if not c.isprintable()] == ["\t", "\n"]
    assert "\x1b" not in printed("\x1b[31mred")


@pytest.mark.parametrize("text", COMMANDS)
def test_json_holds_no_command_and_the_same_value(text: str) -> None:
    written = json_text({text: [text]})
    assert json.loads(written) == {text: [text]}
    assert printed(written) == written
    assert "##[" not in written
