"""How good the wording rules are: the labelled titles run through the real engine.

`scores(part)` builds one company from a part of the corpus, a team's file per item, loads and
checks it as `okr check` does, and compares the findings with the labels. test_corpus_score.py
holds the rules to it; accuracy_page.py writes it down.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from okrdocs.source.disk import File

CORPUS = runpy.run_path(str(Path(__file__).resolve().parent / "corpus_items.py"))
STATES = runpy.run_path(str(Path(__file__).resolve().parent / "okr_states.py"))
CODES: tuple[str, ...] = CORPUS["CODES"]
PARTS: tuple[str, ...] = CORPUS["PARTS"]
Item = Any
"""An item of corpus_items.py, which is run rather than imported, as all of tests/ is."""
_ABOVE = "o-above"
_NEUTRAL = "Neighbours stop to say hello"


class Tally(NamedTuple):
    """What a rule did on one part: counts of titles."""

    true_positives: int
    false_positives: int
    false_negatives: int

    @property
    def positives(self) -> int:
        """How many titles bear the label."""
        return self.true_positives + self.false_negatives

    @property
    def precision(self) -> float:
        """The share of findings that are right; 1 where there is none."""
        found = self.true_positives + self.false_positives
        return self.true_positives / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of labels that are found; 1 where there is none."""
        return self.true_positives / self.positives if self.positives else 1.0


class Verdict(NamedTuple):
    """One item and the codes of the wording rules that spoke about it."""

    item: Item
    codes: frozenset[str]


@cache
def scores(part: str) -> dict[str, Tally]:
    """Each rule's tally on a part; `may` labels count neither way."""
    verdicts = judge(CORPUS["items"](part))
    return {code: tally(code, verdicts) for code in CODES}


def tally(code: str, verdicts: Iterable[Verdict]) -> Tally:
    """What one rule did about these items."""
    hit = false = missed = 0
    for item, codes in verdicts:
        found, wanted = code in codes, code in item.labels
        hit += found and wanted
        missed += wanted and not found
        false += found and not wanted and code not in item.may
    return Tally(hit, false, missed)


def judge(given: Sequence[Item]) -> list[Verdict]:
    """The items with the codes that the real engine finds for them."""
    found: dict[str, set[str]] = {}
    for problem in STATES["rule_findings"](_files(given), CODES, may_lack_measures=True):
        found.setdefault(problem.ref, set()).add(problem.code)
    return [
        Verdict(item, frozenset(found.get(_ref(number, item), ())))
        for number, item in enumerate(given)
    ]


def _ref(number: int, item: Item) -> str:
    tail = "#kr" if item.kind == "key_result" else ""
    return f"2025-Q1:t{number}/o{tail}"


def _files(given: Sequence[Item]) -> Iterator[File]:
    teams: dict[str, Any] = {"company": {"name": "Company"}}
    teams |= {f"t{number}": {"name": "T", "parent": "company"} for number in range(len(given))}
    yield _file("okr", {"schema": 1, "organization": "Company", "teams": teams})
    for number, item in enumerate(given):
        yield _file(f"2025-Q1/t{number}", {"schema": 1, "objectives": list(_objectives(item))})


def _file(path: str, document: dict[str, Any]) -> File:
    return File(f"okrs/{path}.yml", yaml.safe_dump(document, allow_unicode=True).encode("utf-8"))


def _objectives(item: Item) -> Iterator[dict[str, Any]]:
    """The item's objective, and below it in the file the one that it ladders up to."""
    is_objective = item.kind == "objective"
    objective: dict[str, Any] = {"id": "o", "title": item.title if is_objective else _NEUTRAL}
    if is_objective and item.why:
        objective["why"] = item.why
    if not is_objective:
        objective["key_results"] = [_key_result(item)]
    if item.parent:
        objective["ladders_up_to"] = _ABOVE
    yield objective
    if item.parent:
        yield {"id": _ABOVE, "title": item.parent}


def _key_result(item: Item) -> dict[str, Any]:
    given = {name: getattr(item, name) for name in ("baseline", "target", "measure", "why")}
    return {"id": "kr", "title": item.title} | {name: text for name, text in given.items() if text}
