/* The way into search. It costs a page only these few lines; what search needs is loaded when somebody opens it. */
(function () {
  "use strict";

  const link = document.querySelector("[data-cb-search]");
  if (!link || typeof HTMLDialogElement !== "function") return;

  const loaded = new Map();
  const script = (url) => {
    if (!loaded.has(url))
      loaded.set(url, new Promise((done, failed) => {
        const one = document.createElement("script");
        one.src = url;
        one.onload = done;
        one.onerror = () => {
          loaded.delete(url);
          one.remove();
          failed(new Error(url));
        };
        document.head.append(one);
      }));
    return loaded.get(url);
  };

  const { top, index, help, script: folder, style } = link.dataset;
  const at = (url, base) => new URL(url, base || document.baseURI).href;

  link.setAttribute("role", "button");
  link.setAttribute("aria-haspopup", "dialog");
  link.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      link.click();
    }
  });
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      await script(at("search-dialog.js", at(folder)));
      window.causebookDialog({ top: at(top), index: at(index), help: at(help), all: link.href, engine: at("search-engine.js", at(folder)), style: at(style), script });
    } catch {
      location.href = link.href; // search could not be loaded: the page with all pages is the way on
    }
  });
})();
