/** The list of the publication's own questions; each opens in a tab. */

import type { Example } from "../shared";

/** Return the list, in groups, shut until it is asked for. */
export function examplesList(examples: Example[], open: (example: Example) => void): HTMLElement {
  const details = document.createElement("details");
  details.className = "sparql-examples";
  const summary = document.createElement("summary");
  summary.textContent = `Examples (${examples.length})`;
  details.append(summary);
  for (const [group, members] of grouped(examples)) {
    const heading = document.createElement("h3");
    heading.textContent = group;
    const list = document.createElement("ul");
    list.append(...members.map((one) => item(one, open)));
    details.append(...(group ? [heading, list] : [list]));
  }
  return details;
}

function grouped(examples: Example[]): Map<string, Example[]> {
  const groups = new Map<string, Example[]>();
  for (const one of examples) {
    groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  }
  return groups;
}

function item(example: Example, open: (example: Example) => void): HTMLElement {
  const line = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.dataset["example"] = example.name;
  button.textContent = example.title;
  button.addEventListener("click", () => open(example));
  line.append(button, ` ${example.question}`);
  return line;
}
