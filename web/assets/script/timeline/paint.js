// Draws a span of time: a bar for each moment in it, in as few lanes as keep the names apart.
import { ticks } from "../axis.js";
import { svg, width as measure } from "../elements.js";

const LANE = 26;
const BAR = 16;
const TOP = 30;
const LEAST = 8;
const GAP = 8;
// What a mark on the axis takes.
const ROOM = 96;
// The arrow of a bar that goes on, or whose end nobody states.
const ARROW = 7;
const TAIL = ARROW + 3;

/** Draw what lies in a span; return how many moments do. */
export function paint(drawing, items, span) {
  const width = drawing.clientWidth;
  const x = (time) => ((time - span[0]) / (span[1] - span[0])) * width;
  // As it is drawn, whatever the style or the reader makes of it.
  const { font } = getComputedStyle(drawing);
  const marks = laid(items.filter((item) => seen(item, span)).map((item) => mark(item, x, width, font)));
  const lanes = Math.max(3, ...marks.map((one) => one.lane + 1));
  const height = TOP + lanes * LANE + 6;
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  drawing.setAttribute("height", height);
  replace(drawing, [...axis(span, width, height, x, font), ...marks.map(bar)]);
  return marks.length;
}

/** Draw anew, and leave the keyboard at the same moment; at the drawing, if that is out of sight. */
function replace(drawing, children) {
  const held = drawing.contains(document.activeElement) && document.activeElement.getAttribute("href");
  drawing.replaceChildren(...children);
  if (!held) return;
  const again = [...drawing.querySelectorAll("a")].find((link) => link.getAttribute("href") === held);
  (again ?? drawing).focus({ preventScroll: true });
}

function seen(item, [from, until]) {
  return item.start < until && (item.lasts || item.end > from);
}

function axis(span, width, height, x, font) {
  const fits = (time, name) => x(time) + 4 + measure(name, font) <= width;
  return ticks(span, width, ROOM).flatMap(([time, name]) => [
    svg("line", { class: "tick", x1: x(time), x2: x(time), y1: 0, y2: height }),
    svg("text", { class: "tick-label", x: x(time) + 4, y: 16 }, fits(time, name) ? name : ""),
  ]);
}

/** Say where a bar lies, whether it goes on beyond what is seen, and where its name stands. */
function mark(item, x, width, font) {
  const [start, end] = [x(item.start), item.lasts ? Infinity : x(item.end)];
  const left = Math.max(0, start);
  const right = Math.min(width, Math.max(end, left + LEAST));
  const cut = { before: start < 0 && !item.early, after: end > width, open: item.open, early: item.early };
  return { item, left, right, cut, ...named(item.name, left, right, cut, width, font) };
}

/** Put a name into its bar; else beside it, where it has room; else where there is most, and shortened. */
function named(name, left, right, cut, width, font) {
  const long = measure(name, font);
  const inner = left + (cut.before ? ARROW : 0) + 6;
  const [before, after] = [left - 6 - (cut.early ? TAIL : 0), right + 6 + (cut.open && !cut.after ? TAIL : 0)];
  const room = { after: width - after, before, inside: right - left - 2 * (inner - left) };
  const most = Object.keys(room).reduce((one, other) => (room[other] > room[one] ? other : one));
  const side = long < room.inside ? "inside" : long <= room.after ? "after" : most;
  const shown = shortened(name, room[side], font);
  if (side === "inside") return { name: shown, at: inner, inside: true, from: left, to: right };
  const at = side === "after" ? after : before - measure(shown, font);
  return { name: shown, at, from: Math.min(left, at), to: Math.max(right, at + measure(shown, font)) };
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
  const throughout = cut.before && cut.after;
  return svg("a", { href: item.href, class: throughout ? "throughout" : "" },
    svg("title", {}, `${item.name}: ${item.when}`),
    svg("rect", { x: left, y, width: Math.max(1, right - left), height: BAR, rx: 2, class: look(item, throughout) }),
    cut.before && arrow(left + 2, y, -1, "beyond"),
    cut.after && arrow(right - 2, y, 1, "beyond"),
    cut.open && !cut.after && arrow(right + ARROW + 2, y, 1, "vague"),
    cut.early && arrow(left - ARROW - 2, y, -1, "vague"),
    svg("text", { x: at, y: y + 12.5, class: inside ? "inside" : "outside" }, name));
}

/** Say how a bar looks; what goes on throughout is the ground that the rest stands on. */
function look(item, throughout) {
  if (throughout) return "standing";
  if (item.apart) return "apart";
  return item.vague ? "vague" : "closed";
}

function arrow(tip, y, way, look) {
  const back = tip - way * ARROW;
  return svg("polygon", { class: look, points: `${tip},${y + BAR / 2} ${back},${y + 2} ${back},${y + BAR - 2}` });
}

function shortened(name, room, font) {
  if (measure(name, font) <= room) return name;
  let short = name;
  while (short && measure(`${short}…`, font) > room) short = short.slice(0, -1).trimEnd();
  return `${short}…`;
}
