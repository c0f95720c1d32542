"""Times 2,000 pictures of progress, text to SVG: `python benchmarks/pictures.py`.

Each is a key result of its own with a year's worth of weekly values at most, as a site of 600 team
files holds them. The promise is below 2 s of processor time for all of them.
"""

from __future__ import annotations

import random
import time
from datetime import date, timedelta

from okrdocs.drawing.progress import fence_html
from okrdocs.drawing.progress.fence_text import ChartAmount, ProgressChart, write_fence_text

COUNT, PROMISE = 2000, 2.0
START = date(2025, 1, 1)


def made_up(dice: random.Random, number: int) -> ProgressChart:
    """One key result on its way from a baseline to a target."""
    baseline, target = dice.randint(0, 50), dice.randint(60, 99)
    days = sorted(dice.sample(range(1, 90), dice.choice((2, 6, 6, 13, 26))))
    values = [
        (START + timedelta(days=day), baseline + (target - baseline) * day // 100) for day in days
    ]
    return ProgressChart(
        title=f"KR{number} A result of all regions",
        start=START,
        end=date(2025, 3, 31),
        values=tuple((day, ChartAmount(f"{value}%", float(value))) for day, value in values),
        today=date(2025, 2, 15),
        baseline=ChartAmount(f"{baseline}%", float(baseline)),
        target=ChartAmount(f"{target}%", float(target)),
        expected_line=((START, float(baseline)), (date(2025, 3, 31), target * 0.7)),
        forecast=ChartAmount("grade 0.80", target * 0.8),
    )


def main() -> int:
    """Print the seconds and the size; 1 where the promise isn't kept."""
    dice = random.Random(1)
    texts = [write_fence_text(made_up(dice, number)) for number in range(COUNT)]
    begun = time.process_time()
    size = sum(len(fence_html(text, "progress", "progress")) for text in texts)
    spent = time.process_time() - begun
    print(f"{COUNT} pictures in {spent:.2f} s, {size / COUNT / 1000:.1f} KB each")
    return int(spent > PROMISE)


if __name__ == "__main__":
    raise SystemExit(main())
