"""The result of a comparison as frozen values: changes, and their effects on the grades."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from okrdocs.workspace.workspace import ResolvedRef

AFTER_CLOSING = "after the cycle was closed"


class Importance(StrEnum):
    """How much a change matters to a reviewer, in the order in which changes are listed."""

    GOALPOSTS = "goalposts"
    COMMITMENT = "commitment"
    PROGRESS = "progress"
    WORDS = "words"


class ChangeKind(StrEnum):
    """What kind of change it is; stable words for programs."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "moved"
    REORDERED = "reordered"
    REWORDED = "reworded"
    REPARENTED = "reparented"
    BASELINE = "baseline"
    TARGET = "target"
    WEIGHT = "weight"
    MEASURE = "measure"
    OWNER = "owner"
    SHARED = "shared"
    TYPE = "type"
    PRIORITY = "priority"
    CONFIDENCE = "confidence"
    STATUS = "status"
    DATES = "dates"
    CHECK_IN_ADDED = "check-in added"
    CHECK_IN_CHANGED = "check-in changed"
    CHECK_IN_REMOVED = "check-in removed"
    GRADE = "grade by hand"
    DROPPED = "dropped"
    MILESTONE = "milestone"
    PLAN = "plan"
    INITIATIVE = "initiative"
    DEPENDENCY = "dependency"
    RISK = "risk"
    SOURCE = "source"
    APPROVAL = "approval"
    REVIEW = "review"
    POLICY = "policy"
    RULES = "rules"
    TEAM = "team"
    PEOPLE = "people"
    METRIC = "metric"
    LINK = "link"
    DOCUMENT = "document"
    TEXT = "text"


class OkrChange(NamedTuple):
    """One change. All texts are plain text, what people wrote is in them as typed.

    `ref` is the objective or key result, under its present name where it still exists; None where
    it is about a cycle, a team or the company (`cycle`, `team`: ids, or ""). `subject` names it in
    words; `field` is the path of the key that changed in it (`check_ins.value`), "" for the thing
    itself; `before` and `after` are what was written, "" where nothing was. `statement` begins with
    a verb in lower case and has no full stop; `reason` is what the file gives, or "". `path` and
    `line` are where it stands now, for what was removed where it stood. `notes` follow the
    statement: the way it went, the time that was left. `after_closing`: the grades of a closed
    cycle follow from it.
    """

    kind: ChangeKind
    importance: Importance
    ref: ResolvedRef | None
    subject: str
    field: str
    before: str
    after: str
    reason: str
    statement: str
    path: str
    line: int
    cycle: str = ""
    team: str = ""
    notes: tuple[str, ...] = ()
    after_closing: bool = False

    @property
    def statement_with_notes(self) -> str:
        """Return the statement with its notes, without the note that the cycle was closed."""
        return self.statement + notes_text(*self.notes)

    @property
    def sentence(self) -> str:
        """Return it in full: `lowered the target of … from 50 to 45 – easier, after the end`."""
        late = (AFTER_CLOSING,) if self.after_closing else ()
        return self.statement + notes_text(*self.notes, *late)


def notes_text(*notes: str) -> str:
    """Return ` – easier, two weeks before the end`; "" without notes."""
    joined = ", ".join(note for note in notes if note)
    return f" – {joined}" if joined else ""


class Scope(StrEnum):
    """What an effect is about, in the order in which effects are listed."""

    CYCLE = "cycle"
    TEAM = "team"
    OBJECTIVE = "objective"
    KEY_RESULT = "key result"


class Effect(NamedTuple):
    """What the changes did to one published grade, or to the words beside it.

    None is "no grade". `words_before` and `words_after` differ where the status, the band, the
    state or the count of reported results did; "" for what wasn't there. `counted_before` are the
    numbers of that count: how many were reported, of how many; None where the words aren't one.
    """

    scope: Scope
    ref: ResolvedRef | None
    cycle: str
    team: str
    title: str
    before: Decimal | None
    after: Decimal | None
    words_before: str
    words_after: str
    counted_before: tuple[int, int] | None = None

    @property
    def is_rise(self) -> bool:
        """Return whether both grades are known and the one after is the higher."""
        return self.before is not None and self.after is not None and self.after > self.before


class Diff(NamedTuple):
    """Changes by importance, then in the order of the pages; effects from the cycle down."""

    changes: tuple[OkrChange, ...]
    effects: tuple[Effect, ...]
