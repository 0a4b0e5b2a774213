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
    |thus|important(?:ly)?|most important|key|it was (?:agreed|decided|resolved)|(?:agreed|decided|resolved)
    \\s(?:to|that)|approve[sd]?|adopted|rejected|elected
    |zusammenfassend|insgesamt|abschließend|im ergebnis|daher|folglich|somit|wir empfehlen|es wird empfohlen|wichtig
    |entscheidend
    |(?:wurde |wird )?(?:einstimmig |mehrheitlich )?beschlossen|beschließt|vereinbart|angenommen|abgelehnt
    |genehmigt|gewählt
    |en conclusion|en résumé|pour conclure|au total|globalement|dans l.ensemble|par conséquent|il est recommandé
    |nous recommandons
    |important|(?:a|est) (?:été )?(?:décidée?|approuvée?|adoptée?|rejetée?|élue?)|il a été décidé
    |en conclusión|en resumen|en definitiva|por (?:lo )?tanto|por consiguiente|se recomienda|recomendamos|importante
    |se (?:acuerdan?|acordó|aprueban?|aprobó|aprobaron|rechazan?|rechazó)
    |(?:junta|asamblea) acuerda|aprobad[oa]|rechazad[oa]
    |in conclusione|in sintesi|nel complesso|complessivamente|pertanto|quindi|si raccomanda|raccomandiamo|importante
    |(?:è stato )?(?:deciso|approvat[oa]|deliberato|respint[oa])|delibera|ha approvato
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
    in counterparts|in witness whereof|capitali[sz]ed terms|have read this agreement|parties hereto acknowledge
    |have executed
    |(?:several|two|more) counterparts|severab\\w+|headings? (?:are|in this)|entire agreement
    |(?:invalid|unenforceable|illegal)
    |no (?:waiver|failure or delay)|successors and assigns|notices?(?: and other communications)? .{0,40}in writing
    |singular
    |salvatorisch\\w+|unwirksam\\w*|undurchführbar\\w*|schriftform|nebenabreden|zweifacher ausfertigung|gerichtsstand
    |(?:deux|double) exemplaires?|nullité d.une|clause de sauvegarde|intégralité de l.accord|élection de domicile
    |(?:dos|doble) ejemplar\\w*|nulidad de|totalidad del acuerdo|(?:due|duplice) (?:copie|esemplari)|duplice (?:copia
    |originale)
    |nullità di|intero accordo
""")


_MOTION = _any("""
    beantragt(?:e|en)?(?! wird| ist)|stellt(?:e)? den antrag|moved (?:that|to)|demande que|propose de|solicita que
    |propone que
    |chiede (?:che|di)|propone di
""")


_CLOSING = re.compile(
    r"""^(?:in\ (?:conclusion|summary|short|brief)|to\ (?:conclude|sum\ up|summari[sz]e)|we\ (?:conclude|recommend)
        |(?:the|our|these)\ (?:results|findings|data)\ (?:\w+\ ){0,4}
          (?:show|suggest|indicate|demonstrate|reveal|confirm)
        |zusammenfassend|abschließend|insgesamt|im\ ergebnis|en\ (?:conclusion|résumé|conclusión|resumen|definitiva)
        |pour\ conclure|au\ total|in\ (?:conclusione|sintesi)|nel\ complesso)(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)


def gist(sentence: str) -> float:
    """Return by how many kinds of phrases a sentence says that it tells aims, findings or conclusions, 0 to 1."""
    if _CLOSING.match(sentence):
        return 1.0
    kinds = [_AIM.search(sentence), _RESULT.search(sentence), _CONCLUSION.search(sentence)]
    return min(1.0, sum(kind is not None for kind in kinds) / 2)


def states_aim(sentence: str) -> bool:
    """Tell whether a sentence says what the document is for."""
    return _AIM.search(sentence) is not None


def states_duty(sentence: str) -> bool:
    """Tell whether a sentence says what someone has to do, or until when."""
    return _DUTY.search(sentence) is not None


def is_formal(sentence: str) -> bool:
    """Tell whether a sentence is of those in all contracts (counterparts, form), or a motion, not what came of it."""
    return _FORMAL.search(sentence) is not None or _MOTION.search(sentence) is not None
