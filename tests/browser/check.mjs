// Opens HTML reports in a real browser and uses them: no text of a scenario runs, nothing is asked of
// the network, and everything can be reached with the mouse and with the keyboard.
//
//   node check.mjs --browser /usr/bin/chromium --modules FOLDER --pictures FOLDER REPORT.html...

import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { mkdirSync } from "node:fs";
import { faults, misplaced, sticksOut } from "./readable.mjs";

const options = { "--browser": "/usr/bin/chromium", "--modules": ".", "--pictures": "" };
const reports = [];
for (let words = process.argv.slice(2); words.length; ) {
  const word = words.shift();
  if (word in options) options[word] = words.shift();
  else reports.push(word);
}
const { chromium } = createRequire(join(resolve(options["--modules"]), "x.js"))("playwright-core");

const browser = await chromium.launch({ executablePath: options["--browser"], args: ["--no-sandbox"] });
let failed = 0, checks = 0;
let where = "";
function check(what, holds, found) {
  checks += 1;
  if (holds) return;
  failed += 1;
  console.error(`${where}: ${what}${found === undefined ? "" : `: ${JSON.stringify(found)}`}`);
}

async function open(report, settings) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  const said = [], asked = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) said.push(message.text()); });
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("dialog", (dialog) => { said.push("a dialog"); dialog.dismiss(); });
  page.on("request", (request) => { if (!/^(file|data):/.test(request.url())) asked.push(request.url()); });
  const started = Date.now();
  await page.goto("file://" + resolve(report));
  return { context, page, said, asked, took: Date.now() - started };
}

async function picture(page, name, whole) {
  if (!options["--pictures"]) return;
  mkdirSync(options["--pictures"], { recursive: true });
  // A picture of a very long page takes longer than anybody looks at it.
  const fullPage = whole && (await page.evaluate(() => document.documentElement.scrollHeight)) < 20000;
  await page.screenshot({ path: join(options["--pictures"], name + ".png"), fullPage, timeout: 60000 });
}

async function safe({ page, said, asked }, report) {
  const policy = await page.getAttribute("meta[http-equiv=Content-Security-Policy]", "content");
  check("a strict policy stands in the page", /default-src 'none'/.test(policy) && !/unsafe/.test(policy), policy);
  check("nothing of the scenario runs", (await page.evaluate("window.ran")) === undefined, await page.evaluate("window.ran"));
  check("there is one script that runs", (await page.locator("script:not([type])").count()) === 1);
  const handlers = await page.evaluate(() => [...document.querySelectorAll("*")].flatMap((one) =>
    [...one.attributes].filter((it) => /^on|^style$/.test(it.name) || /^\s*javascript:/i.test(it.value)).map((it) => `${one.tagName} ${it.name}`)));
  check("no element has a handler, a style or a script as an address", handlers.length === 0, handlers.slice(0, 5));
  const blocked = await page.evaluate(() => new Promise((done) => {
    document.addEventListener("securitypolicyviolation", () => done(true), { once: true });
    const script = document.createElement("script");
    script.textContent = "window.ran = 99";
    document.body.append(script);
    setTimeout(() => done(false), 300);
  }));
  check("the policy blocks a script that gets in", blocked && (await page.evaluate("window.ran")) === undefined);
  const unexpected = said.filter((text) => !/Content Security Policy/.test(text) || /style/.test(text));
  check("the console stays silent", unexpected.length === 0, unexpected);
  check("nothing is asked of the network", asked.length === 0, asked);
  check("the page names its title as text", (await page.locator("h1").innerText()).trim().length > 0);
  check("the record is whole", JSON.parse(await page.locator("#record").textContent()).files.length > 0, report);
}

async function structure({ page }) {
  for (const landmark of ["header", "nav", "main", "footer"]) {
    check(`there is one ${landmark}`, (await page.locator(`body > ${landmark}`).count()) === 1);
  }
  check("there is one first heading", (await page.locator("h1").count()) === 1);
  const levels = await page.evaluate(() => [...document.querySelectorAll("main h2, main h3, main h4")].map((one) => Number(one.tagName[1])));
  check("no level of headings is left out", levels.every((level, at) => level <= (at ? levels[at - 1] : 1) + 1), levels);
  const loose = await page.evaluate(() => [...document.querySelectorAll("a[href^='#']")].map((one) => one.getAttribute("href").slice(1)).filter((id) => !document.getElementById(id)));
  check("every link leads somewhere", loose.length === 0, loose.slice(0, 5));
  const twice = await page.evaluate(() => { const ids = [...document.querySelectorAll("[id]")].map((one) => one.id); return ids.filter((id, at) => ids.indexOf(id) !== at); });
  check("no id stands twice", twice.length === 0, twice.slice(0, 5));
  await page.keyboard.press("Tab");
  check("the first stop of the keyboard skips to the summary", (await page.evaluate(() => document.activeElement.className)) === "skip");
}

