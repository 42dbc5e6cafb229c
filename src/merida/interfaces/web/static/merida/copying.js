// Buttons with data-copy copy a citation and say so in their own words.
export function startCopying(root) {
  if (!navigator.clipboard) return;
  const show = (within) => within.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
  show(root);
  root.addEventListener("htmx:afterSwap", (event) => show(event.target));
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(`${button.dataset.copy} ${button.dataset.address ?? ""}`.trim());
    button.classList.add("copied");
    setTimeout(() => button.classList.remove("copied"), 2000);
  });
}
