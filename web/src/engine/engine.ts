/**
 * A query engine in the reader's browser: `const engine = await open({ root, onProgress })`, then
 * `const answer = await engine.query(text, { signal })`.
 *
 * The engine runs in a worker, so the page never waits for it. It knows no way to stop a query: to cancel one, the worker is
 * ended and another one loads the data again, which takes about a second and is told by `onProgress`.
 */

import { shared } from "../shared";
import type { FromWorker, Progress, ToWorker } from "./messages";
import { part, unpacked } from "./parts";

declare const WORKER: string;
const MODULE = "oxigraph.wasm.gz";
const DATA = "data";

export interface Options {
  /** Where the publication begins, as an address that ends in a slash, or "" for the page's own folder. */
  root: string;
  onProgress?: (progress: Progress) => void;
}

export interface JsonResults {
  head: { vars?: string[] };
  results?: { bindings: Record<string, { type: string; value: string; datatype?: string; "xml:lang"?: string }>[] };
  boolean?: boolean;
}

/** An answer: SPARQL JSON for SELECT and ASK (`json`), Turtle for CONSTRUCT and DESCRIBE (`triples`). */
export class Answer {
  constructor(
    readonly text: string,
    readonly type: string,
    readonly ms: number,
  ) {}

  get json(): JsonResults | undefined {
    return this.triples === undefined ? JSON.parse(this.text) : undefined;
  }

  get triples(): string | undefined {
    return this.type === "text/turtle" ? this.text : undefined;
  }
}

interface Waiting {
  id: number;
  query: string;
  resolve: (answer: Answer) => void;
  reject: (reason: unknown) => void;
}

/** What a worker is started with, kept so that one that was ended can be replaced. */
interface Kept {
  module: WebAssembly.Module;
  data: Uint8Array;
  format: string;
  bytes: number;
}

export class Engine {
  quads = 0;
  private worker: Worker | undefined;
  private ready = false;
  private number = 0;
  private queue: Waiting[] = [];
  private running: Waiting | undefined;
  private started: { resolve: () => void; reject: (reason: unknown) => void } | undefined;

  constructor(
    private readonly kept: Kept,
    private readonly told: (progress: Progress) => void,
  ) {}

  /** Start the worker and load the data. */
  start(): Promise<void> {
    this.ready = false;
    const address = URL.createObjectURL(new Blob([WORKER], { type: "text/javascript" }));
    const worker = new Worker(address);
    this.worker = worker;
    worker.addEventListener("message", (event: MessageEvent<FromWorker>) => this.hear(worker, event.data));
    worker.addEventListener("error", (event) => this.fall(worker, event.message || "The engine could not be started."));
    this.send({ kind: "load", ...this.kept });
    return new Promise<void>((resolve, reject) => {
      this.started = { resolve, reject };
    }).finally(() => URL.revokeObjectURL(address));
  }

  /** Ask a query; queries are answered one after the other. A `signal` that aborts takes it back, running or not. */
  query(text: string, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const waiting = { id: (this.number += 1), query: text, resolve, reject };
      signal?.addEventListener("abort", () => this.cancel(waiting, signal.reason), { once: true });
      this.queue.push(waiting);
      this.next();
    });
  }

  /** End the worker; queries that wait are refused. */
  close(): void {
    this.worker?.terminate();
    this.worker = undefined;
    const left = [...(this.running ? [this.running] : []), ...this.queue];
    this.running = undefined;
    this.queue = [];
    left.forEach((one) => one.reject(new Error("The engine was closed.")));
  }

  private send(message: ToWorker): void {
    this.worker?.postMessage(message);
  }

  private next(): void {
    if (!this.ready || this.running) {
      return;
    }
    this.running = this.queue.shift();
    if (this.running) {
      this.send({ kind: "ask", id: this.running.id, query: this.running.query });
    }
  }

  private hear(worker: Worker, message: FromWorker): void {
    if (worker !== this.worker) {
      return; // It was ended, and this was under way.
    }
    if (message.kind === "progress") {
      this.told(message.progress);
    } else if (message.kind === "loaded") {
      this.ready = true;
      this.quads = message.quads;
      this.told({ step: "ready", done: message.quads, total: message.quads });
      this.started?.resolve();
      this.next();
    } else if (message.kind === "failed" && message.fatal) {
      this.fall(worker, message.message);
    } else if (this.running?.id === message.id) {
      const { resolve, reject } = this.running;
      this.running = undefined;
      if (message.kind === "answer") {
        resolve(new Answer(message.text, message.type, message.ms));
      } else {
        reject(new Error(message.message));
      }
      this.next();
    }
  }

  /** The engine has fallen over: say so to who asked, and start anew for the others, unless it falls at the start. */
  private fall(worker: Worker, message: string): void {
    if (worker !== this.worker) {
      return;
    }
    worker.terminate();
    if (!this.ready) {
      this.worker = undefined;
      this.started?.reject(new Error(message));
      return;
    }
    this.running?.reject(new Error(`The engine gave up on this query (${message}). It may need more memory than there is.`));
    this.running = undefined;
    void this.again();
  }

  private cancel(waiting: Waiting, reason: unknown): void {
    this.queue = this.queue.filter((one) => one !== waiting);
    waiting.reject(reason);
    if (this.running === waiting) {
      this.running = undefined;
      this.worker?.terminate();
      void this.again();
    }
  }

  private again(): Promise<void> {
    this.told({ step: "loading", done: 0, total: this.kept.bytes });
    return this.start().catch((error: unknown) => this.queue.splice(0).forEach((one) => one.reject(error)));
  }
}

/** Fetch the engine and the data, load them, and return the engine when it answers. */
export async function open({ root, onProgress }: Options): Promise<Engine> {
  const told = onProgress ?? (() => undefined);
  const dump = shared().vocabulary?.dump;
  if (dump === undefined) {
    throw new Error("assets/vocabulary.js is not on this page, which says where the data is.");
  }
  if (!("DecompressionStream" in window) || !("WebAssembly" in window)) {
    throw new Error("This browser is too old to run the engine; one of 2023 or later can.");
  }
  const assets = `${root}assets/`;
  const [module, data] = await Promise.all([
    part(MODULE, new URL(`${assets}${MODULE}`, document.baseURI).href, `${assets}engine-wasm.js`, (done, total) =>
      told({ step: "engine", done, total }),
    )
      .then(unpacked)
      .then((bytes) => WebAssembly.compile(bytes)),
    part(DATA, dump.file && new URL(`${root}${shared().files ?? ""}${dump.file}`, document.baseURI).href, `${assets}data.js`, (done, total) =>
      told({ step: "data", done, total }),
    ),
  ]);
  const engine = new Engine({ module, data, format: dump.format, bytes: dump.bytes }, told);
  await engine.start();
  return engine;
}

shared().open = open;
