// The list below the timeline, its facets and its links: as the server filters them by days.

const PARTS = ["narrowed", "facets", "found", "ways", "listed"];

let request = new AbortController();

/** List what lies between two days, or everything, and keep that in the address; return the page that lists it. */
export async function list(days) {
  request.abort();
  request = new AbortController();
  const { signal } = request;
  const address = filtered(location.href, days);
  try {
    const page = await read(address, signal);
    PARTS.forEach((id) => replace(document.getElementById(id), page.getElementById(id)));
    return page;
  } finally {
    if (!signal.aborted) history.replaceState(null, "", address + location.hash);
  }
}

/** Return an address with other days, on the first page of its list. */
function filtered(address, days) {
  const url = new URL(address);
  url.searchParams.delete("page");
  ["from", "until"].forEach((name, at) => {
    if (days) url.searchParams.set(name, days[at]);
    else url.searchParams.delete(name);
  });
  return url.pathname + url.search;
}

async function read(address, signal) {
  const response = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** Put a part of another page in the place of ours; what the reader opened stays open. */
function replace(part, other) {
  const open = new Set([...part.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent));
  part.replaceChildren(...other.childNodes);
  for (const summary of part.querySelectorAll("details > summary")) summary.parentElement.open ||= open.has(summary.textContent);
}
