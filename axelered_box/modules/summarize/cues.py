"""Phrases by which a sentence says that it tells the gist, or that it cannot stand alone, in five languages."""

import re


def _any(words: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + re.sub(r"\n\s*", "", words.strip()) + r")(?!\w)", re.IGNORECASE)


_AIM = _any("""
    (?:the )?(?:aim|purpose|objective|goal) (?:of|was|is)|(?:we|this (?:study|paper|article|report|work
    |case)) (?:here )?
    (?:aims?|aimed|sought|investigates?|investigated|examines?|examined|assess(?:es|ed)?|evaluates?|evaluated|describes?
    |present(?:s|ed)?|reports?|propose[sd]?|introduces?|compares?|compared|explores?|analy[sz]e[sd]?)
    |was aimed|were aimed|aimed (?:at|to)|here,? we|in this (?:study|paper|article|report|work)|herein
    |(?:we|is|are) (?:therefore )?(?:to )?(?:report|describe|present)(?: here)?
    |ziel (?:der|des|dieser|dieses|ist|war)|zweck (?:der|des|dieser|dieses|ist)|in (?:dieser
    |der vorliegenden) (?:arbeit|studie)
    |(?:dieser|der vorliegende) bericht|gegenstand (?:der|des|dieses|ist)
    |l.objectif|le but|cette étude|cet article|ce rapport|la présente étude|nous (?:présentons|décrivons|avons étudié)
    |a pour objet
    |el objetivo|la finalidad|este (?:estudio|artículo|informe|trabajo)|el presente (?:estudio|informe|contrato)
    |tiene por objeto
    |l.obiettivo|lo scopo|questo (?:studio|articolo|lavoro)|il presente (?:studio|contratto|rapporto)
    |la presente relazione
    |ha per oggetto
""")
_RESULT = _any("""
    we (?:found|show|showed|observed|demonstrate|demonstrated|identified|conclude)|(?:results|findings|data
    |analysis) (?:show
    |showed|suggest|suggested|indicate|indicated|demonstrate|demonstrated|reveal|revealed|confirm|confirmed)
    |was (?:found|associated)
    |were (?:found|associated)|significant(?:ly)?|increased|decreased|rose|fell|grew|compared (?:with|to)
    |ergebnisse|zeigt(?:e|en)?|ergab(?:en)?|signifikant|stieg(?:en)?|sank(?:en)?|gestiegen|gesunken|erhöht(?:e|en)?
    |wurde festgestellt
    |les résultats|montre(?:nt)?|a montré|révèle(?:nt)?|significati\\w+|augmenté|diminué|hausse|baisse|s.élève
    |los resultados|muestra[n]?|mostr(?:ó|aron)|revela[n]?|aument(?:ó|aron)|disminuy(?:ó|eron)|asciende
    |i risultati|mostra(?:no)?|ha mostrato|rivela(?:no)?|aumentat[oaie]|diminuit[oaie]|ammonta
""")
_CONCLUSION = _any("""
    in conclusion|in summary|to (?:conclude|summari[sz]e|sum up)|we conclude|conclude that|overall|taken together
    |our (?:results|findings
    |data|study|case)|this study (?:shows|demonstrates|suggests)|should be (?:considered|used)|(?:it is
    |we) recommend(?:ed)?|therefore
    |thus|important(?:ly)?|most important|key|it was (?:agreed|decided|resolved)|(?:agreed|decided|resolved) (?:to|that)
    |zusammenfassend|insgesamt|abschließend|im ergebnis|daher|folglich|somit|wir empfehlen|es wird empfohlen|wichtig
    |entscheidend
    |(?:wurde |wird )?(?:einstimmig |mehrheitlich )?beschlossen|beschließt|vereinbart
    |en conclusion|en résumé|pour conclure|au total|globalement|dans l.ensemble|par conséquent|il est recommandé
    |nous recommandons
    |important|a (?:été )?(?:décidé|approuvé|adopté)|il a été décidé
    |en conclusión|en resumen|en definitiva|por (?:lo )?tanto|por consiguiente|se recomienda|recomendamos|importante
    |se (?:acuerda|acordó|aprueba|aprobó)
    |in conclusione|in sintesi|nel complesso|complessivamente|pertanto|quindi|si raccomanda|raccomandiamo|importante
    |(?:è stato )?(?:deciso|approvato|deliberato)|delibera
""")
_DUTY = _any("""
    (?:shall|must|agrees? to|undertakes? to|is (?:due|entitled|required|obliged)|are (?:due|entitled|required|obliged))
    |terminat(?:e|es|ed|ion)|effective (?:date|as of)|by and between|entered into|governed by|deadline|no later than
    |payable
    |verpflichtet|hat .{1,40} zu|frist|spätestens|kündig\\w+|fällig|zwischen .{1,80} wird|wird folgender|bitte(?:n wir)?
    |s.engage|doit|doivent|au plus tard|délai|résili\\w+|entre les soussignés|il est convenu|nous vous (?:prions
    |demandons|informons)
    |se (?:obliga|compromete)|deber(?:á|án)|debe[n]?|a más tardar|plazo|rescindir\\w*|entre las partes|le (?:rogamos
    |informamos)
    |si (?:impegna|obbliga)|deve|devono|entro (?:il|e non)|scadenza|recesso|tra le parti|la (?:preghiamo|informiamo)
""")
_FORMAL = _any("""
    in counterparts|(?:several|two|more) counterparts|severab\\w+|headings? (?:are|in this)|entire agreement
    |(?:invalid|unenforceable|illegal)
    |no (?:waiver|failure or delay)|successors and assigns|notices?(?: and other communications)? .{0,40}in writing
    |singular
    |salvatorisch\\w+|unwirksam\\w*|undurchführbar\\w*|schriftform|nebenabreden|zweifacher ausfertigung|gerichtsstand
    |(?:deux|double) exemplaires?|nullité d.une|clause de sauvegarde|intégralité de l.accord|élection de domicile
    |(?:dos|doble) ejemplar\\w*|nulidad de|totalidad del acuerdo|(?:due|duplice) (?:copie|esemplari)|duplice (?:copia
    |originale)
    |nullità di|intero accordo
""")
_OPENERS = r"""
    however|moreover|furthermore|in addition|additionally|also|thus|therefore|hence|consequently|accordingly
    |nevertheless
    |nonetheless|instead|otherwise|similarly|likewise|conversely|in contrast|on the other hand|for (?:example|instance)
    |in particular|finally|meanwhile|interestingly|indeed|of note|as (?:a result|expected)|in turn|then|besides|again
    |jedoch|allerdings|außerdem|zudem|darüber hinaus|ferner|daher|deshalb|folglich|dennoch|trotzdem|dagegen|hingegen
    |ebenso|beispielsweise|zum beispiel|insbesondere|schließlich|des weiteren|im gegensatz dazu|somit|dabei|dazu
    |cependant|toutefois|néanmoins|de plus|en outre|par ailleurs|ainsi|donc|par conséquent|en revanche|par exemple
    |en particulier|enfin|également|de même|or|en effet
    |sin embargo|no obstante|además|asimismo|por (?:lo )?tanto|por consiguiente|en cambio|por ejemplo|en particular
    |finalmente|también|igualmente|así|en efecto
    |tuttavia|però|inoltre|pertanto|quindi|dunque|di conseguenza|invece|ad esempio|per esempio|in particolare|infine
    |anche|analogamente|peraltro|infatti"""
