// Proposals by keyboard. Without this file the same forms and links do the same, one page at a time.
const HEADERS = { "X-Desk": "1" };
let busy = false;

const desk = () => document.getElementById("desk");
const typing = (element) => ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName) && element.type !== "hidden";

async function show(answer) {
  const way = answer.headers.get("X-Desk-Way");
  if (way) return location.assign(way);
  const read = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("desk");
  if (!read) return location.reload();
  history.replaceState(null, "", read.dataset.url);
  desk().replaceWith(document.adoptNode(read));
  prepare();
  desk().querySelector(".errorlist")?.closest(".field")?.querySelector("input, select")?.focus();
  return null;
}

async function ask(url, options = {}) {
  if (busy) return;
  busy = true;
  try {
    await show(await fetch(url, { ...options, headers: HEADERS }));
  } catch {
    location.assign(desk().dataset.url);
  } finally {
    busy = false;
  }
}

function send(form, button) {
  const body = new FormData(form);
  if (button?.name) body.set(button.name, button.value);
  ask(form.action, { method: "POST", body });
}

function press(key) {
  if (key === "c") return desk().querySelector(".curation-fields input, .curation-fields select")?.focus();
  if (key === "m") return desk().querySelector("#same-as")?.focus();
  return desk().querySelector(`[data-key="${key}"]`)?.click();
}

function prepare() {
  for (const hint of desk().querySelectorAll(".curation-keys")) hint.hidden = false;
  for (const form of desk().querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form, event.submitter);
    });
  }
  for (const link of desk().querySelectorAll("a[data-key]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      ask(link.href);
    });
  }
}

document.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && typing(event.target)) return event.target.blur();
    if (event.key === "Enter" && event.target.id === "same-as") {
      event.preventDefault();
      return desk().querySelector("[data-merge]")?.click();
    }
    if (typing(event.target) || !/^[acrmsujk]$/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation(); // j and k go through lists elsewhere
    press(event.key);
  },
  true,
);

prepare();
