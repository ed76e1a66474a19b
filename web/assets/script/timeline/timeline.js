// Draws the list of moments to scale above it: a line of time to zoom and move along, kept in the address.
import { button, drawn } from "../elements.js";
import { gestures, keys } from "../gestures.js";
import { overview } from "./overview.js";
import { paint, seen } from "./paint.js";
import { DAY, all, asked, busiest, day, keep, within } from "./span.js";

const WAIT = 200;

const place = document.getElementById("drawn");
const items = [...document.querySelectorAll("[data-from]")].map(read).filter(Boolean);
if (place && items.length > 1) draw();

function draw() {
  const whole = all(items);
  const start = busiest(items, whole);
  let chosen = Boolean(asked(whole));
  let span = asked(whole) ?? start;
  let timer = 0;

  const svg = drawn("svg", { role: "group", "aria-label": "The moments below, to scale", tabindex: "0" });
  const said = Object.assign(document.createElement("p"), { className: "said" });
  said.setAttribute("role", "status");
  const strip = overview(items, whole, (share) => {
    const [time, half] = [whole[0] + share * (whole[1] - whole[0]), (span[1] - span[0]) / 2];
    choose([time - half, time + half]);
  });

  const show = () => {
    // Before its style is there it has no size.
    if (!svg.clientWidth) return;
    const shown = paint(svg, items, span);
    strip.paint(span);
    for (const item of items) item.row.hidden = chosen && !seen(item, span);
    for (const list of document.querySelectorAll("ol.moments")) follow(list);
    const rest = items.length - shown;
    const kept = chosen && rest ? ". Those alone are listed" : "";
    said.textContent = `${day(span[0])} – ${day(span[1] - 1)}: ${rest ? `${shown} of ${items.length}${kept}` : `all ${shown}`}`;
    back.hidden = span[0] === start[0] && span[1] === start[1];
  };
  const choose = (wanted) => {
    span = within(wanted, whole);
    chosen = true;
    show();
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT, span);
  };
  const zoom = (factor, at = 0.5) => {
    const length = Math.min(whole[1] - whole[0], Math.max(4 * DAY, (span[1] - span[0]) * factor));
    const from = span[0] + (span[1] - span[0] - length) * at;
    choose([from, from + length]);
  };
  const move = (share) => choose(span.map((time) => time + (span[1] - span[0]) * share));
  const everything = () => choose(whole);
  const back = button("where most is", "Show where most is, and list everything", () => {
    [span, chosen] = [start, false];
    show();
    keep(null);
    svg.focus();
  });

  const tools = Object.assign(document.createElement("div"), { className: "tools" });
  const first = new Date(Math.min(...items.map((item) => item.start))).getUTCFullYear();
  tools.append(
    button("←", "Earlier", () => move(-0.3)),
    button("→", "Later", () => move(0.3)),
    button("+", "Zoom in", () => zoom(0.5)),
    button("−", "Zoom out", () => zoom(2)),
    button(`all since ${first}`, `Show all since ${first}`, everything),
    back,
  );
  keys(svg, {
    ArrowLeft: () => move(-0.15), ArrowRight: () => move(0.15), "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2),
    Home: () => move(-1000), End: () => move(1000), 0: everything,
  });
  gestures(svg, { move: (share) => move(share), zoom: (factor, at) => zoom(factor, at) });
  place.append(tools, svg, strip.svg, said, note());
  place.hidden = false;
  new ResizeObserver(show).observe(place);
}

/** Hide the heading of a list of which no row is left. */
function follow(list) {
  const heading = list.previousElementSibling;
  if (heading?.matches("h3.apart")) heading.hidden = [...list.children].every((row) => row.hidden);
}

function read(row) {
  const { from, until } = row.dataset;
  if (!from && !until) return null;
  const start = Date.parse(from || until);
  const link = row.querySelector(".what a");
  return {
    row, start, end: Math.max(start, Date.parse(until || from)) + DAY, open: !until, early: !from, lasts: "lasts" in row.dataset, vague: "vague" in row.dataset, apart: Boolean(row.querySelector(".what .mark")),
    name: link.textContent, href: link.href, when: row.querySelector(".when").textContent,
  };
}

function note() {
  const made = Object.assign(document.createElement("p"), { className: "by" });
  made.textContent = "Drag to move; pinch, or Ctrl and the wheel, to zoom; with the keyboard the arrows, + and −. An arrow: it goes on, or nobody states its end. Pale: nobody states the day; it lies in or after what is drawn. An outline: alleged, planned or otherwise not known to have occurred.";
  return made;
}
