/** The editor's way to ask, put on our own: YASQE would send each query to an endpoint on the web. */

import type { Yasqe } from "@zazuko/yasqe";
import type { Answer } from "../engine/engine";

export type Run = (query: string, accept: string, signal: AbortSignal) => Promise<Answer>;

interface Asking {
  emit(event: string, ...values: unknown[]): void;
  getValue(): string;
  getQueryMode(): string;
  getQueryType(): string;
}

const REFUSED = "Nothing can be written here: this publication is read-only. Ask with SELECT, ASK, CONSTRUCT or DESCRIBE.";

/** Let every editor that is made from now on run its queries by `run`; it tells of them by the events it always had. */
export function runBy(run: Run, editor: typeof Yasqe): void {
  editor.prototype.query = async function (this: Yasqe) {
    this.abortQuery();
    return ask(this as unknown as Asking, run);
  };
}

async function ask(editor: Asking, run: Run): Promise<unknown> {
  const start = performance.now();
  const aborter = new AbortController();
  editor.emit("queryBefore", editor, undefined);
  // Nothing is sent by it: listeners look whether there is one.
  editor.emit("query", new Request(location.protocol.startsWith("http") ? location.href : "http://localhost/"), aborter);
  try {
    if (editor.getQueryMode() === "update") {
      throw new Error(REFUSED);
    }
    const answer = await run(editor.getValue(), accepted(editor.getQueryType()), aborter.signal);
    const response = {
      ok: true,
      status: 200,
      statusText: "OK",
      headers: new Headers({ "Content-Type": answer.type }),
      type: "basic",
      content: answer.text,
    };
    const ms = Math.round(answer.ms);
    editor.emit("queryResponse", response, ms);
    editor.emit("queryResults", response.content, ms);
    return response;
  } catch (error) {
    if (!aborter.signal.aborted) {
      editor.emit("queryResponse", error, Math.round(performance.now() - start));
      editor.emit("error", error);
    }
    throw error;
  }
}

function accepted(type: string): string {
  return type === "CONSTRUCT" || type === "DESCRIBE" ? "text/turtle" : "application/sparql-results+json";
}
