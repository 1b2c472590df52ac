"""Text that is shown as it is in a place that reads Markdown."""

import re

# What Markdown (and Streamlit's own :icons: and :colour[text]) would act on, anywhere or first in a
# line.
_MARKUP = re.compile(r"[\\`*_\[\]<>~$]|:(?=[A-Za-z])")
_LINE_START = re.compile(r"^(\s*\d*)([#+=.)-])", re.MULTILINE)


def plain(text: str) -> str:
    """`text` for a place that reads Markdown, so that it is shown as it is."""
    return _LINE_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", text))
