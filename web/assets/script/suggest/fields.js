// Suggest names in a field that a reader has entered.
import { suggest } from "./combobox.js";
import { complete } from "./datalist.js";

/** Suggest names in a search field, or in one with a <datalist>. */
export function suggestIn(field) {
  if (field.list) complete(field);
  else suggest(field);
  // What was typed while this was loading.
  if (field.value !== field.defaultValue) field.dispatchEvent(new Event("input"));
}
