"""The words that a field may choose from."""

from __future__ import annotations

from enum import StrEnum


class Commitment(StrEnum):
    """What kind of promise an objective is (Doerr, Measure What Matters, 2018)."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"
    LEARNING = "learning"


class CycleStatus(StrEnum):
    """Where a cycle's document stands."""

    DRAFT = "draft"
    ACTIVE = "active"
    GRADING = "grading"
    CLOSED = "closed"


class Visibility(StrEnum):
    """Who gets to see something: every reader of the site, or those who have the files."""

    PUBLIC = "public"
    DRAFT = "draft"


class MeasureName(StrEnum):
    """The ways to turn values into progress (see the page on grading)."""

    INCREASE = "increase"
    DECREASE = "decrease"
    ACCUMULATE = "accumulate"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    MILESTONES = "milestones"
    LEVELS = "levels"
    STAGES = "stages"
    DONE = "done"
    JUDGED = "judged"


class Rag(StrEnum):
    """The owner's own judgement of a key result."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class Indicator(StrEnum):
    """Whether a metric predicts or confirms."""

    LEADING = "leading"
    LAGGING = "lagging"


class Category(StrEnum):
    """What a metric speaks of."""

    BUSINESS = "business"
    USAGE = "usage"
    SATISFACTION = "satisfaction"
    QUALITY = "quality"
    DELIVERY = "delivery"


class Direction(StrEnum):
    """Which way a metric gets better."""

    HIGHER = "higher"
    LOWER = "lower"


class Level(StrEnum):
    """How much, in three words."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class InitiativeStatus(StrEnum):
    """Where an initiative stands."""

    PLANNED = "planned"
    ACTIVE = "active"
    DONE = "done"
    STOPPED = "stopped"


class Decision(StrEnum):
    """What a mid-cycle review decides about a key result."""

    CONTINUE = "continue"
    ADJUST = "adjust"
    SHIFT = "shift"
    DROP = "drop"


class Month(StrEnum):
    """A month by its English name."""

    JANUARY = "January"
    FEBRUARY = "February"
    MARCH = "March"
    APRIL = "April"
    MAY = "May"
    JUNE = "June"
    JULY = "July"
    AUGUST = "August"
    SEPTEMBER = "September"
    OCTOBER = "October"
    NOVEMBER = "November"
    DECEMBER = "December"


class Weekday(StrEnum):
    """A day of the week by its English name."""

    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"
    SATURDAY = "Saturday"
    SUNDAY = "Sunday"


class YearEnd(StrEnum):
    """Which calendar year gives a fiscal year its name."""

    START = "start"
    END = "end"


class TMeaning(StrEnum):
    """What the `T` of a cycle's name stands for: four months, or three."""

    TRIMESTER = "trimester"
    QUARTER = "quarter"


class Rhythm(StrEnum):
    """How often values are reported."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class RuleLevel(StrEnum):
    """How much the finding of a review rule matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"
