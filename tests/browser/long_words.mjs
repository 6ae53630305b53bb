// Writes a scenario in which everything that has a name or a title has one of 72 letters.
const word = "donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtenge";
let count = 0;
const name = () => word + String.fromCharCode(97 + count++);
const [source, north, south, issue, scale, low, high, lowest, highest, state, calm, angry, flag, shell, protest, rule, again, decision, hold, wait, war, other, param, reading] =
  Array.from({ length: 24 }, name);
const title = `"${word.toUpperCase()}X"`;
console.log(`scenario ${title} { summary ${title} start 2024-01-01 turn 1 week horizon 4 turns }
source ${source} ${title} { by ${title} url "https://example.org/${word}" grade B2 }
actor ${north} ${title} { voice ${title} }
actor ${south} ${title}
scale ${scale} { ${low} < ${high} }
issue ${issue} ${title} on scale ${scale}
position ${north} on ${issue}: ${high} { says ${title} from ${source} }
position ${south} on ${issue}: ${low} { because ${title} from ${source} }
ladder ${title} { rung ${lowest} ${title} rung ${highest} ${title} }
state ${state} ${title}: ${calm} < ${angry}
flag ${flag} ${title}
param ${param} ${title} = 30%..40%
action ${shell} ${title} at ${highest}
action ${protest} ${title} at ${lowest}
inject turn 0 { ${north} does ${shell} against ${south} }
rule ${rule} ${title} {
  on ${north} does ${shell}
  then ${param} { ${south} does ${shell} against ${north} }
  or likely { ${south} does ${protest} ${state} becomes ${angry} }
  because ${title} from ${source}
}
rule ${again} ${title} { while not ${flag} then 20% { ${flag} becomes yes ${south} on ${issue} becomes ${high} } because ${title} }
decision ${decision} ${title} by ${north} {
  when ${flag}
  option ${hold} ${title} 60% { ${north} does ${protest} }
  option ${wait} ${title}
  because ${title} from ${source}
}
outcome ${war} ${title} when ${south} has done ${shell}
outcome ${other} ${title} otherwise
expect ${title}: P(${war}) <= 90%
reading ${reading} ${title} { voice ${title} because ${title} from ${source} rule ${rule}: roughly_even }`);
