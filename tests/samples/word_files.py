"""A Word file with text in every place that Word has for it, made by code so that tests know each."""

from tests.samples import office

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def run(text: str, look: str = "") -> str:
    """Return a run of text with the properties that make its look."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """Return a paragraph of runs."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(runs)}</w:p>"


def table(*rows: tuple[str, ...], marks: tuple[str, ...] = ()) -> str:
    """Return a table; `marks` has the properties of rows, such as that one was inserted."""
    made = ""
    for place, row in enumerate(rows):
        mark = f"<w:trPr>{marks[place]}</w:trPr>" if place < len(marks) and marks[place] else ""
        cells = "".join(f"<w:tc><w:tcPr><w:tcW w:w='2000' w:type='dxa'/></w:tcPr>{text}</w:tc>" for text in row)
        made += f"<w:tr>{mark}{cells}</w:tr>"
    grid = "<w:gridCol w:w='2000'/>" * len(rows[0])
    return f"<w:tbl><w:tblPr><w:tblW w:w='0' w:type='auto'/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"


def changed(kind: str, inner: str, number: int = 1) -> str:
    """Return a tracked change: ins, del, moveFrom or moveTo around runs."""
    return f'<w:{kind} w:id="{number}" w:author="Ann" w:date="2026-01-02T03:04:05Z">{inner}</w:{kind}>'


def mark(kind: str, number: int = 9) -> str:
    """Return the mark of a tracked change in properties."""
    return f'<w:{kind} w:id="{number}" w:author="Ann" w:date="2026-01-02T03:04:05Z"/>'


def text_box(text: str) -> str:
    """Return a run with a text box: once as Word draws it now, once as it drew it before."""
    inner = f"<w:txbxContent>{paragraph(run(text))}</w:txbxContent>"
    shape = (
        '<w:drawing><wp:inline><wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="Box 1" descr="About '
        + text
        + '"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = (
        f'<w:pict><v:shape style="width:72pt;height:72pt" alt="About {text}"><v:textbox>{inner}</v:textbox>'
        "</v:shape></w:pict>"
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


def field(*code: str, shown: str) -> str:
    """Return a field whose code is split over runs, and the text that it shows."""
    codes = "".join(f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>' for part in code)
    begin, split, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}{codes}{split}{run(shown)}{end}"


def control(name: str, content: str, properties: str = "") -> str:
    """Return a content control."""
    told = f'<w:alias w:val="{name}"/><w:tag w:val="{name.lower()}"/>{properties}'
    return f"<w:sdt><w:sdtPr>{told}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def link(text: str, relation: str = "rLink") -> str:
    """Return a hyperlink."""
    return f'<w:hyperlink r:id="{relation}" w:tooltip="To {text}">{run(text)}</w:hyperlink>'


def comment(number: int, about: str) -> str:
    """Return runs that a comment is about."""
    return (
        f'<w:commentRangeStart w:id="{number}"/>{run(about)}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def file(body: str, *, target: str = "https://example.com", **parts: str) -> bytes:
    """Return a Word file; `parts` may have header, footer, footnotes, comments, and any part by its path with `__`."""
    kinds = {name: name for name in parts if name in ("header", "footer", "footnotes", "comments")}
    roots = {"header": "hdr", "footer": "ftr"}
    section = "".join(
        f'<w:{name}Reference w:type="default" r:id="r{name}"/>' for name in ("header", "footer") if name in kinds
    )
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_KIND}.{name}+xml"/>' for name in kinds)
    links = "".join(f'<Relationship Id="r{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in kinds)
    links += f'<Relationship Id="rLink" Type="{_OFFICE}/hyperlink" Target="{target}" TargetMode="External"/>'
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="r2" '
        f'Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>"
        "</w:document>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>Lease</dc:title><dc:creator>Anna Weber'
        '</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">2026-01-02T03:04:05Z</dcterms:created>'
        "</cp:coreProperties>",
    }
    for name in kinds:
        root = roots.get(name, name)
        members[f"word/{name}.xml"] = f"<w:{root} {_SPACES}>{parts[name]}</w:{root}>"
    members |= {name.replace("__", "/"): text for name, text in parts.items() if name not in kinds}
    return office.archive(members)
