"""A company's `mkdocs.yml` over the package's: what is joined, what stands, what is refused."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from okrdocs.errors import UsageError
from okrdocs.site.configuration import merged_configuration, read_configuration

Okr = Callable[..., subprocess.CompletedProcess[str]]
OKRS = {
    "okr.yml": "schema: 1\norganization: Acme\nas_of: 2025-02-01\n",
    "2025-Q1/company.yml": "schema: 1\nobjectives: [{id: grow, title: Grow, key_results:"
    " [{id: a, title: A, baseline: 0, target: 5, check_ins: [{date: 2025-01-20, value: 3},"
    " {date: 2025-01-25, value: 4}]}]}]\n",
}


class _Tagged(yaml.SafeLoader):
    """Loads a tagged value as (tag, text), so that tests see what the builder is given."""


def _as_tagged(_: yaml.SafeLoader, tag: str, node: yaml.Node) -> tuple[str, Any]:
    return tag.removeprefix("tag:yaml.org,2002:"), node.value


_Tagged.add_multi_constructor("", _as_tagged)


def merged(own: str = "", organization: str = "Acme") -> dict[str, Any]:
    """What a builder reads where a company's file holds this text."""
    text = merged_configuration(own, "mkdocs.yml", organization)
    loaded: dict[str, Any] = yaml.load(text, Loader=_Tagged)
    return loaded


def names(entries: list[Any]) -> list[str]:
    return [next(iter(each)) if isinstance(each, dict) else each for each in entries]


def options(entries: list[Any], name: str) -> dict[str, Any]:
    return next(each[name] for each in entries if isinstance(each, dict) and name in each)


OURS = merged()
SUPERFENCES = "pymdownx.superfences"

# ------------------------------------------------------------------- what is joined


@pytest.mark.parametrize("own", ["", "# nothing yet\n", "nav:\nplugins:\ntheme:\n"])
def test_a_file_without_settings_changes_nothing(own: str) -> None:
    assert merged(own) == OURS
    assert OURS["site_name"] == "Acme OKRs"


def test_simple_settings_of_the_company_stand() -> None:
    found = merged("site_name: Goals\nsite_url: https://okrs.test/\ncopyright: Acme\n")
    assert found == {
        **OURS,
        "site_name": "Goals",
        "site_url": "https://okrs.test/",
        "copyright": "Acme",
    }


def test_look_and_logo_are_the_companys_and_what_it_does_not_name_stays() -> None:
    found = merged(
        "theme:\n  logo: assets/acme.svg\n  palette: {primary: teal}\n  custom_dir: theme\n"
        "  features: [navigation.footer, navigation.top]\n  icon: {repo: fontawesome/brands/git}\n"
    )["theme"]
    assert found["palette"] == {"primary": "teal"}
    assert found["logo"] == "assets/acme.svg"
    assert found["custom_dir"] == "theme"
    assert found["icon"] == {**OURS["theme"]["icon"], "repo": "fontawesome/brands/git"}
    assert found["features"] == [*OURS["theme"]["features"], "navigation.footer"]
    assert found["name"] == "material"
    assert found["font"] is False


def test_the_name_of_the_theme_alone_changes_nothing() -> None:
    assert merged("theme: material\n") == merged("theme: {name: material}\n") == OURS


def test_plugins_of_the_company_follow_ours_with_their_options() -> None:
    found = merged("plugins: [tags, search: {lang: de}, blog: {blog_dir: news}]\n")["plugins"]
    assert names(found) == ["search", "tags", "blog"]
    assert options(found, "search") == {**options(OURS["plugins"], "search"), "lang": "de"}
    assert options(found, "blog") == {"blog_dir": "news"}


@pytest.mark.parametrize(
    "own",
    [
        "plugins: [search]\n",
        "plugins: [material/search]\n",
        "plugins: {search: {}}\n",
        "plugins: {search: }\n",
        "plugins: [search, okrdocs]\n",
        "plugins: [okrdocs: {root: .}]\n",
    ],
)
def test_no_plugin_is_there_twice_and_ours_not_in_a_site_that_is_ours(own: str) -> None:
    assert merged(own)["plugins"] == OURS["plugins"]


