/** What the scripts of a publication know of each other: one object, which each adds its part to. */

export interface Example {
  name: string;
  title: string;
  question: string;
  group: string;
  text: string;
}

/** What `kgpub build` writes to assets/vocabulary.js. */
export interface Vocabulary {
  title: string;
  /** What every IRI of the publication begins with. */
  base: string;
  release: string;
  prefixes: Record<string, string>;
  classes: string[];
  properties: string[];
  examples: Example[];
  dump: Dump;
}

/** The whole graph as one file: where it is on the web, and how to read it. */
export interface Dump {
  file: string;
  format: string;
  bytes: number;
  quads: number;
}

export interface Shared {
  /** Files for pages that may not fetch (`file://`), each as base64 by its name. */
  parts: Record<string, string>;
  vocabulary?: Vocabulary;
  /** The endpoint of the service that serves these pages, from the publication's root; none on a static host. */
  endpoint?: string;
  /** Where that service has the dumps, from the same root. */
  files?: string;
  open?: typeof import("./engine/engine").open;
}

declare global {
  interface Window {
    kgpub?: Shared;
  }
}

/** Return the one object, making it where this is the first script to ask. */
export function shared(): Shared {
  return (window.kgpub ??= { parts: {} });
}
