"""Plain summaries of a text: its beginning, and LexRank's sentences (sumy)."""

import importlib.util
import re

from tests.bench.pack.texts import sentences

LONGEST_LENGTH = 60
"""Of LexRank's input, the most words of a sentence: longer ones are tables and lists of names."""
LANGUAGES = {"eng": "english", "deu": "german", "fra": "french", "spa": "spanish", "ita": "italian"}
NAMES = ("lead", "lexrank")


def names() -> list[str]:
    """Return the rivals that there are."""
    return [name for name in NAMES if name == "lead" or importlib.util.find_spec("sumy") is not None]


def summarize(name: str, prose: str, language: str, words: int) -> str:
    """Return a rival's summary of a text in at most so many words, whole sentences only."""
    said = sentences(prose)
    if name == "lead":
        return _fitting(said, words)
    known = LANGUAGES.get(language, "english")
    return _lexrank([one for one in said if len(one.split()) <= LONGEST_LENGTH], known, words)


def _lexrank(said: list[str], language: str, words: int) -> str:
    """Return the sentences of highest rank, as many as fit, in their order (Erkan and Radev, 2004)."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.utils import get_stop_words

    document = ObjectDocumentModel([Paragraph([Sentence(one, _Words()) for one in said])])
    summarizer = LexRankSummarizer(Stemmer(language))
    summarizer.stop_words = get_stop_words(language)
    lengths = sorted(len(one.split()) for one in said)
    most = next((count for count in range(len(said), 0, -1) if sum(lengths[:count]) <= words), 1)
    for count in range(min(most, 2 * words // max(1, lengths[len(lengths) // 2])), 0, -1):
        chosen = " ".join(map(str, summarizer(document, count)))
        if len(chosen.split()) <= words:
            return chosen
    return ""


class _Words:
    """Sumy's tokenizer without the data that NLTK would download."""

    def to_words(self, sentence: str) -> list[str]:
        return [word for word in re.findall(r"\w+", sentence.lower()) if word.isalpha()]


def _fitting(said: list[str], words: int) -> str:
    taken: list[str] = []
    for one in said:
        if sum(len(other.split()) for other in taken) + len(one.split()) > words:
            break
        taken.append(one)
    return " ".join(taken)
