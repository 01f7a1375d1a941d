// What a script adds to pages that are whole without it: light or dark, a menu that closes, and print with nothing folded.
"use strict";

const root = document.documentElement;
const button = document.querySelector("[data-cb-colours]");
const dark = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return root.dataset.colours ? root.dataset.colours === "dark" : dark.matches;
}

function label() {
  button.textContent = isDark() ? "Light" : "Dark";
  button.setAttribute("aria-label", isDark() ? "Use light colours" : "Use dark colours");
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.colours = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("colours", root.dataset.colours);
    } catch {
      // Storage may be blocked: the choice then lasts until the next page.
    }
    label();
  });
  dark.addEventListener("change", label);
  label();
}

// A page says that its check is overdue even if the site was built before that day.
const due = document.querySelector("[data-cb-due]");
if (due && due.dataset.cbDue < new Date().toISOString().slice(0, 10)) {
  const said = document.createElement("p");
  said.className = "cb-due";
  said.textContent = due.dataset.cbDueWords;
  due.before(said);
}

const menu = document.querySelector(".cb-menu");
if (menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}

// Browsers print a closed <details> closed: open them all for paper, and fold them again after.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("main details:not([open])")];
  for (const one of opened) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
  opened = [];
});