def test_markdown_extensions_are_joined_as_plugins_are() -> None:
    found = merged("markdown_extensions: {abbr: {}, markdown.extensions.toc: {toc_depth: 2}}\n")
    others = [name for name in names(OURS["markdown_extensions"]) if name != SUPERFENCES]
    # Whatever reads fences too takes them away from those that stand before it.
    assert names(found["markdown_extensions"]) == [*others, "abbr", SUPERFENCES]
    assert options(found["markdown_extensions"], "toc") == {"permalink": True, "toc_depth": 2}


def test_a_companys_style_sheets_and_scripts_come_after_ours() -> None:
    found = merged("extra_css: [own.css]\nextra_javascript: [own.js, {path: b.js, async: true}]\n")
    assert found["extra_css"] == [*OURS["extra_css"], "own.css"]
    own_scripts = ["own.js", {"path": "b.js", "async": True}]
    assert found["extra_javascript"] == [*OURS["extra_javascript"], *own_scripts]
    names_of_ours = [path.partition(".")[0] for path in OURS["extra_css"]]
    assert names_of_ours == ["okrs/assets/okrdocs", "okrs/assets/okrdocs-frame"]


def test_extra_and_validation_are_joined() -> None:
    found = merged("extra: {social: [], generator: true}\nvalidation: {links: {not_found: info}}\n")
    assert found["extra"] == {**OURS["extra"], "social": [], "generator": True}
    assert found["validation"]["links"] == {**OURS["validation"]["links"], "not_found": "info"}
    assert found["validation"]["anchors"] == "warn"


def test_a_menu_that_leads_to_our_pages_stands_and_any_other_gets_them_as_a_part() -> None:
    own = "nav: [{Home: index.md}, {Goals: [okrs/index.md]}]\n"
    assert merged(own)["nav"] == [{"Home": "index.md"}, {"Goals": ["okrs/index.md"]}]
    assert merged("nav: [index.md]\n")["nav"] == ["index.md", {"OKRs": OURS["nav"]}]


def test_pages_outside_the_menu_are_those_of_both() -> None:
    found = merged("not_in_nav: |\n  /notes/**\n")["not_in_nav"]
    assert found == "/okrs/**\n/notes/**\n"


def test_hooks_and_tags_reach_the_builder_as_they_were_written() -> None:
    found = merged(
        "hooks: [hook.py]\nsite_url: !ENV [SITE_URL, none]\nmarkdown_extensions:\n"
        "  - pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }\n"
    )
    assert found["hooks"] == ["hook.py"]
    assert found["site_url"][0] == "!ENV"
    index = options(found["markdown_extensions"], "pymdownx.emoji")["emoji_index"]
    assert index == ("python/name:material.extensions.emoji.twemoji", "")


def test_anchors_and_aliases_mean_what_they_meant() -> None:
    found = merged("extra: {a: &x [1, 2], b: *x}\n")["extra"]
    assert found["a"] == found["b"] == [1, 2]


def test_a_company_with_flowcharts_of_its_own_keeps_them() -> None:
    drawn_by = "!!python/name:pymdownx.superfences.fence_code_format "
    fence = f"{{name: mermaid, class: mermaid, format: {drawn_by}}}"
    math = "{name: math, class: math}"
    found = merged(
        f"markdown_extensions: [pymdownx.superfences: {{custom_fences: [{fence}, {math}]}}]\n"
    )
    fences = options(found["markdown_extensions"], "pymdownx.superfences")["custom_fences"]
    all_of_them = "python/name:okrdocs.drawing.flowchart.fence_html_or_mermaid", ""
    assert [each["name"] for each in fences] == ["mermaid", "progress", "math"]
    assert fences[0]["format"] == all_of_them


