"""The vocabulary of the graph: namespaces, prefixes, and the IRI of each term of the model."""

from __future__ import annotations

from collections.abc import Mapping

from uscuba_kg.model import Predicate, Role, Status, ThingKind

USCUBA = "https://w3id.org/uscuba-kg/ontology#"
ID = "https://w3id.org/uscuba-kg/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
ORG = "http://www.w3.org/ns/org#"
FOAF = "http://xmlns.com/foaf/0.1/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
DCTERMS = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"
VOID = "http://rdfs.org/ns/void#"
WIKIDATA = "http://www.wikidata.org/entity/"

PREFIXES: Mapping[str, str] = {
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "id": ID,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "uscuba": USCUBA,
    "void": VOID,
    "wd": WIKIDATA,
    "xsd": XSD,
}

TYPE = RDF + "type"
LABEL = RDFS + "label"

OUTLET_OF = USCUBA + "outletOf"
OFFICIAL = USCUBA + "officialSource"
COPY_OF = USCUBA + "copyOf"

PREDICATES: Mapping[Predicate, str] = {
    Predicate.START: SCHEMA + "startDate",
    Predicate.END: SCHEMA + "endDate",
    Predicate.LOCATION: SCHEMA + "location",
    Predicate.SERIES: SCHEMA + "superEvent",
    Predicate.ORDINAL: USCUBA + "ordinal",
    Predicate.STATUS: USCUBA + "status",
    Predicate.MEETING_KIND: USCUBA + "meetingKind",
    Predicate.INVOLVES: USCUBA + "involves",
    Predicate.ABOUT: SCHEMA + "about",
    Predicate.PARTICIPATION: USCUBA + "participation",
    Predicate.PARTICIPANT: USCUBA + "participant",
    Predicate.ROLE: USCUBA + "role",
    Predicate.ON_BEHALF_OF: USCUBA + "onBehalfOf",
    Predicate.HOLDS: ORG + "holds",
    Predicate.POST_IN: ORG + "postIn",
    Predicate.UNIT_OF: ORG + "unitOf",
    Predicate.OF_STATE: USCUBA + "ofState",
    Predicate.SIGNED: USCUBA + "signed",
    Predicate.PARTY: USCUBA + "party",
    Predicate.SPEAKER: USCUBA + "speaker",
    Predicate.TEXT: SCHEMA + "text",
}

CLASSES: Mapping[ThingKind, str] = {
    ThingKind.STATE: USCUBA + "State",
    ThingKind.ORGANIZATION: USCUBA + "Organization",
    ThingKind.PERSON: USCUBA + "Person",
    ThingKind.POST: USCUBA + "Post",
    ThingKind.PLACE: USCUBA + "Place",
    ThingKind.SERIES: USCUBA + "MeetingSeries",
    ThingKind.MEETING: USCUBA + "Meeting",
    ThingKind.PARTICIPATION: USCUBA + "Participation",
    ThingKind.TOPIC: USCUBA + "Topic",
    ThingKind.AGREEMENT: USCUBA + "Agreement",
    ThingKind.STATEMENT: USCUBA + "Statement",
    ThingKind.SPEAKER: USCUBA + "UnnamedSpeaker",
    ThingKind.ARTICLE: USCUBA + "Article",
}

ORGANIZATION_CLASSES: Mapping[str, str] = {
    "ministry": USCUBA + "Ministry",
    "agency": USCUBA + "Agency",
    "unit": USCUBA + "Unit",
    "mission": USCUBA + "Mission",
}

STATUSES: Mapping[Status, str] = {
    Status.HELD: USCUBA + "Held",
    Status.PLANNED: USCUBA + "Planned",
    Status.CANCELLED: USCUBA + "Cancelled",
}

ROLES: Mapping[Role, str] = {
    Role.CHAIR: USCUBA + "Chair",
    Role.MEMBER: USCUBA + "Member",
    Role.HOST: USCUBA + "Host",
}

MEETING_KINDS: Mapping[str, str] = {
    "call": USCUBA + "Call",
    "ceremony": USCUBA + "Ceremony",
    "commission": USCUBA + "Commission",
    "dialogue": USCUBA + "Dialogue",
    "meeting": USCUBA + "Encounter",
    "signing": USCUBA + "Signing",
    "summit": USCUBA + "Summit",
    "talks": USCUBA + "Talks",
    "technical-exchange": USCUBA + "TechnicalExchange",
    "visit": USCUBA + "Visit",
}
