// The list below the drawing, its facets and its links: as the server narrows them to a span.

const PARTS = ["narrowed", "facets", "found", "ways", "listed"];

let asked = new AbortController();

/** Return the page whose list is not narrowed to any days: this one, if it is that. */
export async function entire() {
  const address = spanned(location.href, null);
  return address === location.pathname + location.search ? document : read(address);
}

/** List what lies from the one to the other of two days, or everything, and keep that in the address. */
export async function list(span) {
  asked.abort();
  asked = new AbortController();
  const address = spanned(location.href, span);
  try {
    const page = await read(address, asked.signal);
    PARTS.forEach((id) => replace(document.getElementById(id), page.getElementById(id)));
  } finally {
    if (!asked.signal.aborted) history.replaceState(null, "", address + location.hash);
  }
}

/** Return an address with other days, on the first page of its list. */
function spanned(address, days) {
  const found = new URL(address);
  found.searchParams.delete("page");
  ["from", "until"].forEach((name, at) => {
    if (days) found.searchParams.set(name, days[at]);
    else found.searchParams.delete(name);
  });
  return found.pathname + found.search;
}

async function read(address, signal) {
  const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** Put a part of another page in the place of ours; what the reader opened stays open. */
function replace(part, other) {
  const open = new Set([...part.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent));
  part.replaceChildren(...other.childNodes);
  for (const summary of part.querySelectorAll("details > summary")) summary.parentElement.open ||= open.has(summary.textContent);
}
