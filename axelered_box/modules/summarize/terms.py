"""The terms of a sentence: its words without the little ones, cut to their stems, and how much each tells."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

_STOPWORDS = {
    "eng": """a about above after again all also although am among an and any are as at be because been before being
        below between both but by can could did do does doing down during each either else even ever every few for from
        further had has have having he her here hers him his how however i if in into is it its itself just may me might
        more most must my no nor not now of off on once one only onto or other our ours out over own per same shall she
        should since so some such than that the their them then there these they this those through thus to too under
        until up upon us very was we well were what when where whether which while who whom whose why will with within
        without would yet you your""",
    "deu": """aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bereits bis da dabei
        dadurch dafür damit dann daran darauf daraus darin das dass dazu dem den denn der deren des dessen die dies
        diese
        diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwa für gegen hat hatte
        hatten haben ihr ihre ihrem ihren ihrer im in ins ist ja je jede jedem jeden jeder jedes jedoch kann kein keine
        können könnte man mehr mit muss müssen nach neben nicht noch nun nur ob oder ohne sehr sein seine seinem seinen
        seiner seit sich sie sind so soll sollen sowie über um und uns unser unsere unter vom von vor war waren was weil
        weiter welche wenn werden wie wieder wir wird wo wurde wurden während zu zum zur zwar zwischen""",
    "fra": """à afin ainsi alors après au aucun aussi autre autres aux avant avec avoir car ce ceci cela celle celles
        celui ces cet cette ceux chaque chez comme d dans de depuis des deux donc dont du elle elles en encore entre est
        et être eu fait fut furent il ils j je l la le les leur leurs lors lorsque lui m ma mais me mes moins mon même n
        ne ni nos notre nous on ont ou où par pas pendant peu peut plus pour pourra puis qu quand que quel quelle qui s
        sa sans se selon sera seront ses si son sont sous sur t tous tout toute toutes très un une vers vos votre vous y
        était étaient été""",
    "spa": """a al algo algunos ante antes aquel así aun aunque bajo bien cada como con contra cual cuando cuya cuyo de
        del desde donde dos durante e el ella ellas ellos en entre era eran es esa ese eso esta estaba estas este esto
        estos está están fue fueron ha haber había han hasta hay la las le les lo los mediante me mi mientras muy más mí
        ni no nos nosotros nuestra nuestro o otra otras otro otros para pero poco por porque pues que quien se sea según
        ser será si sido sin sobre son su sus también tan tanto te tiene tienen todo todos tras tu u un una unas uno
        unos
        usted y ya él""",
    "ita": """a ad agli ai al alla alle allo altri altro anche ancora avere aveva c che chi ci col come con contro cui d
        da dagli dai dal dalla dalle dallo degli dei del della delle dello dello di dopo dove due durante e ed era erano
        essere fa fino fra furono già gli ha hanno i il in io l la le lei lo loro lui ma me mentre mi mia mio molto ne
        negli nei nel nella nelle nello no noi non nostra nostro o ogni oltre per perché più poi prima può qual quale
        quando quanto quella quelle quelli quello questa queste questi questo qui quindi sarà se secondo sempre senza si
        sia sino solo sono stata state stati stato su sua sue sugli sui sul sulla sulle suo suoi tra tutti tutto un una
        uno verso vi voi è""",
}
_BY_LANGUAGE = {code: frozenset(words.split()) for code, words in _STOPWORDS.items()}
LANGUAGES = tuple(_BY_LANGUAGE)
"""ISO 639-2 codes of the languages whose little words are known."""
_ANY_LANGUAGE = frozenset().union(*_BY_LANGUAGE.values())
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,]\d+)*")
_STEM = 7
"""Letters after which words of the same stem differ, near enough for all five languages."""

Terms = Counter[str]
Vector = Mapping[str, float]


def stopwords(language: str | None) -> frozenset[str]:
    """Return the little words of a language; those of all known ones when it is unknown."""
    return _BY_LANGUAGE.get(language or "", _ANY_LANGUAGE)


def tokens(text: str) -> list[str]:
    """Return the words and numbers of a text, in small letters."""
    return _TOKEN.findall(text.lower())


def terms(text: str, language: str | None) -> Terms:
    """Return the stems of a text's words that carry meaning, with how often each occurs."""
    little = stopwords(language)
    return Counter(token[:_STEM] for token in tokens(text) if token not in little and len(token) > 1)


def little_share(text: str, language: str | None) -> float:
    """Return which part of a text's words are little ones: some in each sentence, hardly any in lists and addresses."""
    words = tokens(text)
    little = stopwords(language)
    return sum(word in little for word in words) / len(words) if words else 0.0


def weights(documents: Sequence[Terms]) -> dict[str, float]:
    """Return how much each term tells: the logarithm of how rare it is among the texts (inverse document frequency)."""
    frequency = Counter(term for terms_ in documents for term in terms_)
    return {term: math.log(1 + len(documents) / count) for term, count in frequency.items()}


def vector(terms_: Terms, weights_: Mapping[str, float]) -> Vector:
    """Return terms weighted by how often they occur and how much they tell, scaled to length 1."""
    raw = {term: (1 + math.log(count)) * weights_.get(term, 0.0) for term, count in terms_.items()}
    length = math.sqrt(sum(weight * weight for weight in raw.values()))
    return {term: weight / length for term, weight in raw.items()} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """Return how alike two vectors of length 1 are, 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def centroid(vectors: Sequence[Vector]) -> Vector:
    """Return the direction in which vectors point together, as a vector of length 1."""
    total: Counter[str] = Counter()
    for each in vectors:
        total.update(each)
    length = math.sqrt(sum(weight * weight for weight in total.values()))
    return {term: weight / length for term, weight in total.items()} if length else {}
