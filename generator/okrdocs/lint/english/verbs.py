"""The English verbs that promises begin with, by what they speak of.

`text` finds the head of a title among them; `outputs` tells outputs from effects. The lists hold
base forms in lower case, in British spelling; `add_american_spellings` adds the American one.
"""

from __future__ import annotations

from okrdocs.lint.english.inflection import (
    add_american_spellings,
    base_by_form,
    past_participles,
    third_persons,
)
from okrdocs.lint.word_lists import word_groups, word_list

PRODUCING_VERBS = add_american_spellings(word_list("english/producing_verbs"))
"""What a team does or makes: the verbs of deliverables and activities."""

_USED = word_list("english/verbs_of_use")
"""Verbs whose participles speak of what people do, not of what has been made."""
VERB_PARTICLES = word_groups("english/verb_particles")
"""Verbs that only count with their particle."""

IMPROVING_VERBS = add_american_spellings(word_list("english/improving_verbs"))
"""Verbs of change and effect: with `PRODUCING_VERBS`, all verbs that a promise begins with."""

VERB_FORMS = base_by_form(IMPROVING_VERBS | PRODUCING_VERBS)
"""Each form of a verb that a promise begins with, and its base."""
PARTICIPLES = past_participles(PRODUCING_VERBS - _USED)
"""Participles that say that something has been produced or done."""

THIRD_PERSONS = third_persons(IMPROVING_VERBS | PRODUCING_VERBS)
"""Third persons; many are plurals of nouns as well."""
