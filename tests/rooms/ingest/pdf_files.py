"""PDF files for tests, written object by object: words at places of a page, pictures, broken and locked files."""

import math
from collections.abc import Sequence

WIDTH, HEIGHT = 595, 842
Words = tuple[str, float, float, float]  # text, x, y (from below), size
Turned = tuple[str, float, float, float, int]  # and degrees, against the clock

_HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
# A font that no file carries: its letters are 16-bit numbers, and ToUnicode says that each is itself.
_WIDE = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts "
    b"[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sample /DW 1000 /CIDSystemInfo << /Registry (Adobe) "
    b"/Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /Sample /Flags 4 "
    b"/FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>] >>"
)
_TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Sample def /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"2 beginbfrange <0020> <D7FF> <0020> <F900> <FFFD> <F900> endbfrange "
    b"endcmap CMapName currentdict /CMap defineresource pop end end"
)
_PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
)


def pdf_file(
    *pages: Sequence[Words | Turned], scans: Sequence[int] = (), locked: bool = False, over: Sequence[bytes] = ()
) -> bytes:
    """A PDF with these words on its pages; the pages of ``scans`` (from 0) carry a picture over the whole page.

    ``over``: annotations that lie over the first page, each as a dictionary of PDF.
    """
    objects: dict[int, bytes] = {3: _HELVETICA, 4: _WIDE, 5: _stream(b"\x80", head=_PICTURE), 6: _stream(_TO_UNICODE)}
    kids = []
    for number, page in enumerate(pages):
        at = 10 + 2 * number
        kids.append(f"{at} 0 R".encode())
        drawn = b"q 595 0 0 842 0 0 cm /I Do Q\n" if number in scans else b""
        objects[at + 1] = _stream(drawn + b"\n".join(map(_words, page)))
        objects[at] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R /W 4 0 R >> "
            b"/XObject << /I 5 0 R >> >> /Contents %d 0 R >>" % (at + 1)
        )
    notes = range(1000, 1000 + len(over))
    objects |= dict(zip(notes, over, strict=True))
    listed = b" ".join(b"%d 0 R" % number for number in notes)
    objects[10] = objects[10].replace(b"/Type /Page ", b"/Type /Page /Annots [%s] " % listed)
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%s] >> >>" % listed
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return _written(objects, locked=locked)


def field(name: str, value: str, *, drawn: bool) -> bytes:
    """A field of a form, filled in; not ``drawn``: it is hidden."""
    head = b"<< /Type /Annot /Subtype /Widget /FT /Tx /F %d /Rect [72 40 400 60] /T (%s) /V (%s) /DA (/F 11 Tf) >>"
    return head % (4 if drawn else 2, name.encode(), value.encode())


def _words(words: Words | Turned) -> bytes:
    text, x, y, size, *turn = words
    angle = math.radians(turn[0]) if turn else 0.0
    try:
        plain = text.encode("cp1252")
        shown = b"(" + plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"
        font = b"/F"
    except UnicodeEncodeError:
        shown, font = b"<" + text.encode("utf-16-be").hex().encode() + b">", b"/W"
    way = (math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle))
    return b"BT %s %g Tf %.4f %.4f %.4f %.4f %g %g Tm %s Tj ET" % (font, size, *way, x, y, shown)


def _stream(content: bytes, *, head: bytes = b"") -> bytes:
    return (head or b"<< /Length %d >>" % len(content)) + b"\nstream\n" + content + b"\nendstream"


def _written(objects: dict[int, bytes], *, locked: bool) -> bytes:
    content = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n"
    for number, place in places.items():
        content += b"%d 1\n%010d 00000 n \n" % (number, place)
    lock = b""
    if locked:  # no password opens this: the checks of both passwords are arbitrary
        lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
            b"1f" * 32,
            b"2e" * 32,
        )
    content += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (max(places) + 1, lock, start)
    return bytes(content)


def column(lines: Sequence[str], *, x: float = 72, top: float = 780, size: float = 11, step: float = 13) -> list[Words]:
    """Lines below each other."""
    return [(line, x, top - step * number, size) for number, line in enumerate(lines) if line]
