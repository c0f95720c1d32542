"""Nothing of a draft is in what the public gets: no word, id or number, in no file of the site.

The texts of the drafts come from the declarations of the format, so that a new field is covered
at once. Each draft word is of the form `zq17z`, and nothing public is.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from git_repository import Repository
from okrdocs.format.fields import (
    FieldKind,
    ListField,
    NameField,
    ProseField,
    TextField,
    UrlField,
    fields_of,
)
from okrdocs.format.fields import RefField as Referring
from okrdocs.format.loader import load_documents
from okrdocs.format.records import (
    AntiPattern,
    Artifact,
    CycleDocument,
    KeyResult,
    Milestone,
    Objective,
    Practice,
    Principle,
    TeamDocument,
)
from okrdocs.grading.results import Scores, State
from okrdocs.history.approval_digest import cycle_digest
from okrdocs.history.git_log import read_history
from okrdocs.history.store import read_history_of_folder
from okrdocs.pipeline.evaluate import evaluate
from okrdocs.pipeline.freshness import read_inputs
from okrdocs.report.json_export import export_data
from okrdocs.source.git.repository import find_repository
from okrdocs.workspace.drafts import NO_DRAFTS, find_drafts
from pages.test_hostile_texts import Filler, as_yaml

DAY = date(2025, 2, 20)
SECRET = re.compile(rb"zq[0-9]+z|(?<![0-9.])70000[0-9]{4}(?![0-9])", re.IGNORECASE)
"""A word of a draft, or one of its numbers: those of its amounts have nine digits."""
# No page shows them, or none of this company: it has no diagram, and signs nothing.
UNSHOWN = {"Objective.label", "Approval.digest", "MetricSource.link", "Stage.stage", "subject"}
# Of the records that the declarations make, those that the ones here replace.
REPLACED = {"TargetChange.reason"}
PUBLIC = "2025-Q1:company/grow"
EXTENSIONS = ["attr_list", "def_list", "md_in_html", "tables"]
Okr = Callable[..., Any]


class Words(Filler):
    """Fills records with words and numbers of drafts, and remembers the field of each."""

    def __init__(self) -> None:
        super().__init__(written=str, short=str)

    def text(self, name: str) -> str:
        word = f"zq{next(self.numbers)}z"
        self.given[f"{name} {word}"] = word
        return word

    def amount(self) -> int:
        return 700_000_000 + next(self.numbers)

    def value(self, kind: FieldKind, name: str) -> Any:
        match kind:
            case NameField():
                return self.text(name)
            case UrlField():
                return f"https://example.test/{self.text(name)}"
            case Referring():
                return PUBLIC
            case TextField() | ProseField():
                return self.text(name)
            case _:
                return super().value(kind, name)

    def record(self, record: type[Any], **more: Any) -> dict[str, Any]:
        refers = "ref" in fields_of(record) and "ref" not in more
        return super().record(record, **more, **({"ref": PUBLIC} if refers else {}))

    def key_result(self, name: str, **more: Any) -> dict[str, Any]:
        held = self.record(KeyResult, id=name, owner=[self.text("KeyResult.owner")], **more)
        for key in ("target_changes", "carried_over_from"):
            held.pop(key, None)
        for check_in in held["check_ins"]:
            check_in |= {"date": "2025-02-18"}
        return held

    def measured(self, name: str, **more: Any) -> dict[str, Any]:
        """A key result with a baseline, a target, a value and all that goes with them."""
        low, high = self.amount(), self.amount()
        held = self.key_result(name, baseline=f"{low}", target=f"{high}", **more)
        held["check_ins"][0]["value"] = f"{low}.5"
        former = {"date": "2025-02-01", "from": f"{self.amount()}"}
        held["target_changes"] = [{**former, "reason": self.text("TargetChange.why")}]
        held["grade"] = {"value": 0.5, "reason": self.text("Override.reason")}
        return held

    def objective(self, name: str, **more: Any) -> dict[str, Any]:
        """An objective that says everything, with a key result of each kind."""
        staged = [{"stage": self.text("Stage.stage"), "mark": mark} for mark in (0, 1)]
        gone = {"date": "2025-02-10", "reason": self.text("Drop.reason")}
        results = [
            self.measured(self.text("id")),
            self.key_result(self.text("id"), milestones=[self.record(Milestone)]),
            self.key_result(self.text("id"), stages=staged),
            self.key_result(self.text("id"), target="done", dropped=gone),
        ]
        results[2]["check_ins"][0]["value"] = staged[1]["stage"]
        results[3]["check_ins"][0]["value"] = "done"
        held = self.record(Objective, id=name, key_results=results, **more)
        held.pop("carried_over_from", None)
        for each in held["initiatives"]:
            each["moves"] = [{"key_result": results[0]["id"], "by": f"{self.amount()}"}]
        return held

    def cycle(self, **more: Any) -> dict[str, Any]:
        """The document of a cycle that says everything."""
        lists = {
            "related": Artifact,
            "principles": Principle,
            "practices": Practice,
            "anti_patterns": AntiPattern,
        }
        named = {key: [self.record(record)] for key, record in lists.items()}
        own = {key: self.text(f"CycleDocument.{key}") for key in ("document_id", "classification")}
        dates = {"start": "2025-01-01", "end": "2025-03-31"}
        return self.record(CycleDocument, **named, **own, **dates, **more)


class Company:
    """A company with drafts of every kind, and public things that refer to each of them."""

    def __init__(self) -> None:
        self.fill = Words()
        self.ids = {
            name: self.fill.text("id")
            for name in ("objective", "result", "in-team", "in-cycle", "hidden", "cycle", "other")
        }
        self.subject, self.author = self.fill.text("subject"), self.fill.text("author")
        self.files = self.written()

    @property
    def given(self) -> Mapping[str, str]:
        return self.fill.given

    def references(self) -> list[str]:
        ids = self.ids
        return [
            f"product/{ids['objective']}",
            f"product/public#{ids['result']}",
            f"sales/{ids['in-team']}",
            f"{ids['cycle']}:product/{ids['in-cycle']}",
            f"{ids['other']}:product/{ids['hidden']}",
        ]

    def written(self) -> dict[str, str]:
        """The text of each file, by its path."""
        fill, ids = self.fill, self.ids
        product = self.product()
        sales = fill.record(
            TeamDocument, visibility="draft", objectives=[fill.objective(ids["in-team"])]
        )
        planned, hidden = fill.cycle(status="draft"), fill.cycle(visibility="draft")
        inside = {"schema": 1, "objectives": [fill.objective(ids["in-cycle"])]}
        also = {"schema": 1, "objectives": [fill.objective(ids["hidden"])]}
        held = {
            "okr.yml": {
                "schema": 1,
                "organization": "Open Company",
                "teams": {
                    "company": {"name": "Company"},
                    "product": {"name": "Product", "parent": "company"},
                    "sales": {"name": "Sales", "parent": "company"},
                },
            },
            "metrics.yml": self.metrics(),
            "2025-Q1/cycle.yml": self.cycle(),
            "2025-Q1/company.yml": self.company(),
            "2025-Q1/product.yml": product,
            "2025-Q1/sales.yml": sales,
            f"{ids['cycle']}/cycle.yml": planned,
            f"{ids['cycle']}/product.yml": inside,
            f"{ids['other']}/cycle.yml": hidden,
            f"{ids['other']}/product.yml": also,
        }
        return {f"okrs/{path}": as_yaml(each) for path, each in held.items()}

    def metrics(self) -> dict[str, Any]:
        """A public metric that a draft moves, too, and that has targets for cycles of drafts."""
        cycles = self.ids["cycle"], self.ids["other"]
        hidden = [{"cycle": cycle, "target": f"{self.fill.amount()}"} for cycle in cycles]
        use = {"name": "Public use", "targets": [{"cycle": "2025-Q1", "target": "80"}, *hidden]}
        return {"schema": 1, "metrics": {"use": use}}

    def about(self) -> Iterator[dict[str, Any]]:
        """Records that are all about a draft."""
        for reference in self.references():
            yield {"ref": reference}

    def cycle(self) -> dict[str, Any]:
        word = self.fill.text
        return {
            "schema": 1,
            "summary": "A public summary",
            "review": {
                "date": "2025-02-15",
                "decisions": [
                    {"ref": "company/grow", "decision": "continue", "reason": "It goes well"},
                    *({**e, "decision": "drop", "reason": word("about")} for e in self.about()),
                ],
            },
            "retrospective": {
                "worked": ["Talking"],
                "roll_over": [{**each, "note": word("about")} for each in self.about()],
            },
            "amendments": [
                {**each, "date": "2025-02-16", "reason": word("about")} for each in self.about()
            ],
        }

    def company(self) -> dict[str, Any]:
        """The company's objective, which needs, serves and continues drafts."""
        word = self.fill.text
        references = self.references()
        needs = [
            {"needs": references, "impact": word("about"), "mitigation": word("about")},
            {"needs": ["Finance", references[0]], "impact": "A public impact"},
        ]
        result = {
            "id": "revenue",
            "title": "Revenue grows",
            "baseline": "10",
            "target": "20",
            "dependencies": [{"needs": references[1], "impact": word("about")}],
            "check_ins": [{"date": "2025-02-18", "value": "15", "note": "Well done"}],
        }
        grow = {
            "id": "grow",
            "title": "Grow openly",
            "owner": "ann",
            "dependencies": needs,
            "key_results": [result],
            "carried_over_from": references[3],
        }
        objectives = [grow, {"id": "calm", "title": "Stay calm", "ladders_up_to": [references[1]]}]
        rolled = [{**each, "note": word("about")} for each in self.about()]
        retrospective = {"worked": ["Reading"], "roll_over": rolled}
        return {"schema": 1, "objectives": objectives, "retrospective": retrospective}

    def product(self) -> dict[str, Any]:
        """A team with a draft before its public objective, in which a draft stands first."""
        fill, ids = self.fill, self.ids
        shown = {
            "id": "usage",
            "title": "People use it daily",
            "baseline": "0",
            "target": "100",
            "metric": "use",
            "check_ins": [{"date": "2025-02-18", "value": "50", "note": "Half way"}],
        }
        more = {"with": ["company"], "metric": "use"}
        secret = fill.measured(ids["result"], visibility="draft", **more)
        public = {
            "id": "public",
            "title": "Be useful to everybody",
            "owner": "ann",
            "ladders_up_to": ["company/grow", *(r for r in self.references() if "#" not in r)],
            "initiatives": [
                {
                    "title": "Ask people",
                    "moves": [{"key_result": "usage"}, {"key_result": ids["result"], "by": "9"}],
                }
            ],
            "key_results": [secret, shown],
        }
        hidden = fill.objective(
            ids["objective"], visibility="draft", ladders_up_to=[PUBLIC], was=["zq999999z"]
        )
        return {"schema": 1, "objectives": [hidden, public]}


