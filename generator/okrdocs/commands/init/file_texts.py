"""The texts of a company's files: the templates of `init_files`, with the answers put in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from importlib import resources
from string import Template

from okrdocs import __version__
from okrdocs.commands.init.answers import COMPANY, Answers, CodeHost, Publishing
from okrdocs.commands.init.surroundings import Surroundings
from okrdocs.errors import OkrError
from okrdocs.format.json_schema import schema_texts
from okrdocs.markup.escape import escape_inline
from okrdocs.source.yaml.scalar_text import quoted_text, scalar_text
from okrdocs.workspace.calendar import elapsed_days

SCHEMAS = ".vscode/okr-schemas"
"""The folder of the schemas for editors, from the top of the repository."""
_PATHS = re.compile(r"(?m)^( *)paths:\n((?:\1  - .*\n)+)")
_PATH = re.compile(r'(?m)^( *- )"?([^"\n]+?)"?$')
_CHANGES = re.compile(r"(?m)changes: \[(.*)\]$")
_SITE_OF_GITLAB = re.compile(r"(?ms)^# -+ the site\n.*?(?=^# -{20,})")


def template(name: str) -> str:
    """Return the text of a template by its path in `init_files`."""
    return resources.files("okrdocs").joinpath("init_files", *name.split("/")).read_text("utf-8")


def _filled(name: str, **values: str) -> str:
    return Template(template(name)).substitute(values)


# ------------------------------------------------------------------- the OKRs


def organization_text(answers: Answers) -> str:
    """Return okr.yml: the company, its teams, and a lead for each."""
    teams = [
        f"  {id_}: {{name: {scalar_text(name)}, parent: {COMPANY}, lead: {id_}-lead}}\n"
        for id_, name in answers.teams
    ]
    people = [
        f"  {id_}-lead: {{name: {scalar_text(f'Lead of {name}')}}}\n" for id_, name in answers.teams
    ]
    text = _filled(
        "common/okr.yml",
        company=scalar_text(answers.company),
        company_lead=scalar_text(f"Lead of {answers.company}"),
        teams="".join(teams).rstrip("\n"),
        people="".join(people).rstrip("\n"),
    )
    return _without_empty_lines(text)


def cycle_text(answers: Answers) -> str:
    """Return cycle.yml."""
    return _filled("common/cycle.yml", today=answers.today.isoformat())


def company_text(answers: Answers) -> str:
    """Return the company's file, with a value for today where the cycle runs."""
    value = partial(_check_in, answers)
    text = _filled(
        "common/company.yml",
        same_day=value("60", "90", "%", "The early shift begins to answer."),
        satisfaction=value("4.1", "4.6", "/5", "Asked after each answer."),
    )
    return _without_empty_lines(text)


def team_text(answers: Answers, team: str) -> str:
    """Return the file of a team by its id, as `company_text`."""
    value = partial(_check_in, answers)
    text = _filled(
        "common/team.yml",
        team=team,
        repeated=value("25", "10", "%", "Counted by hand for now."),
        helpful=value("40", "70", "%", "The question stands below each page."),
    )
    return _without_empty_lines(text)


def _check_in(answers: Answers, baseline: str, target: str, unit: str, note: str) -> str:
    """Return a check-in of today that is where the time says; "" outside of the cycle."""
    period, today = answers.period, answers.today
    if not period.start <= today <= period.end:
        return ""
    over, days = elapsed_days(period.start, period.end, today)
    first, last = Fraction(baseline), Fraction(target)
    places = len(target.partition(".")[2])
    # A little behind: what reaches its target on the last day would be called too easy.
    value = round(float(first + (last - first) * over * 9 / (days * 10)), places)
    shown = f"{value:.{places}f}{unit}"
    entry = f"{{date: {today}, value: {shown}, rag: green, note: {note}}}"
    return f"        check_ins:\n          - {entry}"


def _without_empty_lines(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if line.strip())


# ------------------------------------------------------------------- what lies beside them


def site_text(answers: Answers) -> str:
    """Return mkdocs.yml. The name is quoted: MkDocs reads YAML 1.1."""
    return _filled("common/mkdocs.yml", site_name=quoted_text(f"{answers.company} OKRs", '"'))


def readme_text(answers: Answers) -> str:
    """Return the page for the company's own people."""
    return _filled(
        "common/README.md",
        company_markdown=escape_inline(answers.company),
        cycle=answers.cycle,
        today=answers.period.start.isoformat(),
        propose=_PROPOSE[answers.host],
        upgrade=_UPGRADE[answers.host],
    )


