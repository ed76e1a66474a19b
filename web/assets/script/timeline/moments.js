// The moments that a page lists, as the drawing knows them.
import { DAY } from "./span.js";

/** Read the moments of a page's list. */
export function moments(page) {
  return [...page.querySelectorAll("[data-from]")].map(read).filter(Boolean);
}

/** Add to moments those that are not among them: of a very long list each page has some. */
export function learnt(items, more) {
  const known = new Set(items.map((item) => item.href));
  items.push(...more.filter((item) => !known.has(item.href)));
  return items;
}

function read(row) {
  const { from, until } = row.dataset;
  if (!from && !until) return null;
  const start = Date.parse(from || until);
  const { textContent: name, href } = row.querySelector(".what a");
  return {
    name, href, when: row.querySelector(".when").textContent,
    start, end: Math.max(start, Date.parse(until || from)) + DAY, early: !from, open: !until,
    lasts: "lasts" in row.dataset, vague: "vague" in row.dataset, apart: Boolean(row.querySelector(".what .mark")),
  };
}
