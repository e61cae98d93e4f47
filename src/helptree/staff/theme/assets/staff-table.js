// Tables that can be sorted and filtered, and the card that fits one page. Without scripts they are plain tables.
"use strict";

(() => {
  const staff = globalThis.helptreeStaff;
  const { all, element } = staff;

  // --- sorting

  function valueOf(row, index, isNumber) {
    const text = row.cells[index].textContent.trim();
    return isNumber ? (text === "" ? Infinity : Number(text)) : text;
  }

  function sort(table, head) {
    const index = head.cellIndex;
    const isNumber = head.hasAttribute("data-number");
    const isUp = head.getAttribute("aria-sort") !== "ascending";
    const compare = isNumber ? (a, b) => a - b : new Intl.Collator(staff.pair.agent, { numeric: true }).compare;
    const rows = [...table.tBodies[0].rows];
    rows.sort((one, other) => {
      const order = compare(valueOf(one, index, isNumber), valueOf(other, index, isNumber)) || 0;
      return isUp ? order : -order;
    });
    table.tBodies[0].append(...rows);
    for (const each of table.tHead.rows[0].cells) each.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
  }

  for (const table of all("[data-sortable]")) {
    for (const head of table.tHead.rows[0].cells) {
      const button = element("button", { type: "button" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(table, head));
    }
  }

  // --- filters of the matrix

  const matrix = document.querySelector(".st-matrix");
  const filters = { rows: "", columns: "" };
  const holds = (text, wanted) => text.toLocaleLowerCase().includes(wanted);

  function filter() {
    const heads = [...matrix.tHead.rows[0].cells];
    const isShown = heads.map((head) => !head.hasAttribute("data-column") || holds(head.textContent, filters.columns));
    heads.forEach((head, index) => { head.hidden = !isShown[index]; });
    let count = 0;
    for (const row of matrix.tBodies[0].rows) {
      const cells = [...row.cells];
      cells.forEach((cell, index) => { cell.hidden = !isShown[index]; });
      const words = cells.filter((_, index) => !heads[index].hasAttribute("data-column")).map((cell) => cell.textContent).join(" ");
      // A filter on remedies leaves the statuses that are offered one of them.
      const isOffered = !filters.columns || cells.some((cell, index) => (
        isShown[index] && heads[index].hasAttribute("data-column") && cell.textContent.trim()));
      row.hidden = !holds(words, filters.rows) || !isOffered;
      count += !row.hidden;
    }
    document.querySelector("[data-filter-count]").textContent = `${count} / ${matrix.tBodies[0].rows.length}`;
  }

  for (const field of all("[data-filter]")) {
    field.addEventListener("input", () => {
      filters[field.dataset.filter] = field.value.trim().toLocaleLowerCase();
      filter();
    });
  }

  // --- the card

  function fit() {
    const card = document.querySelector("[data-card]");
    for (let size = 9; size >= 4 && card; size -= 0.25) {
      card.style.fontSize = `${size}pt`;
      if (card.scrollHeight <= card.clientHeight && card.scrollWidth <= card.clientWidth) return;
    }
  }

  staff.onShown(fit);
  for (const button of all("[data-print]")) button.addEventListener("click", () => print());
})();
