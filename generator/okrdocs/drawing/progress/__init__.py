"""Draws the progress of a key result as inline SVG from the fence in a page's Markdown.

`fence_text` writes the fence and reads it again, `draw` makes the chart, `description` says the
same in words for those who can't see it.
"""

from okrdocs.drawing.progress.draw import fence_html

__all__ = ["fence_html"]
