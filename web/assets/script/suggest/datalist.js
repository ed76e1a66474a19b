// Suggest names in a field with a <datalist>; the form submits the chosen name.
import { html } from "../elements.js";
import { searchNames } from "./name-search.js";

/** Fill the field's datalist while the visitor types. */
export function complete(field) {
  searchNames(field, (results) => {
    if (results) field.list.replaceChildren(...results.results.map(({ name }) => html("option", { value: name })));
  });
}
