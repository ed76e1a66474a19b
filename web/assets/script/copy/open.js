// On the page of a source: open a copy that the reader has, and show which sentences match.
import { html } from "../elements.js";
import { forget, copyOf, keep } from "./shelf.js";
import { showCopies } from "./show.js";
import { matching } from "./verify.js";
import { gettext } from "../texts.js";

// Bytes: a text of this length is a book, and comparing it takes seconds.
const LARGEST = 5_000_000;
const BLOCKS = "address,article,blockquote,br,dd,div,dt,figcaption,h1,h2,h3,h4,h5,h6,li,p,pre,td,title,tr";

const section = document.getElementById("copy");
const { slug, record } = section.dataset;
const status = html("p", { role: "status" });
const file = html("input", { type: "file", id: "copy-file", accept: ".txt,.html,.htm,.md,text/*", onchange: () => file.files[0] && open(file.files[0]) });
const away = html("button", { type: "button", onclick: close }, gettext("Remove the copy from this browser"));

section.append(html("p", { class: "row" }, html("label", { for: "copy-file" }, gettext("Your copy, as text or HTML")), file, away), status);
section.hidden = false;
tell(copyOf(slug));

async function open(chosen) {
  if (chosen.size > LARGEST) return say(gettext("“%(name)s” is larger than 5 MB, the most that is compared.", { name: chosen.name }));
  say("Comparing…");
  try {
    const answer = await fetch(record);
    if (!answer.ok) throw new Error(gettext("the record of this source could not be loaded (%(status)s)", { status: answer.status }));
    const { language, sentences } = await answer.json();
    const copy = { language, total: sentences.length, sentences: matching(await textOf(chosen), sentences) };
    if (Object.keys(copy.sentences).length) keep(slug, copy);
    tell(copy);
    showCopies();
  } catch (problem) {
    say(gettext("The copy cannot be opened: %(reason)s.", { reason: problem.message }));
  }
}

function close() {
  forget(slug);
  file.value = "";
  tell(null);
  showCopies();
}

/** Return the text of a file; of HTML, with a line for each block. */
async function textOf(chosen) {
  const bytes = await chosen.arrayBuffer();
  const text = decode(bytes);
  if (!/\.html?$/i.test(chosen.name) && chosen.type !== "text/html") return text;
  const page = new DOMParser().parseFromString(text, "text/html");
  page.querySelectorAll("script,style,template").forEach((element) => element.remove());
  page.querySelectorAll(BLOCKS).forEach((element) => { element.before("\n"); element.after("\n"); });
  return page.documentElement.textContent;
}

/** Read UTF-8, else what Windows writes in Western Europe; a byte-order mark names UTF-16. */
function decode(bytes) {
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  if (first + second === 0xff + 0xfe) return new TextDecoder(first === 0xff ? "utf-16le" : "utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function tell(copy) {
  const matches = Object.keys(copy?.sentences ?? {}).length;
  away.hidden = !matches;
  if (!copy) return say("");
  if (!matches) return say(gettext("None of the recorded sentences is in this file: it may be another text, or another edition."));
  say(gettext("Recorded sentences that match your copy: %(matches)s of %(total)s. They are shown here and in footnotes, in this browser alone.", { matches, total: copy.total }));
}

function say(words) {
  status.textContent = words;
}
