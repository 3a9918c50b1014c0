//! The house keeps its shape: who may import whom, and who may not know what. The table in `src/lib.rs` is the one read here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A row of the table: what a folder may import, and which outside names it may not mention.
struct Row {
    may_import: Vec<String>,
    may_not_know: Vec<String>,
}

/// Reads `//! | `folder` | `a` `b` | `x` `y` |` from the top of `src/lib.rs`.
fn table() -> BTreeMap<String, Row> {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("//! | `"));
    rows.map(|line| {
        let cells: Vec<_> =
            line.trim_start_matches("//! |").trim_end_matches('|').split('|').map(quoted).collect();
        let [folder, may_import, may_not_know] = cells.try_into().expect("three cells a row");
        (folder[0].clone(), Row { may_import, may_not_know })
    })
    .collect()
}

/// The words in backquotes.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// Lines of code, without comments and without the tests at the end of a file.
fn code(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let product = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(&text);
    product.lines().map(|line| line.split("//").next().unwrap_or("").to_owned()).collect()
}

/// The folders that a line names with `crate::` or, at the top of a folder, `super::super::`.
fn named(line: &str, prefix: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(prefix)
        .map(|(at, _)| line[at + prefix.len()..].chars().take_while(|&c| is_word(c)).collect::<String>())
        .filter(|name| !name.is_empty())
        .collect()
}

fn broken_rules() -> Vec<String> {
    let table = table();
    let mut broken = Vec::new();
    for (folder, row) in &table {
        for path in sources(&root().join("src").join(folder)) {
            for (number, line) in code(&path).iter().enumerate() {
                let place = format!("{}:{}", path.strip_prefix(root()).unwrap().display(), number + 1);
                for import in named(line, "crate::") {
                    let is_allowed =
                        import == *folder || row.may_import.contains(&import) || !table.contains_key(&import);
                    if !is_allowed {
                        broken.push(format!("{place}: {folder} may not import {import}"));
                    }
                }
                for unknown in &row.may_not_know {
                    if line.contains(unknown.as_str()) {
                        broken.push(format!("{place}: {folder} may not know {unknown}"));
                    }
                }
            }
        }
    }
    broken
}

#[test]
fn every_folder_imports_only_what_the_table_allows() {
    let broken = broken_rules();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn the_table_names_every_folder() {
    let mut folders: Vec<_> = fs::read_dir(root().join("src"))
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    folders.sort();
    assert_eq!(folders, table().into_keys().collect::<Vec<_>>());
}

#[test]
fn a_brace_import_of_several_folders_would_slip_through_so_there_is_none() {
    for path in sources(&root().join("src")) {
        for line in code(&path) {
            assert!(!line.contains("use crate::{"), "{}: {line}", path.display());
        }
    }
}

#[test]
fn every_test_file_is_part_of_the_test_program() {
    let listed = fs::read_to_string(root().join("tests/all.rs")).unwrap();
    for entry in fs::read_dir(root().join("tests")).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if let Some(module) =
            name.strip_suffix(".rs").filter(|name| !["all", "real", "screenshot"].contains(name))
        {
            assert!(listed.contains(&format!("mod {module};")), "tests/{name} is in no test program");
        }
    }
}

/// What must never come in by a dependency, whoever asks for it.
#[test]
fn no_banned_crate_or_feature_is_in_the_tree() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for banned in ["openssl", "openssl-sys", "native-tls", "aws-lc-sys", "tracing-subscriber"] {
        assert!(!lock.contains(&format!("name = \"{banned}\"\n")), "{banned} is in Cargo.lock");
    }
    // What is built here alone: crates for other platforms need not have been downloaded.
    let about = std::process::Command::new("rustc").arg("-vV").output().unwrap();
    let about = String::from_utf8(about.stdout).unwrap();
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--offline", "--locked", "--filter-platform", host])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON");
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let features = |name: &str| -> Vec<String> {
        let node =
            nodes.iter().find(|node| node["id"].as_str().unwrap().contains(&format!("{name}@"))).unwrap();
        node["features"]
            .as_array()
            .unwrap()
            .iter()
            .map(|feature| feature.as_str().unwrap().to_owned())
            .collect()
    };
    for banned in ["tracing", "pool", "sendmail-transport", "hostname"] {
        assert!(!features("lettre").contains(&banned.to_owned()), "lettre's {banned} is on");
    }
    assert!(!features("crossterm").contains(&"event-stream".to_owned()));
}
