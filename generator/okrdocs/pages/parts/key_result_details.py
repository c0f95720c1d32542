"""Shows what an author wrote about a key result: why it matters, stages, risks, links.

It has no room in a row of a table, so it stands below the table, on the team's page and in the
documents alike; how the grade comes about is in `grade_explanation`.
"""

from __future__ import annotations

from okrdocs import words
from okrdocs.format.records import Levels, Link, Risk, StageChange
from okrdocs.format.records.organization import Stage
from okrdocs.grading.results import KeyResultScore
from okrdocs.markup.escape import Markdown, escape_inline
from okrdocs.markup.prose import prose_after_lead, prose_inline
from okrdocs.pages.parts.cells import join_inline, join_lines
from okrdocs.pages.urls import repository_link


def key_result_details(score: KeyResultScore) -> Markdown:
    """Show what was written about a key result behind its number; "" where nothing was."""
    key_result = score.entry.key_result
    number = Markdown(f"**KR{score.entry.number}** –")
    more = join_lines(
        [
            _level_marks_line(key_result.levels),
            _stages_line(words.STAGES, score.measure.stages if score.measure else ()),
            *map(_former_stages_line, key_result.stage_changes),
            *(Markdown(f"**{words.RISK}:** {risk_text(risk)}") for risk in key_result.risks),
            _links_line(key_result.links),
        ]
    )
    if not key_result.why:
        return Markdown(f"{number} {more}") if more else more
    why = prose_after_lead(number, key_result.why)
    return Markdown(f"{why}\n\n{more}") if more else why


def _level_marks_line(levels: Levels | None) -> Markdown:
    """Show each level with its mark, where somebody wrote one."""
    points = (levels.commit, levels.target, levels.stretch) if levels else ()
    if not any(point.mark for point in points):
        return Markdown("")
    texts = (f"{point} ({point.mark.text})" if point.mark else str(point) for point in points)
    return Markdown(f"**{words.LEVELS}:** {join_inline(texts, ' · ')}")


def _stages_line(label: str, stages: tuple[Stage, ...]) -> Markdown:
    """Show every stage with its mark and what has to be true to be there."""
    text = join_inline(map(_stage_text, stages), " · ")
    return Markdown(f"**{label}:** {text}") if text else text


def _stage_text(stage: Stage) -> Markdown:
    means = f": {prose_inline(stage.means)}" if stage.means else ""
    return Markdown(f"{escape_inline(f'{stage.stage} ({stage.mark.text}')}{means})")


def _former_stages_line(change: StageChange) -> Markdown:
    reason = f" – {prose_inline(change.reason)}" if change.reason else ""
    label = f"{words.STAGES_UNTIL} {change.date}"
    return Markdown(f"{_stages_line(label, change.from_)}{reason}")


def _links_line(links: tuple[Link, ...]) -> Markdown:
    text = join_inline(map(link_text, links), " · ")
    return Markdown(f"**{words.LINKS}:** {text}") if text else text


def link_text(link: Link) -> Markdown:
    """Show a link by its title, else by its address."""
    return repository_link(link.title or link.url, link.url)


def risk_text(risk: Risk) -> Markdown:
    """Show a risk with how likely and how bad it is, and what is done about it."""
    levels = [
        f"likelihood {risk.likelihood.value}" if risk.likelihood else "",
        f"impact {risk.impact.value}" if risk.impact else "",
    ]
    rating = ", ".join(level for level in levels if level)
    text = escape_inline(f"{risk.risk} ({rating})" if rating else risk.risk)
    if risk.mitigation:
        return Markdown(f"{text} – {prose_inline(risk.mitigation)}")
    return text
