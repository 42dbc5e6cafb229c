// The walks of a draw made at once, made again step by step from the table at which the record says that they begin.
const SWEEPS = 120; // steps of a walk per place to fill
const WALKS = 200;
const BASES = [[12, 8], [60, 50], [Infinity, 1500]]; // up to so many participants

function grid(size, filled = () => false) {
  return Array.from({ length: size }, (_row, row) => Uint8Array.from({ length: size }, (_cell, cell) => filled(row, cell)));
}

function lacking(least, found) {
  return Math.max(0, least - found);
}

function counted(reviewers, counts = () => true) {
  return reviewers.reduce((sum, mine, subject) => sum + mine.filter((held, one) => held && counts(subject, one)).length, 0);
}

// Who may review whom; rows are subjects, columns reviewers, both in the order of their codes.
export class Table {
  constructor(announcement) {
    const { rules } = announcement;
    const urn = [...announcement.urn].sort((a, b) => (a.code < b.code ? -1 : 1));
    const place = new Map(urn.map((one, at) => [one.code, at]));
    const at = (code) => {
      if (!place.has(code)) throw new RangeError(code);
      return place.get(code);
    };
    const subjects = announcement.subjects.map(at);
    const out = new Set(announcement.excluded.map((one) => at(one.code)));
    for (const [each, one] of urn.entries()) if (one.declines) out.add(each);
    const reviewed = new Set(subjects);
    const kept = grid(urn.length);
    const may = grid(urn.length, (subject, one) => reviewed.has(subject) && !out.has(one) && !(rules.no_self && subject === one));
    for (const pair of announcement.kept) kept[at(pair.subject)][at(pair.reviewer)] = 1;
    for (const pair of announcement.conflicts) may[at(pair.subject)][at(pair.reviewer)] = 0;
    for (const pair of rules.no_mutual ? [...announcement.earlier, ...announcement.kept] : []) {
      may[at(pair.reviewer)][at(pair.subject)] = 0;
    }
    const close = grid(urn.length, (subject, one) => !urn[subject].group || urn[subject].group === urn[one].group);
    const least = urn.map((one, each) =>
      announcement.minimum_due && !out.has(each) ? lacking(rules.duties_min, one.duties_done) : 0,
    );
    const most = urn.map((one, each) =>
      Math.max(counted(kept, (_subject, reviewer) => reviewer === each), rules.duties_max - one.duties_done),
    );
    Object.assign(this, { rules, at, subjects, kept, may, close, least, most, size: urn.length, codes: urn.map((one) => one.code), systems: urn.map((one) => one.legal_system) });
  }

  pairs(reviewers) {
    return reviewers.flatMap((mine, subject) =>
      this.codes.filter((_code, one) => mine[one]).map((code) => [this.codes[subject], code]),
    );
  }

  // The table of a list of pairs; undefined where it is none that the walk could begin at.
  begin(pairs) {
    const reviewers = grid(this.size);
    for (const [subject, reviewer] of pairs) reviewers[this.at(subject)][this.at(reviewer)] = 1;
    const { rules, kept, may } = this;
    const every = (good) => reviewers.every((mine, subject) => mine.every((held, one) => good(held, subject, one)));
    const full = this.subjects.every((subject) => counted([reviewers[subject]]) === rules.reviewers_per_review);
    const mayBe = every((held, subject, one) => (held ? kept[subject][one] || may[subject][one] : !kept[subject][one]));
    const whole = pairs.length === this.subjects.length * rules.reviewers_per_review;
    return full && mayBe && whole && new Walk(this, reviewers).broken() === 0 ? reviewers : undefined;
  }
}

class Walk {
  constructor(table, reviewers) {
    Object.assign(this, { table, reviewers: reviewers.map((mine) => mine.slice()), places: [] });
    for (const subject of table.subjects) {
      reviewers[subject].forEach((held, one) => {
        if (held && !table.kept[subject][one]) this.places.push([subject, one]);
      });
    }
    this.duties = table.codes.map((_code, one) => reviewers.reduce((sum, mine) => sum + mine[one], 0));
    this.near = reviewers.map((mine, subject) => counted([mine], (_row, one) => table.close[subject][one]));
  }

