"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const all = (what, from = document) => Array.from(from.querySelectorAll(what));
  {% include "script/state.js" %}
  {% include "script/tip.js" %}
  {% include "script/charts.js" %}
  {% include "script/zoom.js" %}
  {% include "script/roster.js" %}
  start();
})();
