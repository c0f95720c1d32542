"""Problems as SARIF 2.1.0, the format of code scanning services. It's an OASIS standard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from okrdocs import __version__
from okrdocs.markup.escape import json_text, terminal_text
from okrdocs.problem import Problem, Severity, Span
from okrdocs.report.fingerprint import fingerprint
from okrdocs.report.rule_info import NO_RULES, RuleInfo, Rules

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ADDRESS = re.compile("https?://", re.IGNORECASE)
SarifObject = dict[str, object]


def as_sarif(problems: Sequence[Problem], rules: Rules = NO_RULES) -> str:
    """Return a log with one run.

    Each code that occurs is one of its rules, in the order of codes.
    """
    codes = sorted({problem.code for problem in problems})
    usual = {p.code: p.severity for p in sorted(problems, key=_severity_rank)}
    driver = {
        "name": "okrdocs",
        "version": __version__,
        "rules": [_sarif_rule(code, rules.get(code), usual[code]) for code in codes],
    }
    index = {code: number for number, code in enumerate(codes)}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(problem, index[problem.code]) for problem in problems],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _severity_rank(problem: Problem) -> int:
    """Return a sort key by which the most severe problem of a code comes last, and stays."""
    return -list(Severity).index(problem.severity)


def _sarif_rule(code: str, info: RuleInfo | None, severity: Severity) -> SarifObject:
    if info is None:
        about = "The message says what is wrong, what was expected, and the next step."
        info = RuleInfo(code, code, about, "", "", severity)
    rule: SarifObject = {
        "id": code,
        "shortDescription": {"text": info.title},
        "fullDescription": {"text": _first_paragraph(info.text) or info.title},
        "help": _rule_help(info),
        "defaultConfiguration": {"level": _LEVELS[info.severity]},
        "properties": {"tags": [info.family] if info.family else []},
    }
    return {**rule, "helpUri": info.page} if _ADDRESS.match(info.page) else rule


def _first_paragraph(text: str) -> str:
    return terminal_text(text.strip().partition("\n\n")[0])


def _rule_help(info: RuleInfo) -> SarifObject:
    text = info.text.strip() or info.title
    if not info.page:
        return {"text": text, "markdown": text}
    return {
        "text": f"{text}\n\nSee {info.page}.",
        "markdown": f"{text}\n\nSee `{info.page}`.",
    }


def _sarif_result(problem: Problem, rule_index: int) -> SarifObject:
    result: SarifObject = {
        "ruleId": problem.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[problem.severity],
        "message": _sarif_message(f"{problem.message} {problem.hint}"),
        "locations": [_sarif_location(problem.span)],
        "partialFingerprints": {"okr/v1": fingerprint(problem)},
    }
    related = [
        {**_sarif_location(r.span), "message": _sarif_message(r.message)} for r in problem.related
    ]
    return {**result, "relatedLocations": related} if related else result


def _sarif_message(text: str) -> SarifObject:
    """Return a plain text; `[a](b)` would be a link (SARIF 2.1.0, 3.11.6)."""
    return {"text": terminal_text(text).replace("](", "] (")}


def _sarif_location(span: Span) -> SarifObject:
    place = {
        "artifactLocation": {
            "uri": quote(span.path, errors="replace"),
            "uriBaseId": "%SRCROOT%",
        },
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    }
    return {"physicalLocation": place}
