// Search as you type: below the box of every page, and on the page of the search. The index is a script of its own, so that it
// loads where files may not be fetched, and is loaded when the first box is used.
"use strict";
(() => {
  if (window.kgpubSearch) return;
  window.kgpubSearch = true;
  const root = document.documentElement.dataset.root || "";
  const DROPPED = /[\p{M}\u02b9-\u02bf\u2018\u2019'`]/gu;
  const bare = (text) => text.normalize("NFKD").replace(DROPPED, "").toLowerCase().replace(/ł/g, "l").replace(/ø/g, "o").replace(/đ/g, "d");
  const parts = (text) => bare(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  let known = null;
  let kinds = [];
  const waiting = [];
  const prepare = () => {
    const { kinds: names, entries } = window.kgpubIndex;
    kinds = names;
    known = entries.map(([kind, path, label, others, about, weight], number) => ({
      number, kind, path, label, about, weight,
      names: [label, ...others].map((text) => ({ text, words: parts(text), bare: parts(text).join(" ") })),
      said: ` ${parts(about).join(" ")}`,
    }));
    waiting.splice(0).forEach((call) => call());
  };
  const whenReady = (call) => {
    if (known) { call(); return; }
    waiting.push(call);
    if (document.getElementById("search-index")) return;
    const script = make("script");
    script.id = "search-index";
    script.charset = "utf-8";
    script.src = `${root}assets/search-index.js`;
    script.addEventListener("load", prepare);
    document.head.append(script);
  };

  // Every word of the question must be found: a whole word is worth most, then the beginning of one, then a part.
  const scored = (entry, words, whole) => {
    let sum = 0;
    let best = 0;
    let from = -1;
    for (const word of words) {
      let high = 0;
      entry.names.forEach((name, number) => {
        let worth = 0;
        if (name.words.includes(word)) worth = 12;
        else if (name.words.some((own) => own.startsWith(word))) worth = 9;
        else if (word.length > 1 && name.bare.includes(word)) worth = 4;
        if (worth && number === 0) worth += 2;
        if (worth > high) {
          high = worth;
          if (worth > best) { best = worth; from = number; }
        }
      });
      if (!high && word.length > 1 && entry.said.includes(` ${word}`)) high = 2;
      if (!high) return null;
      sum += high;
    }
    const name = entry.names.findIndex((one) => one.bare === whole);
    if (name >= 0) { sum += 30; from = name; }
    else if (entry.names[0].bare.startsWith(whole)) sum += 6;
    return { entry, from, score: sum / words.length + Math.log2(1 + entry.weight) };
  };
  const search = (text) => {
    const words = parts(text);
    if (!words.length) return [];
    const whole = words.join(" ");
    const found = known.map((entry) => scored(entry, words, whole)).filter(Boolean);
    found.sort((a, b) => b.score - a.score || a.entry.number - b.entry.number);
    const groups = new Map();
    for (const one of found) {
      if (!groups.has(one.entry.kind)) groups.set(one.entry.kind, []);
      groups.get(one.entry.kind).push(one);
    }
    return [...groups].map(([kind, hits]) => ({ name: kinds[kind], hits }));
  };

  // The words of the question in a text, marked where they stand in the text as it is written.
  const marked = (text, words) => {
    const out = document.createDocumentFragment();
    const chars = [...text];
    let folded = "";
    const at = [];
    chars.forEach((char, number) => { for (const own of bare(char)) { folded += own; at.push(number); } });
    const on = new Set();
    for (const word of words) {
      let place = folded.indexOf(word);
      let first = -1;
      for (; place >= 0; place = folded.indexOf(word, place + 1)) {
        if (first < 0) first = place;
        if (place === 0 || !/[\p{L}\p{N}]/u.test(folded[place - 1])) { first = place; break; }
      }
      if (first >= 0) for (let i = first; i < first + word.length; i += 1) on.add(at[i]);
    }
    for (let i = 0; i < chars.length;) {
      let end = i;
      while (end < chars.length && on.has(end) === on.has(i)) end += 1;
      const piece = chars.slice(i, end).join("");
      out.append(on.has(i) ? make("mark", "", piece) : piece);
      i = end;
    }
    return out;
  };
  const excerpt = (text, words) => {
    const places = words.map((word) => bare(text).indexOf(word)).filter((place) => place >= 0);
    const start = Math.max(0, Math.min(...places, text.length) - 50);
    const from = start ? text.indexOf(" ", start) + 1 : 0;
    return `${from ? "… " : ""}${text.slice(from, from + 150).trim()}${from + 150 < text.length ? " …" : ""}`;
  };
  const fill = (target, { entry, from }, words) => {
    target.append(marked(entry.label, words));
    const missing = words.filter((word) => !entry.names[0].bare.includes(word));
    let text = "";
    if (from > 0 && missing.length) text = entry.names[from].text;
    else if (missing.length) text = excerpt(entry.about, missing);
    else if (entry.kind > 0) text = entry.about.length > 120 ? excerpt(entry.about, words) : entry.about;
    if (text) {
      const line = make("span", "found");
      line.append(marked(text, words));
      target.append(line);
    }
  };
  const hrefOf = (entry) => {
    const [path, anchor] = entry.path.split("#");
    return `${root}${path}${path.endsWith(".html") ? "" : ".html"}${anchor ? `#${anchor}` : ""}`;
  };

  // Below a box: options of a listbox, chosen with the arrows, Enter opens, Escape closes.
  const attach = (input) => {
    const list = make("div", "suggestions");
    list.id = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Found");
    input.closest("form").append(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    const status = make("span", "unseen");
    status.setAttribute("role", "status");
    input.closest("form").append(status);
    let options = [];
    let active = -1;
    const close = () => {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (number) => {
      if (options[active]) options[active].setAttribute("aria-selected", "false");
      active = number;
      if (!options[active]) { input.removeAttribute("aria-activedescendant"); return; }
      options[active].setAttribute("aria-selected", "true");
      options[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[active].id);
    };
    const option = (href, className) => {
      const element = make("a", className);
      element.href = href;
      element.tabIndex = -1;
      element.id = `option-${options.length}`;
      element.setAttribute("role", "option");
      element.setAttribute("aria-selected", "false");
      options.push(element);
      return element;
    };
    const show = () => {
      const words = parts(input.value);
      list.replaceChildren();
      options = [];
      active = -1;
      input.removeAttribute("aria-activedescendant");
      if (!words.length) { close(); status.textContent = ""; return; }
      const groups = search(input.value);
      const total = groups.reduce((sum, group) => sum + group.hits.length, 0);
      groups.slice(0, 5).forEach((group, number) => {
        const box = make("div");
        box.setAttribute("role", "group");
        const head = make("p", "kind", group.name);
        head.id = `found-${number}`;
        head.setAttribute("role", "presentation");
        box.setAttribute("aria-labelledby", head.id);
        box.append(head);
        for (const hit of group.hits.slice(0, number === 0 ? 5 : 3)) {
          const element = option(hrefOf(hit.entry), "");
          fill(element, hit, words);
          box.append(element);
        }
        list.append(box);
      });
      if (total) {
        const all = option(`${root}search.html?q=${encodeURIComponent(input.value.trim())}`, "all");
        all.textContent = `All ${total} found`;
        list.append(all);
      } else {
        list.append(make("p", "nothing gap", "Nothing found. Try fewer letters, or another spelling."));
      }
      status.textContent = total ? `${total} found` : "Nothing found";
      list.hidden = false;
      input.setAttribute("aria-expanded", String(total > 0));
    };
    input.addEventListener("input", () => whenReady(show));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !list.hidden) { close(); event.preventDefault(); }
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden) { if (input.value) whenReady(show); return; }
        const step = event.key === "ArrowDown" ? 1 : -1;
        if (options.length) choose((active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length);
        event.preventDefault();
      } else if (event.key === "Enter" && options[active] && !list.hidden) {
        event.preventDefault();
        location.href = options[active].href;
        close();
      }
    });
    input.addEventListener("focus", () => { whenReady(() => {}); });
    addEventListener("pointerdown", (event) => { if (!input.closest("form").contains(event.target)) close(); });
    input.closest("form").addEventListener("focusout", (event) => {
      if (!input.closest("form").contains(event.relatedTarget)) close();
    });
    if (document.activeElement === input) { whenReady(() => { if (input.value) show(); }); }
  };

  // On the page of the search the results stand in the page, and the question in the address.
  const page = (form) => {
    const input = document.getElementById("search-words");
    const results = document.getElementById("search-results");
    const status = document.getElementById("search-status");
    const alphabet = document.getElementById("alphabet");
    form.hidden = false;
    const show = () => {
      const words = parts(input.value);
      const groups = search(input.value);
      const total = groups.reduce((sum, group) => sum + group.hits.length, 0);
      results.replaceChildren();
      alphabet.hidden = words.length > 0;
      status.textContent = !words.length ? "" : total ? `${total} found` : "Nothing found. Try fewer letters, or another spelling.";
      groups.forEach((group, number) => {
        const section = make("section");
        const head = make("h2", "", `${group.name} (${group.hits.length})`);
        head.id = `results-${number}`;
        section.setAttribute("aria-labelledby", head.id);
        const list = make("ol");
        for (const hit of group.hits.slice(0, 100)) {
          const item = make("li");
          const link = make("a");
          link.href = hrefOf(hit.entry);
          fill(link, hit, words);
          const found = link.querySelector(".found");
          item.append(link);
          if (found) item.append(found);
          list.append(item);
        }
        section.append(head, list);
        if (group.hits.length > 100) section.append(make("p", "faint", "The first hundred. Add a word to find fewer."));
        results.append(section);
      });
    };
    const change = () => {
      const question = input.value.trim();
      history.replaceState(null, "", question ? `?q=${encodeURIComponent(question)}` : location.pathname);
      whenReady(show);
    };
    input.addEventListener("input", change);
    form.addEventListener("submit", (event) => { event.preventDefault(); change(); });
    input.value = new URLSearchParams(location.search).get("q") || "";
    if (input.value) whenReady(show);
    if (!location.hash) input.focus();
  };

  const start = () => {
    for (const input of document.querySelectorAll("input[data-search]")) attach(input);
    const form = document.getElementById("search-form");
    if (form) page(form);
  };
  start();
})();
