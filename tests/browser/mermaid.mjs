// Has Mermaid itself draw a graph and holds what it writes into nodes against the labels that the graph has.
//
//   node mermaid.mjs --browser /usr/bin/chromium --modules FOLDER GRAPH.mmd GRAPH.json

import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { readFileSync } from "node:fs";

const [, browserPath, , modules, drawn, known] = process.argv.slice(2);
const find = createRequire(join(resolve(modules), "x.js"));
const { chromium } = find("playwright-core");
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.setContent("<div id=drawn></div>");
await page.addScriptTag({ content: readFileSync(find.resolve("mermaid/dist/mermaid.min.js"), "utf8") });
const shown = await page.evaluate(async (text) => {
  mermaid.initialize({ startOnLoad: false, maxTextSize: 1e6, maxEdges: 1000 });
  const { svg } = await mermaid.render("graph", text);
  document.getElementById("drawn").innerHTML = svg;
  return [...document.querySelectorAll(".nodeLabel")].map((one) => one.innerText);
}, readFileSync(drawn, "utf8"));
await browser.close();

// A word joiner keeps a backslash and an `n` apart; it cannot be seen. Lines are those of the label.
const plain = (text) => text.replaceAll("\u2060", "").replace(/\s+/g, " ").trim();
const labels = JSON.parse(readFileSync(known, "utf8")).nodes.map((node) => plain(node.label));
const missing = labels.filter((label) => !shown.some((text) => plain(text).startsWith(label)));
for (const label of missing) console.error(`Mermaid does not write: ${label}`);
if (missing.length) console.error(`but: ${shown.map(plain).join("\n     ")}`);
console.log(`Mermaid writes ${labels.length - missing.length} of ${labels.length} labels as they are`);
process.exit(missing.length ? 1 : 0);
