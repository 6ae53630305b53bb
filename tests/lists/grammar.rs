//! What words the grammar has, and which of them its rules begin with.

use crate::{Set, read, string};
use std::collections::BTreeMap;

/// The grammar, by its rules.
pub struct Grammar {
    rules: BTreeMap<String, Vec<Token>>,
    silent: Set,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// The name of a rule.
    Rule(String),
    /// What is written.
    Text(String),
    Sign(char),
}

impl Grammar {
    pub fn new() -> Self {
        let tokens = tokens(&read("grammar/escalade.pest"));
        let (mut rules, mut silent) = (BTreeMap::new(), Set::new());
        let mut at = 0;
        while let Some(Token::Rule(name)) = tokens.get(at) {
            let open = at + tokens[at..].iter().position(|one| *one == Token::Sign('{')).unwrap();
            let length = closed(&tokens[open..]);
            if tokens[open - 1] == Token::Sign('_') {
                silent.insert(name.clone());
            }
            rules.insert(name.clone(), tokens[open + 1..open + length].to_vec());
            at = open + length + 1;
        }
        assert_eq!(at, tokens.len(), "the grammar is read to its end");
        Self { rules, silent }
    }

    /// All words that have a meaning somewhere.
    pub fn words(&self) -> Set {
        self.rules.values().flatten().filter_map(word).collect()
    }

    /// The words that cannot be names.
    pub fn reserved(&self) -> Set {
        self.rules["reserved"].iter().filter_map(word).collect()
    }

    /// The words that these rules can begin with.
    pub fn begin(&self, rules: &[&str]) -> Set {
        let found: Set = rules.iter().flat_map(|rule| self.first(&self.rules[*rule])).collect();
        assert!(!found.is_empty(), "{rules:?} begin with words");
        found
    }

    /// The rules that a tree of the text is made of.
    pub fn parts(&self) -> Set {
        let all: Set = self.rules.keys().cloned().collect();
        &all - &self.silent
    }

    /// The words that a rule can go on with behind what it takes first of this other one.
    pub fn behind(&self, rule: &str, other: &str) -> Set {
        let tokens = &self.rules[rule];
        let at = tokens.iter().position(|token| *token == Token::Rule(other.to_owned())).unwrap();
        self.first(&tokens[at + 1..])
    }

    /// The rules that these are a choice of.
    pub fn alternatives(&self, rules: &[&str]) -> Set {
        let parts = rules.iter().flat_map(|rule| parts(&self.rules[*rule], '|'));
        let named = parts.map(|part| match part {
            [Token::Rule(name)] => name.clone(),
            other => panic!("{other:?} is no rule"),
        });
        named.collect()
    }

    fn first(&self, tokens: &[Token]) -> Set {
        let mut found = Set::new();
        for alternative in parts(tokens, '|') {
            for element in parts(alternative, '~') {
                match &element[0] {
                    // A look at what follows.
                    Token::Sign('!' | '&') => continue,
                    Token::Sign('(') => {
                        found.extend(self.first(&element[1..closed(element)]));
                    }
                    Token::Rule(name) => {
                        found
                            .extend(self.rules.get(name).into_iter().flat_map(|it| self.first(it)));
                    }
                    text => found.extend(word(text)),
                }
                if !matches!(element.last(), Some(Token::Sign('?' | '*'))) {
                    break;
                }
            }
        }
        found
    }
}

fn word(token: &Token) -> Option<String> {
    let Token::Text(text) = token else { return None };
    let text = text.trim_end();
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .then(|| text.to_owned())
}

/// Where the bracket is closed that comes first.
fn closed(tokens: &[Token]) -> usize {
    let mut depth = 0;
    tokens.iter().position(|token| within(&mut depth, token) == 0).unwrap()
}

/// The parts between signs that stand in no bracket.
fn parts(tokens: &[Token], sign: char) -> Vec<&[Token]> {
    let mut depth = 0;
    let between = |token: &Token| within(&mut depth, token) == 0 && *token == Token::Sign(sign);
    tokens.split(between).filter(|part| !part.is_empty()).collect()
}

/// In how many brackets what stands behind a token is.
fn within(depth: &mut i32, token: &Token) -> i32 {
    match token {
        Token::Sign('(' | '{') => *depth += 1,
        Token::Sign(')' | '}') => *depth -= 1,
        _ => {}
    }
    *depth
}

fn tokens(grammar: &str) -> Vec<Token> {
    let lines = grammar.lines().filter(|line| !line.trim_start().starts_with("//"));
    let text = lines.collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => string(rest).unwrap(),
            _ => rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len()).max(1),
        };
        let (token, behind) = rest.split_at(length);
        match first {
            '"' => found.push(Token::Text(token[1..length - 1].to_owned())),
            '@' | '$' => {}
            '_' if length == 1 => found.push(Token::Sign('_')),
            _ if first.is_whitespace() || first == '\'' => {}
            _ if first == '_' || first.is_alphabetic() => {
                found.push(Token::Rule(token.to_owned()));
            }
            _ => found.push(Token::Sign(first)),
        }
        rest = behind;
    }
    found
}
