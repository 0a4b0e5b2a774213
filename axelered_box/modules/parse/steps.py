"""Parse step by step: begin plans, each batch gathers the evidence of some pages, assemble makes the document.

A small document is read and assembled by the first step alone, so that it costs one child.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from axelered_box.domain.documents import Document, Source, Warning
from axelered_box.domain.media_types import PAGED
from axelered_box.domain.modules import (
    MAX_BATCH_PAGES,
    Failure,
    Kept,
    OutputFile,
    Plan,
    Progress,
    Refusal,
    Step,
    StepMessage,
    StepResult,
)
from axelered_box.formats import evidence as evidences
from axelered_box.formats.evidence import PageEvidence
from axelered_box.formats.pages import Pages
from axelered_box.modules.parse import drills, enclosed, outputs, reading
from axelered_box.modules.parse.assemble import assemble
from axelered_box.modules.parse.options import ParseOptions, page_numbers

INLINE_PAGES = 8
"""A document of at most so many pages is read at once."""
INLINE_SCANNED_PAGES = 2
SCANNED_BATCH_PAGES = 4
"""Pages whose text is recognised take longer, so a batch has fewer."""


class _Job(msgspec.Struct, frozen=True):
    """What every part of a step needs to know."""

    message: StepMessage
    folder: Path
    options: ParseOptions
    progress: Progress

    @property
    def out(self) -> Path:
        """Return the folder for what the step makes."""
        return self.folder / self.message.output

    def open(self) -> Pages:
        """Return the pages of the file; raises Refusal."""
        return Pages(
            self.folder / self.message.input,
            self.message.media_type,
            password=self.options.password,
            max_pixels=self.options.max_pixels,
            jpeg_quality=self.options.jpeg_quality,
        )


def run(message: StepMessage, folder: Path, progress: Progress) -> StepResult:
    """Do one step of parse; raises Refusal."""
    job = _Job(message, folder, msgspec.convert(message.options, ParseOptions), progress)
    if message.step.name == "begin":
        drills.act(message, progress)
        return _begin(job)
    if message.step.name == "batch":
        return _batch(job)
    return _finish(job, job.open(), _kept(job))


def _begin(job: _Job) -> StepResult:
    """Read a document at once when it has no pages or few, else plan its reading."""
    media_type, options = job.message.media_type, job.options
    if options.provider == "markitdown" or media_type not in PAGED:
        return _unpaged(job, _unprinted(job))
    pages = job.open()
    chosen = _chosen(job, pages)
    job.progress.pages_total(len(chosen))
    inline = bool(job.message.step.state.get("inline", True))
    if inline and len(chosen) <= INLINE_PAGES:
        scanned = sum(options.ocr == "always" or pages.looks_scanned(number) for number in chosen)
        if scanned <= INLINE_SCANNED_PAGES or options.ocr == "never":
            return _at_once(job, pages, chosen)
    plan = _plan(job, pages, chosen) if inline else _plan_of(_batches(chosen, lambda _: True), len(chosen), None)
    return StepResult(plan=plan, document={"pages": pages.count})


def _unprinted(job: _Job) -> Document:
    """Return the document that a file without printed pages is."""
    from axelered_box.formats import contents, office  # noqa: PLC0415  # they load parsers that others don't need

    path, media_type, password = job.folder / job.message.input, job.message.media_type, job.options.password
    if job.options.provider == "markitdown":
        return office.read(path, media_type, password)
    work = job.folder / "tmp"
    work.mkdir(exist_ok=True)
    return contents.read(path, media_type, password, read_paged=enclosed.reader(job.options, work, job.progress))


def _unpaged(job: _Job, document: Document) -> StepResult:
    """Finish a document that has no printed pages."""
    if not document.blocks:
        empty = Warning(code="empty_document", message="The file says nothing: it has no text.")
        document = msgspec.structs.replace(document, warnings=[*document.warnings, empty])
    job.progress.pages_total(1)
    job.progress.page_started(0)
    files = outputs.write(document, job.out)
    job.progress.page_done(0)
    return StepResult(outputs=files, result=outputs.result(document), document={"pages": document.page_count})


def _chosen(job: _Job, pages: Pages) -> list[int]:
    """Return the pages (from 0) to read; raises Refusal."""
    chosen = list(range(pages.count))
    if job.options.pages is not None:
        try:
            chosen = page_numbers(job.options.pages, pages.count)
        except LookupError as error:
            raise Refusal(
                "no_such_page",
                f"The document has {pages.count} pages; there is no page {error.args[0]}. "
                "Correct 'parserConfig.pages'.",
            ) from error
    most = job.message.limits.max_pages
    if len(chosen) > most:
        raise Refusal(
            "too_many_pages",
            f"The document has {len(chosen)} pages to read, more than MAX_PAGES ({most}) allows. "
            "Choose fewer with 'parserConfig.pages', or split the file.",
        )
    return chosen


def _plan(job: _Job, pages: Pages, chosen: list[int]) -> Plan:
    """Return the plan of a document's pages, and the language that batches begin with."""
    options = job.options
    scanned = {n for n in chosen if options.ocr == "always" or (options.ocr == "auto" and pages.looks_scanned(n))}
    language = None
    if scanned and options.languages == "auto":
        job.progress.alive()
        language = reading.sampled_language(pages, min(scanned), options)
    return _plan_of(_batches(chosen, scanned.__contains__), len(chosen), language)


