"""Tests of `axelered_box.modules.summarize` from a document to its result."""

import re
import time
from pathlib import Path
from typing import Any

import pytest

from axelered_box.domain.documents import Document
from axelered_box.domain.models import ModelFailed
from axelered_box.domain.modules import Refusal
from axelered_box.modules.summarize import SummarizeOptions, summary
from tests.samples.summarized import ARTICLE, INVOICE, summarize, words
from tests.unit.written import Answering, document


def test_an_article_is_told_by_its_parts(tmp_path: Path) -> None:
    """Aim, result and conclusion are told; authors, thanks, references and the ethics committee are not."""
    result = summarize(tmp_path, document(ARTICLE))

    assert "The aim of this study" in result["summary"]
    assert "41 minutes longer than those under bright light." in result["summary"]
    assert "dim evening light improved the sleep" in result["summary"]
    assert not re.search("thank|Author|committee|This was significant|Table", result["summary"])
    assert (tmp_path / "out" / "summary.md").read_text("utf-8").startswith("# Effects of evening light")


def test_the_authors_own_abstract_comes_first(tmp_path: Path) -> None:
    """What the authors chose to say is better than what is chosen from the rest."""
    abstract = (
        "## Abstract\n\nEvening light was dimmed in a factory. Its 84 workers slept longer than others did.\n\n## 1."
    )
    result = summarize(tmp_path, document(ARTICLE.replace("## 1.", abstract, 1)), targetLength="short")

    assert result["summary"].startswith("Evening light was dimmed in a factory. Its 84 workers slept longer")


@pytest.mark.parametrize(("length", "most"), [("short", 60), ("medium", 150), ("long", 400)])
def test_a_length_is_filled_and_not_exceeded(tmp_path: Path, length: str, most: int) -> None:
    """A long document gives as many words as were asked for, nearly, and no more."""
    topics = ["river", "bridge", "market", "harbour", "school", "museum", "tower", "garden", "station", "library"]
    acts = ["was rebuilt", "was sold", "burned down", "was opened", "lost its roof", "was painted", "got a new owner"]
    said = [
        f"In the year {1900 + 3 * row + place} the {topic} of the town {act} after {row + 2} months of dispute."
        for row, act in enumerate(acts)
        for place, topic in enumerate(topics)
    ]
    text = "\n\n".join(f"## The {topic}\n\n" + " ".join(said[place::10]) for place, topic in enumerate(topics))
    result = summarize(tmp_path, document(f"# Chronicle\n\n{text}"), targetLength=length)

    assert 0.75 * most <= words(result) <= most


def test_a_short_document_gives_a_shorter_summary(tmp_path: Path) -> None:
    """A note of two sentences is not told in more words than it has."""
    note = "# Note\n\nThe heating was repaired on 4 May by the firm Warm. The bill of 312 euros was paid at once."
    result = summarize(tmp_path, document(note), targetLength="long")

    assert 0 < words(result) <= len(note.split())


def test_a_sentence_that_is_too_long_is_cut_with_a_mark(tmp_path: Path) -> None:
    """Where nothing fits, the summary is the beginning of the best sentence, up to a comma, and shows that."""
    clause = "the tenant pays the rent of the house to the owner on the first day of each month, "
    result = summarize(tmp_path, document(f"# Lease\n\nIn this lease {clause * 4}and so on."), targetLength="short")

    assert result["summary"].endswith("each month …")
    assert words(result) <= 60
    assert result["citations"][0]["quote"].endswith("and so on.")


def test_each_sentence_is_cited_where_it_is_printed(tmp_path: Path) -> None:
    """A citation has the page, the words as printed and the box around them; so has a key point."""
    written = document(ARTICLE.replace("## 3. Results", "---\n\n## 3. Results"))
    result = summarize(tmp_path, written, maxKeyPoints=3)
    pages = {page.number: page for page in written.pages}

    assert 0 < len(result["keyPoints"]) <= 3
    for line in result["citations"] + result["keyPoints"]:
        printed = pages[line["page"]].words
        texts = [word.text for word in printed]
        quote = line["quote"].split()
        starts = [place for place in range(len(texts)) if texts[place : place + len(quote)] == quote]
        assert any(
            line["bbox"]
            == (
                min(word.x0 for word in printed[start : start + len(quote)]),
                min(word.y0 for word in printed[start : start + len(quote)]),
                max(word.x1 for word in printed[start : start + len(quote)]),
                max(word.y1 for word in printed[start : start + len(quote)]),
            )
            for start in starts
        )
    assert any(line["page"] == 2 for line in result["citations"])


