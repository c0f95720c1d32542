"""Names the path of each page, and makes the links from one page to another.

Paths are relative to the generated folder, with `/`. Links point to `.md` files, so that a
code host and the site both follow them. Anchors are the ids that people wrote.
"""

from __future__ import annotations

from okrdocs.markup.escape import Markdown, escape_inline, safe_url
from okrdocs.source.disk import DEVICE_NAMES
from okrdocs.workspace.workspace import ResolvedRef

NOW = "index.md"
KEY_RESULTS = "key-results.md"
METRICS = "metrics.md"
CYCLES = "cycles.md"
TEAMS = "teams.md"
PEOPLE = "people.md"
CHANGES = "changes.md"
HOW_TO_READ = "how-to-read.md"
FEED = "feed.xml"
EXPORT = "okrs.json"
PEOPLE_FOLDER, TEAMS_FOLDER = "people", "teams"


def cycle_page(cycle: str) -> str:
    """Return the path of the cycle's own document."""
    return f"{cycle}/index.md"


def whole_document_page(cycle: str) -> str:
    """Return the path of the document with all teams on one page."""
    return f"{cycle}/document.md"


def cascade_page(cycle: str) -> str:
    """Return the path of a large cycle's cascade; a team's id has no underscore."""
    return f"{cycle}/ladders_up.md"


def dependencies_page(cycle: str) -> str:
    """Return the path of a large cycle's dependencies."""
    return f"{cycle}/who_needs_whom.md"


def team_page(cycle: str, team: str) -> str:
    """Return the path of a team's page in a cycle."""
    return f"{cycle}/{team}.md"


def team_history_page(team: str) -> str:
    """Return the path of a team's page over all cycles."""
    return f"{TEAMS_FOLDER}/{team}.md"


def person_page(slug: str) -> str:
    """Return the path of the page of a person, role or group; Windows can have each of them."""
    name = f"{slug}_" if slug in DEVICE_NAMES else slug  # no slug has an underscore
    return f"{PEOPLE_FOLDER}/{name}.md"


def team_feed(team: str) -> str:
    """Return the path of the feed of a team's check-ins, over all cycles."""
    return f"feeds/{team}.xml"


def item_url(ref: ResolvedRef) -> str:
    """Return the page with an objective or key result, and its anchor."""
    return f"{team_page(ref.cycle, ref.team)}#{ref.anchor}"


def relative_url(here: str, there: str) -> str:
    """Return the URL from one page to another; an anchor on the same page stays bare."""
    path, hash_sign, anchor = there.partition("#")
    if path == here and hash_sign:
        return f"#{anchor}"
    folder, slash, _ = here.rpartition("/")
    if slash and path.startswith(f"{folder}/"):
        return there[len(folder) + 1 :]
    return f"{'../' * here.count('/')}{there}"


def link_to(here: str, there: str, text: str) -> Markdown:
    """Link from one generated page to another, the text escaped."""
    return Markdown(f"[{escape_inline(text)}]({relative_url(here, there)})")


def repository_link(text: str, location: str) -> Markdown:
    """Link a text to a location that a person gave, where that is a web address.

    A path in the repository stays text behind its name: the site holds only `docs/`, and a
    link that leads out of it would break the build.
    """
    if location.startswith(("http://", "https://", "mailto:")):
        address = safe_url(location)
        if address is not None:
            return Markdown(f"[{escape_inline(text)}]({address})")
    return escape_inline(text if location in ("", text) else f"{text} ({location})")
