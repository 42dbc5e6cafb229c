// An opened source closes with Escape or a click elsewhere, and stays inside the window.
function keepInside(mark) {
  const panel = mark.querySelector(".cite-panel");
  mark.classList.remove("cite-from-end");
  if (!mark.open || !panel) return;
  const { left, right } = panel.getBoundingClientRect();
  mark.classList.toggle("cite-from-end", left < 0 || right > document.documentElement.clientWidth);
}

export function startPanels(root) {
  root.addEventListener("toggle", (event) => event.target.matches("details.cite") && keepInside(event.target), true);
  const close = (except) => {
    for (const panel of root.querySelectorAll("details.cite[open]")) if (panel !== except) panel.open = false;
  };
  root.addEventListener("click", (event) => close(event.target.closest("details.cite")));
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = root.querySelector("details.cite[open]");
    close(null);
    open?.querySelector("summary").focus();
  });
}
