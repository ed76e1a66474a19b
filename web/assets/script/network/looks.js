// How things and ties look in the drawing: shapes and colours are those of the legend, read from it.

/** Return cytoscape's style sheet for the colours that hold now, light or dark. */
export function looks(legend) {
  const value = (name, of = document.documentElement) => getComputedStyle(of).getPropertyValue(name).trim();
  const [ink, faint, sheet, seal] = ["--ink", "--faint", "--sheet", "--seal"].map((name) => value(name));
  const kinds = [...legend.querySelectorAll(".kind")].flatMap((row) => {
    const group = row.dataset.group;
    const colour = value("--kind", row);
    const points = row.querySelector("polygon")?.getAttribute("points").replaceAll(",", " ");
    const form = points ? { shape: "polygon", "shape-polygon-points": points } : { shape: "ellipse" };
    return [
      { selector: `node[group = "${group}"]`, style: { ...form, "background-color": colour, "border-color": colour } },
      { selector: `node[group = "${group}"][?status]`, style: { "background-color": sheet } },
    ];
  });
  return [
    { selector: "node", style: {
      label: "data(name)", width: 15, height: 15, color: ink, "font-size": 12, "font-family": "system-ui, sans-serif",
      "border-width": 1, "text-wrap": "wrap", "text-max-width": 120, "text-valign": "bottom", "text-margin-y": 3,
      "text-background-color": sheet, "text-background-opacity": 0.75, "text-background-padding": 1, "text-events": "yes",
    } },
    { selector: "node[?status]", style: { "border-width": 2, "border-style": "dashed" } },
    { selector: "node[side = 'start']", style: { "text-halign": "right", "text-valign": "center", "text-margin-x": 5, "text-margin-y": 0, "text-justification": "left", "text-max-width": "data(room)" } },
    { selector: "node[side = 'end']", style: { "text-halign": "left", "text-valign": "center", "text-margin-x": -5, "text-margin-y": 0, "text-justification": "right", "text-max-width": "data(room)" } },
    ...kinds,
    { selector: "node.focus", style: { width: 26, height: 26, "font-size": 14, "font-weight": 600, "text-max-width": "data(own)" } },
    { selector: "edge", style: {
      width: 1, "line-color": faint, "line-opacity": 0.55, "curve-style": "bezier", "target-arrow-shape": "triangle",
      "target-arrow-color": faint, "arrow-scale": 0.7,
    } },
    { selector: "edge[support = 'inferred']", style: { "line-style": "dashed" } },
    { selector: "edge.near", style: { width: 2, "line-opacity": 1, "line-color": seal, "target-arrow-color": seal, "z-index": 2 } },
    { selector: "edge.told", style: {
      label: "data(label)", "font-size": 10, "font-family": "system-ui, sans-serif", color: ink,
      "text-background-color": sheet, "text-background-opacity": 0.9, "text-background-padding": 1,
    } },
    { selector: "node:selected", style: { "outline-width": 3, "outline-color": seal, "outline-offset": 3, "z-index": 3 } },
    { selector: ".gone", style: { display: "none" } },
  ];
}
