"""A company's own colours: whichever of Material's it names, its links can be read (WCAG 1.4.3)."""

from __future__ import annotations

import pytest

from browser.visits import Visits

PRIMARY = (
    *("red", "pink", "purple", "deep-purple", "indigo", "blue", "light-blue", "cyan", "teal"),
    *("green", "light-green", "lime", "yellow", "amber", "orange", "deep-orange", "brown"),
    *("grey", "blue-grey", "black", "white"),
)
WITHOUT_ACCENT = ("brown", "grey", "blue-grey", "black", "white")
ENOUGH = 4.5

# The lowest contrast of a link, and of one that is pointed at, on all that a text may stand on.
LOWEST = """([scheme, primary, accent]) => {
    const set = (name, value) => document.body.setAttribute(`data-md-color-${name}`, value);
    set("scheme", scheme);
    set("primary", primary);
    set("accent", accent);
    const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const probe = document.querySelector(".md-container").appendChild(document.createElement("i"));
    const light = (name) => {
        probe.style.color = `var(${name})`;
        pen.fillStyle = getComputedStyle(probe).color;
        pen.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((byte) =>
            byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const grounds = ["--md-default-bg-color", "--okr-surface", "--okr-sunken"].map(light);
    const texts = ["--md-typeset-a-color", "--md-accent-fg-color", "--okr-accent"].map(light);
    probe.remove();
    return Math.min(...texts.flatMap((text) => grounds.map((ground) =>
        Math.max(text, ground) / Math.min(text, ground))));
}"""


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_links_can_be_read_in_every_colour_that_a_company_may_name(
    visits: Visits, scheme: str
) -> None:
    with visits.window() as window:
        page = window.open("okrs/cycles.html")
        found = {
            name: page.evaluate(
                LOWEST, [scheme, name, "indigo" if name in WITHOUT_ACCENT else name]
            )
            for name in PRIMARY
        }
    assert {name: contrast for name, contrast in found.items() if contrast < ENOUGH} == {}
    assert len(set(found.values())) > 10  # the colours were really there
