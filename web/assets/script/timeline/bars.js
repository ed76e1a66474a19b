// Draws the bars and dates of a stretch of time: the elements that macros/timeline.html writes.
import { svg, width as measure } from "../elements.js";
import { ticks } from "./axis.js";
import { bars, levelAt } from "./window.js";

// In pixels, as web/drawing/timeline/layout.py has them.
const [LANE, TOP, REST, FEWEST, BAR, ARROW] = [26, 30, 6, 3, 16, 7];
// Less of a name than this, in pixels, says nothing.
const SHORTEST = 30;

/** Draw a stretch of a layout; return how many items are in sight. */
export function paint(drawing, { items, levels }, span) {
  const width = drawing.clientWidth;
  // As it is drawn, whatever the style or the reader makes of it.
  const { font } = getComputedStyle(drawing);
  // Where letters are wider than the layout expects, lanes of a smaller scale keep names apart.
  const wider = Math.max(...items.map((item) => measure(item.name, font) / item.width));
  const level = levelAt(levels, width / (span[1] - span[0]) / Math.max(1, wider));
  const seen = bars(items, level, span, width);
  const height = TOP + Math.max(FEWEST, ...seen.map(({ lane }) => lane + 1)) * LANE + REST;
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  drawing.setAttribute("height", height);
  replace(drawing, [...axis(level, span, width, height, font), ...seen.map((bar) => drawn(bar, font))]);
  return seen.length;
}

/** Draw anew, and leave the keyboard at the same item; at the drawing, if that is out of sight. */
function replace(drawing, children) {
  const focused = drawing.contains(document.activeElement) && document.activeElement.getAttribute("href");
  drawing.replaceChildren(...children);
  if (!focused) return;
  const again = [...drawing.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused);
  (again ?? drawing).focus({ preventScroll: true });
}

function axis(level, span, width, height, font) {
  const x = (day) => ((day - span[0]) / (span[1] - span[0])) * width;
  const fits = (day, words) => x(day) + 4 + measure(words, font) <= width;
  return ticks(span, level.step).flatMap(([day, words]) => [
    svg("line", { class: "tick", x1: x(day), x2: x(day), y1: 0, y2: height }),
    svg("text", { class: "tick-label", x: x(day) + 4, y: 16 }, fits(day, words) ? words : ""),
  ]);
}

function drawn({ item, left, right, lane, before, after, side, at, room }, font) {
  const y = TOP + lane * LANE;
  const throughout = before && after;
  return svg("a", { href: item.href || null, class: `${throughout ? "throughout " : ""}${item.kind ? `kind kind-${item.kind}` : ""}` },
    svg("title", {}, `${item.name}: ${item.when}`),
    svg("rect", { x: left, y, width: Math.max(1, right - left), height: BAR, rx: 2, class: throughout ? "standing" : item.look }),
    before && arrow(left + 2, y, -1, "beyond"),
    after && arrow(right - 2, y, 1, "beyond"),
    item.open && !after && arrow(right + ARROW + 2, y, 1, "vague"),
    item.early && arrow(left - ARROW - 2, y, -1, "vague"),
    svg("text", { x: at, y: y + 12.5, class: side === "i" ? "inside" : "outside", "text-anchor": side === "b" && "end" }, shortened(item.name, room, font)));
}

function arrow(tip, y, way, look) {
  const back = tip - way * ARROW;
  return svg("polygon", { class: look, points: `${tip},${y + BAR / 2} ${back},${y + 2} ${back},${y + BAR - 2}` });
}

function shortened(name, room, font) {
  if (measure(name, font) <= room) return name;
  if (room < SHORTEST) return "";
  let short = name;
  while (short && measure(`${short}…`, font) > room) short = short.slice(0, -1).trimEnd();
  return `${short}…`;
}
