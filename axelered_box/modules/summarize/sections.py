"""What part of a document a heading opens: its abstract, its results, its references, in five languages."""

import re
from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What a section is for."""

    ABSTRACT = "abstract"
    INTRODUCTION = "introduction"
    METHODS = "methods"
    RESULTS = "results"
    DISCUSSION = "discussion"
    CONCLUSION = "conclusion"
    REFERENCES = "references"
    APPARATUS = "apparatus"
    """What surrounds the content of any document: its contents, keywords, thanks, conflicts of interest."""
    DECLARATIONS = "declarations"
    """What surrounds the content of an article; elsewhere such headings may stand over content: funding, ethics."""
    OTHER = "other"


PARTS_OF_ARTICLE = frozenset({Role.INTRODUCTION, Role.METHODS, Role.RESULTS, Role.DISCUSSION, Role.CONCLUSION})
_FEWEST_PARTS = 3
"""A document with so many of these parts is an article."""
_HEADINGS = {
    Role.ABSTRACT: """
        abstract|summary|(?:executive|management|plain language|lay) summary|synopsis|key (?:findings|messages|points
        |facts)
        |highlights|at a glance|zusammenfassung|kurzfassung|kurzzusammenfassung|auf einen blick
        |das wichtigste(?: in kürze)?
        |wesentliche ergebnisse|résumé(?: exécutif)?|synthèse|points? clés?|l.essentiel|resumen(?: ejecutivo)?|síntesis
        |puntos clave|riassunto|sintesi|sommario(?: esecutivo)?|in breve|punti chiave""",
    Role.INTRODUCTION: """
        introduction(?: and \\w+)?|background(?: and \\w+)?|(?:aims?|objectives?|purpose)(?: of \\w+ ?\\w*)?
        |statement of need
        |motivation|einleitung|einführung|hintergrund|ausgangslage|anlass|zielsetzung|ziele?|contexte|objectifs?|objet
        |introducción|antecedentes|objetivos?|objeto|introduzione|premessa|contesto|obiettiv[io]|oggetto|präambel
        |preamble
        |préambule|recitals?|preliminary statement|background information""",
    Role.METHODS: """
        (?:materials?|patients?|subjects?|participants?|data|study design|experimental)?(?: (?:and|&) )?methods?
        (?: and \\w+)?
        |methodology|experimental(?: section| procedures?| design)?|study design|approach
        |(?:material(?:ien)?|patienten|daten)?(?: und )?method(?:en|ik)|vorgehen(?:sweise)?|untersuchungsmethoden?
        |(?:matériels?|patients|données)?(?: et )?méthod(?:es?|ologie)|démarche
        |(?:materiale?s?|pacientes|datos)?(?: y )?(?:métodos?|metodología)
        |(?:materiali|pazienti|dati)?(?: e )?(?:metod[io]|metodologia)""",
    Role.RESULTS: """
        (?:main |key )?(?:results?|findings)(?: and discussion)?|case (?:reports?|presentations?|description|history
        |series)
        |(?:wichtigste )?ergebnisse(?: und diskussion)?|resultate|befunde?|fall(?:bericht|beschreibung)
        |résultats(?: et discussion)?
        |constats?|observations?|resultados(?: y discusión)?|hallazgos|caso clínico|risultati(?: e discussione)?""",
    Role.DISCUSSION: "discussions?|diskussion|discusión|discussione|bewertung|limitations?",
    Role.CONCLUSION: """
        (?:discussion and |summary and )?(?:conclusions?|concluding remarks)(?: and \\w+ ?\\w*)?|outlook
        |recommendations?
        |next steps|decisions?|schlussfolgerung(?:en)?|schluss(?:betrachtung|wort|bemerkung(?:en)?)?|fazit|resümee
        |ausblick
        |(?:zusammenfassung|fazit) und (?:ausblick|fazit)|empfehlung(?:en)?|beschl(?:uss|üsse)|nächste schritte
        |conclusion(?: et \\w+)?|recommandations?|prochaines étapes|décisions?
        |conclusi(?:ón|ones)(?: y \\w+)?|recomendaci(?:ón|ones)|próximos pasos|acuerdos
        |conclusion[ei](?: e \\w+)?|raccomandazion[ei]|prossimi passi|delibera(?:zioni)?""",
    Role.REFERENCES: """
        references?(?: cited)?|bibliograph(?:y|ie)|works cited|literature(?: cited)?|notes and references
        |literatur(?:verzeichnis|angaben)?|quellen(?:verzeichnis|angaben)?|références(?: bibliographiques)?
        |referencias(?: bibliográficas)?|bibliografía|riferimenti(?: bibliografici)?|bibliografia""",
    Role.APPARATUS: """
        (?:table of )?contents|list of (?:figures|tables|abbreviations)|abbreviations|acronyms|glossary|index|key ?words
        |acknowledge?ments?|(?:conflicts?|declarations?|competing|statement)(?: of)?(?: conflicts?
        | competing)?(?: of)? interests?
        |conflict of interest statement|disclosures?|author.{0,3} contributions?|about the authors?|authors?|imprint
        |inhalt(?:sverzeichnis)?|abbildungsverzeichnis|tabellenverzeichnis|abkürzung(?:en|sverzeichnis)|glossar
        |schl(?:üssel|ag)(?:wörter|worte)|danksagung(?:en)?|interessenkonflikte?|autorenbeiträge|impressum
        |table des matières|sommaire|abréviations|glossaire|mots.clés|remerciements|conflits? d.intérêts?
        |mentions légales
        |índice|abreviaturas|glosario|palabras clave|agradecimientos|conflictos? de interés(?:es)?|aviso legal
        |indice|abbreviazioni|glossario|parole chiave|ringraziamenti|conflitt[io] di interess[ei]|note legali""",
    Role.DECLARATIONS: """
        funding(?: \\w+)?|financial support|(?:research )?ethics(?: \\w+)?|ethical (?:approval|considerations?
        |statements?)
        |(?:informed )?consent(?: \\w+ ?\\w*)?|data(?: and code)? availability(?: statement)?|availability of data.*
        |support(?:ing|ary) information|supplementary (?:materials?|information|data)|contributions?|disclaimer
        |nomenclatural acts
        |förderung|finanzierung|ethik(?:votum)?|datenverfügbarkeit|financement|éthique|disponibilité des données
        |financiación|ética|disponibilidad de datos|finanziamento|etica|disponibilità dei dati""",
}
_PATTERNS = {role: re.compile(re.sub(r"\n\s*", "", words)) for role, words in _HEADINGS.items()}
_NUMBER = re.compile(r"^(?:(?:\d+(?:\.\d+)*|[ivxlc]+|[a-z])[.):]?\s+|§\s*\d+\s*)(?=\S)")
_EDGE = " \t\n:.\u2013—-*#"


def is_article(roles: Iterable[Role]) -> bool:
    """Tell whether a document whose sections have these roles is built like an article."""
    return len(PARTS_OF_ARTICLE.intersection(roles)) >= _FEWEST_PARTS


def role_of(heading: str) -> Role:
    """Return what a heading opens, its number and marks left aside."""
    words = re.sub(r"\s+", " ", heading).strip(_EDGE).lower()
    for text in (words, _NUMBER.sub("", words).strip(_EDGE)):
        for role, pattern in _PATTERNS.items():
            if text and pattern.fullmatch(text):
                return role
    return Role.OTHER
