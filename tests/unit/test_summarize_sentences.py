"""Tests of `axelered_box.modules.summarize.sentences`, `standing`, `trimming` and `support`."""

import pytest

from axelered_box.modules.summarize import standing, support, trimming
from axelered_box.modules.summarize.sentences import sentences


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("eng", ["Dr. Smith met Mr. J. R. Jones at 3 p.m. on Jan. 5, 2020.", "They spoke about 3.5 million dollars."]),
        ("eng", ["Smith et al. found otherwise (see Fig. 2) [12].", "No. 5 was not."]),
        ("eng", ["Acme Inc. was founded in 1999.", "The parent is Gamma Ltd.", "It has no debt."]),
        ("eng", ["The disease is frequent in MS.", "The aim was met."]),
        ("eng", ["It was found earlier.1,2", "The next day it rained."]),
        ("eng", ["“Is it true?” he asked.", "“Yes!”", "E. coli was found."]),
        ("deu", ["Die Sitzung findet am 3. Oktober 2024 statt.", "Gem. § 5 Abs. 2 Nr. 3 BGB gilt z. B. dies."]),
        ("deu", ["Kosten, Gebühren usw. trägt der Mieter.", "Das Ergebnis lag bei 1.234,50 EUR."]),
        ("fra", ["M. Dupont a signé l'art. 5 du contrat.", "« Est-ce vrai ? » demanda-t-il.", "Oui."]),
        ("spa", ["El Sr. García y la Dra. López firmaron.", "¿Cuándo se paga?", "Véase el art. 3, pág. 12."]),
        ("ita", ["La Acme S.p.A. ha sede a Milano.", "L'art. 12 prevede una penale di € 1.500,00."]),
        (None, ["A text of no known language has Abb. 3 too.", "So it goes on."]),
    ],
)
def test_sentences_end_at_marks_that_end_them(language: str | None, parts: list[str]) -> None:
    """Abbreviations, initials, ordinals, numbers and marks of notes end no sentence."""
    text = " ".join(parts)

    assert [text[start:end] for start, end in sentences(text, language)] == parts


def test_a_line_feed_ends_a_sentence() -> None:
    """Lines that a document keeps apart are not one sentence."""
    text = "First line\nSecond line. Third\n"

    assert [text[start:end] for start, end in sentences(text, "eng")] == ["First line", "Second line.", "Third"]


@pytest.mark.parametrize(
    ("language", "sentence", "leaning"),
    [
        ("eng", "This was not expected.", True),
        ("eng", "This study shows that sleep matters.", False),
        ("eng", "This Consulting and Non-Competition Agreement is made today.", False),
        ("eng", "In both groups pain decreased.", True),
        ("deu", "Dies gilt auch für Mieter.", True),
        ("deu", "Dieser Vertrag endet am 1. Mai.", False),
        ("fra", "Il a été décidé de vendre.", True),
        ("ita", "Il Comune ha approvato il bilancio.", False),
        ("ita", "Questo giudizio è respinto.", True),
        ("spa", "El contrato dura cinco años.", False),
        ("spa", "Sin embargo se renovó.", True),
    ],
)
def test_a_sentence_that_leans_on_the_one_before_is_known(language: str, sentence: str, leaning: bool) -> None:
    """Pronouns and connectives lean; what the document says of itself does not."""
    assert standing.leans(sentence, language, addressed=False) is leaning


def test_a_reader_who_is_addressed_is_no_one_named_before() -> None:
    """In a German letter *Sie* is its reader; in a report it is someone that was named."""
    sentence = "Sie erhalten eine Gutschrift."

    assert standing.addresses_reader("Wir schreiben, weil Sie gefragt haben.")
    assert not standing.leans(sentence, "deu", addressed=True)
    assert standing.leans(sentence, "deu", addressed=False)


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        ("However, pain decreased [12, 14] in 31 women (Fig. 2).", "Pain decreased in 31 women."),
        ("Rates differ (Smith et al., 2019; Jones, 2020).", "Rates differ."),
        ("The rate was high (95% CI = 0.6-0.9).", "The rate was high (95% CI = 0.6-0.9)."),
        ("It rose from 3 to 5 percent (2019).", "It rose from 3 to 5 percent (2019)."),
        ("(b) The tenant shall pay.", "The tenant shall pay."),
        ("P. Rossi negotiates the clause.", "P. Rossi negotiates the clause."),
        ("Otherwise, the contract ends.", "Otherwise, the contract ends."),
        ("Toutefois, la fréquentation a diminué de 7 % (voir figure 2).", "La fréquentation a diminué de 7 %."),
    ],
)
def test_only_what_says_nothing_is_left_out(sentence: str, short: str) -> None:
    """Citations, pointers, list letters and harmless connectives go; names, numbers and conditions stay."""
    assert trimming.trimmed(sentence) == short


@pytest.mark.parametrize(
    ("sentence", "supported"),
    [
        ("Acme paid 4,500 euros in May.", True),
        ("Acme paid 4,600 euros in May.", False),
        ("Beta paid 4,500 euros in May.", False),
        ("Acme did not pay 4,500 euros in May.", False),
        ("Acme paid 4,500 euros in June.", False),
        ("Acme bribed ministers, fled abroad and paid 4,500 euros.", False),
    ],
)
def test_a_sentence_is_supported_by_what_its_source_says(sentence: str, supported: bool) -> None:
    """Another number, name, date, a denial or an invention has no support."""
    source = "In May the company Acme paid 4,500 euros to the bank."

    assert support.supports(sentence, source, "eng") is supported


@pytest.mark.parametrize(
    ("translation", "carried"),
    [
        ("Am 3. Mai zahlte Acme in Lyon 4.500 Euro nicht.", True),
        ("Am 3. Mai zahlte Acme in Lyon 4.500 Euro.", False),
        ("Am 3. Mai zahlte Acme in Lyon 5.400 Euro nicht.", False),
        ("Am 3. Mai zahlte Beta in Lyon 4.500 Euro nicht.", False),
    ],
)
def test_a_translation_carries_numbers_names_and_denial_over(translation: str, carried: bool) -> None:
    """Signs that part thousands may differ; nothing else of a number, a name or a denial may."""
    source = "On 3 May the firm Acme did not pay 4,500 euros in Lyon."

    assert support.carries_over(translation, source, "deu", "eng") is carried
