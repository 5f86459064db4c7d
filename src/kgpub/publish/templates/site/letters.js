// The list of letters, narrowed: what is chosen stands in the address after #/?, so that it can be kept and sent.
// The letters and what each has of every facet are read from the page itself; without scripts the list is whole.
"use strict";
(() => {
  const browse = document.getElementById("browse");
  const form = document.getElementById("facets");
  if (!browse || !form) return;
  const find = (id) => document.getElementById(id);
  const words = find("facet-q");
  const fold = (text) => text.normalize("NFD").replace(/[\p{M}\u02b9\u02bb\u02bc\u2018\u2019'`]/gu, "").toLowerCase();

  const rows = [...browse.querySelectorAll("li[data-f]")].map((item) => {
    const has = new Map();
    for (const pair of item.dataset.f.split(" ")) {
      const cut = pair.indexOf("=");
      const name = pair.slice(0, cut);
      if (!has.has(name)) has.set(name, new Set());
      has.get(name).add(pair.slice(cut + 1));
    }
    return { item, has, text: fold(item.textContent), link: item.querySelector("a") };
  });
  const boxes = [...form.querySelectorAll("input[type=checkbox]")].map((box) => {
    const item = box.closest("li");
    return { box, item, name: box.name, value: box.value, label: item.querySelector(".what-for").textContent, count: item.querySelector(".count") };
  });
  const facets = [...form.querySelectorAll("[data-facet]")].map((one) => ({ name: one.dataset.facet, words: one.querySelector("summary").textContent.trim(), details: one }));
  const labels = new Map(boxes.map((one) => [`${one.name}=${one.value}`, one.label]));

  let chosen = new Map();
  let sought = "";

  const read = () => {
    chosen = new Map();
    sought = "";
    const hash = location.hash;
    if (!hash.startsWith("#/?")) return;
    for (const pair of hash.slice(3).split("&")) {
      const cut = pair.indexOf("=");
      if (cut < 1) continue;
      const name = pair.slice(0, cut);
      const value = pair.slice(cut + 1);
      if (name === "q") {
        try { sought = decodeURIComponent(value.replace(/\+/g, " ")); } catch { sought = value; }
      } else if (facets.some((one) => one.name === name)) {
        if (!chosen.has(name)) chosen.set(name, new Set());
        chosen.get(name).add(value);
      }
    }
  };
  const address = () => {
    const pairs = [];
    for (const { name } of facets) for (const value of [...(chosen.get(name) || [])].sort()) pairs.push(`${name}=${value}`);
    if (sought.trim()) pairs.push(`q=${encodeURIComponent(sought.trim())}`);
    return pairs.length ? `#/?${pairs.join("&")}` : "";
  };
  const meets = (row, parts, but) => {
    for (const [name, values] of chosen) {
      if (name === but) continue;
      const own = row.has.get(name);
      if (!own || ![...values].some((value) => own.has(value))) return false;
    }
    return parts.every((part) => row.text.includes(part));
  };
  const letters = (number) => (number === 1 ? "1 letter" : `${number} letters`);

  const chip = (text, away) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.setAttribute("aria-label", `${text}: take away`);
    button.addEventListener("click", () => { away(); change(); });
    item.append(button);
    return item;
  };
  const show = () => {
    const parts = fold(sought).split(/\s+/).filter(Boolean);
    let number = 0;
    for (const row of rows) {
      row.shown = meets(row, parts, "");
      row.item.hidden = !row.shown;
      number += row.shown;
    }
    for (const part of browse.querySelectorAll(".month, .year")) part.hidden = !part.querySelector("li[data-f]:not([hidden])");
    // The number beside a value is how many letters there would be with it, the other facets as they are.
    const left = new Map(facets.map(({ name }) => [name, rows.filter((row) => meets(row, parts, name))]));
    for (const one of boxes) {
      const count = left.get(one.name).filter((row) => row.has.get(one.name)?.has(one.value)).length;
      one.box.checked = chosen.get(one.name)?.has(one.value) || false;
      one.count.textContent = count;
      one.item.classList.toggle("empty", count === 0);
      one.item.hidden = count === 0 && !one.box.checked;
    }
    for (const one of facets) {
      one.details.hidden = !one.details.querySelector("li:not([hidden])");
      if (chosen.has(one.name)) one.details.open = true;
    }
    const chips = [];
    for (const { name, words: facet } of facets) {
      for (const value of chosen.get(name) || []) {
        chips.push(chip(`${facet}: ${labels.get(`${name}=${value}`) || value}`, () => {
          chosen.get(name).delete(value);
          if (!chosen.get(name).size) chosen.delete(name);
        }));
      }
    }
    if (sought.trim()) chips.push(chip(`“${sought.trim()}”`, () => { sought = ""; }));
    find("chips").replaceChildren(...chips);
    find("shown").textContent = chips.length ? `${letters(number)} of ${rows.length}` : letters(number);
    find("none").hidden = number > 0;
    find("all").hidden = !chips.length;
    find("csv").disabled = !number;
    browse.querySelector(".years").hidden = chips.length > 0;
    if (document.activeElement !== words) words.value = sought;
  };
  const change = () => {
    history.replaceState(null, "", address() || location.pathname + location.search);
    show();
  };

  const COLUMNS = [["sender", "Sender"], ["recipient", "Recipient"], ["signed", "Signed as"], ["via", "Passed on by"], ["from", "Sent from"], ["to", "Sent to"], ["topic", "About"], ["form", "Form"], ["secrecy", "Secrecy"], ["urgency", "Urgency"], ["archive", "Archive"], ["edition", "Printed in"]];
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const iri = (link) => browse.dataset.base + link.getAttribute("href").replace(/\.html$/, "");
  const table = () => {
    const lines = [["Number", "Date", "Title", ...COLUMNS.map(([, name]) => name), "Telegram numbers", "Permanent address"]];
    for (const row of rows.filter((one) => one.shown)) {
      const values = COLUMNS.map(([name]) => [...(row.has.get(name) || [])].map((value) => labels.get(`${name}=${value}`) || value).join("; "));
      const numbers = row.item.querySelector(".numbers");
      lines.push([row.item.dataset.id, row.item.dataset.date, row.link ? row.link.textContent : "", ...values, numbers ? numbers.textContent.replace(/^no\. /, "") : "", row.link ? iri(row.link) : ""]);
    }
    return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
  };
  find("csv").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([table()], { type: "text/csv;charset=utf-8" }));
    link.download = browse.dataset.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  find("permalink").addEventListener("click", async (event) => {
    const button = event.currentTarget;
    const before = button.textContent;
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = "Copied";
    } catch {
      button.textContent = "It stands in the address bar";
    }
    setTimeout(() => { button.textContent = before; }, 2000);
  });
  find("all").addEventListener("click", () => { chosen = new Map(); sought = ""; words.value = ""; change(); find("permalink").focus(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    const { name, value, checked, type } = event.target;
    if (type !== "checkbox") return;
    if (!chosen.has(name)) chosen.set(name, new Set());
    chosen.get(name)[checked ? "add" : "delete"](value);
    if (!chosen.get(name).size) chosen.delete(name);
    change();
  });
  words.addEventListener("input", () => { sought = words.value; change(); });
  addEventListener("hashchange", () => {
    // A link to a month or a year shows the whole list again, for it may lead to what is hidden.
    const whole = !location.hash.startsWith("#/?");
    read();
    show();
    if (whole && location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  });

  browse.classList.add("live");
  find("narrow").hidden = false;
  find("narrowed").hidden = false;
  if (!matchMedia("(min-width: 60rem)").matches) find("narrow-by").open = false;
  read();
  show();
})();
