/** Where a query is run: in this browser, or on the server that serves the page, as the reader chooses. */

import type { Answer, Engine } from "../engine/engine";
import type { Progress } from "../engine/messages";
import { shared } from "../shared";

const WORDS: Record<Progress["step"], string> = {
  engine: "Fetching the query engine",
  data: "Fetching the data",
  loading: "Loading the data",
  ready: "Ready",
};

/** The engine of this page, fetched when it is first asked, and a line that says how far it is. */
export class InBrowser {
  private opening: Promise<Engine> | undefined;

  constructor(
    private readonly root: string,
    private readonly say: (text: string) => void,
  ) {}

  async query(text: string, signal: AbortSignal): Promise<Answer> {
    const engine = await raced(this.engine(), signal);
    return engine.query(text, { signal });
  }

  private engine(): Promise<Engine> {
    const open = shared().open;
    if (open === undefined) {
      return Promise.reject(new Error("assets/engine.js is missing beside this page."));
    }
    this.opening ??= open({ root: this.root, onProgress: (progress) => this.say(said(progress)) }).catch((error: unknown) => {
      // What failed may be tried once more.
      this.opening = undefined;
      this.say("The query engine could not be started.");
      throw error;
    });
    return this.opening;
  }
}

function said({ step, done, total }: Progress): string {
  if (step === "ready") {
    return `Ready: ${total.toLocaleString("en")} statements, in this browser.`;
  }
  const share = total > 0 ? ` ${Math.min(100, Math.round((100 * done) / total))} %` : "";
  return `${WORDS[step]} …${share}`;
}

function raced<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}

/** Ask the server by the SPARQL Protocol; what it refuses is an error with its own words. */
export async function onServer(endpoint: string, query: string, accept: string, signal: AbortSignal): Promise<Answer> {
  const start = performance.now();
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
    body: query,
    signal,
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw Object.assign(new Error(text.trim() || answer.statusText), { status: answer.status });
  }
  const type = (answer.headers.get("Content-Type") ?? "").split(";")[0] ?? "";
  const ms = performance.now() - start;
  const cut = answer.headers.get("X-Kgpub-Truncated");
  return Object.assign({ text, type, ms, json: undefined, triples: undefined }, { cut });
}
