// A stretch of a timeline at one width: which bars are in sight, where they lie, where their names stand. No document.
// Lanes and sides are the server's; web/drawing/timeline/window.py places the same bars.

// In pixels, as web/drawing/timeline/lanes.py has them.
const [LEAST, PAD, TAIL, ARROW] = [8, 6, 10, 7];

/** Return the level whose lanes hold at a scale, in pixels per day. */
export function levelAt(levels, scale) {
  return levels.findLast((level) => level.scale <= scale) ?? levels[0];
}

/** List the bars in sight, in lanes without gaps. */
export function bars(items, level, span, width) {
  const seen = items.flatMap((item, at) => (item.start < span[1] && (item.lasts || item.end > span[0]) ? [bar(item, at, level, span, width)] : []));
  const lanes = [...new Set(seen.map(({ lane }) => lane))].sort((a, b) => a - b);
  return seen.map((one) => ({ ...one, lane: lanes.indexOf(one.lane) }));
}

function bar(item, at, level, span, width) {
  const x = (day) => ((day - span[0]) / (span[1] - span[0])) * width;
  const [start, end] = [x(item.start), x(item.end)];
  const cut = { before: start < 0 && !item.early, after: item.lasts || end > width };
  const left = Math.max(0, start);
  const right = Math.min(width, item.lasts ? width : Math.max(end, left + LEAST));
  const inner = left + (cut.before ? ARROW : 0) + PAD;
  const beyond = right + PAD + (item.open && !cut.after ? TAIL : 0);
  const ahead = left - PAD - (item.early ? TAIL : 0);
  // A name after a bar that goes on beyond the edge has no place but in it.
  const side = level.sides[at] === "a" && cut.after ? "i" : level.sides[at];
  const places = { i: [inner, right - PAD - inner], a: [beyond, width - beyond], b: [ahead, ahead] };
  return { item, left, right, lane: level.lanes[at], ...cut, side, at: places[side][0], room: places[side][1] };
}
