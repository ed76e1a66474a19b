// The timeline page: its list follows the span that a reader chooses in the drawing.
import { list } from "./list.js";
import { dates } from "./span.js";
import { timeline } from "./timeline.js";
import { gettext } from "../texts.js";

// In milliseconds: the server is not asked with every frame of a drag.
const WAIT = 200;
const ALONE = gettext("Those alone are listed");
const FAILED = gettext("The list does not follow: the server did not answer");

const place = document.getElementById("drawn");
if (place?.querySelector("script.layout")) follow(place, document.querySelector("form.days"));

function follow(place, form) {
  let timer = 0;
  const line = timeline(place, {
    back: gettext("Show the busiest period and list everything"),
    changed(span) {
      clearTimeout(timer);
      timer = setTimeout(change, WAIT, span);
    },
  });
  if (form.elements.from.value || form.elements.until.value) line.note(ALONE);

  async function change(span) {
    const days = span && dates(span);
    ["from", "until"].forEach((name, at) => { form.elements[name].value = days?.[at] ?? ""; });
    try {
      const page = await list(days);
      // Of a very long list each page has some, and its drawing with it.
      line.lay(page.getElementById("drawn"));
      line.note(days ? ALONE : "");
    } catch (error) {
      if (error.name !== "AbortError") line.note(FAILED, true);
    }
  }
}
