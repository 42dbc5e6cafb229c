// Proposals by keyboard. Without this file the same forms and links do the same, one page at a time.
// The next proposal is fetched while this one is read: a decision shows it at once and is sent behind it. What could
// not be recorded comes back with the reason.
const GOES_AHEAD = new Set(["accept", "reject", "merge"]);
const decided = new Set();
let ahead = { url: "", desk: null };
let sending = Promise.resolve();

const desk = () => document.getElementById("desk");
const typing = (element) => ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName) && element.type !== "hidden";
const read = (text) => new DOMParser().parseFromString(text, "text/html");

async function fetched(url, how, options = {}) {
  const answer = await fetch(url, { ...options, headers: { "X-Desk": how } });
  return { answer, page: read(await answer.text()) };
}

function fetchAhead() {
  const url = desk().querySelector("[data-key=j]")?.href ?? "";
  const usable = url && !decided.has(url);
  ahead = { url, desk: usable ? fetched(url, "next").then(({ page }) => page.getElementById("desk"), () => null) : null };
}

function show(next) {
  history.replaceState(null, "", next.dataset.url);
  desk().replaceWith(document.adoptNode(next));
  prepare();
  desk().querySelector(".errorlist")?.closest(".field")?.querySelector("input, select")?.focus();
}

function showAnswer({ answer, page }) {
  const way = answer.headers.get("X-Desk-Way");
  const next = page.getElementById("desk");
  if (way) location.assign(way);
  else if (next) show(next);
  else location.assign(desk().dataset.url);
}

function say({ answer, page }) {
  if (answer.ok) {
    for (const name of ["curation-said", "curation-counts"]) {
      const now = page.querySelector(`.${name}`);
      if (now) desk().querySelector(`.${name}`)?.replaceWith(document.adoptNode(now));
    }
  } else {
    const back = page.getElementById("desk");
    if (back) decided.delete(new URL(back.dataset.url, location).href);
    showAnswer({ answer, page });
  }
}

function later(deed) {
  sending = sending.then(deed).catch(() => location.assign(desk().dataset.url));
  return sending;
}

async function send(form, button) {
  const body = new FormData(form);
  if (button?.name) body.set(button.name, button.value);
  const options = { method: "POST", body };
  const waiting = GOES_AHEAD.has(body.get("decision")) ? ahead : { desk: null };
  if (waiting.desk) decided.add(form.action);
  const next = await waiting.desk;
  if (!next) {
    later(async () => showAnswer(await fetched(form.action, "next", options)));
    return;
  }
  show(next);
  later(async () => say(await fetched(form.action, "ahead", options)));
}

async function go(url) {
  const next = url === ahead.url ? await ahead.desk : null;
  if (next) show(next);
  else later(async () => showAnswer(await fetched(url, "next")));
}

function press(key) {
  if (key === "c") desk().querySelector(".curation-fields input, .curation-fields select")?.focus();
  else if (key === "m") desk().querySelector("#same-as")?.focus();
  else desk().querySelector(`[data-key="${key}"]`)?.click();
}

function once(form, event) {
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  send(form, event.submitter);
}

function prepare() {
  for (const hint of desk().querySelectorAll(".curation-keys")) hint.hidden = false;
  for (const form of desk().querySelectorAll("form")) form.addEventListener("submit", (event) => once(form, event));
  for (const link of desk().querySelectorAll("a[data-key]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(link.href);
    });
  }
  fetchAhead();
}

document.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && typing(event.target)) event.target.blur();
    else if (event.key === "Enter" && event.target.id === "same-as") desk().querySelector("[data-merge]")?.click();
    else if (!typing(event.target) && /^[acrmsujk]$/.test(event.key)) press(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation(); // j and k go through lists elsewhere
  },
  true,
);

prepare();
