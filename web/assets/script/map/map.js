// Zoom and move a map that is there without this, name its points, and show what happened at each.
import { button, drawn } from "../elements.js";
import { gestures, keys } from "../gestures.js";
import { card } from "./card.js";
import { coasts } from "./coasts.js";
import { label } from "./labels.js";
import { near } from "./near.js";

const WAIT = 200;
// Points that are nearer than this, in pixels, cannot be told apart by a finger.
const FINGER = matchMedia("(pointer: coarse)").matches ? 22 : 12;

const map = document.querySelector("svg.map.world");
if (map) steer(map);

function steer(map) {
  const world = map.dataset.world.split(" ").map(Number);
  const given = map.viewBox.baseVal;
  const home = [given.x, given.y, given.width, given.height];
  let view = asked(world) ?? home;
  let timer = 0;
  const spots = [...map.querySelectorAll("a.spot")].map(read);
  const names = drawn("g", { class: "labels", "aria-hidden": "true" });
  map.querySelectorAll(".labels").forEach((still) => still.remove());
  map.append(names);
  map.classList.add("live");
  const islands = near(map);
  const coast = coasts(map);
  const about = card(map.parentElement);

  const draw = () => {
    // Before its style is there it has no size.
    if (!map.clientHeight) return;
    map.setAttribute("viewBox", view.map((value) => Math.round(value * 1000) / 1000).join(" "));
    // Of a map that is not of this shape more is seen than asked for.
    const scale = Math.min(map.clientWidth / view[2], map.clientHeight / view[3]);
    islands(scale);
    for (const { circles } of spots) for (const [circle, radius] of circles) circle.setAttribute("r", radius / scale);
    const [wide, high] = [map.clientWidth / scale, map.clientHeight / scale];
    const seen = [view[0] - (wide - view[2]) / 2, view[1] - (high - view[3]) / 2, wide, high];
    coast(scale, seen);
    label(names, spots, seen, scale);
  };
  const show = (wanted) => {
    view = within(wanted, world);
    draw();
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT, view);
  };
  const zoom = (factor, x = 0.5, y = 0.5) => {
    const width = Math.min(world[2], Math.max(world[2] / 400, view[2] * factor));
    const height = (width * view[3]) / view[2];
    show([view[0] + (view[2] - width) * x, view[1] + (view[3] - height) * y, width, height]);
  };
  const move = (x, y) => show([view[0] + view[2] * x, view[1] + view[3] * y, view[2], view[3]]);
  const around = (box) => {
    about.close(false);
    const size = Math.max(box.width * 3, (box.height * 3 * world[2]) / world[3], world[2] / 60);
    const height = (size * world[3]) / world[2];
    show([box.x + (box.width - size) / 2, box.y + (box.height - height) / 2, size, height]);
  };
  const open = (spot) => {
    const scale = map.getScreenCTM().a;
    const close = spots.filter((other) => other === spot || other.total && Math.hypot(other.x - spot.x, other.y - spot.y) * scale < FINGER);
    const order = (other) => (other === spot ? -Infinity : -other.total);
    about.open(close.sort((a, b) => order(a) - order(b)).map((other) => other.row), spot.link);
  };

  for (const spot of spots) {
    spot.link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(event.detail ? nearest(map, spots, event) : spot);
    });
  }
  map.before(tools(map, { zoom, around, home: () => show(home), world: () => show(world) }));
  keys(map, {
    "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2), 0: () => show(home),
    ArrowLeft: () => move(-0.15, 0), ArrowRight: () => move(0.15, 0), ArrowUp: () => move(0, -0.15), ArrowDown: () => move(0, 0.15),
    Escape: () => about.close(),
  });
  gestures(map, { move, zoom });
  new ResizeObserver(draw).observe(map);
}

/** Return the spot that was meant: of several whose marks overlap the nearest. */
function nearest(map, spots, { clientX, clientY }) {
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(map.getScreenCTM().inverse());
  const far = (spot) => Math.hypot(spot.x - x, spot.y - y);
  return spots.reduce((best, spot) => (far(spot) < far(best) ? spot : best));
}

function read(link) {
  const circles = [...link.querySelectorAll("circle")].map((circle) => [circle, circle.classList.contains("halo") ? 12 : 5.5]);
  const { cx, cy } = circles[0][0];
  const name = link.querySelector("title").textContent.replace(/ \(\d+\)$/, "");
  const total = Number(link.dataset.total);
  if (!total) circles.forEach((circle) => { circle[1] *= 0.6; });
  return { link, circles, name, total, vague: link.classList.contains("vague"), x: cx.baseVal.value, y: cy.baseVal.value, row: document.getElementById(link.dataset.at) };
}

function tools(map, { zoom, around, home, world }) {
  const made = Object.assign(document.createElement("div"), { className: "map-tools" });
  made.append(
    button("+", "Zoom in", () => zoom(0.5)),
    button("−", "Zoom out", () => zoom(2)),
    button("back", "Back to where it happened", home),
    button("world", "Show the whole world", world),
  );
  const to = document.createElement("select");
  to.setAttribute("aria-label", "Zoom to a territory");
  to.append(new Option("to a territory…", ""));
  const areas = [...map.querySelectorAll("a.territory")];
  areas.forEach((area, at) => to.append(new Option(area.querySelector("title").textContent, at)));
  to.addEventListener("change", () => { if (to.value) around(areas[to.value].getBBox()); });
  if (areas.length) made.append(to);
  return made;
}

/** Keep a view inside the world. */
function within([x, y, width, height], [left, top, wide, high]) {
  const [w, h] = [Math.min(width, wide), Math.min(height, high)];
  return [Math.max(left, Math.min(left + wide - w, x)), Math.max(top, Math.min(top + high - h, y)), w, h];
}

/** Read the view that the address asks for: the middle, east and north, and how many degrees wide. */
function asked(world) {
  const given = new URLSearchParams(location.search).get("view")?.split(",").map(Number) ?? [];
  if (given.length !== 3 || !given.every(Number.isFinite) || given[2] <= 0) return null;
  const [east, north, degrees] = given;
  const [width, height] = [degrees * 0.8, (degrees * 0.8 * world[3]) / world[2]];
  return within([east * 0.8 - width / 2, -north - height / 2, width, height], world);
}

function keep([x, y, width, height]) {
  const set = (address) => {
    const found = new URL(address, location.href);
    const figures = [(x + width / 2) / 0.8, -(y + height / 2), width / 0.8].map((value) => value.toFixed(2));
    found.searchParams.set("view", figures.join(","));
    return found.pathname + found.search;
  };
  history.replaceState(null, "", set(location.href) + location.hash);
}
