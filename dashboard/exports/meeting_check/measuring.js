// Draws a slide as a page does and measures it: type, edges, what is behind each text, marks, lines.
//
// Called with the figure, its size, and the looks of a page ({ground, ink} as colours). Lengths are
// CSS pixels from the upper left corner of the slide; colours are [red, green, blue], 0 to 255.
async (figure, width, height, looks) => {
  const STEP = 2, ROWS = [0.35, 0.5, 0.65]; // px between two samples along a line of text; where they are
  const MOST_SAMPLES = 120;
  const AROUND = 8, AWAY = 2; // points around a mark that are looked at, and px beyond its edge
  const PAINTED = "path, rect, circle, ellipse, line, polygon, polyline";
  const SEEN = 0.05, FAINT = 0.25; // of opacity: what can be seen at all, and what is a mark

  const stage = document.createElement("div");
  stage.style.cssText = `position:absolute;left:0;top:0;width:${width}px;height:${height}px`;
  document.body.append(stage);
  const draw = () => Plotly.newPlot(stage, structuredClone(figure.data),
    { ...structuredClone(figure.layout), width, height }, { displayModeBar: false });
  const wear = (look) => { stage.style.color = look.ink; };
  wear(looks[0]);
  // A page that has drawn before draws faster, and the page of a meeting has.
  await draw();
  Plotly.purge(stage);
  const begun = performance.now();
  await draw();
  const milliseconds = performance.now() - begun;
  await document.fonts.ready;

  // --- colours ------------------------------------------------------------------------------------
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (text) => {
    if (!text || text === "none") return [0, 0, 0, 0];
    if (!known.has(text)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = "rgba(0,0,0,0)";
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(text, [r, g, b, a / 255]);
    }
    return known.get(text);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
  const faded = ([r, g, b, a], by) => [r, g, b, a * by];
  const opacities = new Map();
  const opacity = (node) => {
    if (!node || node === stage) return 1;
    if (!opacities.has(node)) {
      const look = getComputedStyle(node);
      const own = look.display === "none" || look.visibility === "hidden" ? 0 : +look.opacity;
      opacities.set(node, own * opacity(node.parentElement));
    }
    return opacities.get(node);
  };

  // --- geometry -----------------------------------------------------------------------------------
  const windows = new Map();
  const window_of = (node) => {
    if (!node || node === stage) return null;
    if (!windows.has(node)) {
      const name = (node.getAttribute("clip-path") || "").match(/#([^'")]+)/);
      const shape = name && document.getElementById(name[1])?.querySelector("rect");
      let found = window_of(node.parentElement);
      if (shape) {
        const at = node.getScreenCTM(), of = (side) => shape[side].baseVal.value;
        const left = at.a * of("x") + at.e, top = at.d * of("y") + at.f;
        found = [left, top, left + at.a * of("width"), top + at.d * of("height")];
      }
      windows.set(node, found);
    }
    return windows.get(node);
  };
  const box_of = (node) => {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    return [left, top, right, bottom];
  };
  const holds = (box, [x, y], air = 0) =>
    !box || (x >= box[0] - air && x <= box[2] + air && y >= box[1] - air && y <= box[3] + air);
  const scale_of = (at) => Math.hypot(at.a, at.b);

  // --- what is painted, from the back to the front ------------------------------------------------
  const order = new Map([...stage.querySelectorAll("*")].map((node, at) => [node, at]));
  // Paint of a shape as the colours that it may have at one point: a hatch has two.
  const paints = (text) => {
    const name = /url\(["']?#([^"')]+)["']?\)/.exec(text || "");
    if (!name) return [rgba(text)];
    const pattern = document.getElementById(name[1]);
    if (!pattern) return [[0, 0, 0, 0]];
    const ground = pattern.querySelector("rect"), mark = pattern.querySelector("path, circle");
    const ink = mark && (getComputedStyle(mark).stroke !== "none" ? getComputedStyle(mark).stroke
      : getComputedStyle(mark).fill);
    return [ground ? rgba(getComputedStyle(ground).fill) : [0, 0, 0, 0], ink ? rgba(ink) : [0, 0, 0, 0]];
  };
  const shapes = [...stage.querySelectorAll(PAINTED)]
    .filter((node) => !node.closest("defs, clipPath, pattern, symbol") && opacity(node) > SEEN)
    .map((node) => {
      const look = getComputedStyle(node), at = node.getScreenCTM(), alpha = opacity(node);
      if (!at) return null;
      const still = look.vectorEffect === "non-scaling-stroke";
      const thick = parseFloat(look.strokeWidth) * (still ? 1 : scale_of(at));
      const fill = paints(look.fill).map((one) => faded(one, alpha * +look.fillOpacity));
      const stroke = look.stroke === "none" || !thick ? []
        : [faded(rgba(look.stroke), alpha * +look.strokeOpacity)];
      const [left, top, right, bottom] = box_of(node);
      return {
        node, thick, back: at.inverse(), window: window_of(node), at: order.get(node),
        box: [left - thick / 2, top - thick / 2, right + thick / 2, bottom + thick / 2],
        fill: fill.some((one) => one[3] > SEEN) ? fill : [],
        stroke: stroke.some((one) => one[3] > SEEN) ? stroke : [],
      };
    })
    .filter((shape) => shape && (shape.fill.length || shape.stroke.length) && shape.box[2] > 0
      && shape.box[0] < width && shape.box[3] > 0 && shape.box[1] < height);

  // What is hit at a point among these shapes (from the front), down to the first that covers the rest.
  const hits_at = (point, under) => {
    const hits = [];
    for (const shape of under) {
      if (!holds(shape.box, point) || !holds(shape.window, point)) continue;
      const there = new DOMPoint(...point).matrixTransform(shape.back);
      const paint = shape.stroke.length && shape.node.isPointInStroke(there) ? shape.stroke
        : shape.fill.length && shape.node.isPointInFill(there) ? shape.fill : null;
      if (!paint) continue;
      hits.push(paint);
      if (paint.every((one) => one[3] > 0.99)) break;
    }
    return hits;
  };
  // The colours that may be seen there on a page: a hatch gives two.
  const seen_at = ([paint, ...rest], ground) => !paint ? [ground] : paint.flatMap((one) =>
    one[3] > 0.99 ? [one.slice(0, 3)] : seen_at(rest, ground).map((behind) => over(one, behind)));
  const round = (colour) => colour.map(Math.round);
  // Each colour behind points, by what is hit there, with its part of them, the commonest first.
  const behind = (points, ground) => {
    const counts = new Map();
    for (const hits of points) {
      for (const colour of new Set(seen_at(hits, ground).map((one) => round(one).join())))
        counts.set(colour, (counts.get(colour) || 0) + 1 / points.length);
    }
    return [...counts].sort((a, b) => b[1] - a[1]).map(([text, part]) => [text.split(",").map(Number), part]);
  };
  const grounds = looks.map((look) => rgba(look.ground).slice(0, 3));

  // --- texts --------------------------------------------------------------------------------------
  const samples = ([left, top, right, bottom]) => {
    const step = Math.max(STEP, (ROWS.length * (right - left)) / MOST_SAMPLES), points = [];
    for (const row of ROWS)
      for (let x = left + step / 2; x < right; x += step) points.push([x, top + row * (bottom - top)]);
    return points;
  };
  const runs = (line) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), found = new Set();
    while (walker.nextNode()) if (walker.currentNode.data.trim()) found.add(walker.currentNode.parentElement);
    return [...found];
  };
  const texts = [...stage.querySelectorAll("text")]
    .filter((text) => text.textContent.trim() && opacity(text) > SEEN)
    .flatMap((text) => {
      const lines = [...text.querySelectorAll("tspan.line")], at = text.getScreenCTM();
      return (lines.length ? lines : [text]).filter((line) => line.textContent.trim()).map((line) => {
        const parts = runs(line), box = box_of(line), window = window_of(text);
        const sizes = parts.map((one) => parseFloat(getComputedStyle(one).fontSize));
        const size = Math.min(...sizes) * scale_of(at);
        return { parts, text: line.textContent, size, box, window, at: order.get(text),
          in_bar: text.classList.contains("bartext") };
      });
    });
  // The shapes behind something that lies in a box, from the front.
  const under = (at, [left, top, right, bottom]) => shapes.filter((one) => one.at < at
    && one.box[0] < right && one.box[2] > left && one.box[1] < bottom && one.box[3] > top).reverse();
  const inks = (text) => text.parts.map((part) => {
    const look = getComputedStyle(part);
    return faded(rgba(look.fill), opacity(part) * +look.fillOpacity);
  });
  // The colour of a halo that parts the letters from what is behind them.
  const halo = (text) => {
    const shadow = /rgba?\([^)]+\)/.exec(getComputedStyle(text.parts[0]).textShadow || "");
    const colour = shadow && rgba(shadow[0]);
    return colour && colour[3] > 0.9 ? colour.slice(0, 3) : null;
  };
  const told_texts = texts.map((text) => {
    const below = under(text.at, text.box);
    const points = samples(text.box).map((point) => hits_at(point, below));
    const seen = looks.map((look, number) => {
      wear(look);
      const around = halo(text);
      const grounded = around ? [[around, 1]] : behind(points, grounds[number]);
      return inks(text).flatMap((ink) =>
        grounded.map(([colour, part]) => [round(over(ink, colour)), colour, part]));
    });
    const { parts, at, ...rest } = text;
    return { ...rest, seen };
  });
  wear(looks[0]);

  // --- marks and lines ----------------------------------------------------------------------------
  const MARKS = ".barlayer, .scatterlayer, .pielayer, .heatmaplayer";
  const kind_of = (node) => {
    if (node.closest(".shapelayer")) return "shape";
    if (node.closest(MARKS)) return "mark";
    if (node.closest(".geolayer")) return "map";
    return node.closest(".annotation") ? "note" : "frame";
  };
  // Points just beyond the edge of a shape; on both sides of one without a fill.
  const around = (shape) => {
    const length = shape.node.getTotalLength(), forth = shape.back.inverse();
    const away = (shape.thick * (shape.stroke.length > 0)) / 2 + AWAY;
    const place = (at) => shape.node.getPointAtLength(at).matrixTransform(forth);
    return Array.from({ length: AROUND }, (_, step) => (length * (step + 0.5)) / AROUND).flatMap((at) => {
      const here = place(at);
      const before = place(Math.max(0, at - 0.5)), after = place(Math.min(length, at + 0.5));
      const long = Math.hypot(after.x - before.x, after.y - before.y) || 1;
      const across = [(-(after.y - before.y) / long) * away, ((after.x - before.x) / long) * away];
      return [1, -1].map((side) => [here.x + side * across[0], here.y + side * across[1]])
        .filter((point) => !shape.fill.length
          || !shape.node.isPointInFill(new DOMPoint(...point).matrixTransform(shape.back)))
        .filter((point) => holds(shape.window, point) && holds([0, 0, width, height], point));
    });
  };
  const beside = (shape, air) => shapes.filter((one) => one !== shape && one.box[0] < shape.box[2] + air
    && one.box[2] > shape.box[0] - air && one.box[1] < shape.box[3] + air
    && one.box[3] > shape.box[1] - air).reverse();
  const marks = shapes.map((shape) => {
    const kind = kind_of(shape.node), [left, top, right, bottom] = shape.box;
    const told = { kind, box: shape.box, thick: shape.stroke.length ? shape.thick : 0, index: -1,
      filled: shape.fill.length > 0, seen: [] };
    const alpha = Math.max(...[...shape.fill, ...shape.stroke].map((one) => one[3]));
    told.index = +(shape.node.closest("[data-index]")?.getAttribute("data-index") ?? -1);
    if ((kind !== "mark" && kind !== "shape") || alpha < FAINT || Math.max(right - left, bottom - top) < 1)
      return told;
    const others = beside(shape, 2 * AWAY);
    const points = around(shape).map((point) => hits_at(point, others));
    if (!points.length) return told;
    told.seen = grounds.map((ground) => {
      const outside = behind(points, ground), onto = outside[0][0];
      return { outside, paints: [...shape.fill, ...shape.stroke].map((one) => round(over(one, onto))) };
    });
    return told;
  }).filter((told) => told.thick || told.seen.length);

  Plotly.purge(stage);
  stage.remove();
  return { milliseconds, texts: told_texts, marks };
}
