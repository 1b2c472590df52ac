"""How long a slide of the briefing takes from the key to the drawn chart, in a browser."""

from statistics import median

from tools.bench.first_chart import serve
from tools.bench.results import ROOT, Result
from tools.browser import find_browser, flags

MOST_MS = 400
ROUNDS = 3
# Milliseconds from the key until the mark of the next slide stands on the screen and a frame has
# passed.
TURN = """async (wanted) => {
  const there = () => [...document.querySelectorAll('[data-testid="stPlotlyChart"] text')]
    .some(text => text.textContent.trim().startsWith(wanted));
  const from = performance.now();
  window.dispatchEvent(new Event('focus'));
  const key = {key: 'ArrowRight', code: 'ArrowRight', keyCode: 39, which: 39, bubbles: true};
  document.body.dispatchEvent(new KeyboardEvent('keydown', key));
  document.body.dispatchEvent(new KeyboardEvent('keyup', key));
  while (!there()) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - from;
}"""
PROGRESS = """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"] text')]
  .map(text => text.textContent.trim()).find(text => /^[0-9]+ [/] [0-9]+$/.test(text))"""


def measure() -> dict[int, float]:
    """Number of a slide -> milliseconds to reach it from the one before, median of rounds."""
    from playwright.sync_api import sync_playwright

    with serve(ROOT / "dashboard" / "app.py") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=flags())
        rounds = [_round(browser, address) for _ in range(ROUNDS + 1)]
        browser.close()
    # The first round imports and loads.
    return {at: median(one[at] for one in rounds[1:]) for at in rounds[0]}


def results(measured: dict[int, float]) -> list[Result]:
    """The slowest slide has the target; the others say what is usual."""
    slowest = max(measured, key=measured.__getitem__)
    return [
        Result("a slide, median of all", median(measured.values()), "ms"),
        Result(f"slide {slowest}, the slowest", measured[slowest], "ms", MOST_MS),
    ]


def _round(browser, address: str) -> dict[int, float]:
    """One walk through the storyline."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.goto(f"{address}briefing")
    page.wait_for_function(PROGRESS, timeout=60_000)
    page.wait_for_timeout(1000)  # the window has told its size, and the slide was drawn for it
    slides = int(page.evaluate(PROGRESS).partition(" / ")[2])
    taken = {at: page.evaluate(TURN, f"{at} / ") for at in range(2, slides + 1)}
    context.close()
    return taken
