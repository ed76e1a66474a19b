// Which names of a map are shown: those that the server's layout has room for at a scale. No document.

/** Tell for each label whether it is shown: from its scale on (in pixels per unit), and where it is not cut by the edge of a view. */
export function shown({ labels, points }, [left, top, wide, high], scale) {
  return labels.map((label) => {
    const [x, y] = [(points[label.point].x - left) * scale, (points[label.point].y - top) * scale];
    const [west, north, east, south] = label.box;
    const inside = x + west > 0 && y + north > 0 && x + east < wide * scale && y + south < high * scale;
    return inside && scale >= label.scale;
  });
}
