// The names offered in the field that adds a thing.
import { make } from "./words.js";

const WAIT = 150;

/** Offer names while one is typed. */
export function complete(field) {
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (!field.value.trim()) return;
      const answer = await fetch(`/search?${new URLSearchParams({ q: field.value, format: "json", limit: 8 })}`);
      if (!answer.ok) return;
      const { results } = await answer.json();
      field.list.replaceChildren(...results.map((hit) => make("option", { value: hit.name })));
    }, WAIT);
  });
}
