//! JSON Schema (draft 2020-12), as much of it as the program's own schemas use: any other keyword is a
//! mistake in the schema.

use serde_json::{Map, Value};

/// What is wrong with a value, each with its place.
pub fn mistakes(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    Check { root: schema, found: &mut found }.value(schema, value, "");
    found
}

struct Check<'a> {
    root: &'a Value,
    found: &'a mut Vec<String>,
}

impl Check<'_> {
    fn value(&mut self, schema: &Value, value: &Value, at: &str) {
        for (keyword, demand) in object(schema) {
            if let Some(wrong) = self.keyword(object(schema), keyword, demand, value, at) {
                self.found.push(format!("{at}: {wrong}"));
            }
        }
    }

    fn keyword(
        &mut self,
        schema: &Map<String, Value>,
        keyword: &str,
        demand: &Value,
        value: &Value,
        at: &str,
    ) -> Option<String> {
        let wrong = |ok: bool| (!ok).then(|| format!("{value} against {keyword} {demand}"));
        let number = |compare: fn(&f64, &f64) -> bool| match value.as_f64() {
            Some(number) => wrong(compare(&number, &demand.as_f64().unwrap())),
            None => None,
        };
        let length = |compare: fn(&usize, &usize) -> bool| match value {
            Value::Array(items) => {
                wrong(compare(&items.len(), &usize::try_from(demand.as_u64().unwrap()).unwrap()))
            }
            _ => None,
        };
        match keyword {
            "$schema" | "$id" | "$defs" | "title" | "description" => None,
            "$ref" => {
                self.value(target(self.root, demand), value, at);
                None
            }
            "type" => match demand {
                Value::Array(all) => wrong(all.iter().any(|one| is(value, one))),
                one => wrong(is(value, one)),
            },
            "const" => wrong(value == demand),
            "enum" => wrong(demand.as_array().unwrap().contains(value)),
            "format" => {
                assert_eq!(demand, "date");
                let date = |text: &str| text.parse::<jiff::civil::Date>().is_ok();
                wrong(value.as_str().is_none_or(date))
            }
            "minimum" => number(f64::ge),
            "maximum" => number(f64::le),
            "minItems" => length(usize::ge),
            "maxItems" => length(usize::le),
            "anyOf" => wrong(self.fitting(demand, value, at) >= 1),
            "oneOf" => wrong(self.fitting(demand, value, at) == 1),
            "required" => {
                let keys = value.as_object()?;
                let missing = |key: &&Value| !keys.contains_key(key.as_str().unwrap());
                let missing = demand.as_array().unwrap().iter().find(missing)?;
                Some(format!("without {missing}"))
            }
            "properties" => {
                for (key, schema) in object(demand) {
                    if let Some(value) = value.get(key) {
                        self.value(schema, value, &format!("{at}.{key}"));
                    }
                }
                None
            }
            "additionalProperties" => {
                let known = schema.get("properties").and_then(Value::as_object);
                let known = |key: &String| known.is_some_and(|known| known.contains_key(key));
                for (key, value) in value.as_object().into_iter().flatten() {
                    if !known(key) {
                        self.value(demand, value, &format!("{at}.{key}"));
                    }
                }
                None
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.value(demand, item, &format!("{at}[{index}]"));
                }
                None
            }
            "prefixItems" => {
                let items = value.as_array().into_iter().flatten();
                for (index, (item, schema)) in items.zip(demand.as_array().unwrap()).enumerate() {
                    self.value(schema, item, &format!("{at}[{index}]"));
                }
                None
            }
            other => panic!("the checker does not know {other}"),
        }
    }

    fn fitting(&self, schemas: &Value, value: &Value, at: &str) -> usize {
        let fits = |schema: &&Value| {
            let mut found = Vec::new();
            Check { root: self.root, found: &mut found }.value(schema, value, at);
            found.is_empty()
        };
        schemas.as_array().unwrap().iter().filter(fits).count()
    }
}

fn object(schema: &Value) -> &Map<String, Value> {
    schema.as_object().unwrap_or_else(|| panic!("{schema} is no object"))
}

fn target<'a>(root: &'a Value, reference: &Value) -> &'a Value {
    let pointer = reference.as_str().and_then(|text| text.strip_prefix('#'));
    pointer
        .and_then(|pointer| root.pointer(pointer))
        .unwrap_or_else(|| panic!("{reference} leads nowhere"))
}

fn is(value: &Value, name: &Value) -> bool {
    match name.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type"),
    }
}

/// That a schema is one, and says of everything what it is.
pub fn sound(root: &Value) {
    assert_eq!(root["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert!(root["$id"].as_str().unwrap().starts_with("urn:escalade:"));
    let mut used = Vec::new();
    part(root, root, "", &mut used);
    for name in root.get("$defs").map(object).into_iter().flat_map(Map::keys) {
        assert!(used.contains(name), "nothing refers to {name}");
    }
}

fn part(root: &Value, schema: &Value, at: &str, used: &mut Vec<String>) {
    for (keyword, demand) in object(schema) {
        let at = format!("{at}/{keyword}");
        let many = || demand.as_array().filter(|all| !all.is_empty()).expect(&at);
        match keyword.as_str() {
            "$schema" | "$id" | "title" | "description" | "format" => {
                assert!(demand.as_str().is_some_and(|text| !text.trim().is_empty()), "{at}");
                assert!(!demand.as_str().unwrap().contains(['\n', '[']), "{at}: {demand}");
            }
            "$ref" => {
                assert!(object(target(root, demand)).contains_key("description"), "{at}");
                used.extend(demand.as_str().unwrap().rsplit('/').next().map(str::to_owned));
            }
            "type" => {
                let types = demand.as_array().cloned().unwrap_or_else(|| vec![demand.clone()]);
                types.iter().for_each(|one| {
                    is(&Value::Null, one);
                });
            }
            // Words of one's own must fit the type beside them.
            "const" => assert!(schema.get("type").is_some_and(|one| is(demand, one)), "{at}"),
            "enum" => {
                let beside = serde_json::json!({ "type": schema["type"] });
                assert!(many().iter().all(|one| mistakes(&beside, one).is_empty()), "{at}");
            }
            "minimum" | "maximum" => assert!(demand.is_number(), "{at}"),
            "minItems" | "maxItems" => assert!(demand.is_u64(), "{at}"),
            "required" => {
                for name in many() {
                    let properties = object(&schema["properties"]);
                    assert!(properties.contains_key(name.as_str().unwrap()), "{at}: {name}");
                }
            }
            "anyOf" | "oneOf" | "prefixItems" => {
                many().iter().for_each(|one| part(root, one, &at, used));
            }
            "items" | "additionalProperties" => part(root, demand, &at, used),
            "properties" => {
                for (key, one) in object(demand) {
                    let told = one.get("description").is_some() || one.get("const").is_some();
                    assert!(told, "{at}/{key} is not described");
                    part(root, one, &format!("{at}/{key}"), used);
                }
            }
            "$defs" => {
                for (key, one) in object(demand) {
                    part(root, one, &format!("{at}/{key}"), used);
                }
            }
            other => panic!("{at}: {other} is not used here"),
        }
    }
}
