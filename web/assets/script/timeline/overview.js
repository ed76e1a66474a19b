// All of the time in one strip, with the span that is looked at marked in it, to be moved by hand.
import { ticks } from "../axis.js";
import { svg } from "../elements.js";

const HEIGHT = 46;
const LINE = 30;
const LEAST = 10;
// What a name of a day needs.
const ROOM = 70;

/** Draw the strip: { drawing, paint }; `go(share)` is called with the place, from 0 to 1, that the reader points at. */
export function overview(items, whole, go) {
  // What it does is done by the buttons and keys as well.
  const drawing = svg("svg", { class: "overview", "aria-hidden": "true", height: HEIGHT });
  const point = (event) => {
    const box = drawing.getBoundingClientRect();
    go((event.clientX - box.x) / box.width);
  };
  drawing.addEventListener("pointerdown", (event) => {
    drawing.setPointerCapture(event.pointerId);
    point(event);
  });
  drawing.addEventListener("pointermove", (event) => { if (drawing.hasPointerCapture(event.pointerId)) point(event); });
  return { drawing, paint: (span) => paint(drawing, items, whole, span) };
}

function paint(drawing, items, whole, span) {
  const width = drawing.clientWidth;
  const x = (time) => ((time - whole[0]) / (whole[1] - whole[0])) * width;
  const size = Math.max(LEAST, x(span[1]) - x(span[0]));
  const left = Math.max(0, Math.min(width - size, (x(span[0]) + x(span[1]) - size) / 2));
  const marks = ticks(whole, width, ROOM).filter(([time]) => x(time) < width - ROOM);
  drawing.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  drawing.replaceChildren(
    svg("rect", { class: "span", x: left, y: 1, width: size, height: LINE }),
    ...heaps(items, x).map(([at, high]) => svg("line", { class: "moment", x1: at, x2: at, y1: LINE, y2: LINE - 3 - high })),
    ...marks.map(([time, name]) => svg("text", { class: "tick-label", x: x(time), y: HEIGHT - 4 }, name)),
  );
}

/** Heap up what begins at the same place of the strip. */
function heaps(items, x) {
  const found = new Map();
  for (const item of items) {
    const at = Math.round(x(item.start) / 2) * 2;
    found.set(at, (found.get(at) ?? 0) + 1);
  }
  const most = Math.max(...found.values());
  return [...found].map(([at, count]) => [at, (count / most) * (LINE - 8)]);
}
