// The dates along a stretch of time, in days since 1970, at the step that the server's layout names. No document.
// web/drawing/timeline/axis.py writes the same dates.
import { gettext } from "../texts.js";

const DAY = 86_400_000;
const MONTHS = gettext("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split(" ");

/** List the dates of a stretch: [day, words]; a step is [unit, number]. */
export function ticks([from, until], [unit, number]) {
  return unit === "day" ? byDay(from, until, number) : byMonth(from, until, number);
}

function byDay(from, until, step) {
  const dates = [];
  let before = null;
  for (let day = Math.ceil(from / step) * step; day <= until; day += step) {
    const [year, month, date] = civil(day);
    const values = { day: date, month: MONTHS[month], year };
    dates.push([day, year === before ? gettext("%(day)s %(month)s", values) : gettext("%(day)s %(month)s %(year)s", values)]);
    before = year;
  }
  return dates;
}

function byMonth(from, until, step) {
  const dates = [];
  const [year, month] = civil(Math.floor(from));
  for (let months = Math.floor((year * 12 + month) / step) * step, day = start(months); day <= until; months += step, day = start(months)) {
    const values = { month: MONTHS[((months % 12) + 12) % 12], year: Math.floor(months / 12) };
    if (day >= from) dates.push([day, step % 12 ? gettext("%(month)s %(year)s", values) : String(values.year)]);
  }
  return dates;
}

/** Return the year, the month from 0 and the day of the month of a day. */
function civil(day) {
  const date = new Date(day * DAY);
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
}

/** Return the first day of a month, counted from the year 0. */
function start(months) {
  // Date.UTC would take the years to 99 for those of the last century.
  return new Date(0).setUTCFullYear(0, months, 1) / DAY;
}
