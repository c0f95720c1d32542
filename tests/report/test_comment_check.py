"""What a job that may write accepts as a review comment: all that okr writes, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from git_repository import Repository
from okrdocs.cli import main
from okrdocs.markup.code_host import escape_code, escape_label, escape_line
from okrdocs.markup.escape import terminal_text
from okrdocs.report.comment import MARK
from okrdocs.report.comment_check import MOST, find_comment_fault

TEXTS = json.loads((Path(__file__).parents[1] / "hostile" / "texts.json").read_text("utf-8"))
GOOD = f"{MARK}\n## OKRs: 1 change from main to this branch\n\n- Raised it. 🟢 „ä“\n"
PICTURE = '\n\n```mermaid\nflowchart LR\n    n1["Product<br/>www.acme.test #38; Q1"]\n```\n'
OKR_YML = "schema: 1\norganization: Acme\nas_of: 2025-02-10\nteams:\n  product: {name: Product}\n"


def fault(text: str) -> str | None:
    return find_comment_fault(text.encode("utf-8", "surrogatepass"))


def test_a_comment_of_ours_is_accepted() -> None:
    assert fault(GOOD) is None
    assert fault(GOOD + PICTURE) is None
    assert fault(GOOD + "- " + "日" * 60_000) is None


def test_a_fault_names_its_line() -> None:
    assert fault(f"{GOOD}- see @ada") == (
        "line 5 could notify somebody, link something or be a command"
    )


NOT_OURS = {
    "nothing": "",
    "no mark": "## OKRs\n",
    "a mark that isn't first": f"\n{GOOD}",
    "text beside the mark": f"{MARK} x\n",
    "too many characters": f"{GOOD}- {'a' * MOST}",
}


@pytest.mark.parametrize("name", NOT_OURS)
def test_another_text_is_refused(name: str) -> None:
    assert fault(NOT_OURS[name]) is not None


def test_bytes_that_are_no_text_are_refused() -> None:
    assert find_comment_fault(GOOD.encode() + b"\xff") == "it isn't UTF-8"
    assert find_comment_fault(b"\xef\xbb\xbf" + GOOD.encode()) is not None


# Each is tried as a line, in an item, in a cell, behind a tag of ours and within a word's reach.
ATTACKS = [
    "@octocat", "&#64;octocat", "&#x40;octocat", "&#0064;octocat", "&commat;octocat", "@org/team",
    "＠ &#64octocat", "a@b.test", "mailto:a@b.test", "xmpp:a@b.test",
    "closes #12", "closes #1;", "fixes: #12", "owner/repo#1", "_GH-1_", "gh-1", "GL-1", "&num;1",
    "&#35;1", "#1&#59;", "G&#72;-1",
    "!12", "group/project!12", "&#33;12", "x &3", "&#38;3", "group&3", "%v1", "%12", '%"Version 1"',
    "~label", '~"my label"', "~1", "$123", "project$1", "^alert#1", "[vulnerability:1]",
    "[feature_flag:1]", "[contact:a]", "[[wiki]]", "&#91;epic:1&#93;", '*iteration:"x"',
    "/approve", "/close", "/label ~x", "/merge", "/Approve", "&#47;approve",
    "[x](/evil)", "![x](y)", "[x][y]", "[y]: //evil.test", "[^1]", "[!NOTE]", "[ ] task",
    "https://evil.test", "ftp://evil.test", "HTTPS://evil.test", "https&#58;//evil.test",
    "https:/&#47;evil.test", "www.evil.test", "WWW.evil.test", "www&#46;evil.test", "<https:x>",
    "<img src=x>", "<a href=x>x</a>", "<!-- x -->", "<!-- x", "<?x?>", "</div>", "<b>", "<BR>",
    '<span onclick="x">', "<span>@</span>x", "<span>&#8238;</span>", "<details>", "<details open>",
    "<code class=x>", "<br/>",
    "&#8238;evil", "&#x202e;evil", "&rlm;", "&ZeroWidthSpace;", "&lt;img&gt;", "&nbsp;", "&#160;",
    "&#32;", "&#10;", "&#0;", "&#65;", "&amp", "&copy",
    "a\u202eb", "a\u200bb", "a\u200db", "a\ufeffb", "a\xadb", "a\U000e0041b", "a\U000e007f",
    "a\ufe0fb", "a\U000e0100", "a\u2060b", "a\u3164b", "a\u2028b", "a\x85b", "a\x9bb", "a\x1b[2Jb",
    "a\rb", "a\tb", "a\0b", "a\x7fb",
    "`code`", "`okr check`x`", "``` x", "~~~", "$`x`$", "$x$", "$$", r"$\href{//evil}{x}$",
    "{x}", ":tada:", "&#58;tada&#58;", "\\@x", "a\\", "~~x~~",
]  # fmt: skip
PLACES = ["- {}", "| {} | 1 |", "- x {}", "**{}**", "<code>{}</code>", "- <code>x</code>{}",
          "#### {}", "<details><summary>{}</summary>", "- a {} b"]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_refused_wherever_it_stands(attack: str) -> None:
    for place in ["{}", *PLACES]:
        assert fault(f"{GOOD}{place.format(attack)}\n") is not None, place


@pytest.mark.parametrize("line", ["> quoted", "    code", "+ x", "---", "===", "\tx", ":::", "# x",
                                  "```", "```js", "````", "#hashtag", "##x", " - x"])  # fmt: skip
def test_a_line_that_begins_as_none_of_ours_does_is_refused(line: str) -> None:
    assert fault(f"{GOOD}{line}\n") is not None


@pytest.mark.parametrize(
    "line",
    [
        '    click n1 callback "x"',
        "    click n1 href",
        "%%{init: {}}%%",
        "    %% x",
        "sequenceDiagram",
        "    n1[x]",
        '    n1["a" onclick="x"]',
        '    n1["<img src=x>"]',
        '    n1["a@b"]',
        '    n1["#lt;b#gt;"]',
        '    n1["#8238;x"]',
        '    n1["a\u200bb"]',
        '    n1["`markdown`"]',
        "    class n1 x;click n1 x",
        "    classDef x fill:url(//evil)",
        "    linkStyle 0 x",
        "    subgraph x",
        "flowchart TD",
    ],
)
def test_a_picture_has_boxes_arrows_and_colours_only(line: str) -> None:
    assert fault(f"{GOOD}\n```mermaid\nflowchart LR\n{line}\n```\n") is not None


def test_a_picture_has_to_end() -> None:
    assert fault(f"{GOOD}\n```mermaid\nflowchart LR") == "its picture doesn't end"


ANYTHING = st.one_of(
    st.sampled_from([*TEXTS, *ATTACKS]),
    st.text(),
    st.text(st.sampled_from("@#$%&!~^[]*/:;.-_gGhHwW12<>=`\\| \"'(){}\u200d\ufe0f\u202e👩日")),
)


@given(ANYTHING, ANYTHING)
def test_whatever_people_write_is_accepted_as_we_escape_it(one: str, other: str) -> None:
    first, second = (escape_line(terminal_text(text)) for text in (one, other))
    for place in (*PLACES, "x{}"):
        assert fault(f"{GOOD}{place.format(first)}\n") is None, place
    line = f"- **{first}**: {second} ({first}, {escape_code(other)}{second}) *{first}*\n"
    assert fault(f"{GOOD}{line}| {first} | {second} | 1 |\n") is None
    box = f'    n1["{escape_label(one)}<br/>{escape_label(other)}"]'
    assert fault(f"{GOOD}\n```mermaid\nflowchart LR\n{box}\n    n1 -- KR1 --> n1\n```\n") is None


# ------------------------------------------------------------------- the command


NOT_IN_YAML = {
    *map(chr, (*range(32), *range(0x7F, 0xA0), *range(0xD800, 0xE000))),
    *"\u2028\u2029\ufeff\ufffe\uffff",
}


def with_titles(titles: list[str]) -> str:
    """A team's file with objectives of ten key results, titled so; all but the first serve it."""
    text = "schema: 1\nobjectives:\n"
    for number, title in enumerate(titles):
        shown = json.dumps(title, ensure_ascii=False)
        if number % 11:
            text += f"      - {{id: kr-{number}, title: {shown}, baseline: 1, target: 2}}\n"
            continue
        serves = "    ladders_up_to: [o-0]\n" if number else ""
        text += f"  - id: o-{number}\n    title: {shown}\n{serves}    key_results:\n"
    return text


