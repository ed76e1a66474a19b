// Makes a timeline movable that the server has laid out: to zoom, to drag, to move along by keys.
import { html } from "../elements.js";
import { gestures, keys } from "../gestures.js";
import { button, tools } from "../tools.js";
import { paint } from "./bars.js";
import * as overview from "./overview.js";
import { within, words, year, zoomed } from "./span.js";
import { gettext } from "../texts.js";

const NOTE = gettext("Drag to move; pinch, or Ctrl and the wheel, to zoom; with the keyboard the arrows, + and −. An arrow: it goes on, or nobody states its end. Pale: nobody states the day; it lies in or after what is drawn. An outline: alleged, planned or otherwise not known to have occurred.");

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

/**
 * Make the timeline in a place movable: { lay, note }. `changed(span)` hears of each span that a reader chooses, null
 * for the one at the start; `lay` takes the place of another page's timeline, `note(text, always)` adds to what is said of the span, if anything is in it.
 */
export function timeline(place, { back, changed = () => {} }) {
  const line = {
    place, changed, note: "", always: false, drawing: place.querySelector(".stretch"), strip: place.querySelector(".overview"),
    layout: JSON.parse(place.querySelector("script.layout").textContent),
    status: html("p", { class: "said", role: "status" }),
    back: button(gettext("Busiest period"), back, () => restart(line)),
  };
  line.span = line.layout.chosen ?? line.layout.start;
  steer(line);
  // At once, so that it never stands there empty until the next frame.
  show(line);
  new ResizeObserver(() => show(line)).observe(place);
  return { lay: (other) => lay(line, other), note: (text, always = false) => { Object.assign(line, { note: text, always }); show(line); } };
}

function steer(line) {
  const { place, drawing, strip } = line;
  place.classList.add("live");
  place.querySelector(".stretches").removeAttribute("tabindex");
  drawing.setAttribute("tabindex", 0);
  keys(drawing, KEYS, line);
  gestures(drawing, { move: (share) => move(line, share), zoom: (factor, at) => zoom(line, factor, at) });
  overview.overview(strip, (share) => point(line, share));
  place.prepend(buttons(line));
  strip.after(line.status, html("p", { class: "by" }, NOTE));
}

/** Take the items of another page's timeline; the span stays. */
function lay(line, place) {
  const script = place?.querySelector("script.layout");
  if (!script) return;
  line.layout = JSON.parse(script.textContent);
  for (const part of [".overview", ".legend"]) line.place.querySelector(part)?.replaceChildren(...place.querySelector(part).childNodes);
}

function show(line) {
  const { drawing, strip, layout, span } = line;
  // Before its style is there it has no size.
  if (!drawing.clientWidth) return;
  line.status.textContent = described(line, paint(drawing, layout, span));
  overview.show(strip, layout.extent, span);
  line.back.hidden = span[0] === layout.start[0] && span[1] === layout.start[1];
}

function look(line, span, chosen = span) {
  Object.assign(line, { span, note: "" });
  show(line);
  line.changed(chosen);
}

function choose(line, span) {
  look(line, within(span, line.layout.extent));
}

function zoom(line, factor, at = 0.5) {
  choose(line, zoomed(line.span, line.layout.extent, factor, at));
}

function move(line, share) {
  const [from, until] = line.span;
  choose(line, line.span.map((day) => day + (until - from) * share));
}

function everything(line) {
  choose(line, line.layout.extent);
}

function restart(line) {
  look(line, line.layout.start, null);
  line.drawing.focus();
}

/** Look at what is around a place of the strip. */
function point(line, share) {
  const { layout: { extent }, span } = line;
  const [day, half] = [extent[0] + share * (extent[1] - extent[0]), (span[1] - span[0]) / 2];
  choose(line, [day - half, day + half]);
}

function buttons(line) {
  const first = year(Math.min(...line.layout.items.map((item) => item.start)));
  return tools("tools", [
    ["←", gettext("Earlier"), () => move(line, -0.3)],
    ["→", gettext("Later"), () => move(line, 0.3)],
    ["+", gettext("Zoom in"), () => zoom(line, 0.5)],
    ["−", gettext("Zoom out"), () => zoom(line, 2)],
    [gettext("all since %(year)s", { year: first }), gettext("Show all since %(year)s", { year: first }), () => everything(line)],
  ], line.back);
}

function described({ layout: { items }, span, note, always }, shown) {
  const values = { start: words(span[0]), end: words(span[1] - 1e-6), shown, all: items.length };
  const seen = shown < items.length ? gettext("%(start)s – %(end)s: %(shown)s of %(all)s", values) : gettext("%(start)s – %(end)s: all %(all)s", values);
  return note && (shown || always) ? `${seen}. ${note}` : seen;
}