# ------------------------------------------------------------------- the repository and its site


def write_history(repo: Repository, company: Company) -> None:
    """Three commits: everything is public once, then it is withdrawn, then all of it changes."""
    files = company.files
    repo.write(".gitignore", "/.okrdocs/\n/docs/\n/site/\n")
    marks = {"visibility: 'draft'": "visibility: 'public'", "status: 'draft'": "status: 'active'"}
    for path, text in files.items():
        repo.write(path, re.sub("|".join(marks), lambda found: marks[found[0]], text))
    repo.commit("Begin", "2025-01-08")
    for path, text in files.items():
        repo.write(path, text)
    repo.commit(f"Withdraw {company.subject}", "2025-01-09", f"{company.author} <z@example.com>")
    for path, text in files.items():
        repo.write(path, text.replace(".5'", ".6'").replace("'15'", "'16'"))
    repo.commit("Go on", "2025-02-18")


@pytest.fixture(scope="module")
def company() -> Company:
    return Company()


@pytest.fixture(scope="module")
def root(
    tmp_path_factory: pytest.TempPathFactory, company: Company, with_site: Callable[[Path], Path]
) -> Path:
    root = with_site(tmp_path_factory.mktemp("drafts"))
    write_history(Repository(root), company)
    return root


@pytest.fixture(scope="module")
def public(root: Path, okr_process: Okr) -> Mapping[str, bytes]:
    """Every file that the public build leaves, after one with drafts."""
    with_them = okr_process(root, "generate", "--drafts", "--as-of", f"{DAY}")
    assert with_them.returncode == 0, with_them.stderr
    built = okr_process(root, "build", "--as-of", f"{DAY}")
    assert built.returncode == 0, built.stderr
    assert "Left out as drafts: 2 cycles, 1 team file, 1 objective, 1 key result." in built.stderr
    return contents(root)


