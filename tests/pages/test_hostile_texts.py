"""Every text field of the format, filled with hostile texts, in a site that MkDocs builds.

The fields come from the declarations of the format, so that a new one is covered at once.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from okrdocs.format.fields import (
    FieldKind,
    ListField,
    MappingField,
    ProseField,
    RecordField,
    TextField,
    fields_of,
)
from okrdocs.format.records import (
    CycleDocument,
    KeyResult,
    Metric,
    MetricTarget,
    MetricValue,
    Milestone,
    Objective,
    Organization,
    TeamDocument,
)
from okrdocs.markup.escape import escape_inline, terminal_text
from okrdocs.markup.prose import prose_inline

CORPUS: list[str] = json.loads(
    (Path(__file__).parents[1] / "hostile/texts.json").read_text(encoding="utf-8")
)
# Fields whose words stand for a choice between grading formulas; they get records of their own.
APART = {
    (KeyResult, "stages"), (KeyResult, "levels"), (KeyResult, "plan"), (KeyResult, "dropped"),
    (KeyResult, "stage_changes"),
    (KeyResult, "milestones"), (KeyResult, "grade"), (Objective, "dropped"), (Objective, "grade"),
    (Objective, "key_results"), (TeamDocument, "objectives"), (Organization, "people"),
    (Organization, "teams"), (Organization, "grading"), (Organization, "scales"),
    (CycleDocument, "related"), (CycleDocument, "principles"), (CycleDocument, "practices"),
    (CycleDocument, "anti_patterns"), (CycleDocument, "document_id"),
    (CycleDocument, "classification"),
}  # fmt: skip
# Values of required fields that are no text.
PLAIN = {
    "schema": 1, "date": "2025-01-20", "url": "https://example.test/a", "ref": "company/grow",
    "decision": "continue", "from": "20", "key_result": "one",
}  # fmt: skip
# Fields that stand in a diagram, never in the text of a page.
DRAWN = {"Objective.label", "Metric.short"}
# The digest stands beside a signature with its day, and the approvals here have none; no page needs
# the time zone.
UNSIGNED = {"Approval.digest", "Calendar.time_zone"}

Given = dict[str, str]
"""The texts that were put into the files, by the field (`Record.key`)."""


@cache
def usable() -> list[str]:
    """Texts that a YAML file can hold, that show something, and that prose reads as they are."""
    found = []
    for text in CORPUS:
        fits = 0 < len(text) <= 30 and "\n" not in text and text.isprintable()
        if fits and text.strip() == text and prose_inline(text) == escape_inline(text):
            found.append(text)
    return found


def hostile(number: int) -> str:
    """A hostile text with a word that tells it from all others, in front or behind."""
    text = usable()[number * 7 % len(usable())]
    return f"{text} q{number}q" if number % 2 else f"q{number}q {text}"


class Filler:
    """Fills records with hostile texts and remembers where each one went."""

    def __init__(self, written: Callable[[int], str], short: Callable[[int], str]) -> None:
        self.given: Given = {}
        self.numbers, self.short_numbers = itertools.count(), itertools.count()
        self.written, self.short = written, short

    def text(self, name: str) -> str:
        number = next(self.numbers)
        return self.given.setdefault(f"{name} {number}", self.written(number))

    def record(self, record: type[Any], **more: Any) -> dict[str, Any]:
        """A mapping with every text field of a record, and the records within it."""
        held = {**more}
        for key, field in fields_of(record).items():
            if key not in held and (record, key) not in APART:
                value = self.value(field.kind, f"{record.__name__}.{key}")
                if value is not None:
                    held[key] = value
                elif field.required or key == "url":
                    held[key] = PLAIN[key]
        return held

    def value(self, kind: FieldKind, name: str) -> Any:
        match kind:
            case TextField() | ProseField():
                return self.text(name) if kind.limit > 30 else self.short(next(self.short_numbers))
            case RecordField(record=record):
                return self.record(record)
            case ListField(of=of):
                value = self.value(of, name)
                return None if value is None else [value]
            case MappingField():
                return None
            case _:
                return None


def company(
    written: Callable[[int], str] = hostile, short: Callable[[int], str] = lambda _: "P<b>1"
) -> tuple[Mapping[str, str], Given]:
    """The files of a company that says everything that can be said, and the texts in them.

    The functions write the text with a number, and the one where there is little room.
    """
    fill = Filler(written, short)
    one = fill.record(
        KeyResult,
        id="one",
        baseline="0",
        target="10",
        owner=["ann"],
        metric="one",
        **{"with": ["product"], "grade": {"value": 0.5, "reason": fill.text("Override.reason")}},
    )
    steps = fill.record(KeyResult, id="steps", milestones=[fill.record(Milestone)])
    stages = [{"stage": fill.text("Stage.stage"), "mark": mark} for mark in (0, 1)]
    staged = fill.record(KeyResult, id="staged", stages=stages)
    staged["check_ins"][0]["value"] = stages[1]["stage"]
    gone = {"date": "2025-02-01", "reason": fill.text("Drop.reason")}
    gone_kr = fill.record(KeyResult, id="gone", target="done", dropped=gone)
    for held in steps, staged, gone_kr:
        del held["target_changes"]
    for held in one, gone_kr:
        held["check_ins"][0]["value"] = "5" if held is one else "done"
    grow = fill.record(Objective, id="grow", owner=["ann"], key_results=[one, steps, staged])
    small = fill.record(
        Objective,
        id="small",
        key_results=[gone_kr],
        ladders_up_to=["company/grow"],
        grade={"value": 0.5, "reason": fill.text("Override.reason")},
    )
    given_up = fill.record(Objective, id="given-up", dropped=gone)
    for objective in (grow, small, given_up):
        for initiative in objective["initiatives"]:
            initiative.pop("moves", None)
    teams = {"company": {"name": fill.text("Team.name"), "lead": "ann"}}
    product = {
        "name": fill.text("Team.name"),
        "parent": "company",
        "about": fill.text("Team.about"),
    }
    ann = {"name": fill.text("Person.name"), "short": fill.text("Person.short")}
    bands = [{"from": 0.5, "word": "good"}, {"from": 0, "word": "bad"}]
    for band in bands:
        band |= {key: fill.text(f"Band.{key}") for key in ("word", "means", "action")}
    files = {
        "metrics.yml": {"schema": 1, "metrics": metrics(fill)},
        "okr.yml": fill.record(
            Organization,
            teams={**teams, "product": product},
            people={"ann": ann},
            grading={"bands": {"aspirational": bands}},
        ),
        "2025-Q1/cycle.yml": fill.record(CycleDocument, status="closed"),
        "2025-Q1/company.yml": fill.record(TeamDocument, objectives=[grow, given_up]),
        "2025-Q1/product.yml": fill.record(TeamDocument, objectives=[small]),
    }
    for grade in one["grade"], small["grade"]:
        grade["by"] = fill.text("Override.by")
    for stage in stages:
        stage["means"] = fill.text("Stage.means")
    return {path: as_yaml(held) for path, held in files.items()}, fill.given


def metrics(fill: Filler) -> dict[str, Any]:
    """Metrics that say everything that can be said, with the North Star and one that drives it."""
    kinds: dict[str, dict[str, Any]] = {"star": {"north_star": "true"}, "one": {"drives": ["star"]}}
    return {
        name: fill.record(
            Metric,
            **more,
            values=[fill.record(MetricValue, value=value) for value in ("5", "6")],
            targets=[fill.record(MetricTarget, cycle="2025-Q1", target="8")],
        )
        for name, more in kinds.items()
    }


def as_yaml(held: Any) -> str:
    """YAML between braces; a text between single quotation marks holds anything."""
    match held:
        case dict():
            return "{" + ", ".join(f"{key}: {as_yaml(each)}" for key, each in held.items()) + "}"
        case list():
            return "[" + ", ".join(map(as_yaml, held)) + "]"
        case str():
            return "'" + held.replace("'", "''") + "'"
        case _:
            return str(held)


class Article(HTMLParser):
    """What a page says, and every tag and address within its article."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.inside = self.drawn = self.scripts = 0
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.titles: list[str] = []
        self.said = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += tag == "article"
        self.drawn += tag in ("svg", "pre", "style")
        self.scripts += tag == "script"
        if self.inside:
            self.tags.add(tag)
            self.attributes |= {name for name, _ in attrs}
            self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in ("span", "a", "small", "em", "strong", "code"):
            self.said += "\n"

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "article"
        self.drawn -= tag in ("svg", "pre", "style")

    def handle_data(self, data: str) -> None:
        if self.inside and not self.drawn:
            self.said += data


