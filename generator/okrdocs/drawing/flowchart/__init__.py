"""Draws flowcharts of our pages as inline SVG, from the Mermaid text of a page.

The Markdown holds a flowchart that code hosts draw by themselves. On the site, Markdown's
superfences extension calls `fence_html`, which draws it at build time: left to right, one column
a level, with links, in the colours of the page (`okrdocs.css`), without a script. Text in,
text out; reads what `pages.graph.mermaid` writes. Any other flowchart
is shown as the code that it is.
"""

from __future__ import annotations

import html

from okrdocs.drawing.flowchart.draw import flowchart_figure
from okrdocs.drawing.flowchart.parse import parse_flowchart

__all__ = ["fence_html", "fence_html_or_mermaid"]


def fence_html(source: str, language: str, css_class: str, *_: object, **__: object) -> str:
    """Return HTML for a fence, as superfences calls it (pymdownx.superfences, "custom fences")."""
    chart = parse_flowchart(source)
    if chart is None:
        name = html.escape(f"language-{language} {css_class}")
        return f'<pre><code class="{name}">{html.escape(source)}</code></pre>'
    return flowchart_figure(chart)


def fence_html_or_mermaid(
    source: str, language: str, css_class: str, *more: object, **named: object
) -> str:
    """Return HTML for a fence in a site that has other flowcharts, which a script draws there."""
    if parse_flowchart(source) is not None:
        return fence_html(source, language, css_class, *more, **named)
    return f'<pre class="{html.escape(css_class)}"><code>{html.escape(source)}</code></pre>'
