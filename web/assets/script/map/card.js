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
    box.replaceChildren(shut, ...rows.flatMap(written));
    box.hidden = false;
    box.focus({ preventScroll: true });
  };
  return { open, close };
}

function written(row) {
  const title = document.createElement("h2");
  title.append(...copy(row.querySelector("th")));
  const what = row.cells[2];
  if (what) return [title, ...copy(what)];
  return [title, Object.assign(document.createElement("p"), { className: "by", textContent: "Nothing that happened here is listed." })];
}

const copy = (cell) => [...cell.children].map((child) => child.cloneNode(true));
