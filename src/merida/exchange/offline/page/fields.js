// The fields of one answer. Texts become text nodes only: nothing that was typed is ever read as HTML.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const words = JSON.parse(document.getElementById("words").textContent);
const say = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

// What is chosen from a register of the State; each has its own words.
const REGISTERS = new Set(["laws", "authorities"]);

// Returns an element with the fields of `question` showing `value`, and a function that reads them.
function fieldsOf(question, value, place, about) {
  const box = make("div", { class: "fields" });
  const readers = [];
  const add = ([element, read]) => {
    box.append(element);
    readers.push(read);
  };
  const has = (part) => question.parts.includes(part);
  if (has("choice")) add(optionFields(question.choices ?? [], value, place, { many: false, name: "choice" }));
  if (has("choices")) add(optionFields(question.choices ?? [], value, place, { many: true, name: "choices" }));
  if (has("laws")) add(optionFields(about.laws, value, place, { many: true, name: "laws" }));
  if (has("authorities")) add(optionFields(about.authorities, value, place, { many: true, name: "authorities" }));
  if (has("number")) add(lineField("number", value, place));
  if (has("day")) add(lineField("day", value, place));
  if (has("rows")) add(tableField(question, value, place, box));
  if (has("text")) add(textField(question, value, place, about.language));
  return [box, () => cleaned(question, Object.assign({}, ...readers.map((read) => read())))];
}

function optionFields(options, value, place, { many, name }) {
  const chosen = new Set([value[name] ?? []].flat());
  const legend = REGISTERS.has(name) ? say(name) : say(many ? "choose_any" : "choose_one");
  const box = make("fieldset", {}, make("legend", {}, legend));
  for (const [code, text, detail] of options) {
    const input = make("input", { type: many ? "checkbox" : "radio", name: `${place}-${name}`, value: code });
    input.checked = chosen.has(code);
    const small = detail ? make("span", { class: "quiet", dir: "ltr" }, detail) : null;
    box.append(make("label", { class: "option" }, input, make("bdi", {}, text), small));
  }
  if (!options.length) box.append(make("p", { class: "quiet" }, say(`no_${name}`)));
  if (!many) box.append(make("button", { type: "button", class: "plain", "data-none": true }, say("no_choice")));
  box.querySelector("[data-none]")?.addEventListener("click", () => {
    for (const input of box.querySelectorAll("input")) input.checked = false;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const checked = () => [...box.querySelectorAll("input:checked")].map((input) => input.value);
  return [box, () => ({ [name]: many ? checked() : (checked()[0] ?? "") })];
}

function lineField(name, value, place) {
  const kind = name === "day" ? { type: "date" } : { inputmode: "decimal", maxlength: 30, dir: "ltr" };
  const input = make("input", { id: `${place}-${name}`, value: value[name] ?? "", ...kind });
  if (name === "number") markNumbers(input);
  return [make("p", {}, make("label", { for: input.id }, say(name)), input), () => ({ [name]: input.value.trim() })];
}

function textField(question, value, place, language) {
  const alone = question.parts.length === 1;
  const area = make("textarea", { id: `${place}-text`, rows: 7, lang: language, dir: "auto" });
  area.value = value.text ?? "";
  const long = markLength(area, LONGEST_TEXT);
  const label = make("label", { for: area.id }, say(alone ? "answer" : "in_words"));
  return [make("p", {}, label, area, long), () => ({ text: area.value })];
}

function tableField(question, value, place, box) {
  const fixed = FIXED_ROWS.has(question.kind);
  const columns = question.columns ?? [];
  const head = make("tr", {}, make("td"), ...columns.map((one) => make("th", { scope: "col" }, make("bdi", {}, one.text))));
  const body = make("tbody");
  const table = make("table", {}, make("thead", {}, head), body);
  const row = (name, title, cells) => body.append(tableRow(columns, name, title, cells));
  if (fixed) {
    const held = new Map((value.rows ?? []).map((one) => [one.row, one]));
    for (const [name, title] of question.rows ?? []) row(name, title, held.get(name) ?? {});
  } else {
    for (const cells of [...(value.rows ?? []), {}]) row("", "", cells);
    number(body);
  }
  const more = () => {
    row("", "", {});
    number(body);
    body.lastChild.querySelector("input").focus();
  };
  const frame = make("div", { class: "table", role: "region", tabindex: 0, "aria-label": question.text }, table);
  const add = fixed ? null : make("button", { type: "button", class: "second", onclick: more }, say("add_row"));
  return [make("div", {}, frame, add), () => ({ rows: [...body.rows].map((one) => readRow(one, fixed)) })];
}

function tableRow(columns, name, title, cells) {
  const line = make("tr", { "data-row": name }, make("th", { scope: "row" }, make("bdi", {}, title)));
  for (const column of columns) {
    const numeric = column.kind === "NUMBER";
    const kind = numeric ? { inputmode: "decimal", dir: "ltr" } : { dir: "auto" };
    const input = make("input", { "data-cell": column.id, value: cells[column.id] ?? "", ...kind });
    input.setAttribute("aria-label", `${title} ${column.text}`.trim());
    if (numeric) markNumbers(input);
    line.append(make("td", {}, input, markLength(input, LONGEST_CELL)));
  }
  return line;
}

function readRow(line, fixed) {
  const cells = [...line.querySelectorAll("[data-cell]")].map((input) => [input.dataset.cell, input.value.trim()]);
  return { ...(fixed ? { row: line.dataset.row } : {}), ...Object.fromEntries(cells) };
}

// Numbers the rows of a repeated set; what is empty is left out when it is read.
function number(body) {
  [...body.rows].forEach((line, at) => {
    line.cells[0].textContent = at + 1;
    for (const input of line.querySelectorAll("input")) {
      const column = body.parentElement.tHead.rows[0].cells[input.closest("td").cellIndex].textContent;
      input.setAttribute("aria-label", `${at + 1} ${column}`);
    }
  });
}

// Says so where a text is longer than the site takes. Nothing is cut: what was pasted stays in the field and in the file.
function markLength(input, most) {
  const words = make("span", { class: "changed", role: "status" });
  const mark = () => {
    const count = input.value.length > most ? [...input.value].length : 0;
    const long = count > most;
    words.textContent = long ? say("too_long", { count: figures.format(count), most: figures.format(most) }) : "";
    if (long) input.setAttribute("aria-invalid", "true");
    else if (words.dataset.long) input.removeAttribute("aria-invalid");
    words.dataset.long = long ? "1" : "";
  };
  input.addEventListener("input", mark);
  mark();
  return words;
}

function markNumbers(input) {
  const mark = () => {
    const wrong = !NUMBER.test(input.value.trim());
    input.setCustomValidity(wrong ? say("no_number") : "");
    input.toggleAttribute("aria-invalid", wrong);
    if (wrong) input.setAttribute("aria-invalid", "true");
    input.title = wrong ? say("no_number") : "";
  };
  input.addEventListener("input", mark);
  mark();
}