@pytest.fixture(scope="module")
def given() -> Given:
    return company()[1]


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory,
    okr_process: Callable[..., Any],
    with_site: Callable[[Path], Path],
) -> Path:
    root = with_site(tmp_path_factory.mktemp("hostile"))
    for path, text in company()[0].items():
        (root / "okrs" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "okrs" / path).write_text(text, encoding="utf-8")
    built = okr_process(root, "build", "--as-of", "2025-04-20")
    assert built.returncode == 0, built.stderr
    return root / "site/okrs"


@pytest.fixture(scope="module")
def articles(site: Path) -> Mapping[str, Article]:
    paths = sorted(site.rglob("*.html"))
    return {path.relative_to(site).as_posix(): Article(path.read_text("utf-8")) for path in paths}


def same(text: str) -> str:
    return " ".join(text.replace("¶", "").split())


def test_the_fields_of_every_kind_of_file_are_filled(given: Given) -> None:
    assert len(given) > 120
    assert len({text.replace("q", "") for text in given.values()}) == len(given)


def test_every_text_is_shown_as_typed_wherever_it_is_shown(
    articles: Mapping[str, Article], given: Given
) -> None:
    for name, text in given.items():
        mark = re.search(r"q\d+q", text)
        assert mark
        for path, article in articles.items():
            said = same(article.said)
            assert said.count(mark[0]) == said.count(same(terminal_text(text))), (
                f"{path} {name} {text}"
            )


