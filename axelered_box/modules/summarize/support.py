"""Whether the sentences of a document support a sentence about it: its numbers, dates, names and negations."""

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"\d+(?:[.,:/\u2019']\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_NEGATION = re.compile(
    r"""\b(?: no | not | none | never | nor | neither | without | cannot | \w+n['\u2019]t
        | nicht | kein\w* | nie | niemals | ohne | weder | nichts
        | ne | n['\u2019](?=\w) | pas | aucun\w* | jamais | sans | ni | rien
        | nunca | ning[uú]n\w* | sin | tampoco | nada | non | nessun\w* | mai | senza | né | niente )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER_WORDS_TEXT = """
    zero one two three four five six seven eight nine ten eleven twelve hundred thousand million billion half twice
    null zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend million millionen milliarde
    milliarden
    deux trois quatre cinq sept huit neuf dix onze douze cent mille millions milliards
    dos tres cuatro cinco seis siete ocho nueve diez once doce cien mil millón millones
    due tre quattro cinque sei sette otto nove dieci undici dodici cento mila milione milioni
    january february march april may june july august september october november december
    januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre
    novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
"""
_NUMBER_WORDS = frozenset(_NUMBER_WORDS_TEXT.split())


def supports(sentence: str, sources: Iterable[str]) -> bool:
    """Tell whether every number, date and name of a sentence stands in its sources, and denial with denial."""
    source = " ".join(sources)
    return (
        set(_numbers(sentence)) <= set(_numbers(source))
        and _names(sentence) <= _words(source)
        and _number_words(sentence) <= _number_words(source)
        and keeps_denial(source, sentence)
    )


def keeps_denial(source: str, sentence: str) -> bool:
    """Tell whether a sentence denies as often as its source."""
    return len(_NEGATION.findall(sentence)) == len(_NEGATION.findall(source))


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(text)


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _number_words(text: str) -> set[str]:
    return _words(text) & _NUMBER_WORDS


def _names(text: str) -> set[str]:
    """Return the words with a capital letter, but for the first one of the sentence unless it has further capitals."""
    words = _WORD.findall(text)
    return {
        word.lower()
        for place, word in enumerate(words)
        if word[0].isupper() and (place > 0 or any(letter.isupper() for letter in word[1:]))
    }
