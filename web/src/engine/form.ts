/** What a query asks for, as far as the engine must be told before it reads it. */

const NOISE = /<[^<>"{}|^`\\\s]*>|"""(?:[^\\]|\\[^])*?"""|'''(?:[^\\]|\\[^])*?'''|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|#[^\n\r]*/g;
const PROLOGUE = /^\s*(?:(?:BASE\s*<>|PREFIX\s+[^\s:]*:\s*<>|VERSION\s*"")\s*)*(\w+)/i;

/** Return the query with texts, IRIs and comments emptied, so that words in them are none of its own. */
export function withoutTexts(query: string): string {
  return query.replace(NOISE, (found) => (found.startsWith("<") ? "<>" : found.startsWith("#") ? " " : '""'));
}

/** Return whether the answer is a graph (CONSTRUCT, DESCRIBE); any other query has a table or a yes or no. */
export function asksForGraph(query: string): boolean {
  const verb = PROLOGUE.exec(withoutTexts(query))?.[1] ?? "";
  return /^(CONSTRUCT|DESCRIBE)$/i.test(verb);
}

/** Return whether a query names the graphs it asks; one that does not is asked of the union of all. */
export function namesGraphs(query: string): boolean {
  return /\bFROM\s+(?:NAMED\s+)?(?:<>|[\w.-]*:)/i.test(withoutTexts(query));
}
