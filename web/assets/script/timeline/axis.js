// The marks along a line of time: days, months or years, as many as there is room for.
import { DAY } from "./span.js";

const ROOM = 96;
const DAYS = [1, 2, 7, 14];
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 240];

/** List the marks of a span that is drawn so wide: their times and names. */
export function ticks([from, until], width) {
  const most = Math.max(2, Math.floor(width / ROOM));
  const days = (until - from) / DAY;
  const step = DAYS.find((length) => days / length <= most);
  if (step) return byDay(from, until, step);
  const months = MONTHS.find((length) => days / 30.44 / length <= most) ?? MONTHS.at(-1);
  return byMonth(from, until, months);
}

function byDay(from, until, step) {
  const found = [];
  for (let time = Math.ceil(from / DAY / step) * DAY * step; time <= until; time += DAY * step) {
    found.push([time, name(time, { day: "numeric", month: "short", ...(found.length ? {} : { year: "numeric" }) })]);
  }
  return found;
}

function byMonth(from, until, step) {
  const found = [];
  const start = new Date(from);
  const month = start.getUTCFullYear() * 12 + start.getUTCMonth();
  for (let at = Math.ceil(month / step) * step; ; at += step) {
    const time = Date.UTC(Math.floor(at / 12), at % 12, 1);
    if (time > until) return found;
    if (time >= from) found.push([time, name(time, { year: "numeric", ...(step < 12 ? { month: "short" } : {}) })]);
  }
}

const name = (time, parts) => new Date(time).toLocaleDateString("en-GB", { timeZone: "UTC", ...parts });
