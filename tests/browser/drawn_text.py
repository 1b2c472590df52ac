"""Text as a browser has drawn it: how large, where, what cuts it, and what lies on what."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from playwright.sync_api import Page

# The box of a line of text is higher than its letters by about this part, above and below.
AIR_OF_A_LINE = 0.18
PX = 1.5  # less than this is how a browser rounds

# The box of every visible line of text, the size of its type, and the window that cuts it, if any.
TEXTS = """(selector) => {
  const roots = [...document.querySelectorAll(selector)], root = document.body;
  const window_of = (node) => {
    for (let at = node.parentElement; at && at !== root; at = at.parentElement) {
      const name = (at.getAttribute('clip-path') || '').match(/#([^'")]+)/);
      const shape = name && document.getElementById(name[1])?.querySelector('rect');
      if (!shape) continue;
      const on_page = at.getScreenCTM(), of = (side) => shape[side].baseVal.value;
      const left = on_page.a * of('x') + on_page.e, top = on_page.d * of('y') + on_page.f;
      return [left, top, left + on_page.a * of('width'), top + on_page.d * of('height')];
    }
    return null;
  };
  const is_seen = (text) => {
    for (let at = text; at && at !== root; at = at.parentElement) {
      const look = getComputedStyle(at);
      if (look.display === 'none' || look.visibility === 'hidden' || +look.opacity < 0.05) return false;
    }
    return text.textContent.trim() !== '';
  };
  return roots.flatMap((svg) => [...svg.querySelectorAll('text')]).filter(is_seen).flatMap((text) => {
    const lines = [...text.querySelectorAll('tspan.line')];
    const on_page = text.getScreenCTM(), scale = Math.hypot(on_page.a, on_page.b);
    const styled = [text, ...text.querySelectorAll('tspan')].filter((t) => t.textContent.trim());
    const size = Math.min(...styled.map((t) => parseFloat(getComputedStyle(t).fontSize))) * scale;
    return (lines.length ? lines : [text]).filter((t) => t.textContent.trim()).map((line) => {
      const box = line.getBoundingClientRect();
      return {text: line.textContent, size, window: window_of(text),
              box: [box.left, box.top, box.right, box.bottom],
              in_bar: text.classList.contains('bartext')};
    });
  });
}"""


@dataclass(frozen=True)
class Text:
    """A line of text as it stands on the sheet: px from its upper left corner."""

    text: str
    size: float
    box: tuple[float, float, float, float]
    window: tuple[float, float, float, float] | None
    in_bar: bool

    def within(self, edges: tuple[float, float, float, float], air: float = PX) -> bool:
        left, top, right, bottom = self.box
        return (
            left >= edges[0] - air
            and top >= edges[1] - 2 * air
            and right <= edges[2] + air
            and bottom <= edges[3] + 2 * air
        )

    def is_on(self, other: "Text") -> bool:
        """Whether letters of both share more than a touch."""
        (l1, t1, r1, b1), (l2, t2, r2, b2) = self.box, other.box
        air1, air2 = AIR_OF_A_LINE * (b1 - t1), AIR_OF_A_LINE * (b2 - t2)
        across = min(r1, r2) - max(l1, l2)
        return across > PX and min(b1 - air1, b2 - air2) - max(t1 + air1, t2 + air2) > 1


def drawn_texts(page: Page, selector: str) -> list[Text]:
    """Every visible line of text of the drawings that the selector finds."""
    return [
        Text(one["text"], one["size"], tuple(one["box"]), one["window"], one["in_bar"])
        for one in page.evaluate(TEXTS, selector)
    ]


def faults(
    texts: list[Text], size: tuple[float, float, float, float], least: float
) -> Iterator[str]:
    """What is wrong with the texts of a drawing of this size (left, top, right, bottom).

    `least`: px of the smallest type that can be read.
    """
    for one in texts:
        if one.size < least - 0.01:
            yield f"“{one.text}” is {one.size:.1f} px high"
        if not one.within(size, 0.5):
            yield f"“{one.text}” leaves the sheet"
        if one.window and not one.within(one.window):
            yield f"“{one.text}” is cut"
    for one, other in combinations(texts, 2):
        if one.is_on(other):
            yield f"“{one.text}” is on “{other.text}”"
