"""Whether the sentences of a document support a sentence about it: its numbers, dates, names and negations."""

import re

from axelered_box.modules.summarize.terms import terms

_NUMBER = re.compile(r"\d+(?:[.,:/\u2019']\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_TOLD = 0.8
"""Which part of a sentence's terms its source has at least."""
_DENIALS = {
    "eng": r"no|not|none|never|nor|neither|without|cannot|nothing|\w+n['\u2019]t",
    "deu": r"nicht|kein\w*|nie|niemals|ohne|weder|nichts",
    "fra": r"ne|n['\u2019](?=\w)|aucun\w*|jamais|sans|ni|non",
    "spa": r"no|nunca|ning[uú]n\w*|sin|tampoco|nada|ni",
    "ita": r"non|nessun\w*|mai|senza|né|niente|nulla",
}
_DENIAL = {code: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for code, words in _DENIALS.items()}
_ANY_DENIAL = re.compile(rf"(?<!\w)(?:{'|'.join(_DENIALS.values())})(?!\w)", re.IGNORECASE)
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


def supports(sentence: str, source: str, language: str | None) -> bool:
    """Tell whether a sentence says nothing that its source, in the same language, does not say.

    Every number, date and name stands in it, so do nearly all its words, and it denies as often as that does.
    """
    return (
        set(_numbers(sentence)) <= set(_numbers(source))
        and _names(sentence) <= _words(source)
        and _number_words(sentence) <= _number_words(source)
        and keeps_denial(source, sentence, language)
        and _told_share(sentence, source) >= _TOLD
    )


def carries_over(sentence: str, source: str, wanted: str, own: str) -> bool:
    """Tell whether a translation from a language into another has its source's numbers, names and denial."""
    denies = _DENIAL[wanted].search(sentence) is not None
    return (
        sorted(_digits(sentence)) == sorted(_digits(source))
        and _same_names(sentence, source, wanted)
        and denies == (_DENIAL[own].search(source) is not None)
    )


def keeps_denial(source: str, sentence: str, language: str | None) -> bool:
    """Tell whether a sentence denies as often as its source."""
    denial = _DENIAL.get(language or "", _ANY_DENIAL)
    return len(denial.findall(sentence)) == len(denial.findall(source))


def _told_share(sentence: str, source: str) -> float:
    """Return which part of a sentence's terms its source has."""
    told, said = terms(sentence, None), terms(source, None)
    return sum(term in said for term in told) / len(told) if told else 1.0


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(text)


def _digits(text: str) -> list[str]:
    """Return the digits of each number, whatever sign parts its thousands or decimals."""
    return [re.sub(r"\D", "", number) for number in _numbers(text)]


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


def _same_names(sentence: str, source: str, language: str) -> bool:
    """Tell whether a translation has no name that its source lacks; in German, where nouns look alike, the reverse."""
    if language == "deu":
        return _names(source) - _NUMBER_WORDS <= _words(sentence)
    return _names(sentence) - _NUMBER_WORDS <= _words(source)
