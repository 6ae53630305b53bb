"use strict";
// All texts come as data and go into the page as text, never as markup.
(() => {
  // What is wider than its frame can be scrolled with the keyboard, too; what is not, is no stop on its way.
  const frames = new ResizeObserver((seen) => {
    for (const { target } of seen) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  for (const frame of document.querySelectorAll(".wide")) frames.observe(frame);

  const data = JSON.parse(document.getElementById("data").textContent);
  if (!data.nodes) return;
  const $ = (id) => document.getElementById(id);
  const canvas = $("canvas"), panel = $("panel"), svg = canvas && canvas.querySelector("svg");

  // Makes an element: el("p", {class: "faint"}, "text", child, ...).
  function el(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined) element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }

  // What stands in the drawing, by the number of its node.
  const number = new Map(data.nodes.map((node, at) => [node.id, at]));
  const drawn = new Map(), lines = [];
  if (svg) {
    svg.setAttribute("focusable", "false");
    // A picture until now: its nodes become buttons, called by their titles.
    svg.setAttribute("role", "group");
    for (const g of svg.querySelectorAll("g.node")) {
      const at = number.get(g.dataset.node);
      if (at === undefined) continue;
      drawn.set(at, g);
      g.setAttribute("role", "button");
      g.setAttribute("tabindex", "-1");
      g.setAttribute("aria-pressed", "false");
    }
    for (const g of svg.querySelectorAll("g.edge")) {
      lines.push({ g, from: number.get(g.dataset.from), to: number.get(g.dataset.to) });
    }
    const first = drawn.keys().next();
    if (!first.done) drawn.get(first.value).setAttribute("tabindex", "0");
  }

  // ---- the panel -------------------------------------------------------------------------------
  let chosen = null;

  const goto = (at) => el("button", { type: "button", class: "link", onclick: () => choose(at, true) }, data.nodes[at].label);

  function reason(edge, whole) {
    const by = data.by[edge.by];
    const alternative = edge.alternative ? `, ${/^\d+$/.test(edge.alternative) ? "alternative " : ""}${edge.alternative}` : "";
    const parts = [
      el("span", {}, by.kind === "action" || by.kind === "outcome" ? "of itself: " : "by ",
        el("strong", {}, by.title), alternative, ` (${edge.often}) `),
      by.anchor && el("a", { class: "line", href: "#" + by.anchor }, by.line),
    ];
    if (whole) {
      if (by.when) parts.push(el("div", {}, el("code", {}, by.when)));
      if (by.because) {
        parts.push(el("blockquote", {}, by.because, by.source ? " " : null, by.source && el("cite", {}, by.source)));
      }
    }
    return parts;
  }

  function edges(title, list, end, whole) {
    if (!list.length) return [];
    return [
      el("h4", {}, title),
      el("ul", {}, ...list.map((edge) => el("li", {}, el("div", {}, goto(edge[end])), ...reason(edge, whole)))),
    ];
  }

  function show(at) {
    const node = data.nodes[at];
    const facts = [node.chance, node.bounds, node.turn && `first time: ${node.turn}`,
      node.often && `${node.often} times on average where it happens`];
    panel.replaceChildren(
      el("h3", {}, node.label),
      el("p", { class: "faint" }, facts.filter(Boolean).join(" · ")),
      ...edges("What leads to it", data.edges.filter((edge) => edge.to === at), "from", true),
      ...edges("What it leads to", data.edges.filter((edge) => edge.from === at), "to", false),
    );
    panel.scrollTop = 0;
  }

  function choose(at, reveal) {
    if (chosen !== null && drawn.has(chosen)) {
      drawn.get(chosen).classList.remove("chosen");
      drawn.get(chosen).setAttribute("aria-pressed", "false");
    }
    chosen = at;
    show(at);
    const g = drawn.get(at);
    for (const line of lines) line.g.classList.toggle("near", line.from === at || line.to === at);
    if (!g) return;
    g.classList.add("chosen");
    g.setAttribute("aria-pressed", "true");
    rove(g);
    if (reveal) scrollTo(g);
  }

  function scrollTo(g) {
    const box = g.getBoundingClientRect(), frame = canvas.getBoundingClientRect();
    if (box.left < frame.left + 20 || box.right > frame.right - 20) {
      canvas.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
    }
    if (box.top < frame.top + 20 || box.bottom > frame.bottom - 20) {
      canvas.scrollTop += box.top + box.height / 2 - frame.top - frame.height / 2;
    }
  }

  function rove(g) {
    for (const other of drawn.values()) other.setAttribute("tabindex", other === g ? "0" : "-1");
  }

  // ---- filters ---------------------------------------------------------------------------------
  function matches(at) {
    const node = data.nodes[at], actor = $("by-actor").value;
    if (node.kind === "start") return actor === "";
    return (actor === "" || String(node.actor) === actor) && node.probability >= $("at-least").value / 100;
  }

  function filter() {
    $("at-least-told").textContent = $("at-least").value + "%";
    let count = 0;
    for (const [at, g] of drawn) {
      const on = matches(at);
      count += on;
      g.classList.toggle("off", !on);
      g.setAttribute("aria-hidden", String(!on));
    }
    const actor = $("by-actor").value !== "";
    for (const { g, from, to } of lines) {
      const ends = [from, to].filter((at) => at !== undefined && matches(at)).length;
      g.classList.toggle("off", actor ? ends === 0 : ends < 2);
    }
    const all = count === drawn.size;
    $("matching").textContent = all ? "" : `${count} of ${drawn.size} shown`;
    list(true);
  }

  // ---- zoom and pan ----------------------------------------------------------------------------
  const READABLE = 0.9;
  let scale = 1;
  const natural = svg ? svg.viewBox.baseVal : null;

  function zoom(to, x, y) {
    const before = scale;
    scale = Math.min(4, Math.max(0.05, to));
    svg.setAttribute("width", natural.width * scale);
    svg.setAttribute("height", natural.height * scale);
    const [cx, cy] = [x ?? canvas.clientWidth / 2, y ?? canvas.clientHeight / 2];
    canvas.scrollLeft = (canvas.scrollLeft + cx) * (scale / before) - cx;
    canvas.scrollTop = (canvas.scrollTop + cy) * (scale / before) - cy;
  }

  const fit = () => Math.min(canvas.clientWidth / natural.width, canvas.clientHeight / natural.height, 1);

  if (svg) {
    // At first so large that it can be read, the start at the left and half-way down.
    zoom(Math.max(fit(), READABLE));
    const start = drawn.get(number.get("start"));
    if (start) {
      const box = start.getBoundingClientRect(), frame = canvas.getBoundingClientRect();
      canvas.scrollTop += box.top + box.height / 2 - frame.top - frame.height / 2;
      canvas.scrollLeft += box.left - frame.left - 20;
    }
    for (const button of document.querySelectorAll("[data-zoom]")) {
      const step = { in: 1.3, out: 1 / 1.3 }[button.dataset.zoom];
      button.addEventListener("click", () => zoom(step ? scale * step : fit()));
    }
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const frame = canvas.getBoundingClientRect();
      zoom(scale * Math.exp(-event.deltaY / 300), event.clientX - frame.left, event.clientY - frame.top);
    }, { passive: false });

    // Fingers scroll by themselves; a mouse drags.
    let drag = null, moved = false;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0) return;
      drag = [event.clientX, event.clientY, canvas.scrollLeft, canvas.scrollTop];
      moved = false;
    });
    window.addEventListener("pointermove", (event) => {
      if (!drag) return;
      const [x, y] = [event.clientX - drag[0], event.clientY - drag[1]];
      if (Math.abs(x) + Math.abs(y) > 4) moved = true;
      if (moved) canvas.classList.add("drag");
      canvas.scrollLeft = drag[2] - x;
      canvas.scrollTop = drag[3] - y;
    });
    window.addEventListener("pointerup", () => { drag = null; canvas.classList.remove("drag"); });

    canvas.addEventListener("click", (event) => {
      const g = event.target.closest("g.node"), line = event.target.closest("g.edge");
      if (moved) return;
      if (g) {
        g.focus({ preventScroll: true });
        choose(number.get(g.dataset.node), false);
      } else if (line) {
        choose(number.get(line.dataset.to), false);
      }
    });

    // The next node in a direction: near, and rather straight ahead than aside.
    const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    function next(g, [dx, dy]) {
      const middle = (one) => {
        const box = one.getBoundingClientRect();
        return [box.left + box.width / 2, box.top + box.height / 2];
      };
      const [x, y] = middle(g);
      let best = null, least = Infinity;
      for (const other of drawn.values()) {
        if (other === g || other.classList.contains("off")) continue;
        const [ox, oy] = middle(other);
        const along = (ox - x) * dx + (oy - y) * dy, aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
        if (along > 1 && along + 2 * aside < least) [best, least] = [other, along + 2 * aside];
      }
      return best;
    }
    canvas.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const g = event.target.closest("g.node");
      const to = (one) => { rove(one); one.focus({ preventScroll: true }); scrollTo(one); };
      if (ways[event.key]) {
        const other = g ? next(g, ways[event.key]) : [...drawn.values()].find((one) => one.getAttribute("tabindex") === "0");
        if (other) to(other);
      } else if (g && (event.key === "Enter" || event.key === " ")) choose(number.get(g.dataset.node), false);
      else if (event.key === "+" || event.key === "=") zoom(scale * 1.3);
      else if (event.key === "-") zoom(scale / 1.3);
      else if (event.key === "0") zoom(fit());
      else return;
      event.preventDefault();
    });
    $("by-actor").addEventListener("change", filter);
    $("at-least").addEventListener("input", filter);
    $("tools").hidden = false;
  }

  // ---- what happens, named elsewhere in the page -----------------------------------------------
  function link(element) {
    const at = Number(element.dataset.show);
    const button = el("button", { type: "button", class: "show", title: "Show it in the graph" });
    button.append(...element.childNodes);
    button.addEventListener("click", () => {
      choose(at, true);
      $("graph").scrollIntoView({ block: "nearest" });
      panel.focus({ preventScroll: true });
    });
    element.append(button);
  }
  document.querySelectorAll("[data-show]").forEach(link);

  // ---- the list --------------------------------------------------------------------------------
  const order = data.nodes.map((_, at) => at).filter((at) => data.nodes[at].kind !== "start")
    .sort((a, b) => data.nodes[b].probability - data.nodes[a].probability || a - b);
  let room = 100;

  function list(anew) {
    if (anew) room = 100;
    const words = $("find").value.toLowerCase();
    const found = order.filter((at) => matches(at) && (!words || data.nodes[at].label.toLowerCase().includes(words)));
    $("rows").replaceChildren(...found.slice(0, room).map((at) => {
      const node = data.nodes[at];
      const name = el("th", { scope: "row", "data-show": at }, node.label);
      link(name);
      return el("tr", {}, name, el("td", { class: "estimate" }, node.chance), el("td", {}, node.bounds), el("td", {}, node.turn));
    }));
    $("more").hidden = found.length <= room;
    $("more").textContent = `Show more (${Math.min(found.length, room)} of ${found.length} are shown)`;
  }
  if ($("rows")) {
    $("find-line").hidden = false;
    $("find").addEventListener("input", () => list(true));
    $("more").addEventListener("click", () => { room += 500; list(false); });
    $("all").addEventListener("toggle", () => list(false), { once: true });
  }

  // ---- storylines ------------------------------------------------------------------------------
  const player = $("player");
  if (player) {
    let line = 0, step = -1;
    const select = el("select", { onchange: () => begin(Number(select.value)) },
      ...data.storylines.map((one, at) => el("option", { value: at }, `${one.outcome}: ${one.chance}`)));
    const back = el("button", { type: "button", onclick: () => go(step - 1) }, "Back");
    const forth = el("button", { type: "button", onclick: () => go(step + 1) }, "Next step");
    const end = el("button", { type: "button", onclick: () => go(-1) }, "Stop");
    const told = el("div", { class: "told", role: "status" });
    const track = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    track.setAttribute("class", "track");
    track.setAttribute("aria-hidden", "true");
    player.append(el("div", { class: "row" }, el("label", {}, "Storyline", select), back, forth, end), track, told);
    player.hidden = false;

    function begin(at) {
      line = at;
      select.value = at;
      go(-1);
    }
    function go(to) {
      const steps = data.storylines[line].steps;
      step = Math.min(steps.length - 1, Math.max(-1, to));
      const past = new Set(steps.slice(0, Math.max(0, step)).flatMap((one) => one.nodes));
      const now = new Set(step >= 0 ? steps[step].nodes : []);
      past.add(number.get("start"));
      canvas.classList.toggle("following", step >= 0);
      for (const [at, g] of drawn) {
        g.classList.toggle("now", now.has(at));
        g.classList.toggle("past", step >= 0 && past.has(at) && !now.has(at));
      }
      for (const one of lines) {
        one.g.classList.toggle("now", past.has(one.from) && now.has(one.to));
        one.g.classList.toggle("past", step >= 0 && past.has(one.from) && past.has(one.to));
      }
      back.disabled = step < 0;
      end.disabled = step < 0;
      forth.disabled = step >= steps.length - 1;
      forth.textContent = step < 0 ? "Follow" : "Next step";
      tell(steps);
      draw(steps);
      const first = [...now].find((at) => drawn.has(at));
      if (first !== undefined) scrollTo(drawn.get(first));
    }
    function tell(steps) {
      if (step < 0) {
        told.textContent = `${steps.length} ${steps.length === 1 ? "step" : "steps"}`;
        return;
      }
      const { turn, date, nodes } = steps[step];
      const when = `Turn ${turn}${date ? ", " + date : ""}`;
      told.textContent = `${when} (step ${step + 1} of ${steps.length})`;
      panel.replaceChildren(
        el("h3", {}, when),
        el("ul", {}, ...nodes.map((at) => el("li", { class: data.nodes[at].kind }, goto(at), ` (${data.nodes[at].chance} in all)`))),
      );
    }
    // The steps on a line of time, as far apart as their turns.
    function draw(steps) {
      const ns = "http://www.w3.org/2000/svg", width = Math.max(track.clientWidth, 200);
      const last = Math.max(1, ...steps.map((one) => one.turn));
      const x = (turn) => 14 + (turn / last) * (width - 28);
      const put = (name, attributes, text) => {
        const element = document.createElementNS(ns, name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        if (text) element.textContent = text;
        track.append(element);
        return element;
      };
      track.replaceChildren();
      track.setAttribute("viewBox", `0 0 ${width} 54`);
      put("line", { x1: 14, x2: width - 14, y1: 16, y2: 16 });
      let free = -Infinity;
      steps.forEach((one, at) => {
        const state = at === step ? " now" : at < step ? " done" : "";
        const dot = put("circle", { class: "dot" + state, cx: x(one.turn), cy: 16, r: at === step ? 8 : 6 });
        dot.addEventListener("click", () => go(at));
        const label = one.date || `turn ${one.turn}`, wide = label.length * 7.2;
        const left = Math.min(Math.max(0, x(one.turn) - wide / 2), width - wide);
        if (left > free) {
          put("text", { x: left, y: 44 }, label);
          free = left + wide + 8;
        }
      });
    }
    for (const button of document.querySelectorAll("[data-storyline]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        begin(Number(button.dataset.storyline));
        go(0);
        player.scrollIntoView({ block: "start" });
        forth.focus({ preventScroll: true });
      });
    }
    window.addEventListener("resize", () => draw(data.storylines[line].steps));
    begin(data.storylines.reduce((best, one, at, all) => (one.probability > all[best].probability ? at : best), 0));
  }

  window.addEventListener("beforeprint", () => document.querySelectorAll("details:not(.more)").forEach((one) => { one.open = true; }));
})();
