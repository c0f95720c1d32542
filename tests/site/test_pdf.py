"""`okr build --pdf`: what is printed, what is said where that fails, and what a PDF may tell.

The browsers here are scripts; tests/browser/test_print.py prints with a real one.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from okrdocs.site.pdf import PdfError, find_browser, print_page_to_pdf
from okrdocs.site.pdf_metadata import PageNumbers, page_numbers, with_metadata
from okrdocs.site.print_html import PaperSheet, add_pdf_link, html_for_print

OKRS = {
    "okr.yml": "schema: 1\norganization: Acme\nas_of: 2025-05-01\nclassification: Internal\n",
    "2025-Q1/company.yml": "schema: 1\nobjectives: [{id: grow, title: Grow}]\n",
    "2025-Q2/company.yml": "schema: 1\nobjectives: [{id: stay, title: Stay}]\n",
}
CONFIG = "site_name: OKRs\ntheme: {custom_dir: theme}\n"
THEME = "<html><head></head><body>{{ page.content }}</body></html>"


def a_pdf() -> bytes:
    """Two blank pages with named places on them, as a browser on some machine makes them."""
    writer = PdfWriter()
    for _ in range(2):
        writer.add_blank_page(width=595, height=842)
    writer.add_named_destination("team_company", 0)
    writer.add_named_destination("grow", 1)
    writer.add_outline_item(title="Grow", page_number=1)
    writer.add_metadata(
        {
            "/Title": "OKRs 2025-Q2",
            "/Creator": "Mozilla/5.0 (X11; Linux) Chrome",
            "/Producer": "Skia/PDF m140",
            "/CreationDate": "D:20261122090157+00'00'",
        }
    )
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


PDF = a_pdf()
SHEET = PaperSheet("a4", "Acme", "", "OKR-1")
DAY = date(2025, 5, 1)
WHOLE = "okrs/2025-Q2/document.pdf"

Okr = Callable[..., subprocess.CompletedProcess[str]]
Browser = Callable[[str], Path]


@pytest.fixture
def root(a_repository: Callable[[Mapping[str, str]], Path]) -> Path:
    root = a_repository(OKRS)
    (root / "theme").mkdir()
    (root / "theme/main.html").write_text(THEME)
    (root / "mkdocs.yml").write_text(CONFIG)
    return root


@pytest.fixture
def a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A program that does what some lines of shell say; `$pdf` is the file it is to print."""
    (tmp_path / "made.pdf").write_bytes(PDF)

    def made(lines: str) -> Path:
        program = tmp_path / "browser"
        find = 'for a; do case "$a" in --print-to-pdf=*) pdf="${a#*=}";; esac; done\n'
        program.write_text(f"#!/bin/sh\n{find}cd '{tmp_path}'\n{lines}\n")
        program.chmod(0o755)
        monkeypatch.setenv("OKRDOCS_BROWSER", str(program))
        return program

    return made


def made_in(root: Path) -> list[str]:
    """What lies in the site that didn't come from MkDocs."""
    site = root / "site"
    found = (path.relative_to(site).as_posix() for path in site.rglob("*"))
    return sorted(path for path in found if path.endswith(".pdf") or "printing-" in path)


# ------------------------------------------------------------------- what is printed


def test_the_current_cycle_is_printed_beside_its_page_and_linked(
    root: Path, okr: Okr, a_browser: Browser
) -> None:
    a_browser('cp made.pdf "$pdf"')
    ran = okr(root, "build", "--pdf")
    assert ran.returncode == 0, ran.stderr
    assert "site/okrs/2025-Q2/document.pdf: 2 pages." in ran.stderr
    assert made_in(root) == [WHOLE]
    assert (root / "site" / WHOLE).read_bytes() == with_metadata(PDF, DAY)
    for page in "index.html", "document.html":
        text = (root / "site/okrs/2025-Q2" / page).read_text()
        assert '<a class="okr-pdf" href="document.pdf">PDF</a>' in text
    assert "document.pdf" not in (root / "site/okrs/2025-Q1/index.html").read_text()


@pytest.mark.parametrize(
    ("wanted", "cycles"), [("2025-q1", ["2025-Q1"]), ("all", ["2025-Q1", "2025-Q2"])]
)
def test_other_cycles_are_printed_on_demand(
    root: Path, okr: Okr, a_browser: Browser, wanted: str, cycles: list[str]
) -> None:
    a_browser('cp made.pdf "$pdf"')
    assert okr(root, "build", "--pdf", wanted).returncode == 0
    assert made_in(root) == [f"okrs/{cycle}/document.pdf" for cycle in cycles]


def test_without_the_option_no_browser_is_started(root: Path, okr: Okr, a_browser: Browser) -> None:
    a_browser('cp made.pdf "$pdf"')
    assert okr(root, "build").returncode == 0
    assert made_in(root) == []
    assert "document.pdf" not in (root / "site/okrs/2025-Q2/index.html").read_text()


