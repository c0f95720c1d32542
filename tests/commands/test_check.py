"""`okr check` from the outside: rules, settings, comments, known findings, fixes, exit codes."""

import json
import os
from pathlib import Path

import pytest

from okrdocs.cli import main
from okrdocs.lint.baseline import FILE

COMPANY = "schema: 1\norganization: Acme\nteams:\n  product: {name: Product}\n"
TEAM = """\
schema: 1
objectives:
  - id: trust
    title: Enterprises trust us with their data
    key_results:
      - id: audits
        title: Audits passed
        owner: ada
        baseline: 0 audits
        target: 3 audits
        source: Ledger
      - id: tickets
        title: Security tickets open for a week
        baseline: 9 tickets
        target: 2 tickets
        source: Ledger
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "okrs" / "2025-Q1"
    folder.mkdir(parents=True)
    (tmp_path / "okrs" / "okr.yml").write_text(COMPANY, "utf-8")
    (folder / "product.yml").write_text(TEAM, "utf-8")
    return tmp_path


def check(root: Path, *arguments: str) -> int:
    fixed = () if "--as-of" in arguments else ("--as-of", "2025-01-06")
    return main(["check", "--root", str(root), *fixed, *arguments])


def codes(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> list[str]:
    check(root, "--format", "json", *arguments)
    return [problem["code"] for problem in json.loads(capsys.readouterr().out)["problems"]]


def team(root: Path) -> Path:
    return root / "okrs" / "2025-Q1" / "product.yml"


def rules(root: Path, text: str) -> None:
    (root / "okrs" / "okr.yml").write_text(f"{COMPANY}rules: {text}\n", "utf-8")


def test_a_finding_is_told_with_its_place_and_where_it_is_explained(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(root, "--select", "no-dri") == 0
    told = capsys.readouterr().out
    assert "warning[no-dri]" in told
    assert "okrs/2025-Q1/product.yml:4:12" in told
    assert "  = more: okr explain no-dri\n" in told
    assert "docs/" not in told
    assert told.endswith("\n1 warning.\n")


MANY = "schema: 1\nobjectives:\n" + "".join(
    f"  - {{id: o{n}, title: Shops with ZKX trust us in town {n}, owner: ada}}\n" for n in range(13)
)


def test_what_is_said_of_many_is_told_once_in_every_format(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    team(root).write_text(MANY, "utf-8")
    only = ("--select", "no-key-results,unexplained-abbreviation")
    assert sorted(codes(capsys, root, *only)) == ["no-key-results", "unexplained-abbreviation"]
    for form in ("full", "concise", "github", "sarif", "markdown", "gitlab"):
        check(root, *only, "--format", form)
        told = capsys.readouterr().out
        assert told.count("And 12 more: ") == 2, form


def test_a_comment_answers_one_of_many(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answered = MANY.replace("  - {id: o0,", "  # okr: ignore[no-key-results] later\n  - {id: o0,")
    team(root).write_text(answered, "utf-8")
    check(root, "--select", "no-key-results")
    assert "And 11 more: `product/o2`" in capsys.readouterr().out


def test_hints_are_counted_and_shown_where_they_are_asked_for(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules(root, "{structure: off, wording: off, no-dri: info, no-key-results: error}")
    team(root).write_text(TEAM + "  - {id: o2, title: Shops trust us}\n", "utf-8")
    check(root)
    told = capsys.readouterr().out
    assert "no-dri" not in told
    assert told.endswith("\n1 error.\n1 hint more: `okr check -v` shows it.\n")
    for asked in (("-v",), ("--fail-on", "info"), ("--select", "no-dri")):
        check(root, *asked)
        assert "info[no-dri]" in capsys.readouterr().out
    check(root, "--format", "concise")
    assert "info[no-dri]" in capsys.readouterr().out


def test_the_severity_that_fails_can_be_chosen(root: Path) -> None:
    only = ("--select", "no-dri")
    assert check(root, *only, "--fail-on", "error") == 0
    assert check(root, *only, "--fail-on", "warning") == 1
    assert check(root, *only, "--fail-on", "info") == 1
    assert check(root, *only, "--fail-on", "never") == 0


def test_the_severity_of_a_rule_can_be_set(root: Path) -> None:
    rules(root, "{no-dri: error}")
    assert check(root, "--select", "no-dri") == 1


def test_a_rule_and_a_whole_family_can_be_switched_off(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no-dri" in codes(capsys, root)
    rules(root, "{no-dri: off}")
    assert "no-dri" not in codes(capsys, root)
    rules(root, "{structure: off}")
    assert "no-dri" not in codes(capsys, root)
    rules(root, "{structure: off, no-dri: info}")
    assert "no-dri" in codes(capsys, root)


def test_the_command_line_can_switch_on_what_the_file_switched_off(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules(root, "{no-dri: off}")
    assert codes(capsys, root, "--select", "no-dri") == ["no-dri"]


def test_rules_and_families_can_be_ignored(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no-dri" not in codes(capsys, root, "--ignore", "no-dri,wording")
    assert "no-dri" not in codes(capsys, root, "--ignore", "structure")


def test_options_reach_their_rule(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules(root, "{objective-too-long: {max: 10, severity: warning}}")
    assert codes(capsys, root, "--select", "objective-too-long") == ["objective-too-long"]


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("{no-dir: error}", "unknown-rule"),
        ("{no-dri: {max: 4}}", "rule-option"),
        ("{no-dri: loud}", "unknown-word"),
        ("{no-dri: {maximum: 4}}", "unknown-key"),
    ],
)
def test_a_setting_that_nothing_reads_is_an_error(
    root: Path, capsys: pytest.CaptureFixture[str], setting: str, code: str
) -> None:
    rules(root, setting)
    assert code in codes(capsys, root)
    assert check(root) == 1


@pytest.mark.parametrize("flag", ["--select", "--ignore"])
def test_a_rule_that_is_unknown_on_the_command_line_is_wrong_use(
    root: Path, capsys: pytest.CaptureFixture[str], flag: str
) -> None:
    assert check(root, flag, "no-dir") == 2
    assert "Did you mean `no-dri`?" in capsys.readouterr().err


def test_a_rule_that_resembles_none_is_answered_with_the_list(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(root, "--select", "zzz") == 2
    assert "The families are wording," in capsys.readouterr().err


@pytest.mark.parametrize("flags", [("--yes",), ("--fix", "--update-baseline")])
def test_flags_of_which_one_would_be_passed_over_are_wrong_use(
    root: Path, flags: tuple[str, ...]
) -> None:
    assert check(root, *flags) == 2


def test_an_error_elsewhere_hides_no_finding(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "okrs" / "2025-Q1" / "cycle.yml").write_text("schema: 1\nstatus: actve\n", "utf-8")
    assert {"unknown-word", "no-dri"} <= set(codes(capsys, root))


def test_findings_in_a_file_with_an_error_wait_and_the_report_says_so(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    team(root).write_text(TEAM.replace("target: 3 audits", "targte: 3 audits"), "utf-8")
    found = codes(capsys, root)
    assert "unknown-key" in found
    assert "no-dri" not in found
    check(root)
    assert "Files with errors are reviewed further" in capsys.readouterr().out


def test_a_comment_answers_a_finding(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = "their data # okr: ignore[no-dri] the council decides"
    team(root).write_text(TEAM.replace("their data", answer), "utf-8")
    assert codes(capsys, root, "--select", "no-dri") == []
    check(root, "--select", "no-dri")
    assert "Not shown: 1 answered by comments." in capsys.readouterr().out


def test_closed_cycles_are_reviewed_only_where_asked_for(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cycle = "schema: 1\nstatus: closed\n"
    (root / "okrs" / "2025-Q1" / "cycle.yml").write_text(cycle, "utf-8")
    late = ("--as-of", "2025-06-01")
    assert "no-dri" not in codes(capsys, root, *late)
    assert "no-dri" in codes(capsys, root, *late, "--closed")


def test_an_answer_in_a_closed_cycle_is_not_called_unused(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cycle = "schema: 1\nstatus: closed\n"
    (root / "okrs" / "2025-Q1" / "cycle.yml").write_text(cycle, "utf-8")
    answer = "their data # okr: ignore[no-dri] the council decides"
    team(root).write_text(TEAM.replace("their data", answer), "utf-8")
    late = ("--as-of", "2025-06-01")
    assert "unused-suppression" not in codes(capsys, root, *late)
    assert "unused-suppression" not in codes(capsys, root, "--closed", *late)
    team(root).write_text(TEAM.replace("their data", answer.replace("no-dri", "no-ladder")))
    assert "unused-suppression" in codes(capsys, root, "--closed", *late)


def test_old_debts_are_left_out_until_they_are_paid(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    only = ("--select", "no-dri")
    assert check(root, *only, "--update-baseline") == 0
    assert "2025-Q1:product/trust" in (root / FILE).read_text("utf-8")
    capsys.readouterr()
    assert codes(capsys, root, *only) == []
    team(root).write_text(TEAM.replace("id: trust", "id: trust\n    dri: ada"), "utf-8")
    check(root, *only)
    assert "1 known finding fixed" in capsys.readouterr().out
    assert check(root, *only, "--update-baseline") == 0
    assert json.loads((root / FILE).read_text("utf-8"))["debts"] == []
    team(root).write_text(TEAM, "utf-8")
    check(root, *only, "--update-baseline")
    capsys.readouterr()
    assert codes(capsys, root, *only) == ["no-dri"], "the file only shrinks"


def test_what_is_broken_is_not_written_down_as_debts(root: Path) -> None:
    team(root).write_text(TEAM.replace("target: 3 audits", "targte: 3 audits"), "utf-8")
    assert check(root, "--update-baseline") == 2
    assert not (root / FILE).exists()


def test_debts_of_a_file_that_cannot_be_read_whole_are_not_called_paid(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(root, "--update-baseline")
    team(root).write_text(TEAM.replace("target: 3 audits", "targte: 3 audits"), "utf-8")
    capsys.readouterr()
    check(root)
    assert "known finding" not in capsys.readouterr().out


def test_no_link_leads_the_debts_out_of_the_repository(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_text('{"format": 1, "debts": []}', "utf-8")
    for target in (outside, tmp_path / "missing.json", root / FILE, "/dev/zero"):
        (root / FILE).symlink_to(target)
        assert check(root) == 2
        assert check(root, "--update-baseline") == 2
        (root / FILE).unlink()
    assert not (tmp_path / "missing.json").exists()


def test_what_is_no_file_or_too_large_is_not_read_as_debts(root: Path) -> None:
    os.mkfifo(root / FILE)
    assert check(root) == 2
    (root / FILE).unlink()
    (root / FILE).write_bytes(b" " * 10_000_001)
    assert check(root) == 2


# ------------------------------------------------------------------- mending

MENDABLE = """\
schema: 1
# the vault team's own words stay
objectives:
  - id: trust
    title: 'Enterprises trust us'   # quoted so
    dri: ada
    key_results:
      - id: audits
        title: Audits passed
        guardrail: no
        baseline: 0 audits
        target: 3 audits
        due: 2025/3/14
        risks:
          - Legal: it "may" be slow
        check_ins:
          - {date: 2025-01-06, value: 1 audit}
