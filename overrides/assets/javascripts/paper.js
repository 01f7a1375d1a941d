// Somebody came from the code on a handout: says whether this page is newer than the paper, and what has changed.
"use strict";

const place = document.querySelector("[data-cb-version]");

function number(version) {
  const [first, second] = version.split(".").map(Number);
  return first * 10000 + second;
}

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

function compare() {
  document.querySelector(".cb-paper-note")?.remove();
  const paper = /^#paper-(\d{1,3}\.\d{1,3})$/.exec(location.hash)?.[1];
  if (!paper || !place) return;
  const here = place.dataset.cbVersion;
  const note = element("div");
  note.className = "cb-box cb-paper-note";
  note.setAttribute("role", "status");
  if (number(paper) >= number(here)) {
    note.append(element("p", `Your paper is version ${paper}. That is the newest.`));
  } else {
    note.append(element("p", `Your paper is version ${paper}. This page is newer: version ${here}.`));
    const changes = [...document.querySelectorAll("[data-cb-change]")]
      .filter((one) => !one.dataset.cbChange || number(one.dataset.cbChange) > number(paper))
      .map((one) => element("li", one.textContent));
    if (changes.length) note.append(element("p", "What has changed:"), element("ul", "", ...changes));
    const link = element("a", "Print the new version");
    link.href = `#${place.id}`;
    note.append(element("p", "", link));
  }
  document.querySelector("article h1")?.after(note);
  note.scrollIntoView({ block: "center" });
}

addEventListener("hashchange", (event) => {
  if (event.newURL.split("#")[1] !== place?.id || !event.oldURL.includes("#paper-")) compare();
});
compare();
