// Dates of XML Schema as spans of time: a year is all its days. https://www.w3.org/TR/xmlschema-2/#gYear
import { moment } from "../axis.js";

const PARTS = /^(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?(?:T([\d:.]+))?(Z|[+-]\d\d:\d\d)?$/;
const DAY = 24 * 60 * 60 * 1000;

/** Return when a year, month, day or moment begins and ends, in milliseconds; null for what is none. */
export function span(text) {
  const match = PARTS.exec(text.trim());
  if (!match) return null;
  const [year, month, day] = match.slice(1, 4).map((part) => (part === undefined ? undefined : Number(part)));
  if (month === undefined) return [moment(year, 0, 1), moment(year + 1, 0, 1)];
  if (day === undefined) return [moment(year, month - 1, 1), moment(year, month, 1)];
  const start = moment(year, month - 1, day);
  if (match[4] === undefined) return [start, start + DAY];
  const [hours, minutes, seconds] = match[4].split(":").map(Number);
  const instant = start + ((hours * 60 + minutes) * 60 + seconds) * 1000 - offset(match[5]);
  return [instant, instant];
}

function offset(zone) {
  if (!zone || zone === "Z") return 0;
  const [hours, minutes] = zone.slice(1).split(":").map(Number);
  return (zone[0] === "-" ? -1 : 1) * (hours * 60 + minutes) * 60 * 1000;
}
