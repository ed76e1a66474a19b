// The drawing in words: the list of things, the one that is chosen, the table of ties.

const THING = "https://w3id.org/aide-memoire/id/";
const TERM = "https://w3id.org/aide-memoire/ontology#";

/** Make an element with its content; attributes with an empty value are left out. */
export function make(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

export function link(node) {
  const made = make("a", { href: node.data("page"), lang: node.data("lang") }, node.data("label"));
  return node.data("status") ? [made, " ", make("span", { class: "mark" }, node.data("status"))] : [made];
}

/** Fill the list of things, those in the middle first, keeping the one that is chosen. */
export function list(place, graph, legend) {
  const chosen = place.querySelector(":checked")?.value;
  const held = place.contains(document.activeElement);
  const first = (node) => (node.hasClass("focus") ? 0 : 1);
  const nodes = graph.nodes().not(".gone").sort((a, b) => first(a) - first(b) || a.data("label").localeCompare(b.data("label")));
  place.replaceChildren(...nodes.map((node) => {
    const group = node.data("group");
    const box = make("input", { type: "radio", name: "node", value: node.id() });
    box.checked = node.id() === chosen;
    const shape = legend.querySelector(`[data-group="${group}"] svg`).cloneNode(true);
    shape.firstElementChild.classList.toggle("open", Boolean(node.data("status")));
    const look = `kind kind-${group || "other"}${first(node) ? "" : " middle"}`;
    return make("label", { class: look, lang: node.data("lang") }, box, shape, node.data("label"));
  }));
  if (held) place.querySelector(":checked")?.focus();
  document.querySelector(".side .count").textContent = nodes.length;
}

/** Scroll a list to one of its rows, and nothing but the list. */
export function uncover(list, row) {
  const hidden = row.offsetTop < list.scrollTop || row.offsetTop + row.offsetHeight > list.scrollTop + list.clientHeight;
  if (hidden) list.scrollTop = row.offsetTop - list.clientHeight / 3;
}

/** Fill the table of ties and the number over it. */
export function table(graph) {
  const ties = seen(graph.edges());
  document.querySelector("#table tbody").replaceChildren(...ties.map((edge) => make("tr", {},
    make("td", {}, ...link(edge.source())),
    make("td", {}, edge.data("about") ? make("a", { href: edge.data("about") }, edge.data("label")) : edge.data("label")),
    make("td", {}, ...link(edge.target())),
    make("td", {}, edge.data("support")),
  )));
  document.querySelector("#ties .total").textContent = ties.length;
}

/** Show one thing: its kinds, what can be done with it, what it is tied to. */
export function card(place, node, actions, choose) {
  if (!node) return place.replaceChildren();
  const press = (label, act) => {
    const made = make("button", { type: "button", class: "quiet" }, label);
    made.addEventListener("click", act);
    return made;
  };
  const ties = seen(node.connectedEdges());
  const rows = ties.map((edge) => {
    const out = edge.source().same(node);
    const other = out ? edge.target() : edge.source();
    const to = make("button", { type: "button", class: "to", lang: other.data("lang") }, other.data("label"));
    to.addEventListener("click", () => choose(other.id()));
    return make("li", {}, make("span", { class: "by" }, out ? edge.data("label") : edge.data("inverse")), " ", to);
  });
  place.replaceChildren(
    make("h3", {}, ...link(node)),
    make("p", { class: "by" }, node.data("kinds").join(", ")),
    make("p", {}, ...Object.entries(actions(node)).map(([label, act]) => press(label, act))),
    make("ul", {}, ...rows),
  );
}

/** Name what is in the middle, in the heading and as a list. */
export function middle(graph, state, address) {
  const nodes = state.focus.map((slug) => graph.getElementById(slug)).filter((node) => node.nonempty());
  const names = new Intl.ListFormat("en-GB", { type: "conjunction" }).format(nodes.map((node) => node.data("label")));
  document.querySelector("h1").textContent = `Around ${names}`;
  document.title = `Network around ${names} · Aide-Mémoire`;
  document.querySelector(".around").replaceChildren(...nodes.map((node) => {
    const rest = { ...state, focus: state.focus.filter((slug) => slug !== node.id()) };
    const drop = make("a", { class: "drop", href: address(rest), "aria-label": `leave out ${node.data("label")}` }, "×");
    return make("li", {}, ...link(node), ...(rest.focus.length ? [" ", drop] : []));
  }));
}

/** Say what ties the things in the middle together: ties among them, and what they share. */
export function together(graph, place) {
  const named = (node) => link(node);
  const middle = (node) => node.hasClass("focus");
  const ties = seen(graph.edges());
  const direct = ties.filter((edge) => middle(edge.source()) && middle(edge.target()));
  const rows = direct.map((edge) => make("li", {}, ...named(edge.source()), " ", by(edge.data("label")), " ", ...named(edge.target())));
  const shared = graph.nodes().not(".gone").not(".focus").map((node) => {
    const own = ties.filter((edge) => (edge.source().same(node) && middle(edge.target())) || (edge.target().same(node) && middle(edge.source())));
    const parts = own.map((edge) => (edge.source().same(node) ? [edge.data("label"), edge.target()] : [edge.data("inverse"), edge.source()]));
    return { node, parts, ends: new Set(parts.map(([, end]) => end.id())).size };
  }).filter(({ ends }) => ends > 1).sort((a, b) => b.ends - a.ends);
  for (const { node, parts } of shared) {
    const told = parts.flatMap(([label, end], at) => [at ? "; " : ": ", by(label), " ", ...named(end)]);
    rows.push(make("li", {}, ...named(node), ...told));
  }
  place.hidden = graph.nodes(".focus").length < 2;
  place.querySelector("ul").replaceChildren(...rows);
  place.querySelector(".none").hidden = rows.length > 0;
  const way = place.querySelector(".between");
  const ends = graph.nodes(".focus").map((node) => node.id());
  if (way) way.hidden = rows.length > 0 || ends.length !== 2 || !way.dataset.between.split(" ").every((slug) => ends.includes(slug));
}

const by = (label) => make("span", { class: "by" }, label);

/** Ask the question behind the page about what is shown now. */
export function question(anchor, state, relations) {
  const query = new URL(anchor.href).searchParams.get("query");
  const things = state.focus.map((slug) => `<${THING}${slug}>`);
  const chosen = [...state.relations].filter((name) => relations.has(name)).map((name) => `<${relations.get(name).iri}>`);
  const rows = things.flatMap((thing) => chosen.map((iri) => `(${thing} ${iri})`));
  const values = chosen.length ? `VALUES (?thing ?property) { ${rows.join(" ")} }` : `VALUES ?thing { ${things.join(" ")} }`;
  const without = [
    ...(state.hidden.size ? [`  FILTER(?other NOT IN (${[...state.hidden].map((slug) => `<${THING}${slug}>`).join(", ")}))\n`] : []),
    ...[...state.muted].filter(Boolean).map((group) => `  FILTER NOT EXISTS { ?other a <${TERM}${group}> }\n`),
  ];
  const where = query.replace(/\}\s*VALUES [^]*$/, "").replace(/^ {2}FILTER(\(\?other NOT IN| NOT EXISTS).*\n/gm, "");
  anchor.href = `/sparql?${new URLSearchParams({ query: `${where}${without.join("")}}\n${values}\n` })}`;
}

function seen(edges) {
  return edges.filter((edge) => edge.visible() && edge.source().visible() && edge.target().visible());
}
