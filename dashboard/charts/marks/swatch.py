"""Small pictures (SVG) of how a class or state is drawn, with its letter, as in every chart."""

from dashboard.charts.marks.look import FONT, Style

SIZE = 24  # px of the picture's own grid
_STRIPES = "M-2 8 8-2M-2 16 16-2M-2 24 24-2M6 24 26 4M14 24l12-12"


def swatch(style: Style) -> str:
    """A square in the fill, hatch, outline and letter of `style`."""
    hatch = (
        f'<path d="{_STRIPES}" stroke="{style.hatch_colour}" stroke-width="2.4"/>'
        if style.hatch
        else ""
    )
    dashes = ' stroke-dasharray="1.5 2.5"' if style.dotted else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">'
        f'<rect width="{SIZE}" height="{SIZE}" fill="{style.fill}"/>{hatch}'
        f'<rect x=".8" y=".8" width="{SIZE - 1.6}" height="{SIZE - 1.6}" fill="none" '
        f'stroke="{style.outline}" stroke-width="1.6"{dashes}/>{_letter(style)}</svg>'
    )


def _letter(style: Style) -> str:
    """The letter in the colour that can be read on the fill; on a hatch, on a ground of its own."""
    if not style.letter:
        return ""
    ground = (
        f'<rect x="6" y="4" width="12" height="16" fill="{style.fill}"/>' if style.hatch else ""
    )
    return (
        f'{ground}<text x="12" y="17" text-anchor="middle" font-family="{FONT}" font-size="14" '
        f'font-weight="700" fill="{style.text}">{style.letter}</text>'
    )
