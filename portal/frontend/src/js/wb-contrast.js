// Beside each colour of a layout: how it stands out from its ground, as WCAG 2.2 computes it, while somebody types.

const PAIRS = { accent: null, heading: null, band_ink: "band", panel_ink: "panel" };
const ENOUGH = 4.5;
const COLOUR = /^#[0-9a-f]{6}$/i;

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(first, second) {
  const [dark, light] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function show(output, ink, ground) {
  if (!COLOUR.test(ink) || !COLOUR.test(ground)) {
    output.textContent = "";
    return;
  }
  const found = contrast(ink, ground);
  output.textContent = `${found.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} : 1`;
  output.style.color = ink;
  output.style.backgroundColor = ground;
  output.classList.toggle("contrast--low", found < ENOUGH);
}

export function start(scope) {
  for (const [name, below] of Object.entries(PAIRS)) {
    const ink = scope.querySelector(`.contrast-pairs #id_${name}`);
    if (!ink) continue;
    const ground = below && scope.querySelector(`#id_${below}`);
    const output = document.createElement("output");
    output.className = "contrast";
    output.htmlFor.add(ink.id);
    ink.after(output);
    const again = () => show(output, ink.value, ground ? ground.value : "#ffffff");
    ink.addEventListener("input", again);
    if (ground) ground.addEventListener("input", again);
    again();
  }
}
