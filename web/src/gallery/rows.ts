/** An answer as a table and as bars, as pages/answers.py and pages/charts.py make them when the site is built. */

import type { JsonResults } from "../engine/engine";

type Term = { type: string; value: string; datatype?: string; "xml:lang"?: string };
export type Row = Record<string, Term>;
export type Column = [name: string, label: string];

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = ["integer", "decimal", "double", "float"].map((name) => XSD + name);
const DAYS = [...["date", "dateTime", "gYear", "gYearMonth"].map((name) => XSD + name), "https://w3id.org/cwcorr/ontology#edtf"];
const DAY = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$/;
const MONTHS = "January February March April May June July August September October November December".split(" ");
const PAGE = /^(attested|document|edition|person|organisation|office|place|event|archive|concept)\/[^#]+/;
const BARS = 25;
const SVG = "http://www.w3.org/2000/svg";

/** Where links lead: what IRIs of the publication begin with, and the way from this page to its root. */
export interface Site {
  base: string;
  root: string;
}

/** Return the rows; ASK gives one row with yes or no. */
export function rowsOf(json: JsonResults): Row[] {
  return json.results?.bindings ?? [];
}

/** Return the table of the first rows: a column `x` with a column `xLabel` is shown as that label, linked. */
export function table(columns: Column[], rows: Row[], site: Site, most: number): HTMLTableElement {
  const names = columns.map(([name]) => name);
  const shown = columns.filter(([name]) => !(name.endsWith("Label") && names.includes(name.slice(0, -5))));
  const numeric = new Set(shown.map(([name]) => name).filter((name) => isNumeric(rows, name)));
  const made = document.createElement("table");
  made.className = "answer";
  const head = made.createTHead().insertRow();
  for (const [name, label] of shown) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.dataset["name"] = name;
    cell.textContent = label;
    cell.classList.toggle("number", numeric.has(name));
    head.append(cell);
  }
  const body = made.createTBody();
  for (const row of rows.slice(0, most)) {
    const line = body.insertRow();
    for (const [name] of shown) {
      const cell = line.insertCell();
      cell.classList.toggle("number", numeric.has(name));
      fill(cell, row[name], row[`${name}Label`], site);
    }
  }
  return made;
}

/** Return the bars of an answer, longest first. */
export function bars(rows: Row[], name: string, value: string, site: Site): HTMLOListElement {
  const sums = new Map<string, { row: Row; sum: number }>();
  for (const row of rows) {
    const key = row[name]?.value ?? "";
    const found = sums.get(key) ?? { row, sum: 0 };
    found.sum += Number(row[value]?.value) || 0;
    sums.set(key, found);
  }
  const ordered = [...sums.values()].sort((one, other) => other.sum - one.sum).slice(0, BARS);
  const most = ordered[0]?.sum || 1;
  const list = document.createElement("ol");
  list.className = "bars";
  const thing = name.replace(/Label$/, "");
  for (const { row, sum } of ordered) {
    const line = document.createElement("li");
    const words = document.createElement("span");
    words.className = "bar-name";
    fill(words, row[thing], thing === name ? undefined : row[name], site);
    const number = document.createElement("span");
    number.className = "bar-number";
    number.textContent = sum.toLocaleString("en", { maximumFractionDigits: 1 });
    line.append(words, " ", bar(Math.max(2, Math.round((1000 * sum) / most))), " ", number);
    list.append(line);
  }
  return list;
}

/** Return the rows as SPARQL 1.1 CSV, as the file beside the page has them. */
export function csv(columns: Column[], rows: Row[]): string {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const lines = [columns.map(([name]) => name), ...rows.map((row) => columns.map(([name]) => row[name]?.value ?? ""))];
  return lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/** Return the rows as SPARQL 1.1 JSON results with the columns that the page names. */
export function jsonOf(columns: Column[], rows: Row[]): string {
  const names = columns.map(([name]) => name);
  const bindings = rows.map((row) => Object.fromEntries(names.filter((name) => row[name]).map((name) => [name, row[name]])));
  return `${JSON.stringify({ head: { vars: names }, results: { bindings } }, null, 2)}\n`;
}

function fill(cell: HTMLElement, term: Term | undefined, label: Term | undefined, site: Site): void {
  if (term?.type === "uri") {
    link(cell, term.value, label, site);
    return;
  }
  const shown = term ?? label;
  if (shown === undefined) {
    return;
  }
  const isDay = shown.type !== "uri" && (DAYS.includes(shown.datatype ?? "") || DAY.test(shown.value));
  cell.textContent = isDay ? inWords(shown.value) : shown.value;
  if (cell.textContent !== shown.value) {
    cell.dataset["value"] = shown.value;
  }
  if (shown["xml:lang"] && shown["xml:lang"] !== document.documentElement.lang) {
    cell.lang = shown["xml:lang"];
  }
}

function link(cell: HTMLElement, iri: string, label: Term | undefined, site: Site): void {
  const path = iri.startsWith(site.base) ? iri.slice(site.base.length) : "";
  const text = label?.value ?? (path || iri);
  const own = PAGE.exec(path);
  if (!own && (path || !/^https?:\/\//.test(iri))) {
    cell.textContent = text;
    return;
  }
  const anchor = document.createElement("a");
  anchor.textContent = text;
  if (own) {
    anchor.href = `${site.root}${encodeURI(own[0])}.html${path.slice(own[0].length)}`;
  } else {
    anchor.href = iri;
    anchor.rel = "external";
  }
  if (label?.["xml:lang"] && label["xml:lang"] !== document.documentElement.lang) {
    anchor.lang = label["xml:lang"];
  }
  cell.append(anchor);
}

function isNumeric(rows: Row[], name: string): boolean {
  const terms = rows.map((row) => row[name]).filter((term) => term !== undefined);
  return terms.length > 0 && terms.every((term) => NUMBERS.includes(term.datatype ?? ""));
}

/** Return a day in words, as pages/dates.py says it. */
export function inWords(text: string): string {
  if (text.includes("/")) {
    const [start, end] = text.split("/").map((one) => (one && one !== ".." ? inWords(one) : ""));
    return start && end ? `${start} to ${end}` : start ? `from ${start}` : `until ${end ?? ""}`;
  }
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T(\d{2}:\d{2})(?::\d{2})?)?([?~%]?)$/.exec(text);
  if (!found) {
    return text;
  }
  const [, year, month, day, time, mark] = found;
  const said = [day && `${Number(day)}`, month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ") + (time ? `, ${time}` : "");
  return { "~": `about ${said}`, "?": `${said} (uncertain)`, "%": `about ${said} (uncertain)` }[mark ?? ""] ?? said;
}

function bar(length: number): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const rect = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ class: "bar", viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true" })) {
    svg.setAttribute(name, value);
  }
  rect.setAttribute("width", `${length}`);
  rect.setAttribute("height", "10");
  svg.append(rect);
  return svg;
}
