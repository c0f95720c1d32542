/* Tables that sort, a table that filters, links that copy. Without this script every row is on the
   page. It asks nobody for anything; what people wrote is only compared and shown as text. */
(() => {
  "use strict";

  const make = (tag, { role, label, ...properties } = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    if (role) node.setAttribute("role", role);
    if (label) node.setAttribute("aria-label", label);
    node.append(...children);
    return node;
  };
  const live = make("p", { className: "okr-live", role: "status" });
  const say = (text) => {
    live.textContent = "";
    setTimeout(() => { live.textContent = text; }, 50); // so that the same words are said again
  };

  /* ---- Reading a table: words without case and accents, a line of a cell for each <br> ---- */

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const slug = (text) => plain(text).replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  const isEmpty = (text) => text === "" || text === "–";
  const stem = (link) => link.pathname.split("/").filter(Boolean).pop().replace(/\.\w+$/, "");
  const words = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

  /* Each line's text, and its key in addresses: the page that it links to, or else its words. */
  const linesOf = (cell) => {
    const badge = cell.querySelector(".okr-status");
    const found = [{ text: "", key: "" }];
    for (const node of badge ? [badge.lastChild] : cell.childNodes) {
      const line = found[found.length - 1];
      if (node.nodeName === "BR") found.push({ text: "", key: "" });
      else line.text += node.textContent;
      if (node.nodeName === "A") line.key = stem(node);
    }
    return found.map(({ text, key }) => {
      const shown = isEmpty(text.trim()) ? "" : text.trim();
      return { text: shown, key: key || slug(shown) || plain(shown) };
    });
  };

  /* ---- Sorting: numbers by value, statuses by severity, what is empty last ---- */

  const TONES = ["bad", "warn", "idle", "none", "good"];
  const NUMBER = /^[-−+]?\d[\d,]*(\.\d+)?( ?%)?$/;
  const SHARE = /^(\d+) of (\d+)/;
  const DATE = /\d{4}-\d\d-\d\d/;
  const toneOf = (badge) => TONES.findIndex((tone) => badge.classList.contains(`okr-${tone}`));

  const valueOf = (cell) => {
    const [{ text }] = linesOf(cell);
    const badge = cell.querySelector(".okr-status");
    if (badge) return toneOf(badge) + text;
    const [, part, whole] = SHARE.exec(text) || [];
    if (part) return whole > 0 ? part / whole : ""; // of nothing there is no share
    return NUMBER.test(text) ? parseFloat(text.replace("−", "-").replaceAll(",", "")) : text;
  };
  const compare = (a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : words.compare(a, b);

  /* Makes buttons of a table's heads. An order is a column's name, with "-" from high to low. The
     table's box may name columns: those that have no order (data-fixed), those that go by the day in
     each cell (data-dated), and the one whose newest stands first as written (data-newest). */
  const sortable = (box, choose) => {
    const { tHead, tBodies: [body] } = box.querySelector("table");
    const rows = [...body.rows];
    const columns = [...tHead.rows[0].cells].map((head, at) =>
      ({ head, at, title: head.textContent.trim(), name: slug(head.textContent) }));
    const { fixed = "", dated = "", newest } = box.dataset;
    const orders = columns.filter(({ name }) => name && !fixed.split(" ").includes(name));
    const valueIn = (row, index, { name, at }) => {
      if (name === newest) return -index;
      const [day] = dated.split(" ").includes(name) && DATE.exec(row.cells[at].textContent) || [];
      return day || valueOf(row.cells[at]);
    };
    let current = "";
    const sort = (order, aloud) => {
      if (order === current) return;
      const column = orders.find(({ name }) => name === order.replace(/^-/, ""));
      const way = order.startsWith("-") ? "descending" : "ascending";
      const turn = order.startsWith("-") ? -1 : 1;
      current = column ? order : "";
      for (const { head } of orders) head.removeAttribute("aria-sort");
      if (column) column.head.setAttribute("aria-sort", way);
      const valued = rows.map((row, index) =>
        ({ row, value: column ? valueIn(row, index, column) : 0 }));
      valued.sort((a, b) =>
        isEmpty(a.value) - isEmpty(b.value) || turn * compare(a.value, b.value));
      body.append(...valued.map(({ row }) => row));
      if (aloud) say(column ? `Sorted by ${column.title}, ${way}` : "Sorted as written");
    };
    for (const { head, name } of orders) {
      const button = make("button", { type: "button", className: "okr-sort" }, ...head.childNodes);
      const turns = ["", name, `-${name}`];
      button.onclick = () => {
        (choose || sort)(turns[(Math.max(turns.indexOf(current), 0) + 1) % 3], true);
      };
      head.append(button);
    }
    return { rows, columns, orders, sort };
  };

  /* ---- Filtering: the form's own data is the state, and the address holds it ---- */

  /* Who the reader is: kept in this browser, or for this visit where it keeps nothing. */
  let me = "";
  try { me = localStorage.getItem("okr-me") || ""; } catch {}
  const remember = (who) => {
    me = who;
    try { localStorage.setItem("okr-me", who); } catch {}
  };

  const selectOf = (name, label, first, options) => make("select", { name, label },
    ...[["", first], ...options].map(([value, text]) => make("option", { value }, text)));

  const filterable = (box) => {
    const FIRST = 100; // rows of a long table that show until more are asked for
    const LONG = 150;
    const names = box.dataset.filter.split(" ");
    let most = FIRST;
    const { rows, columns, orders, sort } = sortable(box, (order) => {
      form.elements.sort.value = order;
      apply(true);
    });
    const filters = names.map((name) => columns.find((column) => column.name === name));
    const known = rows.map((row) => ({
      row,
      text: plain([...row.cells].map((cell) => cell.textContent).join(" ")),
      lines: Object.fromEntries(filters.map(({ name, at }) => [name, linesOf(row.cells[at])])),
    }));
    const optionsOf = (name) => {
      const all = known.flatMap(({ lines }) => lines[name]).filter(({ key }) => key);
      return [...new Map(all.map(({ key, text }) => [key, text]))]
        .sort((a, b) => words.compare(a[1], b[1]));
    };

    const counted = []; // what shows how many rows a choice would leave: [column, key, show]
    const list = ({ name, title }) => {
      const options = optionsOf(name);
      const select = selectOf(name, title, `Any ${title.toLowerCase()}`, options);
      select.hidden = options.length < 2;
      options.forEach(([key, text], at) => counted.push([name, key, (n) => {
        select.options[at + 1].textContent = `${text} (${n})`;
      }]));
      return select;
    };
    const chips = ({ name, title, at }) => {
      const tones = new Map(rows.map(({ cells }) =>
        [linesOf(cells[at])[0].key, toneOf(cells[at].querySelector(".okr-status"))]));
      const options = optionsOf(name).sort((a, b) => tones.get(a[0]) - tones.get(b[0]));
      return make("fieldset", {}, make("legend", {}, title), ...options.map(([value, text]) => {
        const count = make("span");
        counted.push([name, value, (n) => { count.textContent = n; }]);
        return make("label", { className: `okr-chip okr-${TONES[tones.get(value)]}` },
          make("input", { type: "checkbox", name, value }), text, " ", count);
      }));
    };

    const find = "Find in the table";
    const field = make("input", { type: "search", name: "find", placeholder: find, label: find });
    const mine = make("button", { type: "button", className: "okr-mine" }, "Mine");
    const who = selectOf("", "Your name", "I am …", optionsOf("owner"));
    const order = selectOf("sort", "Sort by", "Sorted as written", orders.flatMap(
      ({ name, title }) =>
        [[name, `By ${title}, ascending`], [`-${name}`, `By ${title}, descending`]]));
    const summary = make("summary");
    const fold = make("details", { className: "okr-explain" }, summary);
    const controls = make("div", {},
      ...filters.filter(({ name }) => name !== "status").map(list), order,
      ...filters.filter(({ name }) => name === "status").map(chips));
    const count = make("output");
    const reset = make("button", { type: "reset" }, "Reset");
    const share = copyButton("Copy link to this view", () => location.href, "Copy link");
    const form = make("form",
      { className: "okr-filter", role: "search", label: "Key results", autocomplete: "off" },
      field, mine, who, fold, controls, count, reset, share);
    const nothing = make("p", { className: "okr-nothing" }, "No key result fits.");
    const more = make("button", { type: "button", className: "okr-rest md-button" });
    order.className = "okr-order";

    /* Shows what fits. `aloud`: a change of order is said; undefined: the address stays. */
    const apply = (aloud) => {
      const data = new FormData(form);
      const terms = plain(data.get("find")).split(/\s+/);
      const wanted = names.map((name) => [name, data.getAll(name).filter(Boolean)])
        .filter(([, keys]) => keys.length);
      const tally = {};
      let shown = 0;
      for (const { row, text, lines } of known) {
        const found = terms.every((term) => text.includes(term));
        const missed = wanted.filter(([name, keys]) =>
          !lines[name].some(({ key }) => keys.includes(key))).map(([name]) => name);
        row.hidden = !found || missed.length > 0;
        shown += !row.hidden;
        // A row that only one choice keeps out counts for the other choices in that place.
        for (const name of !found || missed.length > 1 ? [] : missed.length ? missed : names) {
          for (const { key } of lines[name]) {
            tally[`${name} ${key}`] = (tally[`${name} ${key}`] || 0) + 1;
          }
        }
      }
      for (const [name, key, show] of counted) show(tally[`${name} ${key}`] || 0);
      const some = shown < rows.length ? `${shown} of ${rows.length}` : shown;
      count.textContent = `${some} key results`;
      nothing.hidden = shown > 0;
      summary.textContent = `Filter and sort${wanted.length ? ` (${wanted.length} in use)` : ""}`;
      const owner = data.get("owner");
      mine.setAttribute("aria-pressed", Boolean(owner) && owner === me);
      const given = [...data].filter(([, value]) => value);
      reset.disabled = !given.length;
      sort(data.get("sort"), aloud);
      later(shown);
      if (aloud !== undefined) keep(given);
    };
    /* Of many rows that fit the first ones: a browser needs seconds to lay out a thousand. */
    const later = (shown) => {
      const limit = shown > LONG ? most : Infinity;
      let n = 0;
      for (const row of box.querySelector("tbody").rows) {
        row.classList.toggle("okr-later", !row.hidden && (n += 1) > limit);
      }
      more.hidden = shown <= limit;
      more.textContent = `Show all ${shown}`;
    };
    const keep = (given) => {
      const parameters = new URLSearchParams(location.search);
      for (const name of ["find", "sort", "mine", ...names]) parameters.delete(name);
      for (const [name, value] of given) parameters.append(name, value);
      const query = String(parameters) && `?${parameters}`;
      // A page read from a disk may not be allowed to change its address.
      try { history.replaceState(null, "", location.pathname + query + location.hash); } catch {}
    };
    const restore = () => {
      const parameters = new URLSearchParams(location.search);
      field.value = parameters.get("find") || "";
      for (const name of ["sort", ...names]) {
        const keys = parameters.getAll(name).map(plain);
        const choices = `[name="${name}"] option, input[name="${name}"]`;
        for (const each of form.querySelectorAll(choices)) {
          if (each.value && keys.includes(plain(each.value))) each.selected = each.checked = true;
        }
      }
      if (parameters.has("mine")) showMine();
    };
    const showMine = () => {
      who.hidden = false;
      who.value = me; // nothing is chosen where the name isn't in the table
      if (!who.value) who.value = "";
      form.elements.owner.value = who.value;
      if (!who.value) who.focus();
    };

    mine.onclick = () => {
      who.hidden = mine.getAttribute("aria-pressed") === "true";
      if (who.hidden) form.elements.owner.value = "";
      else showMine();
      apply(false);
    };
    who.onchange = () => {
      remember(who.value);
      form.elements.owner.value = who.value;
      apply(false);
    };
    more.onclick = () => {
      const next = box.querySelector(".okr-later a");
      most = Infinity;
      apply();
      next.focus({ preventScroll: true });
    };
    form.oninput = ({ target }) => { if (target !== who) apply(target === order); };
    form.onsubmit = (event) => event.preventDefault();
    form.onreset = () => setTimeout(() => { who.hidden = true; apply(false); field.focus(); });
    who.hidden = true;
    const phone = matchMedia("(max-width: 44.99em)");
    const place = () => { if (phone.matches) fold.append(controls); else fold.after(controls); };
    phone.onchange = place;
    place();
    box.before(form);
    box.after(nothing, more);
    restore();
    apply();
    box.classList.add("okr-ready");
  };

  /* ---- Copy link: beside the heading of an objective and the number of a key result ---- */

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // it isn't there over plain http, nor in every browser
      const field = make("textarea", { value: text, className: "okr-live" });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };
  const copyButton = (label, address, text = "") => {
    const button = make("button",
      { type: "button", className: "okr-copy", title: label, label }, text);
    button.onclick = async () => {
      await copy(address());
      button.focus();
      button.classList.add("okr-copied");
      setTimeout(() => button.classList.remove("okr-copied"), 2000);
      say("Copied");
    };
    return button;
  };
  const copyLinks = () => {
    const at = ({ id }) => () => `${location.href.split(/[?#]/)[0]}#${encodeURIComponent(id)}`;
    for (const heading of document.querySelectorAll(".md-typeset :is(h2, h3)[id]")) {
      if (!heading.nextElementSibling?.matches(".okr-facts")) continue;
      heading.append(copyButton(`Copy link to ${heading.firstChild.textContent}`, at(heading)));
    }
    for (const anchor of document.querySelectorAll(".okr-table td > a[id]")) {
      const title = anchor.parentNode.nextElementSibling;
      const what = title ? `${anchor.textContent}: ${linesOf(title)[0].text}` : anchor.textContent;
      anchor.after(copyButton(`Copy link to ${what}`, at(anchor)));
    }
  };

  /* ---- A table in parts: the others are read, and join this one ---- */

  const joined = async (box) => {
    const parts = document.querySelector(".okr-parts");
    if (location.protocol === "file:") return filterable(box); // a page may not read others there
    const read = async ({ href }) => {
      const answer = await fetch(href);
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return [...page.querySelectorAll(".okr-explore tbody tr")];
    };
    try {
      const rows = (await Promise.all([...parts.querySelectorAll("a")].map(read))).flat();
      for (const row of rows) row.classList.add("okr-later");
      box.querySelector("tbody").append(...rows);
      parts.hidden = true;
    } catch {} // this part works by itself, and links lead to the others
    return filterable(box);
  };

  document.body.append(live);
  for (const box of document.querySelectorAll(".okr-sortable")) {
    if ("parted" in box.dataset) joined(box);
    else if (box.dataset.filter && box.querySelector("tbody")) filterable(box);
    else if (box.querySelector("tbody tr:nth-child(3)")) sortable(box); // two need no order
  }
  copyLinks();
})();
