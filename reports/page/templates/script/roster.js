/* The roster: keep the rows that fit every choice; a day that is shown decides who is at work, free or away. */
const form = document.getElementById("filter"), gantt = document.querySelector(".gantt");
const groups = all("tbody", gantt).map((body) => [body, all("tr.agent", body)]);
const CHOICES = ["team", "skill", "contract", "who"];
form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", (event) => {
  event.preventDefault();
  put({ team: "", skill: "", contract: "", who: "", find: "" });
});
form.addEventListener("input", (event) => {
  const { name, value } = event.target;
  put({ [name]: value }, name === "find" ? "replaceState" : "pushState");
});
function doing(row, wanted) {
  const day = data.days.findIndex((one) => one[3] === state.day), week = row.dataset.week;
  if (day >= 0) return week[day] === wanted;
  return week.includes(wanted) && (wanted !== "f" || !week.includes("w"));
}
/* What is chosen; what the page does not offer, an old address may still name, is passed over. */
function chosen(name) {
  const options = form.elements[name] ? Array.from(form.elements[name].options) : [];
  return options.some((one) => one.value === state[name]) ? state[name] : "";
}
function fits(row, wanted, find) {
  const person = row.dataset;
  return (!wanted.team || person.team === wanted.team)
    && (!wanted.skill || person.skills.split(";").includes(wanted.skill))
    && (!wanted.contract || person.contract === wanted.contract)
    && (!wanted.who || doing(row, wanted.who[0]))
    && find.every((word) => person.find.includes(word));
}
function showRows() {
  const wanted = {}, find = (state.find || "").toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0, whole = 0;
  CHOICES.forEach((name) => { wanted[name] = chosen(name); });
  groups.forEach(([body, rows]) => {
    let any = false;
    rows.forEach((row) => {
      const keep = fits(row, wanted, find);
      row.hidden = !keep;
      whole += 1;
      if (keep) { shown += 1; any = true; }
    });
    body.hidden = !any;
  });
  document.getElementById("found").textContent = `${shown} of ${whole}`;
  document.getElementById("nobody").hidden = shown > 0;
  CHOICES.forEach((name) => { if (form.elements[name]) form.elements[name].value = wanted[name]; });
  if (form.elements.find.value !== (state.find || "")) form.elements.find.value = state.find || "";
}
shows.push(showRows);

/* A bar under the pointer shows its times; up and down go from person to person. */
gantt.addEventListener("pointermove", (event) => {
  const bar = event.target.closest("path[data-label]");
  if (bar) showTip(bar.closest("tr").querySelector(".name").textContent, [["", bar.dataset.label, ""]], event.clientX, event.clientY);
  else hideTip();
});
gantt.addEventListener("pointerleave", hideTip);
gantt.addEventListener("scroll", hideTip, { passive: true });
gantt.addEventListener("click", (event) => {
  const box = event.target.closest(".scale, td.bars");
  if (!box || event.pointerType === "touch") return;
  const edges = box.getBoundingClientRect();
  turnTo(dayOf(Math.floor(((event.clientX - edges.left) / edges.width) * data.size)));
});
let current = null;
function leaveRow() {
  if (current) current.classList.remove("current");
  current = null;
  hideTip();
}
gantt.addEventListener("blur", leaveRow);
gantt.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") put({ day: "" });
  if (!step) return;
  const rows = all("tr.agent", gantt).filter((row) => !row.hidden && !row.parentElement.hidden);
  const next = rows[current ? rows.indexOf(current) + step : step > 0 ? 0 : rows.length - 1];
  event.preventDefault();
  if (!next) return;
  leaveRow();
  current = next;
  current.classList.add("current");
  current.scrollIntoView({ block: "nearest", inline: "nearest" });
  const name = current.querySelector(".name").textContent, label = current.querySelector("svg").getAttribute("aria-label");
  const box = current.querySelector(".who").getBoundingClientRect();
  showTip(name, label.split("; ").map((part) => ["", part, ""]), box.right, box.top);
  say(`${name}: ${label}`);
});
