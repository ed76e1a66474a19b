// The part of the world that a map shows, as [left, top, width, height], kept in the address.

// A degree of longitude is drawn narrower than one of latitude.
const NARROW = 0.8;

/** Keep a view inside the world. */
export function within([x, y, width, height], [left, top, wide, high]) {
  const [w, h] = [Math.min(width, wide), Math.min(height, high)];
  return [Math.max(left, Math.min(left + wide - w, x)), Math.max(top, Math.min(top + high - h, y)), w, h];
}

/** Return the view after a change of size that leaves a point, as shares of it, where it is. */
export function zoomed([left, top, wide, high], world, factor, x, y) {
  const width = Math.min(world[2], Math.max(world[2] / 400, wide * factor));
  const height = (width * high) / wide;
  return [left + (wide - width) * x, top + (high - height) * y, width, height];
}

/** Return a view of an area with what lies around it. */
export function about({ x, y, width, height }, world) {
  const wide = Math.max(width * 3, (height * 3 * world[2]) / world[3], world[2] / 60);
  const high = (wide * world[3]) / world[2];
  return [x + (width - wide) / 2, y + (height - high) / 2, wide, high];
}

/** Read the view that the address asks for: the middle, east and north, and how many degrees wide. */
export function asked(world) {
  const given = new URLSearchParams(location.search).get("view")?.split(",").map(Number) ?? [];
  if (given.length !== 3 || !given.every(Number.isFinite) || given[2] <= 0) return null;
  const [east, north, degrees] = given;
  const width = degrees * NARROW;
  const height = (width * world[3]) / world[2];
  return within([east * NARROW - width / 2, -north - height / 2, width, height], world);
}

/** Keep a view in the address. */
export function keep([x, y, width, height]) {
  const address = new URL(location.href);
  const figures = [(x + width / 2) / NARROW, -(y + height / 2), width / NARROW];
  address.searchParams.set("view", figures.map((value) => value.toFixed(2)).join(","));
  history.replaceState(null, "", address.pathname + address.search + address.hash);
}
