// Names while typing, in a field with a list of its own: the form then goes on with the one chosen.
import { html } from "../elements.js";
import { asking } from "./asking.js";

/** Offer names in the list of a field while one is typed. */
export function complete(field) {
  asking(field, (found) => {
    if (found) field.list.replaceChildren(...found.results.map(({ name }) => html("option", { value: name })));
  });
}
