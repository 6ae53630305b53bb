; A note stands before what it is about.

(source_declaration name: (identifier) @name) @definition.module
(actor_declaration name: (identifier) @name) @definition.class
(group_declaration name: (identifier) @name) @definition.class
(relation_declaration name: (identifier) @name) @definition.interface
(scale_declaration name: (identifier) @name) @definition.type
(issue_declaration name: (identifier) @name) @definition.type
(state_declaration name: (identifier) @name) @definition.variable
(flag_declaration name: (identifier) @name) @definition.variable
(meter_declaration name: (identifier) @name) @definition.variable
(param_declaration name: (identifier) @name) @definition.constant
(definition name: (identifier) @name) @definition.constant
(rung name: (identifier) @name) @definition.constant
(action_declaration name: (identifier) @name) @definition.function
(rule_declaration name: (identifier) @name) @definition.method
(decision_declaration name: (identifier) @name) @definition.method
(outcome_declaration name: (identifier) @name) @definition.constant
(reading_declaration name: (identifier) @name) @definition.module

(deed action: (identifier) @name) @reference.call
(past_deed action: (identifier) @name) @reference.call
(deed actor: (identifier) @name) @reference.class
(stance issue: (identifier) @name) @reference.type
