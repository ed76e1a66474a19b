// Well-known text of points and polygons, in degrees of longitude and latitude.
// https://docs.ogc.org/is/22-047r1/22-047r1.html#10-8-1

const KIND = /^\s*(?:<([^>]*)>\s*)?(MULTI)?(POINT|POLYGON)\s*(?:ZM?|M)?\s*(\(.*\))\s*$/is;
const CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/** Read a shape: { points: [[x, y]], rings: [[[x, y]]] }; null for what is not read or not in degrees. */
export function shape(text) {
  const match = KIND.exec(text);
  if (!match || (match[1] && match[1] !== CRS84)) return null;
  const lists = [...match[4].matchAll(/\(([^()]+)\)/g)].map((list) => list[1].split(",").map(pair));
  if (!lists.length || lists.flat().some((position) => !onEarth(position))) return null;
  return match[3].toUpperCase() === "POINT" ? { points: lists.flat(), rings: [] } : { points: [], rings: lists };
}

/** Return the box around positions, with room about them: { x, y, width, height }, y growing southwards. */
export function box(positions, margin = 0.15, least = 8) {
  const xs = positions.map(([x]) => x);
  const ys = positions.map(([, y]) => -y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const width = Math.max((right - left) * (1 + 2 * margin), least);
  const height = Math.max((bottom - top) * (1 + 2 * margin), least / 2);
  return { x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height };
}

function pair(text) {
  return text.trim().split(/\s+/).slice(0, 2).map(Number);
}

function onEarth([x, y]) {
  return Math.abs(x) <= 180 && Math.abs(y) <= 90;
}
