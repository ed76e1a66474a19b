// What a pointer or a finger does to the nodes of a drawing: it points one out, chooses it or opens it.
import { point } from "./drawing.js";

/** Hear what is pointed out; `fixed()` is the node that stays so, and `chosen` and `opened` are called with an id. */
export function hear(chart, fixed, { chosen, opened }) {
  const { picture } = chart;
  const id = ({ target }) => target.closest(".node")?.dataset.id ?? null;
  let over = null;
  const turn = (next) => {
    // A pointer that rests beside all nodes leaves alone what the keyboard points out.
    if (next !== over) point(chart, next ?? fixed());
    over = next;
  };
  // A finger has no place to rest on: what it touches is chosen.
  picture.addEventListener("pointerover", (event) => { if (event.pointerType !== "touch") turn(id(event)); });
  picture.addEventListener("pointerleave", () => turn(null));
  picture.addEventListener("click", (event) => chosen(id(event), event));
  picture.addEventListener("dblclick", (event) => { if (id(event) !== null) opened?.(id(event)); });
}
