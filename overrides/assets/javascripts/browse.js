// Shows the rows of the table that use the chosen words. The order never changes; nothing is stored, sent or put into the address.
"use strict";

const browse = document.querySelector("[data-cb-browse]");

if (browse) {
  const form = browse.querySelector("form");
  const bar = browse.querySelector(".cb-browse__bar");
  const status = bar.querySelector("[role=status]");
  const rows = [...browse.querySelectorAll("tbody tr")];
  const groups = [...form.querySelectorAll("[data-cb-group]")];

  // For each group with a choice: its name, and the chosen words by id.
  const chosen = () =>
    groups
      .map((group) => ({
        name: group.dataset.cbGroup,
        words: new Map([...group.querySelectorAll(":checked")].map((box) => [box.value, box.dataset.cbWord])),
      }))
      .filter((group) => group.words.size);

  const uses = (row, group) => row.getAttribute(`data-${group.name}`).split(" ").some((id) => group.words.has(id));

  // Say in a row, by mark and in words, which of the chosen words it uses.
  function explain(row, ids) {
    const links = [...row.querySelectorAll("[data-cb-id]")];
    for (const link of links) link.classList.toggle("cb-browse__why", ids.has(link.dataset.cbId));
    row.querySelector(".cb-browse__reason")?.remove();
    if (!ids.size) return;
    const reason = document.createElement("p");
    reason.className = "cb-browse__reason";
    reason.textContent = `Why it matched: ${links.filter((link) => ids.has(link.dataset.cbId)).map((link) => link.textContent).join(", ")}`;
    row.querySelector("th").append(reason);
  }

  function message(count, choice) {
    const all = rows.length;
    if (!choice.length) return all === 1 ? "All: 1 page." : `All ${all} pages.`;
    if (!count) return "No page uses all these words; here is the full list.";
    const words = choice.map((group) => [...group.words.values()].join(" or ")).join(", ");
    return `${count} of ${all} pages ${count === 1 ? "mentions" : "mention"}: ${words}`;
  }

  function update() {
    const choice = chosen();
    const found = choice.length ? rows.filter((row) => choice.every((group) => uses(row, group))) : [];
    const ids = new Set(choice.flatMap((group) => [...group.words.keys()]));
    for (const row of rows) {
      const matched = found.includes(row);
      row.hidden = found.length > 0 && !matched;
      explain(row, matched ? ids : new Set());
    }
    const text = message(found.length, choice);
    if (status.textContent !== text) status.textContent = text;
  }

  form.addEventListener("change", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  bar.querySelector("button").addEventListener("click", () => {
    form.reset();
    update();
  });
  addEventListener("pageshow", update);
  form.hidden = false;
  bar.hidden = false;
  update();
}
