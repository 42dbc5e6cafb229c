// "/" search, "?" help, "j" and "k" through lists, "g" and a letter to a part of the site.
const typing = (element) =>
  element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);

function step(root, by) {
  const links = [...root.querySelectorAll("[data-step]")].filter((link) => link.offsetParent);
  if (!links.length) return false;
  const at = links.indexOf(root.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by;
  links[Math.max(0, Math.min(links.length - 1, next))].focus();
  return true;
}

function toSearch(root) {
  const boxes = [...root.querySelectorAll("[data-shortcut='/']")].filter((box) => box.offsetParent);
  boxes.at(-1)?.focus();
  return boxes.length > 0;
}

function go(root, letter) {
  if (letter === "h") root.querySelector(".site-name").click();
  else root.querySelector(`[data-go="${CSS.escape(letter)}"]`)?.click();
  return true;
}

export function startKeyboard(root) {
  const help = root.getElementById("keyboard");
  for (const button of root.querySelectorAll("[data-open='keyboard']")) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }
  let waiting = 0;
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || help.open) return;
    const after = Date.now() - waiting < 1200;
    waiting = 0;
    let used = false;
    if (after && /^[a-z]$/.test(event.key)) used = go(root, event.key);
    else if (event.key === "g") waiting = Date.now();
    else if (event.key === "/") used = toSearch(root);
    else if (event.key === "?") used = help.showModal() === undefined;
    else if (event.key === "j") used = step(root, 1);
    else if (event.key === "k") used = step(root, -1);
    if (used) event.preventDefault();
  });
}
