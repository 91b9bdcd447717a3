//! Finds the reviews in a document, and makes each complete by itself.

use crate::error::{Error, Result};
use crate::intake::claim_review::fields::review;
use crate::intake::claim_review::{MAX_DEPTH, MAX_REVIEW_BYTES};
use crate::model::verdicts::Review;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Gives `each` the reviews in some values of one place, wherever in them they stand.
pub fn found(
    origin: &str,
    values: Vec<Value>,
    each: &mut dyn FnMut(Result<Review>) -> Result<()>,
) -> Result<()> {
    let refused = |reason| Error::Input { origin: origin.to_owned(), reason };
    let (objects, named) = objects(&values);
    if objects.is_empty() {
        return each(Err(refused("holds no ClaimReview of schema.org".to_owned())));
    }
    for (object, number) in objects.into_iter().zip(1..) {
        let taken = bounded(object)
            .and_then(|()| review(whole(object, &named)))
            .map_err(|reason| refused(format!("review {number} {reason}")));
        each(taken)?;
    }
    Ok(())
}

type Object = Map<String, Value>;

/// The reviews in the order in which they stand, and all objects that others can refer to.
fn objects(values: &[Value]) -> (Vec<&Object>, HashMap<&str, &Object>) {
    let (mut reviews, mut named) = (Vec::new(), HashMap::new());
    let mut open: Vec<&Value> = values.iter().rev().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(list) => open.extend(list.iter().rev()),
            Value::Object(object) => {
                let id = object.get("@id").and_then(Value::as_str).filter(|_| object.len() > 1);
                if let Some(id) = id {
                    named.entry(id).or_insert(object);
                }
                if is_review(object) {
                    reviews.push(object);
                } else {
                    open.extend(object.values().rev());
                }
            }
            _ => {}
        }
    }
    (reviews, named)
}

fn is_review(object: &Object) -> bool {
    let is_one = |name: &Value| {
        let name = name.as_str().unwrap_or_default();
        name.rsplit(['/', ':', '#']).next() == Some("ClaimReview")
    };
    match object.get("@type").or_else(|| object.get("type")) {
        Some(Value::Array(types)) => types.iter().any(is_one),
        Some(one) => is_one(one),
        None => object.contains_key("claimReviewed"),
    }
}

/// The review with the objects that its own properties only refer to.
fn whole(object: &Object, named: &HashMap<&str, &Object>) -> Object {
    let mut whole = object.clone();
    for value in whole.values_mut() {
        let list = value.as_array_mut().map_or(1, |list| list.len());
        let one = |value: &mut Value| {
            let id =
                value.as_object().filter(|object| object.len() == 1).and_then(|object| object.get("@id"));
            if let Some(object) = id.and_then(Value::as_str).and_then(|id| named.get(id)) {
                *value = Value::Object((*object).clone());
            }
        };
        match value {
            Value::Array(values) if list <= MOST_REFERENCES => values.iter_mut().for_each(one),
            value => one(value),
        }
    }
    whole
}

/// A list of more than that keeps its references as they are.
const MOST_REFERENCES: usize = 20;

fn bounded(object: &Object) -> std::result::Result<(), String> {
    let mut bytes = 0;
    let mut open: Vec<(&Value, usize)> = object.values().map(|value| (value, 1)).collect();
    bytes += object.keys().map(|key| key.len() + 4).sum::<usize>();
    while let Some((value, depth)) = open.pop() {
        if depth > MAX_DEPTH {
            return Err(format!("is nested more than {MAX_DEPTH} deep"));
        }
        bytes += 2;
        match value {
            Value::String(string) => bytes += string.len(),
            Value::Array(list) => open.extend(list.iter().map(|value| (value, depth + 1))),
            Value::Object(object) => {
                bytes += object.keys().map(|key| key.len() + 4).sum::<usize>();
                open.extend(object.values().map(|value| (value, depth + 1)));
            }
            _ => bytes += 8,
        }
    }
    if bytes > MAX_REVIEW_BYTES {
        return Err(format!("is longer than {} MiB", MAX_REVIEW_BYTES >> 20));
    }
    Ok(())
}
