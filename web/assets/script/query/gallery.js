// The example questions: narrowed by words, opened in the editor.
export function gallery(place, open) {
  if (!place) return;
  const field = place.querySelector("input");
  const rows = [...place.querySelectorAll("li")];
  const none = place.querySelector(".none");
  place.querySelector(".filter").hidden = false;
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const row of rows) {
      row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
      left += row.hidden ? 0 : 1;
    }
    none.hidden = left > 0;
  });
  place.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(new URL(link.href).searchParams.get("query"));
    document.querySelector("form.query").scrollIntoView({ block: "start" });
  });
}
