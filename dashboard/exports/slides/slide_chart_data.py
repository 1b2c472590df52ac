"""The data of a native chart, with the workbook that opens when somebody edits them."""

import io
from datetime import datetime

import xlsxwriter
from pptx.chart.data import CategoryChartData

from dashboard.exports.native.form import PER_CENT, THOUSANDS, Native
from dashboard.exports.slides.looks import printable

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
