"""Whether a sentence can stand alone: it does not where it leans on the one before it or only points elsewhere."""

import re

_CONNECTIVES = {
    "eng": """however|moreover|furthermore|in addition|additionally|also|thus|therefore|hence|consequently|accordingly
        |nevertheless|nonetheless|instead|otherwise|similarly|likewise|conversely|in contrast|on the other hand
        |for (?:example|instance)|in particular|finally|meanwhile|interestingly|indeed|of note|as (?:a result|expected)
        |in turn|then|besides|again|and|but|or|so|nor""",
    "deu": """jedoch|allerdings|außerdem|zudem|darüber hinaus|ferner|daher|deshalb|folglich|dennoch|trotzdem|dagegen
        |hingegen|ebenso|beispielsweise|zum beispiel|insbesondere|schließlich|des weiteren|im gegensatz dazu|somit|dabei
        |dazu|und|aber|oder|denn""",
    "fra": """cependant|toutefois|néanmoins|de plus|en outre|par ailleurs|ainsi|donc|par conséquent|en revanche
        |par exemple|en particulier|enfin|également|de même|or|en effet|et|mais|ou""",
    "spa": """sin embargo|no obstante|además|asimismo|por (?:lo )?tanto|por consiguiente|en cambio|por ejemplo
        |en particular|finalmente|también|igualmente|así|en efecto|y|e|pero|o""",
    "ita": """tuttavia|però|inoltre|pertanto|quindi|dunque|di conseguenza|invece|ad esempio|per esempio|in particolare
        |infine|anche|analogamente|peraltro|infatti|e|ma|o""",
}
_BACKWARD = {
    "eng": """it|he|she|they|him|them|his|their|its|this|these|those|that|such|both|the (?:latter|former|same)|here
        |there
        |none|some|another|others?|neither|either|all of (?:them|these|which)|which|who
        |(?:in|to|for|of|with|by|from|at|on|among|under|after|during|despite|given) (?:this|these|that|those|both|such
        |all these)
        |in (?:connection|accordance|line) with (?:this|these|such|the foregoing)
        |in (?:addition|contrast) to (?:this|that)""",
    "deu": """er|es|dies|diese[rsmn]?|jene[rsmn]?|letztere[rsmn]?|beide|solche[rsmn]?|dessen|deren|davon|darin|damit
        |dafür|daran|darauf|hier|dort|(?:in|zu|für|mit|bei|nach|aus|auf|unter|von|durch) (?:dies|jene|solche)\\w*""",
    "fra": """il|elle|ils|elles|ce|c.est|cela|ceci|celui-ci|celle-ci|ceux-ci|ces|cette|cet|leur|leurs|ses|tous deux|y
        |(?:dans|pour|avec|par|à|de|sur|sous|après|selon) (?:ce|cet|cette|ces|celui|celle|ceux)""",
    "spa": """él|ella|ellos|ellas|est[eao]s?|es[eao]s?|dichos?|dichas?|ello|tal(?:es)?|sus?|ambos
        |(?:en|para|con|por|a|de|sobre|tras|según) (?:est[eao]s?|es[eao]s?|dichos?|dichas?|tal(?:es)?)""",
    "ita": """egli|ella|esso|essa|essi|esse|ciò|quest[oaie]|quell[oaie]|tal[ei]|dett[oaie]|suo|sua|loro|entrambi
        |(?:in|per|con|a|di|su|da|dopo|secondo) (?:quest[oaie]|quell[oaie]|tal[ei])""",
}
_GERMAN_THIRD_PERSON = "sie|ihr|ihre[rsmn]?"
"""Words that lean on the sentence before, unless the text addresses its reader by them."""
_FORMAL_ADDRESS = re.compile(r"[a-zäöüß,;] (?:Sie|Ihnen|Ihre[rmsn]?|Ihr)\b")
_SELF = re.compile(
    r"""^(?:(?:in|to|for|of|with|by|from|at|on|under|mit|bei|nach|aus|zu|für|dans|par|pour|avec|en|con|para|por|per)\ )?
        (?: th(?:is|ese)\ (?:\w+\ )?(?:study|paper|article|report|work|case|document|letter|policy|guide|chapter|review
            |survey|notice|course|project|results|findings|data)
        | this\ (?:[\w,/-]+\ ){0,7}?(?:agreement|contract|lease|amendment|deed)
        | dies(?:er|em|es|en|e)\ \w*(?:vertrag|studie|arbeit|bericht|artikel|beitrag|vereinbarung|schreiben|dokument
            |richtlinie)
        | ce(?:t|tte)?\ (?:étude|article|rapport|contrat|document|accord|travail|lettre|guide)
        | est[ea]\ (?:estudio|artículo|informe|contrato|documento|acuerdo|trabajo|guía)
        | quest[oa']\ ?(?:studio|articolo|rapporto|contratto|documento|accordo|lavoro|relazione|guida) )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
POINTER = re.compile(
    r"""(?: \b(?:see|cf\.?|shown?|listed|given|summari[sz]ed|presented|illustrated|depicted|described|seen)\s+(?:in\s+
        |by\s+)?
            (?:also\s+)?(?:fig|tab|table|figure|section|appendix|above|below|exhibit)
        | \b(?:Fig(?:s|ures?)?\.?|Tab(?:les?|s)?\.?|Exhibits?|Eqs?\.?|Equations?|Chart)\s*\(?[\dIVX]
        | \b(?:Abb(?:ildung(?:en)?)?\.?|Tab(?:elle[n]?)?\.?|Gleichung|Anlage)\s*\(?\d | \bsiehe\b | \bs\.\s?(?:o|u)\.
        | \b(?:tableau|figure|annexe)\s*\(?\d | \bvoir\b\s+(?:fig|tab|annexe|ci-) | \bci-(?:dessous|dessus|après)
        | \b(?:tabla|figura|cuadro|gráfico|anexo|tabella|grafico|allegato)\s*\(?\d | \bvéase\b | \bvedi\b | \bcfr\.
        | \b(?:the\ )?(?:following|as\ follows|above-mentioned|aforementioned)\s*:?\s*$ )""",
    re.IGNORECASE | re.VERBOSE,
)
"""A reference to a figure, a table or another place of the document."""


def _start(words: str, end: str) -> re.Pattern[str]:
    return re.compile(r"^(?:" + re.sub(r"\s*\n\s*", "", words) + ")" + end, re.IGNORECASE)


CONNECTIVE = _start("|".join(_CONNECTIVES.values()), r",\s+(?=\S)")
"""A connective at the beginning of a sentence with the comma that sets it off."""
_LEANING = {code: _start(_CONNECTIVES[code] + "|" + _BACKWARD[code], r"(?!\w)") for code in _CONNECTIVES}
_LEANING_ON_NAMES = _start(_GERMAN_THIRD_PERSON, r"(?!\w)")


def addresses_reader(text: str) -> bool:
    """Tell whether a German text speaks to its reader, so that *Sie* is no one named before."""
    return _FORMAL_ADDRESS.search(text) is not None


def leans(sentence: str, language: str | None, *, addressed: bool) -> bool:
    """Tell whether a sentence needs the one before it; `addressed` when its document speaks to its reader."""
    if _SELF.match(sentence):
        return False
    if language == "deu" and not addressed and _LEANING_ON_NAMES.match(sentence):
        return True
    pattern = _LEANING.get(language or "eng")
    return pattern is not None and pattern.match(sentence) is not None


def points_away(sentence: str) -> bool:
    """Tell whether a sentence refers to a figure, a table or another place."""
    return POINTER.search(sentence) is not None
