// Draws a span of time: a bar for each moment in it, in as few lanes as keep the names apart.
import { drawn, width as measure } from "../elements.js";
import { ticks } from "./axis.js";

const LANE = 26;
const BAR = 16;
const TOP = 30;
const LEAST = 8;
const GAP = 8;
const FONT = "12px system-ui, sans-serif";
// The arrow of a bar that goes on, or whose end nobody states.
const ARROW = 7;
const TAIL = ARROW + 3;

/** Draw what lies in a span; return how many moments do. */
export function paint(svg, items, span) {
  const width = svg.clientWidth;
  const x = (time) => ((time - span[0]) / (span[1] - span[0])) * width;
  const marks = laid(items.filter((item) => seen(item, span)).map((item) => mark(item, x, width)));
  const lanes = Math.max(3, ...marks.map((one) => one.lane + 1));
  const height = TOP + lanes * LANE + 6;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  svg.replaceChildren(...axis(span, width, height, x), ...marks.map(bar));
  return marks.length;
}

function seen(item, [from, until]) {
  return item.start < until && (item.lasts || item.end > from);
}

function axis(span, width, height, x) {
  return ticks(span, width).flatMap(([time, name]) => [
    drawn("line", { class: "tick", x1: x(time), x2: x(time), y1: 0, y2: height }),
    drawn("text", { class: "tick-label", x: x(time) + 4, y: 16 }, name),
  ]);
}

/** Say where a bar lies, whether it goes on beyond what is seen, and where its name has room. */
function mark(item, x, width) {
  const [start, end] = [x(item.start), item.lasts ? Infinity : x(item.end)];
  const left = Math.max(0, start);
  const right = Math.min(width, Math.max(end, left + LEAST));
  const cut = { before: start < 0 && !item.early, after: end > width, open: item.open, early: item.early };
  const known = { item, left, right, cut };
  const [before, after] = [left - 6 - (cut.early ? TAIL : 0), right + 6 + (cut.open && !cut.after ? TAIL : 0)];
  const long = measure(item.name, FONT);
  const arrow = (cut.before ? ARROW : 0) + 6;
  if (long + 2 * arrow < right - left) return { ...known, name: item.name, at: left + arrow, inside: true, from: left, to: right };
  // Beside it, where it has room; else where there is more, and shortened.
  if (after + long <= width || width - after >= before) {
    const name = shortened(item.name, width - after);
    return { ...known, name, at: after, from: left, to: after + measure(name, FONT) };
  }
  const name = shortened(item.name, before);
  const from = before - measure(name, FONT);
  return { ...known, name, at: from, from, to: right };
}

/** Give each bar the first lane where nothing is in its way; what goes on throughout comes first. */
function laid(marks) {
  const lanes = [];
  const order = ({ cut }) => (cut.before ? (cut.after ? 0 : 1) : 2);
  for (const one of marks.sort((a, b) => order(a) - order(b) || a.item.start - b.item.start)) {
    const free = lanes.findIndex((lane) => lane.every((other) => one.from > other.to + GAP || one.to + GAP < other.from));
    one.lane = free < 0 ? lanes.length : free;
    (lanes[one.lane] ??= []).push(one);
  }
  return marks;
}

function bar({ item, left, right, cut, name, at, inside, lane }) {
  const y = TOP + lane * LANE;
  const link = drawn("a", { href: item.href, class: cut.before && cut.after ? "throughout" : "" }, drawn("title", {}, `${item.name}: ${item.when}`));
  const middle = y + BAR / 2;
  // What goes on throughout is the ground that the rest stands on.
  const look = link.classList.contains("throughout") ? "standing" : item.apart ? "apart" : item.vague ? "vague" : "closed";
  const arrow = (tip, way, look) => drawn("polygon", { class: look, points: `${tip},${middle} ${tip - way * ARROW},${y + 2} ${tip - way * ARROW},${y + BAR - 2}` });
  link.append(drawn("rect", { x: left, y, width: Math.max(1, right - left), height: BAR, rx: 2, class: look }));
  if (cut.before) link.append(arrow(left + 2, -1, "beyond"));
  if (cut.after) link.append(arrow(right - 2, 1, "beyond"));
  if (cut.open && !cut.after) link.append(arrow(right + ARROW + 2, 1, "vague"));
  if (cut.early) link.append(arrow(left - ARROW - 2, -1, "vague"));
  link.append(drawn("text", { x: at, y: y + 12.5, class: inside ? "inside" : "outside" }, name));
  return link;
}

function shortened(name, room) {
  if (measure(name, FONT) <= room) return name;
  let short = name;
  while (short && measure(`${short}…`, FONT) > room) short = short.slice(0, -1).trimEnd();
  return `${short}…`;
}
