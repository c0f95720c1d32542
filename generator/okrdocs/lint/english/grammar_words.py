"""The words by which `deeds` and `tasks` tell an order from a sentence and a noun from a verb.

What ends a noun phrase, what makes a sentence of it, which verbs are nouns as well, and what is
delivered. Lower case, as in `words`.
"""

from __future__ import annotations

from okrdocs.lint.english.words import EFFECTIVE, listed

STOPS = listed(
    """
    of in on at for from with without by to that which who whose so when where while until per
    before after under over above below within across and or as than is are into through via
    during between about
    """
)
RELATIVE = frozenset({"that", "which", "who", "whose", "where", "so", "because", "if", "when"})
FINITE = EFFECTIVE | listed(
    """
    would can could may might must should never always feels feel ends end wait waits keeps means
    makes gives give leaves disappear becomes goes shows tells change changes work stop stops know
    knows turn turns nobody nothing love breathe decide know trust want meet choose hear come
    sleep ask think believe deserve smile pull beat thank enjoy prefer recommend like pays win
    who'd belong belongs cut cuts bring still now than up down fight fights suit suits fear fears
    seem seems grew came went fit fits hear hears lasts ends begin begins happen happens arrive
    arrives exist exists matter matters smell smells  sell sells walk walks vote votes laugh
    laughs sing sings survive survives
    welcome welcomes invite invites reward rewards deserves protect protects respect respects
    depend depends inspire inspires move moves teach teaches feed feeds heal heals save saves send
    sends serve serves spare spares reaches loves hates hate loses lose wins gain gains sells
    holds hold believes remember remembers forget forgets become becomes spend spends read reads
    """
)
NOUNS_TOO = listed(
    """
    design research plan test review record draft report write release paint book host audit
    launch survey train visit document file map form plant stage process share print measure
    transfer demo pilot tender split repair exchange refresh auction
    """
)
DETERMINERS = listed("the a an our all new at its their more another first every")
NUMBERED = listed("plant release phase stage plan draft form test record file exhibit")
PLURALS = listed(
    """
    plans tests designs reports reviews records surveys visits documents files maps forms plants
    stages processes shares prints measures transfers demos pilots tenders splits repairs
    exchanges audits launches interviews drafts releases trains calls checks starts posts updates
    upgrades labels codes sponsors commissions schedules models covers leads benefits limits
    values answers closes uses contracts standards scores rates moves costs results skills
    """
)
BY_OBJECT = {
    "close": listed(
        """
        issue issues ticket tickets bug bugs findings finding gaps actions action items item tasks
        task positions vacancies stores store shop shops branch branches depot depots plant plants
        office offices site sites factory factories requests prs account accounts project projects
        alerts cases incidents
        """
    )
    - {"accounts", "account", "gaps"},
    "sign": listed("agreement agreements charter lease leases memorandum treaty accord policy"),
    "fit": listed("meter meters sensors sensor cameras doors windows boilers units machines out"),
    "enrol": listed("staff nurses employees managers colleagues teachers drivers apprentices"),
    "enroll": listed("staff nurses employees managers colleagues teachers drivers apprentices"),
}
"""Verbs whose object decides: tickets are closed as work, deals as a result."""
DELIVERABLES = listed(
    """
    report reports prototype prototypes roadmap documentation diagram dashboard dashboards
    playbook handbook guide guides draft drafts spec specs specification specifications post posts
    video videos newsletter whitepaper driver drivers plugin plugins client library sdk proposal
    strategy plan plans framework research poc proof-of-concept mvp release tests test integration
    integrations setup workshop workshops webinar webinars talk talks announcement migration
    rollout launch redesign refactoring implementation schema parser module survey study studies
    analysis audit review inventory taxonomy concept
    """
)
