// The ceremony by keyboard, and running by itself. Without this file its links do the same, one pick at a time.
const PACE = 2500; // milliseconds a pick stays on the screen while it runs

let timer = 0;

function way(name) {
  return document.querySelector(`[data-way="${name}"]`);
}

function show(running) {
  for (const label of document.querySelectorAll("[data-when]")) {
    label.hidden = (label.dataset.when === "running") !== running;
  }
}

function pause() {
  clearTimeout(timer);
  timer = 0;
  show(false);
}

async function go(name) {
  const link = way(name);
  if (!link) return pause();
  const answer = await fetch(link.href);
  if (!answer.ok) return pause();
  const read = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("stage");
  if (!read) return location.assign(link.href);
  const held = document.activeElement?.dataset?.way ?? (document.activeElement?.dataset?.play === "" ? "play" : "");
  history.replaceState(null, "", link.href);
  document.getElementById("stage").replaceWith(document.adoptNode(read));
  prepare();
  if (held) document.querySelector(held === "play" ? "[data-play]" : `[data-way="${held}"]`)?.focus();
}

function run() {
  timer = setTimeout(async () => {
    await go("next");
    if (timer && way("next")) run();
    else pause();
  }, PACE);
  show(true);
}

function toggle() {
  if (timer) pause();
  else if (way("next")) run();
}

function prepare() {
  const button = document.querySelector("[data-play]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", toggle);
  }
  show(timer !== 0);
}

function wayOf(key) {
  const onwards = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (key === "Home") return "first";
  if (key === "End") return "last";
  if (key === "ArrowDown" || key === onwards) return "next";
  return ["ArrowLeft", "ArrowRight", "ArrowUp"].includes(key) ? "previous" : "";
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const name = wayOf(event.key);
  const onControl = event.target.closest?.("button, a, summary");
  if (event.key === " " && !onControl) toggle();
  else if (name) {
    pause();
    go(name);
  } else return;
  event.preventDefault();
});

prepare();
