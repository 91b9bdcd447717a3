//! A validator of JSON Schema, draft 2020-12, for the keywords that our schemas use. Any other keyword makes
//! it panic, so that nothing is passed over in silence.

use regex::Regex;
use serde_json::Value;

/// What is wrong with `value`, each with the place where.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    Validator { root: schema }.check(schema, value, "$", &mut faults);
    faults
}

struct Validator<'s> {
    root: &'s Value,
}

impl Validator<'_> {
    fn is_valid(&self, schema: &Value, value: &Value) -> bool {
        let mut faults = Vec::new();
        self.check(schema, value, "", &mut faults);
        faults.is_empty()
    }

    fn check(&self, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        let schema = match schema {
            Value::Bool(true) => return,
            Value::Bool(false) => return faults.push(format!("{at} should not be there")),
            Value::Object(schema) => schema,
            other => panic!("no schema: {other}"),
        };
        for (keyword, rule) in schema {
            match keyword.as_str() {
                "if" => self.branch(schema, value, at, faults),
                "properties" => self.properties(rule, value, at, faults),
                "additionalProperties" => additional(schema, value, at, faults),
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(rule, item, &format!("{at}[{index}]"), faults);
                    }
                }
                "$ref" => self.check(self.named(rule), value, at, faults),
                "$schema" | "title" | "description" | "$defs" | "then" | "else" => {}
                _ if self.holds(keyword, rule, value) => {}
                _ => faults.push(format!("{at} breaks {keyword} {rule}: {value}")),
            }
        }
    }

    fn holds(&self, keyword: &str, rule: &Value, value: &Value) -> bool {
        let has = |name: &Value| value.get(name.as_str().unwrap()).is_some();
        match keyword {
            "type" => match rule.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "number" => value.is_number(),
                other => panic!("type {other}"),
            },
            "const" => value == rule,
            "enum" => rule.as_array().unwrap().contains(value),
            "pattern" => {
                value.as_str().is_none_or(|text| Regex::new(rule.as_str().unwrap()).unwrap().is_match(text))
            }
            "minLength" => {
                value.as_str().is_none_or(|text| text.chars().count() as u64 >= rule.as_u64().unwrap())
            }
            "minItems" => value.as_array().is_none_or(|list| list.len() as u64 >= rule.as_u64().unwrap()),
            "required" => !value.is_object() || rule.as_array().unwrap().iter().all(has),
            "dependentRequired" => rule.as_object().unwrap().iter().all(|(name, needed)| {
                value.get(name).is_none() || needed.as_array().unwrap().iter().all(has)
            }),
            "anyOf" => rule.as_array().unwrap().iter().any(|schema| self.is_valid(schema, value)),
            other => panic!("keyword {other}"),
        }
    }

    fn branch(
        &self,
        schema: &serde_json::Map<String, Value>,
        value: &Value,
        at: &str,
        faults: &mut Vec<String>,
    ) {
        let branch = if self.is_valid(&schema["if"], value) { "then" } else { "else" };
        if let Some(schema) = schema.get(branch) {
            self.check(schema, value, at, faults);
        }
    }

    fn properties(&self, rule: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        for (name, schema) in rule.as_object().unwrap() {
            if let Some(value) = value.get(name) {
                self.check(schema, value, &format!("{at}.{name}"), faults);
            }
        }
    }

    fn named(&self, name: &Value) -> &Value {
        let pointer = name.as_str().and_then(|name| name.strip_prefix('#')).unwrap();
        self.root.pointer(pointer).unwrap_or_else(|| panic!("no {pointer}"))
    }
}

fn additional(schema: &serde_json::Map<String, Value>, value: &Value, at: &str, faults: &mut Vec<String>) {
    assert_eq!(schema["additionalProperties"], false);
    for name in value.as_object().into_iter().flat_map(|object| object.keys()) {
        if schema["properties"].get(name).is_none() {
            faults.push(format!("{at} has the unknown {name}"));
        }
    }
}
