"""So many owners that nobody owns it.

The more people answer for something, the less each of them feels that it is up to them. With four
names on a key result each one waits for the other three. Keep those who really steer it; name one
of them as `dri:`, and list whole teams that take part under `with:` of the key result.

`max` sets the limit: our own threshold. The DRI doesn't count.

Source: Latané, Williams & Harkins, "Many hands make light the work", *Journal of Personality and
Social Psychology* (1979); GitLab handbook, "Directly Responsible Individuals".
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.lint.rule import Family, Finding, RuleOptions, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
OPTIONS = RuleOptions(max=3)
VALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        owner: [ada, ben, cora]
        dri: dan
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        dri: ada
        key_results:
          - {id: audits, title: Audits passed, target: 3 audits, owner: ben, with: [engineering]}
    """,
)
INVALID = (
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        owner: [ada, ben, cora, dan]
    """,
    """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        dri: ada
        key_results:
          - {id: audits, title: Audits passed, target: 3 audits, owner: [ada, ben, cora, dan]}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives and key results with more than `max` owners."""
    limit = subject.options.max or 0
    for ref, record in subject.titled_records():
        others = [name for name in dict.fromkeys(record.owner) if name != record.dri]
        if len(others) > limit:
            listed = ", ".join(map(subject.scores.workspace.short_name_of, others))
            yield Finding(
                str(ref),
                span_of_field(record.at, "owner"),
                f"{len(others)} owners ({listed}) are too many for one to feel responsible.",
                f"Keep {limit} at most, name one as `dri:`, and thank the others for their help.",
            )
