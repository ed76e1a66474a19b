// The points of a map: what stands at each, and which of them are meant by a finger.

// Points that are nearer than this, in pixels, cannot be told apart by a finger.
const FINGER = matchMedia("(pointer: coarse)").matches ? 22 : 12;
const [DOT, HALO] = [5.5, 12];
// Where nothing happened a point is drawn so much smaller.
const QUIET = 0.6;

/** Read the points of a map. */
export function spots(map) {
  return [...map.querySelectorAll("a.spot")].map(read);
}

function read(link) {
  const total = Number(link.dataset.total);
  const size = (circle) => (circle.classList.contains("halo") ? HALO : DOT) * (total ? 1 : QUIET);
  const circles = [...link.querySelectorAll("circle")].map((circle) => [circle, size(circle)]);
  const { cx, cy } = circles[0][0];
  return {
    link, circles, total, x: cx.baseVal.value, y: cy.baseVal.value,
    name: link.querySelector("title").textContent.replace(/ \(\d+\)$/, ""),
    vague: link.classList.contains("vague"),
    row: document.getElementById(link.dataset.at),
  };
}

/** Draw points as large as they are, whatever the scale of the map. */
export function size(found, scale) {
  for (const { circles } of found) for (const [circle, radius] of circles) circle.setAttribute("r", radius / scale);
}

/** Return the point that was meant: of several whose marks overlap the nearest. */
export function nearest(map, found, { clientX, clientY }) {
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(map.getScreenCTM().inverse());
  const far = (spot) => Math.hypot(spot.x - x, spot.y - y);
  return found.reduce((best, spot) => (far(spot) < far(best) ? spot : best));
}

/** List a point and those that a finger cannot tell from it, the busiest first. */
export function close(map, found, spot) {
  const scale = map.getScreenCTM().a;
  const same = (other) => other === spot || (other.total && Math.hypot(other.x - spot.x, other.y - spot.y) * scale < FINGER);
  const order = (other) => (other === spot ? -Infinity : -other.total);
  return found.filter(same).sort((a, b) => order(a) - order(b));
}
