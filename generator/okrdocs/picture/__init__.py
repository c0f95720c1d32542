"""Pictures of numbers as inline SVG: text in, text out, drawn when the site is built.

`progress` is what a fence in a page's Markdown says and how it is read again, `drawing` makes the
picture of it, `trend` a small chart over cycles, `spark` the line in a table; `frame` holds the
pieces that they share. All colours come from the page's stylesheet. Stands below `pages`.
"""

from okrdocs.picture.drawing import fence
from okrdocs.picture.spark import sparkline
from okrdocs.picture.trend import TrendPoint, trend

__all__ = ["TrendPoint", "fence", "sparkline", "trend"]
