"""`okr build --builder`: who isn't installed, what Zensical would ignore, and the same site."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

from okrdocs.errors import UsageError
from okrdocs.extras import IMPORTED, Extra
from okrdocs.site.build import BuildOptions, prepare_site
from okrdocs.site.other_builders import ZENSICAL

Okr = Callable[..., subprocess.CompletedProcess[str]]
OKRS = {
    "okr.yml": "schema: 1\norganization: Acme\nas_of: 2025-02-01\n",
    "2025-Q1/company.yml": "schema: 1\nobjectives: [{id: grow, title: Grow}]\n",
}
OTHERS = ("properdocs", "zensical")


@pytest.mark.parametrize("builder", OTHERS)
def test_a_builder_that_is_not_installed_is_named_with_the_command(
    a_repository: Callable[[Mapping[str, str]], Path],
    okr: Okr,
    monkeypatch: pytest.MonkeyPatch,
    builder: str,
) -> None:
    monkeypatch.setitem(IMPORTED, Extra(builder), ("not_installed_here",))
    root = a_repository(OKRS)
    ran = okr(root, "build", "--builder", builder)
    assert ran.returncode == 2
    assert f"`okr build --builder {builder}` needs packages" in ran.stderr
    assert f'pip install "okrdocs[{builder}]"' in ran.stderr
    assert not (root / "docs").exists()


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("plugins:\n- search\n- tags\n", "mkdocs.yml:3: Zensical would ignore the plugin `tags`"),
        ("plugins: {blog: {}}\n", "mkdocs.yml:1: Zensical would ignore the plugin `blog`"),
        ("hooks:\n  - a.py\n", "mkdocs.yml:2: Zensical would ignore the hook `a.py`"),
    ],
)
def test_what_zensical_would_leave_out_in_silence_is_refused(
    tmp_path: Path, own: str, said: str
) -> None:
    (tmp_path / "mkdocs.yml").write_text(own)
    with pytest.raises(UsageError) as refused:
        prepare_site(tmp_path, BuildOptions("Acme", builder=ZENSICAL), print)
    assert said in str(refused.value)


@pytest.mark.parametrize("own", ["", "plugins: [search]\n", "plugins: [material/search: {}]\n"])
def test_what_zensical_can_do_is_let_pass(tmp_path: Path, own: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(own)
    prepare_site(tmp_path, BuildOptions("Acme", builder=ZENSICAL), print)


# ------------------------------------------------------------------- the same site


def addresses(page: str) -> set[str]:
    """The links of a page's article."""
    article = re.search(r"<article.*</article>", page, re.DOTALL)
    return set(re.findall(r'href="([^"]+)"', article[0])) if article else set()


def ids(page: str) -> set[str]:
    """The ids in a page's article, without the marks of the builder's own."""
    article = re.search(r"<article.*</article>", page, re.DOTALL)
    found = re.findall(r'\bid="([^"]+)"', article[0]) if article else []
    return {each for each in found if not each.startswith("__")}


def search_entries(site: Path) -> dict[str, str]:
    """{location: title} of what the search finds."""
    (index,) = [p for p in (site / "search.json", site / "search/search_index.json") if p.exists()]
    found = json.loads(index.read_text("utf-8"))
    return {each["location"]: each["title"] for each in found.get("items") or found["docs"]}


def built(root: Path, builder: str) -> Path:
    site = root / f"site-{builder}"
    command = [sys.executable, "-m", "okrdocs", "build", "--builder", builder]
    ran = subprocess.run(
        [*command, "--root", str(root), "--site-dir", str(site)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return site


@pytest.mark.nightly
@pytest.mark.demonstration
@pytest.mark.parametrize("builder", OTHERS)
def test_every_builder_makes_the_same_site(
    tmp_path: Path, with_site: Callable[[Path], Path], builder: str
) -> None:
    if find_spec(builder) is None:
        pytest.skip(f"{builder} isn't installed here")
    root = with_site(tmp_path)
    shutil.copytree(Path(__file__).resolve().parents[2] / "okrs", root / "okrs")
    usual, other = built(root, "mkdocs"), built(root, builder)
    paths = sorted(path.relative_to(usual) for path in usual.rglob("*.html"))
    assert sorted(path.relative_to(other) for path in other.rglob("*.html")) == paths
    for path in paths:
        first, second = ((site / path).read_text("utf-8") for site in (usual, other))
        assert ids(second) == ids(first), path
        assert addresses(second) == addresses(first), path
        for page in first, second:
            assert "Content-Security-Policy" in page
        assert ('rel="alternate feed"' in second) == ('rel="alternate feed"' in first)
    assert search_entries(other) == search_entries(usual)
