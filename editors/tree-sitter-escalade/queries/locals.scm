; What is declared in a file is known everywhere in it; only what `for each` and `any m in g` name is not.

(source_file) @local.scope
[
  (state_declaration)
  (flag_declaration)
  (meter_declaration)
  (rule_declaration)
  (decision_declaration)
  (member_condition)
] @local.scope

(each_variable name: (identifier) @local.definition)
(member_condition name: (identifier) @local.definition)

(actor_declaration name: (identifier) @local.definition)
(group_declaration name: (identifier) @local.definition)
(source_declaration name: (identifier) @local.definition)
(issue_declaration name: (identifier) @local.definition)
(param_declaration name: (identifier) @local.definition)
(relation_declaration name: (identifier) @local.definition)
(action_declaration name: (identifier) @local.definition)

(identifier) @local.reference