// What is behind the answers: told, or how to ask for it.
async function behind({ page }) {
  for (const id of ["why", "drivers", "structure"]) {
    const section = page.locator(`#${id}`);
    check(`there is a section ${id}`, (await section.count()) === 1);
    const text = await section.innerText();
    if (/Not looked for here/.test(text)) {
      check(`${id} says how to ask`, text.includes(`escalade ${id} FILE`), text);
      continue;
    }
    check(`${id} has parts`, (await section.locator("h3").count()) > 0);
    const empty = await section.locator("h3, h4, p, li, ul").evaluateAll((all) => all.filter((one) => !one.textContent.trim()).length);
    check(`nothing in ${id} is empty`, empty === 0, empty);
  }
  const bars = await page.locator("#drivers svg.bar rect").evaluateAll((all) => all.filter((one) =>
    one.x.baseVal.value < 0 || one.x.baseVal.value + one.width.baseVal.value > 100.05).length);
  check("bars stay on their scale", bars === 0, bars);
}

// How the drawing is shown before anybody has touched it.
async function opening({ page }) {
  const found = await page.evaluate(() => {
    const canvas = document.getElementById("canvas"), svg = canvas.querySelector("svg");
    const start = canvas.querySelector("g.node[data-node=start]");
    const frame = canvas.getBoundingClientRect(), box = start && start.getBoundingClientRect();
    return { scale: svg.width.baseVal.value / svg.viewBox.baseVal.width, left: canvas.scrollLeft,
      seen: !box || (box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom),
      begins: box ? box.left - frame.left : 0 };
  });
  check("at first the drawing can be read", found.scale >= 0.85, found);
  check("the start is in view", found.seen, found);
  check("and stands at the left", found.begins < 60, found);
}

async function graph({ page }) {
  const nodes = page.locator("#canvas g.node");
  const count = await nodes.count();
  check("reactions are drawn", count > 1, count);
  const event = page.locator("#canvas g.node[data-actor]").first();
  await event.scrollIntoViewIfNeeded();
  await event.click();
  const label = (await event.locator("title").textContent()).replace(/ · [<>]?[\d.]+%.*$/, "");
  check("a click shows a reaction in the panel", (await page.locator("#panel h3").innerText()) === label, label);
  check("it is marked as chosen", (await event.getAttribute("aria-pressed")) === "true");
  check("the panel says what leads to it", /What leads to it/.test(await page.locator("#panel").innerText()));
  check("the panel links to the line of the rule", (await page.locator("#panel a.line").count()) > 0);

  await page.locator("#canvas g.node[tabindex='0']").focus();
  const before = await page.evaluate(() => document.activeElement.dataset.node);
  for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"]) {
    await page.keyboard.press(key);
    if ((await page.evaluate(() => document.activeElement.dataset.node)) !== before) break;
  }
  const after = await page.evaluate(() => document.activeElement.dataset.node);
  check("arrow keys go to another reaction", after && after !== before, after);
  await page.keyboard.press("Enter");
  check("Enter chooses it", (await page.locator("#canvas g.node[aria-pressed='true']").getAttribute("data-node")) === after);

  const width = async () => Number(await page.locator("#canvas svg").getAttribute("width"));
  const narrow = await width();
  await page.keyboard.press("+");
  check("plus zooms in", (await width()) > narrow);
  await page.locator("[data-zoom=fit]").click();
  check("Fit shows all", (await width()) <= (await page.locator("#canvas").evaluate((one) => one.clientWidth)) + 1);
  await page.locator("[data-zoom=in]").click();
  await page.locator("[data-zoom=in]").click();
  await page.locator("#canvas").evaluate((one) => { one.scrollLeft = 0; });
  const box = await page.locator("#canvas").boundingBox();
  await page.mouse.move(box.x + box.width - 40, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 40, { steps: 4 });
  await page.mouse.up();
  const panned = await page.locator("#canvas").evaluate((one) => one.scrollLeft > 0 || one.scrollWidth <= one.clientWidth);
  check("dragging pans", panned);

  await page.locator("#by-actor").selectOption({ index: 1 });
  const shown = await page.locator("#canvas g.node:not(.off)").count();
  check("the filter by actor leaves out others", shown < count, shown);
  await page.locator("#by-actor").selectOption("");
  await page.locator("#at-least").fill("60");
  const likely = await page.locator("#canvas g.node:not(.off)").evaluateAll((all) => all.map((one) => Number(one.dataset.probability ?? 1)));
  check("the filter by probability leaves out the less likely", likely.length > 0 && likely.every((it) => it >= 0.6), likely);
  await page.locator("#at-least").fill("0");
  check("without filters all are back", (await page.locator("#canvas g.node:not(.off)").count()) === count);
}

