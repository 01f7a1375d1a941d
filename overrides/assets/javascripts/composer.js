// Puts a sheet together from what is ticked, on this device alone. The choice gets into the address only when a link is asked for.
"use strict";

const composer = document.querySelector("[data-cb-composer]");

if (composer) {
  const form = composer.querySelector("form");
  const sheets = composer.querySelector("[data-cb-sheets]");
  const status = form.querySelector("[role=status]");
  const [print, link] = ["[data-cb-print]", "[data-cb-link]"].map((one) => form.querySelector(one));
  const boxes = [...form.querySelectorAll("[name=choice]")];
  const words = new Map(); // id → the words of its sheet
  const loading = new Map(); // id → a promise that they are there

  globalThis.causebookSheet = (id, of) => words.set(id, of);

  function load(id) {
    if (!loading.has(id)) {
      const promise = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${composer.dataset.cbComposer}${id}.js`;
        script.onload = resolve;
        script.onerror = () => {
          loading.delete(id); // the next tick tries again
          reject(new Error(id));
        };
        document.head.append(script);
      });
      loading.set(id, promise);
    }
    return loading.get(id);
  }

  function element(name, class_, ...children) {
    const made = document.createElement(name);
    if (class_) made.className = class_;
    made.append(...children);
    return made;
  }

  function list(kind, items) {
    if (kind === "text") return items.map((text) => element("p", "", text));
    const made = element(kind === "steps" ? "ol" : "ul", `cb-sheet__${kind}`);
    made.append(...items.map((text) => element("li", "", text)));
    return [made];
  }

  // The word of a level, and what to do; with one country's number where somebody chose it.
  function help(level, call) {
    const box = element("div", `cb-help cb-help--${["emergency", "urgent", "soon"][level.rank] ?? "soon"}`);
    box.append(element("h3", "", level.word), element("p", "cb-sheet__call", (level.rank === 0 && call) || level.call));
    for (const group of level.groups) box.append(...list("list", group.signs));
    return box;
  }

  function line(label) {
    return element("p", "cb-sheet__line", element("span", "", label));
  }

  function sheet(id, choice) {
    const of = words.get(id);
    const made = element("section", "cb-sheet");
    if (choice.clinic) made.append(element("p", "cb-sheet__clinic", choice.clinic));
    made.append(element("h2", "", of.title), element("p", "cb-sheet__main", of.main));
    const blocks = of.blocks.map(([heading, kind, items]) => [element("h3", "", heading), ...list(kind, items)]);
    const warnings = of.levels.map((level) => help(level, choice.call));
    if (warnings.length) warnings.unshift(element("h3", "", "When to get help"));
    blocks.splice(choice.large ? 1 : blocks.length, 0, warnings); // in large print warnings stand on the first side
    made.append(...blocks.flat());
    if (choice.notes) {
      const notes = element("div", "cb-sheet__notes", element("h3", "", "My notes"));
      notes.append(line("My plan"), line(""), line("Come back or call if"), line("Ticked for you by"));
      made.append(notes);
    }
    made.append(element("p", "cb-sheet__foot", `${of.disclaimer} ${of.about}`));
    const page = new URL(boxes.find((box) => box.value === id).dataset.cbPage, location.href);
    if (page.protocol.startsWith("http")) made.append(element("p", "", `All of it: ${page.host}${page.pathname}`));
    return made;
  }

  function chosen() {
    const call = form.querySelector("[name=calls]:checked");
    return {
      ids: boxes.filter((box) => box.checked).map((box) => box.value),
      call: call?.dataset.cbCall,
      calls: call?.value ?? "",
      large: form.elements.large.checked,
      notes: form.elements.notes.checked,
      clinic: form.elements.clinic.value.trim(),
    };
  }

  let turn = 0;
  async function update() {
    const mine = ++turn;
    const choice = chosen();
    const results = await Promise.allSettled(choice.ids.map(load));
    if (mine !== turn) return; // somebody ticked something else meanwhile
    const ready = choice.ids.filter((id, place) => results[place].status === "fulfilled" && words.has(id));
    const missing = choice.ids.length - ready.length;
    sheets.classList.toggle("cb-composer__sheets--large", choice.large);
    sheets.replaceChildren(...ready.map((id) => sheet(id, choice)));
    document.documentElement.classList.toggle("cb-composing", ready.length > 0);
    print.disabled = link.disabled = !ready.length;
    say(`${ready.length === 1 ? "1 sheet" : `${ready.length || "No"} sheets`} chosen.${missing ? ` ${missing} could not be loaded.` : ""}`);
  }

  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  // Somebody opened a link that was asked for: tick what it names.
  function restore() {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (!asked.has("choice")) return;
    const ids = new Set(asked.get("choice").split(","));
    for (const box of boxes) box.checked = ids.has(box.value);
    for (const radio of form.querySelectorAll("[name=calls]")) radio.checked = radio.value === (asked.get("calls") ?? "");
    if (!form.querySelector("[name=calls]:checked")) form.querySelector("[name=calls]")?.click();
    form.elements.large.checked = asked.has("large");
    form.elements.notes.checked = !asked.has("plain");
  }

  link.addEventListener("click", async () => {
    const choice = chosen();
    const parts = [`choice=${choice.ids.join(",")}`];
    if (choice.calls) parts.push(`calls=${encodeURIComponent(choice.calls)}`);
    if (choice.large) parts.push("large");
    if (!choice.notes) parts.push("plain");
    history.replaceState(null, "", `#${parts.join("&")}`);
    try {
      await navigator.clipboard.writeText(location.href);
      say("The link is copied, and it stands in the address.");
    } catch {
      say("The link stands in the address of this page: copy it from there.");
    }
  });

  print.addEventListener("click", () => globalThis.print());
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => {
    restore();
    update();
  });
  addEventListener("pageshow", update);
  form.hidden = false;
  restore();
  update();
}
