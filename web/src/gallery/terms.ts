/** Parameters of canned queries as terms in the query's text, by the rules of kgpub/parameters.py and kgpub/bound.py. */

export interface Parameter {
  name: string;
  type: "iri" | "string" | "date" | "integer" | "gYear" | "enum";
  /** What a short id belongs to (`person`). */
  entity: string[];
  /** What it is where nothing is given. */
  value: string;
}

const XSD = "http://www.w3.org/2001/XMLSchema#";
const CONCEPTS = "https://w3id.org/cwcorr/";
const FORMS: Partial<Record<Parameter["type"], [RegExp, string]>> = {
  date: [/^\d{4}-\d{2}-\d{2}$/, "a day as 1950-07-01"],
  integer: [/^[+-]?\d{1,15}$/, "a whole number"],
  gYear: [/^\d{4}$/, "a year as 1950"],
};

/** Return the term that a text stands for; throw an error in words where it stands for none. */
export function termOf(parameter: Parameter, text: string, base: string): string {
  if (parameter.type === "iri") {
    return iri(spellings(parameter, text, base)[0] ?? text);
  }
  const form = FORMS[parameter.type];
  if (form && !(form[0].test(text) && (parameter.type !== "date" || isDay(text)))) {
    throw new Error(`“${text}” is not ${form[1]}.`);
  }
  const literal = quoted(text);
  return form ? `${literal}^^<${XSD}${parameter.type}>` : literal;
}

/** Return the IRIs that a text may stand for, likeliest first. */
export function spellings(parameter: Parameter, text: string, base: string): string[] {
  if (text.includes("://")) {
    return [text];
  }
  const whole = !parameter.entity.length || parameter.entity.some((one) => text.startsWith(`${one}/`));
  const paths = whole ? [text] : parameter.entity.map((one) => `${one}/${text}`);
  return paths.map((path) => (path.startsWith("concept/") ? CONCEPTS : base) + path);
}

/** Return an IRI as a token; throw an error where its own text could end the token. */
export function iri(text: string): string {
  if (/[\u0000-\u0020<>"{}|^`\\\u007f-\u009f\u2028\u2029]/.test(text) || !/^[a-z][a-z0-9+.-]*:/i.test(text)) {
    throw new Error(`“${text}” is no address.`);
  }
  return `<${text}>`;
}

/** Return a literal as a token: its own text can end neither the token nor the line. */
export function quoted(text: string): string {
  // A half of a surrogate pair has no UTF-8.
  const whole = text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  const escaped = whole.replace(/["\\]/g, "\\$&");
  return `"${escaped.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`)}"`;
}

/** Return the query's text with the terms in their places; `pre` holds it, its parameters as elements (bound.py's places). */
export function filled(pre: Element, terms: ReadonlyMap<string, string>): string {
  return [...pre.childNodes]
    .map((node) => {
      const written = node.textContent ?? "";
      const place = node instanceof HTMLElement ? node.dataset : undefined;
      const term = place?.["name"] === undefined ? undefined : terms.get(place["name"]);
      if (place === undefined || term === undefined) {
        return written;
      }
      return { term, selected: `(${term} AS ${written})`, nothing: "" }[place["use"] ?? ""] ?? written;
    })
    .join("");
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
