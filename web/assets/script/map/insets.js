// Finer coasts around the territories: those of the detailed maps on the same page, at large scales.
import { svg } from "../elements.js";

// In pixels for each degree of latitude: below that the coarse coasts do.
export const FROM = 14;
// The land goes on so many degrees beyond the water, so that no seam shows.
const SEAM = 0.05;

/** Lay the detailed maps over the ground of a map; what is returned shows or hides them by the scale. */
export function insets(ground, narrow) {
  const parts = [...document.querySelectorAll(".inset svg.map")].map((inset) => {
    const [west, south, east, north] = inset.dataset.view.split(" ").map(Number);
    const uses = [...inset.querySelectorAll(".base use")].map((use) => use.cloneNode());
    return svg("g", { class: "fine", visibility: "hidden" },
      svg("rect", { class: "water", x: (west + SEAM) * narrow, y: SEAM - north, width: (east - west - 2 * SEAM) * narrow, height: north - south - 2 * SEAM }),
      svg("g", { transform: `scale(${narrow} 1)` }, ...uses));
  });
  ground.querySelector(".base").after(...parts);
  return (scale) => { for (const part of parts) part.setAttribute("visibility", scale > FROM ? "visible" : "hidden"); };
}
