"""Native charts on a slide: bars, stacks, columns and lines that PowerPoint draws from its data."""

import io
import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import xlsxwriter
from lxml import etree
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.text.text import Font
from pptx.util import Pt

from dashboard.charts.marks.look import GREY, INK, PAPER
from dashboard.exports.native.form import PER_CENT, THOUSANDS, Native, Series
from dashboard.exports.slides.looks import colour, described, fill, outline, printable
from dashboard.exports.slides.page import LINE, MAIN, POINTS, Box, lines_of, width_of

_TYPES = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
}
# Of the chart: names beside its bars wrap there. Few bars leave room for longer names.
NAMES_WIDTH, NAMES_OF_FEW, FEW = 0.36, 0.45, 8
LEGEND_WIDTH = 0.85  # of the chart, that programs use of it
AIR = 0.05  # inches between two bars
DIGIT = 0.75  # height of a digit, in sizes of its type: bars side by side are as high
THICKEST = 0.95  # inches of a bar and the space beside it
STEEP = 0.2  # of a curve: there its numbers stand beside it, further on below it
BESIDE = 0.45  # inches of an entry of a legend beside its words
NAME_APART, CURVE_WIDTH = 0.3, 11.0  # inches: between two names under a curve, of the curve


def rows_that_fit(chart: Native, box: Box) -> int:
    """How many categories a chart shows with type of 14 points."""
    if chart.kind in ("columns", "lines"):
        return chart.size
    room, names = box.height - _legend_height(chart, box), _names_width(chart, box)
    for shown, name in enumerate(chart.categories):
        bars = len(chart.series) * _pitch(chart) if chart.side_by_side else 1
        text = lines_of(name, MAIN, names) * MAIN * LINE / POINTS
        room -= max(text, bars * MAIN / POINTS) + AIR
        if room < 0:
            return max(1, shown)
    return chart.size


def _pitch(chart: Native) -> float:
    """From bar to bar side by side, in sizes of the type: words need more than digits do."""
    return LINE if any(text for one in chart.series for text in one.labels) else DIGIT


def _names_width(chart: Native, box: Box) -> float:
    """Inches for the names beside the bars; longer ones wrap."""
    longest = max((width_of(name, MAIN) for name in chart.categories), default=0.0)
    return min(longest, box.width * (NAMES_OF_FEW if chart.size <= FEW else NAMES_WIDTH))


def _legend_height(chart: Native, box: Box) -> float:
    if not _has_legend(chart):
        return 0.0
    entries = [width_of(one.name, MAIN) + BESIDE for one in chart.series]
    room, lines = box.width * LEGEND_WIDTH, 1
    if sum(entries) > room:
        # Then entries stand in columns as wide as the widest.
        lines = math.ceil(len(entries) / max(1, int(room / max(entries))))
    return lines * (MAIN * LINE / POINTS + 0.02) + 0.12


def _most_height(chart: Native, box: Box) -> float:
    """A few bars stay bars, whatever the room."""
    if chart.kind in ("columns", "lines"):
        return box.height
    return _legend_height(chart, box) + chart.size * THICKEST


def _has_legend(chart: Native) -> bool:
    return chart.legend and (len(chart.series) > 1 or bool(chart.key))


def add_chart(slide: Slide, box: Box, chart: Native, name: str, alt: str, made: datetime) -> Chart:
    """A chart from `chart` at a place; `alt`: its alternative text."""
    box = Box(box.left, box.top, box.width, min(box.height, _most_height(chart, box)))
    kind = XL_CHART_TYPE.BAR_STACKED_100 if chart.whole else _TYPES[chart.kind]
    frame = slide.shapes.add_chart(kind, *box.emu, Data(chart, made))
    described(frame, name, alt)
    drawn = frame.chart
    drawn.has_title = False
    _type(drawn.font)
    _legend(drawn, chart)
    _axes(drawn, chart)
    plot = drawn.plots[0]
    length = 0.0
    if chart.kind in ("bars", "stacked"):
        length = _lay_out(drawn, chart, box)
    if chart.kind != "lines":
        plot.overlap = 0 if chart.side_by_side else 100
        plot.gap_width = 25 if chart.size > 6 else 50
    for series, own in zip(plot.series, chart.series, strict=True):
        _look(series, own, chart)
        _labels(series, own, chart, length)
    return drawn


