// Answers as values: what says nothing is left out, so that the same answer is the same value here and on the site.
const LONGEST_TEXT = 500000; // characters that the site keeps of a text, and of a cell of a table
const LONGEST_CELL = 5000;
const FIXED_ROWS = new Set(["STATISTICS", "MATRIX"]);
const NUMBER = /^[+-]?(\p{Nd}[\p{Nd}\s\u00a0]*)(\.\p{Nd}+)?$|^$/u;

function cleaned(question, value) {
  const kept = {};
  for (const part of ["text", "choice", "choices", "rows", "laws", "authorities", "number", "day"]) {
    let each = value[part];
    if (part === "text" && each) each = each.replace(/\r\n?/g, "\n").trimEnd();
    if (part === "rows" && each) each = each.map((row) => withoutEmpty(row)).filter((row) => saysSomething(question, row));
    if (Array.isArray(each) ? each.length : each) kept[part] = each;
  }
  return kept;
}

const withoutEmpty = (row) => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell));

function saysSomething(question, row) {
  return Object.keys(row).some((name) => name !== "row" || !FIXED_ROWS.has(question.kind));
}

// One text for one value, whatever the order of its parts.
function written(value) {
  if (Array.isArray(value)) return `[${value.map(written).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${written(value[name])}`).join()}}`;
}

const sameValue = (one, other) => written(one) === written(other);
const isAnswered = (value) => Object.values(value).some((each) => (typeof each === "string" ? each.trim() : each.length));

function isAsked(question, questions, valueOf) {
  return (question.when ?? []).every(([name, codes]) => {
    const about = questions.get(name);
    if (!about) return true; // it belongs to somebody else's part
    if (!isAsked(about, questions, valueOf)) return false;
    const value = valueOf(name);
    return codes.includes(value.choice) || (value.choices ?? []).some((code) => codes.includes(code));
  });
}

// All that can be found of an answer, in small letters.
function plainValue(value) {
  const cells = (value.rows ?? []).flatMap((row) => Object.values(row));
  return [value.text, value.number, value.day, ...cells].filter(Boolean).join("\n");
}
