"""Whatever a person types is shown as typed and never becomes markup."""

from __future__ import annotations

import html as html_module
import json
import random
import re
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
import yaml

from okrdocs.markup import escape
from okrdocs.markup.escape import Markdown, escape_inline

CORPUS: list[str] = json.loads(
    (Path(__file__).parents[1] / "hostile" / "texts.json").read_text(encoding="utf-8")
)
EXTENSIONS = [
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
]
# What an author's own mkdocs.yml may add without harm.
MORE = ["abbr", "sane_lists", "pymdownx.caret", "pymdownx.mark", "pymdownx.tilde", "pymdownx.keys"]
MORE += ["pymdownx.inlinehilite", "pymdownx.snippets", "pymdownx.arithmatex"]
CONFIGS = {
    "toc": {"permalink": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.snippets": {"check_paths": False},
}

# Name: (Markdown, HTML); § stands for the text in both.
CONTEXTS = {
    "paragraph": ("§", "<p>§</p>"),
    "line of a paragraph": ("First\n§\nlast", "<p>First § last</p>"),
    "after text": ("Owner: §", "<p>Owner: §</p>"),
    "before text": ("§; then", "<p>§; then</p>"),
    "metadata line": ("**Owner** Ann · § · P1", "<p><strong>Owner</strong> Ann · § · P1</p>"),
    "bold": ("**§**", "<p><strong>§</strong></p>"),
    "emphasis": ("*§*", "<p><em>§</em></p>"),
    "link text": ("[§](https://x.test/)", '<p><a href="https://x.test/">§</a></p>'),
    "before a link": ("§[a](b)", '<p>§<a href="b">a</a></p>'),
    "heading": (
        "## § {#a}",
        '<h2 id="a">§<a class="headerlink" href="#a" title="Permanent link">&para;</a></h2>',
    ),
    "table": (
        "| § | a | b |\n|---|---|---|\n| § | § | § |",
        "<table><thead><tr><th>§</th><th>a</th><th>b</th></tr></thead>"
        "<tbody><tr><td>§</td><td>§</td><td>§</td></tr></tbody></table>",
    ),
    "bullet": ("- a\n- §\n    - §", "<ul><li>a</li><li>§<ul><li>§</li></ul></li></ul>"),
    "numbered": ("1. a\n2. §", "<ol><li>a</li><li>§</li></ol>"),
    "definition": ("Term\n:   §", "<dl><dt>Term</dt><dd>§</dd></dl>"),
    "term": ("§\n:   Text", "<dl><dt>§</dt><dd>Text</dd></dl>"),
    "quotation": ("> §", "<blockquote><p>§</p></blockquote>"),
    "admonition": (
        "!!! note\n    §",
        '<div class="admonition note"><p class="admonition-title">Note</p><p>§</p></div>',
    ),
    "markdown in details": (
        "<details markdown><summary>§</summary>\n\n§\n\n</details>",
        "<details><summary>§</summary><p>§</p></details>",
    ),
    "markdown in a block": (
        '<div class="a" markdown>\n\n§\n\n</div>',
        '<div class="a"><p>§</p></div>',
    ),
    "inline tag": ("A <em>§</em>.", "<p>A <em>§</em>.</p>"),
}
HTML_CONTEXTS = {
    "block": ('<div class="a" title="§">§</div>', '<div class="a" title="§">§</div>'),
    "details": (
        "<details><summary>§</summary><p>§</p></details>",
        "<details><summary>§</summary><p>§</p></details>",
    ),
    "inline": (
        "A <span title=\"§\">§</span>, <b title='§'>b</b>.",
        '<p>A <span title="§">§</span>, <b title="§">b</b>.</p>',
    ),
}


def random_texts(count: int, seed: str = "all") -> list[str]:
    """Texts made of pieces of the corpus, signs of Markdown and letters."""
    draw = random.Random(seed)
    signs = [*list("*_`[](){}<>|#!&;:~$^=+-\\/\"'.,?%@ \t\n1aÄ日"), " ", "a", "www.", "&#", "x_y"]
    short = [text for text in CORPUS if len(text) < 20]
    return [
        "".join(
            draw.choice(signs if draw.random() < 0.8 else short) for _ in range(draw.randint(1, 25))
        )
        for _ in range(count)
    ]


def shown(text: str) -> str:
    """What a reader is to see, by the Unicode properties of each character."""
    kept = []
    for char in text:
        if char in " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029":
            kept.append(" ")
        elif not unseen(char):
            kept.append(char)
    return re.sub(" +", " ", "".join(kept)).strip()


def unseen(char: str) -> bool:
    controls = unicodedata.category(char) in ("Cc", "Cs")
    bidi = unicodedata.bidirectional(char) in [
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    ]
    return controls or bidi or char in "\ufeff\ufff9\ufffa\ufffb\ufdd0\ufffe\uffff"


TEXTS = [text for text in CORPUS + random_texts(400) if shown(text)]


class Events(HTMLParser):
    """The tags, attributes and text of a page, in stretches parted by `<!--§-->`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.stretches: list[list[tuple[object, ...]]] = [[]]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stretches[-1].append((tag, tuple(sorted(attrs))))

    def handle_endtag(self, tag: str) -> None:
        self.stretches[-1].append(("/" + tag,))

    def handle_data(self, data: str) -> None:
        last = self.stretches[-1]
        if last and last[-1][0] == "text":
            data = str(last.pop()[1]) + data
        last.append(("text", data))

    def handle_comment(self, data: str) -> None:
        self.stretches.append([]) if data == "§" else self.stretches[-1].append(("!", data))


def events(page: str) -> list[list[tuple[object, ...]]]:
    """As `Events`, without the white space that HTML doesn't show."""
    return [
        [tidy(event) for event in stretch if keeps(event)] for stretch in Events(page).stretches
    ]


def tidy(event: tuple[object, ...]) -> tuple[object, ...]:
    return ("text", re.sub(r"[ \n]+", " ", str(event[1])).strip()) if event[0] == "text" else event


def keeps(event: tuple[object, ...]) -> bool:
    return event[0] != "text" or bool(str(event[1]).strip(" \n"))


def failures(context: str, md: markdown.Markdown, write: Callable[[str], str]) -> list[str]:
    """The texts that a page with all of them shows otherwise than its context says."""
    source, expected = (CONTEXTS | HTML_CONTEXTS)[context]
    texts = [text for text in CORPUS + random_texts(100, seed=context) if shown(text)]
    page = "\n\n<!--§-->\n\n".join(source.replace("§", write(text)) for text in texts)
    got = events(md.convert(page))
    assert len(got) == len(texts)
    wanted = [events(expected.replace("§", html_module.escape(shown(t))))[0] for t in texts]
    return [repr((t, g)) for t, g, w in zip(texts, got, wanted, strict=True) if g != w]


def reader(*more: str) -> markdown.Markdown:
    return markdown.Markdown(extensions=[*EXTENSIONS, *more], extension_configs=CONFIGS)


@pytest.mark.parametrize("context", CONTEXTS)
def test_inline_text_shows_as_typed(context: str) -> None:
    assert failures(context, reader(), escape_inline) == []


@pytest.mark.parametrize("context", ["paragraph", "bold"])
def test_inline_text_shows_as_typed_with_extensions_that_authors_add(context: str) -> None:
    assert failures(context, reader(*MORE), escape_inline) == []


@pytest.mark.parametrize("context", HTML_CONTEXTS)
def test_html_text_shows_as_typed(context: str) -> None:
    assert failures(context, reader(), escape.escape_html) == []


def test_headings_show_as_typed_in_the_table_of_contents() -> None:
    md = reader()
    md.convert("\n\n".join(f"## {escape_inline(text)}" for text in TEXTS))
    names = [token["name"] for token in md.toc_tokens]  # type: ignore[attr-defined] # by toc
    # Python-Markdown makes a no-break space an ordinary one there.
    seen = [html_module.unescape(name).split() for name in names]
    assert seen == [shown(text).split() for text in TEXTS]
    assert not [name for name in names if re.search(r"<(?![ 0-9=])", name)]


def test_a_heading_without_an_anchor_gets_a_harmless_id() -> None:
    page = reader().convert("\n\n".join(f"## {escape_inline(text)}" for text in TEXTS))
    tags = [event for event in events(page)[0] if event[0] == "h2"]
    assert len(tags) == len(TEXTS)
    assert all(re.fullmatch(r"[\w.-]+", dict(tag[1])["id"]) for tag in tags)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "text",
    [
        "Increase NPS from +35 to +50 (EMEA)",
        "e.g. 5 of 8, $3M",
        "+35",
        "-17%",
        "p95 < 300 ms, from 3:2 to 10:30",
        "Profit & loss: #1 in the snake_case_name > 99 %; 1.5 = 3/2?",
        'It\'s "done" – Über 90 % – 目標',
        "~200 customers",
    ],
)
def test_ordinary_sentences_stay_readable_in_the_markdown(text: str) -> None:
    assert escape_inline(text) == text