def test_every_text_field_is_shown_on_some_page(
    articles: Mapping[str, Article], given: Given
) -> None:
    everything = same(" ".join(article.said for article in articles.values()))
    shown = {name.split()[0] for name, text in given.items() if same(text) in everything}
    assert {name.split()[0] for name in given} - shown == DRAWN | UNSIGNED


TAGS = re.compile(
    "figure|figcaption"
    "|article|section|nav|h[1-4]|p|a|div|span|small|strong|em|code|pre|br|hr|ul|ol|li|dl|dt|dd"
    "|table|caption|thead|tbody|tr|th|td|details|summary|progress|time|button"
    "|svg|g|path|rect|text|tspan|title|desc|defs|marker|line|polyline"
)
ADDRESS = re.compile(r"https://example\.test/|[\w./-]*(\?[\w=&-]*)?(#[\w-]*)?$")
ATTRIBUTES = re.compile(
    "aria-[a-z]+|align|scope|data-[a-z-]+|id|class|name|open|href|title|style|role|max|value|start"
    "|tabindex"
    "|d|[xy][12]?|width|height|viewbox|xmlns|fill|r[xy]|text-anchor|transform|points|d[xy]"
    "|focusable|preserveaspectratio|font-[a-z]+|marker-end|orient|ref[xy]|marker(width|height)|stroke[a-z-]*"
)


def test_no_text_becomes_a_tag_an_attribute_or_a_script(
    articles: Mapping[str, Article], site: Path
) -> None:
    usual = Article((site.parent / "404.html").read_text("utf-8")).scripts
    for path, article in articles.items():
        assert not [tag for tag in article.tags if not TAGS.fullmatch(tag)], path
        assert not [name for name in article.attributes if not ATTRIBUTES.fullmatch(name)], path
        assert article.scripts <= usual, path
        for address in article.addresses:
            assert ADDRESS.match(address), address


FOREIGN = re.compile(
    r"""<(?:link|script|img|iframe|source|video|audio|embed|object)\b[^>]*?
        (?:src|href|data)=["']?\s*(?P<address>(?:https?:)?//[^"'\s>]+)
      | @import\s+["'(]?(?P<imported>(?:https?:)?//\S+)
      | url\(\s*["']?(?P<in_css>(?:https?:)?//\S+)""",
    re.VERBOSE | re.IGNORECASE,
)


def foreign_addresses(folder: Path) -> Iterator[str]:
    for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.css")]):
        yield from (
            f"{path.name}: {found[0]}" for found in FOREIGN.finditer(path.read_text("utf-8"))
        )


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    assert list(foreign_addresses(site.parent)) == []


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://cdn.test/x.js">',
        "<link rel=stylesheet href=//cdn.test/x.css>",
        '<img alt="" src="http://cdn.test/x.png">',
        "<style>@import url(https://cdn.test/x.css)</style>",
        "<style>body {background: url('//cdn.test/x.png')}</style>",
    ],
)
def test_the_check_for_other_hosts_finds(tmp_path: Path, page: str) -> None:
    (tmp_path / "page.html").write_text(page)
    assert len(list(foreign_addresses(tmp_path))) == 1
