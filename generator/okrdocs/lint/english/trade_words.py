"""More common English words, of trades and offices, by which a title is recognised as English.

The second half of `okrdocs.lint.english.common_words`, by the same rule: no word
that other languages share.
"""

from __future__ import annotations

from okrdocs.lint.english.words import listed

TRADES = listed(
    """
    abbey accepted actions activated active actors actress acts actuaries actuary addresses adds
    adjuster adjusters ads afford afterwards agency ages aid aircraft airfield airliner airport
    aisle aisles alarms ales allergens allergies allotment allotments alone aloud alternatives
    ambulance ambulances anaesthetist anaesthetists analyst announced annoyance annual annuities
    annuity answering antibiotic antibodies antibody anybody appeals applicants apply appraisal
    appraisals apprentice approval archaeologists archaeology archived areas argue arithmetic
    arms-length arrival arrive arrives artists ashamed asphalt assay assays assembly-line
    assessments asthma asthmatics athlete athletes attempt auditors autumn avatars average awake
    awarded awards axle axles backup backups-restored badgers baggage bail baker bakers
    bank-holiday banned barcode barcodes bargain bargains barista baristas barley barn barns
    barrister barristers basement basements basket basket-size batches bearable bedside bedtime
    beekeepers beer beers bees behind-the-scenes being bell bench benches bequeathed bequest
    bequests bicycle bicycles bid bid's bidder bidders bids biggest billboard billboards billed
    billing bin bins biopsies birds births blank blocked blocks bloods bloodstream boarding
    boarding-pass bodily bodywork boiler boilers boldly bolts bombs bondholders bonus-pool booked
    bookkeeper bookkeeping booklet booklets bookshop bookshops booster border borrowed borrower
    bosses bought brackets brake brakes bravely breach breakfasts breast breastfeeding breweries
    brewery bricklayers bricks brickwork broadcaster broadcasters brochure brochures broker bug
    bugfix bugfixes builder's bullying bumblebees bumper bumpers burglary burnout bus-stop butcher
    butchers butterflies button cabins calendar calling cameras campers campsite campsites can't
    cancellation cancelled cancers candidate cards career carefree caregiver caregivers carer's
    carers' caretakers carmakers carousel carpenter cashier cashiers casting castle castles
    cathedral cattle cavity-wall cellars cement cemeteries cemetery cents certified chain
    chambermaids champions changed changelogs changing charges charity chassis cheating checklist
    checkouts cheese chef chefs childbirth childcare-friendly childminders chimney chimneys chips
    choir choirs choral chromosome churches citizen citywide claim claims-handling clause clauses
    cleaners cleaning clears clergy climate clinic closes clothing clusters coach's coal-fired
    cockpit codebase codebases coder coders columnist columnists comment comments committers
    commuters company-wide companywide competitors compiler compilers complaint compliant compost
    composting concrete conditions conductor confirm connections consenting constables containment
    contributor conversation cool copying corporate corrected correction correctly corridor
    council's councillor councillors counsel counters countrywide coupon coupons courier
    coursework
    court courtroom courtrooms courts covenants covered craftsmen crane-driver cranes crates
    crewed
    crises critical crossing crossings crowd cup curator curators curriculum customer's cutlery
    cutscenes cyclist cyclists dairy damaged dancers databases dataset datasets dawn deal dean
    deans debts debugging decides decline decorators deed deeds deer defendants dental dentist
    dentists departures deposit depot depots desktops destination developer's diabetics digger
    diggers diners dining dinner-guests dinners disabled disagree disappear disaster discharge
    discounts discovery discreet discuss discussions dishes-a-day dishwashers dismissals
    dispensary
    dispensing disputed disputes distillery district dividend dividends docs doctoral doesn't
    don't
    donated dosages dossiers doubled downtimes draught draughts dresses dressings drink driver's
    dropped drought dungeon dusk dustbin dustbins earned ears edition editor effortlessly eggs
    electrician electricians electricians' else employer's enabling endpoints enrolment enrolments
    enter enters entries entry envelope envelopes enzyme enzymes episode episodes equally essays
    estimated eviction evictions exams excavator excavators exciting excursions exhibitions exists
    explain explained exposure eyesight factor faculty faithfully farewell farm fault faults
    fearless fearlessly feast fellowship fellowships ferries ferry fifth fight filings filled
    finally fined fines firefighter firefighters firewalls firm fisheries fishermen fitted fitter
    fitters flagship flexitime flooding flu fly flyer flyers footpath footpaths foreman foremen
    foresters forgive fortnight fortnightly forward forwarders foundations founding foundries
    foundry foxes fraud freighters friendliest front-page fruit fundraiser fundraisers furnace
    furnaces future galleries gallery gameplay gamer gamers garage garment garments gas-fired
    gearbox gearboxes generation gently gifts gladdened glance glass glasses gondola governor
    governors grade grandparents grant granted grantees grants graves graveyard greenhouse
    greenhouses grid grid-scale grievance grievances grocer groups grower growers guest's hackers
    hacking hailstorm halved handed handed-over handover-day harassment harbour harmless haulage
    haulier hauliers head-teacher headline headlines headset headsets headteacher headteachers
    hearing-aid hearing-aids hearts heat heater heaters hedge hedgerow hedges hedging heirs helmet
    helmets helpdesk helpdesks herd herds heritage hides hike hikers hikes hires' hoists holds
    holidays homeless homelessness homework honestly hospice hospices hospital's hostel hotelier
    housekeepers housekeeping hurts hydrant hydrants hype identical idle images imports impressed
    improvements independence infection infections informed ingredient ingredients injury inmates
    inn innkeepers inns instead instruments insurance insured insurer inventors investments
    investors invited invoiced it's items itineraries itinerary jab jabs jeans jewellery joke
    journalist journalists judge jurors jury just kept kerb kerbs keyboards kidney kidneys kiln
    kilns kindergarten kindly kitchens-fitted knitwear lab-bench lag-free lamp-posts landfill
    landlady landlord laptop laptops largest lathe lathes launches lawsuit lawsuits lawyer layoffs
    layover layovers leadership leaflet leaflets leak leakage leaking leaks learnt lease leased
    leasehold leases leaving lecture lecturer lecturers lectures ledger ledger-keeping leftovers
    legacies lender lenders lent lesson letterhead levels-up librarian librarians libraries
    licences lifeboat lifeguard lifeguards lifelong lifting lifts lighter linen linger listened
    listener listeners litigation litter littering liver loaded loading lockers loft log-ins login
    logins lorries lorry losing lumber lunches lung lungs lynx mailboxes mailing mainframe
    maintainer malware mandatory manual maps markdowns marked markups masters match matched
    matches
    matchmaking maternity maths mayor mayors meat megawatt menu meter-reading meters mice midnight
    midwife mild milk mill mills minor mistake misunderstood moorland mornings mortgage mortgagees
    mortgages mosque mould moulds mouse moving museums musicians mystery nationwide nausea
    neighbourhoods nervous newborns newcomer newcomer's newsroom newsroom's newsstand newsstands
    nights non-paying noon-time notaries notices noticing novel novels now nurseries nursery nut
    nuts occupational office officer's officers offs oldest operator orchard orchestra's ordered
    ordering orderly organisations otters ours outage outlive outpatient overbooked overdraft
    overdrafts overdue overhead-line overheads overlooked overnight overtime-free owed pace packs
    paint-shop painter painters paintings pallet pallets palliative pamphlets panels panic
    paperwork paralegal paralegals paramedic paramedics parental parish parishes parliament
    parties
    passed password passwords paste patched patents pavement pavements payday payloads payroll
    payslip payslips peat peers pensioner pensions perceive period permit permits pet pharmacist
    pharmacists physics physiotherapists physiotherapy picking pill pills pilot's pitches placebo
    plaintiff planners planning plasterer plasterers plastering plasters playtest playtesters
    playtests playwright playwrights pleading pleadings pledged plumber plumbers plywood poets
    policing policyholder policyholders pollutants polluted pollution port-side portrait portraits
    postcard postcards postdocs poster posters postgraduate pothole potholes poultry praise
    pregnancies pregnant premises premiums press-shop presses pricing priest printer printers
    prisoners probate probation professors property proposals protection proudly pub published
    pubs
    pull-request pump pumps punchy punctual punctually pupil pylon pylons qualified quantity
    quarter quay quays queries queries-per query quests quoted radiator radiators radiographer
    radiographers radiology rails railway railways rain rains raising rank ranked ransomware rare
    rated ratepayers readings reads reagent reagents rebooked receivables reception recipe recipes
    recovery recruiter recruiters recycled recycling-rate reduced redundancies referee referees
    refunded refurbishment refuse regulator regulators rehearsals related reluctant remaining
    remarks remembered reminder rented rents reopened repaid repaired repeated replaced reporter
    reporters reporting repossessed request requested reservoir reservoirs resold response
    restaurant rested result reversals reviewed reviewers rework reworked ring rings river
    riverbank riverbanks rivets roadside roles rollback rollbacks rolled roofers roofing roofs
    rotas roundabout roundabouts rounds rowing rubbish ruin ruins runner runners runway
    safeguarding safest salary salmon savers saving sawmill scaffolders scaffolding scalpel
    scanner
    scanners scare scholarship scrapped screw screws sculptor sculptures seam seamlessly seams
    searches seasonal seasoning seats-filled seconds security seeds seizure seizures sell sells
    sends sensors sent sepsis sergeant settled settlement settlements several sewage sewer sewers
    shadow shareholder shareholders sheep sheet shelter shelters shelving shift-workers
    shiftworkers shipping shirts shoe shop-floor shopfloor shopper's shopping shrinkage sick-days
    sickness sight sightseeing signage ski-lift skiers skiing skill skipped slaughter slice slopes
    slowing smallholder smelter smokestack snagging snags sneakers solicitor solicitors solves
    somebody sommelier songbirds spare speeding speedrun spelling spot spreadsheet spreadsheets
    spring springtime stables stadium stadiums staffing staircase staircases stakeholders' stale
    stall stamping stamping-shop stamps standard statement statements stationery stations staying
    steel step stitches stockroom stockrooms stocktake stocktaking stolen storms storyline
    streetlight streetlights stretcher stretchers strike stroke strokes study subcontractor's
    subcontractors submitted subscriber's subsidiary substation substations suffers suggestions
    suitcase suitcases sunrise sunset supervisor supper suppers supply surgeon surgeons surgeries
    surveyor surveyors surveyors' swapped swift swiftly swimmer swimmers swimming synagogue
    syringes tablecloth tablets-a-day tableware target tasting tavern tears teenage teeth
    tender-winning tenth tents terraced testers textile texts thanked that's theatre theatre-time
    theatres theft thefts theses thesis they'd they're thieves throughput-limited ticket tier
    tills
    timber timetable timetables timetabling today's toddlers tonne toolmakers torque-wrench
    tour-guides townhall toxicity toy toys tracking tractor tractors trademarks traffic
    traffic-light trailer trainees tram-stop translated traveller treasurers trekking trenches
    trial's tribunal trout truckers trustee trustees truthful truthfully tube tug tugs tumour
    tumours tutor tutoring tutors twins unaided unasked unbroken undergraduate undergraduates
    underpaid undertakers underwriter underwriters unfair unfilled unfinished unharmed
    universities
    unknowing unknown unloading unopened unpaid unplanned unprompted unread unreadable unresolved
    unsafe unseen unsold unsolved untouched untreated unwanted unwilling user-generated
    vaccinations vaccine vaccines valley van-fleet various vegetables verdicts vessel vessels vial
    vials vicar viewer vineyard visibility voluntary voucher vouchers wage waiters waitress wallet
    ward's warden wardrobe warehousing warmly warning wasted wastewater waterworks wear weekdays
    weekend-long welded welder welders wetland wetlands wharf wheat wheel wheelchair wheelchairs
    wheels whistle whistleblower whom will-writing willing wills wineries wines wing wintertime
    witness wolves workarounds worries worshippers worthwhile wound wounds writers writes writing
    written-off wrote x-rays yard yards yearlong
    """
)
