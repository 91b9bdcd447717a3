//! What a page says of its article in JSON-LD, by schema.org's names.

use crate::intake::html::metadata::Claims;
use crate::lexicon::intake::{HeaderField, IntakeWords};
use serde_json::{Map, Value};

/// Objects of one page that are looked at.
const MOST_OBJECTS: usize = 2_000;

/// Reads the scripts of a page, the first article in them counting; broken JSON is passed over.
pub fn read(scripts: &[String], claims: &mut Claims, words: &IntakeWords) {
    let scripts: Vec<Value> = scripts.iter().filter_map(|script| parsed(script)).collect();
    let mut objects = Vec::new();
    let mut open: Vec<&Value> = scripts.iter().rev().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(list) => open.extend(list.iter().rev()),
            Value::Object(object) => {
                objects.push(object);
                let inner = ["mainEntity", "@graph"].iter().filter_map(|name| object.get(*name));
                open.extend(inner);
            }
            _ => {}
        }
        if objects.len() > MOST_OBJECTS {
            break;
        }
    }
    if let Some(article) = objects.iter().find(|object| is_article(object, words)) {
        take(article, &objects, claims);
    }
}

/// The JSON of a script, line breaks inside its strings forgiven.
pub fn parsed(script: &str) -> Option<Value> {
    let start = script.find(['{', '['])?;
    let end = script.rfind(['}', ']'])?;
    let json = script.get(start..=end)?;
    // Many pages have line breaks inside their strings, which JSON forbids.
    serde_json::from_str(json)
        .or_else(|_| serde_json::from_str(&json.replace(|c: char| c.is_control(), " ")))
        .ok()
}

fn is_article(object: &Map<String, Value>, words: &IntakeWords) -> bool {
    let is_one = |name: &str| {
        let name = name.rsplit(['/', ':']).next().unwrap_or(name).to_lowercase();
        words.article_types.contains(name.as_str())
    };
    match object.get("@type") {
        Some(Value::String(name)) => is_one(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is_one),
        _ => false,
    }
}

fn take(article: &Map<String, Value>, objects: &[&Map<String, Value>], claims: &mut Claims) {
    let mut claim = |field, value: Option<String>, rank| {
        if let Some(value) = value {
            claims.add(field, value, rank);
        }
    };
    let get = |name: &str| article.get(name);
    claim(HeaderField::Title, get("headline").and_then(string), 1);
    claim(HeaderField::Title, get("name").and_then(string), 2);
    for (name, rank) in [("author", 1), ("creator", 2)] {
        let names = get(name).map(|value| names(value, objects)).unwrap_or_default();
        claim(HeaderField::Byline, (!names.is_empty()).then(|| names.join(", ")), rank);
    }
    let outlet = ["publisher", "sourceOrganization"].iter().find_map(|name| get(name));
    claim(HeaderField::Outlet, outlet.and_then(|value| names(value, objects).into_iter().next()), 1);
    claim(HeaderField::Published, get("datePublished").and_then(string), 1);
    claim(HeaderField::Published, get("dateCreated").and_then(string), 2);
    claim(HeaderField::Language, get("inLanguage").and_then(language), 1);
    claim(HeaderField::Url, get("url").and_then(string), 1);
    claim(HeaderField::Url, get("mainEntityOfPage").and_then(address), 2);
}

fn string(value: &Value) -> Option<String> {
    value.as_str().map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned)
}

fn language(value: &Value) -> Option<String> {
    let first = value.as_array().and_then(|list| list.first()).unwrap_or(value);
    string(first).or_else(|| string(first.get("alternateName").or_else(|| first.get("name"))?))
}

fn address(value: &Value) -> Option<String> {
    string(value).or_else(|| string(value.get("@id").or_else(|| value.get("url"))?))
}

/// Most names of one byline.
const MOST_NAMES: usize = 20;

/// The names in a string, an object, a list of them, or a reference to an object of the page.
fn names(value: &Value, objects: &[&Map<String, Value>]) -> Vec<String> {
    let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let name = |one: &Value| {
        string(one).or_else(|| one.get("name").and_then(first)).or_else(|| {
            let id = one.get("@id")?.as_str()?;
            let is_it = |object: &&&Map<String, Value>| object.get("@id").and_then(Value::as_str) == Some(id);
            objects.iter().filter(is_it).find_map(|object| object.get("name").and_then(first))
        })
    };
    list.iter().filter_map(name).take(MOST_NAMES).collect()
}

fn first(value: &Value) -> Option<String> {
    string(value.as_array().and_then(|list| list.first()).unwrap_or(value))
}