def _plan_of(batches: list[list[int]], count: int, language: str | None) -> Plan:
    state = {} if language is None else {"language": language}
    return Plan(
        steps=[Step(name="batch", pages=batch, state=state) for batch in batches],
        last=Step(name="assemble"),
        pages_total=count,
    )


def _batches(chosen: list[int], is_scanned: Callable[[int], bool]) -> list[list[int]]:
    """Return pages in batches: of so many pages at most, and of fewer where they are scanned."""
    batches: list[list[int]] = []
    scanned = 0
    for number in chosen:
        is_scan = is_scanned(number)
        full = batches and (len(batches[-1]) >= MAX_BATCH_PAGES or (is_scan and scanned >= SCANNED_BATCH_PAGES))
        if not batches or full:
            batches.append([])
            scanned = 0
        batches[-1].append(number)
        scanned += is_scan
    return batches


def _batch(job: _Job) -> StepResult:
    """Gather the evidence of some pages and leave it in the output folder."""
    pages = job.open()
    for seen in _read(job, pages, job.message.step.pages, job.out):
        (job.out / f"page-{seen.page + 1}.evidence").write_bytes(evidences.encode(seen))
    return StepResult(document={"pages": pages.count})


def _at_once(job: _Job, pages: Pages, chosen: list[int]) -> StepResult:
    """Read all pages and make the document of them."""
    work = job.folder / "tmp"
    work.mkdir(exist_ok=True)
    return _finish(job, pages, [(seen, work) for seen in _read(job, pages, chosen, work)])


def _read(job: _Job, pages: Pages, chosen: list[int], folder: Path) -> Iterator[PageEvidence]:
    """Yield the evidence of pages, telling of each."""
    hint: str | None = job.message.step.state.get("language")
    for number in chosen:
        job.progress.page_started(number)
        seen = reading.read(pages, number, job.options, hint, folder)
        hint = seen.language or hint
        yield seen
        job.progress.page_done(number)


def _kept(job: _Job) -> list[tuple[PageEvidence, Path]]:
    """Return the evidence that the batches left, and where; pages whose batch failed are failed."""
    seen: list[tuple[PageEvidence, Path]] = []
    for kept in job.message.kept:
        seen.extend(_kept_page(kept, number, job.folder) for number in kept.step.pages)
        job.progress.alive()
    return sorted(seen, key=lambda entry: entry[0].page)


def _kept_page(kept: Kept, number: int, folder: Path) -> tuple[PageEvidence, Path]:
    """Return the evidence of one page that a batch was to read."""
    lost = kept.failure or Failure(code="page_lost", message="What was read of the page is gone.")
    if kept.folder is None:
        return reading.failed(number, lost), folder
    place = folder / "kept" / kept.folder
    try:
        return evidences.decode((place / f"page-{number + 1}.evidence").read_bytes()), place
    except (FileNotFoundError, msgspec.MsgspecError):
        return reading.failed(number, lost), place


def _finish(job: _Job, pages: Pages, seen: list[tuple[PageEvidence, Path]]) -> StepResult:
    """Make the document and write what parse answers; raises Refusal when no page could be read."""
    if all(page.source is Source.FAILED for page, _ in seen):
        first = seen[0][0].warnings[0]
        raise Refusal(first.code, f"No page could be read. {first.message}", first.page)
    document = assemble((page for page, _ in seen), pages.count, pages.title, pages.outline())
    files: list[OutputFile] = outputs.write(document, job.out)
    if job.options.searchable_pdf and any(page.searchable for page, _ in seen):
        from axelered_box.formats import searchable  # noqa: PLC0415  # only where text was recognised

        pieces = {page.page: place / page.searchable for page, place in seen if page.searchable}
        target = job.out / "searchable.pdf"
        searchable.write(pages, pieces, target)
        files.append(outputs.searchable_pdf(target))
    return StepResult(outputs=files, result=outputs.result(document), document={"pages": pages.count})
