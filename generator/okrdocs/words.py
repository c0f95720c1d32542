"""The words of the site that stand in several places: statuses, and labels of columns and facts.

The lowest module with text: all that prints takes its words from here. Code decides by codes
alone, and exports write codes, so a word can be changed here, or translated, and nothing else
follows from it.
"""

from __future__ import annotations

from collections.abc import Mapping

# ------------------------------------------------------------------- words of status, by code

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
    "Dropped": "Dropped",
    "Left out": "Left out",
    "Draft": "Draft",
}
"""What the status of a key result is called, by `grading.status.StatusCode`."""

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
"""Where a cycle stands for its readers, by `pages.cycle.status.Standing`."""

# ------------------------------------------------------------------- labels and titles

BASELINE = "Baseline"
CURRENT = "Current"
TARGET = "Target"
GRADE = "Grade"
STATUS = "Status"
KEY_RESULT = "Key result"
KEY_RESULTS = "Key results"
OBJECTIVE = "Objective"
OBJECTIVES = "Objectives"
TEAM = "Team"
TEAMS = "Teams"
OWNER = "Owner"
LEAD = "Lead"
DRI = "DRI"
WHO = "Who"
TYPE = "Type"
PRIORITY = "Priority"
CYCLE = "Cycle"
CYCLES = "Cycles"
KIND = "Kind"
METRIC = "Metric"
METRICS = "Metrics"
NORTH_STAR = "North Star"
VALUE = "Value"
LATEST_VALUE = "Latest value"
LAST_CHECK_IN = "Last check-in"
WHAT_WAS_SAID = "What was said"
DATE = "Date"
FROM = "From"
WHAT = "What"
WHY = "Why"
REPORTED = "Reported"
GRADE_NOW = "Grade now"
AT_THEIR_AIM = "At their aim"
CARRIED_OVER = "Carried over"
DECISION = "Decision"
RISK = "Risk"
PEOPLE = "People"
NOW = "Now"
MID_CYCLE_REVIEW = "Mid-cycle review"
THIS_WEEK = "This week"
WAITING_FOR_A_CHECK_IN = "Waiting for a check-in"
NEXT_DATES = "Next dates"
NOBODY_NAMED = "Nobody named"
SOURCE = "Source"
