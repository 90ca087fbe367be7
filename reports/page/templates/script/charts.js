/* The charts: a line under the pointer and its numbers; arrow keys move it; a click shows one day. */
function unpacked(packed) {
  const values = [];
  for (let i = 0; i < packed.length; i += 2) for (let n = 0; n < packed[i + 1]; n++) values.push(packed[i]);
  return values;
}
function dayOf(at) {
  return data.days.reduce((found, day) => (day[0] <= at ? day : found), data.days[0]);
}
/* A click on a day shows it alone; another one shows the week again. */
function turnTo(day) { put({ day: state.day === day[3] ? "" : day[3] }); }

all("[data-plot]").forEach((figure) => {
  const scroll = figure.querySelector(".scroll"), plot = figure.querySelector(".plot"), cursor = figure.querySelector(".cursor");
  let series = null, at = -1;
  const under = (event) => {
    const box = plot.getBoundingClientRect();
    return Math.max(0, Math.min(data.size - 1, Math.floor(((event.clientX - box.left) / box.width) * data.size)));
  };
  function lines() {
    series = series || data.plots[figure.dataset.plot].map(([name, unit, look, packed]) => [name, unit, look, unpacked(packed)]);
    return series.filter((one) => one[3][at] !== null)
      .map(([name, unit, look, values]) => [look, name, values[at].toLocaleString("en-GB") + unit]);
  }
  function show(next, event) {
    at = next;
    cursor.hidden = false;
    cursor.style.left = `${(100 * (at + 0.5)) / data.size}%`;
    const tip = lines(), title = `${dayOf(at)[2]} ${data.clock[at]}`, box = cursor.getBoundingClientRect();
    showTip(title, tip, event ? event.clientX : box.left, event ? event.clientY : box.top);
    if (!event) say(`${title}: ${tip.map((line) => `${line[1]} ${line[2]}`).join(", ")}`);
  }
  function hide() { cursor.hidden = true; hideTip(); }
  function intoView() {
    const spot = (plot.offsetWidth * at) / data.size;
    if (spot < scroll.scrollLeft || spot > scroll.scrollLeft + scroll.clientWidth) scroll.scrollLeft = spot - scroll.clientWidth / 2;
  }
  plot.addEventListener("pointermove", (event) => show(under(event), event));
  plot.addEventListener("pointerleave", hide);
  plot.addEventListener("click", (event) => { if (event.pointerType !== "touch") turnTo(dayOf(under(event))); });
  scroll.addEventListener("blur", hide);
  scroll.addEventListener("keydown", (event) => {
    const shown = data.days.find((day) => day[3] === state.day), far = event.shiftKey ? 4 : 1;
    const first = shown ? shown[0] : 0, last = shown ? shown[0] + shown[1] - 1 : data.size - 1;
    const next = { ArrowRight: at < 0 ? first : at + far, ArrowLeft: at < 0 ? last : at - far, Home: first, End: last }[event.key];
    if (event.key === "Enter") turnTo(dayOf(Math.max(0, at)));
    else if (event.key === "Escape") { hide(); put({ day: "" }); }
    else if (next !== undefined) {
      at = Math.max(0, Math.min(data.size - 1, next));
      intoView();
      show(at);
    } else return;
    event.preventDefault();
  });
});