def _lay_out(drawn: Chart, chart: Native, box: Box) -> float:
    """Fix where names end and bars begin, so that every program breaks names alike, and how long
    the scale is. Returns the length of the scale in inches."""
    names, legend = _names_width(chart, box) + 0.15, _legend_height(chart, box)
    length = box.width - names - 0.1
    parts = {
        "x": names / box.width,
        "y": legend / box.height,
        "w": length / box.width,
        "h": 1 - legend / box.height - 0.01,
    }
    area = drawn._chartSpace.find(f".//{qn('c:plotArea')}")
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, _place_of(parts, ("layoutTarget", "inner")))
    # Shares are seen against the whole.
    longest = 1.0 if chart.number_format == PER_CENT else max(_totals(chart), default=0.0)
    if chart.kind == "bars":
        said = max(
            (
                width_of(chart.said(one, place), MAIN)
                for one in chart.series
                for place, value in enumerate(one.values)
                if value is not None
            ),
            default=0.0,
        )
        longest /= max(0.5, 1 - (said + 0.12) / length)
    if longest and not chart.whole:
        drawn.value_axis.maximum_scale = longest
    return length


def _place_of(parts: Mapping[str, float], *more: tuple[str, str]) -> Any:
    """A c:layout in parts of the chart."""
    layout = etree.Element(qn("c:layout"))
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    for tag, value in (
        *more,
        ("xMode", "edge"),
        ("yMode", "edge"),
        *((key, f"{value:.4f}") for key, value in parts.items()),
    ):
        etree.SubElement(manual, qn(f"c:{tag}"), val=value)
    return layout


def _totals(chart: Native) -> list[float]:
    """The length of each bar, in the unit of the chart."""
    joined = sum if chart.kind == "stacked" else max
    return [joined(one.values[place] or 0 for one in chart.series) for place in range(chart.size)]


def _type(font: Font, size: float = MAIN, ink: str = INK) -> None:
    font.size, font.bold = Pt(size), False
    font.color.rgb = colour(ink)


def _legend(drawn: Chart, chart: Native) -> None:
    drawn.has_legend = _has_legend(chart)
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
        _type(drawn.legend.font)


def _axes(drawn: Chart, chart: Native) -> None:
    names, values = drawn.category_axis, drawn.value_axis
    names.has_major_gridlines = values.has_major_gridlines = False
    names.major_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = colour(GREY)
    _type(names.tick_labels.font)
    values.minimum_scale = 0
    if chart.number_format == PER_CENT:
        values.maximum_scale = 1
    values.visible = chart.kind == "lines"
    if chart.kind in ("bars", "stacked"):
        names.reverse_order = True
    _print_names(names._element, _step(chart) if chart.kind == "lines" else 1)
    if chart.kind != "lines":
        return
    values.format.line.fill.background()
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = colour("#D9D9D9")
    values.tick_labels.number_format = chart.number_format
    values.tick_labels.number_format_is_linked = False
    _type(values.tick_labels.font)


def _step(chart: Native) -> int:
    """Every how many-th name has room under a curve; a round number."""
    widest = max((width_of(name, MAIN) for name in chart.categories), default=0.0)
    least = chart.size * (widest + NAME_APART) / CURVE_WIDTH
    return next((step for step in (1, 2, 5, 10, 20, 50) if step >= least), chart.size)


def _print_names(axis: Any, step: int) -> None:
    """Print every step-th name; by itself a program leaves out what it thinks is too much."""
    after = axis.find(qn("c:noMultiLvlLbl"))
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = etree.Element(qn(tag), val=str(step))
        if after is None:
            axis.append(skip)
        else:
            after.addprevious(skip)


