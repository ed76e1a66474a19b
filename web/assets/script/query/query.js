// The query page: an editor in place of the text area, answers in place of a new page.
import { makeEditor } from "./editor.js";
import { gallery } from "./gallery.js";
import { history as past } from "./history.js";
import { snippets } from "./snippets.js";
import { showAnswer, showFault } from "./answer.js";

const form = document.querySelector("form.query");
if (form) start(form);

async function start(form) {
  const area = form.elements.query;
  const place = document.querySelector(".answer");
  const tools = document.getElementById("tools");
  const status = document.getElementById("status");
  const editor = makeEditor(area, () => run());
  let asking = null;

  async function run() {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const query = editor.text();
    busy(true);
    const started = performance.now();
    const fields = new FormData(form);
    fields.set("query", query);
    fields.delete("format");
    try {
      const answer = await fetch("/sparql/table", {
        method: "POST", body: new URLSearchParams(fields), signal,
        headers: { Accept: "application/json, application/problem+json;q=0.9" },
      });
      const found = await answer.json();
      const spent = Math.round(performance.now() - started);
      history.replaceState(null, "", address(fields));
      past.add(query);
      if (answer.ok) {
        editor.mark(null);
        status.textContent = `answered in ${spent} ms`;
        showAnswer(place, found, fields);
      } else {
        editor.mark(found);
        status.textContent = "not answered";
        showFault(place, found, (line, column) => editor.go(line, column));
      }
    } catch (failure) {
      status.textContent = failure.name === "AbortError" ? "stopped" : `not answered: ${failure.message}`;
    } finally {
      if (!signal.aborted || asking?.signal === signal) busy(false);
    }
  }

  function busy(on) {
    place.setAttribute("aria-busy", String(on));
    tools.querySelector("[data-act=cancel]").disabled = !on;
    if (on) status.textContent = "asking…";
  }

  tools.hidden = false;
  tools.addEventListener("click", async (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (act === "cancel") asking?.abort();
    if (act === "link") {
      const fields = new FormData(form);
      fields.set("query", editor.text());
      fields.delete("format");
      await copy(new URL(address(fields), location.href).href, status, "link copied");
    }
    const copied = snippets[act];
    if (copied) await copy(copied(editor.text(), new URL("/sparql", location.href).href), status, `copied as ${act}`);
  });
  form.addEventListener("submit", (event) => {
    area.value = editor.text();
    // A format is asked of the endpoint itself.
    if (form.elements.format.value !== "html") return;
    event.preventDefault();
    run();
  });
  gallery(document.getElementById("questions"), (query) => { editor.put(query); run(); });
  past.show(document.getElementById("history"), (query) => { editor.put(query); editor.focus(); });
  if (area.value.trim() && place.dataset.answered) run();
}

function address(fields) {
  return `/sparql?${new URLSearchParams(fields)}`;
}

async function copy(text, status, said) {
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = said;
  } catch {
    // No permission: leave it where it can be taken by hand.
    status.textContent = text;
  }
}
