"""The Content-Security-Policy: it lets the site work, and nothing that was smuggled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from browser.companies import Options
from browser.kinds import largest
from browser.served import served
from browser.visits import Visits

NO_INDEX: tuple[list[str], ...] = (
    [],
    ["console: Failed to load resource: net::ERR_FILE_NOT_FOUND"],
)
OWN = ("index", "cycle's index", "cycle's team")


def test_every_page_has_the_policy_behind_its_encoding(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        head = page.read_text("utf-8")[:1024]
        assert re.search(r'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy"', head)


@pytest.mark.parametrize("kind", OWN)
def test_with_the_policy_palette_and_fold_outs_work(visits: Visits, site: Path, kind: str) -> None:
    with visits.window() as window:
        page = window.open(largest(site)[kind])
        scheme = page.locator("body")
        assert scheme.get_attribute("data-md-color-scheme") == "default"
        page.locator("label[for=__palette_1]").click()
        assert scheme.get_attribute("data-md-color-scheme") == "slate"
        for details in page.locator("article details").all()[:3]:
            details.locator("summary").first.click()
            assert details.evaluate("each => each.open")
        assert window.faults == []


def test_a_choice_of_colours_is_kept_on_the_next_page(visits: Visits) -> None:
    with visits.window() as window:
        window.open("okrs/index.html").locator("label[for=__palette_1]").click()
        page = window.open("okrs/cycles.html")
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


def test_code_can_be_copied(visits: Visits) -> None:
    with visits.window() as window:
        page = window.open("rules/stale.html")
        window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.locator("article button[data-clipboard-target]").first.click()
        page.locator(".md-dialog--active").wait_for()
        assert "objectives:" in page.evaluate("navigator.clipboard.readText()")
        assert window.faults == []


@pytest.mark.parametrize("kind", OWN)
def test_a_page_opened_from_disk_looks_and_works_the_same(
    visits: Visits, site: Path, kind: str
) -> None:
    with visits.window() as window:
        window.address = site.as_uri() + "/"
        page = window.open(largest(site)[kind])
        assert page.evaluate("document.styleSheets.length") >= 3
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--okr-ink')")
        assert "js" in page.evaluate("document.documentElement.className").split()
        # From disk Material's search finds no index, with the policy or without.
        assert [fault for fault in window.faults if "search_index.js" not in fault] in NO_INDEX


# ------------------------------------------------------------------- smuggled

SMALL = {
    "okr.yml": "schema: 1\norganization: Acme\nas_of: 2025-02-01\n",
    "2025-Q1/company.yml": "schema: 1\nobjectives: [{id: grow, title: Grow}]\n",
}
HOSTILE = """\
# Smuggled

<script>document.title = "smuggled"</script>
<img src="x.png" alt="" onerror="document.title = 'smuggled'" style="width: 77px">
<img src="https://elsewhere.test/x.png" alt="">
<a id="harm" href="javascript:document.title = 'smuggled'">Follow</a>

Nothing else.
"""


def smuggled(root: Path, with_site: Callable[[Path], Path]) -> Options:
    """A hand-written page that tries everything that the policy is against."""
    with_site(root)
    (root / "okrs/2025-Q1").mkdir(parents=True)
    for path, text in SMALL.items():
        (root / "okrs" / path).write_text(text, "utf-8")
    (root / "docs/index.md").write_text(HOSTILE, "utf-8")
    (root / "mkdocs.yml").write_text("site_name: Meridian Cloud OKRs\n", "utf-8")
    return ()


@pytest.fixture(scope="session")
def smuggling(visits: Visits, built: Callable[..., Path]) -> Iterator[Visits]:
    with served(built(smuggled)) as address:
        yield Visits(visits.browser, address)


def test_what_was_smuggled_into_a_page_neither_runs_nor_asks_anybody(smuggling: Visits) -> None:
    with smuggling.window() as window:
        page = window.open("index.html")
        page.locator("#harm").click()
        assert page.title() == "Meridian Cloud OKRs"
        assert page.locator("article img").first.evaluate("each => each.style.width") == ""
        assert "js" in page.evaluate("document.documentElement.className").split()
        refused = "\n".join(window.faults)
        assert "Executing inline script violates" in refused
        assert "Executing inline event handler violates" in refused
        assert "Applying inline style violates" in refused
        assert "Loading the image 'https://elsewhere.test/x.png' violates" in refused
        assert "Running the JavaScript URL violates" in refused
