// Dates of XML Schema as spans of time: a year is all its days. https://www.w3.org/TR/xmlschema-2/#gYear

const PARTS = /^(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?(?:T([\d:.]+))?(Z|[+-]\d\d:\d\d)?$/;
const DAY = 24 * 60 * 60 * 1000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Return when a year, month, day or moment begins and ends, in milliseconds; null for what is none. */
export function span(text) {
  const match = PARTS.exec(text.trim());
  if (!match) return null;
  const [year, month, day] = match.slice(1, 4).map((part) => (part === undefined ? undefined : Number(part)));
  if (month === undefined) return [at(year, 0, 1), at(year + 1, 0, 1)];
  if (day === undefined) return [at(year, month - 1, 1), at(year, month, 1)];
  const start = at(year, month - 1, day);
  if (match[4] === undefined) return [start, start + DAY];
  const [hours, minutes, seconds] = match[4].split(":").map(Number);
  const moment = start + ((hours * 60 + minutes) * 60 + seconds) * 1000 - offset(match[5]);
  return [moment, moment];
}

/** Return marks for an axis, about as many as asked: [{ at, text }], at round years, months or days. */
export function ticks([from, to], wanted = 6) {
  const years = (to - from) / (365.25 * DAY);
  if (years >= wanted) return yearly(from, to, round(years / wanted));
  if (years * 12 >= 2) return monthly(from, to, [1, 2, 3, 6, 12].find((step) => (years * 12) / step <= wanted) ?? 12);
  return daily(from, to, Math.max(1, round((to - from) / DAY / wanted)));
}

function at(year, month, day) {
  const moment = new Date(Date.UTC(2000, month, day));
  moment.setUTCFullYear(year + (moment.getUTCFullYear() - 2000));
  return moment.getTime();
}

function offset(zone) {
  if (!zone || zone === "Z") return 0;
  const [hours, minutes] = zone.slice(1).split(":").map(Number);
  return (zone[0] === "-" ? -1 : 1) * (hours * 60 + minutes) * 60 * 1000;
}

/** Round up to 1, 2 or 5 times a power of ten. */
function round(step) {
  const power = 10 ** Math.floor(Math.log10(step));
  return Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= step));
}

function within(marks, from, to) {
  return marks.filter((mark) => mark.at >= from && mark.at <= to);
}

function yearly(from, to, step) {
  const first = Math.ceil(new Date(from).getUTCFullYear() / step) * step;
  const last = new Date(to).getUTCFullYear();
  const years = Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, n) => first + n * step);
  return within(years.map((year) => ({ at: at(year, 0, 1), text: String(year) })), from, to);
}

function monthly(from, to, step) {
  const start = new Date(from);
  const first = start.getUTCFullYear() * 12 + Math.ceil(start.getUTCMonth() / step) * step;
  const marks = Array.from({ length: Math.ceil((to - from) / (28 * DAY) / step) + 2 }, (_, n) => {
    const [year, month] = [Math.floor((first + n * step) / 12), (first + n * step) % 12];
    return { at: at(year, month, 1), text: `${MONTHS[month]} ${year}` };
  });
  return within(marks, from, to);
}

function daily(from, to, step) {
  const marks = Array.from({ length: Math.ceil((to - from) / DAY / step) + 2 }, (_, n) => {
    const moment = Math.ceil(from / DAY) * DAY + n * step * DAY;
    const day = new Date(moment);
    return { at: moment, text: `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}` };
  });
  return within(marks, from, to);
}
