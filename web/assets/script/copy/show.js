// Show the sentences of the reader's copies where pages cite them.
import { html } from "../elements.js";
import { root } from "../root.js";
import { copyOf } from "./shelf.js";
import { gettext } from "../texts.js";

const ADDRESS = /^\/source\/([^/]+)\/([^/?#]+)$/;
// Characters of a sentence beside the number of a footnote.
const TIP = 280;

/** Write each cited sentence of an opened copy behind its place, and take back what was written. */
export function showCopies() {
  document.querySelectorAll(".copied").forEach((quote) => quote.remove());
  for (const link of document.querySelectorAll(".sources li > a:first-child, .cited h3 a")) {
    const quote = quoted(link.getAttribute("href"));
    if (!quote) continue;
    const note = link.closest("li");
    if (note) note.append(quote);
    else link.closest("h3").after(quote);
    tell(note?.id, quote.textContent);
  }
  const here = quoted(location.pathname);
  if (here) document.querySelector(".dossier .lead")?.before(here);
}

function quoted(address) {
  const [, slug, locator] = ADDRESS.exec((address ?? "").replace(root, "")) ?? [];
  const copy = slug && copyOf(slug);
  const text = copy?.sentences[locator];
  return text ? html("q", { class: "copied", lang: copy.language, title: gettext("from your copy") }, text) : null;
}

/** Let the numbers of a footnote show the sentence. */
function tell(note, text) {
  for (const number of note ? document.querySelectorAll(`.notes a[href="#${note}"]`) : []) {
    number.dataset.place = text.length > TIP ? `${text.slice(0, TIP)}…` : text;
    number.classList.add("quoting");
  }
}
