// What every page does beyond its HTML: buttons that copy, and the search, which is loaded
// when its box is used. Without scripts the buttons stay hidden, the box leads to the list of all names, and nothing is missing.
"use strict";
(() => {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    if (!source || !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const own = source.cloneNode(true);
      own.querySelectorAll("button").forEach((each) => each.remove());
      const before = button.textContent;
      try {
        await navigator.clipboard.writeText(own.textContent.trim());
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(source);
        button.textContent = "Selected: press Ctrl+C";
      }
      setTimeout(() => { button.textContent = before; }, 2000);
    });
  }
  const load = (event) => {
    if (!event.target.matches("input[data-search]") || document.getElementById("search-script")) return;
    const script = document.createElement("script");
    script.id = "search-script";
    script.src = `${document.documentElement.dataset.root}assets/search.js`;
    document.head.append(script);
  };
  document.addEventListener("focusin", load);
  // Whoever was quicker than this script has the focus already.
  if (document.activeElement) load({ target: document.activeElement });
})();
