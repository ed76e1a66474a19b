// The names over a network: text that keeps its size, as much of it as there is room for.
import { html } from "../elements.js";
import { beside } from "./spreading.js";

// So many of those with the most links may have their names over dots, fewer where there is less room.
const [LEADING, FEW, NARROW] = [12, 4, 600];
// The corner of the buttons, in pixels.
const CORNER = { width: 60, height: 150 };

/** Return what writes the names anew: those that are pointed out, else those with the most links, as there is room. */
export function naming(graph, over, ranked) {
  const all = ranked.map((node, rank) => ({ node, rank, text: html("span", {}, node.data("label")) }));
  over.append(...all.map(({ text }) => text));
  let waiting = 0;
  const write = () => {
    waiting = 0;
    if (graph.destroyed() || !over.clientWidth) return;
    for (const { node, text } of all) text.classList.toggle("whole", node.hasClass("hot"));
    const dots = all.map(({ node }) => ({ ...node.renderedPosition(), radius: node.renderedWidth() / 2 }));
    const some = graph.nodes(".near").nonempty();
    const wanted = all.filter(({ node }) => !some || node.hasClass("near")).sort((a, b) => b.node.hasClass("hot") - a.node.hasClass("hot"));
    const names = wanted.map(({ rank, text }) => ({ ...dots[rank], width: text.offsetWidth, height: text.offsetHeight, first: some || rank < (over.clientWidth < NARROW ? FEW : LEADING) }));
    const [width, height] = [over.clientWidth, over.clientHeight];
    const taken = [{ left: width - CORNER.width, top: 0, right: width, bottom: CORNER.height }];
    const found = new Map(beside(names, dots, { width, height, taken }).map((place, at) => [wanted[at].text, place]));
    for (const { text } of all) show(text, found.get(text));
  };
  return () => { waiting ||= requestAnimationFrame(write); };
}

function show(text, place) {
  text.classList.toggle("shown", Boolean(place));
  if (place) text.style.transform = `translate(${place[0]}px, ${place[1]}px)`;
}