  async step(stream, base) {
    const { table, places } = this;
    const place = await stream.below(places.length);
    const other = await stream.below(table.size + places.length);
    const [subject, old] = places[place];
    const changes = [[subject, old, other]];
    if (other >= table.size) {
      const [subjectToo, reviewer] = places[other - table.size];
      if (subject === subjectToo) return;
      changes[0][2] = reviewer;
      changes.push([subjectToo, reviewer, old]);
    }
    if (changes.some(([one, , reviewer]) => !table.may[one][reviewer] || this.reviewers[one][reviewer])) return;
    let more = 0;
    for (const change of changes) more += this.replace(...change);
    for (; more > 0; more -= 1) {
      if (await stream.below(base)) {
        for (const [one, before, after] of changes) this.replace(one, after, before);
        return;
      }
    }
    places[place] = [subject, changes[0][2]];
    if (changes.length > 1) places[other - table.size] = [changes[1][0], changes[1][2]];
  }

  // Replaces a reviewer and returns how many rules more are broken.
  replace(subject, old, reviewer) {
    const { rules, close } = this.table;
    const before = lacking(rules.same_group_at_least, this.near[subject]);
    this.reviewers[subject][old] = 0;
    this.reviewers[subject][reviewer] = 1;
    this.near[subject] += close[subject][reviewer] - close[subject][old];
    let more = lacking(rules.same_group_at_least, this.near[subject]) - before;
    if (rules.no_mutual) {
      if (reviewer !== subject) more += this.reviewers[reviewer][subject];
      if (old !== subject) more -= this.reviewers[old][subject];
    }
    more += this.excess(old, -1) + this.excess(reviewer, 1);
    this.duties[old] -= 1;
    this.duties[reviewer] += 1;
    return more;
  }

  excess(reviewer, change) {
    const [duties, least, most] = [this.duties[reviewer], this.table.least[reviewer], this.table.most[reviewer]];
    return change > 0 ? Number(duties >= most) - Number(duties < least) : Number(duties <= least) - Number(duties > most);
  }

  broken() {
    const { table, duties, reviewers } = this;
    const groups = table.subjects.reduce((sum, one) => sum + lacking(table.rules.same_group_at_least, this.near[one]), 0);
    const bounds = duties.reduce((sum, had, one) => sum + Math.max(0, table.least[one] - had, had - table.most[one]), 0);
    const mirrors = counted(reviewers, (subject, one) => one > subject && reviewers[one][subject]);
    return groups + bounds + (table.rules.no_mutual ? mirrors : 0);
  }
}

// Names what a record made at once says otherwise than its walks do: "" where it says the same.
export async function walked(record, stream) {
  const table = new Table(record.announcement);
  const { start = record.completion } = record.announcement;
  const begin = table.begin(start);
  if (!begin || JSON.stringify(table.pairs(begin)) !== JSON.stringify(start)) {
    return record.announcement.start ? "announcement.start" : "completion";
  }
  const [, base] = BASES.find(([most]) => table.size <= most);
  let walk = new Walk(table, begin);
  const steps = SWEEPS * walk.places.length;
  if (record.base !== base) return "base";
  if (record.steps !== steps) return "steps";
  const broken = [];
  do {
    if (broken.length === WALKS) return "walks";
    walk = new Walk(table, begin);
    for (let made = 0; made < steps; made += 1) await walk.step(stream, base);
    broken.push(walk.broken());
    if (record.walks[broken.length - 1] !== broken.at(-1)) return `walks.${broken.length}`;
  } while (broken.at(-1));
  if (record.walks.length !== broken.length) return "walks";
  const pairs = table.pairs(walk.reviewers);
  const odd = pairs.findIndex((pair, at) => JSON.stringify(pair) !== JSON.stringify(record.pairs[at]));
  if (odd >= 0) return `pairs.${odd + 1}: ${record.pairs[odd]?.join(" ") ?? ""}`;
  return pairs.length === record.pairs.length ? "" : "pairs";
}
