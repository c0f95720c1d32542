"""The English word classes that several modules share; the words are listed in `words/*.txt`.

Everything is in lower case. What a class is for is said at the head of its file.
"""

from __future__ import annotations

from okrdocs.lint.word_lists import word_groups, word_list

ACTION_NOUNS = word_list("english/action_nouns")
ARTEFACTS = word_list("english/artefacts")
DELIVERABLES = word_list("english/deliverables")
DETERMINERS = word_list("english/determiners")
EVENTS = word_list("english/events")
FEELINGS = word_list("english/feelings")
FINITE_VERBS = word_list("english/finite_verbs")
FUNCTION_WORDS = word_list("english/function_words")
INTANGIBLES = word_list("english/intangibles")
MEASURED_NOUNS = word_list("english/measured_nouns")
NOUNS_AND_VERBS = word_list("english/nouns_and_verbs")
NOUN_PHRASE_ENDS = word_list("english/noun_phrase_ends")
NUMBERED_NOUNS = word_list("english/numbered_nouns")
OBJECTS_OF_WORK = word_groups("english/objects_of_work")
PEOPLE = word_list("english/people")
PLURAL_NOUNS = word_list("english/plural_nouns")
RELATIVE_WORDS = word_list("english/relative_words")