"""


def test_what_is_safe_is_mended_and_nothing_else_changes(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    team(root).write_text(MENDABLE, "utf-8", newline="\r\n")
    assert check(root, "--fix", "--yes") == 0
    told = capsys.readouterr().out
    assert "-        guardrail: no\n+        guardrail: false\n" in told
    wanted = (
        MENDABLE.replace("guardrail: no", "guardrail: false")
        .replace("2025/3/14", "2025-03-14")
        .replace('Legal: it "may" be slow', '"Legal: it \\"may\\" be slow"')
    )
    assert team(root).read_bytes() == wanted.replace("\n", "\r\n").encode()
    assert check(root) == 0


def test_without_a_yes_the_diff_is_shown_and_nothing_is_changed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    team(root).write_text(MENDABLE, "utf-8")
    assert check(root, "--fix") == 1
    assert "+        due: 2025-03-14" in capsys.readouterr().out
    assert team(root).read_text("utf-8") == MENDABLE


def test_where_nothing_is_safe_nothing_is_changed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TEAM.replace("target: 3 audits", "target: 80.000 €")
    team(root).write_text(text, "utf-8")
    assert check(root, "--fix", "--yes") == 1
    assert "Nothing here can be fixed without you." in capsys.readouterr().out
    assert team(root).read_text("utf-8") == text


def test_a_fix_that_takes_no_error_away_is_not_made(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # `true` would be a list as little as `yes` is.
    text = TEAM.replace("target: 3 audits", "levels: yes")
    team(root).write_text(text, "utf-8")
    assert check(root, "--fix", "--yes") == 1
    assert "Nothing here can be fixed without you." in capsys.readouterr().out
    assert team(root).read_text("utf-8") == text


def test_a_comment_that_answers_nothing_any_more_is_taken_out(root: Path) -> None:
    lines = TEAM.replace("id: trust", "id: trust\n    dri: ada").replace(
        "their data", "their data   # okr: ignore[no-dri] the council decides"
    )
    both = "    # okr: ignore[no-dri, objective-too-long] the council decides\n    title: Ent"
    team(root).write_text(lines, "utf-8")
    assert check(root, "--fix", "--yes") == 0
    assert "okr: ignore" not in team(root).read_text("utf-8")
    team(root).write_text(lines.replace("    title: Ent", both), "utf-8")
    rules(root, "{objective-too-long: {max: 10}}")
    check(root, "--fix", "--yes")
    assert "# okr: ignore[objective-too-long] the" in team(root).read_text("utf-8")


def test_one_fault_is_told_once_where_two_rules_see_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TEAM.replace("title: Audits passed", "title: Publish a clearer audit handbook")
    text = text.replace("        baseline: 0 audits\n", "").replace("3 audits", "done")
    team(root).write_text(text, "utf-8")
    assert "kr-without-number" in codes(capsys, root, "--select", "kr-without-number")
    found = codes(capsys, root, "--select", "wording")
    assert "kr-is-output" in found
    assert "kr-without-number" not in found


@pytest.mark.parametrize("target", ["better audits", "TBD", ""])
def test_what_a_key_result_lacks_is_told_once(
    root: Path, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    text = TEAM.replace("title: Audits passed", "title: Auditors find our files easy to read")
    text = text.replace("        baseline: 0 audits\n", "").replace("3 audits", target)
    team(root).write_text(text, "utf-8")
    found = codes(capsys, root)
    assert {"no-target", "placeholder"} & set(found)
    assert "kr-without-number" not in found


def test_several_codes_that_answer_nothing_leave_a_comment_in_one_run(root: Path) -> None:
    lines = TEAM.replace("id: trust", "id: trust\n    dri: ada")
    comment = "  # okr: ignore[no-dri, objective-too-long, no-source] the council decides"
    team(root).write_text(lines.replace("their data", f"their data{comment}"), "utf-8")
    assert check(root, "--fix", "--yes") == 0
    assert team(root).read_text("utf-8") == lines


def test_what_shows_behind_a_mended_error_is_mended_in_the_same_run(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    comment = "their data  # okr: ignore[objective-too-long] it is short"
    text = TEAM.replace("target: 3 audits", "target: 3 audits\n        due: 2025/3/14")
    team(root).write_text(text.replace("their data", comment), "utf-8")
    assert check(root, "--fix", "--yes") == 0
    assert team(root).read_text("utf-8") == text.replace("2025/3/14", "2025-03-14")
    capsys.readouterr()
    check(root, "--fix", "--yes")
    assert "Nothing here can be fixed without you." in capsys.readouterr().out


def test_what_is_left_after_mending_decides_the_exit_code(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TEAM.replace("target: 3 audits", "targte: 3 audits\n        due: 2025/3/14")
    team(root).write_text(text, "utf-8")
    assert check(root, "--fix", "--yes") == 1
    assert "Left to you: 1 error and 1 warning" in capsys.readouterr().out
    team(root).write_text(TEAM, "utf-8")
    assert check(root, "--fix", "--yes", "--fail-on", "warning") == 1


def test_mending_writes_to_no_file_outside_and_leaves_links_and_rights_as_they_are(
    root: Path, tmp_path: Path
) -> None:
    outside, linked = tmp_path / "outside.yml", root / "linked.yml"
    outside.write_text("mine", "utf-8")
    team(root).write_text(MENDABLE, "utf-8")
    team(root).chmod(0o640)
    team(root).with_suffix(".okr-tmp").symlink_to(outside)
    linked.write_text(MENDABLE, "utf-8")
    later = root / "okrs" / "2025-Q2"
    later.mkdir()
    (later / "product.yml").symlink_to(linked)
    check(root, "--fix", "--yes")
    assert "guardrail: false" in team(root).read_text("utf-8")
    assert outside.read_text("utf-8") == "mine"
    assert (later / "product.yml").is_symlink()
    assert linked.read_text("utf-8") == MENDABLE
    assert team(root).stat().st_mode & 0o777 == 0o640


def test_a_read_only_file_is_not_mended(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    team(root).write_text(MENDABLE, "utf-8")
    team(root).chmod(0o444)
    assert check(root, "--fix", "--yes") == 2
    assert "is read-only" in capsys.readouterr().err
    assert team(root).read_text("utf-8") == MENDABLE


CHECK_INS = """\
        check_ins:
          - {date: 2025-02-03, value: 2 audits}
          - {date: 2025-01-20, value: 1 audit}