# ------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("site_name: A\nINHERIT: ../base.yml\n", "mkdocs.yml:2: okrdocs can't follow `INHERIT`"),
        ("a: &a {b: c}\n<<: *a\n", "mkdocs.yml:2: okrdocs can't follow `<<` here"),
        ("use_directory_urls: true\n", "mkdocs.yml:1: the pages need `use_directory_urls: false`"),
        ("\nuse_directory_urls: !ENV X\n", "mkdocs.yml:2: the pages need `use_directory_urls"),
        ("theme: mkdocs\n", "mkdocs.yml:1: the pages are made for the theme `material`."),
        ("theme:\n  name: null\n", "mkdocs.yml:2: the pages are made for the theme `material`."),
        ("theme: {features: navigation.tabs}\n", "mkdocs.yml:1: `features` must be a list."),
        ("theme: [material]\n", "mkdocs.yml:1: `theme` must be one text or a group of settings."),
        ("nav: index.md\n", "mkdocs.yml:1: `nav` must be a list."),
        ("not_in_nav: [a]\n", "mkdocs.yml:1: `not_in_nav` must be one text."),
        ("extra: []\n", "mkdocs.yml:1: `extra` must be a group of settings."),
        ("plugins: search\n", "mkdocs.yml:1: `plugins` must be a list or a group of settings."),
        ("plugins:\n- [search]\n", "mkdocs.yml:2: an entry of `plugins` is a name, or a name"),
        ("plugins:\n- a: 1\n  b: 2\n", "mkdocs.yml:2: an entry of `plugins` is a name"),
        ("theme: {custom_dir: ../x}\n", "mkdocs.yml:1: `custom_dir` must be a folder within this"),
        ("theme: {custom_dir: a/../../x}\n", "mkdocs.yml:1: `custom_dir` must be a folder"),
        ("theme: {custom_dir: /etc}\n", "mkdocs.yml:1: `custom_dir` must be a folder within this"),
        ("docs_dir: ../docs\n", "mkdocs.yml:1: `docs_dir` must be a folder of its own within"),
        ("docs_dir: /docs\n", "mkdocs.yml:1: `docs_dir` must be a folder of its own within"),
        ("docs_dir: .\n", "mkdocs.yml:1: `docs_dir` must be"),
        ("docs_dir: .git/x\n", "mkdocs.yml:1: `docs_dir` must be"),
        ("docs_dir: okrs\n", "mkdocs.yml:1: `docs_dir` must be"),
        ("docs_dir: a/../..\n", "mkdocs.yml:1: `docs_dir` must be"),
        ("docs_dir: !ENV DOCS\n", "mkdocs.yml:1: `docs_dir` must be"),
        ("- site_name\n", "`mkdocs.yml` isn't a list of settings such as `site_name: Acme OKRs`."),
        ("[a]: b\n", "mkdocs.yml:1: the name of a setting was expected here."),
        ("site_name:Acme\nnav: []\n", "mkdocs.yml:1:11: A space is missing after `site_name:`."),
        ("nav:\n\t- a\n", "mkdocs.yml:2:1: This line is indented with a tab"),
        ("site_name: 'Acme\n", "mkdocs.yml:1:12: "),
        ("a\x00b", "mkdocs.yml:1:"),
        ("a: " + "[" * 200_000, "`mkdocs.yml` nests its lists too deeply to be read."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_line(own: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        merged(own)
    assert said in str(refused.value)


def test_settings_within_settings_without_end_are_no_work(tmp_path: Path) -> None:
    """Each line doubles what the one above means."""
    lines = ["nav:", "  - &a0 [x, x]"]
    lines += [f"  - &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    (tmp_path / "mkdocs.yml").write_text("\n".join(lines))
    read_configuration(tmp_path, "Acme")


@pytest.mark.parametrize("depth", [100, 300, 400, 450, 480, 1_000])
def test_deep_settings_are_written_or_refused(depth: int) -> None:
    with suppress(UsageError):
        merged(f"a: {'[' * depth}{']' * depth}\n")


def test_a_file_that_is_not_utf_8_is_refused_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(b"nav: []\nsite_name: Caf\xe9\n")
    with pytest.raises(UsageError, match=r"mkdocs.yml:2: this line isn't UTF-8."):
        read_configuration(tmp_path, "Acme")


def test_a_link_that_leads_out_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("password: hunter2\n")
    root = tmp_path / "company"
    root.mkdir()
    (root / "mkdocs.yml").symlink_to("../secret")
    with pytest.raises(UsageError, match=r"is a link that leads out of this folder"):
        read_configuration(root, "Acme")


# ------------------------------------------------------------------- what is built


def test_the_other_ending_and_a_byte_order_mark_are_read(
    a_repository: Callable[[Mapping[str, str]], Path], okr: Okr
) -> None:
    root = a_repository(OKRS)
    (root / "mkdocs.yaml").write_text("\ufeffsite_name: Goals\n", encoding="utf-8")
    ran = okr(root, "build")
    assert ran.returncode == 0, ran.stderr
    assert " - Goals</title>" in (root / "site/okrs/index.html").read_text()


@pytest.mark.parametrize("own", ["docs_dir: ./handbook/web/\n", "docs_dir: handbook/web\n"])
def test_pages_are_written_where_the_sites_markdown_lies(
    a_repository: Callable[[Mapping[str, str]], Path], okr: Okr, own: str
) -> None:
    root = a_repository(OKRS)
    (root / "mkdocs.yml").write_text(own)
    assert okr(root, "generate").returncode == 0
    assert "up to date" in okr(root, "generate").stderr
    assert (root / "handbook/web/okrs/index.md").is_file()
    assert not (root / "docs").exists()
    (root / "handbook/web/okrs/index.md").write_text("mine")
    assert "handbook/web/okrs/index.md was not written by okr" in okr(root, "generate").stderr
    (root / "handbook/web/okrs/index.md").unlink()
    ran = okr(root, "build")
    assert ran.returncode == 0, ran.stderr
    assert (root / "site/okrs/index.html").is_file()


def test_another_folder_can_be_named_for_a_run(
    a_repository: Callable[[Mapping[str, str]], Path], okr: Okr
) -> None:
    root = a_repository(OKRS)
    (root / "mkdocs.yml").write_text("docs_dir: handbook\n")
    assert okr(root, "generate", "--docs-dir", "web").returncode == 0
    assert (root / "web/okrs/index.md").is_file()
    for elsewhere in "../web", "/web", "okrs/web", ".":
        ran = okr(root, "generate", "--docs-dir", elsewhere)
        assert ran.returncode == 2
        assert "`docs_dir` must be a folder of its own within this one" in ran.stderr


def test_a_folder_of_markdown_that_is_a_link_is_refused(
    a_repository: Callable[[Mapping[str, str]], Path], okr: Okr, tmp_path: Path
) -> None:
    root = a_repository(OKRS)
    (tmp_path / "elsewhere").mkdir()
    (root / "web").symlink_to(tmp_path / "elsewhere")
    (root / "mkdocs.yml").write_text("docs_dir: web\n")
    for command in "generate", "build":
        ran = okr(root, command)
        assert ran.returncode == 2
        assert "web` is a link; pages are written only inside the repository." in ran.stderr
    assert not list((tmp_path / "elsewhere").iterdir())


EXISTING = """\
site_name: Handbook
repo_url: https://git.test/acme/handbook
theme:
  name: material
  custom_dir: overrides
  features: [content.tabs.link]
  palette: {scheme: slate}
nav:
  - Home: index.md
  - guide.md
plugins:
  - search
  - tags
hooks: [hook.py]
markdown_extensions:
  - extra
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
extra_css: [own.css]
"""


def test_an_existing_site_stays_what_it_was_and_has_our_pages(
    a_repository: Callable[[Mapping[str, str]], Path], okr: Okr
) -> None:
    root = a_repository(OKRS)
    for path, text in {
        "mkdocs.yml": EXISTING,
        "docs/index.md": "# Home\n\n:material-home: [Guide](guide.md)\n\n"
        "```mermaid\nsequenceDiagram\n  A->>B: hello\n```\n\n```py\nprint(1)\n```\n",
        "docs/guide.md": "# Guide\n",
        "docs/own.css": "h1 {color: red}\n",
        "hook.py": "def on_page_markdown(markdown, **_):\n    return markdown + '\\nFrom a hook'\n",
        "overrides/main.html": '{% extends "base.html" %}{% block announce %}Hear{% endblock %}',
    }.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text)
    ran = okr(root, "build")
    assert ran.returncode == 0, ran.stderr
    home = (root / "site/index.html").read_text()
    assert '<pre class="mermaid"><code>sequenceDiagram\n  A-&gt;&gt;B: hello' in home
    assert '<span class="twemoji"' in home
    assert '<div class="highlight"' in home
    assert "From a hook" in home
    assert "Hear" in home
    assert 'data-md-color-scheme="slate"' in home
    assert "okrs/index.html" in home
    team = (root / "site/okrs/2025-Q1/company.html").read_text()
    assert 'class="okr-progress"' in team
    assert 'rel="alternate feed"' in team
    assert 'aria-label="Search"' in team


@pytest.mark.parametrize(
    ("organization", "name"),
    [
        ("Hafen & Söhne", "Hafen & Söhne OKRs"),
        ("</title><script>a()</script>", "&lt;/title&gt;&lt;script&gt;a()&lt;/script&gt; OKRs"),
        ("A&lt;b", "A&amp;lt;b OKRs"),
    ],
)
def test_the_name_of_the_organization_is_no_markup(organization: str, name: str) -> None:
    assert merged("", organization)["site_name"] == name
