"""For each constraint of each shape, one edit of base.ttl that breaks it and nothing else."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """``minus``: "subject predicate" whose values go; ``plus``: Turtle that comes; ``also``: what must break beside."""

    shape: str
    component: str
    minus: str
    plus: str
    also: tuple[tuple[str, str], ...] = ()


def _swap(shape: str, component: str, place: str, *values: str) -> Case:
    """The values at a place change for others, or go."""
    return Case(shape, component, place, f"{place} {', '.join(values)} ." if values else "")


def _add(shape: str, component: str, plus: str) -> Case:
    return Case(shape, component, "", plus + " .")


ENTITIES = [
    _add("Resource", "NodeKind", '[] a uscuba:State ; rdfs:label "Nowhere"@en'),
    _swap("Named-label", "MinCount", "state:cuba rdfs:label"),
    _swap("Named-label", "Datatype", "state:cuba rdfs:label", '"Cuba"'),
    _swap("Named-label", "UniqueLang", "state:cuba rdfs:label", '"Cuba"@en', '"Republic of Cuba"@en'),
    _add("Named-altLabel", "Datatype", 'state:cuba skos:altLabel "Republic of Cuba"'),
    _add("Named-hiddenLabel", "Datatype", 'state:cuba skos:hiddenLabel "Kuba"'),
    _add("Named-exactMatch", "NodeKind", 'state:cuba skos:exactMatch "Q241"'),
    _swap("Organization-ofState", "MaxCount", "organization:ministry uscuba:ofState", "state:cuba", "state:united-states"),
    _swap("Organization-ofState", "Class", "organization:ministry uscuba:ofState", "place:havana"),
    _swap("Organization-unitOf", "Class", "organization:office org:unitOf", "state:cuba"),
    Case("Ministry-unitOf", "Not", "", "organization:ministry org:unitOf organization:another . organization:another a uscuba:Ministry ; rdfs:label \"Another\"@en ."),
    _swap("Person-holds", "Class", "person:ana-gomez org:holds", "organization:office"),
    _swap("Person-ofState", "MaxCount", "person:ana-gomez uscuba:ofState", "state:cuba", "state:united-states"),
    _swap("Person-ofState", "Class", "person:ana-gomez uscuba:ofState", "place:havana"),
    _add("Series-startDate", "MaxCount", 'series:one schema:startDate "2015-11"^^xsd:gYearMonth'),
    _swap("Series-startDate", "Or", "series:one schema:startDate", '"--11-09"^^xsd:gMonthDay'),
    _add("Series-endDate", "MaxCount", 'series:one schema:endDate "2018"^^xsd:gYear, "2019"^^xsd:gYear'),
    _add("Series-endDate", "Or", 'series:one schema:endDate "2018"'),
    _swap("Post-postIn", "Class", "post:director org:postIn", "state:cuba"),
    _swap("Topic-prefLabel", "MinCount", "topic:migration skos:prefLabel"),
    _swap("Topic-prefLabel", "Datatype", "topic:migration skos:prefLabel", '"migration"'),
    _add("Topic-prefLabel", "UniqueLang", 'topic:migration skos:prefLabel "migrations"@en'),
    _swap("Topic-notation", "MinCount", "topic:migration skos:notation"),
    _add("Topic-notation", "MaxCount", 'topic:migration skos:notation "emigration"'),
    _swap("Topic-notation", "Datatype", "topic:migration skos:notation", "7"),
    _swap("Topic-notation", "Pattern", "topic:migration skos:notation", '"Migration talks"'),
    _add("Agreement-signed", "MaxCount", 'agreement:memo uscuba:signed "2016"^^xsd:gYear'),
    _swap("Agreement-signed", "Or", "agreement:memo uscuba:signed", '"May 2016"'),
    _swap("Agreement-party", "Or", "agreement:memo uscuba:party", "person:ana-gomez"),
    _add("UnnamedSpeaker-onBehalfOf", "MaxCount", "speaker:official uscuba:onBehalfOf state:united-states"),
    _swap("UnnamedSpeaker-onBehalfOf", "Class", "speaker:official uscuba:onBehalfOf", "organization:ministry"),
]  # fmt: skip

MEETINGS = [
    _swap("Meeting-status", "MinCount", "meeting:talks uscuba:status"),
    _add("Meeting-status", "MaxCount", "meeting:talks uscuba:status uscuba:Planned"),
    _swap("Meeting-status", "In", "meeting:talks uscuba:status", "uscuba:Chair"),
    _swap("Meeting-meetingKind", "MinCount", "meeting:talks uscuba:meetingKind"),
    _swap("Meeting-meetingKind", "Class", "meeting:talks uscuba:meetingKind", "topic:migration"),
    _add("Meeting-oneKind", "MaxCount", "meeting:talks uscuba:meetingKind uscuba:Visit"),
    Case("Meeting-involves", "MinCount", "meeting:talks uscuba:involves", "", also=(("Meeting-sides", "MinCount"),)),
    _add("Meeting-involves", "Class", "meeting:talks uscuba:involves place:havana"),
    _swap("Meeting-sides", "MinCount", "meeting:talks uscuba:involves", "state:cuba"),
    _swap("Meeting-dated", "MinCount", "meeting:talks schema:startDate"),
    _add("Meeting-startDate", "MaxCount", 'meeting:talks schema:startDate "2016"^^xsd:gYear'),
    _swap("Meeting-startDate", "Or", "meeting:talks schema:startDate", '"2016-05-17"'),
    _add("Meeting-endDate", "MaxCount", 'meeting:talks schema:endDate "2016-05-18"^^xsd:date, "--05-18"^^xsd:gMonthDay'),
    _add("Meeting-endDate", "Or", 'meeting:talks schema:endDate "2016-05-18T10:00:00Z"^^xsd:dateTime'),
    _add("Meeting-notBefore", "MaxCount", 'meeting:talks uscuba:notBefore "2016-05-16"^^xsd:date'),
    _swap("Meeting-notBefore", "Datatype", "meeting:talks uscuba:notBefore", '"2016-05"^^xsd:gYearMonth'),
    _add("Meeting-notAfter", "MaxCount", 'meeting:talks uscuba:notAfter "2016-05-18"^^xsd:date'),
    _swap("Meeting-notAfter", "Datatype", "meeting:talks uscuba:notAfter", '"2021-02"^^xsd:date'),
    _add("Meeting-location", "MaxCount", "meeting:talks schema:location place:havana, state:cuba"),
    _add("Meeting-location", "Or", "meeting:talks schema:location organization:ministry"),
    _add("Meeting-superEvent", "MaxCount", "meeting:talks schema:superEvent series:one, series:two"),
    _add("Meeting-superEvent", "Class", "meeting:talks schema:superEvent meeting:talks"),
    _add("Meeting-ordinal", "MaxCount", "meeting:talks uscuba:ordinal 2, 3"),
    _add("Meeting-ordinal", "Datatype", "meeting:talks uscuba:ordinal 2.0"),
    _add("Meeting-ordinal", "MinInclusive", "meeting:talks uscuba:ordinal 0"),
    _add("Meeting-about", "Class", "meeting:talks schema:about agreement:memo"),
    _add("Meeting-participation", "Class", "meeting:talks uscuba:participation person:ana-gomez"),
    _swap("Participation-participant", "MinCount", "participation:ana-gomez uscuba:participant"),
    _add("Participation-participant", "MaxCount", "participation:ana-gomez uscuba:participant organization:office"),
    _swap("Participation-participant", "Or", "participation:ana-gomez uscuba:participant", "state:cuba"),
    _swap("Participation-role", "MinCount", "participation:ana-gomez uscuba:role"),
    _add("Participation-role", "MaxCount", "participation:ana-gomez uscuba:role uscuba:Member"),
    _swap("Participation-role", "In", "participation:ana-gomez uscuba:role", "uscuba:Held"),
    _add("Participation-onBehalfOf", "MaxCount", "participation:ana-gomez uscuba:onBehalfOf state:united-states"),
    _swap("Participation-onBehalfOf", "Class", "participation:ana-gomez uscuba:onBehalfOf", "organization:ministry"),
    _swap("Participation-meeting", "MinCount", "meeting:talks uscuba:participation"),
    _add("Participation-meeting", "MaxCount", "meeting:other uscuba:participation participation:ana-gomez"),
]  # fmt: skip

PROVENANCE = [
    _add("Article-citation", "Datatype", 'article:one schema:citation "A Herald, May 18, 2016"'),
    _add("Article-title", "MaxCount", 'article:one dcterms:title "Conversaciones en La Habana"@es'),
    _swap("Article-title", "Datatype", "article:one dcterms:title", '"Talks in Havana"'),
    _add("Article-publisher", "MaxCount", 'article:one dcterms:publisher "A Herald"'),
    _swap("Article-publisher", "MinLength", "article:one dcterms:publisher", '""'),
    _swap("Article-sha256", "MinCount", "article:one schema:sha256"),
    _add("Article-sha256", "MaxCount", f'article:one schema:sha256 "{"0" * 64}"'),
    _swap("Article-sha256", "Pattern", "article:one schema:sha256", f'"{"0" * 63}"'),
    _swap("Article-language", "MinCount", "article:one dcterms:language"),
    _add("Article-language", "MaxCount", 'article:one dcterms:language "es"'),
    _swap("Article-language", "Pattern", "article:one dcterms:language", '"English"'),
    _add("Article-issued", "MaxCount", 'article:one dcterms:issued "2016"^^xsd:gYear'),
    _swap("Article-issued", "Or", "article:one dcterms:issued", '"--05-18"^^xsd:gMonthDay'),
    _add("Article-source", "MaxCount", "article:one dcterms:source <https://example.org/copy>"),
    _swap("Article-source", "NodeKind", "article:one dcterms:source", '"https://example.org/talks"'),
    _add("Article-retold", "MaxCount", "article:one uscuba:retold false"),
    _swap("Article-retold", "Datatype", "article:one uscuba:retold", '"yes"'),
    _add("Article-outlet", "MaxCount", "article:one uscuba:outletOf state:united-states"),
    _swap("Article-outlet", "Class", "article:one uscuba:outletOf", "article:two"),
    _add("Article-official", "MaxCount", "article:one uscuba:officialSource true"),
    _swap("Article-official", "Datatype", "article:one uscuba:officialSource", '"no"'),
    _add("Article-copy", "MaxCount", "article:two uscuba:copyOf article:two"),
    _swap("Article-copy", "Class", "article:two uscuba:copyOf", "state:cuba"),
    _swap("Claim-subject", "MinCount", "claim:role rdf:subject"),
    _add("Claim-subject", "MaxCount", "claim:role rdf:subject meeting:talks"),
    _swap("Claim-subject", "NodeKind", "claim:role rdf:subject", '"Ana Gómez"'),
    _swap("Claim-predicate", "MinCount", "claim:role rdf:predicate"),
    _add("Claim-predicate", "MaxCount", "claim:role rdf:predicate uscuba:status"),
    _swap("Claim-predicate", "NodeKind", "claim:role rdf:predicate", '"role"'),
    _swap("Claim-object", "MinCount", "claim:role rdf:object"),
    _add("Claim-object", "MaxCount", "claim:role rdf:object uscuba:Member"),
    _swap("Claim-source", "MinCount", "claim:role prov:hadPrimarySource"),
    _add("Claim-source", "MaxCount", "claim:role prov:hadPrimarySource article:two"),
    _swap("Claim-source", "Class", "claim:role prov:hadPrimarySource", "meeting:talks"),
    _swap("Claim-start", "MinCount", "claim:role oa:start"),
    _add("Claim-start", "MaxCount", "claim:role oa:start 20"),
    _swap("Claim-start", "Datatype", "claim:role oa:start", "19.0"),
    _swap("Claim-start", "MinInclusive", "claim:role oa:start", "-1"),
    _swap("Claim-end", "MinCount", "claim:role oa:end"),
    _add("Claim-end", "MaxCount", "claim:role oa:end 26"),
    _swap("Claim-end", "Datatype", "claim:role oa:end", "25.0"),
    _swap("Claim-end", "MinInclusive", "claim:role oa:end", "0"),
    _swap("Claim-exact", "MinCount", "claim:role oa:exact"),
    _add("Claim-exact", "MaxCount", 'claim:role oa:exact "headed by"@en'),
    _swap("Claim-exact", "MinLength", "claim:role oa:exact", '""'),
    _add("Claim-prefix", "MaxCount", 'claim:role oa:prefix "A"@en, "B"@en'),
    _add("Claim-suffix", "MaxCount", 'claim:role oa:suffix "A"@en, "B"@en'),
    _swap("Claim-rule", "MinCount", "claim:role uscuba:rule"),
    _add("Claim-rule", "MaxCount", 'claim:role uscuba:rule "en.another"'),
    _swap("Claim-rule", "Datatype", "claim:role uscuba:rule", '"en.by-hand"@en'),
    _swap("Claim-rule", "MinLength", "claim:role uscuba:rule", '""'),
    _swap("Claim-confidence", "MinCount", "claim:role uscuba:confidence"),
    _add("Claim-confidence", "MaxCount", "claim:role uscuba:confidence 0.8"),
    _swap("Claim-confidence", "Datatype", "claim:role uscuba:confidence", "9.0E-1"),
    _swap("Claim-confidence", "MinInclusive", "claim:role uscuba:confidence", "-0.1"),
    _swap("Claim-confidence", "MaxInclusive", "claim:role uscuba:confidence", "1.1"),
    _swap("Claim-accepted", "MinCount", "claim:role uscuba:accepted"),
    _add("Claim-accepted", "MaxCount", "claim:role uscuba:accepted false"),
    _swap("Claim-accepted", "Datatype", "claim:role uscuba:accepted", '"true"'),
    _add("Replaced", "Closed", 'meeting:old rdfs:label "Talks"@en'),
    _swap("Replaced-by", "NodeKind", "meeting:old dcterms:isReplacedBy", '"the talks"'),
    _add("Replaced-final", "MaxCount", "meeting:older dcterms:isReplacedBy meeting:old"),
    _add("Replaced-one", "MaxCount", "meeting:old dcterms:isReplacedBy meeting:other"),
]  # fmt: skip

STATEMENTS = [
    _swap("Statement-speaker", "MinCount", "statement:useful uscuba:speaker"),
    _add("Statement-speaker", "MaxCount", "statement:useful uscuba:speaker person:ana-gomez"),
    _swap("Statement-speaker", "Or", "statement:useful uscuba:speaker", "article:one"),
    _swap("Statement-text", "MinCount", "statement:useful schema:text"),
    _add("Statement-text", "MaxCount", 'statement:useful schema:text "Fue útil"@es'),
    _swap("Statement-text", "Datatype", "statement:useful schema:text", '"It was useful"'),
    _add("Statement-about", "Or", "statement:useful schema:about place:havana"),
]

DATASET = [
    _swap("Dataset-title", "MinCount", "id:dataset dcterms:title"),
    _swap("Dataset-title", "Datatype", "id:dataset dcterms:title", '"Graph"'),
    _add("Dataset-title", "UniqueLang", 'id:dataset dcterms:title "Another"@en'),
    _swap("Dataset-license", "MinCount", "id:dataset dcterms:license"),
    _swap("Dataset-license", "NodeKind", "id:dataset dcterms:license", '"CC BY"'),
    _swap("Dataset-conformsTo", "MinCount", "id:dataset dcterms:conformsTo"),
    _swap("Dataset-conformsTo", "NodeKind", "id:dataset dcterms:conformsTo", '"0.2.0"'),
    _swap("Dataset-wasDerivedFrom", "Class", "id:dataset prov:wasDerivedFrom", "state:cuba"),
    _swap("Dataset-triples", "MinCount", "id:dataset void:triples"),
    _swap("Dataset-triples", "Datatype", "id:dataset void:triples", '"many"'),
    _add("Dataset-one", "MaxCount", "id:dataset void:triples 101"),
    _add("Dataset-classPartition", "NodeKind", 'id:dataset void:classPartition "Meeting"'),
    _swap("Dataset-entities", "Datatype", "dataset:Meeting void:entities", "1.0"),
    _swap("Dataset-entities", "MinInclusive", "dataset:Meeting void:entities", "0"),
]

CORE = [*DATASET, *ENTITIES, *MEETINGS, *PROVENANCE, *STATEMENTS]

_CHAIRS = """meeting:talks uscuba:participation participation:again .
participation:again uscuba:participant person:ana-gomez ; uscuba:role uscuba:Chair ; uscuba:onBehalfOf state:united-states .
"""


def _claimed(subject: str, predicate: str, value: str, number: int = 0) -> str:
    """A fact with the claim that it needs."""
    claim = f"claim:new-{predicate.split(':')[1]}-{subject.split(':')[1]}-{number}"
    fact = f"{subject} {predicate} {value} ."
    return (
        f"{fact} {claim} rdf:subject {subject} ; rdf:predicate {predicate} ; rdf:object {value} .\n"
    )


def _second(ordinal: int, day: str) -> str:
    """Another meeting of the series of the first, which gets the number 1."""
    return (
        _claimed("meeting:talks", "schema:superEvent", "series:one")
        + _claimed("meeting:talks", "uscuba:ordinal", "1")
        + _claimed("meeting:second", "schema:superEvent", "series:one")
        + _claimed("meeting:second", "uscuba:ordinal", str(ordinal))
        + _claimed("meeting:second", "uscuba:status", "uscuba:Held")
        + f'meeting:second a uscuba:Meeting ; uscuba:notBefore "{day}"^^xsd:date ; uscuba:notAfter "{day}"^^xsd:date .'
    )


def _end(value: str) -> str:
    return _claimed("meeting:talks", "schema:endDate", value)


def _signed(day: str) -> str:
    value = f'"{day}"^^xsd:date'
    return (
        f"agreement:memo uscuba:signed {value} . claim:signed rdf:subject agreement:memo ; rdf:predicate uscuba:signed ; "
        f"rdf:object {value} ; prov:hadPrimarySource article:one ."
    )


_LAST = "meeting:talks uscuba:notAfter"

_CLAIM = """ ; rdf:predicate org:holds ; rdf:object post:director ; oa:start 1 ; oa:end 9 ; oa:exact "director"@en ;
    uscuba:rule "en.by-hand" ; uscuba:confidence 0.9 ; uscuba:accepted true ; prov:hadPrimarySource """
_ARTICLE = """ a uscuba:Article ; rdfs:label "Of the office"@en ; dcterms:language "en" ;
    schema:sha256 "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210" ; dcterms:issued """
_HOLDERS = f"""person:eva-ruiz a uscuba:Person ; rdfs:label "Eva Ruiz"@en ; org:holds post:director ; uscuba:ofState state:cuba .
    article:before {_ARTICLE} "2016-01-02"^^xsd:date . article:after {_ARTICLE} "2017-01-02"^^xsd:date .
    claim:ana a uscuba:Claim ; rdf:subject person:ana-gomez {_CLAIM} article:one .
    claim:seen a uscuba:Claim ; rdf:subject person:eva-ruiz {_CLAIM} article:before .
    claim:still a uscuba:Claim ; rdf:subject person:eva-ruiz {_CLAIM} article:after ."""
"""Eva Ruiz was the director before the meeting and after it, so that Ana Gómez hardly was."""

CROSSCUTTING = [
    Case("MeetingDays-order", "SPARQL", _LAST, f'{_LAST} "2016-05-16"^^xsd:date . ' + _end('"--05-16"^^xsd:gMonthDay')),
    Case("MeetingDays-span", "SPARQL", "", _end('"2016-05-16"^^xsd:date'), also=(("MeetingDays-last", "SPARQL"),)),
    _swap("MeetingDays-first", "SPARQL", "meeting:talks uscuba:notBefore", '"2016-05-16"^^xsd:date'),
    _swap("MeetingDays-last", "SPARQL", _LAST, '"2016-05-18"^^xsd:date'),
    _swap("MeetingDays-told", "SPARQL", "article:one dcterms:issued", '"2016-05-16"^^xsd:date'),
    _swap("MeetingDays-bounds", "SPARQL", _LAST),
    Case("MeetingDays-chair", "SPARQL", "", _CHAIRS + """
        claim:again rdf:subject meeting:talks ; rdf:predicate uscuba:participation ; rdf:object participation:again ."""),
    _add("MeetingDoubts-post", "SPARQL", "person:john-smith org:holds post:director"),
    Case("MeetingDoubts-holder", "SPARQL", "", _HOLDERS),
    Case("MeetingDoubts-ordinal", "SPARQL", "", _second(2, "2015-01-01")),
    Case("MeetingDoubts-twice", "SPARQL", "", _second(1, "2016-05-17")),
    Case("MeetingGaps-side", "SPARQL", "participation:john-smith uscuba:onBehalfOf", "",
         also=(("ClaimWords-asserted", "SPARQL"),)),
    _swap("ParticipationSide-state", "SPARQL", "person:john-smith uscuba:ofState", "state:cuba"),
    _add("Circles-parts", "SPARQL", "organization:ministry org:unitOf organization:office"),
    _add("Circles-copies", "SPARQL", "article:one uscuba:copyOf article:two"),
    Case("AgreementDays-told", "SPARQL", "", _signed("2016-05-19")),
    Case("BodyParts-state", "SPARQL", "", "organization:office uscuba:ofState state:united-states ."),
    _swap("ClaimWords-order", "SPARQL", "claim:role oa:end", "19"),
    _swap("ClaimWords-length", "SPARQL", "claim:role oa:exact", '"headed by"@en'),
    _swap("ClaimWords-asserted", "SPARQL", "participation:ana-gomez uscuba:role"),
    Case("FactEvidence-claimed", "SPARQL", "claim:role uscuba:accepted", "claim:role uscuba:accepted false ."),
]  # fmt: skip


def _to(end: str, last: str) -> tuple[str, str]:
    return _LAST, f'{_LAST} "{last}"^^xsd:date . {_end(end)}'


FINE = {
    "another held the post before": ("", _HOLDERS.replace("2017-01-02", "2016-02-02")),
    "another holds the post since": ("", _HOLDERS.replace("2016-01-02", "2016-06-02")),
    "she was no director in the article that tells of the meeting": (
        "", _HOLDERS.replace("prov:hadPrimarySource  article:one", "prov:hadPrimarySource article:before")),
    "it ends on the day it began": _to('"2016-05-17"^^xsd:date', "2016-05-17"),
    "it ends a day later": _to('"2016-05-18"^^xsd:date', "2016-05-18"),
    "it ends within the month": _to('"2016-05"^^xsd:gYearMonth', "2016-05-31"),
    "it ends within the year": _to('"2016"^^xsd:gYear', "2016-12-31"),
    "an end without a year may lie in the next one": _to('"--05-16"^^xsd:gMonthDay', "2017-05-16"),
    "the article appeared on the day": (
        "article:one dcterms:issued", 'article:one dcterms:issued "2016-05-17"^^xsd:date .'),
    "of the article only the month is known": (
        "article:one dcterms:issued", 'article:one dcterms:issued "2016-05"^^xsd:gYearMonth .'),
    "an article that only announced it appeared before": (
        "", 'claim:plan rdf:subject meeting:talks ; rdf:predicate uscuba:status ; rdf:object uscuba:Planned ; '
        'uscuba:accepted false ; prov:hadPrimarySource article:two . article:two dcterms:issued "2016-05-01"^^xsd:date .'),
    "numbers grow with the days": ("", _second(2, "2017-01-01")),
    "of two posts of one name no body is known": (
        "post:director org:postIn", "person:john-smith org:holds post:director ."),
    "a body is a part of a part": ("", "organization:section a uscuba:Unit ; org:unitOf organization:office ."),
    "an agreement was signed the day before": ("", _signed("2016-05-17")),
    "a fact has a second claim that was not accepted": (
        "", "claim:no rdf:subject meeting:talks ; rdf:predicate uscuba:status ; rdf:object uscuba:Held ; "
        "uscuba:accepted false ."),
}  # fmt: skip
"""Edits that come near to breaking a constraint, and break none."""
