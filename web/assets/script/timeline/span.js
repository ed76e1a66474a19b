// Which span of time is looked at: at first where most is, then what the reader chooses, kept in the address.
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

/** Read the span that the address asks for, if there is one. */
export function asked(whole) {
  const given = new URLSearchParams(location.search);
  const [from, until] = ["from", "until"].map((name) => Date.parse(given.get(name) ?? ""));
  if (Number.isNaN(from) || Number.isNaN(until) || until < from) return null;
  return within([from, until + DAY], whole);
}

/** Write a span, or none, into the address and into those of the links that narrow the list. */
export function keep(span) {
  const set = (address) => {
    const found = new URL(address, location.href);
    for (const [name, time] of [["from", span?.[0]], ["until", span ? span[1] - 1 : undefined]]) {
      if (span) found.searchParams.set(name, date(time));
      else found.searchParams.delete(name);
    }
    return found.pathname + found.search;
  };
  history.replaceState(null, "", set(location.href) + location.hash);
  for (const link of document.querySelectorAll(".facets a, .narrowing .drop, .pages a, a[data-keep]")) {
    link.setAttribute("href", set(link.href));
  }
}

export const date = (time) => new Date(time).toISOString().slice(0, 10);

/** Write a day as people do. */
export const day = (time) => new Date(time).toLocaleDateString("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
