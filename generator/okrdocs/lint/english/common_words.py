"""Common English words of plans and offices, by which a title is recognised as English.

Words that German, French, Spanish, Polish or Italian titles hold as well ("team", "plan",
"marketing") are left out on purpose: they prove nothing.
"""

from __future__ import annotations

from okrdocs.lint.english.words import listed

COMMON = listed(
    """
    ability able above access accidents accountants accounts accurate accurately achieved across
    actually adding advice advisers affordable afraid afternoon again age agencies ago agreed
    agreement agreements ahead air airline alerts alive already although always amazing among
    amount angry another answered answers anyone anything apart application applications
    appointments apps apprentices approved around articles aside ask asked asking attacks audits
    aware away awesome babies back backlogs bad bags bakery balance bank banks barely based
    beaches beautiful become becomes bed beds before begin behind believe believes belong belongs
    below benefits best better bigger bikes bill bills birth blind blood board boats bodies books
    booking bookings boring born borrowers both boxes boys brands brave bread breaches break
    breakfast breaks breath bridges bright bring broken brokers budgets bugs builders building
    buildings built burden buses business busy buyers buying calls calm calmly came candidates
    care careers careful carers cars cases cash cause caused causes centre certainty chance
    changes channels charities chat cheap cheaper check checked checkout check-in check-out checks
    chemists child childcare children choice choices choose chosen church citizens city claims
    clean cleaner clear clearer clearly clever clicks clinical close closed closely closer clubs
    coaches code coffee cold colleague colleagues college combined come comes comfortable coming
    committees common complaints complete confidence confident confused connected consent contact
    contracts cooks copies core corners costly could councils count counter countries courses
    crashes creative crews crops cross-team customers cuts cycling daily dangerous dark data days
    deadline deadlines deals death debt decide decided decision decisions declined deep deeper
    defect defects delay delayed delays deliver delivered deliveries delivery demand dementia
    dependable depend deploys describe desk devices diagnosis die-hard different difficult dinner
    directly director discipline disease dishes doctor doctors documents does doing donor donors
    done donations door doors doubt downtime dream drivers drop drugs dry during each eager
    earlier early earn easier easily easy eat edge educated eight either elderly emails emergency
    employees employer employers employers' empty end ending energy engaged engine engineers
    engineering enjoyable enough entire equal errors estate even evening ever every everybody
    everyday everyone everything everywhere exam excellent excess existing expect expected
    expensive expert experts eye eyes fail failed failure failures fair fairer fairly faith fall
    families family famous far farmers farms fast faster fastest favourite favorite fear features
    fee feedback feel feeling feels fees feet few fewer field fields files final find finding
    finds finish finished fire firms first fish five fix fixed flats flawless fleet flexible
    flights floor flood flow focus follow followers following follow-up food foot footprint
    forecasts forever forget forests forgotten forklifts found four freedom fresh freight friction
    friendly friendlier friend friends front frontline fuel full fun funded funding further
    furniture gain gap gaps garden gate gates gather genuine get gets getting girls give given
    gives giving glad gladly goals goes going gone good goods got great greater green ground grow
    growing grown growth guess guests guides half hand handle handled hands handover handovers
    happen happens happier happy happiness hard harder hardly hardware harm harvest hate head heal
    health healthcare healthier healthy hear heard heart heating heavy held helpful helps here
    hidden high higher highest hires hiring history holiday home homes honest hope hopeful
    hospital hospitals hotline hour hours house household households houses housing hub huge human
    hundred hungry hurt idea ideas important inbox income incidents indispensable industry injured
    injuries inquiries inside inspection inspired insurers intake interest invoice invoices issue
    issues itself jobs join joined journey journeys joy joyful judges keep keeps key keys kids
    kitchen kitchens knew know knowing knowledge known knows labour lack land landlords language
    large larger last lasting late later latest law laws lawyers lead leaders leaders' leading
    learn learned learners learning least leave leavers leaves left legal less lessons letters
    levels liked likes library life lights like line lines link listen little live lives living
    loan loans local long longer longest look looked looking looks lose loses loss losses lost lot
    loud love loved lovely low lower loyal loyalty luggage lunch made mail main maintainers make
    makers makes making managers many market markets matter matters meals mean meaningful means
    meant measured media medicine meet meeting meetings members memorable mentions messages met
    midwives might miles mind mindset minds mines minutes misses missed missing mistakes money
    month monthly months morning most mothers move moved movement much museum must name named
    natural nearby nearest nearly need needed needs neighbours neighbors neighbourhood network
    never newcomers news newspaper next nice night nine nobody noise nor nothing notice number
    numbers nurse nurses nursing obvious offer offers offices often old older once ones open
    opened openings operators orders organic other others otherwise ought ourselves outages
    outcome outcomes outside outstanding overhead overtime own owned owners paid pain painless
    paper papers parcel parcels parents park part parts party passengers path patients patrol
    paying payments peace pensioners people perfect pharmacies phone phones phishing photographs
    pickers picture pieces pilots place places plant plants platforms play players playful
    playgrounds please pleasant pleasure police policies pools poor popular population post posts
    power practice practices predictable prescriptions pretty price prices pride printed prison
    privacy problem problems processes produce products profit profitable profits promise promised
    promises proof properly protected proud proven proved provider providers public pupils
    purchase purchases purpose queue queues quick quicker quickly quiet quietly quit quote rarely
    rates reach reached read readable reader readers reading ready real really reason reasons
    receipts recent records referrals refugees refunds regions register registered regular
    relatives reliable relief rely remember remote rent repairs repeat replies reported reports
    reputation rescue research researchers residents respect responses rest restaurants results
    retail retailers retired return returned returning returns revenues reward rich ride rider
    riders right rise risk risks rivers road roads robust rooms roots round route routes rude rule
    rules rural safe safer safely safety said salaries sales same satisfied save saved saves
    savings say saying says scale schedule scholarships school schools science scientists score
    scores scratch screen screens search season seat seats second secure secured see seeing seek
    seem seen self sellers sense serious seriously served server servers settle seven share shared
    shares shelf shelves shift shifts ship shipment shipments shippers shoes shop shoppers shops
    short shorter should show shown shows sick side sign signed silence simple simpler simplest
    simply since single sit sites six size skilled skills sleep slow small smaller smallest smart
    smile smooth smoothly smoother soil sold solar solid solved someone something sometimes soon
    sooner sound source sources space speak speed spend spending spent spills spoken staff stage
    stairs stakeholders stand standards stars start started state stay stays steady steps still
    stock stop stopped stops store stores stories storm story straight strangers streams street
    streets strength stress strong stronger strongest students studies stuff subscribers
    subscriptions succeed sufficient summer superior suppliers supplies sure surgery surprise
    surprises sustainable switched systems take taken takes talent talk talks tasks taste taught
    tax teach teachers teaching teammates technicians teenagers tell tells tenants tender terms
    tested thank their them themselves thing things think thinking third thought thousand three
    thrive through tickets tidy ties time timely times tired today together told tomorrow tonnes
    took tools top touch tough toward towards town towns trace trade train trained trains
    transparent trash travel travellers treat treated treatment trees trials trips trouble truck
    trucks true truly trust trusted truth try trying turned twelve twice two typed typing
    unbeatable understand understands understood unforgettable unique unnoticed until unused
    upgrades upset urgent used useful useless usual values vehicle vehicles vendors verified very
    viewers views village villages visit visited visitors visits voice voices volunteers vote
    votes waffle wages wait waited waiting waits walk walking want wanted wants ward wards
    warehouse warehouses warm waste watch water way ways we weak weather website week weekend
    weekly weeks weight welcome welcoming well wells went west where whether whole whose why wide
    wider will win wind window wine winning winter wins wish within without witnesses woman women
    won wonder wood word words worked worker workers workforce working workload workplace works
    workshops world worldwide worry worst worth would wrong year yearly years yes yesterday yet
    young younger youngsters yourself youth zero customer-centric data-driven world-class
    high-quality first-class best-in-class self-service followers stars followers newsletter
    downloads impressions sign-ups stargazers installs hits attendees listens retweets subscribers
    visits mentions views centricity sales do be become try deliver improved achieved enrol enroll
    climb fill plant renew science accident inspector inspectors innovative efficient efficiency
    excellence operational quality culture healthy community compliance engagement discipline
    potential standards unlock transformation bookings resilience resilient sustainability
    productivity awareness reliability scalability prescription branch branches work strive
    manufacturing virtual reality robots architecture microservices wellbeing
    """
)
ENDINGS = (
    "ness",
    "ful",
    "less",
    "ings",
    "ship",
    "ously",
    "ally",
    "ably",
    "ility",
    "isation",
    "ization",
    "ted",
    "sed",
    "ned",
    "led",
    "ked",
    "ped",
)
"""Endings that only English words of this length have."""
