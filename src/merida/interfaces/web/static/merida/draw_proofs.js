// Follows a ceremony pick by pick: each candidate is in by an exchange that leaves a complete draw, or out by a reason or a proof.
function rows(grid) {
  return grid.map((row) => row.slice());
}

function total(row) {
  return row.reduce((sum, one) => sum + one, 0);
}

export class Ceremony {
  constructor(announcement, table, start) {
    const { rules, at, kept } = table;
    Object.assign(this, { table, rules, at, settled: rows(kept), holds: rows(start) });
    this.need = table.codes.map(() => 0);
    for (const subject of table.subjects) this.need[subject] = rules.reviewers_per_review;
    this.may = table.may.map((row, subject) => row.map((open, one) => open | kept[subject][one]));
    this.drawn = table.codes.map((_code, one) => total(kept.map((row) => row[one])));
    this.duties = table.codes.map((_code, one) => total(start.map((row) => row[one])));
    this.why = this.reasons(announcement);
  }

  // Why a pair may never be drawn, by subject and reviewer; the last reason counts.
  reasons({ urn, excluded, conflicts, earlier, kept }) {
    const why = this.table.codes.map(() => new Map());
    const everywhere = (code, reason) => why.forEach((each) => each.set(this.at(code), reason));
    for (const pair of conflicts) why[this.at(pair.subject)].set(this.at(pair.reviewer), "CONFLICT");
    for (const pair of this.rules.no_mutual ? [...earlier, ...kept] : []) {
      why[this.at(pair.reviewer)].set(this.at(pair.subject), "MUTUAL");
    }
    for (const one of excluded) everywhere(one.code, "EXCLUDED");
    for (const one of urn) if (one.declines) everywhere(one.code, "DECLINES");
    if (this.rules.no_self) why.forEach((each, subject) => each.set(subject, "SELF"));
    return why;
  }

  // Names what one pick says otherwise than it must: "" where it says the same; then the pick is made.
  pick(said) {
    const subject = this.at(said.subject);
    const { close, codes } = this.table;
    const inside = total(this.settled[subject].map((held, one) => held & close[subject][one])) < this.rules.same_group_at_least;
    if (said.from !== (inside ? "SAME_GROUP" : "ALL")) return "from";
    if (said.place !== total(this.settled[subject]) + 1) return "place";
    const proofs = new Map(said.proofs.flatMap((proof) => proof.codes.map((code) => [code, proof])));
    const refused = new Map(Object.entries(said.refused).flatMap(([reason, list]) => list.map((code) => [code, reason])));
    for (const [one, code] of codes.entries()) {
      const odd = this.candidate(subject, one, said.admitted[code], proofs.get(code), inside);
      if (odd === false) return `admitted.${code}`;
      if ((refused.get(code) ?? "") !== odd || Object.hasOwn(said.admitted, code) === Boolean(odd)) return `refused: ${code}`;
    }
    const wanted = inside && this.preferred(subject, Object.keys(said.admitted));
    if (said.preference !== (wanted ? "SIMILAR_LEGAL_SYSTEM" : "")) return "preference";
    const chosen = this.at(said.reviewer);
    this.change(said.admitted[said.reviewer]);
    this.settle(subject, chosen);
    this.drawn[chosen] += 1;
    return "";
  }

  preferred(subject, admitted) {
    const system = this.table.systems[subject];
    const similar = this.rules.preferences.includes("SIMILAR_LEGAL_SYSTEM");
    return similar && system && admitted.some((code) => this.table.systems[this.at(code)] === system);
  }

