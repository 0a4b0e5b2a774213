"""The places of a document that may answer questions: values that were read there, and words that may be any text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from axelered_box.modules.citing import Stretch, stretch
from axelered_box.modules.extract.address_lines import is_of_address
from axelered_box.modules.extract.candidates import Candidate, once
from axelered_box.modules.extract.contracting import contracting
from axelered_box.modules.extract.evidence import Evidence, Passage, Piece, Span
from axelered_box.modules.extract.fitting import Fit, trimmed
from axelered_box.modules.extract.lines import COLON, MAX_TEXT_WORDS, address_of, parts, stacked
from axelered_box.modules.extract.surroundings import Surroundings, near
from axelered_box.modules.extract.terms import Notions, Vocabulary
from axelered_box.modules.extract.wanting import Wanted
from axelered_box.modules import values
from axelered_box.modules.values import Found, persons

PREFIX_WORDS = 4
"""The most words at the beginning of a line that may name what follows."""
NAMES = 0.75
"""From this likeness on such words do name it."""
PERSONS = frozenset({"organisation", "person"})
TEXTUAL = frozenset({"text", "organisation", "person", "address", "place"})
"""Kinds that words may be of which no reader of values knows."""

_DIVIDING = frozenset({"date", "amount", "percent", "iban", "bic", "vat_id", "tax_number", "email", "phone", "url"})
"""Kinds behind which the words before a value no longer speak of it."""

_BEGINS_ADDRESS = re.compile(
    r"(?:[\W\d]|\b(?:no|nos|lot|unit|level|flat|suite|blk|block|floor|[a-z]\d*)\b)*", re.IGNORECASE
)
"""What may stand before the words by which an address was read, and is part of it."""
_TO_CALL = re.compile(r"(?:\+|00|0|\(0)?[\d()]{2,5}(?:[ /.-]{1,3}\d{2,8}){1,5}")
_MARK = re.compile(r"(?<!\S)(?:(?P<yes>[xX■●◉✗✘])|(?P<no>[□○◯]))(?!\S)")
"""A box or ring that is filled or crossed, and one that is not."""


class Pool:
    """All candidates of a document, before one asks which of them suit a question."""

    def __init__(self, evidence: Evidence, vocabulary: Vocabulary) -> None:
        self.evidence = evidence
        self._vocabulary = vocabulary
        self._surroundings = Surroundings(evidence)
        self._values: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in self._read():
            self._values[candidate.kind].append(candidate)
        self._texts: list[Candidate] | None = None
        self._parties: list[Candidate] | None = None
        self._boxed: list[tuple[Piece, Stretch]] = []
        self._of_boxes: set[int] = set()
        self._look_for_boxes()

    def _look_for_boxes(self) -> None:
        """Find the lines, or cells and blocks of a few lines, that have several boxes to tick."""
        for passage in self.evidence.passages:
            if not passage.prose and len(values.boxed(passage.stretch.text)) > 1 and _has_one_question(passage):
                self._boxed.append((self.evidence.pieces[passage.pieces[0]], passage.stretch))
                self._of_boxes.update(passage.pieces)
        for piece in self.evidence.pieces:
            if piece.index not in self._of_boxes and values.boxed(piece.stretch.text):
                self._boxed.append((piece, piece.stretch))
                self._of_boxes.add(piece.index)

    def values(self, kinds: Iterable[str]) -> Iterator[Candidate]:
        """Yield the values that were read, of these kinds."""
        for kind in kinds:
            yield from self._values[kind]

    def of(self, wanted: Wanted) -> list[Candidate]:
        """Return what may answer a question, each with its value as the schema wants it."""
        fit = Fit(wanted.question)
        offered: list[Candidate] = []
        if "choice" in wanted.kinds:
            offered.extend(self._choices(wanted))
        else:
            if wanted.parties and PERSONS & set(wanted.kinds):
                offered.extend(self._contracting())
            offered.extend(self.values(kind for kind in wanted.kinds if kind != "address"))
            if "boolean" in wanted.kinds:
                offered.extend(self._marks())
            if TEXTUAL & set(wanted.kinds) or wanted.kinds[0] == "identifier":
                offered.extend(self._any_text())
            if "organisation" in wanted.kinds:
                offered.extend(self._joined_names())
            if wanted.kinds[0] == "phone":
                offered.extend(self._numbers_to_call())
            if wanted.kinds[0] in PERSONS:
                offered = [_without_title(candidate) for candidate in offered if not _is_titled(candidate)]
            if "address" in wanted.kinds:
                offered.extend(self._addresses())
                offered.extend(self._named(wanted))
        return list(once(self._fitted(offered, fit)))

    def _contracting(self) -> list[Candidate]:
        if self._parties is None:
            self._parties = list(contracting(self.evidence))
        return self._parties

    def _numbers_to_call(self) -> Iterator[Candidate]:
        """Yield figures in groups that have the shape of a telephone number; a name has to tell that they are one."""
        for candidate in self._any_text():
            if _TO_CALL.fullmatch(candidate.text):
                found = Found("phone", candidate.start, candidate.end, candidate.text, 0.4)
                yield msgspec.structs.replace(candidate, found=found)

    def _fitted(self, offered: Iterable[Candidate], fit: Fit) -> Iterator[Candidate]:
        for candidate in offered:
            value = candidate.value if candidate.value is not None else fit.value(candidate.text, candidate.found)
            if value is not None:
                yield msgspec.structs.replace(candidate, value=value)

    def _read(self) -> Iterator[Candidate]:
        ends: dict[int, int] = {}
        last: Stretch | None = None
        for span in self.evidence.spans:
            if span.stretch is not last:
                last, ends = span.stretch, {}
            earlier = max((end for end in ends.values() if end <= span.found.start), default=0)
            if span.found.kind in _DIVIDING and span.found.certainty >= 0.4:
                ends[span.found.start] = span.found.end
            yield self._candidate(span, earlier)

    def _candidate(self, span: Span, earlier: int) -> Candidate:
        return Candidate(
            stretch=span.stretch,
            start=span.found.start,
            end=span.found.end,
            found=span.found,
            piece=self.evidence.pieces[span.piece],
            near=near(span.stretch.text, span.found.start, span.found.end, earlier),
            around=self._surroundings.of(span.piece),
        )

    def _any_text(self) -> list[Candidate]:
        """Return the lines, what stands behind a colon in them, and the blocks of a few lines."""
        if self._texts is None:
            self._texts = [*self._lines(), *self._blocks()]
        return self._texts

    def _lines(self) -> Iterator[Candidate]:
        in_prose = {index for passage in self.evidence.passages if passage.prose for index in passage.pieces}
        for piece in self.evidence.pieces:
            if piece.index not in in_prose:
                for start, end in parts(piece.stretch.text):
                    yield self._words(piece, piece.stretch, start, end)

    def _blocks(self) -> Iterator[Candidate]:
        for passage in self.evidence.passages:
            text = passage.stretch.text
            if passage.prose or len(text.split()) > MAX_TEXT_WORDS:
                continue
            yield from self._whole_lines(passage)
            starts = [0, *(match.end() for match in re.finditer("\n", text))]
            for start in starts[:3]:
                if start == 0 or start != starts[-1]:
                    yield self._of_passage(passage, start, len(text))

    def _addresses(self) -> list[Candidate]:
        """Return each address with all the lines that belong to it, instead of the parts that were read."""
        pages = {page.number: page for page in self.evidence.document.pages}
        read = [item for item in self.values(("address", "postal_code")) if item.found and item.found.certainty >= 0.3]
        found: list[Candidate] = []
        for part in read:
            page = pages.get(part.stretch.page)
            if any(part.overlaps(whole) for whole in found):
                continue
            if page is None or part.piece.box is None:
                found += [part] if part.kind == "address" else []
                continue
            first, last = address_of(self.evidence.pieces, part.piece.index)
            upper, lower = self.evidence.pieces[first].stretch, self.evidence.pieces[last].stretch
            colon = COLON.search(upper.text)
            named = first == part.piece.index and not _BEGINS_ADDRESS.fullmatch(part.near.line)
            start = part.words[0] if named else upper.words[0]
            if colon and first != part.piece.index:
                start = upper.word_range(colon.end(), len(upper.text))[0]
            end = max(part.words[1], lower.words[1] if is_of_address(lower.text) else 0)
            if part.kind == "postal_code" and (first == last or end - start < 3):
                continue
            lines = stretch(page, (min(start, part.words[0]), end), upper.block, lines=True)
            whole = self._words(self.evidence.pieces[first], lines, 0, len(lines.text))
            known = Found("address", whole.start, whole.end, " ".join(whole.text.split()), 0.9)
            found.append(msgspec.structs.replace(whole, found=known))
        return found

    def _joined_names(self) -> Iterator[Candidate]:
        """Yield names whose legal form stands alone on the line below."""
        pages = {page.number: page for page in self.evidence.document.pages}
        for part in self.values(("organisation",)):
            place, page = part.piece.index, pages.get(part.stretch.page)
            form = part.found.detail.form if part.found else None
            above = self.evidence.pieces[place - 1 : place + 1]
            if (
                page is None
                or not form
                or len(part.text.split()) > len(form.split())
                or not place
                or not stacked(above)
            ):
                continue
            lines = stretch(page, (above[0].stretch.words[0], part.words[1]), above[0].stretch.block, lines=True)
            whole = self._words(above[0], lines, 0, len(lines.text))
            known = Found("organisation", whole.start, whole.end, " ".join(whole.text.split()), 0.7)
            yield msgspec.structs.replace(whole, found=known)

    def _whole_lines(self, passage: Passage) -> Iterator[Candidate]:
        """Yield the lines that wide gaps part into several pieces."""
        for match in re.finditer("[^\n]+", passage.stretch.text):
            candidate = self._of_passage(passage, match.start(), match.end())
            if candidate.end - candidate.start > len(candidate.piece.stretch.text) and passage.stretch.starts:
                yield candidate

    def _of_passage(self, passage: Passage, start: int, end: int) -> Candidate:
        if passage.stretch.starts:
            first = passage.stretch.word_range(start, start + 1)[0]
            place = next(
                (at for at in passage.pieces if self.evidence.pieces[at].stretch.words[1] > first), passage.pieces[0]
            )
        else:
            place = passage.pieces[min(passage.stretch.text.count("\n", 0, start), len(passage.pieces) - 1)]
        return self._words(self.evidence.pieces[place], passage.stretch, start, end)

    def _named(self, wanted: Wanted) -> Iterator[Candidate]:
        """Yield what follows, in the same line, words that name what is asked."""
        for piece in self.evidence.pieces:
            text = piece.stretch.text
            spaces = [match.end() for match in re.finditer(r"\s+", text)][:PREFIX_WORDS]
            for space in spaces:
                prefix = self._vocabulary.read(text[:space])
                if self._vocabulary.likeness(wanted.name, prefix).score >= NAMES and ":" not in text[space:]:
                    yield self._words(piece, piece.stretch, space, len(text))

    def _words(self, piece: Piece, stretch: Stretch, start: int, end: int, *, inner: bool = True) -> Candidate:
        text = stretch.text[start:end]
        kept = trimmed(text)
        if inner and "\n" not in text and kept in text:
            start += text.find(kept)
            end = start + len(kept)
        return Candidate(
            stretch=stretch,
            start=start,
            end=end,
            found=None,
            piece=piece,
            near=near(stretch.text, start, end, 0),
            around=self._surroundings.of(piece.index),
        )

    def _marks(self) -> Iterator[Candidate]:
        """Yield the boxes that are crossed and that are not, where they stand before what they are for."""
        for piece in self.evidence.pieces:
            for match in _MARK.finditer(piece.stretch.text):
                candidate = self._words(piece, piece.stretch, match.start(), match.end(), inner=False)
                found = Found("boolean", match.start(), match.end(), match["yes"] is not None, 0.6)
                yield msgspec.structs.replace(candidate, found=found)

    def _choices(self, wanted: Wanted) -> Iterator[Candidate]:
        """Yield the places that say one of the values that the schema counts up, word by word or by a term for it."""
        for choice in wanted.question.choices:
            words = re.findall(r"[^\W_]+", str(choice))
            notions = self._vocabulary.read(" ".join(words))
            pattern = re.compile(r"(?<!\w)" + r"[\W_]{0,3}".join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE)
            for piece, whole in self._boxed:
                ticked = [(start, end) for is_ticked, start, end in values.boxed(whole.text) if is_ticked]
                for place in ticked:
                    if self._is_said(notions, pattern, whole.text, place):
                        yield msgspec.structs.replace(self._words(piece, whole, *place), value=choice)
            for piece in self.evidence.pieces:
                if piece.index in self._of_boxes:
                    continue
                match = pattern.search(piece.stretch.text) if words else None
                if match:
                    place = (match.start(), match.end())
                elif (behind := self._said(notions, piece.stretch.text)) is not None:
                    place = (behind, len(piece.stretch.text))
                else:
                    continue
                yield msgspec.structs.replace(self._words(piece, piece.stretch, *place), value=choice)

    def _is_said(self, notions: Notions, pattern: re.Pattern[str], text: str, place: tuple[int, int]) -> bool:
        """Tell whether the words behind a box say a choice, word by word or by a term for it."""
        words = text[slice(*place)]
        if match := pattern.search(words):
            return len(match.group()) >= 0.5 * len(words.strip())
        said = self._vocabulary.read(words)
        return any(notion.terms for notion in notions) and self._vocabulary.likeness(notions, said).score >= NAMES

    def _said(self, notions: Notions, text: str) -> int | None:
        """Return where a line, or what stands behind a colon in it, begins to say a choice in other words."""
        colon = COLON.search(text)
        for start in (0, *([colon.end()] if colon else [])):
            said = self._vocabulary.read(text[start:])
            if any(notion.terms for notion in notions) and self._vocabulary.likeness(notions, said).score >= NAMES:
                return start
        return None


def _has_one_question(passage: Passage) -> bool:
    """Tell whether the boxes of a cell or block answer one question: one of them at most is ticked."""
    return passage.cell is not None and sum(ticked for ticked, _, _ in values.boxed(passage.stretch.text)) <= 1


def _without_title(candidate: Candidate) -> Candidate:
    """Return words without the title of a person that they begin with."""
    title = persons.title_of(candidate.text) if candidate.found is None else 0
    return msgspec.structs.replace(candidate, start=candidate.start + title) if title else candidate


def _is_titled(candidate: Candidate) -> bool:
    """Tell whether words are a title alone, or a person with a title that was read as an organisation."""
    if candidate.found is None:
        return persons.title_of(f"{candidate.text} ") > len(candidate.text)
    found = candidate.found
    return found.kind == "organisation" and not found.detail.form and persons.title_of(candidate.text) > 0
