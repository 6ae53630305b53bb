"""Holds exported models against Storm: every answer of `escalade run` against Storm's of the same
scenario, for each form of export. Run it through `.ci/storm`."""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import stormpy

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOLERANCE = 1e-8

# What is exported how.
FORMS = {
    "jani": ["--to", "jani"],
    "rules": ["--to", "prism", "--form", "rules"],
    "situations": ["--to", "prism", "--form", "situations"],
}
# What is left open, and which of the answers Storm then has to give: the estimate, or the bounds.
FREEDOMS = {
    "estimate": ["--decisions", "baseline", "--ranges", "estimate"],
    "decisions": ["--decisions", "free", "--ranges", "estimate"],
    "likelihoods": ["--decisions", "baseline", "--ranges", "corners"],
    "both": ["--decisions", "free", "--ranges", "corners"],
    "intervals": ["--decisions", "baseline", "--ranges", "intervals"],
    "both intervals": ["--decisions", "free", "--ranges", "intervals"],
}
BOUNDS = {"intervals": "likelihoods", "both intervals": "both"}


def main():
    options = arguments()
    files = options.files or sorted((ROOT / "scenarios").glob("*.esc")) + sorted(
        (ROOT / "tests/conformance").glob("*/*.esc")
    )
    totals = {}
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            for line in check(pathlib.Path(file), pathlib.Path(folder), options):
                totals.setdefault(line["form"], []).append(line)
                if line["problem"] or line["difference"] > TOLERANCE:
                    wrong.append(line)
                if options.verbose:
                    print(told(line), flush=True)
    summary(totals)
    for line in wrong:
        print("WRONG", told(line))
    compared = sum(line["answers"] for lines in totals.values() for line in lines)
    print(f"storm {stormpy.__version__}: {len(files)} scenarios, {compared} answers, {len(wrong)} wrong")
    return 1 if wrong else 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", help="scenarios [default: all that are shipped]")
    parser.add_argument("--escalade", required=True, help="the binary")
    parser.add_argument("--verbose", action="store_true", help="a line for every export")
    parser.add_argument("--all", action="store_true", help="readings in every form, not only the baseline")
    parser.add_argument("--most", type=int, default=1_000_000, help="leave out models with ranges larger than this, in bytes")
    return parser.parse_args()


def check(file, folder, options):
    """Yields a line for each export of one scenario and its readings."""
    run = subprocess.run(
        [options.escalade, "run", str(file), "--format", "json"], capture_output=True, text=True
    )
    if run.returncode not in (0, 3):
        yield line(file, "run", problem=run.stderr.strip())
        return
    for result in json.loads(run.stdout)["results"]:
        known = result["outcomes"]
        if not known:
            continue
        reading = ["--reading", result["reading"]] if result["reading"] else []
        for freedom, open_ in FREEDOMS.items():
            if redundant(known, freedom):
                continue
            for name, to in FORMS.items():
                if "intervals" in freedom and name != "situations":
                    continue
                form = f"{name}, {freedom}"
                if result["reading"] and not options.all and not always(name, freedom):
                    continue
                found = compared(file, folder, options, form, known, to + open_ + reading, freedom)
                if found:
                    yield found


def always(name, freedom):
    """Whether readings are checked in this form too, without being asked."""
    return freedom == "estimate" or (freedom == "decisions" and name != "situations")


def redundant(known, freedom):
    """Whether this freedom leaves nothing open that a smaller one does not."""

    def differs(name):
        return any(outcome["bounds"][name] != [outcome["estimate"]] * 2 for outcome in known)

    match freedom:
        case "estimate":
            return False
        case "decisions" | "likelihoods":
            return not differs(freedom)
        case "intervals":
            return not differs("likelihoods")
        case _:
            return not (differs("decisions") and differs("likelihoods"))


