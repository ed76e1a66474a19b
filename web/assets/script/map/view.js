// The part of the world that a map shows, as [left, top, width, height] in units of its layout. No document.

/** Keep a view inside the world. */
export function within([x, y, width, height], [left, top, wide, high]) {
  const [w, h] = [Math.min(width, wide), Math.min(height, high)];
  return [Math.max(left, Math.min(left + wide - w, x)), Math.max(top, Math.min(top + high - h, y)), w, h];
}

/** Return the view after a change of size that leaves a point, as shares of it, where it is. */
export function zoomed([left, top, wide, high], { world, deepest }, factor, x, y) {
  const width = Math.min(world[2], Math.max(world[2] * deepest, wide * factor));
  const height = (width * high) / wide;
  return [left + (wide - width) * x, top + (high - height) * y, width, height];
}

/** Return a view of an area with what lies around it. */
export function about({ x, y, width, height }, world) {
  const wide = Math.max(width * 3, (height * 3 * world[2]) / world[3], world[2] / 60);
  const high = (wide * world[3]) / world[2];
  return [x + (width - wide) / 2, y + (height - high) / 2, wide, high];
}

/** Return where a point of the map lies in a view, in per cent of its width and height. */
export function place([left, top, wide, high], { x, y }) {
  return [(100 * (x - left)) / wide, (100 * (y - top)) / high];
}

/** Read the view that an address names by its middle, east and north, and how many degrees wide it is; null if none. */
export function parsed(text, { world, scale }) {
  const numbers = text?.split(",").map(Number) ?? [];
  if (numbers.length !== 3 || !numbers.every(Number.isFinite) || numbers[2] <= 0) return null;
  const [east, north, degrees] = numbers;
  const width = degrees * scale;
  const height = (width * world[3]) / world[2];
  return within([east * scale - width / 2, -north - height / 2, width, height], world);
}

/** Write a view as an address names it. */
export function written([x, y, width, height], { scale }) {
  return [(x + width / 2) / scale, -(y + height / 2), width / scale].map((value) => value.toFixed(2)).join(",");
}
