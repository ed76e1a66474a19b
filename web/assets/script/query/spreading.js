// Where the things of a network and their names stand. Plain geometry: no document.

// How much of a place is its rank among all, the rest its distance: the dense middle gets more room.
const BY_RANK = 0.6;
const GAP = 4;

/** Spread points over a box, keeping what is left, right, above and below what: [[x, y]]. */
export function spread(points, { left, top, right, bottom }) {
  const across = evened(points.map(([x]) => x));
  const down = evened(points.map(([, y]) => y));
  return points.map((_, at) => [left + across[at] * (right - left), top + down[at] * (bottom - top)]);
}

/**
 * Place names beside their dots, the first of them first: [left, top] of each, null for one without room.
 * A name is { x, y, radius, width, height, first }; one that is `first` may cover dots, none covers another name.
 */
export function beside(names, dots, { width, height, taken = [] }) {
  const had = [...taken];
  const around = dots.map(({ x, y, radius }) => ({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }));
  return names.map((name) => {
    const within = places(name).filter((area) => area.left >= 0 && area.top >= 0 && area.right <= width && area.bottom <= height);
    const free = within.filter((area) => !had.some((other) => meet(area, other)));
    const clear = free.find((area) => !around.some((dot) => meet(area, dot))) ?? (name.first ? free[0] : undefined);
    if (!clear) return null;
    had.push(clear);
    return [clear.left, clear.top];
  });
}

/** Say where each value stands between the least (0) and the most (1), drawn towards even steps. */
function evened(values) {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b] || a - b);
  const [least, most] = [values[order[0]], values[order.at(-1)]];
  if (least === most) return values.map(() => 0.5);
  const found = [];
  order.forEach((at, rank) => {
    found[at] = (BY_RANK * rank) / (values.length - 1) + ((1 - BY_RANK) * (values[at] - least)) / (most - least);
  });
  return found;
}

/** List the places of a name: below its dot, above it, to its right and left, the best first. */
function places({ x, y, radius, width, height }) {
  const far = radius + GAP;
  const corners = [[x - width / 2, y + far], [x - width / 2, y - far - height], [x + far, y - height / 2], [x - far - width, y - height / 2]];
  return corners.map(([left, top]) => ({ left, top, right: left + width, bottom: top + height }));
}

function meet(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