"""


def test_check_ins_are_sorted_but_not_where_a_comment_may_speak_of_one_of_them(root: Path) -> None:
    text = TEAM.replace("        source: Ledger\n", CHECK_INS, 1)
    later = ("--as-of", "2025-02-05")
    team(root).write_text(text, "utf-8")
    check(root, "--fix", "--yes", *later)
    lines = CHECK_INS.splitlines()
    assert "\n".join((lines[0], lines[2], lines[1])) in team(root).read_text("utf-8")
    for note in ("          # as the board saw it\n", "            # without Oslo\n"):
        for place in ("          - {date: 2025-02-03", "      - id: tickets"):
            commented = text.replace(place, note + place)
            team(root).write_text(commented, "utf-8")
            check(root, "--fix", "--yes", *later)
            assert team(root).read_text("utf-8") == commented


def test_what_only_the_calendar_brings_is_told_and_never_fails(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = ("--as-of", "2025-03-01", "--select", "no-check-in")
    assert check(root, *late, "--fail-on", "info") == 0
    assert "warning[no-check-in]" in capsys.readouterr().out
    rules(root, "{no-check-in: error}")
    assert check(root, *late) == 0
    assert "error[no-check-in]" in capsys.readouterr().out


def test_an_answer_on_the_wrong_line_is_led_to_its_finding_and_never_taken_out(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TEAM.replace("- id: trust", "- id: trust # okr: ignore[no-dri] the council decides")
    team(root).write_text(text, "utf-8")
    assert codes(capsys, root, "--select", "no-dri") == ["unused-suppression", "no-dri"]
    check(root, "--select", "no-dri")
    assert "Move it to line 4" in capsys.readouterr().out
    check(root, "--select", "no-dri", "--fix", "--yes")
    assert team(root).read_text("utf-8") == text


def test_an_unknown_rule_is_pointed_at_by_its_name(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules(root, "{no-dir: error}")
    check(root, "--format", "concise")
    assert "okrs/okr.yml:5:9: error[unknown-rule]" in capsys.readouterr().out


def test_a_rarer_spelling_of_a_name_is_written_as_in_other_places(root: Path) -> None:
    typed = TEAM.replace("owner: ada\n        baseline: 9", "owner: [bo, Ada]\n        baseline: 9")
    team(root).write_text(typed, "utf-8")
    assert check(root, "--fix", "--yes") == 0
    assert team(root).read_text("utf-8") == typed.replace("[bo, Ada]", "[bo, ada]")
