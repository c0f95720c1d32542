"""The site: strict about links, clear about its settings."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

OKRS = {
    "okr.yml": "schema: 1\norganization: Acme\nas_of: 2025-02-01\n",
    "2025-Q1/company.yml": "schema: 1\nobjectives: [{id: grow, title: Grow}]\n",
}
# A theme of one line: what is tested are links, not looks.
CONFIG = """\
site_name: OKRs
theme: {custom_dir: theme}
"""
Okr = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def root(a_repository: Callable[[Mapping[str, str]], Path]) -> Path:
    root = a_repository(OKRS)
    (root / "theme").mkdir()
    (root / "theme/main.html").write_text("<body>{{ page.content }}</body>")
    (root / "mkdocs.yml").write_text(CONFIG)
    return root


@pytest.fixture
def built(okr: Okr) -> Callable[[Path], subprocess.CompletedProcess[str]]:
    return lambda root: okr(root, "build")


Built = Callable[[Path], subprocess.CompletedProcess[str]]


def test_a_build_makes_pages_and_site_and_says_where(root: Path, built: Built) -> None:
    ran = built(root)
    assert ran.returncode == 0, ran.stderr
    assert "The site is in site/: open site/index.html." in ran.stderr
    assert "Grow" in (root / "site/okrs/2025-Q1/company.html").read_text()


def test_the_site_can_go_to_another_folder(root: Path, okr: Okr) -> None:
    ran = okr(root, "build", "--site-dir", str(root / "public/okrs"))
    assert ran.returncode == 0, ran.stderr
    assert (root / "public/okrs/okrs/index.html").is_file()
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("okrs/2024-Q1/index.md", "contains a link 'okrs/2024-Q1/index.md', but the target"),
        ("okrs/2025-Q1/company.md#shrink", "does not contain an anchor '#shrink'"),
    ],
)
def test_a_dead_link_or_anchor_fails_the_build_with_1(
    root: Path, built: Built, link: str, said: str
) -> None:
    (root / "docs").mkdir()
    (root / "docs/index.md").write_text(f"[A goal](okrs/2025-Q1/company.md#grow), [B]({link})\n")
    ran = built(root)
    assert ran.returncode == 1
    assert said in ran.stderr
    assert "okr: The site wasn't built: Aborted with 1 warnings in strict mode!" in ran.stderr


def test_messages_of_mkdocs_are_obeyed_by_nobody(root: Path, built: Built) -> None:
    (root / "docs").mkdir()
    (root / "docs/index.md").write_text("[x](##[error]\x1b[2Jforged.md) [y](##vso[a]b.md)\n")
    ran = built(root)
    assert ran.returncode == 1
    assert "forged.md" in ran.stderr
    assert "##[" not in ran.stderr
    assert "##vso[" not in ran.stderr
    assert "\x1b" not in ran.stderr


def test_a_folders_name_is_obeyed_by_nobody(root: Path, okr: Okr) -> None:
    evil = root.rename(root.with_name("a\x1b[2J\n::error::b"))
    for command in ("check",), ("build", "--site-dir", str(evil / "\x1b[2Jsite")), ("status",):
        ran = okr(evil / "none" if command == ("status",) else evil, *command)
        assert "\x1b" not in ran.stdout + ran.stderr
        assert "\n::error" not in ran.stdout + ran.stderr


def test_a_folder_with_okrs_alone_gets_a_site_with_all_that_it_needs(
    a_repository: Callable[[Mapping[str, str]], Path], okr: Okr
) -> None:
    root = a_repository(OKRS)
    ran = okr(root, "build")
    assert ran.returncode == 0, ran.stderr
    assert {path.name for path in root.iterdir()} == {
        ".okrdocs", ".okrdocs-site.yml", "docs", "okrs", "site"
    }  # fmt: skip
    page = (root / "site/okrs/2025-Q1/company.html").read_text()
    assert " - Acme OKRs</title>" in page
    for address in re.findall(r'(?:href|src)="([^"#?]+)"', page):
        assert (root / "site/okrs/2025-Q1" / address).exists() or address.startswith("https://")
    for asset in "okrdocs.", "okrdocs-cascade.":
        assert re.search(rf'src="\.\./assets/{re.escape(asset)}[0-9a-f]{{8}}\.js"', page)
    assert 'url=okrs/index.html"' in (root / "site/index.html").read_text()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("site_name: [\n", "mkdocs.yml:1:13: A bracket that was opened is never closed."),
        ("theme: readthedocs\n", "mkdocs.yml:1: the pages are made for the theme `material`."),
        ("plugins: [nowhere]\n", 'The "nowhere" plugin is not installed'),
    ],
)
def test_wrong_settings_exit_with_2_and_are_named(
    root: Path, built: Built, settings: str, said: str
) -> None:
    (root / "mkdocs.yml").write_text(settings)
    ran = built(root)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert "okr: " in ran.stderr
    assert not (root / "site").exists()


def test_an_error_in_the_files_builds_no_site(root: Path, okr: Okr) -> None:
    (root / "okrs/2025-Q1/company.yml").write_text("schema: 1\nobjectives: [\n")
    assert okr(root, "build").returncode == 1
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    "target",
    [
        "okrs",
        "okrs/2025-Q1",
        "okrs/new",
        "docs",
        "docs/okrs",
        "theme",
        ".",
        "..",
        ".git",
        ".git/objects",
        "site/../okrs",
        "link",
        "link/2025-Q1",
        "foreign",
        "checkout",
    ],
)
@pytest.mark.parametrize("by", ["option", "settings"])
def test_a_folder_that_must_stay_is_refused_with_2(
    root: Path, okr: Okr, target: str, by: str
) -> None:
    (root / "link").symlink_to("okrs")
    for file in "foreign/thesis.tex", "checkout/.git":
        (root / file).parent.mkdir()
        (root / file).write_text("mine")
    okr(root, "generate")
    before = files_below(root)
    option = ["--site-dir", str(root / target)] if by == "option" else []
    if by == "settings":
        (root / "mkdocs.yml").write_text(f"{CONFIG}site_dir: {target}\n")
        before = files_below(root)
    ran = okr(root, "build", *option)
    assert ran.returncode == 2, ran.stderr
    assert "site_dir" in ran.stderr
    assert files_below(root) == before


def files_below(root: Path) -> dict[str, bytes]:
    """Without what a build hands to MkDocs."""
    files = (p for p in root.parent.rglob("*") if p.is_file() and p.name != ".okrdocs-site.yml")
    return {str(path): path.read_bytes() for path in files}


def test_a_site_of_ours_is_built_again_and_stays_until_the_new_one_is_complete(
    root: Path, okr: Okr
) -> None:
    (root / "docs").mkdir()
    (root / "docs/old.md").write_text("Old\n")
    assert okr(root, "build").returncode == 0
    before = files_below(root / "site/okrs")
    (root / "docs/old.md").write_text("[dead](nowhere.md)\n")
    assert okr(root, "build").returncode == 1
    assert files_below(root / "site/okrs") == before
    (root / "docs/old.md").unlink()
    assert okr(root, "build").returncode == 0
    assert not (root / "site/old.html").exists()
    assert not [path for path in root.iterdir() if path.name.startswith(".site")]


def test_what_a_killed_build_left_is_in_nobodys_way(root: Path, okr: Okr) -> None:
    assert okr(root, "build").returncode == 0
    (root / "site").rename(root / ".site.new")
    (root / ".site.new/half.html").write_text("half")
    assert okr(root, "build").returncode == 0
    assert not (root / "site/half.html").exists()
    assert not (root / ".site.new").exists()


def test_what_is_called_like_a_half_site_and_isnt_ours_is_refused(root: Path, okr: Okr) -> None:
    (root / ".site.new").mkdir()
    (root / ".site.new/thesis.tex").write_text("mine")
    ran = okr(root, "build")
    assert ran.returncode == 2
    assert ".site.new` stands where okr builds, and isn't its own." in ran.stderr
    assert (root / ".site.new/thesis.tex").read_text() == "mine"


def test_a_site_from_before_there_was_a_mark_is_recognised(root: Path, okr: Okr) -> None:
    assert okr(root, "build").returncode == 0
    (root / "site/.okrdocs-site").unlink()
    assert okr(root, "build").returncode == 0
    (root / "site/.okrdocs-site").unlink()
    (root / "site/okrs/feed.xml").write_text("<feed/>")
    ran = okr(root, "build")
    assert ran.returncode == 2
    assert "delete it and try again" in ran.stderr


def test_feeds_link_absolutely_where_the_sites_address_is_known(root: Path, okr: Okr) -> None:
    (root / "okrs/2025-Q1/company.yml").write_text(
        "schema: 1\nobjectives:\n- {id: grow, title: Grow, key_results: [{id: a, title: A,"
        " target: 5, check_ins: [{date: 2025-01-20, value: 3}]}]}\n"
    )
    links = re.compile(r'<link [^>]*?href="([^"]*)"')
    assert okr(root, "build").returncode == 0
    feeds = "feed.xml", "feeds/company.xml"
    for feed in feeds:
        found = links.findall((root / "site/okrs" / feed).read_text())
        assert len(found) == 3
        assert not [link for link in found if "://" in link]
    (root / "mkdocs.yml").write_text(f"{CONFIG}site_url: https://okrs.test/acme\n")
    assert okr(root, "build").returncode == 0
    for feed in feeds:
        found = links.findall((root / "site/okrs" / feed).read_text())
        assert found == [
            f"https://okrs.test/acme/okrs/{feed}",
            "https://okrs.test/acme/okrs/index.html",
            "https://okrs.test/acme/okrs/2025-Q1/company.html#grow--a",
        ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_among_the_documents_is_never_waited_for(root: Path, okr: Okr) -> None:
    okr(root, "generate")
    os.mkfifo(root / "docs/notes.md")
    ran = okr(root, "build")
    assert ran.returncode == 2
    assert "docs/notes.md` is a pipe or a device and no document." in ran.stderr


def test_the_list_of_plugins_is_the_companys(root: Path, okr: Okr) -> None:
    """As print-site sees it, which warns where it isn't the last one."""
    (root / "hook.py").write_text(
        "def on_config(config):\n"
        "    assert list(config.plugins) == ['material/search', 'hook.py'], list(config.plugins)\n"
    )
    (root / "mkdocs.yml").write_text(f"{CONFIG}hooks: [hook.py]\nplugins: [search]\n")
    ran = okr(root, "build")
    assert ran.returncode == 0, ran.stderr


def test_a_plugin_that_names_another_folder_late_is_refused_too(root: Path, okr: Okr) -> None:
    (root / "hook.py").write_text(
        "def on_config(config):\n    config.site_dir = config.site_dir[:-4] + 'okrs'\n"
    )
    (root / "mkdocs.yml").write_text(f"{CONFIG}hooks: [hook.py]\n")
    ran = okr(root, "build")
    assert ran.returncode == 2, ran.stderr
    assert (root / "okrs/okr.yml").is_file()
