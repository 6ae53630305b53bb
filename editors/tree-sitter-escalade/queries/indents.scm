; Neovim's names; those of Helix are in editors/helix.

[
  (scenario_declaration)
  (source_declaration)
  (actor_declaration)
  (group_declaration)
  (relation_declaration)
  (scale_declaration)
  (position_declaration)
  (ladder_declaration)
  (lexicon_declaration)
  (rule_declaration)
  (decision_declaration)
  (reading_declaration)
  (block)
  (parenthesized_condition)
] @indent.begin

["}" ")"] @indent.branch @indent.end

[(comment) (note)] @indent.auto
(string) @indent.ignore
