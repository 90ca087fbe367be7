/* What the page shows is in its address, as in #day=2026-12-01&team=North: it can be kept, sent and gone back to. */
const KEYS = ["day", "team", "skill", "contract", "who", "find", "at"];
const shows = []; /* functions that make the page show the state */
let state = {};

function stateOf(hash) {
  const text = hash.replace(/^#/, "");
  const found = {};
  if (text && !text.includes("=")) return { at: text };
  new URLSearchParams(text).forEach((value, key) => { if (KEYS.includes(key) && value) found[key] = value; });
  return found;
}
function addressOf(wanted) {
  const address = new URLSearchParams();
  KEYS.forEach((key) => { if (wanted[key]) address.set(key, wanted[key]); });
  return `#${address}`;
}
/* Change some keys. A new step can be gone back to; letters of a name are one step, not many. */
function put(changes, step = "pushState") {
  const wanted = Object.assign({}, state, changes);
  if (addressOf(wanted) === addressOf(state)) return;
  history[step](null, "", addressOf(wanted));
  state = wanted;
  shows.forEach((show) => show());
}
function arrive() {
  state = stateOf(location.hash);
  shows.forEach((show) => show());
}
function goTo(id) {
  const target = document.getElementById(id);
  if (!target) return;
  if (target.tagName === "DETAILS") target.open = true;
  target.scrollIntoView();
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
}
function start() {
  addEventListener("popstate", arrive);
  addEventListener("hashchange", arrive);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    const wanted = stateOf(link.getAttribute("href"));
    put(wanted);
    goTo(wanted.at);
  });
  arrive();
  if (state.at) goTo(state.at);
}
