"""The English words that the wording rules know: classes of verbs and nouns, not lists of titles.

`text` cuts titles into words and asks these sets; the rules combine both. Everything is lower
case. British and American spellings stand side by side because `_both` makes the second.
"""

from __future__ import annotations


def listed(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


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
    nurses doctors surgeons midwives carers pupils apprentices colleagues pharmacists growers
    fans players viewers listeners travellers commuters neighbours neighbors voters taxpayers
    landlords owners editors authors artists researchers scientists engineers technicians agents
    brokers advisers policyholders borrowers savers investors journalists fans hikers cyclists
    pensioners refugees migrants women men mothers fathers children kids boys girls youngsters
    graduates managers alumni candidates applicants newcomers recruits foremen welders pilots
    operators dispatchers couriers recipients beneficiaries claimants callers maintainers
    grandparents teenagers relatives cooks chefs diners hosts
    """
)
"""Who acts or is served: what they do is an effect, not our output."""

EVENTS = listed(
    """
    meeting meetings workshop workshops session sessions event events review reviews interview
    interviews training trainings hall halls retrospective retrospectives webinar webinars sync
    syncs conference conferences meetup meetups hackathon hackathons demo demos call calls talk
    talks hour hours class classes course courses exhibition exhibitions day days fair fairs
    roundtable roundtables briefing briefings offsite seminar seminars tasting tastings evening
    evenings supper suppers dinner dinners breakfast breakfasts lunch lunches festival festivals
    drill drills clinic auction auctions ceremony party parties lecture lectures tour tours forum
    forums panel panels assembly assemblies concert concerts gala market markets picnic exam exams
    election elections hearing hearings consultation consultations rehearsal rehearsals screening
    screenings bootcamp bootcamps jam sprint sprints summit summits symposium congress reception
    receptions fundraiser fundraisers tournament tournaments townhall townhalls standup stand-up
    stand-ups surgeries raffle quiz barbecue fete fête ama amas exercise exercises
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
