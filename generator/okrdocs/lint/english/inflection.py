"""The forms of English verbs: base, -ing, pasts and third person, for `okrdocs.lint.english.verbs`.

Regular verbs follow the rules of spelling; the irregular ones that plans use are listed. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable

from okrdocs.lint.word_lists import word_groups, word_list


def add_american_spellings(words: frozenset[str]) -> frozenset[str]:
    """Add the -ize spelling of the words in -ise."""
    return words | {
        f"{w[:-3]}ize{'s' if w.endswith('ises') else ''}" for w in words if w.endswith("ise")
    }


_IRREGULAR = word_groups("english/irregular_verbs")
_DOUBLED = word_list("english/verbs_with_doubled_consonant")


def _inflected_forms(verb: str) -> Iterable[str]:
    """Yield a verb, its -ing form, past and participle; no promise begins with a third person."""
    yield verb
    if verb in _IRREGULAR:
        yield from sorted(_IRREGULAR[verb])
    elif verb in _DOUBLED:
        yield from (f"{verb}{verb[-1]}ing", f"{verb}{verb[-1]}ed")
    elif verb.endswith("e"):
        yield from (f"{verb[:-1]}ing", f"{verb}d")
    elif verb.endswith("y") and verb[-2] not in "aeou":
        yield from (f"{verb}ing", f"{verb[:-1]}ied")
    else:
        yield from (f"{verb}ing", f"{verb}ed")


def base_by_form(verbs: Iterable[str]) -> dict[str, str]:
    """Map each form of these verbs ("launching") to its base ("launch")."""
    return {form: verb for verb in sorted(verbs) for form in _inflected_forms(verb)}


def past_participles(verbs: Iterable[str]) -> frozenset[str]:
    """Return the past participles of verbs, and the pasts that look the same."""
    return frozenset(
        form
        for verb in verbs
        for form in _inflected_forms(verb)
        if form != verb and not form.endswith("ing")
    ) | (frozenset(verbs) & {"set", "cut", "put", "run"})


def third_persons(verbs: Iterable[str]) -> frozenset[str]:
    """Return the third persons of verbs: "holds", "reaches", "carries"."""
    return frozenset(map(_third_person, verbs))


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "x", "ch", "sh", "z", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeou"):
        return f"{verb[:-1]}ies"
    return f"{verb}s"
