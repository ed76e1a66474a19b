// What happened at a point of the map, beside it: the lines of the list below.

/** Make the card; `open(spots, opener)` shows places, and Escape or its button close it. */
export function card(place) {
  const box = document.createElement("section");
  box.className = "card-at";
  box.hidden = true;
  box.tabIndex = -1;
  box.setAttribute("aria-label", "At this point");
  let opener = null;
  const close = (back = true) => {
    if (box.hidden) return;
    box.hidden = true;
    opener?.classList.remove("chosen");
    if (back) opener?.focus({ preventScroll: true });
    opener = null;
  };
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  place.append(box);

  const open = (rows, from) => {
    opener?.classList.remove("chosen");
    opener = from;
    opener.classList.add("chosen");
    const shut = Object.assign(document.createElement("button"), { type: "button", className: "quiet shut", textContent: "×" });
    shut.setAttribute("aria-label", "Close");
    shut.addEventListener("click", () => close());
    box.replaceChildren(shut, ...written(rows));
    box.hidden = false;
    box.focus({ preventScroll: true });
  };
  return { open, close };
}

/** Write what happened at some places, at the first of them first; what happened at several stands once, below all. */
function written(rows) {
  const found = new Map();
  for (const row of rows) {
    for (const item of row.cells[2]?.querySelectorAll("li") ?? []) {
      const { href } = item.querySelector("a");
      if (found.has(href)) found.get(href).rows.push(row);
      else found.set(href, { item, rows: [row] });
    }
  }
  const groups = {};
  for (const one of found.values()) (groups[one.rows.map((row) => row.id).join(" ")] ??= []).push(one);
  const order = (same) => (same[0].rows[0] === rows[0] ? 0 : rows.length) + same[0].rows.length;
  const told = Object.values(groups).sort((a, b) => order(a) - order(b)).flatMap((same) => [title(same[0].rows), list(same.map(({ item }) => item)), ...more(same[0].rows)]);
  const quiet = rows.filter((row) => !row.cells[2]).flatMap((row) => [title([row]), Object.assign(document.createElement("p"), { className: "by", textContent: "Nothing that happened here is listed." })]);
  return [...told, ...quiet];
}

function title(rows) {
  const made = document.createElement("h2");
  rows.forEach((row, at) => made.append(...(at ? [", "] : []), ...copies(row.querySelector("th").children)));
  return made;
}

function list(items) {
  const made = Object.assign(document.createElement("ul"), { className: "plain tight" });
  made.append(...copies(items));
  return made;
}

/** What one place alone has may be only the first of it. */
const more = (rows) => (rows.length === 1 ? copies(rows[0].querySelectorAll("a.more")) : []);

const copies = (nodes) => [...nodes].map((node) => node.cloneNode(true));