_PROPOSE = {
    CodeHost.GITHUB: "Propose the change as a pull request: a comment then says what it does to the"
    " OKRs. GitHub\nlets you do all of that in the browser, with the pencil above the file.\n",
    CodeHost.GITLAB: "Propose the change as a merge request: a comment then says what it does to"
    " the OKRs. GitLab\nlets you do all of that in the browser, with **Edit** above the file.\n",
    CodeHost.NONE: "Run `okr check`, then commit the change.\n",
}
_BY_HAND = (
    "Write the new number into `requirements.txt`, install it as above, and run"
    " `.venv/bin/okr init`."
)
_UPGRADE = {
    CodeHost.GITHUB: "Dependabot proposes it. Once that is merged, install it as above and run"
    " `.venv/bin/okr init`.",
    CodeHost.GITLAB: "Renovate proposes it, where it runs. Once that is merged, install it as above"
    " and run\n`.venv/bin/okr init`.",
    CodeHost.NONE: _BY_HAND,
}


def requirements_text() -> str:
    """Return requirements.txt with this version."""
    return _filled("common/requirements.txt", version=__version__)


def pre_commit_text(surroundings: Surroundings) -> str:
    """Return the settings of pre-commit, for a folder anywhere in the repository."""
    prefix = surroundings.prefix
    arguments = ["--root", prefix.rstrip("/")] if prefix else []
    return _filled(
        "common/pre-commit-config.yaml",
        version=__version__,
        arguments=json.dumps(arguments, ensure_ascii=False),
        files=json.dumps(f"^{re.escape(prefix)}okrs/", ensure_ascii=False),
    )


def editor_settings_text(surroundings: Surroundings) -> str:
    """Return VS Code's settings: which schema describes which file."""
    here = f"/{surroundings.prefix}okrs"
    files = {
        "okr": f"{here}/okr.yml",
        "metrics": f"{here}/metrics.yml",
        "cycle": f"{here}/*/cycle.yml",
        "team": [f"{here}/*/*.yml", f"!{here}/*/cycle.yml"],
    }
    schemas = {f"./{SCHEMAS}/{kind}.schema.json": paths for kind, paths in files.items()}
    return json.dumps({"yaml.schemas": schemas}, indent=2, ensure_ascii=False) + "\n"


def schema_files() -> Iterator[tuple[str, str]]:
    """Yield path and text of each schema."""
    for name, text in schema_texts().items():
        yield f"{SCHEMAS}/{name}", text


def code_owners_text(answers: Answers, surroundings: Surroundings) -> str:
    """Return who is asked about which file; the company's owners about all that no team owns."""
    okrs = f"/{surroundings.prefix}okrs".replace(" ", "\\ ")
    lines = ["# Who approves changes of whose OKRs. The last line that fits a file counts."]
    teams = sorted(answers.owners, key=lambda id_: (id_ != COMPANY, id_))
    for id_ in teams:
        place = f"{okrs}/" if id_ == COMPANY else f"{okrs}/*/{id_}.yml"
        lines.append(f"{place} {' '.join(answers.owners[id_])}")
    return "\n".join(lines) + "\n"


# ------------------------------------------------------------------- code hosts


def workflow_text(name: str, surroundings: Surroundings) -> str:
    """Return a workflow for a folder anywhere in the repository and its main branch."""
    text, prefix = template(name), surroundings.prefix
    branch = surroundings.main_branch
    text = text.replace("branches: [main]", f"branches: [{branch}]")
    text = text.replace("refs/heads/main'", f"refs/heads/{branch}'")
    if not prefix:
        return text
    text = text.replace("OKR_FOLDER: .", f'OKR_FOLDER: "{prefix.rstrip("/")}"')
    text = _PATHS.sub(lambda block: _with_prefix(block[0], prefix), text)
    return _CHANGES.sub(lambda found: f"changes: [{_patterns(found[1], prefix)}]", text)


def _with_prefix(block: str, prefix: str) -> str:
    return _PATH.sub(rf'\g<1>"{prefix}\g<2>"', block)


def _patterns(listed: str, prefix: str) -> str:
    names = [name.strip().strip('"') for name in listed.split(",")]
    return ", ".join(f'"{prefix}{name}"' for name in names)


def dependabot_text(surroundings: Surroundings) -> str:
    """Return Dependabot's settings; the first directory is that of requirements.txt."""
    text = template("github/dependabot.yml")
    folder = json.dumps(f"/{surroundings.prefix.rstrip('/')}", ensure_ascii=False)
    return (
        text.replace("directory: /\n", f"directory: {folder}\n", 1) if surroundings.prefix else text
    )


def gitlab_jobs_text(answers: Answers, surroundings: Surroundings) -> str:
    """Return the jobs for GitLab, without the one for the site where nobody publishes there.

    Raises OkrError where the template has no such part.
    """
    text = workflow_text("gitlab/okr.yml", surroundings)
    if answers.publishing is Publishing.PAGES:
        return text
    shorter, count = _SITE_OF_GITLAB.subn("", text)
    if not count:
        raise OkrError(
            "The template of GitLab's jobs has no part for the site: a fault of okrdocs."
        )
    return shorter


def renovate_text() -> str:
    """Return Renovate's settings."""
    return _filled("gitlab/renovate.json")
