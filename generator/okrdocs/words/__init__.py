"""Every label of the site that stands in more than one place, and every short one.

The lowest module with text: all that prints takes its labels and words of status from here. Code
decides by codes alone, and exports write codes, so a word can be changed here, or translated, and
nothing else follows from it. Whole sentences stay in the templates and modules that print them.
"""

from __future__ import annotations

# Names that `words.X` finds; the labels are too many to be named a second time.
from okrdocs.words.cycle_document import *  # noqa: F403 - all of its names are labels
from okrdocs.words.labels import *  # noqa: F403 - all of its names are labels
from okrdocs.words.status import CYCLE_LENGTH_WORDS as CYCLE_LENGTH_WORDS
from okrdocs.words.status import CYCLE_WORDS as CYCLE_WORDS
from okrdocs.words.status import PACE_WORDS as PACE_WORDS
from okrdocs.words.status import STANDING_WORDS as STANDING_WORDS
from okrdocs.words.status import STATE_WORDS as STATE_WORDS
from okrdocs.words.status import STATUS_MEANINGS as STATUS_MEANINGS
from okrdocs.words.status import STATUS_WORDS as STATUS_WORDS
