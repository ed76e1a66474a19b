// What every page does: names are offered in its search fields, and a phone's lists start closed.
import { suggest } from "./suggest/combobox.js";
import { complete } from "./suggest/complete.js";

// On a telephone what a list may be narrowed by would stand in front of the list.
if (matchMedia("(max-width: 40rem)").matches) {
  for (const facet of document.querySelectorAll(".facets details")) facet.open = Boolean(facet.querySelector(".drop"));
}
for (const field of document.querySelectorAll("[data-suggest]")) suggest(field);
for (const field of document.querySelectorAll("input[list]")) complete(field);
