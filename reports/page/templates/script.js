"use strict";
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var size = data.size;

  /* The charts: a line under the pointer, moved by the arrow keys too, and its numbers in words below. */
  function unpacked(packed) {
    var values = [];
    for (var i = 0; i < packed.length; i += 2) for (var n = 0; n < packed[i + 1]; n++) values.push(packed[i]);
    return values;
  }
  function dayOf(at) {
    var found = data.days[0];
    data.days.forEach(function (day) { if (day[0] <= at) found = day; });
    return found;
  }
  document.querySelectorAll("[data-plot]").forEach(function (figure) {
    var series = null, at = -1;
    var scroll = figure.querySelector(".scroll"), plot = figure.querySelector(".plot");
    var cursor = figure.querySelector(".cursor"), readout = figure.querySelector(".readout");
    function show(next) {
      at = Math.max(0, Math.min(size - 1, next));
      series = series || data.plots[figure.dataset.plot].map(function (one) { return [one[0], one[1], unpacked(one[2])]; });
      cursor.hidden = false;
      cursor.style.left = (100 * (at + 0.5)) / size + "%";
      var told = series.filter(function (one) { return one[2][at] !== null; });
      readout.textContent = dayOf(at)[2] + " " + data.clock[at] + told.map(function (one) {
        return " · " + one[0] + " " + one[2][at].toLocaleString("en-GB") + one[1];
      }).join("");
    }
    function hide() { cursor.hidden = true; }
    plot.addEventListener("pointermove", function (event) {
      var box = plot.getBoundingClientRect();
      show(Math.floor(((event.clientX - box.left) / box.width) * size));
    });
    plot.addEventListener("pointerleave", hide);
    scroll.addEventListener("blur", hide);
    scroll.addEventListener("keydown", function (event) {
      var far = event.shiftKey ? data.days[0][1] : 1;
      var move = { ArrowRight: far, ArrowLeft: -far }[event.key];
      if (event.key === "Home") move = -size;
      if (event.key === "End") move = size;
      if (move === undefined) return;
      event.preventDefault();
      show(at < 0 ? Math.ceil((scroll.scrollLeft / plot.offsetWidth) * size) : at + move);
      var spot = (plot.offsetWidth * at) / size;
      if (spot < scroll.scrollLeft || spot > scroll.scrollLeft + scroll.clientWidth) scroll.scrollLeft = spot - scroll.clientWidth / 2;
    });
  });

  /* One day in every chart at once. */
  var zoom = document.getElementById("zoom");
  zoom.hidden = false;
  zoom.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    zoom.querySelectorAll("button").forEach(function (one) { one.setAttribute("aria-pressed", String(one === button)); });
    var day = button.dataset.day === "" ? null : data.days[Number(button.dataset.day)];
    document.body.classList.toggle("zoomed", day !== null);
    document.documentElement.style.setProperty("--zoom", day ? size / day[1] : 1);
    document.querySelectorAll(".scroll").forEach(function (one) {
      one.scrollLeft = day ? (one.querySelector(".plot").offsetWidth * day[0]) / size : 0;
    });
    document.querySelectorAll(".gantt").forEach(function (one) {
      var whole = Number(one.querySelector("td.bars svg").getAttribute("viewBox").split(" ")[2]);
      var room = one.clientWidth - one.querySelector("thead .who").offsetWidth;
      if (day) one.style.setProperty("--bars", (room * whole) / day[1] + "px");
      else one.style.removeProperty("--bars");
      one.scrollLeft = day ? (one.querySelector(".scale").offsetWidth * day[0]) / whole : 0;
    });
  });

  /* The roster: keep the rows in which every word is found. */
  var form = document.getElementById("filter"), find = document.getElementById("find"), found = document.getElementById("found");
  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  find.addEventListener("input", function () {
    var words = find.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0, all = 0;
    document.querySelectorAll(".gantt tbody").forEach(function (group) {
      var any = false;
      group.querySelectorAll("tr.agent").forEach(function (row) {
        var keep = words.every(function (word) { return row.dataset.find.indexOf(word) >= 0; });
        row.hidden = !keep;
        all += 1;
        if (keep) { shown += 1; any = true; }
      });
      group.hidden = !any;
    });
    found.textContent = shown + " of " + all;
  });
})();
