/** The engine beside the page: it loads the dump, then answers one query after another. */

import initialize, { Store } from "oxigraph/web.js";
import { asksForGraph, namesGraphs } from "./form";
import type { Ask, FromWorker, Load, ToWorker } from "./messages";

const JSON_RESULTS = "application/sparql-results+json";
const TURTLE = "text/turtle";
let store: Store | undefined;

function tell(message: FromWorker): void {
  postMessage(message);
}

async function unpacked(data: Uint8Array): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  const stream = new Blob([data as BlobPart]).stream().pipeThrough(new DecompressionStream("gzip"));
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    chunks.push(read.value);
  }
  return chunks;
}

function* counted(chunks: Uint8Array[], total: number): Generator<Uint8Array> {
  let done = 0;
  let told = 0;
  for (const chunk of chunks) {
    yield chunk;
    done += chunk.length;
    if (done - told > total / 50) {
      told = done;
      tell({ kind: "progress", progress: { step: "loading", done, total } });
    }
  }
}

async function load(asked: Load): Promise<void> {
  const start = performance.now();
  // Given a compiled module, the binding has no need of an address, which a worker from a blob does not have.
  await initialize({ module_or_path: asked.module as never });
  const chunks = await unpacked(asked.data);
  const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  store = new Store();
  // The build has read what it wrote: nothing need be checked once more.
  store.load(counted(chunks, total) as never, { format: asked.format, lenient: true });
  tell({ kind: "loaded", quads: store.size, ms: performance.now() - start });
}

function answer(asked: Ask): void {
  if (store === undefined) {
    throw new Error("The data is not loaded yet.");
  }
  const type = asksForGraph(asked.query) ? TURTLE : JSON_RESULTS;
  const start = performance.now();
  const text = store.query(asked.query, {
    results_format: type,
    use_default_graph_as_union: !namesGraphs(asked.query),
  });
  tell({ kind: "answer", id: asked.id, type, text: String(text), ms: performance.now() - start });
}

addEventListener("message", async (event: MessageEvent<ToWorker>) => {
  const asked = event.data;
  try {
    if (asked.kind === "load") {
      await load(asked);
    } else {
      answer(asked);
    }
  } catch (error) {
    // A trap of the machine or a full stack leaves the engine in a state that nobody knows.
    const fatal = asked.kind === "load" || error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    const message = error instanceof Error ? error.message : String(error);
    tell({ kind: "failed", id: asked.kind === "ask" ? asked.id : -1, message, fatal });
  }
});