def compared(file, folder, options, form, known, arguments, freedom):
    jani = "jani" in arguments
    model, properties = folder / ("m.jani" if jani else "m.pm"), folder / "m.props"
    command = [options.escalade, "export", str(file), "-o", str(model), *arguments]
    if not jani:
        command += ["--properties", str(properties)]
    began = time.monotonic()
    made = subprocess.run(command, capture_output=True, text=True)
    if "write too much in common" in made.stderr or "transitions to write" in made.stderr:
        return None
    if made.returncode != 0:
        return line(file, form, problem=made.stderr.strip())
    if model.stat().st_size > options.most and freedom not in ("estimate", "decisions"):
        return line(file, form, skipped=True)
    try:
        answers, states, transitions = storm(model, None if jani else properties, "intervals" in freedom)
    except Exception as error:
        return line(file, form, problem=f"storm: {error}")
    difference = 0.0
    count = 0
    for outcome in known:
        name = outcome["name"]
        bounds = [outcome["estimate"]] * 2
        if freedom != "estimate":
            bounds = outcome["bounds"][BOUNDS.get(freedom, freedom)]
        found = []
        for suffix in ("", "_min", "_max"):
            if name + suffix in answers:
                found.append(answers[name + suffix])
            elif f"not_{name}{suffix}" in answers:
                found.append(1 - answers[f"not_{name}{suffix}"])
        if not found:
            return line(file, form, problem=f"no answer for {name}")
        for known_bound, answer in zip(bounds, sorted([min(found), max(found)])):
            difference = max(difference, abs(known_bound - answer))
            count += 1
    return line(
        file, form, difference=difference, answers=count, states=states, transitions=transitions,
        seconds=time.monotonic() - began,
    )


def storm(model, properties, intervals):
    """Storm's answers by the name of the property, and the size of what it built."""
    if properties is None:
        described, asked = stormpy.parse_jani_model(str(model))
    else:
        described = stormpy.parse_prism_program(str(model))
        asked = stormpy.parse_properties(properties.read_text(), described)
    ranged = intervals and "] : (" in model.read_text()
    kind = stormpy.Interval if ranged else float
    built = stormpy.build_model[kind](described, asked)
    environment = precise()
    answers = {}
    for property in asked:
        more = {"uncertainty_resolution_mode": resolution(property)} if ranged else {}
        checked = stormpy.model_checking(
            built, property, only_initial_states=True, environment=environment, **more
        )
        answers[property.get_name()] = float(checked.get_value(built.initial_states[0]))
    return answers, built.nr_states, built.nr_transitions


def resolution(property):
    """Intervals take the side that the property asks for."""
    least = property.get_name().endswith("_min")
    modes = stormpy.UncertaintyResolutionMode
    return modes.MINIMIZE if least else modes.MAXIMIZE


def precise():
    environment = stormpy.environments.sound()
    for solver in (environment.solver().native(), environment.solver().min_max()):
        solver.precision = stormpy.Rational("1/100000000000")
        solver.relative_termination_criterion = False
    return environment


def line(file, form, **more):
    base = dict(difference=0.0, answers=0, states=0, transitions=0, seconds=0.0, problem=None, skipped=False)
    return {"file": pathlib.Path(file).stem, "form": form, **base, **more}


def told(line):
    if line["problem"]:
        return f"{line['file']:32} {line['form']:26} {line['problem']}"
    if line["skipped"]:
        return f"{line['file']:32} {line['form']:26} left out: too large"
    return (
        f"{line['file']:32} {line['form']:26} {line['answers']:4} answers  {line['difference']:8.1e}"
        f"  {line['states']:8} states {line['transitions']:9} transitions {line['seconds']:6.2f} s"
    )


def summary(totals):
    print(f"{'export':28} {'models':>6} {'left out':>8} {'answers':>8} {'largest difference':>19} {'seconds':>8}")
    for form, lines in sorted(totals.items()):
        done = [line for line in lines if not line["skipped"]]
        print(
            f"{form:28} {len(done):6} {len(lines) - len(done):8} {sum(line['answers'] for line in done):8}"
            f" {max((line['difference'] for line in done), default=0):19.1e} {sum(line['seconds'] for line in done):8.1f}"
        )


if __name__ == "__main__":
    sys.exit(main())
