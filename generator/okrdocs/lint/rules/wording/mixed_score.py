"""The number is mixed from several others.

"A quality score weighted from complexity, coverage and debt" moves, and nobody can say why; it
stands still, and one part has got better while another got worse. People work on what moves the
score most cheaply, and each weight becomes a matter of dispute.

Choose the one number that matters most this cycle, or make a key result of each part. A score that
others compute and publish, such as NPS or a consumer price index, passes: it has one meaning for
everybody.

Source: Doerr, *Measure What Matters* (2018): key results are succinct and specific; Muller, *The
Tyranny of Metrics* (2018), on what composite measures hide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from okrdocs.lint.english.text import ParsedTitle, parse_title
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.problem import Severity

FAMILY = Family.WORDING
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: quality
        title: Nobody fears to change our code
        key_results:
          - {id: crashes, title: Crashes a week from 40 to 10, baseline: 40, target: 10}
          - {id: fear, title: Fear score from 3.1 to 2, baseline: 3.1/5, target: 2/5}
    """,
)
INVALID = (
    """
    objectives:
      - id: quality
        title: Nobody fears to change our code
        key_results:
          - id: score
            title: Raise the quality score made up of complexity, coverage and open bugs to 80
            baseline: "60"
            target: "80"
    """,
)
_NUMBER = r"(?:scores?|index|indicator|rating|metric|kpi|figure|measure)"
_MADE_OF = (
    r"(?:based on|made up (?:of|from)|made of|composed of|consisting of|calculated (?:from|out of)"
    r"|comput(?:ed|ing) (?:from|out of)|derived from|combining|that combines|which combines"
    r"|blending|mixed from|built from|aggregating|aggregated from|averaged over|averaging|summing"
    r"|weighted (?:by|across|over|from|with|between))"
)
_MIXED = re.compile(
    rf"\b{_NUMBER}\b.{{0,40}}?\b{_MADE_OF}\b.+(?:, | and | plus |&)"
    rf"|\b(?:composite|weighted|blended|aggregated?)(?: [\w-]+){{0,3}} {_NUMBER}\b"
    rf"|\b{_NUMBER}\b.{{0,30}}\b(?:algorithm|formula)\b"
)


def check(subject: Subject) -> Iterator[Finding]:
    """Find titles about a number that is computed from several others."""
    for ref, record in subject.titled_records():
        text = parse_title(record.title)
        if text.english and _is_mixed(text):
            yield Finding(
                str(ref),
                span_of_field(record.at, "title"),
                "“{title}” mixes several numbers into one: nobody can tell from it what changed.",
                "Choose the one that matters most, or make a key result of each.",
                quoted=(("title", text.plain),),
            )


@lru_cache(maxsize=65536)
def _is_mixed(text: ParsedTitle) -> bool:
    return _MIXED.search(text.lower) is not None
