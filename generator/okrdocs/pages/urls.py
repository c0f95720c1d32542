"""Where each page stands, and the links from one page to another.

Paths are relative to the generated folder, with `/`. Links point to `.md` files, so that a
code host and the site both follow them. Anchors are the ids that people wrote.
"""

from __future__ import annotations

from okrdocs.markup.escape import Markdown, inline, url
from okrdocs.workspace.workspace import ResolvedRef

NOW = "index.md"
KEY_RESULTS = "key-results.md"
METRICS = "metrics.md"
CYCLES = "cycles.md"
TEAMS = "teams.md"
PEOPLE = "people.md"
CHANGES = "changes.md"
FEED = "feed.xml"
EXPORT = "okrs.json"
PEOPLE_FOLDER, TEAMS_FOLDER = "people", "teams"


def cycle_page(cycle: str) -> str:
    """The cycle's own document."""
    return f"{cycle}/index.md"


def whole_page(cycle: str) -> str:
    """The document with all teams on one page."""
    return f"{cycle}/document.md"


def ladder_page(cycle: str) -> str:
    """What ladders up to what in a large cycle; a team's id has no underscore."""
    return f"{cycle}/ladders_up.md"


def needs_page(cycle: str) -> str:
    """Who needs whom in a large cycle."""
    return f"{cycle}/who_needs_whom.md"


def team_page(cycle: str, team: str) -> str:
    """A team's page in a cycle."""
    return f"{cycle}/{team}.md"


def team_home(team: str) -> str:
    """A team's page over all cycles."""
    return f"{TEAMS_FOLDER}/{team}.md"


def person_page(slug: str) -> str:
    """The page of a person, role or group."""
    return f"{PEOPLE_FOLDER}/{slug}.md"


def team_feed(team: str) -> str:
    """The feed of a team's check-ins, over all cycles."""
    return f"feeds/{team}.xml"


def page_of(ref: ResolvedRef) -> str:
    """The page that holds an objective or key result, with its anchor."""
    return f"{team_page(ref.cycle, ref.team)}#{ref.anchor}"


def relative(here: str, there: str) -> str:
    """The way from one page to another; an anchor on the same page stays bare."""
    path, hash_sign, anchor = there.partition("#")
    if path == here and hash_sign:
        return f"#{anchor}"
    folder, slash, _ = here.rpartition("/")
    if slash and path.startswith(f"{folder}/"):
        return there[len(folder) + 1 :]
    return f"{'../' * here.count('/')}{there}"


def link_to(here: str, there: str, text: str) -> Markdown:
    """A link between two generated pages, its text as a person wrote it."""
    return Markdown(f"[{inline(text)}]({relative(here, there)})")


def repository_link(text: str, location: str) -> Markdown:
    """What a person gave as a place: a link where it is a web address.

    A path in the repository stays text behind its name: the site holds only `docs/`, and a
    link that leads out of it would break the build.
    """
    if location.startswith(("http://", "https://", "mailto:")):
        address = url(location)
        if address is not None:
            return Markdown(f"[{inline(text)}]({address})")
    return inline(text if location in ("", text) else f"{text} ({location})")
