// The list of people, filtered as one types. Without scripts the form stays hidden and the list is whole.
"use strict";
(() => {
  const form = document.getElementById("people-filter");
  if (!form) return;
  const field = document.getElementById("people-words");
  const count = document.getElementById("people-count");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’ʹ'`-]/g, "");
  const rows = [...document.querySelectorAll(".people tbody tr")]
    .filter((row) => row.querySelector('th[scope="row"]'))
    .map((row) => ({ row, text: plain(`${row.firstElementChild.textContent} ${row.dataset.also ?? ""}`) }));
  const bodies = [...document.querySelectorAll(".people tbody")];
  const show = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let left = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      left += row.hidden ? 0 : 1;
    }
    for (const body of bodies) body.hidden = ![...body.rows].slice(1).some((row) => !row.hidden);
    count.textContent = words.length ? `${left} of ${rows.length}` : "";
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", show);
  show();
})();
