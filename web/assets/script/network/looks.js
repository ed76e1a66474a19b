// How things and ties look in the drawing: shapes and colours are those of the legend, read from it.

const FONT = "system-ui, sans-serif";

/** Return cytoscape's style sheet for the colours that hold now, light or dark; the last that fits holds. */
export function looks(legend) {
  const [ink, faint, sheet, seal] = ["--ink", "--faint", "--sheet", "--seal"].map((name) => value(name));
  const rows = [...legend.querySelectorAll(".kind")];
  return [
    ...things(ink, sheet),
    ...rows.flatMap((row) => kind(row.dataset.group, form(row), value("--kind", row), sheet)),
    { selector: "node.focus", style: { width: 26, height: 26, "font-size": 14, "font-weight": 600, "text-max-width": "data(own)" } },
    ...ties(ink, faint, sheet, seal),
    { selector: "node:selected", style: { "outline-width": 3, "outline-color": seal, "outline-offset": 3, "z-index": 3 } },
    { selector: ".gone", style: { display: "none" } },
  ];
}

function value(name, of = document.documentElement) {
  return getComputedStyle(of).getPropertyValue(name).trim();
}

function things(ink, sheet) {
  const beside = { "text-valign": "center", "text-margin-y": 0, "text-max-width": "data(room)" };
  return [
    { selector: "node", style: {
      label: "data(name)", width: 15, height: 15, color: ink, "font-size": 12, "font-family": FONT,
      "border-width": 1, "text-wrap": "wrap", "text-max-width": 120, "text-valign": "bottom", "text-margin-y": 3,
      "text-events": "yes", ...ground(sheet, 0.75),
    } },
    { selector: "node[?status]", style: { "border-width": 2, "border-style": "dashed" } },
    { selector: "node[side = 'start']", style: { ...beside, "text-halign": "right", "text-margin-x": 5, "text-justification": "left" } },
    { selector: "node[side = 'end']", style: { ...beside, "text-halign": "left", "text-margin-x": -5, "text-justification": "right" } },
  ];
}

/** Draw a kind of thing as the legend does; one whose status is open is an outline. */
function kind(group, shape, colour, sheet) {
  return [
    { selector: `node[group = "${group}"]`, style: { ...shape, "background-color": colour, "border-color": colour } },
    { selector: `node[group = "${group}"][?status]`, style: { "background-color": sheet } },
  ];
}

function form(row) {
  const points = row.querySelector("polygon")?.getAttribute("points").replaceAll(",", " ");
  return points ? { shape: "polygon", "shape-polygon-points": points } : { shape: "ellipse" };
}

function ties(ink, faint, sheet, seal) {
  return [
    { selector: "edge", style: {
      width: 1, "line-color": faint, "line-opacity": 0.55, "curve-style": "bezier", "target-arrow-shape": "triangle",
      "target-arrow-color": faint, "arrow-scale": 0.7,
    } },
    { selector: "edge[support = 'inferred']", style: { "line-style": "dashed" } },
    { selector: "edge.near", style: { width: 2, "line-opacity": 1, "line-color": seal, "target-arrow-color": seal, "z-index": 2 } },
    { selector: "edge.told", style: { label: "data(label)", "font-size": 10, "font-family": FONT, color: ink, ...ground(sheet, 0.9) } },
  ];
}

/** Let a name be read over lines. */
function ground(sheet, opacity) {
  return { "text-background-color": sheet, "text-background-opacity": opacity, "text-background-padding": 1 };
}
