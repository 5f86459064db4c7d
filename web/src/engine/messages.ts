/** What the page and the worker say to each other. */

export type Step = "engine" | "data" | "loading" | "ready";

/** How far a step is: bytes done of all bytes; `ready` has the number of statements in both. */
export interface Progress {
  step: Step;
  done: number;
  total: number;
}

export interface Load {
  kind: "load";
  module: WebAssembly.Module;
  /** The dump, compressed. */
  data: Uint8Array;
  format: string;
  /** Bytes of the dump when it is unpacked, as far as they are known. */
  bytes: number;
}

export interface Ask {
  kind: "ask";
  id: number;
  query: string;
}

export type ToWorker = Load | Ask;

export type FromWorker =
  | { kind: "progress"; progress: Progress }
  | { kind: "loaded"; quads: number; ms: number }
  | { kind: "answer"; id: number; type: string; text: string; ms: number }
  /** `fatal`: the engine has stopped and must be started again. */
  | { kind: "failed"; id: number; message: string; fatal: boolean };
