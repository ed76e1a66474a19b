// The queries that this browser has asked, kept in it alone.
const KEY = "aide-memoire.queries";
const MOST = 50;

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
};
const write = (queries) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // Storage is full or forbidden: the page works without a memory.
  }
};

let shown = null;

export const history = {
  add(query) {
    const bare = query.trim();
    if (!bare) return;
    write([bare, ...read().filter((known) => known !== bare)].slice(0, MOST));
    shown?.();
  },
  show(place, open) {
    if (!place) return;
    shown = () => {
      const queries = read();
      place.hidden = queries.length === 0;
      place.querySelector("ol").replaceChildren(...queries.map((query) => row(query, open)));
    };
    place.querySelector("button").addEventListener("click", () => { write([]); shown(); });
    shown();
  },
};

function row(query, open) {
  const item = document.createElement("li");
  const press = document.createElement("button");
  const first = query.split("\n").find((line) => line.trim() && !/^\s*PREFIX/i.test(line)) ?? query;
  press.type = "button";
  press.className = "plain-button";
  press.textContent = first.replace(/^#\s*/, "").slice(0, 120);
  press.title = query;
  press.addEventListener("click", () => open(query));
  item.append(press);
  return item;
}
