"""The abbreviations that every reader of an OKR knows, for `unexplained-abbreviation`.

Words of offices and the web, the metrics of OKRs, currencies, units, everyday life. What one trade
or department says belongs into the `allow:` of its company.
"""

from __future__ import annotations

from okrdocs.lint.english.verbs import FORMS
from okrdocs.lint.english.words import FUNCTION, PEOPLE, listed

KNOWN = listed(
    """
    CEO CFO CTO COO CMO CPO CIO CISO VP SVP EVP HR PR IT UX UI QA API SDK AI ML ID PDF FAQ URL SEO
    SMS SSO CRM ERP MVP USA US UK EU EMEA APAC LATAM DACH GDPR ISO SOC HIPAA PCI UN UAE FY YTD YOY
    MOM QOQ EOY EOQ EOM OKR KR KPI NPS CSAT CES ARR MRR NRR GRR ARPU ARPA ACV LTV CLV CAC ROI
    EBITDA EBIT COGS GMV DAU WAU MAU SLA SLO SLI MTTR MTBF CTR CPC CPA CVR AOV SQL MQL USD EUR GBP
    CHF JPY SEK NOK DKK PLN CAD AUD INR CNY KB MB GB TB PB CO VAT IPO VIP CV PIN TV GPS USB DVD CD
    PC LAN WLAN WIFI LED ATM DIY NATO WHO BBC CNN NASA IBM BMW SAP AWS DHL UPS IKEA QR DNA MRI HIV
    AIDS COVID CCTV SUV EV HGV AC AM PM OK ASAP RSVP NGO MBA HTML HTTP HTTPS CSS JS WWW XML XLS
    XLSX CSV JPG PNG GIF JSON ZIP PPT DOC XS XL XXL XXXL SOS ETA FM DJ AR VR PHD BSC MSC TBD TBC
    TODO TBA XX XXX NOT AA AAA NYC LA SF UTC GMT CET EST PST IP VPN DNS RSS PS MS PO SSL PHP NET
    IOS PRS CI CD REST LLM GPT CC BCC GOV EDU ESG BI README RISC PTO POC OOO VC NDA GP RGB AD
    ADS MAX
    MIN AVG PCS PT II III IV VI VII VIII IX XI XII JAN FEB MAR APR JUN JUL AUG SEP SEPT OCT NOV
    DEC MON TUE WED THU FRI SAT SUN AG GMBH SE LLC LTD INC PLC
    """
)
UNITS = listed(
    """
    mw gw kw mwh gwh twh kwh hz khz mhz ghz db mm cm km kg ml kb mb gb tb pb
    """
)
"""In lower case."""
EMPHASIS = (
    listed(
        """
    new only must now free best top key big good great fast live open next first last plus minus
    other same full zero one two three four five six ten more most least less yes much many always
    never ever single sure here there today people it's don't can't ready go do does did
    """
    )
    | FUNCTION
    | PEOPLE
    | frozenset(FORMS)
) - {"mel", "it", "us"}
"""English words that are typed in capitals to be heard, in lower case."""