def _look(series: Any, own: Series, chart: Native) -> None:
    if chart.kind != "lines":
        fill(series.format.fill, own.style)
        outline(series.format.line, own.style)
        series.invert_if_negative = False
        return
    series.smooth = False
    line = series.format.line
    if own.joined:
        line.color.rgb, line.width = colour(own.style.fill), Pt(3)
        series.marker.style = XL_MARKER_STYLE.NONE
        return
    line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 11
    fill(series.marker.format.fill, own.style)
    outline(series.marker.format.line, own.style)


def _labels(series: Any, own: Series, chart: Native, length: float) -> None:
    if not own.labelled:
        return
    inside = chart.kind == "stacked"
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = chart.number_format, False
    _type(labels.font, ink=own.style.text if inside else INK)
    labels.position = _place(chart)
    if inside and own.style.hatch:
        _on_paper(labels._element)
    for place, text in enumerate(own.labels):
        if text:
            label = series.points[place].data_label
            label.text_frame.text = printable(text)
            label.position = _place(chart)
    if chart.kind == "lines":
        for place, value in enumerate(own.values):
            if value is not None and place > STEEP * chart.size:
                series.points[place].data_label.position = XL_LABEL_POSITION.BELOW
    for place in reversed(_too_small(own, chart, length) if inside else []):
        _unlabelled(labels._element, place)


def _place(chart: Native) -> XL_LABEL_POSITION:
    if chart.kind == "stacked":
        return XL_LABEL_POSITION.CENTER
    return XL_LABEL_POSITION.RIGHT if chart.kind == "lines" else XL_LABEL_POSITION.OUTSIDE_END


def _too_small(own: Series, chart: Native, length: float) -> list[int]:
    """Parts of bars that are shorter than their number is wide; the notes have it."""
    totals = _totals(chart)
    longest = max(totals, default=0.0)
    return [
        place
        for place, value in enumerate(own.values)
        if value is not None
        and value / (totals[place] if chart.whole else longest) * length
        < width_of(chart.said(own, place), MAIN) + 0.04
    ]


def _on_paper(labels: Any) -> None:
    """White ground under numbers that stand on a hatch."""
    ground = etree.Element(qn("c:spPr"))
    solid = etree.SubElement(ground, qn("a:solidFill"))
    etree.SubElement(solid, qn("a:srgbClr"), val=PAPER.removeprefix("#"))
    labels.find(qn("c:txPr")).addprevious(ground)


def _unlabelled(labels: Any, place: int) -> None:
    label = etree.Element(qn("c:dLbl"))
    etree.SubElement(label, qn("c:idx"), val=str(place))
    etree.SubElement(label, qn("c:delete"), val="1")
    labels.insert(0, label)


_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Data(CategoryChartData):
    """The data of a chart with a workbook of our own: dated, and without a formula in it."""

    def __init__(self, chart: Native, made: datetime) -> None:
        # The format of the data has to be one without signs of XML; that of the labels need not.
        super().__init__(number_format="0%" if chart.number_format == PER_CENT else THOUSANDS)
        self._made, self._beside = made, chart.beside
        self.categories = [printable(name) for name in chart.categories]
        for one in chart.series:
            self.add_series(printable(one.name), one.values)

    @property
    def xlsx_blob(self) -> bytes:
        """Names down the first column, one column a series, as the chart expects them."""
        target = io.BytesIO()
        with xlsxwriter.Workbook(target, _OPTIONS) as book:
            book.set_properties({"created": self._made})
            sheet = book.add_worksheet("Sheet1")
            number = book.add_format({"num_format": self.number_format})
            sheet.set_column(0, 0, 40)
            for row, category in enumerate(self.categories, start=1):
                sheet.write_string(row, 0, category.label)
            for column, series in enumerate(self, start=1):
                sheet.write_string(0, column, series.name)
                for row, value in enumerate(series.values, start=1):
                    if value is not None:
                        sheet.write_number(row, column, value, number)
            for row, name in enumerate(self._beside, start=1):
                sheet.write_string(row, len(self) + 1, printable(name))
        return target.getvalue()