def test_markdown_of_ours_is_not_escaped_twice() -> None:
    assert escape_inline(Markdown("**x**")) == "**x**"
    assert escape_inline("**x**") == "&#42;&#42;x&#42;&#42;"
    assert escape_inline(escape_inline("<b>")) == escape_inline("<b>")


def test_a_terminal_gets_what_is_shown_and_no_control_character() -> None:
    assert [escape.terminal_text(text) for text in CORPUS] == [shown(text) for text in CORPUS]


@pytest.mark.parametrize(
    "text", ["👩‍👩‍👧‍👦", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "क्‍ष", "שלום \u200fabc", "e\u0301", "1\u202f000"]
)
def test_emoji_and_scripts_stay_whole(text: str) -> None:
    assert escape_inline(text) == text
    assert escape.escape_mermaid(text) == text or text.isascii() or "\u202f" in text


def test_a_mermaid_label_holds_no_sign_of_mermaid() -> None:
    for text in TEXTS:
        label = escape.escape_mermaid(text)
        assert re.fullmatch(r"(?:[0-9A-Za-z ,.\u00a0-\U0010ffff]|#[0-9]+;)+", label)
        assert re.sub(r"#([0-9]+);", lambda m: chr(int(m[1])), label) == shown(text)


def test_a_mermaid_label_is_never_empty_nor_a_list() -> None:
    assert escape.escape_mermaid(" \x00") == "–"
    assert escape.escape_mermaid("1. x") == "1#46; x"


