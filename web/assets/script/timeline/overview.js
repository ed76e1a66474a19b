// All of the time in one strip, drawn by the server; the span that is looked at is moved in it by hand.

// The narrowest that the span is shown, in pixels, so that it can be seen.
const LEAST = 10;

/** Hear where a reader points in the strip: `go(share)` is called with the place, from 0 to 1. */
export function overview(drawing, go) {
  const point = (event) => {
    const box = drawing.getBoundingClientRect();
    go((event.clientX - box.x) / box.width);
  };
  drawing.addEventListener("pointerdown", (event) => {
    drawing.setPointerCapture(event.pointerId);
    point(event);
  });
  drawing.addEventListener("pointermove", (event) => { if (drawing.hasPointerCapture(event.pointerId)) point(event); });
}

/** Show a span of the extent in the strip. */
export function show(drawing, extent, span) {
  const share = (day) => (day - extent[0]) / (extent[1] - extent[0]);
  const size = Math.max(LEAST / drawing.clientWidth, share(span[1]) - share(span[0]));
  const left = Math.max(0, Math.min(1 - size, (share(span[0]) + share(span[1]) - size) / 2));
  const rect = drawing.querySelector(".span");
  rect.setAttribute("x", `${left * 100}%`);
  rect.setAttribute("width", `${size * 100}%`);
}
