"""Two of them have the same title.

In a meeting "the NPS one" means either of two, and a reader of the digest can't tell them apart. As
a rule one is a copy that was never rewritten, and the mean counts the same thing twice. Give each
the words that set it apart, or delete one.

Two key results of one objective are compared, and two objectives of one team in one cycle; upper
and lower case, spaces and punctuation make no difference. The same words in another team or cycle
pass.

Source: Niven & Lamorte, *Objectives and Key Results* (2016): key results are specific. The
comparison is our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from okrdocs.format.records import KeyResult, Objective
from okrdocs.grading.results import State
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.subjects.plain_titles import plain_title
from okrdocs.problem import Related, Severity
from okrdocs.workspace.workspace import ResolvedRef

FAMILY = Family.STRUCTURE
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: germany
        title: Clinics in Germany can't do without us
        key_results:
          - {id: nps, title: NPS of clinics, baseline: "35", target: "50"}
      - id: france
        title: Clinics in France can't do without us
        key_results:
          - {id: nps, title: NPS of clinics, baseline: "20", target: "40"}
    """,
    """
    objectives:
      - id: latency
        title: Everything feels instant
        key_results:
          - {id: near, title: Pages in Europe load within, baseline: 800 ms, target: 400 ms}
          - {id: far, title: Pages in Asia load within, baseline: 800 ms, target: 400 ms}
    """,
)
INVALID = (
    """
    objectives:
      - id: latency
        title: Everything feels instant
        key_results:
          - {id: near, title: Pages load fast, baseline: 800 ms, target: 400 ms}
          - {id: far, title: Pages load fast!, baseline: 900 ms, target: 500 ms}
    """,
    """
    objectives:
      - {id: trust, title: Enterprises trust us with their data}
      - {id: trust-too, title: enterprises trust us — with their data}
    """,
)

_Titled = tuple[ResolvedRef, Objective | KeyResult]


def check(subject: Subject) -> Iterator[Finding]:
    """Find the later of two objectives of a team, or of two key results, with one title."""
    for _, team in subject.teams():
        kept = [objective for objective in team.objectives if objective.state is not State.DROPPED]
        yield from _duplicate_title_findings(
            "objective", [(o.entry.ref, o.entry.objective) for o in kept]
        )
        for score in kept:
            inside = [kr for kr in score.key_results if kr.state is not State.DROPPED]
            yield from _duplicate_title_findings(
                "key result", [(k.entry.ref, k.entry.key_result) for k in inside]
            )


def _duplicate_title_findings(what: str, entries: Iterable[_Titled]) -> Iterator[Finding]:
    seen: dict[str, _Titled] = {}
    for ref, record in entries:
        first_ref, first = seen.setdefault(plain_title(record.title), (ref, record))
        if first is not record:
            yield Finding(
                str(ref),
                span_of_field(record.at, "title"),
                f"“{{title}}” is also the title of the {what} `{first_ref.local_reference}`.",
                "Add to each title what sets it apart, or delete one of the two.",
                (Related(span_of_field(first.at, "title"), "the other one"),),
                quoted=(("title", record.title),),
            )
