// Which span of time is looked at: at first where most is, then what the reader chooses.
export const DAY = 86_400_000;

const LEAST = 4 * DAY;
// So few can be seen at once; and more of them if they do not lie far apart.
const FEW = 12;
const NEAR = 3 * 365 * DAY;
// The shortest span that has this share of the moments is where most is.
const MOST = 0.5;

/** Return the span of all moments, with some room at either end. */
export function all(items) {
  const [first, last] = [Math.min(...items.map((item) => item.start)), Math.max(...items.map((item) => item.end))];
  const room = Math.max((last - first) * 0.02, DAY);
  return [first - room, last + room];
}

/** Return the shortest span in which half of the moments begin; all of it if they are few. */
export function busiest(items, whole) {
  const close = whole[1] - whole[0] < NEAR;
  if (items.length <= (close ? 2 * FEW : FEW)) return whole;
  const starts = items.map((item) => item.start).sort((a, b) => a - b);
  const size = Math.ceil(starts.length * MOST);
  let best = [starts[0], starts[size - 1]];
  for (let at = 1; at + size <= starts.length; at += 1) {
    if (starts[at + size - 1] - starts[at] <= best[1] - best[0]) best = [starts[at], starts[at + size - 1]];
  }
  const length = Math.max(best[1] - best[0], 30 * DAY);
  return within([best[0] - length * 0.12, best[1] + length * 0.45], whole);
}

/** Keep a span in a wider one, and not shorter than can be looked at. */
export function within([from, until], [first, last]) {
  const length = Math.min(Math.max(until - from, LEAST), last - first);
  const start = Math.max(first, Math.min(from, last - length));
  return [start, start + length];
}

/** Return a span of another length in which a time, at a share of it, stays where it is. */
export function zoomed([from, until], whole, factor, at) {
  const length = Math.min(whole[1] - whole[0], Math.max(LEAST, (until - from) * factor));
  const start = from + (until - from - length) * at;
  return [start, start + length];
}

/** Read the span that the list is narrowed to, if it is; without one of its ends it goes on to that of everything. */
export function asked(form, whole) {
  const [from, until] = ["from", "until"].map((name) => Date.parse(form.elements[name].value));
  if (Number.isNaN(from) && Number.isNaN(until)) return null;
  const span = [Number.isNaN(from) ? Math.min(whole[0], until) : from, Number.isNaN(until) ? Math.max(whole[1], from + DAY) : until + DAY];
  return span[0] < span[1] ? span : null;
}

/** Write a span, or none, into the form; return its first and its last day. */
export function fill(form, span) {
  const days = span && [date(span[0]), date(span[1] - 1)];
  ["from", "until"].forEach((name, at) => { form.elements[name].value = days?.[at] ?? ""; });
  return days;
}

const date = (time) => new Date(time).toISOString().slice(0, 10);

/** Write a day as people do. */
export const day = (time) => new Date(time).toLocaleDateString("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
