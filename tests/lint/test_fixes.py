"""`okr check --fix` writes whatever a message prints as the line as it should be.

Each case is a few lines of a key result as people type them, and what they are once the advice was
followed to the letter: without an error.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from okr_states import ReadState, files_from, read_state
from okrdocs.lint.fixes import apply_fixes, find_fixes
from okrdocs.problem import Severity

OKR = """\
schema: 1
organization: X
people: {ada: {name: Ada Byron}, bo: {name: Bo Hansen}}
"""
HEAD = (
    "schema: 1\nobjectives:\n  - id: o\n    title: O\n    key_results:\n"
    "      - id: k\n        title: K\n"
)
PATH = "okrs/2026-Q3/team.yml"


def text_of(lines: str) -> str:
    return HEAD + "".join(f"        {line}\n" for line in lines.splitlines())


def fixed(lines: str) -> tuple[ReadState, str]:
    """What is read, and the lines, once nothing is left that can be fixed."""
    texts = {"okrs/okr.yml": OKR, PATH: text_of(lines)}
    for _ in range(9):
        files = files_from(texts)
        state = read_state(files)
        changed = apply_fixes(files, find_fixes(state.problems, files, {}))
        if not changed:
            break
        texts |= {file.path: file.data.decode() for file in changed}
    return state, texts[PATH]


def errors(state: ReadState) -> Sequence[str]:
    return [p.message for p in state.problems if p.severity is Severity.ERROR]


YAML = [
    ("label: #1 choice", 'label: "#1 choice"'),
    ("label: We are #1", 'label: "We are #1"'),
    ("label: 50% off: now", 'label: "50% off: now"'),
    ("label: [Draft] K2", 'label: "[Draft] K2"'),
    ("label: % of users", 'label: "% of users"'),
    ("label: `code`", 'label: "`code`"'),
    ("label: @home", 'label: "@home"'),
    ("why: *important* for us", 'why: "*important* for us"'),
    ('why: "Quality" first', "why: '\"Quality\" first'"),
    ("why: 'Don't wait'", 'why: "Don\'t wait"'),
    ('label: "C:\\Temp"', "label: 'C:\\Temp'"),
    ('label: "Open', 'label: "Open"'),
    ("owner:ada\ntarget: 5", "owner: ada\ntarget: 5"),
    ("target: >95% of users\nbaseline: 0% of users",
     'target: ">95% of users"\nbaseline: 0% of users'),
    ("risks: [Vendor (API, SSO)]", 'risks: ["Vendor (API, SSO)"]'),
    ("risks: [Till vendor: API access]", 'risks: ["Till vendor: API access"]'),
    ("risks:\n  - Legal: slow", 'risks:\n  - "Legal: slow"'),
    ("source: {tool: Stripe, metric: subs, monthly}",
     'source: {tool: Stripe, metric: "subs, monthly"}'),
    ("check_ins: [{date: 2026-07-06, value: 3, note: on track: yes}]",
     'check_ins: [{date: 2026-07-06, value: 3, note: "on track: yes"}]'),
    ("milestones:\n  - Pilot in Altona, done: 2026-07-06\n  - Go live",
     "milestones:\n  - {title: Pilot in Altona, done: 2026-07-06}\n  - Go live"),
    ("label: #1\nwhy: a: b", 'label: "#1"\nwhy: "a: b"'),
    ("check_ins: [{date: 2026-07-06, value: ??}]", 'check_ins: [{date: 2026-07-06, value: "??"}]'),
    ("target: [??]", 'target: "[??]"'),
]  # fmt: skip
RECORDS = [
    ("dependencies:\n  - needs: Legal, impact: late",
     "dependencies:\n  - needs: Legal\n    impact: late"),
    ("dependencies:\n  - needs: Legal, impact: late\ndue: 6 July 2026\ntype: stretch",
     "dependencies:\n  - needs: Legal\n    impact: late\ndue: 2026-07-06\ntype: aspirational"),
    ("check_ins:\n  - 2026-07-12: 4", "check_ins:\n  - {date: 2026-07-12, value: 4}"),
    ("milestones:\n  - Launch, weight: 2, due: 2026-09-01",
     "milestones:\n  - {title: Launch, weight: 2, due: 2026-09-01}"),
    ("check-ins: [{date: 2026-07-12, value: 4}]", "check_ins: [{date: 2026-07-12, value: 4}]"),
    ("check_ins: [{on: 2026-07-12, value: 4}]", "check_ins: [{date: 2026-07-12, value: 4}]"),
    ("type: stretch", "type: aspirational"),
    ("score: 0.7", "grade: 0.7"),
    ("rating: 70%", "grade: 0.7"),
    ("done: false", "target: done"),
    ("deadline: 2026-08-01", "due: 2026-08-01"),
    ("description: Four deals failed on it", "why: Four deals failed on it"),
    ("accountable: [ada]", "owner: [ada]"),
    ("key_results: [Plan, Build]", "milestones: [Plan, Build]"),
    ("check_ins: [{date: 2026-07-06, comment: Late}]",
     "check_ins: [{date: 2026-07-06, note: Late}]"),
    ("stages:\n  - Pilot: 0.5\n  - Live: 1",
     "stages:\n  - {stage: Pilot, mark: 0.5}\n  - {stage: Live, mark: 1}"),
    ("stages: {Pilot: 0.5, Live: 1}",
     "stages: [{stage: Pilot, mark: 0.5}, {stage: Live, mark: 1}]"),
    ("milestones: Concept, Design", "milestones: [Concept, Design]"),
    ("baseline: 60\ntarget: 80 percent", "baseline: 60 percent\ntarget: 80 percent"),
    ("baseline: 40%\ntarget: 80%\ncheck_ins: [{date: 2026-07-12, value: 60}]",
     "baseline: 40%\ntarget: 80%\ncheck_ins: [{date: 2026-07-12, value: 60%}]"),
]  # fmt: skip
VALUES = [
    ("due: 06.07.2026", "due: 2026-07-06"),
    ("due: 6 July 2026", "due: 2026-07-06"),
    ("due: July 6, 2026", "due: 2026-07-06"),
    ("due: 2026/7/6", "due: 2026-07-06"),
    ("check_ins: [{date: 2026-07-06, confidence: 7/10}]",
     "check_ins: [{date: 2026-07-06, confidence: 70%}]"),
    ("check_ins: [{date: 2026-07-06, confidence: 70}]",
     "check_ins: [{date: 2026-07-06, confidence: 70%}]"),
    ("due: August", "due: 2026-08-31"),
    ("due: end of Sept", "due: 2026-09-30"),
    ("due: 2026-08", "due: 2026-08-31"),
    ("due: 03/08/2026", "due: 2026-08-03"),
    ("due: 30th August", "due: 2026-08-30"),
    ("check_ins: [{date: October 9, value: 3}]", "check_ins: [{date: 2026-10-09, value: 3}]"),
    ("owner: ada, bo", "owner: [ada, bo]"),
    ("owner: @ada", 'owner: "@ada"'),
    ("milestones:\n  - Plan: not yet\n  - Build", "milestones:\n  - Plan\n  - Build"),
    ("grade: 70%", "grade: 0.7"),
    ("grade: 7/10", "grade: 0.7"),
    ("guardrail: yes\ntarget: ≤5%", "guardrail: true\ntarget: ≤5%"),
    ("check_ins: [{date: 2026-07-06, rag: amber}]", "check_ins: [{date: 2026-07-06, rag: yellow}]"),
    ("check_ins: [{date: 2026-07-06, rag: on track}]",
     "check_ins: [{date: 2026-07-06, rag: green}]"),
    ("owner: Ada Byron", "owner: ada"),
    ("levels: [50, 70, 100]", "levels: {commit: 50, target: 70, stretch: 100}"),
]  # fmt: skip
AMOUNTS = [
    ("target: within 5%", "target: ≤5%"),
    ("target: max. 5 incidents", "target: ≤5 incidents"),
    ("target: ~50 deals", "target: 50 deals"),
    ("target: NPS 45", "target: 45 NPS"),
    ("target: eNPS > 50", 'target: "> 50 eNPS"'),
    ("target: reduce by 20%", "change: -20%"),
    ("target: done\ncheck_ins: [{date: 2026-07-06, value: 3 of 4}]",
     "target: done\ncheck_ins: [{date: 2026-07-06, value: 75%}]"),
    ("target: three deals", "target: 3 deals"),
    ("target: stays above 90%", "target: above 90%"),
    ("target: x2\nbaseline: 1x", "target: 2x\nbaseline: 1x"),
    ('target: "0,3 h"\nbaseline: 2 h', "target: 0.3 h\nbaseline: 2 h"),
    ("target: 5\nbaseline: 1 200,50", "target: 5\nbaseline: 1200.50"),
    ("target: 5 sites\ncheck_ins: [{date: 2026-07-06, value: not started}]",
     "target: 5 sites\ncheck_ins: [{date: 2026-07-06, value: 0 sites}]"),
    *(
        (f"target: done\ncheck_ins: [{{date: 2026-07-06, value: {typed}}}]",
         f"target: done\ncheck_ins: [{{date: 2026-07-06, value: {right}}}]")
        for typed, right in [
            ("0.5", "50%"), ("60 % done", "60%"), ("90% complete", "90%"), ("1", "done"),
            ("ACHIEVED", "done"), ("✅", "done"), ("launched", "done"), ("4 of 4", "done"),
            ("No progress", "not done"), ("[x]", "done"), ("[ ]", "not done"), ("0", "0%"),
        ]
    ),
    ("target: no incidents", "target: 0 incidents"),
    ("target: 1.000.000", 'target: "1,000,000"'),
    ("target: 20 % more", "change: +20%"),
    ("baseline: 40%\ntarget: +10pp", "baseline: 40%\nchange: +10pp"),
    ("target: from 40% to 60%", "baseline: 40%\ntarget: 60%"),
    ("target: 40 → 60 deals", "baseline: 40 deals\ntarget: 60 deals"),
    ("target: by 2026-09-30", "target: done\ndue: 2026-09-30"),
    ("target: done\ncheck_ins: [{date: 2026-07-06, value: yes}]",
     "target: done\ncheck_ins: [{date: 2026-07-06, value: done}]"),
    ("measure: judged\ncheck_ins: [{date: 2026-07-06, value: 0.7}]",
     "measure: judged\ncheck_ins: [{date: 2026-07-06, grade: 0.7}]"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "right"), [*YAML, *RECORDS, *VALUES, *AMOUNTS])
def test_what_a_message_prints_as_the_right_line_is_written(typed: str, right: str) -> None:
    state, text = fixed(typed)
    assert text == text_of(right)
    assert errors(state) == []


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("target: top 10", "Write `target: ≤10` for a rank, `target: 10` for as many things."),
        ("target: 8 talks, 100 guests", "Keep the one that decides; a second result is"),
        ("target: 45 min (later 30 min)", "Keep the one that decides; a second result is"),
        ("target: done\ncheck_ins: [{date: 2026-07-06, value: 1},{date: 2026-07-07, value: 20%}]",
         "Write `done` for the whole, `1%` for one percent."),
        ("target: 5 sites\ncheck_ins: [{date: 2026-07-06, value: DONE}]",
         "Write the value that was reached; the target is `5 sites`."),
        ("target: 4 sites\ncheck_ins: [{date: 2026-07-06, value: 75%}]",
         "75% of the target would be `3 sites`."),
        ("target: 9 pts\nbaseline: 5,2 pts", 'Write "5.2 pts" or "52 pts"'),
        ("due: 06/08/2027", "Write `2027-08-06` for 6 August or `2027-06-08` for 8 June."),
        ("due: mid-August", "Write its day as well: `2026-08-31` is the last one of that month."),
        ("check_ins: [{date: 2026-08, value: 3}]", "Write its day as well: `2026-08-31`"),
        ("milestones:\n  - Pilot: done\n  - Rollout",
         "Write `{title: Pilot, done: 2026-09-30}`, with the day on which it was done."),
        ("milestones:\n  - Pilot: 2026-07-08",
         "Write `{title: Pilot, done: 2026-07-08}` or `{title: Pilot, due: 2026-07-08}`."),
        ("milestones: [{title: A, date: 2026-07-08}]",
         "Write `done:` for the day on which it was finished, `due:` for a planned one."),
        ("start: 2026-07-08", "Did you mean `baseline`?"),
        ("target: 5\ncheck_ins: [{date: 2026-07-06, value: nearly 5}]", "Write how much it is."),
        ("target: 5\ncheck_ins: [{date: 2026-07-06, value: no longer planned}]",
         "Write the number first"),
        ("check_ins: [{date: 2026-07-06, confidence: 7}]", "Write `70%` or `7%`."),
        ("target: 78.125 FTE",
         'Write "78,125" for thousands, "78.1250" for a decimal.'),
        ("baseline: 5%\ntarget: -5%", "For -5% itself give both a sign: `baseline: +5%`."),
        ("target: 5\ncheck_ins: [{date: 2026-07-06, value: none}]",
         "Write `0` if it is zero, `n/a` if it wasn't measured."),
        ("milestones: [{title: A, done: yes}]", "Write the day on which it was"),
        ("key_results: [{id: a, title: A}]",
         "If they are steps, write `milestones: [{title: A}]`."),
        ("accountable: ada", "Did you mean `owner` or `dri`?"),
        ("status: achieved", "Write `check_ins: [{date: "),
    ],
)  # fmt: skip
def test_what_has_two_readings_is_left_to_its_author(typed: str, hint: str) -> None:
    state, text = fixed(typed)
    assert text == text_of(typed)
    assert any(hint in problem.hint for problem in state.problems)


@pytest.mark.parametrize(
    "right", ["target: 78.1250 FTE", "baseline: +5%\ntarget: -5%", "target: ≤5%"]
)
def test_the_other_reading_can_be_written(right: str) -> None:
    assert errors(fixed(right)[0]) == []


def test_ids_and_the_version_are_made_where_they_are_missing() -> None:
    typed = "objectives:\n  - title: Grow fast\n    key_results:\n      - Launch the app\n"
    texts = {"okrs/okr.yml": OKR, PATH: typed}
    for _ in range(9):
        files = files_from(texts)
        state = read_state(files)
        for file in apply_fixes(files, find_fixes(state.problems, files, {})):
            texts[file.path] = file.data.decode()
    assert texts[PATH] == (
        "schema: 1\nobjectives:\n  - id: grow-fast\n    title: Grow fast\n    key_results:\n"
        "      - id: launch-the-app\n        title: Launch the app\n"
    )
    assert errors(state) == []
