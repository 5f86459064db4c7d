/** The SPARQL page: an editor with tabs, the examples beside it, and an answer from this browser or from the server. */

import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import "./page.css";
import { shared } from "../shared";
import type { Example, Vocabulary } from "../shared";
import { runBy } from "./adapter";
import { completeFrom } from "./completion";
import { examplesList } from "./examples";
import { leadHome } from "./links";
import { nameControls } from "./naming";
import { InBrowser, onServer } from "./where";

type Place = "browser" | "server";

/** What stands in the editor at first: short, of the thing people come for, and easy to change. */
const FIRST = `PREFIX cwc: <https://w3id.org/cwcorr/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

# The first letters, and who sent them to whom
SELECT DISTINCT ?letter ?title ?date ?from ?to {
  ?letter a cwc:Document ; dcterms:title ?title ; dcterms:date ?date .
  OPTIONAL { ?letter cwc:sender/skos:prefLabel ?from FILTER(LANG(?from) = "en") }
  OPTIONAL { ?letter cwc:recipient/skos:prefLabel ?to FILTER(LANG(?to) = "en") }
}
ORDER BY ?date ?letter
LIMIT 25
`;

function start(element: HTMLElement): void {
  const vocabulary = shared().vocabulary;
  if (vocabulary === undefined) {
    return; // The page stays as it is readable without a script.
  }
  const root = element.dataset["root"] ?? "";
  const endpoint = served(root, element.dataset["server"]);
  const status = document.createElement("p");
  status.className = "sparql-status";
  status.setAttribute("role", "status");
  status.textContent = "The data is fetched with the first query, and then works without a connection.";
  const here = new InBrowser(root, (text) => {
    status.textContent = text;
  });
  const place = choice(endpoint, status);

  completeFrom(vocabulary, Yasgui.Yasqe);
  runBy(async (query, accept, signal) => {
    if (endpoint !== undefined && place.chosen() === "server") {
      return onServer(endpoint, query, accept, signal);
    }
    return here.query(query, signal);
  }, Yasgui.Yasqe);

  const box = document.createElement("div");
  element.replaceChildren(place.element, status, box);
  const yasgui = editor(box, vocabulary, endpoint);
  nameControls(box);
  const open = (example: Example): void => {
    yasgui.addTab(true, { name: example.title, yasqe: { value: example.text } }, { avoidDuplicateTabs: true });
    box.scrollIntoView({ block: "nearest" });
  };
  element.insertBefore(examplesList(vocabulary.examples, open), box);
  leadHome(box, vocabulary.base, root);
  element.classList.add("sparql-started");
}

/** Return the endpoint of the server, where this page comes from one that has it. */
function served(root: string, attribute: string | undefined): string | undefined {
  const endpoint = shared().endpoint;
  if (endpoint === undefined || !location.protocol.startsWith("http")) {
    return undefined;
  }
  return new URL(`${root}${attribute || endpoint}`, document.baseURI).href;
}

function choice(endpoint: string | undefined, status: HTMLElement): { element: HTMLElement; chosen: () => Place } {
  const field = document.createElement("fieldset");
  field.className = "sparql-place";
  const legend = document.createElement("legend");
  legend.textContent = "Where the query runs";
  field.append(legend);
  const places: [Place, string][] = [["browser", "in this browser"]];
  if (endpoint !== undefined) {
    places.push(["server", "on the server"]);
  }
  for (const [value, text] of places) {
    const label = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: "place", value, checked: value === "browser" });
    input.addEventListener("change", () => {
      status.textContent = value === "server" ? "Queries are sent to the server." : "Queries run in this browser.";
    });
    label.append(input, ` ${text}`);
    field.append(label);
  }
  field.hidden = endpoint === undefined;
  return {
    element: field,
    chosen: () => (field.querySelector<HTMLInputElement>("input:checked")?.value === "server" ? "server" : "browser"),
  };
}

function editor(box: HTMLElement, vocabulary: Vocabulary, endpoint: string | undefined): Yasgui {
  const prefixes = Object.entries(vocabulary.prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}>`);
  const blank = `${prefixes.join("\n")}\n\nSELECT DISTINCT ?thing ?label {\n  ?thing skos:prefLabel ?label .\n}\nLIMIT 20\n`;
  Yasgui.Yasqe.defaults.value = blank;
  Yasgui.Yasqe.defaults.collapsePrefixesOnLoad = true;
  // Who has no mouse leaves the editor by Tab as any other field.
  Yasgui.Yasqe.defaults.extraKeys = { ...(Yasgui.Yasqe.defaults.extraKeys as object), Tab: false, "Shift-Tab": false };
  Yasgui.defaults.endpointCatalogueOptions.getData = () => [];
  const yasgui = new Yasgui(box, {
    requestConfig: { endpoint: endpoint ?? "http://localhost/" },
    copyEndpointOnNewTab: false,
    autofocus: false,
    corsProxy: undefined,
    // Another release has other examples: what a reader left open is kept for this one alone.
    persistenceId: `kgpub_${vocabulary.release}_${location.pathname}`,
    populateFromUrl: true,
    yasr: { ...Yasgui.Yasr.defaults, prefixes: vocabulary.prefixes },
  } as never);
  if (yasgui.persistentConfig.getTabs().length === 1 && yasgui.getTab()?.getQuery() === blank) {
    yasgui.getTab()?.setQuery(FIRST);
    yasgui.getTab()?.setName("The first letters");
  }
  return yasgui;
}

const element = document.getElementById("sparql");
if (element) {
  start(element);
}
