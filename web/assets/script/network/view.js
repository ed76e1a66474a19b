// Which part of a drawn network is in sight: moved and magnified by hand, by keys and by buttons.
import { gestures, keys } from "../gestures.js";
import { drag, names } from "./drawing.js";

const STEP = 1.3;
const [SMALLEST, LARGEST] = [0.5, 8];
// Never so small that columns cannot be read: then the middle of them is in sight, and the rest a drag away.
const READABLE = 0.8;
const LARGE = 1.25;
// Whoever moves a node less than this, in pixels, means a click.
const STILL = 5;

/** Let a drawing be moved and magnified; return { larger, smaller, whole }. */
export function movable(chart) {
  const { picture } = chart;
  gestures(picture, {
    move: (x, y) => move(chart, -x * picture.clientWidth, -y * picture.clientHeight),
    zoom: (factor, x, y) => zoom(chart, 1 / factor, x, y),
  });
  const acts = { larger: () => zoom(chart, STEP), smaller: () => zoom(chart, 1 / STEP), whole: () => whole(chart, false) };
  keys(picture, { "+": acts.larger, "=": acts.larger, "-": acts.smaller, 0: acts.whole }, chart);
  draggable(chart);
  new ResizeObserver(() => whole(chart)).observe(picture);
  return acts;
}

/** Bring the drawing into sight: all of it, or the middle of it where all would be too small to be read. */
export function whole(chart, readable = true) {
  const { picture, layout } = chart;
  const [wide, high] = [picture.clientWidth, picture.clientHeight];
  if (!layout || !wide || !high) return;
  const across = wide / layout.width;
  const least = readable && layout.name === "sides" ? Math.min(across, READABLE) : 0;
  chart.home = Math.max(least, Math.min(across, high / layout.height, LARGE));
  chart.scale = chart.home;
  chart.x = (wide - layout.width * chart.scale) / 2;
  chart.y = (high - layout.height * chart.scale) / 2;
  look(chart);
}

function move(chart, x, y) {
  chart.x += x;
  chart.y += y;
  look(chart);
}

/** Magnify about a point of the drawing: shares of its width and height. */
function zoom(chart, by, x = 0.5, y = 0.5) {
  const scale = Math.min(chart.home * LARGEST, Math.max(chart.home * SMALLEST, chart.scale * by));
  const [left, top] = [x * chart.picture.clientWidth, y * chart.picture.clientHeight];
  chart.x = left - ((left - chart.x) * scale) / chart.scale;
  chart.y = top - ((top - chart.y) * scale) / chart.scale;
  chart.scale = scale;
  look(chart);
}

function look(chart) {
  const { picture, sheet, markers, scale, home, layout } = chart;
  sheet.setAttribute("transform", `translate(${chart.x} ${chart.y}) scale(${scale})`);
  // In columns names grow with the drawing; in a spread they keep their size, and get apart.
  const unit = layout.name === "sides" ? 1 : home / scale;
  picture.style.setProperty("--unit", unit);
  for (const marker of markers) for (const side of ["markerWidth", "markerHeight"]) marker.setAttribute(side, 7 / scale);
  // On a touch screen the page is scrolled over the whole drawing, and the drawing moved once it is magnified.
  picture.classList.toggle("still", scale <= home * 1.001);
  chart.zoom = scale / home;
  names(chart);
}

/** Let nodes be put elsewhere with a mouse. */
function draggable(chart) {
  const { picture, layers: { nodes } } = chart;
  let dragged = null;
  nodes.addEventListener("pointerdown", (event) => {
    const group = event.target.closest(".node");
    if (!group || event.button || event.pointerType !== "mouse") return;
    event.stopPropagation();
    dragged = { id: group.dataset.id, x: event.clientX, y: event.clientY, moved: false };
  });
  picture.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const [x, y] = [event.clientX - dragged.x, event.clientY - dragged.y];
    if (!dragged.moved && Math.hypot(x, y) < STILL) return;
    if (!dragged.moved) picture.setPointerCapture(event.pointerId);
    Object.assign(dragged, { x: event.clientX, y: event.clientY, moved: true });
    drag(chart, dragged.id, x / chart.scale, y / chart.scale);
  });
  for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => { setTimeout(() => { dragged = null; }); });
  picture.addEventListener("click", (event) => { if (dragged?.moved) event.stopPropagation(); }, { capture: true });
}
