"""A real browser, and sites that it opens: the system's Chromium, driven by Playwright.

Without a Chromium these tests are skipped and say so, and fail in continuous integration. Each
site is built once, whichever of the processes that share the tests asks first, and is served on
this machine alone.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.companies import Options, demonstration, hostile
from browser.served import served
from browser.visits import Visits
from okrdocs.errors import UsageError
from okrdocs.site.pdf import VARIABLE, find_browser

WithSite = Callable[[Path], Path]
Fill = Callable[[Path, WithSite], Options]
Built = Callable[[Fill], Path]


@pytest.fixture(scope="session", autouse=True)
def program() -> str:
    """The path of the browser; without one, nothing is built for it, either."""
    try:
        return find_browser(os.environ)
    except UsageError:
        said = (
            "No browser was found for the tests of the site: install Chromium"
            f" (`apt-get install chromium`), or name one in {VARIABLE}."
        )
    if os.environ.get("CI"):
        pytest.fail(said)
    pytest.skip(said)


@pytest.fixture(scope="session")
def browser(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The running browser, which reaches no other host."""
    # Its sandbox refuses root; what it opens here are our own pages.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    options.append("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
    env: dict[str, str | float | bool] = {
        **os.environ,
        "HOME": str(tmp_path_factory.mktemp("home")),
    }
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=options, env=env)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """No other process of this run is in here at the same time."""
    with place.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def built(
    tmp_path_factory: pytest.TempPathFactory, okr_process: Callable[..., Any], with_site: WithSite
) -> Built:
    """The folder of a site, built by the first who asks: built(demonstration)."""
    run = tmp_path_factory.getbasetemp()
    shared = run.parent if "PYTEST_XDIST_WORKER" in os.environ else run

    def made(fill: Fill) -> Path:
        root = shared / fill.__name__
        with _alone(shared / f"{fill.__name__}.lock"):
            if not root.exists():
                root.mkdir()
                ran = okr_process(root, "build", *fill(root, with_site))
                assert ran.returncode == 0, ran.stderr
        return root / "site"

    return made


@pytest.fixture(scope="session")
def site(built: Built) -> Path:
    """The folder of this repository's own site."""
    return built(demonstration)


@pytest.fixture(scope="session")
def visits(browser: Browser, site: Path) -> Iterator[Visits]:
    """Visits to this repository's own site."""
    with served(site) as address:
        yield Visits(browser, address)


@pytest.fixture(scope="session")
def hostile_site(built: Built) -> Path:
    """The folder of a site in which every text field holds a hostile text."""
    return built(hostile)


@pytest.fixture(scope="session")
def hostile_visits(browser: Browser, hostile_site: Path) -> Iterator[Visits]:
    """Visits to the site with hostile texts."""
    with served(hostile_site) as address:
        yield Visits(browser, address)
