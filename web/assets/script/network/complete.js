// The names offered in the field that adds a thing.
import { latest } from "../latest.js";
import { make } from "./words.js";

const WAIT = 150;

/** Offer names while one is typed. */
export function complete(field) {
  const { ask, withdraw } = latest();
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    withdraw();
    timer = setTimeout(async () => {
      const found = field.value.trim() && (await ask(field.value));
      if (found) field.list.replaceChildren(...found.results.map((hit) => make("option", { value: hit.name })));
    }, WAIT);
  });
}