async function list({ page }) {
  await page.locator("#all > summary").click();
  const all = await page.locator("#rows tr").count();
  check("the list has rows", all > 0);
  await page.locator("#find").fill("zzzz no such thing");
  check("finding leaves out what does not fit", (await page.locator("#rows tr").count()) === 0);
  await page.locator("#find").fill("");
  await page.locator("#rows button.show").first().click();
  check("the list chooses in the panel", (await page.locator("#panel h3").count()) === 1);
  check("and goes there", (await page.evaluate(() => document.activeElement.id)) === "panel");
}

async function storyline({ page }) {
  if (!(await page.locator("#player").count())) return;
  await page.locator("details[open] button.follow").first().click();
  const told = async () => page.locator(".told").innerText();
  check("a storyline begins with its first step", /step 1 of/.test(await told()), await told());
  check("its reactions are marked in the graph", (await page.locator("#canvas g.node.now").count()) > 0);
  const next = page.locator("#player button", { hasText: "Next step" });
  if (await next.isEnabled()) {
    await next.press("Enter");
    check("the keyboard goes on", /step 2 of/.test(await told()), await told());
    check("what was stays marked", (await page.locator("#canvas g.node.past").count()) > 0);
  }
  check("steps stand on a line of time", (await page.locator(".track .dot").count()) > 0);
  await page.locator("#player button", { hasText: "Stop" }).click();
  check("it can be left", (await page.locator("#canvas g.node.now").count()) === 0);
}

// Thousands of reactions are more than a look at every element takes in.
const WHOLE = 2_000_000;

async function readable({ page }) {
  const letters = await page.evaluate(() => document.documentElement.outerHTML.length);
  if (letters > WHOLE) return;
  const found = await faults(page, options["--modules"]);
  check("axe-core finds nothing", found.length === 0, found);
  const out = await sticksOut(page);
  check("everything stays in its frame", out.length === 0, out);
  const signs = await misplaced(page);
  check("signs stand where they belong beside texts from right to left", signs.found.length === 0, signs.found);
  if (where.startsWith("right_to_left")) check("there are such signs", signs.looked > 20, signs.looked);
}

async function use(report) {
  const name = basename(report, ".html");
  where = name;
  const light = await open(report, { viewport: { width: 1280, height: 900 }, colorScheme: "light" });
  check("it opens quickly", light.took < 10000, light.took);
  await safe(light, report);
  await structure(light);
  await picture(light.page, `${name}-top`, false);
  await opening(light);
  await behind(light);
  await graph(light);
  await light.page.locator("#reactions").scrollIntoViewIfNeeded();
  await picture(light.page, `${name}-chosen`, false);
  await list(light);
  await storyline(light);
  check("nothing of the scenario ran while it was used", (await light.page.evaluate("window.ran")) === undefined);
  check("nothing was asked of the network then", light.asked.length === 0, light.asked);
  await readable(light);
  const paper = await light.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const pdf = await light.page.pdf({ format: "A4" });
  check("it can be printed", pdf.subarray(0, 5).toString() === "%PDF-" && pdf.length > 20000, pdf.length);
  await light.page.emulateMedia({ media: "print" });
  check("what is only for the screen is not printed", !(await light.page.locator("nav").isVisible()) && !(await light.page.locator("#tools").isVisible()));
  const printed = await light.page.locator("#canvas").evaluate((canvas) => {
    const svg = canvas.querySelector("svg").getBoundingClientRect();
    return svg.width <= canvas.getBoundingClientRect().width + 1 && svg.height <= canvas.getBoundingClientRect().height + 1;
  });
  check("the whole drawing is printed", printed);
  await light.context.close();

  where = `${name}, dark`;
  const dark = await open(report, { viewport: { width: 1280, height: 900 }, colorScheme: "dark" });
  const night = await dark.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  check("dark mode is dark", night !== paper, night);
  await picture(dark.page, `${name}-dark`, true);
  await readable(dark);
  await dark.context.close();

  where = `${name}, narrow`;
  const phone = await open(report, { viewport: { width: 360, height: 800 }, colorScheme: "light", hasTouch: true });
  const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth);
  check("a narrow page does not scroll sideways", wide <= 360, wide);
  await opening(phone);
  await picture(phone.page, `${name}-narrow`, true);
  await readable(phone);
  await phone.context.close();

  where = `${name}, without script`;
  const plain = await open(report, { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
  check("without script nothing is offered that needs it", !(await plain.page.locator("#tools").isVisible()));
  check("without script the text is there", await plain.page.locator("pre.text").first().isVisible());
  await plain.context.close();
}

for (const report of reports) {
  try {
    await use(report);
  } catch (error) {
    check("it could be used to the end", false, String(error));
  }
}
await browser.close();
console.log(`${reports.length} reports in a browser: ${checks - failed} of ${checks} checks hold`);
process.exit(failed ? 1 : 0);
