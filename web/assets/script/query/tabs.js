// Tabs by the pattern of the ARIA Authoring Practices: arrows move, and each panel is made when first shown.
// https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
import { html } from "../elements.js";

let count = 0;

/** Make tabs of [{ name, make }]; `make(panel)` fills a panel when it is first opened. */
export function tabs(label, parts, { start = 0, opened = () => {} } = {}) {
  const list = html("div", { role: "tablist", "aria-label": label, class: "tabs" });
  const pairs = parts.map(({ name }) => pair(name));
  const select = (at, focus) => {
    pairs.forEach(({ tab, panel }, other) => {
      tab.setAttribute("aria-selected", String(other === at));
      tab.tabIndex = other === at ? 0 : -1;
      panel.hidden = other !== at;
    });
    if (!pairs[at].panel.dataset.made) {
      pairs[at].panel.dataset.made = "yes";
      parts[at].make(pairs[at].panel);
    }
    if (focus) pairs[at].tab.focus();
    opened(parts[at].name);
  };
  pairs.forEach(({ tab }, at) => tab.addEventListener("click", () => select(at, false)));
  list.addEventListener("keydown", (event) => {
    const at = pairs.findIndex(({ tab }) => tab === event.target);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1 + pairs.length, Home: 0, End: pairs.length - 1 }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    select(next % pairs.length, true);
  });
  list.append(...pairs.map(({ tab }) => tab));
  const element = html("div", { class: "tabbed" }, list, pairs.map(({ panel }) => panel));
  select(start, false);
  return element;
}

function pair(name) {
  count += 1;
  const [tabId, panelId] = [`tab-${count}`, `panel-${count}`];
  const tab = html("button", { type: "button", role: "tab", id: tabId, "aria-controls": panelId }, name);
  const panel = html("div", { role: "tabpanel", id: panelId, "aria-labelledby": tabId, tabindex: 0 });
  return { tab, panel };
}
