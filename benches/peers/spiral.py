"""Writes a scenario of the spiral family: powers that watch each other's posture."""

import argparse


def spiral(powers, highest, faces="ring", horizon=20, up="30%", restraint=False):
    """N powers in a ring, or all facing each other, each with a posture from 0 to `highest`, all
    at 1. One that sees a higher neighbour goes up with `up`; one that sees none goes up with 10%
    and down with 20%. With `restraint` the first decides whether it answers at all."""
    names = [f"p{power}" for power in range(powers)]
    if faces == "ring":
        pairs = {tuple(sorted((power, (power + 1) % powers))) for power in range(powers)}
    else:
        pairs = {(one, other) for one in range(powers) for other in range(one)}
    relation = ", ".join(f"{names[one]} - {names[other]}" for one, other in sorted(pairs))
    length = f" horizon {horizon} turns " if horizon else ""
    lines = [f'scenario "Spiral of {powers} powers, {faces}" {{{length}}}']
    lines += [f"actor {name}" for name in names]
    lines += [
        f"group powers {{ {', '.join(names)} }}",
        f"relation faces {{ {relation} }}",
        f"meter posture for each p in powers: 0..{highest} = 1",
    ]
    sees = "any q in powers where p faces q (q.posture > p.posture)"
    if restraint:
        lines += [
            f"group others {{ {', '.join(names[1:])} }}",
            "decision restraint by p0 {",
            f"  while {sees.replace('p.posture', 'p0.posture').replace('p faces', 'p0 faces')}",
            f"  option answer {up} {{ raise p0.posture }}",
            "  option wait",
            "}",
        ]
    answering = "others" if restraint else "powers"
    lines += [
        f"rule answers for each p in {answering} {{",
        f"  while {sees}",
        f"  then {up} {{ raise p.posture }}",
        "}",
        "rule drifts for each p in powers {",
        f"  while not {sees}",
        "  then 10% { raise p.posture }",
        "  or   20% { lower p.posture }",
        "}",
        f"ending war when any p in powers (p.posture = {highest})",
        "ending peace when every p in powers (p.posture = 0)",
    ]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("powers", type=int)
    parser.add_argument("highest", type=int)
    parser.add_argument("--faces", choices=["ring", "all"], default="ring")
    parser.add_argument("--horizon", type=int, default=20, help="0: none")
    parser.add_argument("--up", default="30%", help="how likely an answer is, e.g. 25%%..35%%")
    parser.add_argument("--restraint", action="store_true", help="the first power decides")
    asked = parser.parse_args()
    print(end=spiral(asked.powers, asked.highest, asked.faces, asked.horizon, asked.up, asked.restraint))


if __name__ == "__main__":
    main()
