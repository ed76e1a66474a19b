// Runs on every page: suggestions in search fields, and facets closed on a phone.
import { suggest } from "./suggest/combobox.js";
import { complete } from "./suggest/datalist.js";

// On a phone the facets would push the list itself below the first screen.
if (matchMedia("(max-width: 40rem)").matches) {
  for (const facet of document.querySelectorAll(".facets details")) facet.open = Boolean(facet.querySelector(".drop"));
}
for (const field of document.querySelectorAll("[data-suggest]")) suggest(field);
for (const field of document.querySelectorAll("input[list]")) complete(field);
