"""With the plugin `okrdocs` an existing site looks as before, and our pages have their colours."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.served import served
from host_site import HOST, build_host_site, host_site

NAV = "nav: [Home: index.md, Guide: guide.md]\n"
PARTS = "article", ".md-header", ".md-footer", ".md-sidebar--secondary"
PLAIN = "rgba(0, 0, 0, 0)"
SETTINGS = {
    "without": f"{HOST}{NAV}",
    "with": f"{HOST}  - okrdocs\n{NAV}",
    "dark": f"{HOST}  - okrdocs\n{NAV}".replace(
        "theme: material", "theme: {name: material, palette: {scheme: slate}}"
    ),
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The same site without the plugin, with it, and with it in the dark."""
    folder = tmp_path_factory.mktemp("host")
    root = host_site(folder / "company")
    made = {}
    for name, settings in SETTINGS.items():
        ran = build_host_site(root, settings)
        assert ran.returncode == 0, ran.stderr
        made[name] = Path(shutil.copytree(root / "site", folder / name))
    return made


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1_280, "height": 900})
    page.route("https://**", lambda route: route.abort())
    page.goto(address)
    return page


@pytest.mark.parametrize("place", ["index.html", "guide/index.html"])
def test_the_hosts_pages_look_as_before(
    browser: Browser, sites: Mapping[str, Path], place: str
) -> None:
    pictures = []
    for name in "without", "with":
        with served(sites[name]) as address:
            page = opened(browser, f"{address}{place}")
            pictures.append([page.locator(part).first.screenshot() for part in PARTS])
            page.close()
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("name", ["with", "dark"])
def test_our_pages_have_their_colours_whatever_palette_there_is(
    browser: Browser, sites: Mapping[str, Path], name: str
) -> None:
    with served(sites[name]) as address:
        page = opened(browser, f"{address}okrs/2025-Q1/company.html")
        of = "getComputedStyle(document.querySelector('.okr-status')).backgroundColor"
        assert page.evaluate(of) != PLAIN
        page.close()
