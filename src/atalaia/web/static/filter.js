// Filters while somebody types; without this file the form does the same with its button.

import { refreshSoon } from "./live.js";

const DEBOUNCE = 150;

document.documentElement.classList.add("is-filtering");

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("#filter");
  if (form) apply(form);
});

document.addEventListener("submit", (event) => {
  if (event.target.id !== "filter") return;
  event.preventDefault();
  apply(event.target);
});

function apply(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) query.append(name, value);
  const tail = query.size ? `?${query}` : "";
  history.replaceState(null, "", form.getAttribute("action") + tail);
  document.body.dataset.fragment = `/-/fragment/${tail}`;
  refreshSoon(DEBOUNCE);
}
