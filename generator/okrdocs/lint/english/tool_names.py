"""The tools, vendors, technologies and methods that `solutions` knows by name.

Names are matched with their capitals, words without. The lists are our own and never complete:
`solutions` also takes unknown names where the sentence shows that they are tools.
"""

from __future__ import annotations

import re

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
    "|Anaplan|Blue Yonder|Zscaler|WebAssembly|Lightspeed|Doctolib|Temenos|Backstage|Shortcut"
    "|Rippling"
    "|Temporal|Keycloak|Keycloak|Crowdstrike|CrowdStrike|Pega|Appian|Sitecore|Optimizely"
    "|Contentstack"
    "|Strapi|Sanity|Ghost CMS|Nuxt|Svelte|Django|Laravel|Symfony|Rails|Spring Boot|Quarkus|Elixir"
    "|Golang|Scala|CockroachDB|Cassandra|ClickHouse|DuckDB|Iceberg|Trino|Flink|Pulsar|RabbitMQ"
    "|NATS"
    "|Vault|Consul|Istio|Linkerd|Envoy|Helm|Argo CD|ArgoCD|Flux|Pulumi|CircleCI|Buildkite|Bazel"
    "|SonarQube|Snyk|Dependabot|Renovate|OpenTelemetry|Honeycomb|New Relic|Dynatrace|PagerDuty"
    "|Opsgenie|Statuspage|Qualtrics|Medallia|SurveyMonkey|Typeform|Hotjar|FullStory|Optimizely"
    "|LaunchDarkly|Twilio|Sendgrid|SendGrid|Iterable|Outreach|Gong|Salesloft|Clari|Chorus|Drift"
    "|Gainsight|Totango|Zuora|Chargebee|Recurly|Avalara|Expensify|Spendesk|Pleo|Concur|Navan"
    "|Deel|Gusto|ADP|UKG|SuccessFactors|Cornerstone|Docebo|Degreed|Blackboard|Brightspace|Kahoot"
    "|Temenos|Mambu|Finastra|Murex|Calypso|Bloomberg Terminal|Sapiens|Majesco|Meditech|Athena"
    "|Benchling|LabVantage|Procore|PlanRadar|Primavera|ArcGIS|QGIS|Esri|Manhattan WMS|Körber"
    "|Samsara|Geotab|Toast|Opera Cloud|Mews|Cloudbeds|Amadeus|Sabre|Arc XP|Chartbeat|Piano"
    "|Relativity|Clio|iManage|NetDocuments|Harvey|Kira|Luminance|Miele|Teamcenter|Windchill"
    "|SolidWorks|CATIA|MATLAB|Simulink|AUTOSAR|OPC UA|PROFINET|LoRaWAN|NB-IoT|Excel"
    "|Power Automate"
    "|Power Platform|PowerApps|Power Apps|UiPath|Celonis|Metabase|PostHog|Sentry|Vercel"
    "|Netlify|Cloudflare|Lambda|Medium|Discourse"
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
    "|[\\w-]*chatbot[\\w-]*|e-prescriptions?|e-?learning|telemedicine|telehealth|telematics"
    "|robo-advice|robo-advis[eo]rs?"
    "|hydrogen|solar panels|photovoltaics|geothermal(?: energy)?|smart meters|smart contracts"
    "|e-signatures?"
    "|e-invoicing|e-invoices|e-procurement|e-voting|e-government|video consultations|video calls"
    "|teleconsultations?|digital wallets?|digital id|digital signage|self-driving [\\w-]+"
    "|gamification"
    "|plug-?in system|headless cms|progressive web app|infrastructure as code|gitops|ci/cd"
    "|trunk-based development|test-driven development|pair programming|mob programming|six sigma"
    "|kaizen|just-in-time|hot desking|flipped classroom|voice picking|pick-by-light|pick-by-voice"
    "|crispr|mrna|gene editing|quantum computing|edge computing|computer vision|image recognition"
    "|speech recognition|natural language processing|large language models?|recommendation engine"
    "|dynamic pricing|programmatic (?:ads|advertising)|push notifications|knowledge graph"
    "|event-driven architecture|api gateway|data platform|master data management|process mining"
    "|robotic process automation|biometrics|biometric [\\w-]+|facial recognition|body cameras"
    "|carbon capture|fuel cells|heat network|district heating|led lighting|precast"
    "|prefabricat\\w+"
    "|modular construction|vertical farming|hydroponics|precision farming|satellite imag\\w+"
    "|lidar|predictive maintenance|voice assistants?|apps?"
)
TOOL = re.compile(
    rf"(?<![\w-])(?:{_NAMES})(?:-(?:powered|based|driven|first"
    rf"|enabled))?(?![\w-]|\.\w)|(?<![\w-])(?i:{_WORDS})(?![\w])"
)
THINGS = re.compile(
    r"(?<![\w-])(?i:drones?|(?:ro|co)bots?|robotics|e-?bikes?|sensors?|notebooks|tablets|kiosks"
    r"|wearables|(?:smart|electronic|virtual|digital|autonomous) \w+"
    r"|self-checkouts?|(?:electric|self-driving) \w+|heat pumps|exoskeletons?"
    r"|3d print(?:ing|ers?)|scanners?|terminals?|lockers|turbines)(?!\w)"
)
