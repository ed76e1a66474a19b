// The map page: the view is kept in the address, and a point opens what the table below lists there.
import { map } from "./map.js";
import { written as writtenRows } from "./rows.js";
import { parsed, written } from "./view.js";
import { gettext } from "../texts.js";

// In milliseconds: browsers refuse an address that changes with every frame.
const WAIT = 200;

const frame = document.querySelector(".atlas .map-frame");
if (frame) {
  let timer = 0;
  const address = () => new URL(location.href);
  map(frame, {
    back: gettext("Back to the events"),
    contents: (points) => writtenRows(points.map(({ link }) => document.getElementById(link.dataset.at))),
    start: (layout) => parsed(address().searchParams.get("view"), layout),
    keep(view, layout) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const { pathname, searchParams, hash } = address();
        searchParams.set("view", written(view, layout));
        history.replaceState(null, "", `${pathname}?${searchParams}${hash}`);
      }, WAIT);
    },
  });
}
