"""The progress of a key result as inline SVG, drawn from the fence that a page's Markdown holds.

`fence_text` says what the fence holds and reads it again, `draw` makes the picture of it,
`description` says the same in words for those who don't see it.
"""

from okrdocs.drawing.progress.draw import fence

__all__ = ["fence"]
