"""The forms of English verbs: base, -ing, pasts and third person, for `okrdocs.lint.english.verbs`.

Regular verbs follow the rules of spelling; the irregular ones that plans use are listed. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable

from okrdocs.lint.english.words import listed


def both(text: str) -> frozenset[str]:
    """The words of a text, with -ise words in their -ize spelling too."""
    words = text.split()
    return frozenset(words) | {
        f"{w[:-3]}ize{'s' if w.endswith('ises') else ''}" for w in words if w.endswith("ise")
    }


_IRREGULAR = {
    "begin": "beginning began begun", "bring": "bringing brought", "build": "building built",
    "buy": "buying bought", "choose": "choosing chose chosen", "cut": "cutting",
    "draw": "drawing drew drawn", "film": "filming filmed", "find": "finding found",
    "get": "getting got", "go": "going went gone", "grow": "growing grew grown",
    "have": "having had", "hold": "holding held", "keep": "keeping kept",
    "lead": "leading led", "make": "making made", "put": "putting", "pay": "paying paid",
    "rebuild": "rebuilding rebuilt", "rewrite": "rewriting rewrote rewritten",
    "run": "running ran", "send": "sending sent", "set": "setting", "shoot": "shooting shot",
    "stay": "staying stayed", "spin": "spinning spun", "stand": "standing stood",
    "strive": "striving strove striven", "submit": "submitting submitted",
    "teach": "teaching taught", "win": "winning won", "write": "writing wrote written",
    "give": "giving gave given", "undertake": "undertaking undertook undertaken",
    "refer": "referring referred", "transfer": "transferring transferred",
    "die": "dying died", "do": "doing did done", "be": "being been", "come": "coming came",
    "overhaul": "overhauling overhauled", "spend": "spending spent",
    "sell": "selling sold", "take": "taking took taken", "tell": "telling told",
    "know": "knowing knew known", "see": "seeing saw seen", "feel": "feeling felt",
    "leave": "leaving left", "lose": "losing lost", "meet": "meeting met",
    "think": "thinking thought", "speak": "speaking spoke spoken", "fall": "falling fell fallen",
    "rise": "rising rose risen", "read": "reading", "quit": "quitting",
    "let": "letting", "split": "splitting", "recast": "recasting",
    "outsource": "outsourcing outsourced", "sew": "sewing sewed sewn", "sow": "sowing sowed sown",
    "reset": "resetting", "retell": "retelling retold", "weld": "welding welded",
    "oversee": "overseeing oversaw overseen", "wind": "winding wound", "seek": "seeking sought",
    "enrol": "enrolling enrolled", "rewire": "rewiring rewired", "freeze": "freezing froze frozen",
    "redraw": "redrawing redrew redrawn", "reteach": "reteaching retaught", "lend": "lending lent",
    "resell": "reselling resold", "rerun": "rerunning reran", "lay": "laying laid",
}  # fmt: skip
_DOUBLED = listed(
    """
    ship plan map cut drop stop trim scrap shop prep set swap kit plug pin refit retrofit fit
    tag log commit program transfer spot scan strip strap chop stem wrap rig dig zip re-ship
    """
)


def _inflected(verb: str) -> Iterable[str]:
    """The forms of a verb: itself, -ing, past. Third persons are no heads of a promise."""
    yield verb
    if verb in _IRREGULAR:
        yield from _IRREGULAR[verb].split()
    elif verb in _DOUBLED:
        yield from (f"{verb}{verb[-1]}ing", f"{verb}{verb[-1]}ed")
    elif verb.endswith("e"):
        yield from (f"{verb[:-1]}ing", f"{verb}d")
    elif verb.endswith("y") and verb[-2] not in "aeou":
        yield from (f"{verb}ing", f"{verb[:-1]}ied")
    else:
        yield from (f"{verb}ing", f"{verb}ed")


def forms(verbs: Iterable[str]) -> dict[str, str]:
    """Each form of the verbs with its base."""
    return {form: verb for verb in sorted(verbs) for form in _inflected(verb)}


def participles(verbs: Iterable[str]) -> frozenset[str]:
    """The past participles (and equal pasts) of verbs."""
    return frozenset(
        form
        for verb in verbs
        for form in _inflected(verb)
        if form != verb and not form.endswith("ing")
    ) | (frozenset(verbs) & {"set", "cut", "put", "run"})


def thirds(verbs: Iterable[str]) -> frozenset[str]:
    """The third persons of verbs: "holds", "reaches", "carries"."""
    return frozenset(map(_third, verbs))


def _third(verb: str) -> str:
    if verb.endswith(("s", "x", "ch", "sh", "z", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeou"):
        return f"{verb[:-1]}ies"
    return f"{verb}s"
