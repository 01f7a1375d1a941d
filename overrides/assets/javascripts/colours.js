// Sets the colours a reader chose, before anything is painted. Kept on the reader's own device, and nowhere else.
"use strict";
try {
  const chosen = localStorage.getItem("colours");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.colours = chosen;
} catch {
  // Storage may be blocked: then the device's own setting holds.
}