@pytest.fixture(scope="module")
def private(
    tmp_path_factory: pytest.TempPathFactory, company: Company, okr_process: Okr
) -> Mapping[str, bytes]:
    """The same with drafts, as a plain site."""
    root = tmp_path_factory.mktemp("private")
    write_history(Repository(root), company)
    (root / "mkdocs.yml").write_text(f"site_name: All of it\nmarkdown_extensions: {EXTENSIONS}\n")
    built = okr_process(root, "build", "--drafts", "--as-of", f"{DAY}")
    assert built.returncode == 0, built.stderr
    assert "Left out" not in built.stderr
    return contents(root)


def contents(root: Path) -> Mapping[str, bytes]:
    """What lies in the folders that are published, by path."""
    paths = [*(root / "docs/okrs").rglob("*"), *(root / "site").rglob("*")]
    return {str(p.relative_to(root)): _bytes(p) for p in sorted(paths) if p.is_file()}


def _bytes(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def shown(files: Mapping[str, bytes]) -> set[str]:
    """The words of drafts in files and their names."""
    everything = b"\n".join((*files.values(), *(path.encode() for path in files)))
    return {found.decode().lower() for found in SECRET.findall(everything)}


# ------------------------------------------------------------------- the public build


def test_every_text_field_of_what_can_be_a_draft_has_a_word(company: Company) -> None:
    filled = {name.split()[0] for name in company.given}
    records = Objective, KeyResult, CycleDocument
    texts = {f"{r.__name__}.{key}" for r in records for key in text_fields(r)}
    assert texts - filled == set()
    assert len(company.given) > 300


def text_fields(record: type[Any]) -> Iterator[str]:
    for key, field in fields_of(record).items():
        kind = field.kind.of if isinstance(field.kind, ListField) else field.kind
        if isinstance(kind, TextField | ProseField | NameField | UrlField):
            yield key


def test_nothing_of_a_draft_is_in_any_file_of_the_public_build(public: Mapping[str, bytes]) -> None:
    found = {path: SECRET.findall(data) for path, data in public.items()}
    assert {path: words for path, words in found.items() if words} == {}
    assert [path for path in public if SECRET.search(path.encode())] == []


def test_the_public_build_is_there_and_says_what_is_public(public: Mapping[str, bytes]) -> None:
    paths = "docs/okrs/feed.xml", "site/search/search_index.json", "site/sitemap.xml.gz"
    assert set(paths) <= set(public)
    team = public["docs/okrs/2025-Q1/product.md"].decode()
    assert "Be useful to everybody" in team
    assert "Finance" in public["docs/okrs/2025-Q1/company.md"].decode()
    assert "Half way" in public["docs/okrs/feed.xml"].decode()
    changes = public["docs/okrs/changes.md"].decode()
    assert "Revenue grows" in changes
    assert "2 teams and 3 objectives, 2 key results" in changes
    assert not any(b"okr-unpublished" in data for p, data in public.items() if p.endswith(".md"))
    assert "docs/okrs/2025-Q1/sales.md" not in public
    metrics = public["docs/okrs/metrics.md"].decode()
    assert "People use it daily" in metrics
    assert "| Q1 2025 | 80 |" in metrics


def test_with_drafts_all_of_it_is_there(private: Mapping[str, bytes], company: Company) -> None:
    seen = shown(private)
    missing = {name.split()[0] for name, word in company.given.items() if word not in seen}
    assert missing <= UNSHOWN | REPLACED


def test_pages_with_drafts_say_so_and_mark_each(
    private: Mapping[str, bytes], company: Company
) -> None:
    pages = {path: data.decode() for path, data in private.items() if path.endswith(".md")}
    assert [path for path, text in pages.items() if "okr-unpublished" not in text] == []
    team = pages["docs/okrs/2025-Q1/product.md"]
    assert "**Visibility** Draft, in no mean" in team
    assert team.count(">Draft</span>") >= 5
    assert "(draft)" in pages["docs/okrs/2025-Q1/company.md"]
    assert "this team's OKRs aren't in the public pages" in pages["docs/okrs/2025-Q1/sales.md"]
    assert "(draft)" in pages["docs/okrs/metrics.md"]
    assert "this whole cycle" in pages[f"docs/okrs/{company.ids['cycle']}/index.md"]


def test_the_export_leaves_drafts_out_unless_asked(root: Path, okr_process: Okr) -> None:
    day = ("--as-of", f"{DAY}")
    assert SECRET.search(okr_process(root, "export", *day).stdout.encode()) is None
    asked = okr_process(root, "export", "--drafts", *day).stdout
    assert len(set(SECRET.findall(asked.encode()))) > 20


# ------------------------------------------------------------------- numbers


@pytest.fixture(scope="module")
def both(root: Path) -> tuple[Scores, Scores]:
    """What the public may see, and all of it."""
    seen, whole = (
        evaluate(read_inputs(root), as_of=DAY, today=DAY, drafts=drafts).scores
        for drafts in (False, True)
    )
    assert seen is not None
    assert whole is not None
    return seen, whole


def test_a_draft_changes_no_number_of_what_is_public(both: tuple[Scores, Scores]) -> None:
    seen, whole = (export_data(scores) for scores in both)
    hidden = {str(ref) for ref in both[1].objectives.keys() - both[0].objectives.keys()}
    hidden |= {str(ref) for ref in both[1].key_results.keys() - both[0].key_results.keys()}
    hidden |= {cycle.id for cycle in both[1].workspace.cycles if cycle.draft}
    assert hidden
    assert without(whole, hidden) == without(seen, hidden)


def without(held: Any, hidden: set[str]) -> Any:
    """An export less what is hidden, and less the remarks that something is a draft."""
    match held:
        case list():
            kept = [without(each, hidden) for each in held if not _is_about(each, hidden)]
            return [each for each in kept if not str(each).endswith("is not in the mean: draft")]
        case dict():
            return {key: without(each, hidden) for key, each in held.items() if key != "Draft"}
        case _:
            return held


def _is_about(each: Any, hidden: set[str]) -> bool:
    if isinstance(each, str):
        return each in hidden
    if not isinstance(each, dict):
        return False
    inside = each.get("teams", each.get("objectives"))
    refs = {o["ref"] for part in inside or () for o in part.get("objectives", [part])}
    about = {each.get("ref"), each.get("cycle"), each.get("id")}
    return bool(about & hidden) or (bool(refs) and refs <= hidden)


def test_objectives_and_key_results_have_the_same_numbers_in_both_views(
    both: tuple[Scores, Scores],
) -> None:
    seen, whole = (scores.workspace for scores in both)
    for ref, entry in seen.objectives.items():
        assert whole.objectives[ref].number == entry.number
    for ref, result in seen.key_results.items():
        assert whole.key_results[ref].number == result.number


def test_nobody_waits_for_a_draft_and_no_approval_covers_it(both: tuple[Scores, Scores]) -> None:
    seen, whole = both
    drafts = [kr for kr in whole.key_results.values() if kr.state is State.DRAFT]
    assert drafts
    assert not any(kr.stale or kr.counts_in_mean or kr.expects_value for kr in drafts)
    quarter, same = seen.workspace.cycle("2025-Q1"), whole.workspace.cycle("2025-Q1")
    assert quarter is not None
    assert same is not None
    assert cycle_digest(quarter, seen.workspace) == cycle_digest(same, whole.workspace)
    assert whole.workspace.current_cycle(DAY) == same


# ------------------------------------------------------------------- what is a draft


TEAM = "schema: 1\nobjectives: [{id: grow, title: Grow}]\n"


@pytest.mark.parametrize(
    ("document", "is_public"),
    [
        ("status: active", True),
        ("status: draft", False),
        ("status: draft\nvisibility: public", True),
        ("status: active\nvisibility: draft", False),
    ],
)
def test_a_draft_cycle_stays_out_unless_it_says_that_it_is_public(
    a_repository: Callable[..., Path], okr: Okr, document: str, is_public: bool
) -> None:
    files = {"okr.yml": "schema: 1\norganization: Acme\n", "2025-Q1/company.yml": TEAM}
    root = a_repository({**files, "2025-Q1/cycle.yml": f"schema: 1\n{document}\n"})
    assert okr(root, "generate").returncode == 0
    assert (root / "docs/okrs/2025-Q1/company.md").is_file() is is_public


def test_an_error_inside_a_draft_is_told_by_check_and_stops_no_public_build(
    a_repository: Callable[..., Path], okr: Okr
) -> None:
    wrong = "{id: b, title: Later, visibility: draft, ladders_up_to: [nothing]}"
    team = f"schema: 1\nobjectives: [{{id: a, title: Now}}, {wrong}]\n"
    root = a_repository({"okr.yml": "schema: 1\norganization: Acme\n", "2025-Q1/company.yml": team})
    assert okr(root, "check", "--as-of", "2025-01-02").returncode == 1
    assert okr(root, "generate").returncode == 0
    assert okr(root, "generate", "--drafts").returncode == 1


def test_a_ladder_to_a_key_result_of_a_draft_objective_is_no_trace_of_it(
    a_repository: Callable[..., Path], okr: Okr
) -> None:
    hidden = (
        "{id: secret, title: Buy Globex, visibility: draft, key_results: [{id: deal, title: D}]}"
    )
    public = "{id: grow, title: Grow, ladders_up_to: [secret#deal]}"
    team = f"schema: 1\nobjectives: [{hidden}, {public}]\n"
    root = a_repository({"okr.yml": "schema: 1\norganization: Acme\n", "2025-Q1/company.yml": team})
    written = okr(root, "generate")
    assert written.returncode == 0, written.stderr
    page = (root / "docs/okrs/2025-Q1/company.md").read_text("utf-8")
    assert "Grow" in page
    assert "deal" not in page
    assert "secret" not in page


def test_each_choice_makes_its_own_pages(a_repository: Callable[..., Path], okr: Okr) -> None:
    team = "schema: 1\nobjectives: [{id: b, title: Later, visibility: draft}]\n"
    root = a_repository({"okr.yml": "schema: 1\norganization: Acme\n", "2025-Q1/company.yml": team})
    page = root / "docs/okrs/2025-Q1/company.md"
    for options, is_there in ((), False), (("--drafts",), True), ((), False):
        assert "pages written" in okr(root, "generate", *options).stderr
        assert "up to date" in okr(root, "generate", *options).stderr
        assert ("Later" in page.read_text("utf-8")) is is_there


# ------------------------------------------------------------------- history


PRODUCT = "okrs/2025-Q1/product.yml"
HEAD = "schema: 1\norganization: Acme\nteams: {product: {name: Product}}\n"


def team(*objectives: str) -> str:
    return "schema: 1\nobjectives:\n" + "".join(f"  - {{{each}}}\n" for each in objectives)


def result(title: str = "Sign-ups", target: str = "10") -> str:
    return f"key_results: [{{id: kr, title: {title}, baseline: 0, target: {target}}}]"


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    made.write("okrs/okr.yml", HEAD)
    return made


def sentences(repo: Repository, *, twice: bool = False) -> list[str]:
    """What the public history tells, all in one list."""
    known = find_repository(repo.root)
    assert known is not None
    documents, _ = load_documents(read_inputs(repo.root).files)
    today = find_drafts(documents)
    told = read_history_of_folder(repo.root, known, today=today)
    if twice:
        assert read_history_of_folder(repo.root, known, today=today) == told
    assert told == replace(read_history(known, today=today), files=told.files)
    numbers = (f"{p.target} {p.value}" for s in told.series.values() for p in s.points)
    return [*(change.sentence for step in told.steps for change in step.changes), *numbers]


def test_what_was_a_draft_is_not_told_when_it_becomes_public(repo: Repository) -> None:
    for title, target in ("Buy Globex", "10"), ("Buy Initech", "20"), ("Grow", "30"):
        mark = ", visibility: draft" if title != "Grow" else ""
        repo.write(
            PRODUCT,
            team("id: calm, title: Calm", f"id: a, title: {title}{mark}, {result(target=target)}"),
        )
        repo.commit(f"Say {title}")
    told = sentences(repo, twice=True)
    assert told == [
        "added the cycle Q1 2025 (2025-Q1, active) with 1 team and 1 objective, 0 key results",
        "added Product objective 2 “Grow” with 1 key result",
        "30 ",
    ]


def test_what_is_a_draft_today_was_never_told(repo: Repository) -> None:
    repo.write(PRODUCT, team("id: calm, title: Calm", f"id: a, title: Buy Globex, {result()}"))
    repo.commit()
    repo.write(
        PRODUCT, team("id: calm, title: Calm", f"id: a, title: Buy Globex, {result(target='12')}")
    )
    repo.commit()
    assert "Sign-ups" in str(sentences(repo))
    renamed = f"id: b, was: [a], title: Buy all, visibility: draft, {result(target='12')}"
    repo.write(PRODUCT, team("id: calm, title: Calm", renamed))
    repo.commit()
    told = sentences(repo, twice=True)
    assert told == [
        "added the cycle Q1 2025 (2025-Q1, active) with 1 team and 1 objective, 0 key results"
    ]


def test_what_moved_before_it_became_a_draft_is_known_by_its_title(repo: Repository) -> None:
    repo.write(PRODUCT, team("id: calm, title: Calm", f"id: a, title: Buy Globex, {result()}"))
    repo.commit()
    repo.write(PRODUCT, team("id: calm, title: Calm"))
    hidden = f"id: z, title: Buy Globex, visibility: draft, {result()}"
    repo.write("okrs/2025-Q2/product.yml", team(hidden))
    repo.commit()
    assert "Globex" not in str(sentences(repo))


def test_a_cycle_that_becomes_public_is_told_with_all_that_is_in_it(repo: Repository) -> None:
    repo.write("okrs/2025-Q1/cycle.yml", "schema: 1\nstatus: draft\n")
    repo.write(PRODUCT, team(f"id: a, title: Buy Globex, {result()}"))
    repo.commit()
    repo.write(PRODUCT, team(f"id: a, title: Grow, {result()}", "id: b, title: Calm"))
    repo.commit()
    repo.write("okrs/2025-Q1/cycle.yml", "schema: 1\nstatus: active\n")
    repo.commit()
    assert sentences(repo, twice=True) == [
        "added the cycle Q1 2025 (2025-Q1, active) with 1 team and 2 objectives, 1 key result",
        "10 ",
    ]


def test_a_reference_to_a_draft_is_not_told(repo: Repository) -> None:
    hidden = "id: secret, title: Buy Globex, visibility: draft"
    repo.write(PRODUCT, team("id: calm, title: Calm", hidden))
    repo.commit()
    needy = "id: calm, title: Calm, ladders_up_to: [secret], dependencies: [product/secret]"
    sentences(repo)
    repo.write(PRODUCT, team(needy, hidden))
    repo.write(
        "okrs/2025-Q1/cycle.yml",
        "schema: 1\nreview: {decisions: [{ref: secret, decision: drop, reason: Globex is sold}]}\n",
    )
    repo.commit()
    told = sentences(repo)
    assert "secret" not in str(told)
    assert "Globex" not in str(told)
    repo.write(PRODUCT, team("id: calm, title: Calm"))
    repo.write("okrs/2025-Q1/cycle.yml", "schema: 1\n")
    repo.commit()
    told = sentences(repo, twice=True)
    assert "secret" not in str(told)
    assert "Globex" not in str(told)


def test_without_any_draft_the_public_history_is_the_whole_one(repo: Repository) -> None:
    for target in "10", "20":
        repo.write(PRODUCT, team(f"id: a, title: Grow, {result(target=target)}"))
        repo.commit(f"Aim at {target}")
    known = find_repository(repo.root)
    assert known is not None
    assert read_history(known, today=NO_DRAFTS) == read_history(known)