def test_the_browser_reaches_no_host_and_writes_into_a_folder_of_its_own(
    root: Path, tmp_path: Path, okr: Okr, a_browser: Browser
) -> None:
    a_browser('printf "%s\\n" "$@" > arguments; cp made.pdf "$pdf"')
    assert okr(root, "build", "--pdf").returncode == 0
    arguments = (tmp_path / "arguments").read_text().splitlines()
    assert "--headless" in arguments
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in arguments
    assert "--no-pdf-header-footer" in arguments
    folder = str(root / "site/okrs/2025-Q2/printing-")
    assert sum(each.startswith(f"--user-data-dir={folder}") for each in arguments) == 1
    assert arguments[-1].startswith(f"file://{folder}")
    assert ("--no-sandbox" in arguments) == (os.geteuid() == 0)


def test_what_is_printed_names_the_document_in_the_margins(
    root: Path, tmp_path: Path, okr: Okr, a_browser: Browser
) -> None:
    a_browser('cp "${pdf%.pdf}.html" printed.html; cp made.pdf "$pdf"')
    assert okr(root, "build", "--pdf", "--paper", "letter").returncode == 0
    style = (tmp_path / "printed.html").read_text().partition("<style>")[2].partition("<")[0]
    assert "size: letter" in style
    assert '--okr-running-class: "Internal"' in style
    assert r'--okr-running-id: "OKR\2d 2025\2d Q2\20 ' in style


# ------------------------------------------------------------------- what can go wrong


def test_without_a_browser_it_exits_with_2_before_anything_is_built(
    root: Path, tmp_path: Path, okr: Okr, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.delenv("OKRDOCS_BROWSER", raising=False)
    monkeypatch.setattr("okrdocs.site.pdf.PLACES", ())
    ran = okr(root, "build", "--pdf")
    assert ran.returncode == 2
    assert "A PDF is printed by Chromium, Chrome or Edge, and none of them was found." in ran.stderr
    assert "OKRDOCS_BROWSER" in ran.stderr
    assert not (root / "site").exists()
    assert not (root / "docs").exists()


def test_a_browser_that_is_named_and_missing_is_told(
    root: Path, okr: Okr, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OKRDOCS_BROWSER", "/nowhere/chrome")
    ran = okr(root, "build", "--pdf")
    assert ran.returncode == 2
    assert "$OKRDOCS_BROWSER names `/nowhere/chrome`, and there is no such program." in ran.stderr


def test_an_unknown_cycle_is_told_before_anything_is_built(
    root: Path, okr: Okr, a_browser: Browser
) -> None:
    a_browser("exit 1")
    ran = okr(root, "build", "--pdf", "2025-Q3")
    assert ran.returncode == 2
    assert "There is no cycle `2025-Q3` to print. Did you mean `2025-Q" in ran.stderr
    assert not (root / "site").exists()


def test_errors_in_the_files_are_told_by_the_build_and_nothing_is_printed(
    root: Path, okr: Okr, a_browser: Browser
) -> None:
    a_browser('cp made.pdf "$pdf"')
    (root / "okrs/2025-Q2/company.yml").write_text("schema: 1\nobjektives: []\n")
    ran = okr(root, "build", "--pdf")
    assert ran.returncode == 1
    assert ran.stderr.count("objektives") == okr(root, "build").stderr.count("objektives")
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    "lines",
    [
        'echo one >&2; echo "no room left" >&2; exit 1',
        "echo no room left; exit 0",
        'echo no room left; echo "%PDF-1.4" > "$pdf"; exit 0',
        'echo no room left; cp made.pdf "$pdf"; exit 3',
    ],
    ids=["it fails", "it prints nothing", "it prints a half", "it prints and fails"],
)
def test_a_browser_that_fails_is_quoted_and_leaves_nothing(
    root: Path, okr: Okr, a_browser: Browser, lines: str
) -> None:
    program = a_browser(lines)
    ran = okr(root, "build", "--pdf")
    assert ran.returncode == 1
    assert f"okr: `{program}` printed no PDF. Its last words:" in ran.stderr
    assert "no room left" in ran.stderr
    assert made_in(root) == []
    assert "document.pdf" not in (root / "site/okrs/2025-Q2/index.html").read_text()


def test_a_browser_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, a_browser: Browser
) -> None:
    page = tmp_path / "site/page.html"
    page.parent.mkdir()
    page.write_text("<head></head>")
    program = a_browser("sleep 60 & echo $! > child; wait")
    with pytest.raises(PdfError, match=r"took longer than 0\.4 s"):
        print_page_to_pdf(str(program), page, SHEET, DAY, seconds=0.4)
    assert [path.name for path in page.parent.iterdir()] == ["page.html"]
    assert ended(Path("/proc") / (tmp_path / "child").read_text().strip() / "stat")


def ended(state: Path) -> bool:
    """Whether a process that was told to end does so within some seconds; a zombie has."""
    for _ in range(100):
        try:
            if state.read_text().split()[2] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.1)
    return False


