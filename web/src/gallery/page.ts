/** The page of a canned query: its form is answered in this browser, or by the server where the reader wants that. */

import { shared } from "../shared";
import { InBrowser, onServer } from "../sparql/where";
import type { JsonResults } from "../engine/engine";
import { bars, csv, jsonOf, rowsOf, table } from "./rows";
import type { Column, Row, Site } from "./rows";
import { sortable } from "./sorting";
import { filled, iri, spellings, termOf } from "./terms";
import type { Parameter } from "./terms";

interface Told {
  name: string;
  columns: Column[];
  parameters: Parameter[];
  release: string;
  /** Columns of the name and of the value of the bars that are drawn; empty where something else is drawn, or nothing. */
  bars: string[];
}

/** How many rows a table shows; the files have all. */
const MOST = 1000;
const JSON_RESULTS = "application/sparql-results+json";

class Gallery {
  private readonly told: Told;
  private readonly site: Site;
  private readonly here: InBrowser;
  private running: AbortController | undefined;
  private addresses: string[] = [];

  constructor(private readonly form: HTMLFormElement) {
    this.told = JSON.parse(form.dataset["ask"] ?? "{}") as Told;
    const root = document.documentElement.dataset["root"] ?? "";
    this.site = { base: shared().vocabulary?.base ?? "", root };
    this.here = new InBrowser(root, (text) => {
      if (this.running) {
        // The data is ready before the question is answered.
        this.say(text.startsWith("Ready") ? "Asking …" : text);
      }
    });
  }

