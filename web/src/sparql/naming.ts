/** What YASGUI leaves without a name for those who hear a page, said beside it. */

/** Give the controls within a box their names and places, now and whenever YASGUI makes others. */
export function nameControls(box: HTMLElement): void {
  placeAddButton(box);
  name(box);
  new MutationObserver(() => name(box)).observe(box, { childList: true, subtree: true });
}

/** A list of tabs holds tabs only, so the button for another stands beside it; YASGUI keeps its empty place in the list. */
function placeAddButton(box: HTMLElement): void {
  const list = box.querySelector(".tabsList");
  const button = list?.querySelector("button.addTab");
  if (list && button) {
    const bar = document.createElement("div");
    bar.className = "tabsBar";
    list.replaceWith(bar);
    bar.append(list, button);
    list.setAttribute("aria-label", "Queries");
  }
}

function name(box: HTMLElement): void {
  for (const field of box.querySelectorAll(".yasqe .CodeMirror textarea:not([aria-label])")) {
    field.setAttribute("aria-label", "SPARQL query");
  }
  for (const field of box.querySelectorAll(".yasr select.tableSizer:not([aria-label])")) {
    field.setAttribute("aria-label", "Rows at a time");
  }
  for (const field of box.querySelectorAll(".yasr .CodeMirror textarea:not([aria-label])")) {
    field.setAttribute("aria-label", "Answer as it was sent");
  }
}
