/* The line of sight in the drawings of cascades and dependencies: pointing at a box, or coming
   to it by keyboard, lights what stands above and below it. The eye in its corner keeps that,
   and puts it into the address (?focus=team/objective). Without this script all stands lit. */
(() => {
  "use strict";
  const NAME = "focus";
  const pictures = [...document.querySelectorAll(".okr-cascade")].map(read);
  if (!pictures.length) return;

  /* A drawing: its boxes by number, its lines, and the neighbours of each box. */
  function read(root) {
    const items = [...root.querySelectorAll(".okr-item")];
    const lines = [...root.querySelectorAll("[data-from]")];
    const up = items.map(() => []);
    const down = items.map(() => []);
    for (const { dataset } of lines) {
      for (const end of dataset.to.split(" ")) {
        down[dataset.from].push(+end);
        up[end].push(+dataset.from);
      }
    }
    return { root, items, lines, up, down, kept: -1 };
  }

  /* team/objective, as the link of a box says it; of another cycle cycle:team/objective. */
  function nameOf(item) {
    const link = item.querySelector("a");
    const found = link && /(?:\.\.\/([^/]+)\/)?([^/]+)\.html#(.+)$/.exec(link.getAttribute("href"));
    return found ? `${found[1] ? `${found[1]}:` : ""}${found[2]}/${found[3]}` : "";
  }

  function reached(start, next) {
    const found = new Set([start]);
    for (const n of found) next[n].forEach((each) => found.add(each));
    return found;
  }

  function light(picture, n) {
    const { root, items, lines, up, down } = picture;
    root.classList.toggle("okr-dim", n >= 0);
    const above = n < 0 ? new Set() : reached(n, up);
    const below = n < 0 ? new Set() : reached(n, down);
    items.forEach((item, i) => item.classList.toggle("okr-lit", above.has(i) || below.has(i)));
    for (const line of lines) {
      const from = +line.dataset.from;
      const ends = line.dataset.to.split(" ").map(Number);
      const lit = (above.has(from) && ends.some((end) => above.has(end)))
        || (below.has(from) && ends.some((end) => below.has(end)));
      line.classList.toggle("okr-lit", lit);
    }
    return new Set([...above, ...below]).size;
  }

  /* Keep the line of sight of an objective in each drawing that holds it; "" lets all go. */
  function keep(name) {
    let first = null;
    for (const picture of pictures) {
      picture.kept = name ? picture.items.findIndex((item) => nameOf(item) === name) : -1;
      const count = light(picture, picture.kept);
      picture.items.forEach((item, i) => {
        item.classList.toggle("okr-chosen", i === picture.kept);
        item.querySelector(".okr-eye")?.setAttribute("aria-pressed", String(i === picture.kept));
      });
      if (picture.kept < 0 || first) continue;
      first = picture;
      said.textContent = `Line of sight of ${titleOf(picture.items[picture.kept])}`
        + ` – ${count} of ${picture.items.length} boxes`;
    }
    bar.hidden = !first;
    if (!first) said.textContent = "";
    const address = new URL(location.href);
    if (first) address.searchParams.set(NAME, name);
    else address.searchParams.delete(NAME);
    address.search = address.search.replace(/%2F/gi, "/").replace(/%3A/gi, ":");
    if (address.href !== location.href) history.replaceState(history.state, "", address);
    return first;
  }

  const titleOf = (item) => item.querySelector("title").textContent.replace(/ \([^()]*\)$/, "");

  function eye(item) {
    const svg = (tag, attributes, ...children) => {
      const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
      Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
      node.append(...children);
      return node;
    };
    const box = item.querySelector(".okr-box");
    const x = box.getAttribute("width") - 15;
    const y = box.getAttribute("height") - 15;
    const label = `Keep the line of sight of ${titleOf(item)}`;
    item.append(svg("g", {
      class: "okr-eye", role: "button", tabindex: "0", "aria-pressed": "false",
      "aria-label": label, transform: `translate(${x} ${y})`,
    }, svg("rect", { x: -14, y: -14, width: 28, height: 28, rx: 14 }),
    svg("path", { d: "M-7 0C-3.5-5 3.5-5 7 0C3.5 5-3.5 5-7 0zM0-1.6a1.6 1.6 0 1 0 .01 0z" })));
  }

  /* What is kept, in words, and the way out of it. */
  const bar = document.createElement("div");
  const said = document.createElement("p");
  const all = document.createElement("button");
  Object.assign(bar, { className: "okr-sight", hidden: true });
  said.setAttribute("role", "status");
  Object.assign(all, { type: "button", textContent: "Show all" });
  all.addEventListener("click", () => {
    const chosen = document.querySelector(".okr-chosen a");
    keep("");
    chosen?.focus({ preventScroll: true });
  });
  bar.append(said, all);
  pictures[0].root.parentElement.closest("article, body").append(bar);

  for (const picture of pictures) {
    const { root } = picture;
    const itemOf = (event) => event.target.closest?.(".okr-item");
    const choose = (event) => {
      if (!event.target.closest?.(".okr-eye")) return;
      event.preventDefault();
      const name = nameOf(itemOf(event));
      keep(picture.items.indexOf(itemOf(event)) === picture.kept ? "" : name);
    };
    picture.items.filter(nameOf).forEach(eye);
    for (const kind of ["pointerover", "focusin"]) {
      root.addEventListener(kind, (event) => {
        if (picture.kept < 0) light(picture, picture.items.indexOf(itemOf(event)));
      });
    }
    for (const kind of ["pointerleave", "focusout"]) {
      root.addEventListener(kind, () => light(picture, picture.kept));
    }
    root.addEventListener("click", choose);
    root.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") choose(event);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && pictures.some(({ kept }) => kept >= 0)) keep("");
  });

  const wanted = new URLSearchParams(location.search).get(NAME);
  const found = wanted && keep(wanted);
  if (found) {
    for (let node = found.root; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    found.root.scrollIntoView({ block: "center" });
  }
})();
