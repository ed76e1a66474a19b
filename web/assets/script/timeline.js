// Draws the list of moments to scale above it: a line of time to zoom and move along.
const WIDTH = 1000;
const LANE = 24;
// About the width of one letter of a label.
const LETTER = 6.3;
const DAY = 86_400_000;
const NS = "http://www.w3.org/2000/svg";

const list = [...document.querySelectorAll("ol.moments > li")];
const place = document.getElementById("drawn");
if (place) draw(list, place);

function draw(list, place) {
  const items = list.map(read).filter(Boolean);
  if (items.length < 2) return;
  const first = Math.min(...items.map((item) => item.start));
  const last = Math.max(...items.map((item) => item.end));
  const margin = Math.max((last - first) * 0.03, DAY);
  const whole = [first - margin, last + margin];
  let view = recent(items, whole);

  const svg = make("svg", { role: "group", "aria-label": "The moments below, to scale", tabindex: "0" });
  const tools = document.createElement("div");
  tools.className = "tools";
  const show = () => paint(svg, items, view);
  const zoom = (factor, at = 0.5) => {
    const length = Math.min(whole[1] - whole[0], Math.max(2 * DAY, (view[1] - view[0]) * factor));
    const from = view[0] + (view[1] - view[0] - length) * at;
    view = within([from, from + length], whole);
    show();
  };
  const move = (share) => {
    const step = (view[1] - view[0]) * share;
    view = within([view[0] + step, view[1] + step], whole);
    show();
  };
  for (const [name, label, act] of [
    ["←", "Earlier", () => move(-0.3)],
    ["→", "Later", () => move(0.3)],
    ["+", "Zoom in", () => zoom(0.5)],
    ["−", "Zoom out", () => zoom(2)],
    ["all", "Show all of it", () => { view = [...whole]; show(); }],
  ]) tools.append(button(name, label, act));
  svg.addEventListener("keydown", (event) => {
    const act = { ArrowLeft: () => move(-0.15), ArrowRight: () => move(0.15), "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2) }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  svg.addEventListener("wheel", (event) => {
    // Without Ctrl the page scrolls, as anywhere.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 0.8 : 1.25, (event.clientX - box.x) / box.width);
  }, { passive: false });
  place.append(tools, svg);
  place.hidden = false;
  new ResizeObserver(show).observe(svg);
}

function read(row) {
  const { from, until } = row.dataset;
  if (!from && !until) return null;
  const start = Date.parse(from || until);
  const link = row.querySelector(".what a");
  return { start, end: Math.max(start, Date.parse(until || from)) + DAY, open: !until, name: link.textContent, href: link.href };
}

/** Open where most is: the last two thirds of the moments. */
function recent(items, whole) {
  const starts = items.map((item) => item.start).sort((a, b) => a - b);
  const from = starts[Math.floor(starts.length / 3)];
  return within([from - (whole[1] - from) * 0.08, whole[1]], whole);
}

function within([from, to], [first, last]) {
  const length = Math.min(to - from, last - first);
  const start = Math.max(first, Math.min(from, last - length));
  return [start, start + length];
}

function paint(svg, items, view) {
  const width = svg.clientWidth || WIDTH;
  const x = (time) => ((time - view[0]) / (view[1] - view[0])) * width;
  const seen = items.filter((item) => item.end >= view[0] && item.start <= view[1]);
  const ends = [];
  const marks = seen.map((item) => {
    const left = Math.max(x(item.start), 0);
    const bar = Math.max(8, Math.min(x(item.end), width) - left);
    const inside = item.name.length * LETTER + 12 < bar;
    const room = bar + (inside ? 0 : item.name.length * LETTER + 14);
    let lane = ends.findIndex((end) => end < left);
    if (lane < 0) lane = ends.length;
    ends[lane] = left + room;
    return { item, left, bar, lane, inside };
  });
  const height = Math.max(4, ends.length) * LANE + 34;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  svg.replaceChildren(...ticks(view, width).flatMap(([time, name]) => [
    make("line", { class: "tick", x1: x(time), x2: x(time), y1: 0, y2: height }),
    text(name, { class: "tick-label", x: x(time) + 4, y: 16 }),
  ]), ...marks.map(({ item, left, bar, lane, inside }) => {
    const y = 28 + lane * LANE;
    const link = make("a", { href: item.href });
    const past = left + bar + item.name.length * LETTER + 8 > width;
    const where = inside
      ? { x: left + 6, class: "inside" }
      : past ? { x: left - 5, "text-anchor": "end" } : { x: left + bar + 5 };
    link.append(
      make("rect", { x: left, y, width: bar, height: 16, rx: 3, class: item.open ? "open" : "closed" }),
      text(item.name, { y: y + 12, ...where }),
    );
    return link;
  }));
}

function ticks([from, to], width) {
  const years = (to - from) / (365.25 * DAY);
  const most = Math.max(3, Math.floor(width / 110));
  const month = years * 12 <= most * 3;
  const step = month ? Math.max(1, Math.ceil((years * 12) / most)) : 12 * Math.ceil(years / most);
  const start = new Date(from);
  const found = [];
  for (let at = month ? start.getUTCFullYear() * 12 + start.getUTCMonth() : start.getUTCFullYear() * 12; ; at += step) {
    const time = Date.UTC(Math.floor(at / 12), at % 12, 1);
    if (time > to) break;
    const name = new Date(time).toLocaleDateString("en-GB", { timeZone: "UTC", year: "numeric", ...(month ? { month: "short" } : {}) });
    if (time >= from) found.push([time, name]);
  }
  if (years * 365 < 2 * most) {
    for (let time = Math.ceil(from / DAY) * DAY; time <= to; time += DAY * Math.max(1, Math.ceil((years * 365) / most)))
      found.push([time, new Date(time).toLocaleDateString("en-GB", { timeZone: "UTC", day: "numeric", month: "short" })]);
  }
  return found;
}

function make(tag, attributes) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function text(content, attributes) {
  const element = make("text", attributes);
  element.textContent = content;
  return element;
}

function button(name, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = name;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}
