"""What stands in a document's running text but says nothing of its content, in five languages."""

import re

_NOTICE = re.compile(
    r"""\b(?: all\ rights\ reserved | copyright | creative\ commons | open[\ -]access\ article
        | correspond(?:ence|ing\ author) | (?:received|accepted|revised|published)\ (?:on\ )?(?:\d|\w+\ \d)
        | academic\ editor | conflicts?\ of\ interests? | competing\ interests? | informed\ consent
        | ethic(?:s|al)\ (?:committee|clearance|approval) | institutional\ review\ board | declare\ that
        | alle\ rechte\ vorbehalten | urheberrecht | interessenkonflikt | ethikkommission
        | tous\ droits\ réservés | conflits?\ d.intérêts? | comité\ d.éthique
        | (?:todos\ los|reservados\ todos\ los)\ derechos | conflictos?\ de\ intere | comité\ de\ ética
        | tutti\ i\ diritti | conflitt[oi]\ di\ interess | comitato\ etico
        | unsubscribe | logged\ in\ to | (?:click|tap)\ here | reply\ to\ this\ e-?mail | terms\ of\ (?:use|service)
        | newsletter\ abbestellen | se\ désabonner | darse\ de\ baja | annulla(?:re)?\ l.iscrizione
        | privileged\ and\ confidential | intended\ (?:only|solely)\ for | in\ error,?\ please | irrtümlich\ erhalten
        | maschinell\ erstellt | automatically\ generated | (?:privacy|cookie)\ policy | datenschutzerklärung )\b
      | © | ^\s*(?:citation|editor|funding|data\ availability|license|doi|key\s?words
          |schl(?:üssel|ag)w[öo]rte?r?|mots.clés|palabras\ clave|parole\ chiave)\s*[:.\u2013—-]""",
    re.IGNORECASE | re.VERBOSE,
)
_CODE = re.compile(r"\b[A-Za-z]{1,3}\d{3,}|\d{3,}[A-Za-z]+\d|\b\d(?:\.\d){3,}|=\s?\d{1,3},\s\d{3}\b|\b\w+:\w+:\w+")
"""A number grown together with letters, or torn: of a specimen, a place on the globe, or signs that were misread."""
_COURTESY = re.compile(
    r"""^\W*(?: dear\b | hi\b | hello\b | to\ whom\ it | sehr\ geehrte | liebe[r]?\ (?:frau|herr|kolleg|mitglied|kund)
        | guten\ tag\b | ch[eè]re?s?\b | mesdames | madame\b | monsieur\b | estimad[oa]s?\b | muy\ señor
        | querid[oa]s?\b
        | gentil[ei]\b | egregi[oa]?\b | spett(?:abile)?\b | car[oaie]\ (?:client|soci|collegh)
        | (?:yours|best|kind|warm)\ (?:sincerely|faithfully|truly|regards|wishes) | (?:kind\ )?regards\b | sincerely\b
        | mit\ (?:freundlichen|besten|herzlichen)\ gr | (?:freundliche|beste|viele|herzliche)\ grüße | hochachtungsvoll
        | (?:veuillez|nous\ vous\ prions|je\ vous\ prie|recevez)\b.*(?:salutations|sentiments|considération)
        | cordialement
        | (?:un\ )?(?:cordial|atent[oa])\ saludo | (?:le\ )?saluda | atentamente | (?:con\ )?saludos
        | (?:distinti|cordiali)\ saluti | (?:la|le)\ salut | (?:please|please\ do)\ (?:do\ not\ hesitate|feel\ free)
        | (?:if\ you\ have|should\ you\ have)\ any\ (?:further\ )?questions | (?:bei|für)\ (?:rück)?fragen
        | (?:nous\ restons|je\ reste)\ à\ votre\ disposition | quedamos\ a\ su | restiamo\ a\ (?:vostra
        |sua)\ disposizione
        | (?:thank|thanks|vielen\ dank|merci|gracias|grazie)\W )""",
    re.IGNORECASE | re.VERBOSE,
)
_DATELINE = re.compile(
    r"""^\W*(?:[^\W\d_]+\s){0,2}[^\W\d_]+,\s(?:(?:am?|le|den|il|il\sgiorno)\s)?\d{1,2}(?:\.|er|º|°)?\s(?:de\s)?
        [^\W\d_]+\s(?:de\s)?\d{4}\W*$""",
    re.VERBOSE,
)
_SHORT_COURTESY = 16
"""Words up to which a sentence that begins politely says no more than that."""
_ENTRY = re.compile(
    r"""(?: \bvol\.\s*\d | \bpp?\.\s*\d+\s*[\u2013-]\s*\d | \bdoi\b | \bno\.\s*\d+,\ pp | \(\d{4}[a-z]?\)[.,:]
        | \bet\ al\.?,? | \bin\ press\b | \d{4};\s?\d+ | :\s?\d+[\u2013-]\d+\.
        | \b[A-Z]\.(?:\s?[A-Z]\.)?\s[A-Z][\w-]+, )""",
    re.VERBOSE,
)
_ENTRY_SIGNS = 3
"""So many signs of a bibliography's entry make a paragraph one."""
_ENTRY_WORDS = 70
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+")


def is_notice(sentence: str) -> bool:
    """Tell whether a sentence is of the rights, the ethics, the senders or the readers of a text, not its content."""
    return _NOTICE.search(sentence) is not None


def is_courtesy(sentence: str) -> bool:
    """Tell whether a sentence greets, thanks, takes leave or says where and when it was written, and little else."""
    if _DATELINE.match(sentence):
        return True
    return len(sentence.split()) <= _SHORT_COURTESY and _COURTESY.search(sentence) is not None


def is_entry(paragraph: str) -> bool:
    """Tell whether a paragraph is an entry of a bibliography."""
    return len(paragraph.split()) <= _ENTRY_WORDS and len(_ENTRY.findall(paragraph)) >= _ENTRY_SIGNS


def codes(sentence: str) -> int:
    """Return how many numbers of a sentence have grown together with letters, or were torn."""
    return len(_CODE.findall(sentence))


def has_address(sentence: str) -> bool:
    """Tell whether a sentence gives an address of the web or of a mailbox."""
    return _ADDRESS.search(sentence) is not None
