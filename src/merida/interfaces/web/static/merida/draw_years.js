// The year of each review, or its staggered group, drawn again from the seed.

// Deals the States under review into years as the published procedure does; latecomers come in the last one.
async function dealt({ rules, urn, subjects }, stream) {
  const reviewed = new Set(subjects);
  const sorted = [...urn].sort((a, b) => (a.code < b.code ? -1 : 1));
  const groups = new Map();
  for (const one of sorted.filter(({ code }) => reviewed.has(code))) {
    const name = rules.seats === "PROPORTIONAL" ? one.group : "";
    groups.set(name, [...(groups.get(name) ?? []), one.code]);
  }
  let turn = 0;
  const seats = {};
  const years = [];
  for (const name of [...groups.keys()].sort()) {
    const members = groups.get(name);
    const left = members.length % rules.years;
    const more = new Set(Array.from({ length: left }, (_none, each) => (turn + each) % rules.years));
    seats[name] = Array.from({ length: rules.years }, (_none, year) => Math.floor(members.length / rules.years) + more.has(year));
    turn = (turn + left) % rules.years;
    const order = await stream.shuffled(members);
    for (const [year, count] of seats[name].entries()) {
      years.push(...order.splice(0, count).map((code) => [code, String(year + 1)]));
    }
  }
  const late = sorted.filter(({ code }) => !reviewed.has(code)).map(({ code }) => [code, String(rules.years)]);
  return { seats, years, late };
}

function alike(one, other) {
  const plain = (value) => JSON.stringify(value, value && !Array.isArray(value) ? Object.keys(value).sort() : undefined);
  return plain(one) === plain(other);
}

function inOrder(pairs) {
  return [...pairs].sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

// Names what a record says otherwise about years or staggered groups: "" where it says the same.
export async function dealtOtherwise(record, stream) {
  const { seats, years, late } = await dealt(record.announcement, stream);
  const staggered = record.announcement.method !== "YEARS";
  const said = staggered ? record.staggered : record;
  if (!alike(said?.seats, seats)) return staggered ? "staggered.seats" : "seats";
  const found = staggered ? said.groups : record.pairs;
  const expected = inOrder(staggered ? years : [...years, ...late]);
  const odd = expected.findIndex((pair, at) => !alike(pair, found?.[at]));
  if (odd >= 0 || found.length !== expected.length) {
    return `${staggered ? "staggered.groups" : "pairs"}.${odd + 1}: ${found?.[odd]?.join(" ") ?? ""}`;
  }
  return "";
}
