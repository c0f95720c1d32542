"""A stranger's branch: nothing of it runs, and nothing outside the root is published."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from okrdocs.site.configuration import read_configuration

Okr = Callable[..., subprocess.CompletedProcess[str]]
OKRS = {
    "okr.yml": "schema: 1\norganization: Acme\nas_of: 2025-02-01\n",
    "2025-Q1/company.yml": "schema: 1\nobjectives: [{id: grow, title: Grow}]\n",
}


@pytest.fixture
def root(a_repository: Callable[[Mapping[str, str]], Path]) -> Path:
    root = a_repository(OKRS)
    for folder in "docs/inside", "theme":
        (root / folder).mkdir(parents=True)
    (root / "mkdocs.yml").write_text("theme: {custom_dir: theme}\n")
    (root.parent / "elsewhere").mkdir()
    (root.parent / "elsewhere/secret.md").write_text("hunter2\n")
    return root


@pytest.mark.parametrize("place", ["docs/a.md", "docs/inside/a", "theme/a.html", "docs/x.png"])
@pytest.mark.parametrize("to", ["secret.md", ""])
def test_a_link_that_leaves_the_root_is_refused(root: Path, okr: Okr, place: str, to: str) -> None:
    (root / place).symlink_to(root.parent / "elsewhere" / to)
    ran = okr(root, "build")
    assert ran.returncode == 2
    assert f"okr: `{place}` is a link that leads out of the folder" in ran.stderr
    assert not (root / "site").exists()


def test_a_link_through_a_link_that_stays_inside_is_followed(root: Path, okr: Okr) -> None:
    (root / "docs/loop").symlink_to("inside")
    (root / "docs/inside/loop").symlink_to("..")
    (root / "docs/inside/out.md").symlink_to(root.parent / "elsewhere/secret.md")
    assert "/out.md` is a link that leads out" in okr(root, "build").stderr


def test_a_folder_of_the_theme_that_is_a_link_is_refused(root: Path, okr: Okr) -> None:
    (root / "theme").rmdir()
    (root / "theme").symlink_to(root.parent / "elsewhere")
    assert "`theme` is a link that leads out" in okr(root, "build").stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_in_a_theme_is_never_waited_for(root: Path, okr: Okr) -> None:
    os.mkfifo(root / "theme/main.html")
    assert "`theme/main.html` is a pipe or a device" in okr(root, "build").stderr


# ------------------------------------------------------------------- a stranger's settings

HARM = """\
site_name: Goals
site_description: "<script>harm()</script>"
copyright: Acme
site_url: !ENV SECRET
nav: [index.md]
plugins: [search, nowhere]
hooks: [hook.py]
extra_javascript: [harm.js]
markdown_extensions: [{x: !!python/name:os.system }]
theme: {custom_dir: theme, language: de, logo: docs/x.png, font: Roboto, palette: {primary: teal}}
extra: {edit_base: https://git.test/acme/, analytics: {provider: google}}
"""


def test_of_a_strangers_settings_only_names_and_looks_stay(root: Path, okr: Okr) -> None:
    (root / "mkdocs.yml").write_text(HARM)
    (root / "hook.py").write_text("raise RuntimeError('ran')\n")
    (root / "theme/main.html").write_text("{{ 1 / 0 }}")
    assert okr(root, "build").returncode == 2
    ran = okr(root, "build", "--safe")
    assert ran.returncode == 0, ran.stderr
    assert (
        "Left out with --safe, of mkdocs.yml: site_description, copyright, site_url, nav, plugins,"
        " hooks, extra_javascript, markdown_extensions, theme.custom_dir, theme.font,"
        " extra.analytics."
    ) in ran.stderr
    page = (root / "site/okrs/2025-Q1/company.html").read_text()
    assert "- Goals</title>" in page
    assert '<html lang="de"' in page
    assert 'data-md-color-primary="teal"' in page
    assert "https://git.test/acme/okrs/2025-Q1/company.yml" in page


def test_a_safe_build_has_all_that_any_build_has(root: Path) -> None:
    (root / "mkdocs.yml").write_text("markdown_extensions: [abbr]\n")
    safe = read_configuration(root, "Acme", safe=True)
    (root / "mkdocs.yml").unlink()
    usual = read_configuration(root, "Acme")
    assert safe.left_out == ("markdown_extensions",)
    assert [key.value for key, _ in safe.settings.value] == [
        key.value for key, _ in usual.settings.value
    ]


def policy(page: Path) -> list[str]:
    """The digests of the inline code that may run."""
    return re.findall(r"'(sha256-[^']+)'", page.read_text().partition("<body")[0])


def test_code_that_a_page_of_theirs_puts_into_the_head_does_not_run(root: Path, okr: Okr) -> None:
    (root / "docs/theirs.md").write_text(
        "---\ntitle: 'x</title><script>harm()</script>'\n---\n# Theirs\n"
    )
    (root / "mkdocs.yml").write_text("site_name: Goals\n")
    assert okr(root, "build").returncode == 0
    page, ours = root / "site/theirs.html", root / "site/okrs/index.html"
    assert "<title>x</title><script>harm()</script>" in page.read_text()
    usual = len(policy(ours))
    assert len(policy(page)) == usual + 1
    assert okr(root, "build", "--safe").returncode == 0
    assert len(policy(page)) == len(policy(ours)) == usual
