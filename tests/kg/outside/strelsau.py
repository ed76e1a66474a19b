"""An invented city with links, and what other datasets say of it, in their own shapes."""

from pyoxigraph import Quad, RdfFormat, parse

from kg.model.named_graphs import with_default_graph
from kg.store.store import Store

OURS = """
@base <https://w3id.org/aide-memoire/> .
@prefix dip: <https://w3id.org/aide-memoire/ontology#> .
@prefix id: <https://w3id.org/aide-memoire/id/> .
@prefix graph: <https://w3id.org/aide-memoire/graph/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
graph:ontology {
    dip:City a owl:Class ; rdfs:label "city"@en ; dip:principalClass true .
}
graph:entities {
    id:strelsau a dip:City ; rdfs:label "Strelsau"@en , "ストレルサウ"@ja ;
        skos:altLabel "Strelsow"@en ;
        dip:startDate "1180-05"^^xsd:gYearMonth ; dip:isoAlpha2 "RT" ;
        geo:hasGeometry <id/strelsau#point> .
    <id/strelsau#point> geo:asWKT "POINT(14.5 49.25)"^^geo:wktLiteral .
    id:zenda a dip:City ; rdfs:label "Zenda"@en .
    id:hentzau a dip:City ; rdfs:label "Hentzau"@en .
}
graph:links {
    id:strelsau owl:sameAs wd:Q901 , <http://dbpedia.org/resource/Strelsau> ;
        skos:exactMatch <https://sws.geonames.org/9000001/> ;
        skos:closeMatch wd:Q900 , <http://id.loc.gov/authorities/names/n90000001> ;
        rdfs:seeAlso <http://data.un.org/codes/sdg/geoArea/999> .
    id:zenda skos:closeMatch wd:Q902 .
}
"""

_PREFIXES = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix s: <http://www.wikidata.org/entity/statement/> .
@prefix v: <http://www.wikidata.org/value/> .
@prefix p: <http://www.wikidata.org/prop/> .
@prefix psv: <http://www.wikidata.org/prop/statement/value/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix wikibase: <http://wikiba.se/ontology#> .
@prefix schema: <http://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
"""

# https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format
WIKIDATA = (
    _PREFIXES
    + """
wd:Q901 a wikibase:Item ;
    rdfs:label "Strelsow"@en , "Strelsau"@de , "シュトレルサウ"@ja , "Стрелсау"@ru ;
    schema:description "capital of <b>Ruritania</b>"@en , "столица Руритании"@ru ;
    skos:altLabel "Strelsaw"@en ;
    wdt:P625 "Point(14.49 49.26)"^^geo:wktLiteral ;
    wdt:P297 "RU" ;
    wdt:P18 <http://commons.wikimedia.org/wiki/Special:FilePath/Strelsau%20castle.jpg> ;
    p:P571 s:Q901-1 , s:Q901-2 , s:Q901-3 .
s:Q901-1 a wikibase:Statement , wikibase:BestRank ; psv:P571 v:day .
v:day wikibase:timeValue "1180-05-09T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 11 .
s:Q901-2 a wikibase:Statement ; psv:P571 v:old .
v:old wikibase:timeValue "0900-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 9 .
s:Q901-3 a wikibase:Statement , wikibase:BestRank ; psv:P571 v:century .
v:century wikibase:timeValue "1100-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 7 .
wd:Q1 rdfs:label "something else"@en .
"""
)
# Nothing in English: no label, no description; the point is elsewhere, the year coarser.
WITHOUT_LABEL = (
    _PREFIXES
    + """
wd:Q901 a wikibase:Item ; rdfs:label "Strelsau"@de ;
    wdt:P625 "Point(139.7 35.7)"^^geo:wktLiteral ; p:P571 s:Q901-1 .
s:Q901-1 a wikibase:BestRank ; psv:P571 v:year .
v:year wikibase:timeValue "1180-01-01T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 9 .
"""
)
MERGED = _PREFIXES + 'wd:Q901 owl:sameAs wd:Q77 . wd:Q77 rdfs:label "Strelsau"@en .'

DBPEDIA = """
@prefix dbr: <http://dbpedia.org/resource/> .
@prefix dbo: <http://dbpedia.org/ontology/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wgs84: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
dbr:Strelsau rdfs:label "Strelsau"@en , "Strelsau"@de ;
    rdfs:comment "Strelsau is a city."@en ;
    wgs84:lat "49.25"^^xsd:float ; wgs84:long "14.5"^^xsd:float ;
    dbo:foundingDate "1180-05-10"^^xsd:date .
dbr:Zenda dbo:capital dbr:Strelsau .
"""
GEONAMES = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:gn="http://www.geonames.org/ontology#"
  xmlns:wgs84_pos="http://www.w3.org/2003/01/geo/wgs84_pos#">
<gn:Feature rdf:about="https://sws.geonames.org/9000001/">
  <gn:name>Strelsau</gn:name>
  <gn:alternateName xml:lang="ja">ストレルサウ</gn:alternateName>
  <gn:featureCode rdf:resource="https://www.geonames.org/ontology#P.PPLC"/>
  <gn:countryCode>RT</gn:countryCode>
  <wgs84_pos:lat>49.9</wgs84_pos:lat>
  <wgs84_pos:long>14.5</wgs84_pos:long>
</gn:Feature>
</rdf:RDF>
"""
_NAME, _MADS = "http://id.loc.gov/authorities/names/n90000001", "http://www.loc.gov/mads/rdf/v1#"
LIBRARY = f"""
<{_NAME}> <{_MADS}authoritativeLabel> "Strelsau, 1180-" .
<{_NAME}> <{_MADS}hasVariant> _:a .
_:a <{_MADS}variantLabel> "Strelsaw" .
"""

CREDIT = b"""{"batchcomplete": true, "query": {"pages": [{"pageid": 1, "ns": 6,
"title": "File:Strelsau castle.jpg", "imageinfo": [{"extmetadata": {
"Artist": {"value": "<a href=\\"//x\\">Rudolf <b>R</b></a>", "source": "commons-desc-page"},
"LicenseShortName": {"value": "CC BY-SA 4.0"},
"LicenseUrl": {"value": "http://creativecommons.org/licenses/by-sa/4.0"}}}]}]}}"""


def quads() -> list[Quad]:
    return with_default_graph(parse(OURS, format=RdfFormat.TRIG))


def strelsau() -> Store:
    return Store.of(quads())
