// Draws the moments to scale above their list: a line of time to zoom and move along, which the list follows.
import { button, drawn } from "../elements.js";
import { gestures, keys } from "../gestures.js";
import { entire, list } from "./list.js";
import { overview } from "./overview.js";
import { paint } from "./paint.js";
import { DAY, all, asked, busiest, day, fill, within } from "./span.js";

const WAIT = 200;
const LEAST = 4 * DAY;
// What is listed below, as the drawing says it.
const ALONE = ". Those alone are listed";
const LEFT = ". The list does not follow: the server did not answer";

const place = document.getElementById("drawn");
if (place) draw(document.querySelector("form.days"), learnt(moments(await entire()), moments(document)));

function draw(form, items) {
  if (items.length < 2) return;
  const whole = all(items);
  const start = busiest(items, whole);
  let chosen = asked(form, whole);
  let span = chosen ?? start;
  let listed = chosen ? ALONE : "";
  let timer = 0;

  const svg = drawn("svg", { role: "group", "aria-label": "The moments below, to scale", tabindex: "0" });
  const said = Object.assign(document.createElement("p"), { className: "said" });
  said.setAttribute("role", "status");
  const show = () => {
    // Before its style is there it has no size.
    if (!svg.clientWidth) return;
    said.textContent = told(paint(svg, items, span), items.length, span, listed);
    strip.paint(span);
    back.hidden = span[0] === start[0] && span[1] === start[1];
  };
  const follow = async () => {
    const days = fill(form, chosen);
    try {
      await list(days);
      listed = days ? ALONE : "";
      learnt(items, moments(document));
    } catch (error) {
      if (error.name === "AbortError") return;
      listed = LEFT;
    }
    show();
  };
  const look = (wanted, kept = wanted) => {
    [span, chosen, listed] = [wanted, kept, ""];
    show();
    clearTimeout(timer);
    timer = setTimeout(follow, WAIT);
  };
  const choose = (wanted) => look(within(wanted, whole));
  const zoom = (factor, at = 0.5) => {
    const length = Math.min(whole[1] - whole[0], Math.max(LEAST, (span[1] - span[0]) * factor));
    const from = span[0] + (span[1] - span[0] - length) * at;
    choose([from, from + length]);
  };
  const move = (share) => choose(span.map((time) => time + (span[1] - span[0]) * share));
  const everything = () => choose(whole);
  const back = button("where most is", "Show where most is, and list everything", () => {
    look(start, null);
    svg.focus();
  });
  const strip = overview(items, whole, (share) => {
    const [time, half] = [whole[0] + share * (whole[1] - whole[0]), (span[1] - span[0]) / 2];
    choose([time - half, time + half]);
  });

  keys(svg, {
    ArrowLeft: () => move(-0.15), ArrowRight: () => move(0.15), "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2),
    Home: () => move(-1000), End: () => move(1000), 0: everything,
  });
  gestures(svg, { move: (share) => move(share), zoom: (factor, at) => zoom(factor, at) });
  place.append(tools(items, { move, zoom, everything, back }), svg, strip.svg, said, note());
  place.hidden = false;
  new ResizeObserver(show).observe(place);
}

function tools(items, { move, zoom, everything, back }) {
  const made = Object.assign(document.createElement("div"), { className: "tools" });
  const first = new Date(Math.min(...items.map((item) => item.start))).getUTCFullYear();
  made.append(
    button("←", "Earlier", () => move(-0.3)),
    button("→", "Later", () => move(0.3)),
    button("+", "Zoom in", () => zoom(0.5)),
    button("−", "Zoom out", () => zoom(2)),
    button(`all since ${first}`, `Show all since ${first}`, everything),
    back,
  );
  return made;
}

function told(shown, total, span, listed) {
  return `${day(span[0])} – ${day(span[1] - 1)}: ${shown < total ? `${shown} of ${total}` : `all ${shown}`}${shown || listed !== ALONE ? listed : ""}`;
}

/** Add to moments those that are not among them: of a very long list each page has some. */
function learnt(items, more) {
  const known = new Set(items.map((item) => item.href));
  items.push(...more.filter((item) => !known.has(item.href)));
  return items;
}

/** Read the moments of a page's list. */
function moments(page) {
  return [...page.querySelectorAll("[data-from]")].map(read).filter(Boolean);
}

function read(row) {
  const { from, until } = row.dataset;
  if (!from && !until) return null;
  const start = Date.parse(from || until);
  const link = row.querySelector(".what a");
  return {
    start, end: Math.max(start, Date.parse(until || from)) + DAY, open: !until, early: !from, lasts: "lasts" in row.dataset, vague: "vague" in row.dataset, apart: Boolean(row.querySelector(".what .mark")),
    name: link.textContent, href: link.href, when: row.querySelector(".when").textContent,
  };
}

function note() {
  const made = Object.assign(document.createElement("p"), { className: "by" });
  made.textContent = "Drag to move; pinch, or Ctrl and the wheel, to zoom; with the keyboard the arrows, + and −. An arrow: it goes on, or nobody states its end. Pale: nobody states the day; it lies in or after what is drawn. An outline: alleged, planned or otherwise not known to have occurred.";
  return made;
}
