// An opened source closes with Escape or a click elsewhere.
export function startPanels(root) {
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
