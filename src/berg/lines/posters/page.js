(() => {
  "use strict";
  const form = document.querySelector(".filters");
  const selects = [...form.querySelectorAll("select")];
  const clear = document.querySelector(".tally button");
  const tally = document.querySelector(".tally output");
  const nothing = document.querySelector(".nothing");
  const tiles = [...document.querySelectorAll(".posters > li")]
    .map((tile) => [tile, tile.dataset.f.split(" ")]);
  const options = selects.map((select) => [...select.options].map((option) => [option, option.text]));
  const fits = (levels, wanted, but) =>
    wanted.every((level, i) => i === but || level === "" || level === levels[i]);

  const show = () => {
    const wanted = selects.map((select) => select.value);
    let shown = 0;
    for (const [tile, levels] of tiles) {
      tile.hidden = !fits(levels, wanted, -1);
      shown += tile.hidden ? 0 : 1;
    }
    selects.forEach((select, i) => {
      const counts = new Map();
      for (const [, levels] of tiles) {
        if (fits(levels, wanted, i)) counts.set(levels[i], (counts.get(levels[i]) || 0) + 1);
      }
      for (const [option, text] of options[i]) {
        if (option.value === "") continue;
        const count = counts.get(option.value) || 0;
        option.text = text + " (" + count + ")";
        option.disabled = count === 0 && !option.selected;
      }
      select.classList.toggle("on", select.value !== "");
    });
    tally.textContent = shown === tiles.length
      ? tiles.length + (tiles.length === 1 ? " poster" : " posters")
      : shown + " of " + tiles.length + " posters";
    nothing.hidden = shown > 0;
    clear.hidden = wanted.every((level) => level === "");
  };

  form.addEventListener("change", show);

  clear.addEventListener("click", () => { form.reset(); show(); selects[0].focus(); });
  form.hidden = false;
  show();
})();
