// Keeps the page as new as the server: fetches its live part again when an event arrives, and now and then
// without one. What changed is the server's business to say; nothing is rendered here.

import { morph } from "./morph.js";

const DEBOUNCE = 250; // ms between an event and the fetch, so that a burst is one fetch
const REFRESH = 30_000; // ms after which the page is fetched without an event
const PATIENCE = 5_000; // ms without a stream before the reader is told

const body = document.body;
const pulse = document.getElementById("pulse");
const lost = document.getElementById("lost");
const icon = document.querySelector("link[rel=icon]");

let timer = 0;
let fetching = false;
let again = false;
let doubt = 0;

export function refreshSoon(delay = DEBOUNCE) {
  window.clearTimeout(timer);
  timer = window.setTimeout(refresh, delay);
}

export async function refresh() {
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  try {
    const answer = await fetch(body.dataset.fragment, { headers: { Accept: "text/html" } });
    if (answer.ok) show(await answer.text());
    else if (answer.status !== 404) setLost(true);
  } catch {
    setLost(true);
  } finally {
    fetching = false;
  }
  window.clearTimeout(timer);
  const soon = again;
  again = false;
  timer = window.setTimeout(refresh, soon ? DEBOUNCE : REFRESH);
}

function show(html) {
  const wanted = new DOMParser().parseFromString(html, "text/html").getElementById("live");
  const live = document.getElementById("live");
  if (!wanted || !live) return;
  morph(live, wanted);
  if (wanted.dataset.title) document.title = wanted.dataset.title;
  const emblem = wanted.dataset.icon === "emblem.svg" ? icon.dataset.calm : icon.dataset.problem;
  if (icon.getAttribute("href") !== emblem) icon.setAttribute("href", emblem);
}

function setLost(isLost) {
  window.clearTimeout(doubt);
  doubt = 0;
  document.getElementById("lost-since").textContent = document.getElementById("produced")?.textContent ?? "";
  lost.hidden = !isLost;
  body.classList.toggle("is-lost", isLost);
  pulse.hidden = false;
  pulse.classList.toggle("is-lost", isLost);
  pulse.lastElementChild.textContent = isLost ? pulse.dataset.lost : pulse.dataset.live;
}

function listen() {
  const stream = new EventSource(body.dataset.stream);
  for (const type of body.dataset.types.split(" ")) stream.addEventListener(type, () => refreshSoon());
  stream.addEventListener("open", () => {
    setLost(false);
    refreshSoon(); // for what happened before the stream was open
  });
  stream.addEventListener("error", () => {
    if (!doubt) doubt = window.setTimeout(() => setLost(true), PATIENCE);
    if (stream.readyState === EventSource.CLOSED) window.setTimeout(listen, PATIENCE);
  });
  window.addEventListener("pagehide", () => stream.close(), { once: true });
}

listen();
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") refreshSoon(0);
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) listen();
});
