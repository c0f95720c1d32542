"""The title repeats the one that it ladders up to.

When every level writes down the same sentence, nobody has decided anything: the company says
"Customers stay longer", the department says it, the team says it, and none of them says what *it*
will do about it. Progress then counts one result several times, and a change at the top has to be
copied by hand.

Say what your own part is, in your own words: which customers, which reason why they leave. Titles
count as the same where only case, a number, a team's or a place's name, or a filler word differs.
The same topic in other words passes, and so does a key result that says with its number what of the
objective is counted.

Source: Doerr, *Measure What Matters* (2018), and Google re:Work on cascading: goals connect, but
about half of them come from the teams; Wodtke, *Radical Focus* (2016). The measure of likeness is
our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from okrdocs.format.records import KeyResult, Objective
from okrdocs.grading.results import State
from okrdocs.lint.english.numbers import is_amount_in_key_result_title
from okrdocs.lint.english.text import parse_title
from okrdocs.lint.english.vocabulary import FUNCTION_WORDS
from okrdocs.lint.rule import Family, Finding, Subject, span_of_field
from okrdocs.lint.word_lists import word_list
from okrdocs.problem import Related, Severity
from okrdocs.workspace.workspace import ResolvedRef, Workspace

Titled = Objective | KeyResult

FAMILY = Family.WORDING
SEVERITY = Severity.WARNING
VALID = (
    """
    objectives:
      - id: first-week
        title: New customers feel at home in their first week
        ladders_up_to: company/loyal
    # 2025-Q1/company.yml
    objectives:
      - id: loyal
        title: Customers stay because they want to
    """,
    """
    objectives:
      - id: loyal
        title: Customers with small shops stay for the second year
        ladders_up_to: company/loyal
    # 2025-Q1/company.yml
    objectives:
      - id: loyal
        title: Customers stay because they want to
    """,
)
INVALID = (
    """
    objectives:
      - id: loyal
        title: Customers in Europe stay because they want to
        ladders_up_to: company/loyal
    # 2025-Q1/company.yml
    objectives:
      - id: loyal
        title: Customers stay because they want to
    """,
)
_FILLERS = FUNCTION_WORDS | word_list("english/fillers")
_NEGATIONS = word_list("english/negations")
_MOST_ADDED = 3
_ALIKE = 0.6


def check(subject: Subject) -> Iterator[Finding]:
    """Find objectives and key results whose titles repeat those that they ladder up to."""
    workspace = subject.scores.workspace
    for score in subject.objectives():
        entry = score.entry
        above = [
            titled for ref in entry.parents for titled in _parent_with_key_results(workspace, ref)
        ]
        yield from _copy_findings(entry.ref, entry.objective, above)
        for part in score.key_results:
            if part.state is not State.DROPPED:
                own = (entry.ref, entry.objective)
                yield from _copy_findings(part.entry.ref, part.entry.key_result, [own, *above])


def _parent_with_key_results(
    workspace: Workspace, ref: ResolvedRef
) -> Iterator[tuple[ResolvedRef, Titled]]:
    """Yield what a reference stands for; of an objective, its key results too."""
    if ref.key_result:
        yield ref, workspace.key_results[ref].key_result
        return
    entry = workspace.objectives[ref]
    yield ref, entry.objective
    for part in entry.key_results:
        yield part.ref, part.key_result


def _copy_findings(
    ref: ResolvedRef, record: Titled, above: list[tuple[ResolvedRef, Titled]]
) -> Iterator[Finding]:
    for upper, original in above:
        if (
            upper != ref
            and _is_same_statement(record.title, original.title)
            and not _is_measure_of_it(record, original)
        ):
            yield Finding(
                str(ref),
                span_of_field(record.at, "title"),
                f"“{{title}}” repeats “{{original}}” of `{upper.local_reference}`.",
                "Say in your own words what this team's part in it is.",
                (Related(span_of_field(original.at, "title"), "The title that is repeated."),),
                quoted=(("title", record.title), ("original", original.title)),
            )
            return


def _is_same_statement(title: str, upper: str) -> bool:
    """Return whether two titles say the same but for numbers, fillers and a few words added."""
    mine, theirs = _content_words(title), _content_words(upper)
    if not mine or not theirs or mine & _NEGATIONS != theirs & _NEGATIONS:
        return False
    if mine == theirs:
        return True
    fewer, more = sorted((mine, theirs), key=len)
    if fewer < more and len(fewer) > 1:
        return len(more) - len(fewer) <= _MOST_ADDED
    return len(mine & theirs) >= _ALIKE * len(mine | theirs)


def _is_measure_of_it(record: Titled, original: Titled) -> bool:
    """Return whether a key result says with its number what of the objective is counted."""
    if not isinstance(record, KeyResult) or isinstance(original, KeyResult):
        return False
    added = _content_words(record.title) - _content_words(original.title)
    numbers = [is_amount_in_key_result_title(each.title) for each in (record, original)]
    return len(added) > 1 and numbers == [True, False]


_SINGULAR = {
    "children": "child", "people": "person", "women": "woman", "men": "man", "staff": "employee",
    "employees": "employee", "colleagues": "employee", "feet": "foot", "wives": "wife",
}  # fmt: skip
_NOBODY = {"nobody": "no", "none": "no", "don't": "not", "doesn't": "not", "can't": "not"}


def _unify_negation(word: str) -> str:
    return _NOBODY.get(word, word)


@lru_cache(maxsize=65536)
def _content_words(title: str) -> frozenset[str]:
    """Return the words of a title that matter, in the singular; numbers don't."""
    return frozenset(
        _SINGULAR.get(word, word.removesuffix("s").replace("-", ""))
        for word in map(_unify_negation, parse_title(title).rest)
        if word in _NEGATIONS or (word not in _FILLERS and not word[0].isdigit())
    )
