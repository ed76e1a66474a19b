// The results of a query on a map: the server lays their places out, as those of the map page.
import { html } from "../../elements.js";
import { map as movable } from "../../map/map.js";
import { link } from "../controls.js";
import * as endpoint from "../endpoint.js";
import { name, words } from "./names.js";
import { formatted, gettext, ngettext } from "../../texts.js";

// As many as the server lays out at a time, and bytes of a request (web/request/bounds.py).
const [PLACES, BODY] = [1000, 1_000_000];

/** Fill a panel with the map of rows: `column` has shapes, `label` names what is there. */
export async function map(panel, rows, { shape: column, label }) {
  const places = gathered(rows, column, label);
  const sent = bounded(places);
  const { html: drawing, places: drawn } = await endpoint.drawing("map", { places: sent });
  if (!drawn.length) {
    panel.append(html("p", {}, gettext("No value of this column is a point or polygon in degrees.")));
    return;
  }
  const atlas = html("div", { class: "atlas" });
  atlas.innerHTML = drawing;
  panel.append(atlas, html("p", { class: "by" }, noted(places, sent, drawn, rows.length), ` ${gettext("The table holds the same in words. Map: Natural Earth.")}`));
  movable(atlas.querySelector(".map-frame"), {
    back: gettext("Back to all results"),
    contents: (points) => points.flatMap(({ place }) => listed([...places[drawn[place]].things.values()])),
  });
}

/** Put rows at the same place together. */
function gathered(rows, column, label) {
  const places = new Map();
  for (const row of rows) {
    const wkt = row[column]?.value;
    if (wkt === undefined) continue;
    if (!places.has(wkt)) places.set(wkt, { wkt, things: new Map(), rows: 0 });
    const place = places.get(wkt);
    place.rows += 1;
    const term = label && row[label];
    if (term) place.things.set(term.value, { text: words(term), iri: term.type === "uri" ? term.value : "" });
  }
  return [...places.values()];
}

/** Write places as the server reads them, as many as it lays out. */
function bounded(places) {
  let bytes = 0;
  const written = places.slice(0, PLACES).map(({ wkt, things }) => {
    const [first, ...more] = things.values();
    return { wkt, iri: first?.iri ?? "", name: first ? named(first.text, more.length) : gettext("a place") };
  });
  const end = written.findIndex((place) => (bytes += new TextEncoder().encode(JSON.stringify(place)).length + 1) > BODY - 100);
  return end < 0 ? written : written.slice(0, end);
}

function named(first, more) {
  return more ? gettext("%(name)s and %(num)s more", { name: first, num: formatted(more) }) : first;
}

/** List what is at a place. */
function listed(things) {
  const heading = gettext("%(num)s here", { num: formatted(things.length) });
  return [html("h2", {}, heading), html("ul", { class: "plain tight" }, things.map(({ text, iri }) => html("li", {}, link(iri && name(iri).page, text))))];
}

function noted(places, sent, drawn, rows) {
  const shown = drawn.reduce((sum, at) => sum + places[at].rows, 0);
  const first = sent.length < places.length
    ? ngettext("The first %(num)s place of %(total)s.", "The first %(num)s places of %(total)s.", drawn.length, { total: formatted(places.length) })
    : `${ngettext("%(num)s place", "%(num)s places", drawn.length)}.`;
  return shown < rows ? `${first} ${gettext("Rows not shown: %(number)s.", { number: formatted(rows - shown) })}` : first;
}
