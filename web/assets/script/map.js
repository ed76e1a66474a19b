// Zoom and move a map that is there without this: by buttons, by keys, by wheel with Ctrl, by drag.
for (const map of document.querySelectorAll("svg.map[data-scale]")) steer(map);

function steer(map) {
  const whole = map.viewBox.baseVal;
  const home = [whole.x, whole.y, whole.width, whole.height];
  let view = [...home];
  const radii = [...map.querySelectorAll("circle")].map((circle) => [circle, Number(circle.getAttribute("r"))]);

  const draw = () => {
    map.setAttribute("viewBox", view.join(" "));
    // Points keep their size on the screen.
    for (const [circle, radius] of radii) circle.setAttribute("r", (radius * view[2]) / home[2]);
  };
  const zoom = (factor, x = 0.5, y = 0.5) => {
    const width = Math.min(home[2], Math.max(home[2] / 400, view[2] * factor));
    const height = (width * home[3]) / home[2];
    view = [view[0] + (view[2] - width) * x, view[1] + (view[3] - height) * y, width, height];
    keep();
  };
  const move = (x, y) => {
    view = [view[0] + view[2] * x, view[1] + view[3] * y, view[2], view[3]];
    keep();
  };
  const keep = () => {
    view[0] = Math.max(home[0], Math.min(home[0] + home[2] - view[2], view[0]));
    view[1] = Math.max(home[1], Math.min(home[1] + home[3] - view[3], view[1]));
    draw();
  };
  const around = (box) => {
    const size = Math.max(box.width * 6, box.height * 6, home[2] / 60);
    view = [box.x + box.width / 2 - size / 2, 0, size, (size * home[3]) / home[2]];
    view[1] = box.y + box.height / 2 - view[3] / 2;
    keep();
  };

  const tools = document.createElement("div");
  tools.className = "map-tools";
  for (const [name, label, act] of [
    ["+", "Zoom in", () => zoom(0.5)],
    ["−", "Zoom out", () => zoom(2)],
    ["whole", "Show the whole map", () => { view = [...home]; draw(); }],
  ]) tools.append(button(name, label, act));
  for (const area of map.querySelectorAll("a.territory")) {
    const name = area.querySelector("title").textContent;
    tools.append(button(name, `Zoom to ${name}`, () => around(area.getBBox())));
  }
  map.before(tools);

  map.addEventListener("keydown", (event) => {
    const act = {
      "+": () => zoom(0.5),
      "=": () => zoom(0.5),
      "-": () => zoom(2),
      ArrowLeft: () => move(-0.15, 0),
      ArrowRight: () => move(0.15, 0),
      ArrowUp: () => move(0, -0.15),
      ArrowDown: () => move(0, 0.15),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  map.addEventListener("wheel", (event) => {
    // Without Ctrl the page scrolls, as anywhere.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = map.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 0.8 : 1.25, (event.clientX - box.x) / box.width, (event.clientY - box.y) / box.height);
  }, { passive: false });
  let held = null;
  map.addEventListener("pointerdown", (event) => { held = [event.clientX, event.clientY]; });
  map.addEventListener("pointermove", (event) => {
    if (!held || event.buttons !== 1) return;
    const box = map.getBoundingClientRect();
    move((held[0] - event.clientX) / box.width, (held[1] - event.clientY) / box.height);
    held = [event.clientX, event.clientY];
  });
  map.addEventListener("dragstart", (event) => event.preventDefault());
}

function button(name, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = name;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}
