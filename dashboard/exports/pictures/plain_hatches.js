// Draws hatches as plain lines in every SVG that Plotly makes, before a PDF is printed from it.
//
// Plotly fills a hatched bar with an SVG pattern. A browser prints a pattern as a picture of 72 dots
// to an inch, and presentation programs leave it out. Lines, cut to the shape, stay sharp anywhere.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const DATA = "data:image/svg+xml,";
  const PAINT = /url\(["']?#([^"')]+)["']?\)/;
  const SEGMENT = /M(-?[\d.e-]+),(-?[\d.e-]+)([lL])(-?[\d.e-]+),(-?[\d.e-]+)/g;
  const round = (number) => Math.round(number * 1000) / 1000;
  const near = (a, b) => Math.abs(a - b) < 1e-3;

  // The lines of a pattern as [direction, offset] within one tile; null for dots, which have none.
  function lines(pattern, tile) {
    const path = pattern.querySelector("path");
    if (!path) return null;
    const found = new Map();
    for (const [, x, y, kind, a, b] of path.getAttribute("d").matchAll(SEGMENT)) {
      const dx = kind === "l" ? +a : a - x, dy = kind === "l" ? +b : b - y;
      const direction = near(dx, 0) ? "|" : near(dy, 0) ? "-" : near(dx, dy) ? "\\"
        : near(dx, -dy) ? "/" : "";
      if (!direction) return null;
      const offset = { "|": +x, "-": +y, "\\": y - x, "/": +x + +y }[direction];
      const inside = ((offset % tile) + tile) % tile;
      const place = near(inside, tile) ? 0 : round(inside);
      found.set(`${direction}${place}`, [direction, place]);
    }
    return found.size ? [...found.values()] : null;
  }

  // Those lines wherever they cross a box, as the text of a path.
  function across(box, drawn, tile) {
    const { x: left, y: top } = box, right = left + box.width, bottom = top + box.height;
    const ends = {
      "|": (c) => [c, top, c, bottom], "-": (c) => [left, c, right, c],
      "/": (c) => [c - bottom, bottom, c - top, top], "\\": (c) => [top - c, top, bottom - c, bottom],
    };
    const spans = {
      "|": [left, right], "-": [top, bottom],
      "/": [left + top, right + bottom], "\\": [top - right, bottom - left],
    };
    const text = [];
    for (const [direction, offset] of drawn) {
      const [from, to] = spans[direction];
      for (let k = Math.floor((from - offset) / tile); k * tile + offset <= to + tile; k++) {
        const [x0, y0, x1, y1] = ends[direction](k * tile + offset).map(round);
        text.push(`M${x0},${y0}L${x1},${y1}`);
      }
    }
    return text.join("");
  }

  function make(name, attributes) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  function hatch(shape, pattern, number) {
    const transform = pattern.getAttribute("patternTransform") || "";
    const scale = +(/scale\(([\d.]+)\)/.exec(transform) || [0, 1])[1];
    const tile = parseFloat(pattern.getAttribute("width"));
    const drawn = lines(pattern, tile);
    if (!drawn) return;
    const ground = pattern.querySelector("rect"), ink = pattern.querySelector("path");
    const box = shape.getBBox();
    shape.style.fill = ground ? ground.getAttribute("fill") : "none";
    if (!box.width || !box.height) return;
    const cut = make("clipPath", { id: `${pattern.id}-cut-${number}` });
    cut.append(make("path", { d: shape.getAttribute("d") }));
    const path = make("path", {
      d: across(box, drawn.map(([direction, offset]) => [direction, offset * scale]), tile * scale),
      fill: "none", stroke: ink.getAttribute("stroke"), "class": "hatch",
      "stroke-width": round(parseFloat(ink.getAttribute("stroke-width")) * scale),
      "stroke-opacity": ink.getAttribute("opacity") || 1, "clip-path": `url(#${cut.id})`,
    });
    const moved = shape.getAttribute("transform");
    if (moved) path.setAttribute("transform", moved);
    shape.after(cut, path);
  }

  // The patterns of an SVG that are still in use stay; what fills a shape with lines is a hatch now.
  function plain(text) {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    const svg = document.importNode(parsed, true);
    const host = document.createElement("div");
    host.style.cssText = "position:absolute;visibility:hidden";
    host.append(svg);
    document.body.append(host); // only what stands in the page has a size
    const patterns = new Map([...svg.querySelectorAll("pattern")].map((one) => [one.id, one]));
    const painted = () =>
      [...svg.querySelectorAll("path")]
        .map((shape) => [shape, patterns.get((PAINT.exec(shape.style.fill) || [])[1])])
        .filter(([, pattern]) => pattern);
    painted().forEach(([shape, pattern], number) => hatch(shape, pattern, number));
    const used = new Set(painted().map(([, pattern]) => pattern));
    for (const pattern of patterns.values()) if (!used.has(pattern)) pattern.remove();
    host.remove();
    return new XMLSerializer().serializeToString(svg);
  }

  const draw = Plotly.toImage;
  Plotly.toImage = (figure, options) =>
    draw(figure, options).then((made) => {
      if (options.format !== "svg" || !/(<|%3C)pattern/.test(made)) return made;
      if (!made.startsWith(DATA)) return plain(made);
      return DATA + encodeURIComponent(plain(decodeURIComponent(made.slice(DATA.length))));
    });
})();
