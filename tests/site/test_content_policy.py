"""The policy of a page: the theme's own code by its digest, nothing that the content brought."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from okrdocs.site.content_policy import add_policy, policy_text

THEME = "<!doctype html><html><head><script>a()</script></head><body>{}<script>b()</script></body>"


def digest(code: str) -> str:
    return f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'"


def sources(page: str, content: str = "") -> dict[str, list[str]]:
    """{directive: its sources}"""
    words = (part.split() for part in policy_text(page, content).split(";"))
    return {first: rest for first, *rest in words}


def test_nothing_comes_from_another_host() -> None:
    found = sources(THEME)
    assert found["default-src"] == ["'self'", "file:"]
    assert found["object-src"] == found["frame-src"] == found["form-action"] == ["'none'"]
    assert found["base-uri"] == ["'self'"]
    allowed = {word for words in found.values() for word in words}
    assert {each for each in allowed if not each.startswith("'")} == {"file:", "data:"}
    assert not [each for each in allowed if "unsafe" in each]


def test_inline_code_of_the_theme_is_allowed_by_its_digest() -> None:
    page = THEME.format("<style>p {}</style><SCRIPT defer>c()\n</SCRIPT >")
    found = sources(page)
    assert found["script-src"][2:] == [digest("a()"), digest("c()\n"), digest("b()")]
    assert found["style-src"][2:] == [digest("p {}")]


def test_a_line_break_of_two_characters_counts_as_one() -> None:
    assert sources("<script>a\r\nb</script>")["script-src"][2:] == [digest("a\nb")]


@pytest.mark.parametrize(
    "without_code",
    [
        '<script src="a.js"></script>',
        "<script src=a.js></script>",
        '<script type="application/json">{"a": 1}</script>',
        "<style></styled>",
    ],
)
def test_a_file_and_plain_data_need_no_digest(without_code: str) -> None:
    found = sources(without_code)
    assert found["script-src"] == found["style-src"] == ["'self'", "file:"]


@pytest.mark.parametrize(
    "smuggled",
    [
        "<script>harm()</script>",
        "<style>p {background: url(x)}</style>",
        "<p><script>harm()",  # left open, to take in what follows
        "<script>harm()</script><script>more()</script>",
        "</article><script>harm()</script>",
    ],
)
def test_code_in_the_content_gets_no_digest(smuggled: str) -> None:
    page = THEME.format(f"<article>{smuggled}</article>")
    found = sources(page, smuggled)
    assert found["script-src"][2:] == [digest("a()"), digest("b()")]
    assert found["style-src"][2:] == []


def test_code_in_the_content_gets_none_where_a_plugin_changed_what_is_around_it() -> None:
    content = "<p>\n\n<script>harm()</script>"
    page = THEME.format(content.replace("\n\n", ""))
    assert digest("harm()") not in policy_text(page, content)
    assert digest("b()") in policy_text(page, content)


def test_the_policy_stands_before_all_that_is_loaded() -> None:
    page = add_policy('<html><head>\n<meta charset="utf-8">\n<link rel="stylesheet" href="a.css">')
    meta = '<meta http-equiv="Content-Security-Policy" content="[^"]+">'
    assert re.search(rf'<head>\s*<meta charset="utf-8">{meta}\s*<link', page)
    assert add_policy("<head><title>").startswith("<head><meta http-equiv=")


def test_what_has_no_head_stays_as_it_is() -> None:
    sitemap = "<?xml version='1.0'?><urlset><header>x</header></urlset>"
    assert add_policy(sitemap) == sitemap


# ------------------------------------------------------------------- the setting

OKRS = {
    "okr.yml": "schema: 1\norganization: Acme\nas_of: 2025-02-01\n",
    "2025-Q1/company.yml": "schema: 1\nobjectives: [{id: grow, title: Grow}]\n",
}
CONFIG = """\
site_name: OKRs
theme: {custom_dir: theme, static_templates: [404.html]}
"""
PAGE = "<head><script>a()</script></head><body><article>{{ page.content }}</article></body>"
Okr = Callable[..., CompletedProcess[str]]


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("", True),
        ("extra: {content_security_policy: false}\n", False),
        ("extra: {content_security_policy: true}\n", True),
    ],
)
def test_the_setting_puts_it_into_every_page_and_nothing_else(
    a_repository: Callable[[Mapping[str, str]], Path], okr: Okr, setting: str, expected: bool
) -> None:
    root = a_repository(OKRS)
    (root / "theme").mkdir()
    (root / "theme/main.html").write_text(PAGE)
    (root / "theme/404.html").write_text("<head><title>Gone</title></head>")
    (root / "docs").mkdir()
    (root / "docs/index.md").write_text("# Home\n\n<script>harm()</script>\n")
    (root / "mkdocs.yml").write_text(CONFIG + setting)
    ran = okr(root, "build")
    assert ran.returncode == 0, ran.stderr
    pages = {path.name: path.read_text("utf-8") for path in (root / "site").rglob("*.html")}
    assert {"404.html", "company.html", "index.html"} <= pages.keys()
    for page in pages.values():
        assert ("Content-Security-Policy" in page) == expected
        assert digest("harm()") not in page
    assert (digest("a()") in pages["company.html"]) == expected


def test_in_a_layout_of_a_companys_own_content_gets_no_digest_either(
    a_repository: Callable[[Mapping[str, str]], Path], okr: Okr
) -> None:
    root = a_repository(OKRS)
    for path, text in {
        "theme/main.html": PAGE.replace("article", "main"),
        "docs/index.md": "# Home\n\n<script>harm()</script>\n",
        "mkdocs.yml": CONFIG,
    }.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text)
    assert okr(root, "build").returncode == 0
    page = (root / "site/index.html").read_text("utf-8")
    assert "<script>harm()</script>" in page
    assert digest("harm()") not in page
    assert digest("a()") in page
