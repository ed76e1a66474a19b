// Dragging, pinching, and the wheel with Ctrl, as shares of the drawing that they are made on.

// Whoever moves less than this means a click.
const STILL = 5;

/** Call `move(x, y)` and `zoom(factor, x, y)` as a drawing is moved and zoomed by hand. */
export function gestures(drawing, { move, zoom }) {
  const held = new Map();
  let moved = false;

  const share = (x, y) => {
    const box = drawing.getBoundingClientRect();
    return [(x - box.x) / box.width, (y - box.y) / box.height];
  };
  const spread = () => {
    const [a, b] = [...held.values()];
    return { wide: Math.hypot(a[0] - b[0], a[1] - b[1]), at: share((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) };
  };

  drawing.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!held.size) moved = false;
    held.set(event.pointerId, [event.clientX, event.clientY]);
  });
  drawing.addEventListener("pointermove", (event) => {
    const last = held.get(event.pointerId);
    if (!last) return;
    const [x, y] = [event.clientX - last[0], event.clientY - last[1]];
    if (!moved && held.size === 1 && Math.hypot(x, y) < STILL) return;
    // Not before: what is captured gets the click that a link should have.
    if (!moved) drawing.setPointerCapture(event.pointerId);
    moved = true;
    const before = held.size === 2 ? spread() : null;
    held.set(event.pointerId, [event.clientX, event.clientY]);
    const box = drawing.getBoundingClientRect();
    if (!before) return move(-x / box.width, -y / box.height);
    const after = spread();
    move(before.at[0] - after.at[0], before.at[1] - after.at[1]);
    if (after.wide && before.wide) zoom(before.wide / after.wide, ...after.at);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    drawing.addEventListener(name, (event) => { held.delete(event.pointerId); });
  }
  drawing.addEventListener("pointerleave", (event) => {
    if (!drawing.hasPointerCapture(event.pointerId)) held.delete(event.pointerId);
  });
  drawing.addEventListener("click", (event) => {
    if (!moved) return;
    moved = false;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
  drawing.addEventListener("wheel", (event) => {
    // Without Ctrl the page scrolls, as anywhere.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 0.8 : 1.25, ...share(event.clientX, event.clientY));
  }, { passive: false });
}

/** Act on keys pressed in an element; `acts` maps their names to what they do. */
export function keys(element, acts) {
  element.addEventListener("keydown", (event) => {
    const act = acts[event.key];
    if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act();
  });
}
