// What a pointer or a finger does to a network: it points out a thing and what that is linked to, or opens it.

// No more links than these have their names at once: of all, and of one thing, where they are crowded.
const [TOLD, NEAR] = [24, 6];

/** Return what points out one thing, by its id, with what it is linked to; nothing for null. */
export function pointing(graph, name) {
  return (id) => graph.batch(() => {
    graph.elements().removeClass("near far hot told");
    const node = id === null ? graph.collection() : graph.getElementById(id);
    if (node.nonempty()) {
      const near = node.closedNeighborhood();
      near.addClass("near");
      graph.elements().not(near).addClass("far");
      node.addClass("hot");
    }
    const told = node.nonempty() ? node.connectedEdges() : graph.edges();
    told.toggleClass("told", told.length <= (node.nonempty() ? NEAR : TOLD));
    name();
  });
}

/** Point out what a pointer is over, hold what is chosen; return both acts: { turn, pin }. */
export function hear(graph, stage, point, pinned) {
  let held = null;
  const turn = (id) => point(id ?? held);
  const pin = (id) => { held = id; turn(null); pinned(id); };
  graph.on("mouseover", "node", ({ target }) => { stage.classList.add("over"); turn(target.id()); });
  graph.on("mouseout", "node", () => { stage.classList.remove("over"); turn(null); });
  // A finger first learns what a dot is, and opens it by the line below.
  graph.on("tap", ({ target, originalEvent }) => {
    if (target === graph || !target.isNode()) return pin(null);
    const page = target.data("page");
    if (originalEvent.type.startsWith("touch") || !page) return pin(target.id());
    location.assign(page);
  });
  yieldTouches(graph);
  point(null);
  return { turn, pin };
}

/** On a touch screen the page is scrolled over the whole drawing, and the drawing moved once it is larger. */
function yieldTouches(graph) {
  const touched = matchMedia("(pointer: coarse)").matches;
  const stage = graph.container();
  graph.autoungrabify(touched);
  const turn = () => {
    const still = touched && graph.zoom() <= 1;
    graph.userPanningEnabled(!still);
    stage.classList.toggle("still", still);
  };
  // Cytoscape, which listens further out, would keep the page from being scrolled.
  stage.addEventListener("touchmove", (event) => {
    if (stage.classList.contains("still") && event.touches.length === 1) event.stopPropagation();
  }, { passive: true });
  graph.on("zoom", turn);
  turn();
}
