"""Which language a text is in, told by the little words that every sentence has."""

import re
from collections.abc import Collection

_LITTLE_WORDS = {
    "eng": "the of and to in is that for it with as was on by be at are this from or an which not have were you",
    "deu": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus bei",
    "fra": "le la les de des du et en un une est que pour dans qui sur au par plus ce pas avec ne sont aux ou il elle",
    "spa": "de la que el en y los del se las por un para con una su al es lo como más o pero sus este esta entre",
    "ita": "di che e il la per un in non è del della le con si da una dei sono al nel alla come più gli i lo anche",
    "nld": "de het een en van in is dat op te zijn met voor niet aan er om door ook als bij uit naar wordt deze",
    "por": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao das foi seu sua ou",
}
_WORDS = {code: frozenset(words.split()) for code, words in _LITTLE_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_MIN_SHARE = 0.08
"""A text of which less than this part is little words is in none of the languages, or is no prose."""
_MIN_HITS = 4
_LEAD = 1.25
"""By how much the first language must be ahead of the second."""


def guess(text: str, among: Collection[str] | None = None) -> str | None:
    """Return the ISO 639-2 code of a text's language, None when it cannot be told."""
    words = _WORD.findall(text.lower())
    hits = {
        code: sum(word in little for word in words) for code, little in _WORDS.items() if among is None or code in among
    }
    if not hits:
        return None
    first, *others = sorted(hits, key=lambda code: -hits[code])
    if hits[first] < max(_MIN_HITS, _MIN_SHARE * len(words)):
        return None
    return first if not others or hits[first] >= _LEAD * hits[others[0]] else None
