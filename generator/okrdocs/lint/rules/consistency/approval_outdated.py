"""What was approved isn't what stands there now.

An approval is given for certain objectives and targets. When one of them moves afterwards, the name
under the document still looks as if it stood for the new text. Nobody meant to mislead, and in the
review two people remember two targets.

Ask for a new approval, and write its `date:` and `digest:`; `okr digest` prints the present one. Or
take the change back: `okr diff` shows what it was. New owners, reasons and check-ins need no new
approval. An approval without a `digest:` stands for whatever the files say.

Source: ISO 9001:2015, 7.5.3, on the control of documents: a change needs the approval that the
document needed. That the digest covers objectives and targets is our own choice.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrdocs.history.approval_digest import cycle_digest, is_present_digest
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.CONSISTENCY
SEVERITY = Severity.WARNING
_OBJECTIVES = """
    objectives:
      - id: trust
        title: Enterprises trust us with their data
        key_results:
          - {id: audits, title: Audits passed, target: 3 audits}
"""
VALID = (
    f"""
    # 2025-Q1/cycle.yml
    approvals: [{{role: CEO, by: Ada Byron, date: 2025-01-05, digest: d9f83dc3dcd3}}]
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
    f"""
    # 2025-Q1/cycle.yml
    approvals: [{{role: CEO, by: Ada Byron, date: 2025-01-05}}]
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
)
INVALID = (
    f"""
    # 2025-Q1/cycle.yml
    approvals:
      - {{role: CEO, by: Ada Byron, date: 2025-01-05, digest: 0f0e0d0c0b0a}}
    # 2025-Q1/product.yml{_OBJECTIVES}
    """,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find approvals that name another digest than the cycle has now."""
    for score in subject.cycles:
        document = score.cycle.document
        given = (
            [candidate for candidate in document.approvals if candidate.digest] if document else []
        )
        workspace = subject.scores.workspace
        digest = cycle_digest(score.cycle, workspace) if given else ""
        for approval in given:
            if approval.digest and not is_present_digest(approval.digest, score.cycle, workspace):
                yield Finding(
                    score.cycle.id,
                    span_of_field(approval.at, "digest"),
                    f"{approval.role} approved `{approval.digest}`, and {score.cycle.title} is"
                    f" `{digest}` now: an objective, a target or a rule of grading changed since.",
                    f"Ask for approval again and write `digest: {digest}`, or take the change"
                    " back; `okr diff` shows it.",
                )
