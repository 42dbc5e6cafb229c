// Saves while somebody types. What the server has not acknowledged stays in this browser and is sent once it can be:
// after a lost connection, a closed page or a restart. Without this file the button saves.
const PAUSE = 1200; // ms without a key
const AGAIN = 4000; // ms between attempts without a connection
const form = document.querySelector("form[data-answer]");
const state = form.querySelector("[data-state]");
// by person: on a computer that several share, nobody's text is sent under another's name
const place = `merida:answer:${form.dataset.person}:${location.pathname.replace(/^\/\w\w\//, "/")}:${form.dataset.language}`;
const latin = `${document.documentElement.lang}-u-nu-latn`;
const most = Number(form.dataset.most);
const seen = form.elements.namedItem("seen");
let timer = 0;
let sending = null;
let changed = false;
let leaving = false; // by the button: the text goes along
let typed = null; // what the server has not acknowledged, also where this browser keeps nothing
let full = false; // the text did not fit into this browser's own store

const fields = () => [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "key", "seen"].includes(name));
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function say(words, attention = false) {
  state.textContent = words;
  state.dataset.kind = attention ? "attention" : "";
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
}

const held = () => typed ?? stored();

function hold(entry) {
  typed = entry;
  full = false;
  try {
    if (entry) localStorage.setItem(place, JSON.stringify(entry));
    else localStorage.removeItem(place);
  } catch {
    full = true; // the store is full or closed: the text is sent from here and stands in the form
  }
}

// The characters of the longest text, as the server counts them: an emoji is one.
function longest(entry) {
  const lengths = entry.fields.map(([, value]) => (value.length > most ? [...value].length : 0));
  return Math.max(0, ...lengths);
}

// What is too long is not sent again and again while somebody types on.
function tooLong(entry) {
  const count = longest(entry);
  if (count <= most) return false;
  const words = form.dataset.tooLong.replace("{count}", count.toLocaleString(latin));
  const kept = full ? ` ${form.dataset.full}` : "";
  say(words.replace("{most}", most.toLocaleString(latin)) + kept, true);
  return true;
}

// A name for each text that was typed. randomUUID is there on secure addresses only; without names of their own a
// text typed while another is sent would be taken for it.
function named() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("");
}

function keep() {
  [changed, leaving] = [true, false];
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
  if (!entry || sending || tooLong(entry)) return;
  say(form.dataset.saving);
  sending = post(entry);
  try {
    await took(entry, await sending);
  } catch {
    say(full ? form.dataset.full : form.dataset.offline, true);
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
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  const entry = held();
  if (entry && tooLong(entry)) return event.preventDefault();
  leaving = true;
  if (entry) form.elements.namedItem("key").value = entry.key; // the same text is taken once
});
addEventListener("online", () => later(0));
document.addEventListener("visibilitychange", () => document.hidden && changed && send());
addEventListener("beforeunload", (event) => changed && !leaving && (sending || full) && event.preventDefault());

// Puts a text that this browser kept back into the form, so that it is seen and can be shortened or sent again.
function fill(entry) {
  for (const each of form.elements) {
    const values = entry.fields.filter(([name]) => name === each.name).map(([, value]) => value);
    if (each.type === "radio" || each.type === "checkbox") each.checked = values.includes(each.value);
    else if (values.length && each.type !== "hidden") each.value = values[0];
  }
  seen.value = entry.seen;
}

const waiting = stored();
if ("again" in form.dataset) {
  // the page came back with what was refused: it stands in the form and stays in this browser
  if (!waiting || !same(waiting.fields, fields())) keep();
  else [typed, changed] = [waiting, true];
} else if (waiting && same(waiting.fields, fields())) hold(null);
else if (waiting) {
  fill(waiting);
  [typed, changed] = [waiting, true];
  send().then(() => held() ?? location.reload());
}
