// Unlocking, exporting, saving the whole file, locking again.
const source = `<!DOCTYPE html>\n${document.documentElement.outerHTML}\n`; // before anything is changed
const page = document.getElementById("page");
const TYPED = "<" + 'script type="application/json" id="typed">';
const END = "<" + "/script>";
const NAMES = { ar: "العربية", zh: "中文", en: "English", fr: "Français", ru: "Русский", es: "Español" };
const envelopes = {
  pack: JSON.parse(document.getElementById("package").textContent),
  typed: JSON.parse(document.getElementById("typed").textContent || "null"),
};
let master = null;

function readable() {
  return globalThis.crypto?.subtle && globalThis.DecompressionStream && globalThis.CompressionStream && crypto.randomUUID;
}

function showLock() {
  const input = make("input", { id: "passphrase", type: "password", autocomplete: "off", maxlength: 256, required: true, dir: "auto" });
  const state = make("p", { id: "state", role: "status" });
  const button = make("button", {}, say("unlock"));
  const form = make("form", {}, make("p", {}, make("label", { for: "passphrase" }, say("passphrase")), input), button, state);
  const lines = readable() ? [make("p", {}, say("about")), form] : [make("p", { class: "notice" }, say("too_old"))];
  page.replaceChildren(make("main", { class: "lock" }, make("h1", {}, say("title")), ...lines));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.disabled = true;
    tell(say("unlocking"));
    unlock(input.value)
      .catch((error) => tell(say(error.message === "passphrase" ? "wrong" : "damaged"), true))
      .finally(() => {
        button.disabled = false;
      });
  });
  if (readable()) input.focus();
}

async function unlock(passphrase) {
  master = await unlocked(envelopes.pack, passphrase);
  readPackage(await opened(envelopes.pack, master));
  if (envelopes.typed) {
    const [, , , body] = (await opened(envelopes.typed, master)).split("\n");
    takeOver(JSON.parse(body).answers.map((entry) => ({ ...entry, given: true })));
  }
  let keeps = true;
  try {
    takeOver(await startKeeping(master, pack.told.package));
  } catch {
    keeps = false;
  }
  await showPackage(keeps);
}

async function showPackage(keeps) {
  const action = (name, work) => make("button", { type: "button", class: name === "export" ? "" : "second", onclick: work }, say(name));
  const choice = make("select", { id: "language" }, ...Object.entries(NAMES).map(([code, name]) =>
    make("option", { value: code, lang: code, selected: code === book.language }, name)));
  const seek = make("input", { id: "seek", type: "search", dir: "auto" });
  const bar = make("progress", { id: "progress", "aria-labelledby": "done" });
  const trust = make("p", { class: "quiet" });
  page.replaceChildren(
    make("a", { class: "skip", href: "#questions" }, say("skip")),
    make("header", {},
      make("h1", {}, make("bdi", {}, pack.content.title)),
      make("p", { class: "quiet" }, make("bdi", {}, pack.content.state), ...dueWords()),
      make("div", { class: "row" }, bar, make("span", { id: "done" }), make("span", { id: "changed" })),
      make("div", { class: "row" }, action("export", giveAnswers), action("save_whole", giveWhole), action("lock", lock)),
      make("p", { id: "state", role: "status" }, keeps ? "" : say("not_kept"))),
    make("div", { class: "columns" },
      make("nav", { "aria-label": say("sections") },
        make("p", {}, make("label", { for: "seek" }, say("search")), seek),
        make("div", { id: "found", hidden: true }),
        make("details", { id: "ways", open: true }, make("summary", {}, say("sections")), make("ul", { id: "sections" })),
        make("p", {}, make("label", { for: "language" }, say("answer_language")), choice)),
      make("main", { id: "questions", tabindex: -1 })),
    make("footer", {}, pack.content.introduction && make("p", { dir: "auto" }, pack.content.introduction), trust));
  document.title = pack.content.title;
  if (!keeps) document.getElementById("state").dataset.kind = "attention";
  choice.addEventListener("change", () => keepAll().then(() => {
    book.language = choice.value;
    open(book.section);
  }));
  seek.addEventListener("input", () => search(seek.value));
  document.getElementById("questions").addEventListener("turned", (event) => {
    for (const one of event.target.children) one.refresh?.();
  });
  showSections();
  showProgress();
  open(book.section);
  tellOtherTab();
  await tellTrust(trust);
}

function dueWords() {
  if (!pack.content.due) return [];
  return [" · ", say("due", { day: apart(pack.content.due) })];
}

// Days and names of keys keep their order in a line that runs from right to left.
const apart = (text) => `\u2066${text}\u2069`;

async function tellTrust(line) {
  const signed = await isSigned(pack.manifest, pack.signature, pack.publicKey);
  const key = await keyName(pack.publicKey);
  const name = signed === null ? "not_checked" : signed ? "signed" : "edited";
  const moment = apart(pack.told.made_at.replace("T", " ").replace("+00:00", " UTC"));
  line.replaceChildren(say(name, { key: apart(key), moment }));
  line.classList.toggle("notice", signed === false);
}

// Two tabs with one package would each keep their own text: the second one is told. The first holds until it closes.
function tellOtherTab() {
  navigator.locks?.request(`merida ${pack.told.package}`, { ifAvailable: true }, (held) => {
    if (held) return new Promise(() => {});
    return tell(say("two_tabs"), true);
  });
}

async function answersEnvelope() {
  await keepAll();
  const answers = [...typed.values()].map(({ given, ...entry }) => entry);
  const body = JSON.stringify({ format: ANSWERS, package: pack.told.package, made_at: new Date().toISOString(), answers });
  return JSON.stringify(await sealed(await signedAnswers(pack, body), master, ANSWERS, envelopes.pack));
}

// Before a file is given: from now on another text of these answers has a name of its own, and tells that it comes after this one.
async function markGiven() {
  for (const [place, entry] of typed) {
    entry.given = true;
    await keepEntry(place, entry).catch(() => tell(say("not_kept"), true));
  }
}

async function giveAnswers() {
  if (!typed.size) return tell(say("nothing_typed"), true);
  const text = await answersEnvelope();
  await markGiven();
  give(text, `answers-${pack.told.package.slice(0, 8)}.json`, "application/json");
  tell(say("exported"));
}

async function giveWhole() {
  const text = typed.size ? await answersEnvelope() : "";
  const at = source.indexOf(TYPED) + TYPED.length;
  const end = source.indexOf(END, at);
  const whole = source.slice(0, at) + text + source.slice(end);
  await markGiven();
  give(whole, `offline-${pack.told.package.slice(0, 8)}.html`, "text/html");
  tell(say("saved_whole"));
}

function give(text, name, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

async function lock() {
  await keepAll();
  location.reload();
}

document.addEventListener("visibilitychange", () => document.hidden && keepAll());
addEventListener("beforeunload", (event) => (waiting.size || (typed.size && !keeper.database)) && event.preventDefault());
showLock();
