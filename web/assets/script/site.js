// Names while typing: every search field becomes a combobox (WAI-ARIA 1.2); without it, a plain form.
const WAIT = 120;

// On a telephone what a list may be narrowed by would stand in front of the list.
if (matchMedia("(max-width: 40rem)").matches) {
  for (const facet of document.querySelectorAll(".facets details")) facet.open = Boolean(facet.querySelector(".drop"));
}
for (const field of document.querySelectorAll("[data-suggest]")) suggest(field);

function suggest(field) {
  const box = document.createElement("span");
  const list = document.createElement("ul");
  const state = { items: [], at: -1, timer: 0, asked: "", request: null };
  list.id = `${field.id}-names`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Names");
  list.hidden = true;
  box.className = "suggest";
  field.replaceWith(box);
  box.append(field, list);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
  })) field.setAttribute(name, value);

  const close = () => {
    list.hidden = true;
    state.at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const choose = (at) => {
    state.at = at;
    [...list.children].forEach((row, number) => row.setAttribute("aria-selected", number === at));
    const row = list.children[at];
    if (!row) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  };

  const show = (items) => {
    state.items = items;
    list.replaceChildren(...items.map((item, number) => option(item, number, list.id)));
    list.hidden = items.length === 0;
    field.setAttribute("aria-expanded", String(items.length > 0));
    choose(-1);
  };

  const ask = async () => {
    const asked = field.value.trim();
    if (asked === state.asked) return;
    state.asked = asked;
    state.request?.abort();
    if (!asked) return close();
    state.request = new AbortController();
    try {
      const address = `/search?${new URLSearchParams({ q: asked, format: "json", limit: "8" })}`;
      const answer = await fetch(address, { signal: state.request.signal });
      if (answer.ok) show(offers(await answer.json()));
    } catch (failure) {
      // A newer question, or no network: the form still works.
      if (failure.name !== "AbortError") close();
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    const last = state.items.length - 1;
    if (event.key === "ArrowDown" && last >= 0) {
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
      choose(state.at >= last ? 0 : state.at + 1);
    } else if (event.key === "ArrowUp" && open) {
      choose(state.at <= 0 ? last : state.at - 1);
    } else if (event.key === "Escape" && open) {
      close();
    } else if (event.key === "Enter" && open && state.at >= 0) {
      location.assign(state.items[state.at].page);
    } else return;
    event.preventDefault();
  });
  field.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("li");
    if (row) location.assign(state.items[[...list.children].indexOf(row)].page);
  });
}

// What is no thing comes first: a class for all of its members, the sentence at a place.
function offers(found) {
  const references = found.references.map((one) => ({
    ...one,
    kinds: [one.kind === "class" ? "class: a list of all" : one.kind],
    status: "",
    name: one.label,
    pieces: [[one.label, false]],
  }));
  return [...references.slice(0, 2), ...found.results];
}

function option(item, number, owner) {
  const row = document.createElement("li");
  const kind = [item.status, item.kinds.join(", ")].filter(Boolean).join(" ");
  const label = part("b", "", "", item.lang);
  row.id = `${owner}-${number}`;
  row.setAttribute("role", "option");
  if (item.name === item.label) label.append(...marked(item.pieces));
  else label.append(item.label);
  row.append(label, " ");
  if (item.name !== item.label) {
    const also = part("span", "", "by", item.name_lang);
    also.append(...marked(item.pieces));
    row.append(also, " ");
  }
  // Most descriptions begin with the kind.
  const told = item.description.toLowerCase().startsWith(kind.toLowerCase());
  row.append(part("span", told ? "" : kind, "kind"), part("small", item.description));
  return row;
}

function marked(pieces) {
  return pieces.map(([text, asked]) => (asked ? part("mark", text) : text));
}

function part(tag, text, kind = "", language = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (language) element.lang = language;
  if (kind) element.className = kind;
  return element;
}