  // The reason that refuses a candidate, "" where it is admitted, false where neither is shown.
  candidate(subject, one, exchange, proof, inside) {
    if (this.why[subject].has(one)) return this.why[subject].get(one);
    if (this.settled[subject][one]) return "ALREADY";
    if (inside && !this.table.close[subject][one]) return "OTHER_GROUP";
    if (this.rules.no_mutual && this.settled[one][subject]) return "MUTUAL";
    if (this.drawn[one] >= this.table.most[one]) return "FULL";
    const [settled, may] = [this.settled[subject], this.may[one]];
    this.settle(subject, one);
    const shown = exchange ? this.completes(exchange, subject, one) : this.impossible(proof ?? { crowd: [] });
    this.settled[subject] = settled;
    this.may[one] = may;
    if (!shown) return false;
    return exchange ? "" : "DEAD_END";
  }

  settle(subject, one) {
    this.settled[subject] = this.settled[subject].slice();
    this.settled[subject][one] = 1;
    if (!this.rules.no_mutual || subject === one) return;
    this.may[one] = this.may[one].slice();
    this.may[one][subject] = 0;
  }

  change(pairs) {
    for (const [subject, reviewer] of pairs) {
      const [mine, one] = [this.holds[this.at(subject)], this.at(reviewer)];
      this.duties[one] += mine[one] ? -1 : 1;
      mine[one] ^= 1;
    }
  }

  completes(exchange, subject, one) {
    this.change(exchange);
    const pairs = [...exchange.map(([s, r]) => [this.at(s), this.at(r)]), [subject, one]];
    const kept = pairs.every(([s, r]) => this.keeps(s, r));
    this.change(exchange);
    return kept;
  }

  // Whether every rule is kept for a subject and a reviewer in the draw at hand.
  keeps(subject, one) {
    const { holds, rules, duties } = this;
    const { least, most } = this.table;
    const [mine, settled, may, close] = [holds[subject], this.settled[subject], this.may[subject], this.table.close[subject]];
    let [count, near] = [0, 0];
    for (let other = 0; other < mine.length; other += 1) {
      if (!mine[other] && settled[other]) return false;
      if (mine[other]) {
        if (!may[other] || (rules.no_mutual && other !== subject && holds[other][subject])) return false;
        count += 1;
        near += close[other];
      }
    }
    if (count !== this.need[subject] || (count && near < rules.same_group_at_least)) return false;
    return least[one] <= duties[one] && duties[one] <= most[one];
  }

  // Whether a proof shows that there is no complete draw with what is settled.
  impossible(proof) {
    if (proof.pair) {
      const [one, other] = proof.pair.map(this.at);
      if (one === other || !this.rules.no_mutual) return false;
      return [[one, other, proof.without], [other, one, proof.without_mirror]].every(([s, r, rest]) => {
        const before = this.may[s];
        this.may[s] = before.slice();
        this.may[s][r] = 0;
        const shown = this.impossible(rest);
        this.may[s] = before;
        return shown;
      });
    }
    const { codes, least, most } = this.table;
    const crowd = codes.map(() => false);
    for (const code of proof.crowd) crowd[this.at(code)] = true;
    const sum = (counts) => codes.reduce((all, _code, one) => all + counts(one), 0);
    const owed = sum((one) => (crowd[one] ? least[one] : 0));
    const left = sum((one) => this.need[one] - (crowd[one] ? 0 : most[one]));
    return sum((one) => this.room(one, crowd)) < Math.max(owed, left);
  }

  // How many reviewers of a subject can come from the crowd at most.
  room(subject, crowd) {
    const [may, close, settled] = [this.may[subject], this.table.close[subject], this.settled[subject]];
    let [outside, away, inner, outer] = [0, 0, 0, 0];
    for (let one = 0; one < may.length; one += 1) {
      if (settled[one] && !crowd[one]) {
        outside += 1;
        away += 1 - close[one];
      }
      if (may[one] && crowd[one]) {
        inner += close[one];
        outer += 1 - close[one];
      }
    }
    const inside = this.need[subject] ? this.rules.same_group_at_least : 0;
    const far = Math.min(outer, this.need[subject] - inside - away);
    return Math.min(this.need[subject] - outside, inner + far);
  }
}
