"""One run of Storm as a whole process: builds the model, answers, prints JSON."""

import argparse
import json
import pathlib

import stormpy


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("properties", nargs="+", help="files; not for JANI")
    parser.add_argument("--bisimulation", action="store_true")
    asked = parser.parse_args()
    text = "\n".join(pathlib.Path(file).read_text() for file in asked.properties)
    model = stormpy.parse_prism_program(asked.model)
    properties = stormpy.parse_properties(text, model)
    built = stormpy.build_model(model, properties)
    size = {"situations": built.nr_states, "transitions": built.nr_transitions}
    if asked.bisimulation:
        formulas = [property.get_raw_formula() for property in properties]
        built = stormpy.transformations.perform_bisimulation(built, formulas)
    environment = stormpy.environments.sound()
    for solver in (environment.solver().native(), environment.solver().min_max()):
        solver.precision = stormpy.Rational("1/100000000")
        solver.relative_termination_criterion = False
    answers = []
    for property in properties:
        checked = stormpy.model_checking(
            built, property, only_initial_states=True, environment=environment
        )
        answers.append(float(checked.get_value(built.initial_states[0])))
    print("RESULT " + json.dumps({**size, "answers": answers}))


if __name__ == "__main__":
    main()
