; The names of captures are those that Neovim, Helix and the tree-sitter command share.
; Where several patterns fit, the last one counts.

(identifier) @variable

; ---------------------------------------------------------------- words of the language

[
  "import" "scenario" "source" "actor" "group" "relation" "scale" "issue" "position" "ladder"
  "state" "flag" "meter" "param" "lexicon" "action" "inject" "observe" "rule" "decision"
  "outcome" "ending" "expect" "reading"
] @keyword

[
  "summary" "start" "turn" "horizon" "by" "date" "url" "file" "grade" "voice" "says" "from"
  "because" "since" "rung" "at" "to" "for" "each" "where" "otherwise" "disable"
  "option" "priority" "after" "within"
  "never" "always" "possible" "certain" "before" "leads"
] @keyword

(once) @keyword

["on" "when" "while" "if" "then" "or" "else" "until"] @keyword.control

["raise" "lower" "becomes" "does" "has" "done" "against"] @keyword.function

["and" "not" "any" "every" "no" "in" "least"] @keyword.operator
(binary_condition operator: "or" @keyword.operator)
(doers "or" @keyword.operator)
(stance "on" @keyword.operator)
(issue_declaration "on" @keyword.operator)
(position_declaration "on" @keyword.operator)
(reading_position "on" @keyword.operator)

; ---------------------------------------------------------------- what is declared

(source_declaration name: (identifier) @module)
(actor_declaration name: (identifier) @type)
(group_declaration name: (identifier) @type)
(relation_declaration name: (identifier) @function)
(scale_declaration name: (identifier) @type)
(issue_declaration name: (identifier) @property)
(ladder_declaration name: (identifier) @type)
(rung name: (identifier) @constant)
(scale_declaration level: (identifier) @constant)
(state_declaration name: (identifier) @variable)
(state_declaration value: (identifier) @constant)
(state_declaration initial: (identifier) @constant)
(flag_declaration initial: (identifier) @constant)
(param_declaration name: (identifier) @constant)
(definition name: (identifier) @constant)
(action_declaration name: (identifier) @function)
(rule_declaration name: (identifier) @label)
(decision_declaration name: (identifier) @label)
(option_clause name: (identifier) @label)
(outcome_declaration name: (identifier) @label)
(reading_declaration name: (identifier) @label)
(each_variable name: (identifier) @variable.parameter)
(member_condition name: (identifier) @variable.parameter)

; ---------------------------------------------------------------- what is named

; Who.
(group_declaration member: (identifier) @type)
(pair [from: (identifier) to: (identifier)] @type)
(position_declaration actor: (identifier) @type)
(reading_position actor: (identifier) @type)
(decision_declaration actor: (identifier) @type)
(doers actor: (identifier) @type)
(each_variable group: (identifier) @type)
(member_condition group: (identifier) @type)
(quantified group: (identifier) @type)
(deed actor: (identifier) @type)
(deed target: (identifier) @type)
(past_deed actor: (identifier) @type)
(past_deed target: (identifier) @type)
(stance actor: (identifier) @type)
(related [from: (identifier) to: (identifier)] @type)
(member actor: (identifier) @type)
(member argument: (identifier) @type)

; What they do.
(deed action: (identifier) @function.call)
(past_deed action: (identifier) @function.call)
(related relation: (identifier) @function.call)

; On what, and how.
(position_declaration issue: (identifier) @property)
(reading_position issue: (identifier) @property)
(stance issue: (identifier) @property)
(member name: (identifier) @property)
(attribute name: (identifier) @property)
(issue_declaration scale: (identifier) @type)
(position_declaration level: (identifier) @constant)
(reading_position level: (identifier) @constant)
(shift level: (identifier) @constant)
(reach rung: (identifier) @constant)
(ladder_start rung: (identifier) @constant)
(assignment value: (identifier) @constant)
(attribute value: (identifier) @constant)
(reading_initial value: (identifier) @constant)
(reading_rule name: (identifier) @label)
(disable rule: (identifier) @label)
(reading_param name: (identifier) @constant)
(binary_condition
  left: [(stance) (identifier) (member)]
  operator: ["=" "!=" "<" "<=" ">" ">="]
  right: (identifier) @constant)

; Where it is from.
(says source: (identifier) @module)
(because source: (identifier) @module)
(source_field grade: (identifier) @constant)

; ---------------------------------------------------------------- what is built in

(likelihood (identifier) @constant)
((likelihood (identifier) @constant.builtin)
  (#any-of? @constant.builtin
    "almost_no_chance" "very_unlikely" "unlikely" "roughly_even" "likely" "very_likely"
    "almost_certain" "certain" "impossible"))

((identifier) @constant.builtin
  (#any-of? @constant.builtin "yes" "no"))
((identifier) @type.builtin
  (#eq? @type.builtin "everyone"))
((binary_condition left: (identifier) @variable.builtin)
  (#any-of? @variable.builtin "level" "peak" "turn"))
((deed actor: (identifier) @variable.builtin)
  (#any-of? @variable.builtin "self" "target"))
((deed target: (identifier) @variable.builtin)
  (#any-of? @variable.builtin "self" "target"))

; ---------------------------------------------------------------- values and signs

[(integer) (decimal) (percentage)] @constant.numeric
(date) @constant.numeric
(duration unit: (identifier) @constant.numeric)
(probability measure: _ @function.builtin)

(string) @string
(escape_sequence) @constant.character.escape
(comment) @comment
(note) @comment.documentation

["=" "!=" "<" "<=" ">" ">=" "+" "-" "*" ".." "->" "|"] @operator
["{" "}" "(" ")"] @punctuation.bracket
["," ":" "."] @punctuation.delimiter