def comment_on(made: Repository, titles: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What `okr comment` prints where plain titles become these, and an objective is added."""
    made.write("okrs/okr.yml", OKR_YML)
    made.write("okrs/2025-Q1/product.yml", with_titles([f"Plain {n}" for n in range(len(titles))]))
    made.commit()
    new = f"  - {{id: new, title: {json.dumps(titles[0])}, ladders_up_to: o-0}}\n"
    made.write("okrs/2025-Q1/product.yml", with_titles(titles) + new)
    capsys.readouterr()
    assert main(["comment", "--root", str(made.root), "main"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("part", range(3))
def test_what_okr_writes_is_accepted_whatever_people_wrote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], part: int
) -> None:
    texts = [text for text in [*TEXTS, *ATTACKS] if text.strip() and len(text) < 200]
    texts = [text if text.isprintable() else f"x {text}" for text in texts]
    texts = [text for text in texts if not set(text) & NOT_IN_YAML]
    made = Repository(tmp_path / "company")
    comment = comment_on(made, texts[part::3], capsys)
    assert comment.count("\n- Reworded") > 100
    assert "```mermaid" in comment
    file = tmp_path / "comment.md"
    file.write_text(comment, "utf-8")
    assert main(["comment", "--check", str(file)]) == 0, capsys.readouterr().out


def test_sixty_japanese_objectives_are_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    titles = [f"{n}番目の目標：お客様が自分で使い始められるようにする" * 3 for n in range(660)]
    comment = comment_on(Repository(tmp_path / "company"), titles, capsys)
    assert len(comment.encode()) > 71_680
    assert fault(comment) is None


def test_the_command_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # No OKRs are needed.
    Path("comment.md").write_text(f"{GOOD}see @ada\n", "utf-8")
    assert main(["comment", "--check", "comment.md"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("okr wouldn't write this comment: line 5 could notify somebody")
    Path("comment.md").write_bytes(b"a" * 300_000)
    assert main(["comment", "--check", "comment.md"]) == 1
    assert main(["comment", "--check", "none.md"]) == 2
    assert main(["comment", "--check", "."]) == 2
