"""Whether an objective fixes a tool, vendor, technology or method as its aim, and which.

Two shapes: an order to use, introduce or move to it ("Move to Kubernetes"), and a heading that is
nothing but it ("An AI chatbot in support"). A sentence about people in which it merely occurs is
none. Pure; names are matched with their capitals, words without.
"""

from __future__ import annotations

import re
from functools import lru_cache

from okrdocs.lint.deeds import speaks
from okrdocs.lint.text import Text, is_known, read
from okrdocs.lint.words import FORMS, PEOPLE, listed

_NAMES = (
    "Salesforce|HubSpot|Hubspot|SAP|S/4HANA|Workday|Oracle|NetSuite|Dynamics|Microsoft|Office 365"
    "|Microsoft 365|Teams|SharePoint|Slack|Zoom|Notion|Confluence|Jira|Asana|Trello|Monday\\.com"
    "|ClickUp|Linear|Miro|Figma|Airtable|Zendesk|Intercom|Freshdesk|Front|ServiceNow|Zapier|Make"
    "\\.com|Kubernetes|Docker|Terraform|Ansible|Jenkins|GitHub|GitLab|Bitbucket|Datadog|Grafana"
    "|Prometheus|Splunk|Snowflake|Databricks|BigQuery|Redshift|dbt|Looker|Tableau|Power ?BI"
    "|Amplitude|Mixpanel|Segment|Kafka|Spark|Airflow|PostgreSQL|Postgres|MySQL|MongoDB|Redis"
    "|Elasticsearch|React|Angular|Vue|Next\\.js|Node\\.js|TypeScript|Rust|Kotlin|Swift|Flutter"
    "|GraphQL|gRPC|AWS|Azure|GCP|GKE|EKS|Google Cloud|Google Workspace|Google Classroom|G Suite"
    "|Copilot|ChatGPT|OpenAI|Claude|Gemini|LLMs?|GPT|Shopify|Magento|WooCommerce|WordPress"
    "|Contentful|Webflow|Drupal|Adobe|Marketo|Mailchimp|Braze|Klaviyo|Pardot|Okta|Auth0"
    "|DocuSign|Ironclad|Coupa|Ariba|Guidewire|Duck Creek|Epic|Cerner|Veeva|Moodle|Canvas|IBM"
    "|Maximo|Siemens|Autodesk|Revit|BIM|Stripe|Adyen|PayPal|Klarna|QuickBooks|Xero|DATEV|Personio"
    "|BambooHR|Greenhouse|Lattice|Culture Amp|WhatsApp|TikTok|Unreal|Unity|Linux|Android|iOS"
    "|Windows|SAFe|LeSS|Scrum|Kanban|ITIL|PRINCE2|Six Sigma|Lean|DevOps|RPA|IoT|NFTs?|VR|AR|ERP"
    "|CRM|PIM|CDP|MES|WMS|LIMS|RFID|QR|AI|OKRs?|ABM|Looker Studio|Mendix|OutSystems|Palantir"
    "|UiPath|Celonis|Metabase|PostHog|Sentry|Vercel|Netlify|Cloudflare|Lambda|Medium|Discourse"
)
_WORDS = (
    "chat ?bots?|voice ?bots?|bots|blockchain|machine learning|deep learning|generative ai"
    "|artificial intelligence|neural networks?|micro-?services|micro-?frontends|server-?less"
    "|data (?:lake|mesh|warehouse|fabric|vault|cataloge?u?e?)|lakehouse|digital twins?"
    "|metaverse|augmented reality|virtual reality"
    "|design system|monorepo|event sourcing|service mesh|feature flags|agile|scrum|kanban"
    "|holacracy|design thinking|zero trust|low-?code|no-?code|cloud|multi-?cloud|rest api"
    "|qr codes?"
    "|single sign-on|ticket(?:ing)? system|crm(?: system)?|erp(?: system)?|intranet|wiki"
    "|learning platform|loyalty app|mobile app|citizen app|patient record|patient portal|5g"
    "|[\\w-]*chatbot[\\w-]*|e-prescriptions?|predictive maintenance|voice assistants?|apps?"
)
_TOOL = re.compile(
    rf"(?<![\w-])(?:{_NAMES})(?:-(?:powered|based|driven|first"
    rf"|enabled))?(?![\w-]|\.\w)|(?<![\w-])(?i:{_WORDS})(?![\w])"
)
_THINGS = re.compile(
    r"(?<![\w-])(?i:drones?|(?:ro|co)bots?|robotics|e-?bikes?|sensors?|notebooks|tablets|kiosks"
    r"|wearables|(?:smart|electronic|virtual|digital|autonomous) \w+"
    r"|self-checkouts?|(?:electric|self-driving) \w+|heat pumps|exoskeletons?"
    r"|3d print(?:ing|ers?)|scanners?|terminals?|lockers|turbines)(?!\w)"
)
_QUOTED = re.compile(r"[\"“„']([A-Z]\w[^\"”“']{0,30})[\"”“']")
_PROPER = re.compile(r"(?<=[a-z,] )[A-Z][\w/.+-]*(?: [A-Z0-9][\w/.+-]*){0,2}")
_ADOPT = listed(
    """
    use adopt switch migrate introduce implement deploy install roll buy procure port integrate
    leverage embrace standardise move transition convert add rewrite
    """
)
_NAMED_BY = listed(
    "use adopt migrate introduce implement standardise port switch deploy install transition roll"
)
_TOWARDS = frozenset({"switch", "migrate", "move", "transition", "convert", "port", "rewrite"})
_TO = re.compile(
    r" (?:over )?(?:to|into|onto|in|on|with) (?:the |a |an |our |new )*(.+)$", re.DOTALL
)
_ONE = re.compile(
    r"^(?:the |an? |our )?(\S+(?: \S+){0,2}?) (?:as (?:the|our|a) (?:one|single|only|sole|central"
    r"|default|standard|common|main|new)\b|for everything\b|everywhere\b)"
)
_BY = re.compile(
    r" (?:with|by|via|using|through|on|based on|powered by) (?:the |an? |our )?([^,]{2,40})$"
)
_HEADED = re.compile(
    r"^(?:the |an? |our |one |new )*((?:\S+ ){0,3}?\S+?)(?:$|( (?:for|in|on|at|across"
    r"|everywhere|as|to"
    r"|from|with|of|first)\b))"
)
_EVERYWHERE = re.compile(
    r"(?:the |an? |our )?(\S+(?: \S+)?) (?:(?:for|in|on|across|with) (?:all|every|each)\b"
    r"|everywhere\b|in place of"
    r"|instead of|as (?:the|our)\b)"
)
_PLACE = frozenset({"into", "Europe", "Asia", "Germany", "France"})
_STATE = listed(
    """
    that who which is are be feel feels never can love loves without
    """
)


