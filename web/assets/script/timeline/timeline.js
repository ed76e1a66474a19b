// Draws the moments to scale above their list: a line of time to zoom and move along, which the list follows.
import { html, svg } from "../elements.js";
import { gestures, keys } from "../gestures.js";
import { button, tools } from "../tools.js";
import { entire, list } from "./list.js";
import { learnt, moments } from "./moments.js";
import { overview } from "./overview.js";
import { paint } from "./paint.js";
import { all, asked, busiest, day, fill, within, zoomed } from "./span.js";

const WAIT = 200;
// What is listed below, as the drawing says it.
const ALONE = ". Those alone are listed";
const LEFT = ". The list does not follow: the server did not answer";
const NOTE = "Drag to move; pinch, or Ctrl and the wheel, to zoom; with the keyboard the arrows, + and −. An arrow: it goes on, or nobody states its end. Pale: nobody states the day; it lies in or after what is drawn. An outline: alleged, planned or otherwise not known to have occurred.";

const KEYS = {
  ArrowLeft: (line) => move(line, -0.15),
  ArrowRight: (line) => move(line, 0.15),
  "+": (line) => zoom(line, 0.5),
  "=": (line) => zoom(line, 0.5),
  "-": (line) => zoom(line, 2),
  Home: (line) => move(line, -1000),
  End: (line) => move(line, 1000),
  0: everything,
};

const place = document.getElementById("drawn");
if (place) draw(document.querySelector("form.days"), learnt(moments(await entire()), moments(document)));

function draw(form, items) {
  if (items.length < 2) return;
  const line = begun(form, items);
  keys(line.drawing, KEYS, line);
  gestures(line.drawing, { move: (share) => move(line, share), zoom: (factor, at) => zoom(line, factor, at) });
  place.append(buttons(line), line.drawing, line.strip.drawing, line.said, html("p", { class: "by" }, NOTE));
  place.hidden = false;
  // At once, so that it never stands there empty until the next frame.
  show(line);
  new ResizeObserver(() => show(line)).observe(place);
}

/** Return the line as the page comes: `span` is what is looked at, `chosen` what the reader has asked for, if anything. */
function begun(form, items) {
  const whole = all(items);
  const start = busiest(items, whole);
  const chosen = asked(form, whole);
  const line = {
    form, items, whole, start, chosen, span: chosen ?? start, listed: chosen ? ALONE : "", timer: 0,
    drawing: svg("svg", { role: "group", "aria-label": "The entries below, to scale", tabindex: 0 }),
    said: html("p", { class: "said", role: "status" }),
    back: button("Busiest period", "Show the busiest period and list everything", () => restart(line)),
    strip: overview(items, whole, (share) => point(line, share)),
  };
  return line;
}

function show(line) {
  const { drawing, items, span, start } = line;
  // Before its style is there it has no size.
  if (!drawing.clientWidth) return;
  line.said.textContent = told(line, paint(drawing, items, span));
  line.strip.paint(span);
  line.back.hidden = span[0] === start[0] && span[1] === start[1];
}

/** Look at a span, which the list then follows, or another that is kept. */
function look(line, span, chosen = span) {
  Object.assign(line, { span, chosen, listed: "" });
  show(line);
  clearTimeout(line.timer);
  line.timer = setTimeout(follow, WAIT, line);
}

async function follow(line) {
  const days = fill(line.form, line.chosen);
  try {
    await list(days);
    line.listed = days ? ALONE : "";
    learnt(line.items, moments(document));
  } catch (error) {
    if (error.name === "AbortError") return;
    line.listed = LEFT;
  }
  show(line);
}

function choose(line, wanted) {
  look(line, within(wanted, line.whole));
}

function zoom(line, factor, at = 0.5) {
  choose(line, zoomed(line.span, line.whole, factor, at));
}

function move(line, share) {
  const [from, until] = line.span;
  choose(line, line.span.map((time) => time + (until - from) * share));
}

function everything(line) {
  choose(line, line.whole);
}

function restart(line) {
  look(line, line.start, null);
  line.drawing.focus();
}

/** Look at what is around a place of the strip. */
function point(line, share) {
  const { whole, span } = line;
  const [time, half] = [whole[0] + share * (whole[1] - whole[0]), (span[1] - span[0]) / 2];
  choose(line, [time - half, time + half]);
}

function buttons(line) {
  const first = new Date(Math.min(...line.items.map((item) => item.start))).getUTCFullYear();
  return tools("tools", [
    ["←", "Earlier", () => move(line, -0.3)],
    ["→", "Later", () => move(line, 0.3)],
    ["+", "Zoom in", () => zoom(line, 0.5)],
    ["−", "Zoom out", () => zoom(line, 2)],
    [`all since ${first}`, `Show all since ${first}`, () => everything(line)],
  ], line.back);
}

function told({ items, span, listed }, shown) {
  const number = shown < items.length ? `${shown} of ${items.length}` : `all ${shown}`;
  return `${day(span[0])} – ${day(span[1] - 1)}: ${number}${shown || listed !== ALONE ? listed : ""}`;
}
