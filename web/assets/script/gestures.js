// Dragging, pinching, the wheel with Ctrl, as shares of the drawing that they are made on; and keys.

// Whoever moves less than this means a click.
const STILL = 5;

/** Call `move(x, y)` and `zoom(factor, x, y)` as a drawing is moved and zoomed by hand. */
export function gestures(drawing, { move, zoom }) {
  const hand = { drawing, move, zoom, held: new Map(), moved: false };
  for (const [name, act] of Object.entries(ACTS)) {
    drawing.addEventListener(name, (event) => act(hand, event), HEARD[name]);
  }
}

const ACTS = {
  pointerdown: press,
  pointermove: drag,
  pointerup: lift,
  pointercancel: lift,
  pointerleave(hand, event) {
    if (!hand.drawing.hasPointerCapture(event.pointerId)) lift(hand, event);
  },
  click: swallow,
  dragstart: (hand, event) => event.preventDefault(),
  wheel: turn,
};
const HEARD = { click: { capture: true }, wheel: { passive: false } };

function press(hand, event) {
  if (event.button) return;
  if (!hand.held.size) hand.moved = false;
  hand.held.set(event.pointerId, [event.clientX, event.clientY]);
}

function drag(hand, event) {
  const { drawing, held } = hand;
  const last = held.get(event.pointerId);
  if (!last) return;
  const [x, y] = [event.clientX - last[0], event.clientY - last[1]];
  if (!hand.moved && held.size === 1 && Math.hypot(x, y) < STILL) return;
  // Not before: what is captured gets the click that a link should have.
  if (!hand.moved) drawing.setPointerCapture(event.pointerId);
  hand.moved = true;
  const before = held.size === 2 ? spread(hand) : null;
  held.set(event.pointerId, [event.clientX, event.clientY]);
  if (before) return pinch(hand, before, spread(hand));
  const box = drawing.getBoundingClientRect();
  hand.move(-x / box.width, -y / box.height);
}

function pinch({ move, zoom }, before, after) {
  move(before.at[0] - after.at[0], before.at[1] - after.at[1]);
  if (after.wide && before.wide) zoom(before.wide / after.wide, ...after.at);
}

function lift({ held }, event) {
  held.delete(event.pointerId);
}

/** Keep a link from being followed at the end of a drag. */
function swallow(hand, event) {
  if (!hand.moved) return;
  hand.moved = false;
  event.preventDefault();
  event.stopPropagation();
}

function turn({ drawing, zoom }, event) {
  // Without Ctrl the page scrolls, as anywhere.
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  zoom(event.deltaY < 0 ? 0.8 : 1.25, ...share(drawing, event.clientX, event.clientY));
}

function share(drawing, x, y) {
  const box = drawing.getBoundingClientRect();
  return [(x - box.x) / box.width, (y - box.y) / box.height];
}

/** Tell how far two fingers are apart, and where the middle of them is. */
function spread({ drawing, held }) {
  const [a, b] = [...held.values()];
  return { wide: Math.hypot(a[0] - b[0], a[1] - b[1]), at: share(drawing, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2) };
}

/** Act on keys pressed in an element; `acts` maps their names to what they do, with `what` they do it to. */
export function keys(element, acts, what) {
  element.addEventListener("keydown", (event) => {
    const act = acts[event.key];
    if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act(what);
  });
}
