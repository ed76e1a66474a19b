// The marks along a line of time: round days, months or years, as many as there is room for.

const DAY = 86_400_000;
const MONTH = 30.44 * DAY;
const DAYS = [1, 2, 7, 14];
const MONTHS = [1, 2, 3, 6];

/** List the marks of a span that is drawn so wide, each with so much room at least: [time, name]. */
export function ticks([from, until], width, room) {
  const most = Math.max(2, Math.floor(width / room));
  const days = DAYS.find((step) => (until - from) / DAY / step <= most);
  if (days) return byDay(from, until, days);
  const months = MONTHS.find((step) => (until - from) / MONTH / step <= most);
  return byMonth(from, until, months ?? 12 * round((until - from) / MONTH / 12 / most));
}

/** Return when a day begins; months count from 0, and may be any number of them away. */
export function moment(year, month, day) {
  // Date.UTC would take the years to 99 for those of the last century.
  const found = new Date(0);
  found.setUTCFullYear(year, month, day);
  return found.getTime();
}

/** Round up to 1, 2 or 5 times a power of ten. */
function round(number) {
  const power = 10 ** Math.floor(Math.log10(number));
  return Math.max(1, [1, 2, 5, 10].map((times) => times * power).find((step) => step >= number));
}

function byDay(from, until, step) {
  const found = [];
  let year = null;
  for (let time = Math.ceil(from / DAY / step) * DAY * step; time <= until; time += DAY * step) {
    const own = new Date(time).getUTCFullYear();
    found.push([time, name(time, { day: "numeric", month: "short", year: own === year ? undefined : "numeric" })]);
    year = own;
  }
  return found;
}

function byMonth(from, until, step) {
  const found = [];
  const start = new Date(from);
  let month = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / step) * step;
  for (let time = moment(0, month, 1); time <= until; month += step, time = moment(0, month, 1)) {
    const year = new Date(time).getUTCFullYear();
    if (time >= from) found.push([time, step < 12 ? name(time, { month: "short", year: "numeric" }) : String(year)]);
  }
  return found;
}

const name = (time, parts) => new Date(time).toLocaleDateString("en-GB", { timeZone: "UTC", ...parts });