CONNECTIVE = re.compile(r"^(?:" + re.sub(r"\s*\n\s*", "", _OPENERS) + r"),\s+(?=\S)", re.IGNORECASE)
"""A connective at the beginning of a sentence with the comma that sets it off."""
_BARE_CONNECTIVE = re.compile(r"^(?:" + re.sub(r"\s*\n\s*", "", _OPENERS) + r")(?!\w)", re.IGNORECASE)
_DEPENDENT = re.compile(
    r"""^(?: (?:it|he|she|they|him|them|his|their|its|this|these|those|that|such|both|the\ (?:latter|former|same)|here
        |there
            |none|some|another|others?|most|neither|either|each|all\ of\ (?:them|these|which))
        | (?:in|to|for|of|with|by|from|at|on|among|under|after|during|despite|given)\ (?:this|these|that|those|both
        |such|all\ these)
        | (?:and|but|or|so|nor|which|who)
        | (?:er|sie|es|ihr|ihre|dies|diese[rsmn]?|jene[rsmn]?|letztere[rsmn]?|beide|solche[rsmn]?|dessen|deren|davon
            |darin|damit|dafür|daran|hier|dort|und|aber|oder|denn)
        | (?:in|zu|für|mit|bei|nach|aus|auf|unter|von|durch)\ (?:dies|jene|solche)\w*
        | (?:il|elle|ils|elles|ce|c.est|cela|ceci|celui-ci|celle-ci|ceux-ci|ces|cette|cet|leur|leurs|ses|tous\ deux|et
        |mais|ou|y)
        | (?:dans|pour|avec|par|à|de|sur|sous|après|selon)\ (?:ce|cet|cette|ces|celui|celle|ceux)
        | (?:él|ella|ellos|ellas|est[eao]s?|es[eao]s?|dichos?|dichas?|ello|tal(?:es)?|sus?|ambos|y|pero|o)
        | (?:en|para|con|por|a|de|sobre|tras|según)\ (?:est[eao]s?|es[eao]s?|dichos?|dichas?|tal(?:es)?)
        | (?:egli|ella|esso|essa|essi|esse|ciò|quest[oaie]|quell[oaie]|tal[ei]|dett[oaie]|suo|sua|loro|entrambi|e|ma|o)
        | (?:in|per|con|a|di|su|da|dopo|secondo)\ (?:quest[oaie]|quell[oaie]|tal[ei])
        )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_SELF = re.compile(
    r"""^(?:(?:in|to|for|of|with|by|from|at|on|under)\ |(?:in|mit|bei|nach|aus|zu|für)\ |(?:dans|par|pour|avec)\
        |(?:en|con|para|por)\ |(?:per|con)\ )?
        (?: th(?:is|ese)\ (?:(?:\w+\ )?(?:study|paper|article|report|work|case|agreement|contract|document|letter
        |policy|guide
            |chapter|review|survey|notice|amendment|lease|course|project|results|findings|data))
        | dies(?:er|e|es)\ (?:\w+)?(?:vertrag|studie|arbeit|bericht|artikel|beitrag|vereinbarung|schreiben|dokument
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


def gist(sentence: str) -> float:
    """Return by how many kinds of phrases a sentence says that it tells an aim, a finding or a conclusion, 0 to 1."""
    kinds = [_AIM.search(sentence), _RESULT.search(sentence), _CONCLUSION.search(sentence)]
    return min(1.0, sum(kind is not None for kind in kinds) / 2)


def states_aim(sentence: str) -> bool:
    """Tell whether a sentence says what the document is for."""
    return _AIM.search(sentence) is not None


def states_duty(sentence: str) -> bool:
    """Tell whether a sentence says what someone has to do, or until when."""
    return _DUTY.search(sentence) is not None


def is_formal(sentence: str) -> bool:
    """Tell whether a sentence is one of those that end contracts of every kind: counterparts, severability, form."""
    return _FORMAL.search(sentence) is not None


def leans(sentence: str) -> bool:
    """Tell whether a sentence needs the one before it to be understood."""
    if _SELF.match(sentence):
        return False
    return _DEPENDENT.match(sentence) is not None or _BARE_CONNECTIVE.match(sentence) is not None


def points_away(sentence: str) -> bool:
    """Tell whether a sentence refers to a figure, a table or another place."""
    return POINTER.search(sentence) is not None
