// Names while typing: every search field becomes a combobox (WAI-ARIA 1.2); without it, a plain form.
const WAIT = 120;

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
      if (answer.ok) show((await answer.json()).results);
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

function option(item, number, owner) {
  const row = document.createElement("li");
  const kind = [item.status, item.kinds.join(", ")].filter(Boolean).join(" ");
  row.id = `${owner}-${number}`;
  row.setAttribute("role", "option");
  row.append(part("b", item.label));
  if (item.name !== item.label) row.append(part("span", item.name, "by"));
  row.append(part("small", item.description || kind));
  return row;
}

function part(tag, text, kind = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (kind) element.className = kind;
  return element;
}
