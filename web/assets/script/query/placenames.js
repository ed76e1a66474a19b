// Names beside places on a map, as far as there is room for them.
import { svg, width } from "../elements.js";

// Of a name and what stands around it, in pixels.
const [SIZE, OFF, CORNER] = [13, 9, 56];
const FONT = `${SIZE}px ${getComputedStyle(document.documentElement).getPropertyValue("--sans")}`;
// A name cut shorter than this says nothing.
const LEAST = 9;

/** Write a name at a place, or as much of it as there is room for; nothing if it would run into another. */
export function written(text, x, y, unit, view, taken) {
  const rooms = [
    { side: "start", room: view.x + view.width - corner(y, view, unit) - (x + unit * OFF) },
    { side: "end", room: x - unit * OFF - view.x },
  ];
  const whole = unit * width(text, FONT);
  const { side, room } = rooms.find((one) => one.room > whole) ?? rooms.reduce((a, b) => (b.room > a.room ? b : a));
  const shown = cut(text, room / unit);
  if (!shown) return null;
  const wide = unit * width(shown, FONT);
  const left = side === "start" ? x + unit * OFF : x - unit * OFF - wide;
  const area = { left, right: left + wide, top: y - (unit * SIZE) / 2, bottom: y + (unit * SIZE) / 2 };
  if (taken.some((other) => area.left < other.right && other.left < area.right && area.top < other.bottom && other.top < area.bottom)) return null;
  taken.push(area);
  const at = { x: side === "start" ? left : x - unit * OFF, y: y + unit * SIZE * 0.33 };
  return svg("text", { ...at, "font-size": unit * SIZE, "stroke-width": unit * 3.5, "text-anchor": side }, shown);
}

/** Return the width of the buttons that stand in the upper right corner, where a name would be behind them. */
function corner(y, view, unit) {
  return y < view.y + unit * 3 * CORNER ? unit * CORNER : 0;
}

function cut(text, room) {
  if (width(text, FONT) <= room) return text;
  for (let letters = text.length - 1; letters >= LEAST; letters -= 1) {
    const shorter = `${text.slice(0, letters).trimEnd()}…`;
    if (width(shorter, FONT) <= room) return shorter;
  }
  return "";
}
