/* The search panel: a field, a list of links, a line that tells how many. Opened by search.js; works with search-engine.js. */
(function () {
  "use strict";

  const PAUSE = 90; // ms without a key before it searches
  let panel;

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /* The parts of the index arrive by script tags, which works from file:// too; each calls this with its name. */
  const parts = new Map();
  window.causebookIndex = (name, value) => parts.set(name, value);

  function open(places) {
    const load = async (name) => {
      if (!parts.has(name)) await places.script(places.index + name + ".js");
      return parts.get(name);
    };
    const engine = Promise.all([places.script(places.engine), load("core")]).then(() => window.causebookEngine(parts.get("core"), load));
    engine.catch(() => {});

    const field = make("input", { id: "cb-search-field", type: "search", name: "q", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search", maxlength: "200" });
    const list = make("ol", { class: "cb-search__list", "aria-labelledby": "cb-search-count" });
    const count = make("p", { id: "cb-search-count", class: "cb-search__count", role: "status" });
    const close = make("button", { type: "button", class: "cb-search__close" }, "Close");
    const form = make("form", { role: "search", class: "cb-search__form" }, make("label", { for: "cb-search-field" }, "Search these pages"), field);
    const help = make("p", { class: "cb-search__help" }, "Is it an emergency? ", make("a", { href: places.help }, "Look at the signs that need help"), " first.");
    const all = make("p", { class: "cb-search__all" }, "Not found? ", make("a", { href: places.all }, "Browse all pages"));
    const dialog = make("dialog", { class: "cb-search md-typeset", "aria-label": "Search" }, close, help, form, count, list, all);

    const links = () => [field, ...dialog.querySelectorAll(".cb-search__list a, .cb-search__all a")];
    const move = (step) => {
      const every = links(), at = every.indexOf(document.activeElement);
      if (at >= 0) every[Math.max(0, Math.min(every.length - 1, at + step))].focus();
    };

    let timer, last = 0, shown = "";
    async function show() {
      const query = field.value, turn = ++last;
      if (query === shown) return;
      if (!query.trim()) {
        shown = "";
        list.replaceChildren();
        count.textContent = "";
        return;
      }
      let found;
      try {
        found = await (await engine).search(query);
      } catch {
        if (turn === last) count.textContent = "Search could not be loaded. Browse all pages instead.";
        return;
      }
      if (turn !== last) return; // somebody typed on
      shown = query;
      dialog.dataset.query = query;
      list.replaceChildren(...found.pages.map((page) => item(page, places.top)));
      const many = found.pages.length === 1 ? "1 page" : found.pages.length + " pages";
      count.textContent = found.nothing ? "No page uses these words. You can start here:" : many + " with these or similar words:";
    }

    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, PAUSE);
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(timer);
      await show();
      const first = list.querySelector("a");
      if (first) first.focus();
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        move(event.key === "ArrowDown" ? 1 : -1);
      }
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("a")) dialog.close(); // beside the panel, or to a place on this page
    });
    close.addEventListener("click", () => dialog.close());
    document.body.append(dialog);
    return { dialog, field };
  }

  function item(page, top) {
    const link = make("a", { href: new URL(page.url, top).href }, page.title);
    const line = make("p", { class: "cb-search__line" }, ...page.line.map(([text, marked]) => (marked ? make("mark", {}, text) : text)));
    return make("li", {}, link, " ", make("span", { class: "cb-search__kind" }, page.kind), line);
  }

  window.causebookDialog = async (places) => {
    if (!panel) {
      const style = make("link", { rel: "stylesheet", href: places.style });
      await new Promise((done) => {
        style.onload = style.onerror = done;
        document.head.append(style);
      });
      panel = panel || open(places);
    }
    if (!panel.dialog.open) panel.dialog.showModal();
    panel.field.focus();
    panel.field.select();
  };
})();
