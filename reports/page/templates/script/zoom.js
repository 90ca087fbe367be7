/* One day in every chart at once. */
const zoom = document.getElementById("zoom");
zoom.hidden = false;
zoom.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) put({ day: button.dataset.day });
});
let shownDay = "";
function showDay() {
  const day = data.days.find((one) => one[3] === state.day), key = day ? day[3] : "";
  all("button", zoom).forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.day === key)));
  document.body.classList.toggle("zoomed", Boolean(day));
  document.documentElement.style.setProperty("--zoom", day ? data.size / day[1] : 1);
  all(".scroll").forEach((one) => {
    one.scrollLeft = day ? (one.querySelector(".plot").offsetWidth * day[0]) / data.size : 0;
  });
  all(".gantt").forEach((one) => {
    const room = one.clientWidth - one.querySelector("thead .who").offsetWidth;
    if (day) one.style.setProperty("--bars", `${(room * data.size) / day[1]}px`);
    else one.style.removeProperty("--bars");
    one.scrollLeft = day ? (one.querySelector(".scale").offsetWidth * day[0]) / data.size : 0;
  });
  if (key !== shownDay) say(day ? `The charts show ${day[2]}.` : "The charts show the whole week.");
  shownDay = key;
}
shows.push(showDay);
addEventListener("resize", () => { if (state.day) showDay(); });
