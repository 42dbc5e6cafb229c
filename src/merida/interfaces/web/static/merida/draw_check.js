// Checks a record in the browser by the published procedure: digests, key, random values, picks and walks. See the page for what is not.
// What repeats walks and years is fetched when somebody presses the button: a page that is only read does without.
const WALK = "./draw_walk.js";
const YEARS = "./draw_years.js";
const PROOFS = "./draw_proofs.js";

const WORD = 1n << 64n;
const LINES = ["digest", "announcement", "seed", "stream", "completion", "picks", "candidates", "walk", "years"];
const AHEAD = 256; // blocks of random words made at once in a long run

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

async function sha256(text) {
  return new DataView(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

async function hex(text) {
  const view = await sha256(text);
  return [...new Uint8Array(view.buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

class Stream {
  constructor(seed, label) {
    Object.assign(this, { prefix: `${seed} ${label} `, counter: 0, ahead: 1, words: [] });
  }

  // Makes the next blocks, twice as many each time; words are taken from the end of the list.
  async fill() {
    const counters = Array.from({ length: this.ahead }, (_none, each) => this.counter + each);
    const blocks = await Promise.all(counters.map((each) => sha256(`${this.prefix}${each}`)));
    this.words = blocks.reverse().flatMap((block) => [24, 16, 8, 0].map((start) => block.getBigUint64(start)));
    this.counter += this.ahead;
    this.ahead = Math.min(AHEAD, 2 * this.ahead);
  }

  async below(bound) {
    const wide = BigInt(bound);
    const limit = WORD - (WORD % wide);
    for (;;) {
      if (!this.words.length) await this.fill();
      const word = this.words.pop();
      if (word < limit) return Number(word % wide);
    }
  }

  async shuffled(items) {
    const order = [...items];
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = await this.below(last + 1);
      [order[last], order[other]] = [order[other], order[last]];
    }
    return order;
  }
}

function seedKey(values) {
  return values.map((numbers) => `${[...numbers].sort((a, b) => a - b).map((one) => `${one}.`).join("")}/`).join("");
}

function balls(announcement, pick) {
  const urn = new Map(announcement.urn.map((one) => [one.code, one]));
  // records of the first format list the admitted in groups
  const admitted = Array.isArray(pick.admitted) ? pick.admitted.flatMap((group) => group.codes) : Object.keys(pick.admitted);
  let codes = admitted.sort();
  if (pick.preference) {
    const system = urn.get(pick.subject).legal_system;
    codes = codes.filter((code) => urn.get(code).legal_system === system);
  }
  return codes.flatMap((code) => Array(urn.get(code).weight).fill(code));
}

// Of each line of the check: true, false, or null where the record's method has no such thing.
async function verdicts(record, printed) {
  const { digest, ...body } = record;
  const made = await hex(canonical(body));
  const key = seedKey(record.values);
  const announced = await hex(canonical(record.announcement));
  const seed = await hex(`${key}${announced}`);
  const found = {
    digest: made === digest && made === printed,
    announcement: announced === record.announcement_digest,
    seed: key === record.seed_key && seed === record.seed,
    stream: true,
    picks: true,
    candidates: null,
    walk: null,
    years: null,
    completion: null,
    item: "",
  };
  const { method, instrument, rules, format } = record.announcement;
  const streamOf = (label) => new Stream(seed, [label, !format && instrument].filter(Boolean).join(" "));
  if (method === "YEARS" || rules.staggered) {
    const { dealtOtherwise } = await import(YEARS);
    found.item = await dealtOtherwise(record, streamOf("YEARS"));
    found.years = !found.item;
  }
  if (method === "YEARS") return { ...found, stream: null, picks: null };
  const stream = streamOf(method);
  const { Table, walked } = await import(WALK);
  if (method === "UNIFORM") {
    const item = await walked(record, stream);
    return { ...found, stream: null, picks: null, walk: !item, item: item || found.item };
  }
  const table = new Table(record.announcement);
  const start = table.begin(record.completion);
  found.completion = Boolean(start);
  if (!found.completion) found.item ||= "completion";
  let ceremony = null;
  if (format && start) {
    const { Ceremony } = await import(PROOFS);
    ceremony = new Ceremony(record.announcement, table, start);
    found.candidates = true;
  }
  const order = await stream.shuffled(record.announcement.subjects);
  if (order.join() !== record.order.join()) Object.assign(found, { stream: false, item: found.item || "order" });
  for (const [at, pick] of record.picks.entries()) {
    const inside = balls(record.announcement, pick);
    const ball = inside.length ? await stream.below(inside.length) : -1;
    const wrongBall = inside.length !== pick.balls || ball + 1 !== pick.ball;
    const wrongPick = inside[pick.ball - 1] !== pick.reviewer;
    if (wrongBall) found.stream = false;
    if (wrongPick) found.picks = false;
    if ((wrongBall || wrongPick) && !found.item) found.item = `picks.${at + 1}: ${pick.subject} ${pick.reviewer}`;
    const odd = ceremony && found.candidates && (wrongPick ? "reviewer" : followed(ceremony, pick));
    if (odd) Object.assign(found, { candidates: false, item: found.item || `picks.${at + 1}.${odd}` });
  }
  return found;
}

// What one pick says otherwise than it must; a pick of another shape is named as a whole.
function followed(ceremony, pick) {
  try {
    return ceremony.pick(pick);
  } catch {
    return "admitted";
  }
}

function unreadable(record) {
  const picked = !["UNIFORM", "YEARS"].includes(record?.announcement?.method);
  const none = { stream: null, picks: null, completion: null, candidates: null, walk: null, years: null };
  return { ...none, digest: false, item: "format", ...(picked ? { stream: false, picks: false } : {}) };
}

function holds(verdict) {
  return verdict === true || verdict === null;
}

function line(box, name) {
  return box.querySelector(`[data-check="${name}"]`);
}

async function fetched(each) {
  const answer = await fetch(each.dataset.record, { cache: "no-store" });
  return JSON.parse(await answer.text());
}

// Every record of the draw, the first draw first: a line is good when it is for all of them; the first wrong item is named.
async function check(box) {
  for (const each of box.querySelectorAll("[data-check]")) each.hidden = true;
  box.querySelector("[data-item]").textContent = "";
  const named = [...box.querySelectorAll("[data-record]")];
  let records;
  try {
    records = await Promise.all(named.map(fetched));
  } catch {
    line(box, "unread").hidden = false;
    return;
  }
  const all = [];
  for (const [at, record] of records.entries()) {
    all.push(await verdicts(record, named[at].dataset.digest).catch(() => unreadable(record)));
  }
  for (const name of LINES) {
    const shown = line(box, name);
    if (all.every((found) => found[name] === null)) continue;
    const good = all.every((found) => holds(found[name]));
    shown.dataset.outcome = good ? "good" : "bad";
    shown.querySelector("[data-good]").hidden = !good;
    shown.querySelector("[data-bad]").hidden = good;
    shown.hidden = false;
  }
  line(box, "first").hidden = records.every((record) => record?.announcement?.format || !record?.picks);
  line(box, "limits").hidden = false;
  const wrong = all.findIndex((found) => LINES.some((name) => !holds(found[name])));
  if (wrong >= 0) {
    const { number } = named[wrong].dataset;
    box.querySelector("[data-item]").textContent = all[wrong].item && `records/${number}: ${all[wrong].item}`;
  }
}

const box = document.getElementById("draw-check");
if (box) {
  box.hidden = false;
  if (globalThis.crypto?.subtle) box.querySelector("button").addEventListener("click", () => check(box));
  else {
    box.querySelector("button").hidden = true;
    line(box, "unable").hidden = false;
  }
}
