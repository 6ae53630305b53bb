; `]f` goes to the next rule or decision, `]t` to the next of whom and what.

(rule_declaration) @function.around
(decision_declaration) @function.around
(block) @function.inside

(actor_declaration) @class.around
(group_declaration) @class.around
(issue_declaration) @class.around
(source_declaration) @class.around
(position_declaration) @class.around

(action_declaration) @entry.around
(option_clause) @entry.around

[(comment) (note)] @comment.around
