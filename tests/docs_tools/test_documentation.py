"""README and pages say what is true: outputs, files, commands, links."""

from __future__ import annotations

import re
import runpy
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from git_repository import Repository
from okrdocs.cli import main
from okrdocs.site.configuration import merged_configuration

ROOT = Path(__file__).resolve().parents[2]
REPLAY = runpy.run_path(str(ROOT / "generator" / "docs_tools" / "replay.py"))
COMMANDS: Mapping[str, ArgumentParser] = runpy.run_path(
    str(ROOT / "generator" / "docs_tools" / "reference_pages.py")
)["subcommands"]()
STORIES: tuple[Path, ...] = REPLAY["STORIES"]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(p for p in (ROOT / "docs").rglob("*.md") if "okrs" not in p.parts)]
)
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def by_name(path: Path) -> str:
    return str(path.relative_to(ROOT))


# ------------------------------------------------------------------- README and tutorial


@pytest.mark.parametrize("story", STORIES, ids=by_name)
def test_the_output_on_a_page_is_that_of_the_tool(story: Path) -> None:
    page = story.read_text("utf-8")
    assert REPLAY["replayed"](page) == page, "run `make docs`"


@pytest.mark.parametrize("story", STORIES, ids=by_name)
def test_the_files_of_a_page_load_unless_its_next_output_shows_a_problem(story: Path) -> None:
    steps = list(REPLAY["steps"](story.read_text("utf-8")))
    assert steps
    for step in steps:
        assert (step.exit_code == 1) == ("\nerror[" in step.text), step.text


def test_the_format_on_one_page_is_without_a_problem() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    section = readme.split("\n## The format on one page\n")[1].split("\n## ")[0]
    command = "$ .venv/bin/okr check --as-of 2026-02-09"
    (step,) = REPLAY["steps"](f"{section}\n```console\n{command}\n```\n")
    assert step.text.endswith("4 files checked, nothing to fix.\n")


def test_the_diff_of_the_readme_is_what_okr_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    made = Repository(tmp_path)
    for text in re.findall(r"^```yaml\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)[:2]:
        made.write(text.split("\n")[0].removeprefix("# "), text)
    made.commit("The quarter begins")
    team = tmp_path / "okrs" / "2026-Q1" / "company.yml"
    team.write_text(team.read_text("utf-8").replace("target: 900", "target: 700"), "utf-8")
    main(["diff", "main", "--as-of", "2026-02-09", "--root", str(tmp_path)])
    said = capsys.readouterr().out
    shown = re.search(r"^```text\n\$ okr diff main .*?\n(.*?)^```$", readme, re.DOTALL | re.M)
    assert shown is not None
    place = re.compile(r"yml:\d+")  # the block in the page has one line more at its head
    assert place.sub("yml", said) == place.sub("yml", shown[1])


def test_the_message_on_the_page_about_problems_is_one_of_the_tutorial() -> None:
    page = (ROOT / "docs" / "reference" / "problems.md").read_text("utf-8")
    shown = re.search(r"^```text\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert shown is not None
    assert shown[1] in (ROOT / "docs" / "tutorial" / "first-okrs.md").read_text("utf-8")


def test_the_readme_shows_a_picture_for_light_and_one_for_dark() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert 'srcset="docs/assets/now-dark.png"' in readme
    assert 'src="docs/assets/now-light.png"' in readme


# ------------------------------------------------------------------- commands


OF_OKR = re.compile(r"(?<![\w./-])(?:\.venv/bin/)?(okr [a-z-]+(?= |$)[^`|&;#\n]*)", re.MULTILINE)
OF_MAKE = re.compile(r"(?<![\w./-])(make [a-z][a-z-]*)(?= |$)", re.MULTILINE)


def commands_of(page: Path) -> list[str]:
    """What the code of a page calls: `okr build --pdf`, `make site`, in blocks and in the text."""
    text = page.read_text("utf-8")
    fence = re.compile(r"^ *```(\w*).*?\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
    called = ["\n".join(_called(*block)) for block in fence.findall(text)]
    called += re.findall(r"`((?:\.venv/bin/)?okr [^`\n]+|make [^`\n]+)`", fence.sub("", text))
    return [found for code in called for each in (OF_OKR, OF_MAKE) for found in each.findall(code)]


def _called(language: str, code: str) -> Iterator[str]:
    """The lines of a block that call something: those of a console, and steps of a workflow."""
    for line in code.replace("\\\n", " ").splitlines():
        if language == "console" and line[:2] == "$ ":
            yield line[2:]
        elif language in ("yaml", "bash", "sh") and re.match(
            r"\s*(- )?(run: |- |\.venv|make )", line
        ):
            yield line


CALLING = {page: called for page in PAGES if (called := commands_of(page))}


@pytest.mark.parametrize("page", CALLING, ids=by_name)
def test_every_command_on_a_page_exists_with_its_options(page: Path) -> None:
    for called in CALLING[page]:
        program, name, *words = called.split()
        assert name in (COMMANDS if program == "okr" else TARGETS), called
        options = {word.partition("=")[0] for word in words if re.match("--?[a-z]", word)}
        if program == "okr":
            assert options <= set(COMMANDS[name]._option_string_actions), called


def test_the_search_for_commands_finds_each_way_of_naming_one(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "Run `okr check --strict` or `make site`; `an okr file` is none.\n\n"
        "```console\n$ .venv/bin/okr build --pdf | cat\nokr said this\n```\n\n"
        "```yaml\nsteps:\n  - run: .venv/bin/okr remind --format json\nmake: it\n```\n"
    )
    assert commands_of(page) == [
        "okr build --pdf ", "okr remind --format json", "okr check --strict", "make site",
    ]  # fmt: skip


def test_most_commands_stand_on_some_page() -> None:
    named = {called.split()[1] for page in CALLING for called in CALLING[page]}
    assert set(COMMANDS) <= named
    assert len(CALLING) > 20


# ------------------------------------------------------------------- links


def headings(page: Path) -> set[str]:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    kept = (re.sub(r"[^\w\s-]", "", title.lower()) for title in titles)
    return {re.sub(r"[-\s]+", "-", title.strip()) for title in kept}


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_every_relative_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    text = re.sub(r"^```.*?^```|`[^`\n]+`", "", page.read_text("utf-8"), flags=re.DOTALL | re.M)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        if ":" in path or path.startswith("okrs/"):  # another host; a generated page
            continue
        place = (page.parent / path).resolve() if path else page
        assert place.is_file(), target
        assert not anchor or anchor in headings(place), target


# ------------------------------------------------------------------- the map of the code


def test_the_table_of_packages_names_every_package_and_no_other() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[a-z_]+`[^|]*) \|", text, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([a-z_]+)`", row)]
    package = ROOT / "generator" / "okrdocs"
    written = {path.stem for path in package.glob("*.py")} - {"__init__"}
    written |= {path.name for path in package.iterdir() if (path / "__init__.py").is_file()}
    assert sorted(named) == sorted(written)


def test_every_setting_that_a_site_has_is_on_the_page_of_settings() -> None:
    page = (ROOT / "docs" / "reference" / "site.md").read_text("utf-8")
    named = {
        word for row in re.findall(r"^\|([^|]+)\|", page, re.MULTILINE) for word in _ticked(row)
    }
    settings = yaml.compose(merged_configuration("", "mkdocs.yml", "Acme"))
    assert isinstance(settings, yaml.MappingNode)
    assert {key.value for key, _ in settings.value} - named == set()


def _ticked(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)
