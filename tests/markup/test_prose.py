"""Longer fields show the small subset of Markdown, and everything else as it was typed."""

from __future__ import annotations

import json
import random
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest

from okrdocs.markup.escape import Markdown, escape_inline, terminal_text
from okrdocs.markup.prose import prose_after_lead, prose_inline, prose_to_markdown

CORPUS: list[str] = json.loads(
    (Path(__file__).parents[1] / "hostile" / "texts.json").read_text(encoding="utf-8")
)
EXTENSIONS = ["admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"]
EXTENSIONS += ["pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"]
ALLOWED = {"p", "ul", "ol", "li", "em", "strong", "code", "a"}
PIECES = [
    "*",
    "**",
    "_",
    "__",
    "`",
    "[a](https://x.test)",
    "[",
    "](",
    ")",
    "\n",
    "\n\n",
    "- ",
    "1. ",
]
PIECES += [
    "  - ",
    "  1. ",
    "a",
    "b c",
    " ",
    " ",
    ".",
    "(",
    "<b>",
    "&",
    "|",
    "!",
    "#",
    "é",
    "\u0301",
    "日",
]


class Page(HTMLParser):
    """The elements, link targets and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.targets: list[str] = []
        self.strange: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            (self.targets if name == "href" else self.strange).append(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data


READER = markdown.Markdown(extensions=EXTENSIONS)


def read(source: str) -> str:
    return READER.reset().convert(source)


def flat(page: str) -> str:
    """The page without line ends and with numeric entities as characters."""
    page = re.sub(r"\s*\n\s*", "", page)
    return re.sub(r"&#(\d+);", lambda match: escape(chr(int(match[1]))), page)


def random_fields(count: int, seed: int = 7) -> list[str]:
    draw = random.Random(seed)
    return ["".join(draw.choices(PIECES, k=draw.randint(2, 30))) for _ in range(count)]


FIELDS = CORPUS + random_fields(400)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("One\ntwo\n\nThree", "<p>One two</p><p>Three</p>"),
        (
            "a *b* _c_ **d** __e__",
            "<p>a <em>b</em> <em>c</em> <strong>d</strong> <strong>e</strong></p>",
        ),
        ("**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>"),
        ("_**a**_, (*b*).", "<p><em><strong>a</strong></em>, (<em>b</em>).</p>"),
        (
            "**`a` [b](http://x.test)**",
            '<p><strong><code>a</code> <a href="http://x.test">b</a></strong></p>',
        ),
        (
            "`a|b` `<b>` `x_y` `--f`",
            "<p><code>a|b</code> <code>&lt;b&gt;</code> <code>x_y</code> <code>--f</code></p>",
        ),
        (
            "[a](https://x.test/b_(c)?d=*e*)",
            '<p><a href="https://x.test/b_%28c%29?d=%2Ae%2A">a</a></p>',
        ),
        ("[*a*](mailto:a@b.c)!", '<p><a href="mailto:a@b.c">*a*</a>!</p>'),
        (
            "Why:\n- a\n- b\n  more\n\nEnd",
            "<p>Why:</p><ul><li>a</li><li>b more</li></ul><p>End</p>",
        ),
        ("  - a\n  - b", "<ul><li>a</li><li>b</li></ul><!-- -->"),
        (
            "- a\n  - b\n    * c\n- d",
            "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul><!-- -->",
        ),
        (
            "1. a\n1. b\n   - c\n2) d",
            "<ol><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ol><!-- -->",
        ),
        ("- a\n  1. b\n  2. c", "<ul><li>a<ol><li>b</li><li>c</li></ol></li></ul><!-- -->"),
        ("- a\n\n1. b", "<ul><li>a</li></ul><!-- --><ol><li>b</li></ol><!-- -->"),
        ("- **a**: b", "<ul><li><strong>a</strong>: b</li></ul><!-- -->"),
        ("", ""),
        (" \n\n\x00\n", ""),
    ],
)
def test_the_subset_is_shown(text: str, page: str) -> None:
    assert flat(read(prose_to_markdown(text))) == page


@pytest.mark.parametrize(
    "text",
    [
        "5 * 3 * 2",
        "5*3*2",
        "snake_case_name",
        "***x***",
        "*x",
        "x*",
        "** x **",
        "*x *",
        "a*b*c",
        "日本*x*です",
        "# x",
        "1986. A year",
        "3. x",
        "> x",
        "| a | b |",
        "---",
        "***",
        "![x](https://x.test/y.png)",
        "[x](javascript:alert(1))",
        "[x](page.md)",
        "[x](//host)",
        "[x](data:x)",
        "[x]",
        "[x][y]",
        "[x](https://)",
        "https://x.test",
        "www.x.test",
        "``x``",
        "```x```",
        "` `",
        "<b>x</b>",
        "&amp;",
        "\\*x\\*",
        "- ",
        "-x",
        "1.x",
        "!!! note",
        "[^1]: x",
        "*[HTML]: x",
        "{: .x }",
        "~~x~~",
        "Hello!",
    ],
)
def test_all_else_is_shown_as_typed(text: str) -> None:
    shown = Page(read(prose_to_markdown(text)))
    assert shown.text.strip() == text.strip()
    assert shown.tags == {"p"}


@pytest.mark.parametrize("write", [prose_to_markdown, prose_inline])
def test_no_field_makes_anything_but_the_subset(write: object) -> None:
    assert callable(write)
    for text in FIELDS:
        page = Page(read(write(text)))
        assert page.tags <= ALLOWED, text
        assert not page.strange, text
        assert all(re.match(r"https?://|mailto:", target) for target in page.targets), text


def test_no_word_is_lost_or_added() -> None:
    """All but the signs of the subset and the addresses stays, in its order."""
    for text in FIELDS:
        typed = re.sub(r"\]\((https?://|mailto:)[^][()\s<>]+\)", "]", terminal_text(text))
        assert bare(Page(read(prose_inline(text))).text) == bare(typed), text


def bare(text: str) -> str:
    text = re.sub(r"https?://[\w./?=&#]*|mailto:[\w@.]*", "", text)
    return re.sub(r"[\s*_`()[\]!]", "", text)


def test_signs_of_emphasis_come_in_pairs_or_are_shown() -> None:
    for text in FIELDS:
        line = terminal_text(text)
        page = read(prose_inline(text))
        spent = line.count("*") + line.count("_") - sum(map(Page(page).text.count, "*_"))
        if "](" not in line:
            assert spent == 2 * page.count("<em>") + 4 * page.count("<strong>"), text


def test_plain_sentences_come_out_unchanged() -> None:
    text = "Increase NPS from +35 to +50 (EMEA), e.g. 5 of 8, $3M; see `make check`."
    assert prose_to_markdown(text) == prose_inline(text) == text


def test_one_line_contexts_get_one_line() -> None:
    assert prose_inline("- a\n- *b*\r\n\r\n# c") == "&#45; a - *b* # c"
    assert all("\n" not in prose_inline(text) for text in FIELDS)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It *counts*\n\n- a", "**Why:** It *counts*\n\n- a\n\n<!-- -->"),
        ("- a\n- b", "**Why:**\n\n- a\n- b\n\n<!-- -->"),
        ("1) a\n2) b", "**Why:**\n\n1. a\n2. b\n\n<!-- -->"),
        ("-5 points", "**Why:** -5 points"),
        ("*a* and b", "**Why:** *a* and b"),
    ],
)
def test_words_of_ours_stand_before_a_text_and_above_a_list(text: str, shown: str) -> None:
    assert prose_after_lead(Markdown("**Why:**"), text) == shown


def test_a_list_does_not_go_on_with_the_one_that_follows() -> None:
    page = f"{prose_to_markdown('- a')}\n\n{prose_to_markdown('1. b')}\n\n- c"
    lists = "<ul><li>a</li></ul><!-- --><ol><li>b</li></ol><!-- --><ul><li>c</li></ul>"
    assert flat(read(page)) == lists


def test_a_number_that_is_no_item_stays_behind_words_of_ours() -> None:
    assert prose_after_lead(Markdown("**Why:**"), "2. a").startswith("**Why:** 2")


def test_markdown_of_ours_is_not_escaped_twice() -> None:
    ours = Markdown("# x\n")
    assert prose_to_markdown(ours) is ours
    assert prose_inline(ours) is ours


def test_a_long_list_keeps_its_second_level() -> None:
    text = "\n".join(f"{n}. a" for n in range(1, 121)) + "\n   - b"
    page = flat(read(prose_to_markdown(text)))
    assert page.count("<ol>") == 1
    assert page.endswith("<li>a<ul><li>b</li></ul></li></ol><!-- -->")
    # CommonMark takes the second level at four spaces only below marks of up to four characters.
    assert "100." not in prose_to_markdown(text)


def test_a_sign_after_a_space_does_not_close() -> None:
    assert prose_inline("*x *") == "&#42;x &#42;"


@pytest.mark.parametrize(
    "sign",
    [
        "*",
        "**a ",
        "*a ",
        "_",
        "*a* ",
        "`",
        "`a",
        "[",
        "[a](",
        "[a](http://",
        "[a](http://b(",
        "- a\n",
        "*a **b ",
        "**a *b* ",
        "(",
        "1. a\n",
        "\n",
        "  - a\n",
        "<",
        "[a](http://x) ",
        "*a _b __c **d ",
        "\\",
    ],
)
def test_hostile_fields_are_read_in_linear_time(sign: str) -> None:
    """A quadratic parser would take minutes here."""
    text = sign * (100_000 // len(sign))
    assert len(prose_to_markdown(text)) >= len(prose_inline(escape_inline(text))) / 100


@pytest.mark.parametrize("text", ["ab" + "a" * 300_000 + "*", "ab " + "a " * 150_000 + "*"])
def test_a_long_plain_text_is_read_in_one_pass(text: str) -> None:
    assert prose_inline(text).startswith("ab")
