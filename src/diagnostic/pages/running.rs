//! E4xxx, found while a scenario is evaluated.

use crate::diagnostic::{Code, Page};

/// Two different values for one variable in one turn, at equal priority.
pub const CONFLICT: Code = Code("E4001");
/// More situations than allowed.
pub const TOO_MANY_SITUATIONS: Code = Code("E4002");
/// A simulation without an end.
pub const ENDLESS_SIMULATION: Code = Code("E4003");

/// An observation of a turn that the run never gets to.
pub const OBSERVED_TOO_LATE: Code = Code("E4004");
/// An observation that cannot have been made.
pub const IMPOSSIBLE: Code = Code("E4005");
/// None of the storylines that were drawn fits what was observed.
pub const NONE_FITS: Code = Code("E4006");

/// The pages of this range.
pub const PAGES: &[Page] = &[
    Page {
        code: CONFLICT,
        title: "two values for one variable in one turn",
        text: "Rules look at the same situation and act at the same moment, so the order in which they are \
               written decides nothing. Where two of them set one variable to different values in the same turn, \
               and neither has a higher priority, the scenario does not say what happens. The diagnostic names \
               both and tells the storyline that leads there. Give one of them a higher `priority`, keep them \
               apart by their conditions, or use `raise` and `lower`, which add up.",
        example: "scenario \"Two orders\" { horizon 2 turns }
actor aland \"Aland\"
state front \"Front\": quiet | tense | open
rule digs_in \"Digs in\" {
  while front = quiet
  then { front becomes tense }
}
rule attacks \"Attacks\" {
  while front = quiet
  then 50% { front becomes open }
}
outcome fighting \"Fighting\" when front = open
",
        mend: "scenario \"Two orders\" { horizon 2 turns }
actor aland \"Aland\"
state front \"Front\": quiet | tense | open
rule digs_in \"Digs in\" {
  while front = quiet
  then { front becomes tense }
}
rule attacks \"Attacks\" {
  while front = quiet
  then 50% { front becomes open }
  priority 1
}
outcome fighting \"Fighting\" when front = open
",
    },
    Page {
        code: TOO_MANY_SITUATIONS,
        title: "more situations than the limit",
        text: "An exact evaluation lists every situation that can be reached. Their number grows with the values \
               of each variable, with everything that conditions remember (`has done`, `once`), and with every \
               moment that something may be under way (`within 6 turns` has five). The limit is set by \
               `--max-situations`. Narrow meters, shorten delays or the horizon, ask `does` instead of `has done` \
               where that is enough, or evaluate by simulation.",
        example: "scenario \"Long count\" { }
actor aland \"Aland\"
meter arms \"Arms\": 0..100000
meter money \"Money\": 0..100000
rule arms_more \"Arms more\" {
  while arms < 100000
  then 50% { raise arms }
}
rule earns \"Earns\" {
  while money < 100000
  then 50% { raise money }
}
outcome armed \"Armed\" when arms = 100000 and money = 100000
",
        mend: "scenario \"Long count\" { }
actor aland \"Aland\"
meter arms \"Arms\": 0..10
meter money \"Money\": 0..10
rule arms_more \"Arms more\" {
  while arms < 10
  then 50% { raise arms }
}
rule earns \"Earns\" {
  while money < 10
  then 50% { raise money }
}
outcome armed \"Armed\" when arms = 10 and money = 10
",
    },
    Page {
        code: ENDLESS_SIMULATION,
        title: "a simulation without a horizon",
        text: "A simulation draws storylines one by one, and a storyline without a last turn may never end. Give \
               the scenario a `horizon`, or set one with `--horizon N`. An exact evaluation needs none.",
        example: "scenario \"For ever\" { }
actor aland \"Aland\"
flag talks \"Talks\"
rule opens \"Talks open\" {
  while not talks
  then 10% { talks becomes yes }
}
outcome open \"Talks\" when talks
",
        mend: "scenario \"For ever\" { horizon 50 turns }
actor aland \"Aland\"
flag talks \"Talks\"
rule opens \"Talks open\" {
  while not talks
  then 10% { talks becomes yes }
}
outcome open \"Talks\" when talks
",
    },
    Page {
        code: OBSERVED_TOO_LATE,
        title: "an observation after the end of the run",
        text: "With a horizon of n turns the run ends with situation n, and there is nothing later to observe. Observe an \
               earlier turn, or look further ahead.",
        example: "scenario \"Talks\" { horizon 5 turns }
actor aland \"Aland\"
flag talks \"Talks\"
rule opens \"Talks open\" {
  while not talks
  then 10% { talks becomes yes }
}
outcome open \"Talks\" when talks
observe turn 7: talks
",
        mend: "scenario \"Talks\" { horizon 5 turns }
actor aland \"Aland\"
flag talks \"Talks\"
rule opens \"Talks open\" {
  while not talks
  then 10% { talks becomes yes }
}
outcome open \"Talks\" when talks
observe turn 5: talks
",
    },
    Page {
        code: IMPOSSIBLE,
        title: "an observation that cannot have been made",
        text: "Everything is told given what has been observed, and what cannot have been observed leaves nothing to \
               tell. The diagnostic names the first observation that no storyline leads to, given those before it \
               in time; or, where other likelihoods or decisions would allow it, the first that has no chance by the \
               estimates. Mostly an observation is in the wrong turn, or a rule for what really happened is missing.",
        example: "scenario \"Talks\" { horizon 5 turns }
actor aland \"Aland\"
flag talks \"Talks\"
rule opens \"Talks open\" {
  while not talks
  then 10% { talks becomes yes }
}
outcome open \"Talks\" when talks
observe turn 0: talks
",
        mend: "scenario \"Talks\" { horizon 5 turns }
actor aland \"Aland\"
flag talks \"Talks\"
rule opens \"Talks open\" {
  while not talks
  then 10% { talks becomes yes }
}
outcome open \"Talks\" when talks
observe turn 1: talks
",
    },
    Page {
        code: NONE_FITS,
        title: "no storyline that was drawn fits the observations",
        text: "A simulation draws storylines and counts those that fit what was observed. Where that is rare, none may be \
               among them: draw more (`--runs N`), or evaluate exactly, which misses none.",
        example: "scenario \"Talks\" { horizon 5 turns }
actor aland \"Aland\"
flag talks \"Talks\"
rule opens \"Talks open\" {
  while not talks
  then 0.01% { talks becomes yes }
}
outcome open \"Talks\" when talks
observe turn 1: talks
",
        mend: "scenario \"Talks\" { horizon 5 turns }
actor aland \"Aland\"
flag talks \"Talks\"
rule opens \"Talks open\" {
  while not talks
  then 50% { talks becomes yes }
}
outcome open \"Talks\" when talks
observe turn 1: talks
",
    },
];