@lru_cache(maxsize=16384)
def _solution(body: str) -> str:
    return _of(read(body), body)


def solution(text: Text) -> str:
    """The tool or method that the title is about, as written; "" where it is about more."""
    return _solution(text.body)


def _of(text: Text, body: str) -> str:
    if not text.rest:
        return ""
    if text.verb in _ADOPT or text.rest[0] in ("leverage", "embrace"):
        return _adopted(text, body)
    by = _by(text, body)
    if by or text.verb or text.rest[0] in FORMS or speaks(text.rest) or _STATE & set(text.rest):
        return by
    return _heading(body)


def _adopted(text: Text, body: str) -> str:
    verb = text.verb
    _, _, thing = body.partition(" ")
    if verb in _TOWARDS:
        target = _TO.search(f" {thing}")
        thing = target[1] if target else ("" if verb != "rewrite" else thing)
    thing = re.split(r" (?:so that|to|for|in order|across|instead|at|by)\b", thing, maxsplit=1)[0]
    found = _TOOL.search(thing) or (_QUOTED.search(thing) if verb != "add" else None)
    if found:
        return found[0]
    if verb in _NAMED_BY:
        name = _PROPER.search(f"a {thing}") if _few_capitals(body) else None
        return name[0] if name and not _is_common(name[0]) else ""
    return ""


def _is_common(name: str) -> bool:
    return any(word in _PLACE or is_known(word.lower()) for word in name.split())


def _by(text: Text, body: str) -> str:
    acting = text.rest[0] in PEOPLE and text.rest[0].endswith(("s", "e"))
    if acting or text.verb in ("be", "become", "win"):
        return ""
    if {"that", "who", "which", "is", "are", "never"} & set(text.rest):
        return ""
    means = _BY.search(body)
    if means and text.verb and means[0].startswith(" on "):
        return ""
    found = _TOOL.search(means[1]) if means else None
    return found[0] if found and means and len(means[1].split()) <= 4 else ""


def _heading(body: str) -> str:
    only = _ONE.match(body)
    if only:
        return only[1]
    everywhere = _EVERYWHERE.match(body)
    if everywhere and any(
        not is_known(w.lower()) and w[0].isupper() for w in everywhere[1].split()
    ):
        return everywhere[1]
    headed = _HEADED.match(body)
    if not headed or len(headed[1].split()) > 4:
        return ""
    found = _TOOL.search(headed[1]) or (_THINGS.search(headed[1]) if headed[2] else None)
    return found[0] if found else ""


def _few_capitals(body: str) -> bool:
    """Whether capitals mean names: not where every word of the title has one."""
    words = [word for word in body.split() if word[0].isalpha() and len(word) > 3]
    return sum(word[0].isupper() for word in words) * 2 <= len(words) + 1
