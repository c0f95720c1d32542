"""The abbreviations that every reader of an OKR knows, for `unexplained-abbreviation`.

Words of offices and the web, the metrics of OKRs, currencies, units, everyday life. What one trade
or department says belongs into the `allow:` of its company.
"""

from __future__ import annotations

from okrdocs.lint.english.verbs import VERB_FORMS
from okrdocs.lint.english.vocabulary import FUNCTION_WORDS, PEOPLE
from okrdocs.lint.word_lists import word_list

KNOWN_ABBREVIATIONS = word_list("english/known_abbreviations")
UNITS = word_list("english/units")
"""In lower case."""
EMPHASISED_WORDS = (
    word_list("english/emphasised") | FUNCTION_WORDS | PEOPLE | frozenset(VERB_FORMS)
) - {"mel", "it", "us"}
"""English words that are typed in capitals to be heard, in lower case."""
