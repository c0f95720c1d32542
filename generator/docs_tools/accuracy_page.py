"""How good the wording rules are, as docs/rules/accuracy.md.

`python generator/docs_tools/accuracy_page.py` writes the page anew;
tests/lint/test_corpus_score.py fails when it is stale.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCORE = runpy.run_path(str(ROOT / "tests" / "corpus_score.py"))
PAGE = ROOT / "docs" / "rules" / "accuracy.md"

INTRODUCTION = """\
# How good the wording rules are

<!-- Generated from tests/corpus/ by generator/docs_tools/accuracy_page.py: edit those. -->

Rules about wording judge English sentences with word lists and patterns, so they can be wrong. This
page says how often, on titles whose right answers are known.

## What was measured

Each rule ran on {count} titles of objectives and key results, labelled by hand with what a good
OKR coach would say to the author. For each rule:

- **precision** is the share of its findings that are right: 1 minus the false alarms;
- **recall** is the share of the labelled faults that it finds;
- **titles** is how many bear its label.

Where two coaches could disagree, a title carries the label as doubtful. It then counts neither as
a hit nor as a false alarm. A title may bear several labels, and most bear none: sound titles
that look like faulty ones are the larger part, because false alarms are what makes people switch a
tool off.

## How the titles were made

They are our own writing, for many industries (banks, hospitals, cities, schools, restaurants,
software …); none is copied from a company. Titles and labels were written down together, before
any rule ran on them, and by others than the authors of the rules.

The titles are in two parts. The rules were worked on with the part `tuned` in sight ({tuned}
titles): their numbers there only say that nothing has slipped back. About half of that part used
to be held out. Once its misses had been read in order to make the rules better, it proved nothing
any more, became tuned, and a fresh part was written. Of that part, `held_out` ({held_out}
titles), those who worked on the rules have seen the counts below but no title, so that it says
what to expect on titles that the rules have never met. There is one exception: the three false
alarms that `objective-has-number` gave there (precision 0.88) were read and corrected, so that its
number is a little too good.

The files `strangers*.yml` and `mixed_scores.yml` came later, after other organisations' OKRs had
shown new kinds of false alarms and misses. Whoever changed the rules wrote them for the same kinds,
in other words and trades. Those in `tuned` were read and tuned on; of those in `held_out`
only the counts were read. `strangers_2.yml` there was written and measured before the rules were
changed for its kinds, the other two after most of the changes. They are less independent than the
others.

Titles of outputs used to bear `kr-without-number` as well. `okr check` tells the first only, and
what is done or not needs no number: on such titles that label is doubtful now, in both parts.

The rules are tuned to be right rather than complete: a fault that is missed costs less than trust.
A test fails when the precision of a rule falls below {enough} on either part, or when it finds less
than 0.9 of the faults of the tuned part, or half of those of the other.

## The numbers

| rule | titles, tuned | precision | recall | titles, held out | precision | recall |
|---|---|---|---|---|---|---|
"""

READING = """\

## How to read them

With 10 to 30 labelled titles for a rule, one title more or less moves a number by several
hundredths: 0.95 and 1.00 are the same in practice. The titles come from one hand, so that other
companies' titles may fare worse; internal names and shorthand are the usual reason. The rules know
English only, and stay silent on titles that look like another language. A finding that is
wrong for you can be silenced: see the `allow` option on the rule's page.
"""


def page() -> str:
    """The page as Markdown, from the scores of both parts."""
    counts = {part: len(SCORE["CORPUS"]["items"](part)) for part in SCORE["PARTS"]}
    head = INTRODUCTION.format(count=sum(counts.values()), enough="0.9", **counts)
    return head + "".join(f"{row}\n" for row in _rows()) + READING


def _rows() -> Iterator[str]:
    tuned, held_out = SCORE["scores"]("tuned"), SCORE["scores"]("held_out")
    for code in SCORE["CODES"]:
        cells = [f"[{code}]({code}.md)"]
        for tally in (tuned[code], held_out[code]):
            cells += [str(tally.positives), f"{tally.precision:.2f}", f"{tally.recall:.2f}"]
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8", newline="\n")
