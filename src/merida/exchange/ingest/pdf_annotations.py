"""What is laid over the pages of a PDF: filled-in fields, typed-on text, remarks, files that it carries. Knows PDFium.

Fields and typed-on text are text of the page, once they are drawn into it; remarks are no text of the document.
"""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

from merida.exchange.ingest.record import LeftOut

_DRAWN = frozenset((raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP))
_NO_REMARKS = frozenset((*_DRAWN, raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP))
_WRITTEN = frozenset((raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX))
_SHORTS = ctypes.POINTER(ctypes.c_ushort)


@dataclass(slots=True)
class Over:
    """What lies over a page: whether some of it is to be drawn into it, remarks, values of fields by name."""

    drawn: bool = False
    remarks: list[str] = field(default_factory=list)
    values: list[tuple[str, str]] = field(default_factory=list)

    def unseen(self, shown: str) -> Iterator[LeftOut]:
        """Remarks, and values that the page's text does not show, as what was left out."""
        for remark in self.remarks:
            yield LeftOut("REMARK", remark, 0)
        seen = "".join(shown.split())
        for name, value in self.values:
            if "".join(value.split()) not in seen:
                yield LeftOut("FORM_FIELD", f"{name}: {value}" if name else value, 0)


def lying_over(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> Over:
    """What lies over a page."""
    over = Over()
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        try:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            over.drawn = over.drawn or kind in _DRAWN
            if kind == raw.FPDF_ANNOT_WIDGET:
                over.values += _value(document, annotation)
            elif kind not in _NO_REMARKS:
                over.remarks += filter(None, [_contents(annotation)])
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return over


def draw_into(page: pdfium.PdfPage) -> None:
    """Draw fields and typed-on text into the page, which must be opened again to be read."""
    raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)


def files_carried(document: pdfium.PdfDocument) -> list[LeftOut]:
    """The files that a PDF carries inside it, which are not read."""
    return [
        LeftOut("ATTACHMENT", document.get_attachment(index).get_name(), 0)
        for index in range(document.count_attachments())
    ]


def _value(document: pdfium.PdfDocument, annotation: object) -> Iterator[tuple[str, str]]:
    if document.formenv is None:
        return
    forms = document.formenv.raw
    if raw.FPDFAnnot_GetFormFieldType(forms, annotation) not in _WRITTEN:
        return
    value = _told(lambda into, size: int(raw.FPDFAnnot_GetFormFieldValue(forms, annotation, into, size)))
    if value:
        name = _told(lambda into, size: int(raw.FPDFAnnot_GetFormFieldName(forms, annotation, into, size)))
        yield name, value


def _contents(annotation: object) -> str:
    return _told(lambda into, size: int(raw.FPDFAnnot_GetStringValue(annotation, b"Contents", into, size)))


def _told(ask: Callable[[object, int], int]) -> str:
    """A text that PDFium tells as UTF-16 with a zero at the end, in one line."""
    size = ask(None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, _SHORTS), size)
    return " ".join(buffer.raw.decode("utf-16-le", "replace").replace("\x00", "").split())
