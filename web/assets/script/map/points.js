// Which points of a map a pointer means.

// Points that are nearer than this, in pixels, cannot be told apart by a finger.
const FINGER = matchMedia("(pointer: coarse)").matches ? 22 : 12;

/** Return the point that is nearest to a place of the map, in its units. */
export function nearest(points, { x, y }) {
  const distance = (point) => Math.hypot(point.x - x, point.y - y);
  return points.reduce((best, point) => (distance(point) < distance(best) ? point : best));
}

/** List a point and those with events (of results, any) that a finger cannot tell from it, the busiest first. */
export function cluster(points, point, scale) {
  const counted = points.some(({ total }) => total);
  const same = (other) => other === point || ((other.total || !counted) && Math.hypot(other.x - point.x, other.y - point.y) * scale < FINGER);
  const order = (other) => (other === point ? -Infinity : -other.total);
  return points.filter(same).sort((a, b) => order(a) - order(b));
}
