"""Text of charts in the text colour of the page, light or dark.

Streamlit gives the text of a Plotly figure a pale grey of its own (3.7 to 1 on white, less than the
4.5 to 1 of WCAG 2.2 AA) that no theme setting reaches. A span in `currentColor` takes the colour of
the page instead. Text with a colour of its own, on a fill that is known, keeps it.
"""

from typing import Any

from dashboard.charts.marks.look import INK, QUIET_INK

_SPAN = '<span style="color:currentColor">{}</span>'


def in_page_ink(plain: dict[str, Any]) -> dict[str, Any]:
    """Return a figure (as a dict) in which every text without a colour takes that of the page."""
    layout = dict(plain["layout"])
    for name in [name for name in layout if name.startswith(("xaxis", "yaxis"))]:
        if layout[name].get("ticktext"):
            layout[name] = layout[name] | {"ticktext": _all(layout[name]["ticktext"])}
    for name in ("legend", "legend2"):
        title = layout.get(name, {}).get("title") or {}
        if title.get("text"):
            layout[name] = layout[name] | {"title": title | {"text": _SPAN.format(title["text"])}}
    layout["annotations"] = [_note(note) for note in layout.get("annotations", ())]
    return {**plain, "layout": layout, "data": [_trace(trace) for trace in plain["data"]]}


def without_ink(plain: dict[str, Any]) -> dict[str, Any]:
    """A finished figure (as a dict) whose words are free to take the ink of the page."""
    layout = dict(plain["layout"])
    title = dict(layout.get("title") or {})
    for part in (title, title.get("subtitle") or {}):
        if part.get("text"):
            part["text"] = _SPAN.format(part["text"])
    notes = [_freed(note) for note in layout.get("annotations", ())]
    return {**plain, "layout": {**layout, "title": title, "annotations": notes}}


def _freed(note: dict[str, Any]) -> dict[str, Any]:
    """A note on paper; one with a colour for a fill keeps it."""
    font = note.get("font") or {}
    if font.get("color") not in (INK, QUIET_INK) or note.get("bgcolor"):
        return note
    return note | {"font": {name: value for name, value in font.items() if name != "color"}}


def _all(texts: Any) -> list[str]:
    return [_SPAN.format(text) for text in texts]


def _note(note: Any) -> dict[str, Any]:
    note = note if isinstance(note, dict) else note.to_plotly_json()
    has_own = (note.get("font") or {}).get("color")
    return note if has_own else note | {"text": _SPAN.format(note["text"])}


def _trace(trace: dict[str, Any]) -> dict[str, Any]:
    """Numbers at the end of a bar stand on the page; those inside one have their own colour.

    The theme colours the first legend of a figure alone, so entries of a second take the ink too.
    """
    if trace.get("legend") == "legend2":
        return trace | {"name": _SPAN.format(trace["name"])}
    if trace.get("textposition") == "outside" and "text" in trace:
        return trace | {"text": _all(trace["text"])}
    return trace
