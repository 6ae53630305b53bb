// Writes a scenario with about 5,000 things that can happen, so few of them at a time that it is
// evaluated quickly.
const actors = 70, actions = 70;
const lines = ['scenario "A great many reactions" { horizon 3 turns }'];
for (let a = 0; a < actors; a += 1) lines.push(`actor a${a} "Actor ${a}"`);
lines.push("ladder \"Rungs\" {");
for (let r = 0; r < 6; r += 1) lines.push(`  rung r${r} "Rung ${r}"`);
lines.push("}", 'action begin "Begin" at r0');
for (let d = 0; d < actions; d += 1) lines.push(`action d${d} "Deed ${d}" at r${d % 6}`);
lines.push("inject turn 0 { a0 does begin }");
// One draw with an alternative for each actor, then one for each with an alternative for each deed.
const share = (of) => `${(100 / of - 0.2).toFixed(2)}%`;
const first = [...Array(actors).keys()].map((a) => `${share(actors)} { a${a} does d0 }`);
lines.push(`rule first { on a0 does begin then ${first.join(" or ")} }`);
for (let a = 0; a < actors; a += 1) {
  const deeds = [...Array(actions - 1).keys()].map((d) => `${share(actions)} { a${a} does d${d + 1} }`);
  lines.push(`rule then_${a} { on a${a} does d0 then ${deeds.join(" or ")} }`);
}
lines.push('outcome high "It comes to the last rung" when level >= r5', 'outcome low "It does not" otherwise');
console.log(lines.join("\n"));
