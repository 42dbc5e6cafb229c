// Saves while somebody types. What the server has not acknowledged stays in this browser and is sent once it can be:
// after a lost connection, a closed page or a restart. Without this file the button saves.
const PAUSE = 1200; // ms without a key
const AGAIN = 4000; // ms between attempts without a connection
const form = document.querySelector("form[data-answer]");
const state = form.querySelector("[data-state]");
// by person: on a computer that several share, nobody's text is sent under another's name
const place = `merida:answer:${form.dataset.person}:${location.pathname.replace(/^\/\w\w\//, "/")}:${form.dataset.language}`;
const seen = form.elements.namedItem("seen");
let timer = 0;
let sending = null;
let changed = false;

const fields = () => [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "key", "seen"].includes(name));
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function say(words, attention = false) {
  state.textContent = words;
  state.dataset.kind = attention ? "attention" : "";
}

function held() {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
}

function hold(entry) {
  try {
    if (entry) localStorage.setItem(place, JSON.stringify(entry));
    else localStorage.removeItem(place);
  } catch {
    // storage is full or closed: the text still stands in the form
  }
}

// A name for each text that was typed. randomUUID is there on secure addresses only; without names of their own a
// text typed while another is sent would be taken for it.
function named() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("");
}

function keep() {
  changed = true;
  hold({ fields: fields(), seen: seen.value, key: named() });
}

async function post(entry) {
  const body = new URLSearchParams(entry.fields);
  body.set("seen", entry.seen);
  body.set("key", entry.key);
  body.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
  return fetch(location.href, { method: "POST", body, headers: { "X-Autosave": "1" } });
}

async function send() {
  const entry = held();
  if (!entry || sending) return;
  say(form.dataset.saving);
  sending = post(entry);
  try {
    await took(entry, await sending);
  } catch {
    say(form.dataset.offline, true);
    later(AGAIN);
  } finally {
    sending = null;
    if (held() && held().key !== entry.key) later(0);
  }
}

async function took(entry, answer) {
  if (answer.status === 404 || answer.status === 403) return say(form.dataset.lost, true);
  if (answer.status >= 500) throw new Error(answer.status);
  const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
  if (!said?.kept) return say(`${form.dataset.refused} ${said?.words ?? ""}`, true);
  const now = held();
  if (now && now.key === entry.key) {
    hold(null);
    changed = false;
  }
  if (!said.aside) {
    seen.value = said.revision;
    if (now && now.key !== entry.key) hold({ ...now, seen: said.revision });
  }
  say(said.words, Boolean(said.aside));
  if (said.aside && !held()) location.reload(); // both texts are shown beside each other
}

function later(pause = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(send, pause);
}

form.addEventListener("input", () => {
  keep();
  later();
});
form.addEventListener("submit", () => {
  clearTimeout(timer);
  const entry = held();
  if (entry) form.elements.namedItem("key").value = entry.key; // the same text is taken once
});
addEventListener("online", () => later(0));
document.addEventListener("visibilitychange", () => document.hidden && changed && send());
addEventListener("beforeunload", (event) => changed && sending && event.preventDefault());

const waiting = held();
if (waiting && same(waiting.fields, fields())) hold(null);
else if (waiting) send().then(() => held() ?? location.reload());
