"""The English verbs that promises begin with, by what they speak of.

`text` finds the head of a title among them; `deeds` tells deeds from effects. Base forms, in lower
case; British and American spellings stand side by side because `both` makes the second.
"""

from __future__ import annotations

from okrdocs.lint.english.inflection import both, forms, participles, thirds
from okrdocs.lint.english.words import listed

PRODUCE = both(
    """
    launch relaunch ship release build rebuild publish write rewrite run hold conduct host
    organise
    organize hire recruit migrate complete create implement develop design redesign draft deliver
    introduce define redefine document deploy redeploy install prepare produce record finish
    finalise perform execute schedule send present train interview research analyse analyze review
    audit refactor update upgrade replace automate integrate test pilot prototype plan map visit
    attend file submit evaluate investigate select choose decide determine agree approve procure
    buy purchase merge port sunset deprecate retire decommission consolidate standardise specify
    propose tweet film translate localise set establish configure digitise rename rebrand
    reorganise restructure modernise overhaul compile assemble collect gather inventory benchmark
    survey brainstorm negotiate announce distribute teach coach mentor demo instrument add start
    begin setup rollout construct manufacture print paint erect furnish equip extend provide craft
    author formulate articulate outline formalise codify assess explore learn identify appoint
    open
    plant renew redecorate repaint retrofit insulate electrify digitalise relocate reopen rewire
    repair lay sow restock label archive classify photograph scan pave dig do refine measure track
    share curate compare report certify revise inspect call elect rework remodel amend contact
    invite onboard validate verify monitor coordinate facilitate advertise simulate calculate
    estimate quantify import upload calibrate demolish excavate dredge vaccinate sterilise patch
    supervise moderate pitch lobby check recertify reissue restyle kick carry roll draw spin stand
    put phase renovate refurbish undertake arrange stage initiate form sponsor commission code
    script wireframe sketch scope switch transition convert move adopt accredit reaccredit refit
    replaster plaster resurface asphalt reroof re-roof weld solder wire plumb tender retender
    outsource insource nearshore offshore decarbonise carve split clean revamp refresh replatform
    re-platform ratify crowdfund unify swap exchange renegotiate sublet rezone reforest dismantle
    disassemble bulldoze smelt extrude galvanise rivet palletise package repackage knit sew
    embroider upholster choreograph rehearse orchestrate compose broadcast rerecord remaster
    subtitle dub narrate edit proofread typeset illustrate animate render photoshop storyboard
    auction rehang conserve reshelve reindex tabulate transcribe annotate summarise serialise
    circulate canvass livetweet brief debrief notify notarise legalise countersign litigate sue
    arbitrate mediate adjudicate legislate enact repeal decree promulgate register deregister
    incorporate dissolve liquidate divest demerge delist refinance reinsure underwrite securitise
    recapitalise capitalise reconcile re-audit restate reclassify depreciate amortise reforecast
    invoice re-bill reprice shortlist longlist headhunt induct orient upskill reskill retrain
    cross-train appraise debadge reassign rotate unionise immunise inoculate disinfect titrate
    genotype assay synthesise purify crystallise randomise unblind recalibrate dry-run stress-test
    load-test pen-test smoke-test unit-test backtest transpile minify containerise dockerise
    virtualise replicate backfill anonymise pseudonymise encrypt decrypt provision reprovision
    decouple modularise parallelise vectorise rearchitect re-architect replumb cherry-pick rebase
    whitelist blacklist blocklist allowlist federate expose prioritise reprioritise timebox
    harmonise templatise unbundle reconfigure parametrise reorder re-order rearrange regroup
    reroute re-route reschedule resequence redirect divert pedestrianise floodproof weatherproof
    soundproof fireproof waterproof underpin reclad clad glaze reglaze double-glaze refurnish
    recarpet restripe repave relight floodlight solarise hydrotest pressure-test energise
    re-energise recommission overpaint repoint reseal reline re-line regrind requalify reverify
    revalidate renumber recode relabel reprint republish repost republicise reshoot rerun redraft
    reformulate re-release retitle recount reinspect resurvey resample remeasure retest reconvene
    convene commemorate celebrate inaugurate unveil christen consecrate dedicate memorialise shoot
    enlist conscript nominate depute instruct chronicle scrutinise interrogate stocktake itemise
    enumerate describe geotag geocode georeference rasterise hand unload offload stow restow
    splice
    affix hang hoist embank revet desilt rewild replant post catalogue phone harvest exhibit
    petition mail bake cook tag forecast
    """
)
"""What a team does or makes: the verbs of deliverables and activities."""

_USED = listed(
    "choose learn move convert adopt switch measure report share compare do speak renew call"
    " register enter read"
    " onboard contact invite monitor check verify promote present lay"
)
"""Verbs whose participles speak of what people do, not of what has been made."""
PARTICLE = {
    "kick": {"off"}, "carry": {"out"}, "roll": {"out"}, "draw": {"up"}, "spin": {"up"},
    "stand": {"up"}, "put": {"in", "together", "on"}, "phase": {"out"}, "carve": {"out"},
    "clean": {"up", "out"}, "hand": {"out"},
}  # fmt: skip
"""Verbs that only count with their particle."""

IMPROVE = both(
    """
    improve increase raise grow boost lift reduce decrease lower cut halve double triple quadruple
    shorten lengthen optimise enhance streamline better strengthen accelerate drive maximise
    minimise expand speed simplify deepen broaden widen extend shrink eliminate lift ensure reach
    achieve hit get gain win earn attract generate secure close sign bring move convert make have
    deliver retain resolve answer respond restore recover prevent avoid fix solve save free cover
    keep maintain sustain hold stay remain become be turn give help enable empower unlock land
    raise exceed attain obtain receive fund foster promote support protect use leverage position
    engage activate scale qualify enrol enroll source partner focus stop limit fit sell take
    read feel see let
    leave lose meet know outgrow outperform beat match delight excite inspire motivate reassure
    comfort heal cure calm
    """
)
"""Verbs of change and effect: with those of `PRODUCE`, the verbs that a promise begins with."""

FORMS = forms(IMPROVE | PRODUCE)
"""Each form of a verb that a promise begins with, and its base."""
PARTICIPLES = participles(PRODUCE - _USED)
"""Participles that say that something has been produced or done."""

THIRDS = thirds(IMPROVE | PRODUCE)
"""Third persons; many are plurals of nouns as well."""
