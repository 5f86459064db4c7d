/** Links of an answer to things of this publication: to their pages here, which are there without a connection too. */

/** Lead links below `base` to the page beside this one as soon as they are pointed at, focused or followed. */
export function leadHome(box: HTMLElement, base: string, root: string): void {
  const lead = (event: Event): void => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link?.href.startsWith(base)) {
      const [path, fragment] = link.href.slice(base.length).split("#");
      link.setAttribute("href", `${root}${path || "index"}.html${fragment ? `#${fragment}` : ""}`);
    }
  };
  for (const event of ["pointerover", "focusin", "click"]) {
    box.addEventListener(event, lead, true);
  }
}
