//! The floors: what each module may import, where the program prints, and where SQL stands.

use regex::Regex;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of `src/lib.rs` in their order: a module imports only from those before it.
fn floors() -> Vec<String> {
    let lib = fs::read_to_string(source().join("lib.rs")).unwrap();
    let floors = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    floors.map(str::to_owned).collect()
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every `.rs` file below `src/`: its path from there, with `/`, and its text.
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![source()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let parts = path.strip_prefix(source()).unwrap().iter();
                let name = parts.map(|part| part.to_str().unwrap()).collect::<Vec<_>>().join("/");
                files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

/// The module of the first floor that a file belongs to: `quotes` for `quotes/marks.rs`.
fn module(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

/// The lines of code with their numbers, comments left out.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code));
    lines.enumerate().map(|(index, line)| (index + 1, line))
}

/// The imports of `file` that run upward, are grouped at the root or reach into a sibling.
fn wrong_imports(file: &str, text: &str, floors: &[String]) -> Vec<String> {
    let import = Regex::new(r"\bcrate::(\w+)").unwrap();
    let height = |module: &str| floors.iter().position(|floor| floor == module);
    let own = height(module(file));
    let mut wrong = Vec::new();
    for (number, line) in code(text) {
        for named in import.captures_iter(line) {
            let runs_up = matches!((own, height(&named[1])), (Some(own), Some(other)) if other > own);
            if runs_up {
                wrong.push(format!("src/{file}:{number}: {} stands below {}", module(file), &named[1]));
            }
        }
        if line.contains("crate::{") {
            wrong.push(format!("src/{file}:{number}: an import grouped at the root"));
        }
    }
    wrong.extend(relative_imports(file, text));
    wrong
}

/// Uses of `super::`, but for those of a module of tests, which sees its own file.
fn relative_imports(file: &str, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut in_tests = false;
    for (number, line) in code(text) {
        in_tests |= line.trim_start().starts_with("mod tests {");
        let own_file = in_tests && line.matches("super::").count() == 1 && !line.contains("super::super");
        if line.contains("super::") && !own_file {
            wrong.push(format!("src/{file}:{number}: `super::`; write the path from `crate::`"));
        }
    }
    wrong
}

fn matches(file: &str, text: &str, pattern: &str, what: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    let found = code(text).filter(|(_, line)| pattern.is_match(line));
    found.map(|(number, line)| format!("src/{file}:{number}: {what}: {}", line.trim())).collect()
}

fn prints(file: &str, text: &str) -> Vec<String> {
    matches(file, text, r"\b(e?print(ln)?|dbg)!\(", "prints")
}

/// A heuristic: SQL is written in capitals here, so a keyword in capitals outside a comment is SQL.
fn sql(file: &str, text: &str) -> Vec<String> {
    let keywords = r"\b(SELECT|INSERT|DELETE|PRAGMA|WHERE|(CREATE|ALTER|DROP) \w+|UPDATE \w+ SET|(?i:select \w+ from))\b";
    matches(file, text, keywords, "SQL")
}

#[test]
fn modules_import_only_from_lower_floors() {
    let floors = floors();
    assert!(floors.len() > 15, "{floors:?}");
    let wrong =
        files().iter().flat_map(|(file, text)| wrong_imports(file, text, &floors)).collect::<Vec<_>>();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_stands_in_the_list_of_floors() {
    let floors = floors();
    for (file, _) in files() {
        let known =
            ["lib", "main"].contains(&module(&file)) || floors.iter().any(|floor| floor == module(&file));
        assert!(known, "src/{file} belongs to no floor of src/lib.rs");
    }
}

#[test]
fn only_the_command_line_prints() {
    let files = files();
    let library = files.iter().filter(|(file, _)| module(file) != "cli");
    let wrong = library.flat_map(|(file, text)| prints(file, text)).collect::<Vec<_>>();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let debug = files.iter().flat_map(|(file, text)| matches(file, text, r"\bdbg!\(", "prints"));
    assert_eq!(debug.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn sql_stands_only_in_store_and_query() {
    let files = files();
    let (sql_files, others): (Vec<_>, Vec<_>) =
        files.iter().partition(|(file, _)| ["store", "query"].contains(&module(file)));
    let wrong = others.iter().flat_map(|(file, text)| sql(file, text)).collect::<Vec<_>>();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let seen = sql_files.iter().filter(|(file, text)| !sql(file, text).is_empty()).count();
    assert!(seen >= 3, "the heuristic finds SQL where it is");
}

#[test]
fn the_program_is_thin() {
    let lines = fs::read_to_string(source().join("main.rs")).unwrap().lines().count();
    assert!(lines <= 20, "src/main.rs has {lines} lines");
}

#[test]
fn the_checks_can_fail() {
    let floors = ["span", "quotes", "store"].map(str::to_owned);
    let wrong = |file: &str, text: &str| wrong_imports(file, text, &floors).len();
    assert_eq!(wrong("quotes/marks.rs", "use crate::span::Span;\nuse crate::quotes::Region;\n"), 0);
    assert_eq!(wrong("quotes/marks.rs", "use crate::store::Store;\n"), 1);
    assert_eq!(wrong("span.rs", "fn f() { crate::quotes::marks(crate::store::g()) }\n"), 2);
    assert_eq!(wrong("span.rs", "// crate::quotes\n/// [`crate::quotes`]\n"), 0);
    assert_eq!(wrong("store/mod.rs", "use crate::{span::Span, quotes::Quote};\n"), 1);
    assert_eq!(wrong("quotes/marks.rs", "use super::join;\nmod tests {\n    use super::f;\n}\n"), 1);
    assert_eq!(prints("a.rs", "eprintln!(\"x\");\n// dbg!(x)\ndbg!(x);\nprint!(\"\");\n").len(), 3);
    assert_eq!(
        sql("a.rs", "let a = \"SELECT 1\";\nlet b = \"select x from y\";\nlet c = Select;\n").len(),
        2
    );
}