def test_a_file_that_is_no_program_is_told(tmp_path: Path) -> None:
    page, program = tmp_path / "page.html", tmp_path / "browser"
    page.write_text("<head></head>")
    program.write_text("")
    with pytest.raises(PdfError, match="can't be started: Permission denied"):
        print_page_to_pdf(str(program), page, SHEET, DAY)


def test_a_browser_is_found_on_the_path(tmp_path: Path) -> None:
    program = tmp_path / "google-chrome"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert find_browser({"PATH": str(tmp_path)}) == str(program)


# ------------------------------------------------------------------- what a PDF holds


def test_a_pdf_is_dated_on_the_day_of_its_numbers_and_names_no_machine() -> None:
    made = with_metadata(PDF, DAY)
    read = PdfReader(BytesIO(made))
    assert read.metadata is not None
    assert (
        read.metadata.creation_date
        == read.metadata.modification_date
        == datetime(2025, 5, 1, tzinfo=UTC)
    )
    assert (read.metadata.title, read.metadata.creator) == ("OKRs 2025-Q2", "okrdocs")
    assert b"Linux" not in made
    assert b"Skia" not in made


def test_a_finished_pdf_keeps_pages_places_and_outline_and_is_the_same_each_time() -> None:
    made = with_metadata(PDF, DAY)
    assert page_numbers(made) == page_numbers(PDF)
    assert [getattr(item, "title", None) for item in PdfReader(BytesIO(made)).outline] == ["Grow"]
    assert with_metadata(PDF, DAY) == made


def test_anchors_have_the_numbers_of_their_pages() -> None:
    assert page_numbers(PDF) == PageNumbers(2, {"grow": 2, "team_company": 1})


PAGE = """\
<html><head><script>var a = "</head>"</script><meta http-equiv="refresh" content="0">
<link rel="stylesheet" href="../../assets/a.css"></head><body>
<h2 id="team_sales">Sales</h2><h3 id="sales--motion">Motion</h3><h2 id="cascade">Cascade</h2>
<a href="ADDRESS" title="a > b">there</a></body></html>
"""


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("#cascade", "#cascade"),
        ("document.html#cascade", "#cascade"),
        ("index.html#cascade", "#cascade"),
        ("sales.html", "#team_sales"),
        ("sales.html#motion", "#sales--motion"),
        ("sales.html#motion--deals", "#sales--motion"),
        ("sales.html#check_ins", "#team_sales"),
        ("https://acme.example/a?b#c", "https://acme.example/a?b#c"),
        ("mailto:a@acme.example", "mailto:a@acme.example"),
        ("product.html#growth", None),
        ("../2025/sales.html#motion", None),
        ("index.html", None),
    ],
)
def test_a_link_leads_within_the_document_or_nowhere(address: str, leads: str | None) -> None:
    made = html_for_print(PAGE.replace("ADDRESS", address), "document.html", SHEET, None)
    want = '<a title="a > b">' if leads is None else f'<a href="{leads}" title="a > b">'
    assert want in made


def test_other_links_lead_to_the_site_where_its_address_is_known() -> None:
    home = '<link rel="canonical" href="https://okrs.acme.example/okrs/2025-Q2/document.html">'
    page = PAGE.replace("<script>", f"{home}<script>").replace("ADDRESS", "../2025/a.html#b")
    made = html_for_print(page, "document.html", SHEET, None)
    assert '<a href="https://okrs.acme.example/okrs/2025/a.html#b"' in made


def test_what_is_printed_has_no_script_and_finds_its_looks_from_a_folder_below() -> None:
    made = html_for_print(PAGE, "document.html", SHEET, None)
    assert "<script" not in made
    assert "http-equiv" not in made
    assert '<link rel="stylesheet" href="../../../assets/a.css">' in made


def test_no_text_of_the_margins_leaves_its_string() -> None:
    hostile = PaperSheet("a4", 'A"}</style><script>1</script>', "\\", "\n*/")
    made = html_for_print(PAGE, "document.html", hostile, None)
    assert "<script" not in made
    assert made.count("</style>") == 1
    assert r'--okr-running-class: "\5c "' in made
    assert r'--okr-running-id: "\a \2a \2f "' in made


def test_the_margins_repeat_the_line_of_the_cover() -> None:
    line = '<p class="okr-cover-line">Acme &amp; Co · Version 0.3.1</p>'
    made = html_for_print(PAGE.replace("<h2", f"{line}<h2", 1), "document.html", SHEET, None)
    assert r'"Acme\20 \b7 \20 Acme\20 \26 \20 Co\20 \b7 \20 Version\20 0\2e 3\2e 1";' in made


def test_the_contents_name_the_pages() -> None:
    nav = '<nav aria-label="Contents" class="okr-contents"><a href="#cascade">Cascade</a></nav>'
    made = html_for_print(
        PAGE.replace("<h2", f"{nav}<h2", 1), "document.html", SHEET, {"cascade": 15}
    )
    entry = '<a href="#cascade"><span>Cascade</span><span class="okr-page">15</span></a>'
    assert entry in made


def test_only_the_place_for_it_becomes_the_link() -> None:
    assert add_pdf_link("<p>a</p>", "document.pdf") == "<p>a</p>"
