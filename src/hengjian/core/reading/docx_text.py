"""The text of one Word paragraph as a reader sees it: results of fields, insertions, symbols; no deletions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from hengjian.core.reading.ooxml import VAL, is_on, local, number, value, w

_SYMBOLS: Final = {
    0xF0A3: "□", 0xF06F: "□", 0xF0A8: "□", 0xF071: "□", 0xF02A: "□", 0xF030: "□",
    0xF052: "☑", 0xF0FE: "☑", 0xF053: "☒", 0xF0FD: "☒", 0xF054: "☒", 0xF078: "☒",
    0xF0FC: "√", 0xF050: "√", 0xF0D6: "√", 0xF0FB: "×", 0xF04F: "×",
}  # fmt: skip
_SYMBOL_FONT: Final = {
    0xF0A3: "≤",
    0xF0B3: "≥",
    0xF0B9: "≠",
    0xF0B1: "±",
    0xF0B4: "×",
    0xF0B8: "÷",
    0xF0D7: "·",
}
_SKIPPED: Final = frozenset(
    [
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "pPr",
        "rPr",
        "footnoteReference",
        "endnoteReference",
        "commentReference",
        "annotationRef",
        "footnoteRef",
        "endnoteRef",
        "separator",
        "continuationSeparator",
        "softHyphen",
        "rt",
        "sdtPr",
        "bookmarkStart",
        "bookmarkEnd",
        "proofErr",
        "Fallback",
    ]
)
_PLAIN: Final = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_OBJECTS: Final = {
    "blip": "image",
    "imagedata": "image",
    "chart": "chart",
    "OLEObject": "embedded_object",
    "relIds": "diagram",
}


@dataclass(slots=True)
class _Field:
    """A complex field that is open; only the text after ``separate`` is seen."""

    in_result: bool = False
    instruction: str = ""
    element: etree._Element | None = None


@dataclass(slots=True)
class Line:
    """What one paragraph held."""

    text: str
    page: int
    in_contents: bool = False
    boxes: list[etree._Element] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    hidden: bool = False


class TextWalk:
    """Reads paragraphs of one story in order; fields and pages run on from one paragraph to the next."""

    def __init__(self, knows_pages: bool = False) -> None:
        self.page = 1 if knows_pages else 0
        self._fields: list[_Field] = []
        self._parts: list[str] = []
        self._line = Line("", 0)
        self._contents = False
        self._handlers: dict[str, Callable[[etree._Element], None]] = {
            "r": self._run,
            "t": self._text,
            "br": self._break,
            "lastRenderedPageBreak": self._page_break,
            "fldChar": self._field_mark,
            "instrText": self._instruction,
            "sym": self._symbol,
            "drawing": self._graphic,
            "pict": self._graphic,
            "object": self._graphic,
            "AlternateContent": self._alternative,
        }

    def read(self, paragraph: etree._Element) -> Line:
        """The paragraph's text, its anchored text boxes and what in it is no text."""
        self._parts = []
        self._line = Line("", self.page)
        self._contents = self._inside_contents()
        self._children(paragraph)
        self._line.text = "".join(self._parts)
        self._line.in_contents = self._contents
        self._drop_broken_fields()
        return self._line

    def _children(self, element: etree._Element) -> None:
        for child in element:
            name = local(child)
            handler = self._handlers.get(name)
            if handler is not None:
                handler(child)
            elif name in _PLAIN:
                self._emit(_PLAIN[name])
            elif name not in _SKIPPED:
                self._children(child)

    def _run(self, run: etree._Element) -> None:
        properties = run.find(w("rPr"))
        if properties is not None and is_on(properties, "vanish"):
            self._line.hidden = self._line.hidden or bool(
                "".join(t.text or "" for t in run.iterfind(w("t"))).strip()
            )
            for mark in run.iterfind(w("fldChar")):
                self._field_mark(mark)
            return
        self._children(run)

    def _text(self, element: etree._Element) -> None:
        self._emit(element.text or "")

    def _emit(self, text: str) -> None:
        if not self._fields or all(f.in_result for f in self._fields):
            self._parts.append(text)

    def _break(self, element: etree._Element) -> None:
        self._emit("\n")

    def _page_break(self, _: etree._Element) -> None:
        if self.page:
            self.page += 1
            if not "".join(self._parts).strip():
                self._line.page = self.page

    def _field_mark(self, element: etree._Element) -> None:
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self._fields.append(_Field(element=element))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
            self._contents = self._contents or self._inside_contents()
        elif kind == "end" and self._fields:
            finished = self._fields.pop()
            self._emit(_form_field(finished))

    def _instruction(self, element: etree._Element) -> None:
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].instruction += element.text or ""

    def _inside_contents(self) -> bool:
        return any(f.in_result and f.instruction.split()[:1] == ["TOC"] for f in self._fields)

    def _drop_broken_fields(self) -> None:
        """A field whose result never began would swallow the rest of the document."""
        self._fields = [f for f in self._fields if f.in_result]

    def _symbol(self, element: etree._Element) -> None:
        try:
            code = int(element.get(w("char"), ""), 16)
        except ValueError:
            return
        if element.get(w("font"), "").lower() == "symbol" and code in _SYMBOL_FONT:
            self._emit(_SYMBOL_FONT[code])
        elif code in _SYMBOLS:
            self._emit(_SYMBOLS[code])
        elif 0x20 <= code < 0xE000:
            self._emit(chr(code))

    def _graphic(self, element: etree._Element) -> None:
        boxes = _outermost(element, "txbxContent")
        self._line.boxes += boxes
        inside = {part for box in boxes for part in box.iter()}
        kinds = [
            _OBJECTS[local(part)] for part in element.iter() if local(part) in _OBJECTS and part not in inside
        ]
        self._line.objects += kinds if "embedded_object" not in kinds else ["embedded_object"]

    def _alternative(self, element: etree._Element) -> None:
        choices = [child for child in element if local(child) in ("Choice", "Fallback")]
        if choices:
            self._children(choices[0])


def _outermost(element: etree._Element, name: str) -> list[etree._Element]:
    """The text boxes in a drawing, those of an unused fallback left out."""
    found: list[etree._Element] = []
    for child in element:
        if local(child) == name:
            found.append(child)
        elif local(child) != "Fallback":
            found += _outermost(child, name)
    return found


def _form_field(finished: _Field) -> str:
    """What an old form field shows: a check box or the chosen entry of a list."""
    data = None if finished.element is None else finished.element.find(w("ffData"))
    if data is None:
        return ""
    box = data.find(w("checkBox"))
    if box is not None:
        state = "checked" if box.find(w("checked")) is not None else "default"
        return "☑" if is_on(box, state) else "□"
    choices = data.find(w("ddList"))
    if choices is None or finished.in_result:
        return ""
    entries = [e.get(VAL, "") for e in choices.iterfind(w("listEntry"))]
    chosen = number(value(choices, "result") or value(choices, "default"))
    return entries[chosen] if 0 <= chosen < len(entries) else ""
