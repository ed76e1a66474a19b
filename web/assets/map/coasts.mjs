// The world in finer coasts, cut into squares: a map loads those that one looks at from near.
import { feature } from "topojson-client";
import { geoIdentity } from "d3-geo";
import { atlas, borders, path, svg } from "./draw.mjs";

// Degrees that a square is wide and high.
const SIDE = 30;
// The land of a square goes on so far beyond it, so that no seam shows towards the next.
const SEAM = 0.1;

/** Draw the squares: files by name, which has the west and the north edge of each. */
export function coasts() {
  const topology = atlas("50m");
  const land = feature(topology, topology.objects.land);
  const lines = borders(topology);
  const files = {};
  for (let west = -180; west < 180; west += SIDE) {
    for (let north = 90; north > -90; north -= SIDE) {
      const edges = [[west - SEAM, -north - SEAM], [west + SIDE + SEAM, SIDE - north + SEAM]];
      const clipped = geoIdentity().reflectY(true).clipExtent(edges);
      files[`coast_${west}_${north}.svg`] = svg([["land", path(land, 2, clipped)], ["borders", path(lines, 2, clipped)]]);
    }
  }
  return files;
}
