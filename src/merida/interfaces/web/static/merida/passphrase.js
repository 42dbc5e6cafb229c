// Tells how well a passphrase holds while it is typed; whether it is taken, the server decides.
const form = document.querySelector("form[data-passphrase]");
const [first, again] = [form.elements.namedItem("passphrase"), form.elements.namedItem("again")];
const meter = document.getElementById("passphrase-meter");
const state = document.getElementById("passphrase-strength");

function strength(text) {
  const different = new Set(text.toLowerCase()).size;
  if (text.length < first.minLength) return [0, form.dataset.short];
  if (different < 7 || /(.{1,4}?)\1{3,}/.test(text)) return [1, form.dataset.weak];
  return text.length >= 22 && different >= 10 ? [3, form.dataset.strong] : [2, form.dataset.fair];
}

function tell() {
  const [value, words] = first.value ? strength(first.value) : [0, ""];
  meter.parentElement.hidden = !first.value;
  meter.value = value;
  state.textContent = words;
  again.setCustomValidity(again.value && again.value !== first.value ? form.dataset.differs : "");
}

form.addEventListener("input", tell);
