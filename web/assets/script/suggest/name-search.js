// Search for names while the visitor types; a newer search replaces one under way.
import { root } from "../root.js";

// Milliseconds without a key before a search is sent: a fast typist pauses less between letters.
const WAIT = 120;

/** Call `offer` with the results for a field's text, null if it is empty; return a function that cancels the search. */
export function searchNames(field, offer) {
  let timer = 0;
  let request = new AbortController();
  const cancel = () => {
    clearTimeout(timer);
    request.abort();
  };
  field.addEventListener("input", () => {
    cancel();
    request = new AbortController();
    timer = setTimeout(search, WAIT, field.value.trim(), request.signal, offer);
  });
  return cancel;
}

async function search(words, signal, offer) {
  if (!words) return offer(null);
  try {
    const response = await fetch(`${root}/search?${new URLSearchParams({ q: words, format: "json", limit: "8" })}`, { signal });
    const names = response.ok && (await response.json());
    if (names && !signal.aborted) offer(names);
  } catch {
    // Cancelled, or no network: the forms work without suggestions.
  }
}
