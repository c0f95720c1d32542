"""The plugin `okrdocs` in an existing site: our pages are whole, the host's are as they were."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from host_site import HOST, build_host_site, host_site

NAV = "nav: [Home: index.md, Guide: guide.md]\n"
Built = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return host_site(tmp_path / "company")


@pytest.fixture
def build(root: Path) -> Built:
    return lambda settings: build_host_site(root, settings)


def host_pages(root: Path) -> dict[str, str]:
    """The host's pages by their paths in the site."""
    pages = {}
    for path in sorted((root / "site").rglob("*.html")):
        place = path.relative_to(root / "site").as_posix()
        if not place.startswith("okrs/"):
            pages[place] = path.read_text()
    return pages


def head_of(page: str) -> str:
    """A page's head, without the links along the menu."""
    head = re.sub('<link rel="(next|prev)"[^>]*>', "", page.partition("</head>")[0])
    return " ".join(head.split())


@pytest.mark.parametrize("nav", [NAV, ""])
def test_the_hosts_pages_are_as_they_were_but_for_the_menu(
    root: Path, build: Built, nav: str
) -> None:
    ran = build(HOST + nav)
    assert ran.returncode == 0, ran.stderr
    before = host_pages(root)
    ran = build(f"{HOST}  - okrdocs\n{nav}")
    assert ran.returncode == 0, ran.stderr
    after = host_pages(root)
    assert after.keys() == before.keys() == {"index.html", "guide/index.html", "404.html"}
    for place, page in after.items():
        head, was = (head_of(each) for each in (page, before[place]))
        assert head == was, place
        article, was = (
            re.search(r"<article.*</article>", each, re.DOTALL)[0]  # type: ignore[index]  # has one
            for each in (page, before[place])
        )
        assert article == was, place
        assert page.count("<script") == before[place].count("<script")
    assert "OKRs" in after["index.html"]


def test_our_pages_are_whole(root: Path, build: Built) -> None:
    ran = build(f"{HOST}  - okrdocs\n{NAV}extra: {{edit_base: https://git.test/}}\n")
    assert ran.returncode == 0, ran.stderr
    team = (root / "site/okrs/2025-Q1/company.html").read_text()
    assert 'class="okr-progress"' in team
    assert 'rel="alternate feed"' in team
    assert 'href="https://git.test/okrs/2025-Q1/company.yml"' in team
    for address in re.findall(r'(?:href|src)="([^"#?:]+)["#?]', team):
        target = root / "site/okrs/2025-Q1" / address
        assert target.is_file() or (target / "index.html").is_file(), address
    assert "okrdocs-frame" not in team
    assert re.search(
        r'<link rel="stylesheet" href="\.\./\.\./okrs/assets/okrdocs\.\w+\.css">', team
    )
    found = json.loads((root / "site/search/search_index.json").read_text())["docs"]
    assert "okrs/2025-Q1/company.html#grow" in {each["location"] for each in found}


def test_a_menu_that_leads_to_our_pages_stays_as_it_is(root: Path, build: Built) -> None:
    ran = build(f"{HOST}  - okrdocs\nnav: [index.md, guide.md, Goals: okrs/index.md]\n")
    assert ran.returncode == 0, ran.stderr
    page = (root / "site/index.html").read_text()
    assert "Goals" in page
    assert "okrs/people" not in page


def test_an_error_in_the_files_stops_the_build_and_is_shown(root: Path, build: Built) -> None:
    (root / "okrs/2025-Q1/company.yml").write_text("schema: 1\nobjectives: [\n")
    ran = build(f"{HOST}  - okrdocs\n")
    assert ran.returncode == 1
    assert "okrs/2025-Q1/company.yml:2" in ran.stderr + ran.stdout
    assert "okrdocs: the pages couldn't be written." in ran.stderr


def test_another_theme_is_refused(build: Built) -> None:
    ran = build("site_name: Handbook\ntheme: mkdocs\nplugins: [search, okrdocs]\n")
    assert ran.returncode == 1
    assert "okrdocs: the pages are made for the theme `material`." in ran.stderr