@pytest.mark.parametrize(
    ("address", "encoded"),
    [
        ("https://x.test/a?b=c&d=e#f", "https://x.test/a?b=c&d=e#f"),
        ("HTTP://x.test", "HTTP://x.test"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("../2025-Q1/product.md#a--b", "../2025-Q1/product.md#a--b"),
        ("/x/y", "/x/y"),
        ("#a", "#a"),
        ("?q=a:b", "?q=a:b"),
        (" https://x.test/ ", "https://x.test/"),
        (
            "https://x.test/a b(c)<d>\"e|f'g*h[i]",
            "https://x.test/a%20b%28c%29%3Cd%3E%22e%7Cf%27g%2Ah%5Bi%5D",
        ),
        ("https://x.test/ü/100%/%41", "https://x.test/%C3%BC/100%25/%41"),
        ("x?a&colon;b&#58;c", "x?a&colon%3Bb&#58%3Bc"),
    ],
)
def test_an_address_is_percent_encoded(address: str, encoded: str) -> None:
    assert escape.safe_url(address) == encoded


@pytest.mark.parametrize(
    "address",
    [
        "",
        " ",
        " javascript:x",
        "java\tscript:x",
        "java\nscript:x",
        "http://x\n",
        "x\x00y",
        "x\x85",
        "x\u202ey",
        "x\u2028y",
        "x\ud800",
        "javascript:alert(1)",
        "JavaScript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://x",
        "a:b",
        "mailto:",
        "//host/x",
        "///x",
        "/\\host",
        "\\\\host",
        "./\\x",
        "http:x",
        "https://",
        "https:///x",
        "%6Aavascript:x",
        "://x",
        ":",
    ],
)
def test_an_address_that_may_run_or_hide_something_is_refused(address: str) -> None:
    assert escape.safe_url(address) is None


def test_an_entity_in_an_address_is_not_read_as_a_colon() -> None:
    page = reader().convert(escape.markdown_link("x", "javascript&colon;alert(1)"))
    assert "javascript:" not in html_module.unescape(page)


def test_a_link_shows_its_text_and_goes_to_its_address() -> None:
    page = "\n\n<!--§-->\n\n".join(
        escape.markdown_link(text, "https://x.test/(a)_*b*") for text in TEXTS
    )
    address = "https://x.test/%28a%29_%2Ab%2A"
    start = [("p", ()), ("a", (("href", address),))]
    wanted = [[*start, ("text", shown(text)), ("/a",), ("/p",)] for text in TEXTS]
    assert events(reader().convert(page)) == wanted


def test_a_link_with_a_refused_address_is_text() -> None:
    assert escape.markdown_link("[x]", "javascript:alert(1)") == escape_inline("[x]")


def test_every_hostile_address_is_refused_or_harmless_in_a_page() -> None:
    page = reader().convert("\n\n".join(escape.markdown_link("x", text) for text in TEXTS))
    addresses = [dict(e[1])["href"] for e in events(page)[0] if e[0] == "a"]  # type: ignore[call-overload]
    assert len(addresses) == sum(escape.safe_url(text) is not None for text in TEXTS)
    assert all(re.match(r"https?://\w|mailto:|[^:/]*[/?#]|[^:/]+$|/[^/]|/$", a) for a in addresses)


def test_a_title_is_one_yaml_scalar_and_html() -> None:
    for text in CORPUS:
        title = yaml.safe_load(f"title: {escape.front_matter_scalar(text)}\nx: 1\n")["title"]
        assert html_module.unescape(title) == shown(text)
        assert not set(title) & set("<>\"'\n")


def test_hostile_texts_are_escaped_in_linear_time() -> None:
    """The work grows with the length: a quadratic pattern would take minutes here."""
    for sign in [*"*_[<&#$:!+ ", "www.", ":a", "&#"]:
        escape.escape_inline(sign * 20_000)
        escape.escape_html(sign * 20_000)
        escape.safe_url("x" + sign * 20_000)


def test_json_text_keeps_every_value_and_shows_only_what_is_seen() -> None:
    seen = 'ünd 東京 🎯 "quoted" \\'
    hidden = "\x00\x1b\x7f\x9b\xad\u061c\u200b\u200f\u2028\u202e\u2060\u2069\ufeff\ud800\U000e0041"
    text = escape.json_text({"text": [seen, hidden]})
    assert json.loads(text) == {"text": [seen, hidden]}
    assert all(line.isprintable() for line in text.split("\n"))
    assert "ünd 東京 🎯" in text
    assert "\\u009b" in text


@pytest.mark.parametrize("number", [0, 1, 2])
def test_json_text_keeps_the_hostile_corpus(number: int) -> None:
    part = CORPUS[number::3]
    assert json.loads(escape.json_text(part)) == part
