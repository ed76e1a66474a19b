// What is offered for some words, and how each offer reads.

/** Return what to offer of what was found: first what is no thing, as a class or a sentence. */
export function offers(found) {
  const references = found.references.map((one) => ({
    ...one,
    kinds: [one.kind === "class" ? "class: a list of all" : one.kind],
    status: "",
    name: one.label,
    pieces: [[one.label, false]],
  }));
  return [...references.slice(0, 2), ...found.results];
}

/** Write an offer as an option of a listbox. */
export function option(item, id) {
  const row = part("li");
  row.id = id;
  row.setAttribute("role", "option");
  row.append(...names(item), ...description(item));
  return row;
}

function names(item) {
  const label = part("b", "", "", item.lang);
  if (item.name === item.label) {
    label.append(...marked(item.pieces));
    return [label, " "];
  }
  label.append(item.label);
  const also = part("span", "", "by", item.name_lang);
  also.append(...marked(item.pieces));
  return [label, " ", also, " "];
}

function description(item) {
  const kind = [item.status, item.kinds.join(", ")].filter(Boolean).join(" ");
  // Most descriptions begin with the kind.
  const told = item.description.toLowerCase().startsWith(kind.toLowerCase());
  return [part("span", told ? "" : kind, "kind"), part("small", item.description)];
}

function marked(pieces) {
  return pieces.map(([text, asked]) => (asked ? part("mark", text) : text));
}

function part(tag, text = "", kind = "", language = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (language) element.lang = language;
  if (kind) element.className = kind;
  return element;
}
