// Maps as SVG from Natural Earth (world-atlas): x is the longitude, y the latitude turned downwards.
import { readFileSync } from "node:fs";
import { feature, mesh } from "topojson-client";
import { geoBounds, geoEquirectangular, geoIdentity, geoPath } from "d3-geo";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url)));
export const atlas = (scale) => read(`../node_modules/world-atlas/countries-${scale}.json`);

/** Degrees as they are; what crosses the 180th meridian is cut there. */
const degrees = () => geoEquirectangular().scale(180 / Math.PI).translate([0, 0]).precision(0);

/** Write geometry as the data of a path; `digits` after the decimal point, in degrees. */
export const path = (geometry, digits, projection = degrees()) =>
  geoPath(projection).digits(digits)(geometry) ?? "";

// Width to height of a map on a page.
const SHAPE = 16 / 9;

/** Widen a view, or heighten it, to the shape of a map on a page. */
function shaped([west, south, east, north]) {
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const [width, height] = [(east - west) * narrow, north - south];
  const [x, y] = [
    Math.max(0, (height * SHAPE - width) / 2 / narrow),
    Math.max(0, (width / SHAPE - height) / 2),
  ];
  return [west - x, south - y, east + x, north + y].map((edge) => Math.round(edge * 100) / 100);
}

export const borders = (topology) => mesh(topology, topology.objects.countries, (a, b) => a !== b);

export const svg = (symbols) =>
  `<svg xmlns="http://www.w3.org/2000/svg">${symbols
    .map(([id, data]) => `<symbol id="${id}" overflow="visible"><path vector-effect="non-scaling-stroke" d="${data}"/></symbol>`)
    .join("")}</svg>\n`;

/** The whole world, coarse enough to be sent with any map. */
export function world() {
  const topology = atlas("110m");
  return svg([
    ["land", path(feature(topology, topology.objects.land), 1)],
    ["borders", path(borders(topology), 1)],
  ]);
}

const inside = ([[w, s], [e, n]], [left, low, right, high]) =>
  w >= left && s >= low && e <= right && n <= high;

/** Territories: the outline of each, and the surroundings that it is shown in. */
export function territories() {
  const topology = atlas("10m");
  const countries = feature(topology, topology.objects.countries).features;
  const land = feature(topology, topology.objects.land);
  const lines = borders(topology);
  const files = {};
  const known = {};
  for (const [slug, { country, within, view: least }] of Object.entries(read("territories.json"))) {
    const { coordinates } = countries.find((found) => found.id === country).geometry;
    const outline = coordinates
      .map((rings) => ({ type: "Polygon", coordinates: rings }))
      .filter((polygon) => inside(geoBounds(polygon), within));
    if (!outline.length) throw new Error(`no land of country ${country} lies within ${slug}`);
    const view = shaped(least);
    const name = `near-${view.join("_")}.svg`;
    const [west, south, east, north] = view;
    const clipped = geoIdentity().reflectY(true).clipExtent([[west, -north], [east, -south]]);
    files[name] ??= svg([["land", path(land, 2, clipped)], ["borders", path(lines, 2, clipped)]]);
    const joined = { type: "GeometryCollection", geometries: outline };
    known[slug] = { path: path(joined, 2), view, base: name };
  }
  return { files, known };
}
