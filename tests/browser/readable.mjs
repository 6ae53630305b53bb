// Whether a report can be read by everybody: what axe-core finds, words that do not fit, and titles in scripts that
// are written from right to left.

import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { readFileSync } from "node:fs";

// What axe-core has to say against a page, with everything on it unfolded.
export async function faults(page, modules) {
  const axe = createRequire(join(resolve(modules), "x.js")).resolve("axe-core/axe.min.js");
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  await page.evaluate(readFileSync(axe, "utf8"));
  return page.evaluate(async () => {
    const found = await axe.run(document, { resultTypes: ["violations"], preload: false });
    return found.violations.map((one) => `${one.id}: ${one.nodes.length}, ${one.nodes[0].target}`);
  });
}

// What sticks out of its frame: of the page, or of a cell or a card.
export async function sticksOut(page) {
  return page.evaluate(() => {
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push("the page");
    for (const one of document.querySelectorAll("h1, h2, h3, h4, p, dt, dd, li, th, td, blockquote, button, label, summary")) {
      if (one.clientWidth && one.scrollWidth > one.clientWidth + 1) found.push(`${one.tagName} ${one.textContent.slice(0, 30)}`);
    }
    return found.slice(0, 5);
  });
}

// Signs that are drawn on the wrong side of a text from right to left, and how many were looked at.
export async function misplaced(page) {
  return page.evaluate(() => {
    const rightToLeft = /[\u0590-\u08ff]/;
    const found = [];
    let looked = 0;
    // Of a text: the place of the first or the last sign that is none of white space.
    const sign = (text, last) => {
      const at = last ? text.data.trimEnd().length - 1 : text.data.search(/\S/);
      if (at < 0) return undefined;
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      const place = range.getClientRects()[0];
      return place && place.width ? place : undefined;
    };
    for (const one of document.querySelectorAll("main bdi, header bdi")) {
      if (!rightToLeft.test(one.textContent)) continue;
      const lines = one.getClientRects();
      if (lines.length !== 1) continue;
      const [box] = lines;
      for (const [beside, last] of [[one.nextSibling, false], [one.previousSibling, true]]) {
        if (!beside || beside.nodeType !== Node.TEXT_NODE) continue;
        const place = sign(beside, last);
        if (!place || Math.abs(place.top + place.bottom - box.top - box.bottom) > box.height) continue;
        looked += 1;
        const right = last ? place.right <= box.left + 0.5 : place.left >= box.right - 0.5;
        if (!right) found.push((last ? beside.data.slice(-12) : "") + one.textContent + (last ? "" : beside.data.slice(0, 12)));
      }
    }
    for (const text of document.querySelectorAll("main svg text")) {
      if (!rightToLeft.test(text.textContent)) continue;
      let depth = 0, before = -Infinity;
      [...text.textContent].forEach((c, at) => {
        if (c === "\u2068") depth += 1;
        else if (c === "\u2069") depth -= 1;
        else if (depth === 0 && c.trim()) {
          const { x } = text.getStartPositionOfChar(at);
          looked += 1;
          if (rightToLeft.test(c) || x < before) found.push(text.textContent);
          before = x;
        }
      });
    }
    return { looked, found: found.slice(0, 5) };
  });
}
