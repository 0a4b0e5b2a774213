"""Documents as a typewriter would print them: each line of a text is a line of a page, each letter has one width."""

from axelered_box.domain.documents import Block, Cell, Document, Kind, Page, Source, Table, Word

LETTER, LINE, HEIGHT = 5.0, 12.0, 8.0


def typed(*pages: str, languages: tuple[str, ...] = ("eng",)) -> Document:
    """Return a document of these pages: each paragraph is a block, a line that begins with ``# `` a heading, and
    with ``- `` a point of a list."""
    read, blocks = [], []
    for number, text in enumerate(pages, 1):
        words: list[Word] = []
        open_block = False
        for row, line in enumerate(text.strip("\n").split("\n")):
            first = len(words)
            kind = {"# ": Kind.HEADING, "- ": Kind.LIST_ITEM}.get(line[:2], Kind.PARAGRAPH)
            words += _words("  " + line[2:] if kind is Kind.HEADING else line, row)
            if len(words) == first:
                open_block = False
                continue
            if open_block and kind is Kind.PARAGRAPH:
                before = blocks.pop()
                first = before.words[0]
            said = " ".join(word.text for word in words[first:])
            name = f"{number}.{len(blocks)}"
            level = 1 if kind is Kind.HEADING else None
            blocks.append(Block(id=name, kind=kind, page=number, text=said, words=(first, len(words)), level=level))
            open_block = kind is Kind.PARAGRAPH
        read.append(Page(number=number, width=600.0, height=800.0, source=Source.DIGITAL, quality=1.0, words=words))
    return Document(languages=list(languages), page_count=len(pages), pages=read, blocks=blocks)


def grid(rows: list[list[str]]) -> Document:
    """Return a document without printed pages that is one table, its first row the heading."""
    cells = [
        Cell(row=number, column=column, text=text, header=number == 0)
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
    ]
    table = Table(rows=len(rows), columns=len(rows[0]), header_rows=1, cells=cells)
    block = Block(id="1.1", kind=Kind.TABLE, page=1, text="", table=table)
    return Document(languages=["eng"], page_count=1, pages=[], blocks=[block])


def _words(line: str, row: int) -> list[Word]:
    found = []
    at = 0
    for text in line.split():
        at = line.index(text, at)
        found.append(Word(text, at * LETTER, row * LINE, (at + len(text)) * LETTER, row * LINE + HEIGHT))
        at += len(text)
    return found
