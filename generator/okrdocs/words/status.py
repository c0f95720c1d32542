"""The words of status, by the codes that the code decides by."""

from __future__ import annotations

from collections.abc import Mapping

STATUS_WORDS: Mapping[str, str] = {
    "Achieved": "Achieved",
    "Ahead": "Ahead",
    "On track": "On track",
    "Green": "Green",
    "Held": "Held",
    "Reported": "Reported",
    "Too early": "Too early",
    "Yellow": "Yellow",
    "Behind": "Behind",
    "At risk": "At risk",
    "Red": "Red",
    "Breached": "Breached",
    "Stale": "Stale",
    "Not reported": "Not reported",
    "Not graded": "Not graded",
    "Dropped": "Dropped",
    "Left out": "Left out",
    "Draft": "Draft",
}
"""What the status of a key result is called, by `grading.status.StatusCode`."""

STATUS_MEANINGS: Mapping[str, str] = {
    "Achieved": "The target is reached.",
    "Ahead": "Further than is expected.",
    "On track": "As far as is expected, or nearly.",
    "Green": "The owner says that it is fine; there is no number to judge it by.",
    "Held": "A limit that is to be kept, and is kept.",
    "Reported": "There is a value, and nothing to judge it by.",
    "Too early": "There is a value, and it is too early to judge by it.",
    "Yellow": "The owner has doubts; there is no number to judge it by.",
    "Behind": "Not as far as is expected.",
    "At risk": "Far from what is expected.",
    "Red": "The owner says that it is in danger; there is no number to judge it by.",
    "Breached": "A limit that is to be kept, and isn't kept.",
    "Stale": "The last value is too old to say anything.",
    "Not reported": "Nobody has reported a value.",
    "Not graded": "What is written can't be graded yet; the page says why.",
    "Dropped": "Given up; its reason stands beside it.",
    "Left out": "Taken out of the mean by hand; its reason stands beside it.",
    "Draft": "Not published yet.",
}
"""What the status of a key result says, in a sentence, by `grading.status.StatusCode`."""

STANDING_WORDS: Mapping[str, str] = {
    "on track": "On track",
    "behind": "Behind",
    "at risk": "At risk",
    "no current value": "No current value",
}
"""What the four states are called, by `grading.status.Standing`."""

PACE_WORDS: Mapping[str, str] = {
    "achieved": "achieved",
    "ahead": "ahead",
    "on track": "on track",
    "behind": "behind",
    "at risk": "at risk",
}
"""What a pace is called within a sentence, by `grading.pace.PaceCode`."""

STATE_WORDS: Mapping[str, str] = {
    "graded": "graded",
    "not reported": "not reported",
    "not graded yet": "not graded yet",
    "counted as 0": "counted as 0",
    "guardrail": "guardrail",
    "dropped": "dropped",
    "left out": "left out",
    "draft": "draft",
}
"""How a grade takes part in the mean, within a sentence, by `grading.results.State`."""

CYCLE_WORDS: Mapping[str, str] = {
    "open": "Open",
    "draft": "Draft",
    "over": "Not closed",
    "closed": "Closed",
}
"""Where a cycle stands for its readers, by `pages.cycle.status.CyclePhase`."""

CYCLE_LENGTH_WORDS: Mapping[str, str] = {
    "months": "Months",
    "quarters": "Quarters",
    "trimesters": "Trimesters",
    "half-years": "Half-years",
    "years": "Years",
    "other lengths": "Other lengths",
    "without dates": "Without dates",
}
"""What cycles of about one length are called, by `insights.trends.CycleLength`."""
