"""A limit for the whole cycle is being used up too fast.

"At most 5 incidents" looks fine on day 15 with 4 of them: the limit holds. It won't hold much
longer. A total that can only grow uses up its limit like a budget, and what matters is whether more
of the budget has gone than of the time.

Act while the limit still holds: find out what uses it up, and say so in the check-in. The rule
looks only at counts and amounts of money whose values have never fallen; the number of open bugs,
which goes up and down, isn't used up.

Source: Beyer et al., *Site Reliability Engineering* (2016), chapter 3, on error budgets.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.flags import key_results_with_flag
from okrdocs.problem import Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: trust
        title: Customers can rely on us
        key_results:
          - id: incidents
            title: Incidents that customers notice
            target: "≤5 incidents"
            check_ins:
              - {date: 2025-02-10, value: 2 incidents}
    """,
    """
    objectives:
      - id: trust
        title: Customers can rely on us
        key_results:
          - id: bugs
            title: Open bugs of the first class
            target: "≤5 bugs"
            check_ins:
              - {date: 2025-01-20, value: 5 bugs}
              - {date: 2025-02-10, value: 4 bugs}
    """,
)
INVALID = (
    """
    objectives:
      - id: trust
        title: Customers can rely on us
        key_results:
          - id: incidents
            title: Incidents that customers notice
            target: "≤5 incidents"
            check_ins:
              - {date: 2025-01-20, value: 2 incidents}
              - {date: 2025-02-10, value: 4 incidents}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find running totals that have used more of their cap than of their time."""
    for score, flag in key_results_with_flag(subject.cycles, "cap-overrun"):
        if score.value is not None and score.value.check_in is not None:
            yield Finding(
                str(score.entry.ref),
                span_of_field(score.value.check_in.at, "value"),
                flag.text,
                "Find out what uses the limit up, and note what you do about it while it holds.",
            )
