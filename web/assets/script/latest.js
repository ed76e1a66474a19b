// Questions to the search of which only the newest is answered.

/** Return a function that asks, and one that withdraws what was asked; a withdrawn question has no answer. */
export function latest() {
  let request = new AbortController();
  const withdraw = () => request.abort();
  const ask = async (words) => {
    withdraw();
    request = new AbortController();
    const { signal } = request;
    const address = `/search?${new URLSearchParams({ q: words, format: "json", limit: "8" })}`;
    try {
      const answer = await fetch(address, { signal });
      const found = answer.ok ? await answer.json() : null;
      return signal.aborted ? null : found;
    } catch {
      // Withdrawn, or no network: without names the forms still work.
      return null;
    }
  };
  return { ask, withdraw };
}