def test_a_file_without_printed_pages_has_no_boxes(tmp_path: Path) -> None:
    """Where nothing is printed the quote stands alone."""
    result = summarize(tmp_path, document(ARTICLE, printed=False))

    assert {line["bbox"] for line in result["citations"] + result["keyPoints"]} == {None}
    assert all(line["quote"] for line in result["citations"])


def test_no_key_points_are_given_when_none_are_wanted(tmp_path: Path) -> None:
    """With 0 key points the list is empty."""
    assert summarize(tmp_path, document(ARTICLE), maxKeyPoints=0)["keyPoints"] == []


def test_an_invoice_is_told_by_its_labelled_values(tmp_path: Path) -> None:
    """What it calls itself comes first, then what is to be paid, until when, to whom."""
    result = summarize(tmp_path, document(INVOICE, None))

    assert result["summary"].startswith(
        "Rechnung Nr. 4711 vom 3. März 2025. Zahlbetrag: 1.190,00 EUR; Fällig am: 17.03.2025; "
        "Verkäufer, Name: Blau Software GmbH; "
    )
    assert result["keyPoints"][0]["quote"] == "Zahlbetrag 1.190,00 EUR"


def test_slides_of_catchwords_are_told_by_their_lines(tmp_path: Path) -> None:
    """Where nothing is a sentence or a value, headings and lines are the summary."""
    result = summarize(tmp_path, document("# Roadmap\n\n- Pilot in Ghent\n\n- Rollout", None))

    assert result["summary"] == "Roadmap. Pilot in Ghent; Rollout."


def test_a_document_without_text_is_refused(tmp_path: Path) -> None:
    """There is nothing to sum up, and the message says where to look."""
    with pytest.raises(Refusal, match="warnings of parse") as refused:
        summarize(tmp_path, document("---", None))

    assert refused.value.failure.code == "no_text"


def test_a_list_item_that_breaks_off_is_left_out(tmp_path: Path) -> None:
    """The rest of a torn sentence is not told as if it were whole."""
    torn = (
        "- Recipient shall keep all papers. Recipient shall not use the Confidential\n\n"
        "- Information that it received from the discloser for any purpose of its own in the year."
    )
    result = summarize(tmp_path, document(f"# Terms\n\n{torn}\n\nThe seller shall hand over the keys on 4 May."))

    assert "Information that it received" not in result["summary"]
    assert "the Confidential." not in result["summary"]


@pytest.mark.parametrize("text", [ARTICLE, INVOICE])
def test_a_language_that_no_model_can_write_is_refused(tmp_path: Path, text: str) -> None:
    """A tiny model is not asked to translate; the message says which language is possible."""
    own = "eng" if text is ARTICLE else "deu"
    with pytest.raises(Refusal, match=f"set it to '{own}'") as refused:
        summarize(tmp_path, document(text, own), language="fra")

    assert refused.value.failure.code == "language_unavailable"


def test_a_second_language_of_the_document_is_chosen_from(tmp_path: Path) -> None:
    """Of a document in two languages the paragraphs in the one wanted make the summary."""
    german = "Die Werke dimmen das Licht in der Nacht. Der Schlaf der Arbeiter wird dadurch um 41 Minuten länger."
    written = document(ARTICLE.replace("## Acknow", f"## Kurzfassung\n\n{german}\n\n## Acknow"))
    result = summarize(tmp_path, type(written)(**{**vars_of(written), "languages": ["eng", "deu"]}), language="deu")

    assert result["language"] == "deu"
    assert "41 Minuten" in result["summary"]
    assert "shift workers" not in result["summary"]


def vars_of(written: Document) -> dict[str, Any]:
    return {name: getattr(written, name) for name in written.__struct_fields__}


PROBE = "The committee met on 3 May 2021 in Lyon and did not approve the budget of 4,500 euros."


GERMAN_PROBE = "Der Ausschuss tagte am 3. Mai 2021 in Lyon und hat das Budget von 4.500 Euro nicht gebilligt."


