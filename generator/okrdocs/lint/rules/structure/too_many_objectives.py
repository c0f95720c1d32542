"""The team has more objectives than it can keep in mind.

Each objective takes its share of every week. With six or seven of them none gets enough, and people
choose in silence which ones they let go. Three are plenty for most teams, five are the most: keep
what matters this quarter and let the rest wait in a backlog. The finding stands at the first
objective that is one too many, once for each team and cycle.

Dropped objectives don't count, and neither do those of an undated backlog: that is where the others
belong. `max` sets the limit for teams, `company_max` the company's own.

Source: Doerr, *Measure What Matters* (2018): three to five objectives at each level; Grove, *High
Output Management* (1983): "if we try to focus on everything, we focus on nothing".
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.grading.results import State
from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(max=5, company_max=5)
VALID = (
    """
    objectives:
      - {id: trust, title: Enterprises trust us with their data}
      - {id: start, title: The first hour with us feels effortless}
      - {id: daily, title: People open us before their inbox}
      - {id: invite, title: Every customer brings a colleague}
      - {id: learn, title: We know why people leave}
      - {id: calm, title: Nights are quiet for everyone on call, dropped: {date: 2025-02-03, reason: The pager is quiet since January}}
    """,  # noqa: E501 - one objective a line
    """
    # backlog/cycle.yml
    schema: 1
    undated: true
    # backlog/product.yml
    objectives:
      - {id: one, title: Doctors recommend us to each other}
      - {id: two, title: Patients never wait for an answer}
      - {id: three, title: Nurses lose no time to paperwork}
      - {id: four, title: Insurers pay on the first try}
      - {id: five, title: Relatives know how things stand}
      - {id: six, title: Clinics start without a consultant}
    """,
)
INVALID = (
    """
    objectives:
      - {id: trust, title: Enterprises trust us with their data}
      - {id: start, title: The first hour with us feels effortless}
      - {id: daily, title: People open us before their inbox}
      - {id: invite, title: Every customer brings a colleague}
      - {id: learn, title: We know why people leave}
      - {id: calm, title: Nights are quiet for everyone on call}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find the first objective beyond `max` (or `company_max`) of each team and dated cycle."""
    for _, team in subject.teams(undated=False):
        own = team.entry.id == subject.scores.workspace.company
        limit = (subject.options.company_max if own else subject.options.max) or 0
        kept = [objective for objective in team.objectives if objective.state is not State.DROPPED]
        if len(kept) > limit:
            first = kept[limit].entry
            yield Finding(
                str(first.ref),
                span_of_field(first.objective.at, "title"),
                f"{team.entry.team.name} has {len(kept)} objectives in {first.ref.cycle};"
                f" more than {limit} are hard to keep in mind.",
                "Keep the few that matter most this cycle, and move the others to a backlog.",
            )
