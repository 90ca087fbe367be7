/* One box with the numbers under the pointer, and a silent line that says them to a screen reader. */
const tip = document.createElement("div");
tip.className = "tip";
tip.setAttribute("aria-hidden", "true");
tip.hidden = true;
document.body.append(tip);
const said = document.getElementById("said");

function element(name, look, text) {
  const made = document.createElement(name);
  if (look) made.className = look;
  if (text) made.textContent = text;
  return made;
}
/* `lines` are [look, name, value]; the box stays inside the window. */
function showTip(title, lines, x, y) {
  tip.replaceChildren(element("strong", "", title));
  lines.forEach(([look, name, value]) => {
    const line = element("span", "line");
    line.append(element("i", look ? `key ${look}` : ""), element("span", "", name), element("b", "", value));
    tip.append(line);
  });
  tip.hidden = false;
  const right = x + 16 + tip.offsetWidth < document.documentElement.clientWidth;
  tip.style.left = `${Math.max(4, right ? x + 16 : x - 16 - tip.offsetWidth)}px`;
  tip.style.top = `${Math.max(4, Math.min(y + 12, innerHeight - tip.offsetHeight - 4))}px`;
}
function hideTip() { tip.hidden = true; }
function say(text) { said.textContent = text; }
addEventListener("scroll", hideTip, { passive: true });
