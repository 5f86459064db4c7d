/** Columns of a table that are sorted by a button in their heading. */

const texts = new Intl.Collator("en", { numeric: true });

/** Put a button into each heading of a table; a second press turns the order round. */
export function sortable(table: HTMLTableElement): void {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  for (const [index, head] of heads.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const falling = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((one) => one.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      sort(table, index, falling ? -1 : 1, head.classList.contains("number"));
    });
  }
}

function sort(table: HTMLTableElement, index: number, direction: number, numbers: boolean): void {
  const body = table.tBodies[0];
  const value = (row: HTMLTableRowElement): string => {
    const cell = row.cells[index];
    return cell?.dataset["value"] ?? cell?.textContent?.trim() ?? "";
  };
  const rows = [...(body?.rows ?? [])].map((row) => ({ row, value: value(row) }));
  rows.sort((one, other) => {
    // What is not known stands last in either order.
    if (!one.value || !other.value) {
      return Number(!one.value) - Number(!other.value);
    }
    return direction * (numbers ? Number(one.value) - Number(other.value) : texts.compare(one.value, other.value));
  });
  body?.append(...rows.map(({ row }) => row));
}
