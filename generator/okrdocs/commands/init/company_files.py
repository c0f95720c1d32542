"""The table of all files that `okr init` writes: path, place, when, and what their text is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from okrdocs.commands.init import additions, file_texts
from okrdocs.commands.init.answers import Answers, CodeHost, Publishing
from okrdocs.commands.init.surroundings import Surroundings

Addition = Callable[[str, str], str | None]
"""What `additions` has: (existing text, ours) to the whole new text, None for nothing certain."""


@dataclass(frozen=True, slots=True)
class CompanyFile:
    """A file: its path from the folder, or from the top of the repository, and our text.

    `once` marks what belongs to the company as soon as it is there. `instead` are paths of which
    one that exists does the job already. `add` says what becomes of a file that was there before.
    """

    path: str
    text: str
    at_top: bool = False
    once: bool = False
    instead: tuple[str, ...] = ()
    add: Addition = additions.our_text


def company_files(answers: Answers, surroundings: Surroundings) -> tuple[CompanyFile, ...]:
    """Return every file for these answers, in the order in which they are listed."""
    return (
        *_okr_files(answers, surroundings),
        *_folder_files(answers),
        *_repository_files(surroundings),
        *_host_files(answers, surroundings),
    )


def _okr_files(answers: Answers, surroundings: Surroundings) -> Iterator[CompanyFile]:
    """Yield the example; nothing where the company has OKRs."""
    if surroundings.organization is not None:
        return
    folder = f"okrs/{answers.cycle}"
    yield CompanyFile("okrs/okr.yml", file_texts.organization_text(answers), once=True)
    yield CompanyFile(f"{folder}/cycle.yml", file_texts.cycle_text(answers), once=True)
    yield CompanyFile(f"{folder}/company.yml", file_texts.company_text(answers), once=True)
    for team in answers.teams:
        yield CompanyFile(
            f"{folder}/{team.id}.yml", file_texts.team_text(answers, team.id), once=True
        )


def _folder_files(answers: Answers) -> Iterator[CompanyFile]:
    readme = file_texts.readme_text(answers)
    yield CompanyFile("README.md", readme, once=True, instead=("README.rst", "readme.md", "README"))
    yield CompanyFile(
        "mkdocs.yml", file_texts.site_text(answers), once=True, instead=("mkdocs.yaml",)
    )
    yield CompanyFile(
        "requirements.txt", file_texts.requirements_text(), add=additions.with_requirement
    )
    yield CompanyFile(
        ".gitignore", file_texts.template("common/gitignore"), add=additions.with_missing_lines
    )


def _repository_files(surroundings: Surroundings) -> Iterator[CompanyFile]:
    yield CompanyFile(
        ".pre-commit-config.yaml",
        file_texts.pre_commit_text(surroundings),
        at_top=True,
        add=additions.with_hook,
    )
    for name, text in (
        ("settings.json", file_texts.editor_settings_text(surroundings)),
        ("extensions.json", file_texts.template("common/extensions.json")),
    ):
        yield CompanyFile(f".vscode/{name}", text, at_top=True, add=additions.with_json_entries)
    for path, text in file_texts.schema_files():
        yield CompanyFile(path, text, at_top=True)


def _host_files(answers: Answers, surroundings: Surroundings) -> Iterator[CompanyFile]:
    if answers.owners:
        yield _code_owners(answers, surroundings)
    if answers.host is CodeHost.GITHUB:
        yield from _github_files(answers, surroundings)
    if answers.host is CodeHost.GITLAB:
        jobs = file_texts.gitlab_jobs_text(answers, surroundings)
        yield CompanyFile(".gitlab/okr.yml", jobs, at_top=True)
        include = file_texts.template("gitlab/gitlab-ci.yml")
        yield CompanyFile(".gitlab-ci.yml", include, at_top=True, add=additions.with_include)
        yield CompanyFile(
            "renovate.json",
            file_texts.renovate_text(),
            at_top=True,
            once=True,
            instead=("renovate.json5", ".gitlab/renovate.json", ".renovaterc", ".renovaterc.json"),
        )


def _code_owners(answers: Answers, surroundings: Surroundings) -> CompanyFile:
    places = {CodeHost.GITHUB: ".github/", CodeHost.GITLAB: ".gitlab/", CodeHost.NONE: ""}
    paths = [f"{place}CODEOWNERS" for place in (*places.values(), "docs/")]
    existing = (path for path in paths if (surroundings.top / path).is_file())
    return CompanyFile(
        next(existing, f"{places[answers.host]}CODEOWNERS"),
        file_texts.code_owners_text(answers, surroundings),
        at_top=True,
        add=additions.with_missing_lines,
    )


def _github_files(answers: Answers, surroundings: Surroundings) -> Iterator[CompanyFile]:
    names = ["review", "comment", "remind"]
    if answers.publishing is Publishing.PAGES:
        names.append("publish")
    for name in names:
        path = f"github/workflows/okr-{name}.yml"
        yield CompanyFile(f".{path}", file_texts.workflow_text(path, surroundings), at_top=True)
    yield CompanyFile(
        ".github/dependabot.yml",
        file_texts.dependabot_text(surroundings),
        at_top=True,
        add=additions.with_updates,
        instead=(".github/dependabot.yaml", "renovate.json", ".github/renovate.json"),
    )
