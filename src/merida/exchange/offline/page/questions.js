// The opened package: sections, questions, search, progress, and what was typed.
const pack = { manifest: "", told: null, signature: "", content: null };
const typed = new Map(); // place → { question, language, value, key, given, earlier, at }
const book = { questions: new Map(), sectionOf: new Map(), section: null, language: "", hay: new Map() };
const figures = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`);
const PAUSE = 400; // ms without a key before a text is kept
const MOST_FOUND = 100;
const waiting = new Map(); // place → timer
const placeOf = (question, language) => `${question}\n${language}`;
const inPackage = (question, language) => pack.content.answers[question]?.[language] ?? {};
const valueIn = (question, language) => typed.get(placeOf(question, language))?.value ?? inPackage(question, language);
const primaryValue = (question) => valueIn(question, pack.content.language);

function readPackage(text) {
  const [manifest, signature, publicKey, content] = text.split("\n");
  Object.assign(pack, { manifest, signature, publicKey, told: JSON.parse(manifest), content: JSON.parse(content) });
  for (const section of pack.content.sections) {
    for (const question of section.questions) {
      book.questions.set(question.id, question);
      book.sectionOf.set(question.id, section);
    }
  }
  book.language = pack.content.language;
  book.section = pack.content.sections[0];
}

// Takes over what was typed earlier: from the file itself or from this browser, the later one of both.
function takeOver(entries) {
  for (const entry of entries) {
    const place = placeOf(entry.question, entry.language);
    if (book.questions.has(entry.question) && !(typed.get(place)?.at > entry.at)) typed.set(place, entry);
  }
}

function note(question, value) {
  const place = placeOf(question.id, book.language);
  const held = typed.get(place);
  if (sameValue(value, held?.value ?? inPackage(question.id, book.language))) return;
  const earlier = held?.given ? [...held.earlier, held.key] : (held?.earlier ?? []);
  const key = held && !held.given ? held.key : crypto.randomUUID();
  const entry = { question: question.id, language: book.language, value, key, given: false, earlier, at: Date.now() };
  if (!earlier.length && sameValue(value, inPackage(question.id, book.language))) typed.delete(place);
  else typed.set(place, entry);
  book.hay.delete(question.id);
  clearTimeout(waiting.get(place));
  waiting.set(place, setTimeout(() => keepNow(place), PAUSE));
}

async function keepNow(place) {
  clearTimeout(waiting.get(place));
  waiting.delete(place);
  try {
    await keepEntry(place, typed.get(place) ?? null);
    tell(waiting.size ? "" : say("kept"));
  } catch {
    tell(say("not_kept"), true);
  }
}

const keepAll = () => Promise.all([...waiting.keys()].map(keepNow));

function tell(text, attention = false) {
  const state = document.getElementById("state");
  if (!state) return;
  state.textContent = text;
  state.dataset.kind = attention ? "attention" : "";
}

function progress() {
  let asked = 0;
  let done = 0;
  for (const question of book.questions.values()) {
    if (!isAsked(question, book.questions, primaryValue)) continue;
    asked += 1;
    if (isAnswered(primaryValue(question.id))) done += 1;
  }
  return [done, asked];
}

function sectionProgress(section) {
  const asked = section.questions.filter((one) => isAsked(one, book.questions, primaryValue));
  return [asked.filter((one) => isAnswered(primaryValue(one.id))).length, asked.length];
}

const ofAll = ([done, all]) => say("answered_of", { done: figures.format(done), all: figures.format(all) });

function showProgress() {
  const [done, all] = progress();
  const bar = document.getElementById("progress");
  bar.max = all || 1;
  bar.value = done;
  document.getElementById("done").textContent = ofAll([done, all]);
  document.getElementById("changed").textContent = say("changed_here", { count: figures.format(typed.size) });
  showCount(book.section);
}

function showCount(section) {
  const line = document.querySelector(`[data-section="${CSS.escape(section.id)}"] .count`);
  if (line) line.textContent = sectionProgress(section).map((one) => figures.format(one)).join(" / ");
}

function showSections() {
  const list = document.getElementById("sections");
  list.replaceChildren(
    ...pack.content.sections.map((section) =>
      make(
        "li",
        { "data-section": section.id },
        make("button", { type: "button", class: "way", onclick: () => open(section) },
          make("bdi", {}, section.title), make("span", { class: "count", dir: "ltr" })),
      ),
    ),
  );
  pack.content.sections.forEach(showCount);
}

function open(section, question = null) {
  book.section = section;
  for (const line of document.querySelectorAll("#sections > li")) {
    const now = line.dataset.section === section.id;
    line.firstChild.toggleAttribute("aria-current", now);
    if (now) line.firstChild.setAttribute("aria-current", "true");
  }
  const at = pack.content.sections.indexOf(section);
  const way = (to, name) => to && make("button", { type: "button", class: "second", onclick: () => open(to) }, say(name));
  const questions = section.questions.map((one, place) => article(one, `q${place}`));
  const heading = make("h2", { id: "part", tabindex: -1 }, section.title);
  const ways = make("p", { class: "row" }, way(pack.content.sections[at - 1], "back"), way(pack.content.sections[at + 1], "next"));
  document.getElementById("questions").replaceChildren(heading, ...questions, ways);
  document.getElementById("ways").open = matchMedia("(min-width: 60rem)").matches;
  const target = question ? document.querySelector(`[data-question="${CSS.escape(question)}"] h3`) : heading;
  target.focus();
  target.scrollIntoView({ block: "start" });
}

function article(question, place) {
  const held = inPackage(question.id, book.language);
  const about = { laws: pack.content.laws, authorities: pack.content.authorities, language: book.language };
  const title = make("h3", { id: `${place}-title`, tabindex: -1 }, make("bdi", {}, question.text));
  const kind = [say(`kind_${question.kind}`), question.provision, question.obligation && say(question.obligation)];
  const state = make("p", { class: "changed", hidden: true }, make("strong", {}, say("changed")));
  const back = make("button", { type: "button", class: "plain" }, say("undo"));
  const unasked = make("p", { class: "notice", hidden: true }, say("not_asked"));
  const box = make("article", { "data-question": question.id, "aria-labelledby": title.id },
    make("p", { class: "quiet" }, make("bdi", {}, kind.filter(Boolean).join(" · "))), title,
    question.guidance && make("details", { open: true }, make("summary", {}, say("guidance")), make("p", { dir: "auto" }, question.guidance)),
    unasked, question.kind === "ATTACHMENTS" && make("p", { class: "quiet" }, say("files_note")), state);
  state.append(" ", back);
  let [fields, read] = fieldsOf(question, valueIn(question.id, book.language), place, about);
  const refresh = () => {
    state.hidden = sameValue(valueIn(question.id, book.language), held);
    unasked.hidden = isAsked(question, book.questions, primaryValue);
  };
  back.addEventListener("click", () => {
    note(question, held);
    const [fresh, reader] = fieldsOf(question, held, place, about);
    fields.replaceWith(fresh);
    [fields, read] = [fresh, reader];
    changed();
    fields.querySelector("input, textarea")?.focus();
  });
  const changed = () => {
    showProgress();
    box.parentElement.dispatchEvent(new Event("turned"));
  };
  box.addEventListener("input", () => {
    note(question, read());
    changed();
  });
  box.refresh = refresh;
  box.append(fields);
  refresh();
  return box;
}

function search(sought) {
  const box = document.getElementById("found");
  const parts = sought.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  box.hidden = !parts.length;
  if (!parts.length) return;
  const found = [...book.questions.values()].filter((one) => parts.every((part) => hayOf(one).includes(part)));
  const lines = found.slice(0, MOST_FOUND).map((one) =>
    make("li", {}, make("button", { type: "button", class: "way", onclick: () => open(book.sectionOf.get(one.id), one.id) },
      make("bdi", {}, one.text), make("span", { class: "count" }, make("bdi", {}, one.provision ?? "")))),
  );
  const count = say(found.length ? "found" : "none_found", { count: figures.format(found.length) });
  box.replaceChildren(make("p", { class: "quiet", role: "status" }, count), make("ul", {}, ...lines));
}

function hayOf(question) {
  if (!book.hay.has(question.id)) {
    const answers = new Set([book.language, ...Object.keys(pack.content.answers[question.id] ?? {})]);
    const texts = [...answers].map((one) => plainValue(valueIn(question.id, one)));
    const all = [question.id, question.text, question.guidance, question.provision, ...texts];
    book.hay.set(question.id, all.filter(Boolean).join("\n").toLocaleLowerCase());
  }
  return book.hay.get(question.id);
}
