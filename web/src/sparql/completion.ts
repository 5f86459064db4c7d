/** What the editor completes: prefixes, classes and properties of this publication, from nowhere else. */

import type { Yasqe } from "@zazuko/yasqe";
import type { Vocabulary } from "../shared";

/** Put our lists in the place of the editor's own, which ask prefix.cc and Linked Open Vocabularies. */
export function completeFrom(vocabulary: Vocabulary, editor: typeof Yasqe): void {
  const prefixes = Object.entries(vocabulary.prefixes).map(([name, iri]) => `${name}: <${iri}>`);
  replace(editor, "prefixes", prefixes);
  replace(editor, "class", vocabulary.classes);
  replace(editor, "property", vocabulary.properties);
}

function replace(editor: typeof Yasqe, name: string, words: string[]): void {
  const own = editor.Autocompleters[name];
  if (own === undefined) {
    throw new Error(`The editor completes no ${name} any more.`);
  }
  // Nothing is kept in the browser: a new release has other words. A list given whole needs no server to filter it.
  Object.assign(own, { get: () => [...words].sort(), bulk: true, autoShow: true });
  delete own.persistenceId;
}
