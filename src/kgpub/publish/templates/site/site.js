// What every page does beyond its HTML: buttons that copy. Without scripts they stay hidden and nothing is missing.
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
})();
