// Which span of time is looked at, as [from, until] in days since 1970. No document.
import { language } from "../texts.js";

// In days: less than this is not looked at.
const SHORTEST = 4;

/** Keep a span in a wider one, and not shorter than can be looked at. */
export function within([from, until], [first, last]) {
  const length = Math.min(Math.max(until - from, SHORTEST), last - first);
  const start = Math.max(first, Math.min(from, last - length));
  return [start, start + length];
}

/** Return a span of another length in which a moment, at a share of it, stays where it is. */
export function zoomed([from, until], extent, factor, at) {
  const length = Math.min(extent[1] - extent[0], Math.max(SHORTEST, (until - from) * factor));
  const start = from + (until - from - length) * at;
  return [start, start + length];
}

/** Return the first and the last day of a span as a form has them. */
export function dates(span) {
  return [date(span[0]), date(span[1] - 1e-6)];
}

/** Write a day in words. */
export const words = (day) => time(day).toLocaleDateString(language === "en" ? "en-GB" : language, { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });

/** Return the year of a day. */
export const year = (day) => String(time(day).getUTCFullYear());

const date = (day) => time(day).toISOString().slice(0, 10);
const time = (day) => new Date(Math.floor(day) * 86_400_000);
