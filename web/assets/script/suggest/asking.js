// Names asked for while one is typed: of several questions only the newest is answered.

const WAIT = 120;

/** Call `offer` with what is found for the words in a field, with null for none; return what withdraws a question. */
export function asking(field, offer) {
  let timer = 0;
  let request = new AbortController();
  const withdraw = () => {
    clearTimeout(timer);
    request.abort();
  };
  field.addEventListener("input", () => {
    withdraw();
    request = new AbortController();
    timer = setTimeout(answer, WAIT, field.value.trim(), request.signal, offer);
  });
  return withdraw;
}

async function answer(words, signal, offer) {
  if (!words) return offer(null);
  try {
    const found = await fetch(`/search?${new URLSearchParams({ q: words, format: "json", limit: "8" })}`, { signal });
    const names = found.ok && (await found.json());
    if (names && !signal.aborted) offer(names);
  } catch {
    // Withdrawn, or no network: without names the forms still work.
  }
}