def test_a_translation_is_taken_where_it_passes(tmp_path: Path) -> None:
    """Sentences whose numbers, names and denials survive are told in the language wanted, the quote stays."""
    rent = "The tenant shall pay a rent of 650 euros a month to the owner of the house."
    keys = "The keys of the house are not to be copied by the tenant or by others."
    answers = {
        PROBE: GERMAN_PROBE,
        rent: "Der Mieter hat dem Eigentümer des Hauses eine Miete von 650 Euro im Monat zu zahlen.",
        keys: "Die Schlüssel des Hauses sind von dem Mieter oder von anderen nicht nachzumachen.",
    }
    result = summarize(tmp_path, document(f"# Lease\n\n{rent} {keys}"), Answering(answers=answers), language="deu")

    assert result["summary"] in (f"{answers[rent]} {answers[keys]}", answers[rent], answers[keys])
    assert result["citations"][0]["quote"] in (rent, keys)


def test_a_translation_that_fails_the_check_is_refused(tmp_path: Path) -> None:
    """A rent that changed on the way to another language is not told."""
    rent = "The tenant shall pay a rent of 650 euros a month to the owner of the house."
    answers = {PROBE: GERMAN_PROBE, rent: "Der Mieter hat dem Eigentümer eine Miete von 560 Euro im Monat zu zahlen."}
    with pytest.raises(Refusal, match="can be checked"):
        summarize(tmp_path, document(f"# Lease\n\n{rent}"), Answering(answers=answers), language="deu")


def test_a_model_shortens_only_where_the_check_passes(tmp_path: Path) -> None:
    """Fewer words are taken when they say the same; else the document's own sentence stands."""
    fit = (
        "The board of the garden club, which met again on the evening of 4 May in the old club house, decided after a "
        "long and lively debate to raise the rent to 34 cents."
    )
    unfit = (
        "The treasurer of the club, who had been asked for it by many of the members in the weeks before, reported "
        "that the club has no debts at the end of 2024."
    )
    answers = {
        PROBE: "The committee met on 3 May 2021 in Lyon and did not approve the budget.",
        fit: "The board of the garden club decided on 4 May to raise the rent to 34 cents.",
        unfit: "The treasurer of the club reported that the club has debts at the end of 2024.",
    }
    long = document(f"# Minutes\n\n{fit}\n\n{unfit}\n\n" + "- Item of the agenda without a word\n\n" * 20)
    result = summarize(tmp_path, long, Answering(answers=answers))

    assert answers[fit] in result["summary"]
    assert unfit in result["summary"]


def test_a_tiny_model_is_not_asked_to_write(tmp_path: Path) -> None:
    """A model of 135 million parameters invents, so the document's own sentences stand unasked."""
    model = Answering("SmolLM2-135M-Instruct.Q4_1.gguf")
    summarize(tmp_path, document(ARTICLE), model)

    assert model.asked == []


class Failing(Answering):
    """A model that gives no answer."""

    def generate(self, ask: Any) -> Any:
        raise ModelFailed("model_timed_out", "The model took too long.")


def test_a_model_that_was_named_and_fails_is_told_of(tmp_path: Path) -> None:
    """Who asks for a model by name learns that it failed."""
    with pytest.raises(ModelFailed):
        summarize(tmp_path, document(ARTICLE), Failing(), llmConfig={"model": "writer-8b"})


def test_a_summary_does_without_a_model_that_fails(tmp_path: Path) -> None:
    """The box's own model is not needed, so its failure costs nothing."""
    assert "41 minutes longer" in summarize(tmp_path, document(ARTICLE), Failing())["summary"]


def test_the_work_grows_with_the_length_not_with_its_square() -> None:
    """Sentences are compared with their neighbours and with the chosen ones, so the work is bounded."""

    def seconds(chapters: int) -> float:
        text = "\n\n".join(
            f"## Chapter {number}\n\n"
            + " ".join(f"The report on item {number}-{row} of the year names {row * 7} repairs." for row in range(25))
            for number in range(chapters)
        )
        written = document(f"# Register\n\n{text}", printed=False)
        begun = time.process_time()
        made = summary.summarize(written, SummarizeOptions(target_length="long"), Answering("tiny-135M"))
        assert 0 < len(made.summary.split()) <= 400
        return time.process_time() - begun

    seconds(2)

    assert seconds(60) < 25 * seconds(6)
