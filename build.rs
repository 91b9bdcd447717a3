//! Names the analysis by what it is made of, so that a database knows which one found a quote.
//!
//! A number kept by hand would be forgotten sooner or later, and old quotes be kept for new ones.

use std::path::{Path, PathBuf};
use std::{fs, io};

const FOLDERS: [&str; 3] = ["src", "data", "models"];

/// Parts that change nothing of what is found in an article.
const LEFT_OUT: [&str; 11] = [
    "data/feature_names.tsv",
    "src/cli",
    "src/evaluation",
    "src/explanation",
    "src/export",
    "src/query",
    "src/speakers",
    "src/store",
    "src/training",
    "src/lib.rs",
    "src/main.rs",
];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for folder in FOLDERS.iter().filter(|folder| Path::new(folder).is_dir()) {
        println!("cargo::rerun-if-changed={folder}");
        collect(Path::new(folder), &mut files)?;
    }
    files.sort();
    let mut hash = Fnv::default();
    for file in &files {
        hash.add(file.to_string_lossy().as_bytes());
        hash.add(&fs::read(file)?);
    }
    println!("cargo::rustc-env=ONRECORD_ANALYSER={}+{:016x}", env!("CARGO_PKG_VERSION"), hash.0);
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if LEFT_OUT.iter().any(|part| path == Path::new(part)) {
            continue;
        }
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// FNV-1a: enough to tell one build from the next, and the same whatever compiles it.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        // The length tells where one ends and the next begins.
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
