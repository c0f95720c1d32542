"""The English words that the wording rules know: classes of verbs and nouns, not lists of titles.

`text` cuts titles into words and asks these sets; the rules combine both. Everything is lower
case. British and American spellings stand side by side because `_both` makes the second.
"""

from __future__ import annotations

from collections.abc import Iterable


def listed(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


def _both(text: str) -> frozenset[str]:
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
    "overhaul": "overhauling overhauled", "put on": "", "spend": "spending spent",
}  # fmt: skip
_DOUBLED = listed(
    """
    ship plan map cut drop stop trim scrap shop prep set onboard-swap swap kit kickstart plug pin
    tag log commit program
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


def _forms(verbs: Iterable[str]) -> dict[str, str]:
    return {form: verb for verb in sorted(verbs) for form in _inflected(verb)}


def participles(verbs: Iterable[str]) -> frozenset[str]:
    """The past participles (and equal pasts) of verbs."""
    return frozenset(
        form
        for verb in verbs
        for form in _inflected(verb)
        if form != verb and not form.endswith("ing")
    ) | (frozenset(verbs) & {"set", "cut", "put", "run"})


PRODUCE = _both(
    """
    launch relaunch ship release build rebuild publish write rewrite run hold conduct host
    organise organize hire recruit migrate complete create implement develop design redesign draft
    deliver introduce define redefine document deploy redeploy install prepare produce record
    finish finalise perform execute schedule send present train interview research analyse analyze
    review audit refactor update upgrade replace automate integrate test pilot prototype plan map
    visit attend file submit evaluate investigate select choose decide determine agree approve
    procure buy purchase merge port sunset deprecate retire decommission consolidate standardise
    specify propose post tweet film translate localise set establish configure digitise rename
    rebrand reorganise restructure modernise overhaul compile assemble collect gather catalogue
    inventory benchmark survey brainstorm negotiate announce distribute teach coach mentor demo
    instrument add start begin setup rollout construct manufacture print paint erect furnish equip
    extend provide craft author formulate articulate outline formalise codify assess explore learn
    identify appoint open plant renew equip redecorate repaint retrofit insulate electrify
    digitalise relocate reopen rewire repair lay sow restock label archive classify photograph
    scan reorganise pave dig do refine measure track share curate compare report certify revise
    inspect call elect rework remodel amend contact invite onboard validate verify monitor
    coordinate facilitate advertise simulate calculate estimate quantify import upload calibrate
    demolish excavate dredge vaccinate sterilise patch supervise moderate pitch lobby petition
    check recertify reissue restyle kick carry roll draw spin stand put phase renovate refurbish
    undertake arrange stage initiate form sponsor commission code script wireframe sketch scope
    switch transition convert move adopt
    """
)
"""What a team does or makes: the verbs of deliverables and activities."""

_USED = listed(
    "choose learn move convert adopt switch measure report share compare do speak renew call"
    " onboard contact invite monitor check verify promote present lay"
)
"""Verbs whose participles speak of what people do, not of what has been made."""
PARTICLE = {
    "kick": {"off"}, "carry": {"out"}, "roll": {"out"}, "draw": {"up"}, "spin": {"up"},
    "stand": {"up"}, "put": {"in", "together", "on"}, "phase": {"out"},
}  # fmt: skip
"""Verbs that only count with their particle."""

IMPROVE = _both(
    """
    improve increase raise grow boost lift reduce decrease lower cut halve double triple quadruple
    shorten lengthen optimise enhance streamline better strengthen accelerate drive maximise
    minimise expand speed simplify deepen broaden widen extend shrink eliminate lift ensure reach
    achieve hit get gain win earn attract generate secure close sign bring move convert make have
    deliver retain resolve answer respond restore recover prevent avoid fix solve save free cover
    keep maintain sustain hold stay remain become be turn give help enable empower unlock land
    raise exceed attain obtain receive fund foster promote support protect use leverage position
    engage activate scale qualify source partner focus stop limit
    """
)
"""Verbs of change and effect: with those of `PRODUCE`, the verbs that a promise begins with."""

FORMS = _forms(IMPROVE | PRODUCE)
"""Each form of a verb that a promise begins with, and its base."""
PARTICIPLES = participles(PRODUCE - _USED)
"""Participles that say that something has been produced or done."""

NOUN_HEADS = listed(
    """
    renovation refurbishment restoration expansion translation recruitment procurement formation
    restructuring relocation repair inspection removal modernisation training electrification
    launch launching opening start kick-off kickoff purchase acquisition appointment signing
    implementation migration rollout roll-out release introduction completion creation development
    deployment integration installation publication redesign relaunch rewrite refactoring overhaul
    setup set-up design definition preparation consolidation automation standardisation
    standardization digitisation digitization modernisation modernization replacement construction
    hiring organisation establishment execution upgrade roll
    """
)
"""Nouns of doing: "Launch of the shop", "Migration to the cloud", "Website redesign"."""

METRICS = listed(
    """
    time times rate rates ratio score scores frequency coverage cycle duration cost costs failures
    errors speed accuracy compliance adherence volume share conversion backlog throughput latency
    velocity retention engagement attendance utilisation utilization nps csat adoption usage
    requests incidents tickets satisfaction success confidence trust awareness revenue arr mrr
    sales profit margin savings income turnover churn growth value uptime availability loyalty
    reputation reliability productivity efficiency quality yield defects complaints delays costs
    turnaround occupancy bookings donations demand momentum credibility recognition reach rating
    ratings waste absence absenteeism capacity returns downtime readiness punctuality performance
    results leads opportunities orders signups conversions wins renewals repurchases visits
    """
)
"""What is measured rather than made: as the object, it makes a promise an effect."""

ARTEFACTS = listed(
    """
    plan plans report reports dashboard dashboards survey surveys campaign campaigns guide guides
    policy policies process processes strategy roadmap framework playbook handbook website page
    portal app tool tools platform system systems programme program project training workshop
    workshops module feature features document documentation model template
    """
)
"""What is made: after a noun of measure, it is what the promise is about ("retention plan")."""

CARE = listed(
    """
    history doors trust loyalty confidence reputation culture community communities relationship
    relationships momentum credibility resilience awareness love value delight excellence growth
    demand pride foundation impact change difference joy experience experiences environment
    partnership partnerships happiness world moments movement home place workplace team company
    organisation organization business movement
    """
)
"""What nobody can simply deliver: with it, "build" and "create" speak of a state."""

LOVED = listed(
    """
    love loves loved enjoy enjoys trust trusts trusted recommend recommends proud delight delights
    delighted rely relies relied depend thrive thrives miss adore adores wants want beloved
    effortless irresistible everyone
    """
)
"""Words of what people feel: the state that is wanted."""

PEOPLE = listed(
    """
    customer customers user users people team teams client clients company companies member
    members developer developers employee employees partner partners supplier suppliers patient
    patients student students guest guests subscriber subscribers account accounts visitor
    visitors household households school schools teacher teachers parent parents merchant
    merchants seller sellers buyer buyers tenant tenants driver drivers donor donors volunteer
    volunteers trial trials shops shoppers enterprise enterprises citizens residents farmers
    clinics hospitals contributors reader readers learners participants families passengers riders
    """
)
"""Who acts or is served: what they do is an effect, not our output."""

EVENTS = listed(
    """
    meeting meetings workshop workshops session sessions event events review reviews interview
    interviews training trainings hall halls retrospective retrospectives webinar webinars sync
    syncs conference conferences meetup meetups hackathon hackathons demo demos call calls talk
    talks hour hours class classes course courses exhibition exhibitions day days fair fairs
    roundtable roundtables briefing briefings offsite seminar seminars tasting tastings
    """
)
"""What is held: separates "hold 4 workshops" from "hold the rate"."""

EFFECTIVE = listed(
    """
    convert converts rise rises grow grows fall falls drop drops reach reaches take takes stay
    stays score scores exceed exceeds improve improves increase increases decrease decreases is
    are has earn earns lead leads brings costs cost load loads return returns pass succeed
    succeeds fail fails last lasts open opens answer answers accounts account contribute
    contributes cover covers remain remains receive receives get gets handle handles pays pay
    works generate generates attract attracts rate rates find finds use uses say says buy buys
    renew renews see sees respond responds run runs start starts complete completes
    """
)
"""Finite verbs that show, soon after a first noun, that the title is a sentence about it."""

LEADS = listed(
    """
    we we've we'll we're will shall to also the our and have has all need must i both continue
    continuously start starting begin beginning
    """
)
"""Words before the verb of a promise."""

FUNCTION = listed(
    """
    the a an of to and or in on at for from with without by is are be our we us their they it its
    this that these those as than more less least most all every each no not into over under per
    within before after until who which what how when where while so through across between have
    has can will new up out only any both own against around about
    """
)
"""The small words of English."""

FOREIGN = listed(
    """
    und der das ein eine einen einem einer dem den des für mit auf zu zum zur von vom bei im ist
    sind wir unsere unser unseren unserer mehr als auch nicht oder bis durch nach pro jeden alle
    les la le du de et pour nos notre par dans avec une un sur aux au plus chaque nous d' l' el
    los las del para con nuestro nuestra nuestros nuestras y por una más al que cada en i w na z
    dla do się jest są od naszych nasze nasz oraz przez po nie il lo gli di per con nostri nostro
    della delle dei e più che o os da das dos com nosso nossa em het een van voor met onze wij en
    te bij op zijn och för att med på av till vår våra är
    """
)
"""The small words of other languages, as far as they aren't English ones."""