  start(): void {
    const ask = this.form.querySelector<HTMLButtonElement>("button[type=submit]");
    document.querySelectorAll<HTMLTableElement>("table.answer").forEach(sortable);
    this.showLink(this.values());
    if (shared().vocabulary === undefined || shared().open === undefined || !ask) {
      this.note("This copy of the site holds no query engine: the page shows the answer that was worked out beforehand.");
      return;
    }
    ask.disabled = false;
    element("ask-place").hidden = this.endpoint() === undefined;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.ask();
    });
    element("ask-cancel").addEventListener("click", () => this.running?.abort(new DOMException("Stopped.", "AbortError")));
    window.addEventListener("hashchange", () => this.open());
    this.open();
  }

  /** Do as the address says: fill the form with its values and ask, unless they are those that the page shows already. */
  private open(): void {
    const given = new URLSearchParams(location.hash.slice(1));
    const release = given.get("release");
    if (release !== null && release !== this.told.release) {
      this.note(`This link was made for release ${release}; this is release ${this.told.release}, which may answer otherwise.`);
    }
    let other = false;
    for (const parameter of this.told.parameters) {
      const text = given.get(parameter.name);
      if (text !== null) {
        const value = this.put(parameter, text);
        other ||= value !== parameter.value;
      }
    }
    if (other) {
      void this.ask();
    }
  }

  private put(parameter: Parameter, text: string): string {
    const control = this.control(parameter);
    if (!(control instanceof HTMLSelectElement)) {
      try {
        termOf(parameter, text, this.site.base);
        control.value = text;
      } catch (error) {
        // A field for days takes nothing else, and says so only to the console.
        this.note(`The link has something else for “${parameter.name}”: ${String((error as Error).message)}`);
      }
      return control.value;
    }
    const named = [...control.options].find((one) => one.value === text) ?? [...control.options].find((one) => short(one.value) === text);
    if (named === undefined) {
      // It may be in the graph all the same: the engine is asked.
      control.add(new Option(text, text));
    }
    control.value = named?.value ?? text;
    return control.value;
  }

  private async ask(): Promise<void> {
    this.running?.abort(new DOMException("Asked anew.", "AbortError"));
    const running = new AbortController();
    this.running = running;
    this.busy(true);
    try {
      const values = this.values();
      const terms = await this.terms(values, running.signal);
      const text = filled(element("query"), terms);
      const json = await this.run(text, running.signal);
      this.show(rowsOf(json), text);
      this.showLink(values);
      this.keep(values);
    } catch (error) {
      if (!running.signal.aborted) {
        this.fail(error instanceof Error ? error.message : String(error));
      } else if (this.running === running) {
        this.say("Stopped.");
      }
    } finally {
      if (this.running === running) {
        this.running = undefined;
        this.busy(false);
      }
    }
  }

  private async terms(values: ReadonlyMap<string, string>, signal: AbortSignal): Promise<Map<string, string>> {
    const terms = new Map<string, string>();
    for (const parameter of this.told.parameters) {
      const value = values.get(parameter.name) ?? "";
      if (value && parameter.type === "iri" && !this.listed(parameter, value)) {
        terms.set(parameter.name, await this.known(parameter, value, signal));
      } else if (value) {
        terms.set(parameter.name, termOf(parameter, value, this.site.base));
      }
    }
    return terms;
  }

  private listed(parameter: Parameter, value: string): boolean {
    const control = this.control(parameter);
    return control instanceof HTMLSelectElement && [...control.options].some((one) => one.value === value && one.text !== value);
  }

  /** Return the term of a thing that is in the graph; refuse one that is not, as the server does. */
  private async known(parameter: Parameter, value: string, signal: AbortSignal): Promise<string> {
    for (const spelling of spellings(parameter, value, this.site.base)) {
      const term = iri(spelling);
      if ((await this.run(`ASK { ${term} ?p ?o }`, signal)).boolean) {
        return term;
      }
    }
    throw new Error(`“${value}” is not in the collection.`);
  }

  private async run(text: string, signal: AbortSignal): Promise<JsonResults> {
    const endpoint = this.endpoint();
    const chosen = this.form.querySelector<HTMLInputElement>("[name=kgpub-place]:checked")?.value;
    const answer =
      endpoint !== undefined && chosen === "server" ? await onServer(endpoint, text, JSON_RESULTS, signal) : await this.here.query(text, signal);
    return JSON.parse(answer.text) as JsonResults;
  }

  private show(rows: Row[], text: string): void {
    const made = table(this.told.columns, rows, this.site, MOST);
    sortable(made);
    const scroll = document.createElement("div");
    Object.assign(scroll, { className: "scroll", tabIndex: 0 });
    scroll.setAttribute("role", "group");
    scroll.setAttribute("aria-label", "Answer");
    scroll.append(made);
    element("answer-rows").replaceChildren(...(rows.length ? [scroll] : []));
    const number = rows.length.toLocaleString("en");
    const words = rows.length > MOST ? `The first ${MOST.toLocaleString("en")} of ${number} rows; the files have all.` : `${number} row${rows.length === 1 ? "" : "s"}.`;
    element("answer-count").textContent = rows.length ? words : "Nothing in the collection answers this.";
    this.say(rows.length ? `Answered: ${words}` : "Answered: nothing found.");
    this.draw(rows);
    this.files(rows);
    const edit = document.getElementById("edit-link");
    edit?.setAttribute("href", `${this.site.root}sparql.html#query=${encodeURIComponent(text)}`);
  }

  private draw(rows: Row[]): void {
    const box = element("answer-chart");
    const figure = box.querySelector("figure");
    const [name, value] = this.told.bars;
    box.hidden = rows.length === 0;
    const list = figure?.querySelector("ol.bars");
    if (name && value && figure && list) {
      list.replaceWith(bars(rows, name, value, this.site));
      return;
    }
    if (figure) {
      const words = document.createElement("p");
      words.className = "faint";
      words.textContent = "The picture is drawn for the first answer only; the table is this one’s.";
      box.replaceChildren(words);
    }
  }

  private files(rows: Row[]): void {
    this.addresses.forEach((one) => URL.revokeObjectURL(one));
    this.addresses = [];
    const line = element("answer-files");
    line.replaceChildren("Take it along: ");
    const kinds: [string, string, string][] = [
      ["csv", "text/csv", csv(this.told.columns, rows)],
      ["json", JSON_RESULTS, jsonOf(this.told.columns, rows)],
    ];
    for (const [ending, type, content] of kinds) {
      const address = URL.createObjectURL(new Blob([content], { type }));
      this.addresses.push(address);
      const anchor = document.createElement("a");
      Object.assign(anchor, { href: address, download: `${this.told.name}.${ending}`, className: `answer-${ending}`, textContent: ending.toUpperCase() });
      line.append(anchor, ending === "csv" ? ", " : "");
    }
  }

  private showLink(values: ReadonlyMap<string, string>): void {
    const link = document.getElementById("permalink");
    if (link) {
      const page = location.protocol.startsWith("http") ? location.href.split("#")[0] : `queries/${this.told.name}.html`;
      link.textContent = `${page}#${this.fragment(values)}`;
    }
  }

  /** Put what was asked into the address, so that the page can be kept and sent. */
  private keep(values: ReadonlyMap<string, string>): void {
    history.replaceState(null, "", `#${this.fragment(values)}`);
  }

  private fragment(values: ReadonlyMap<string, string>): string {
    const parts = this.told.parameters.map((parameter) => {
      const value = values.get(parameter.name) ?? "";
      const control = this.control(parameter);
      const options = control instanceof HTMLSelectElement ? [...control.options].map((one) => short(one.value)) : [];
      const alone = options.filter((one) => one === short(value)).length === 1;
      return [parameter.name, parameter.type === "iri" && alone ? short(value) : value] as const;
    });
    const given = [...parts.filter(([, value]) => value), ["release", this.told.release] as const];
    return given.map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%2F/g, "/")}`).join("&");
  }

  private values(): Map<string, string> {
    return new Map(this.told.parameters.map((one) => [one.name, this.control(one).value.trim()]));
  }

  private control(parameter: Parameter): HTMLInputElement | HTMLSelectElement {
    return element(`p-${parameter.name}`) as HTMLInputElement | HTMLSelectElement;
  }

  private endpoint(): string | undefined {
    const endpoint = shared().endpoint;
    return endpoint === undefined || !location.protocol.startsWith("http") ? undefined : new URL(`${this.site.root}${endpoint}`, document.baseURI).href;
  }

  private busy(yes: boolean): void {
    element("ask-cancel").hidden = !yes;
    element("answer").setAttribute("aria-busy", String(yes));
    if (yes) {
      element("ask-error").hidden = true;
      this.say("Asking …");
    }
  }

  private fail(words: string): void {
    const error = element("ask-error");
    error.textContent = words;
    error.hidden = false;
    this.say("");
  }

  private say(words: string): void {
    element("ask-status").textContent = words;
  }

  private note(words: string): void {
    const note = element("ask-note");
    note.textContent = words;
    note.hidden = false;
  }
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`the page has no ${id}`);
  }
  return found;
}

function short(value: string): string {
  return value.slice(value.lastIndexOf("/") + 1);
}

const form = document.getElementById("ask");
if (form instanceof HTMLFormElement) {
  new Gallery(form).start();
}
