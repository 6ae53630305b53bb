"""One run of Storm as a whole process: builds the model, answers, prints JSON."""

import argparse
import json
import pathlib

import stormpy


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("properties", help="a file; those named expectation_ are asked")
    parser.add_argument("--bisimulation", action="store_true")
    asked = parser.parse_args()
    model = stormpy.parse_prism_program(asked.model)
    text = pathlib.Path(asked.properties).read_text()
    properties = [
        property
        for property in stormpy.parse_properties(text, model)
        if property.get_name().startswith("expectation_")
    ]
    built = stormpy.build_model(model, properties)
    size = {"situations": built.nr_states, "transitions": built.nr_transitions}
    if asked.bisimulation:
        built = stormpy.transformations.perform_bisimulation(built, properties)
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
