"""The findings in the review comment: long titles are cut where a message quotes them."""

from __future__ import annotations

from datetime import date

from okr_states import files_from, grade_files
from okrdocs.problem import Problem, Severity, Span
from okrdocs.report.comment_findings import findings_section

TITLE = "Enterprises trust us with their data and tell all of their friends and partners of it"
PLACE = Span("okrs/2025-Q1/company.yml", 3, 1, 3, 2)


def test_a_long_title_is_cut_at_a_word_and_the_rest_of_the_message_stays() -> None:
    files = files_from({"okrs/okr.yml": "schema: 1\norganization: Acme\n"})
    template = "“{title}” says nothing, and this sentence may be as “long as a sentence wants to"
    template += " be, for it is ours and no title that anybody wrote at all”."
    said = template.format(title=TITLE)
    params = (("title", TITLE),)
    problem = Problem("x", Severity.INFO, PLACE, said, params=params, template=template)
    text = findings_section("New", [problem], grade_files(files, date(2025, 2, 3)), 5_000)
    assert "“Enterprises trust us with their data and tell all of their friends…”" in text
    assert template.partition("}")[2] in text
