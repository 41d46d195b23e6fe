//! Generates the texts module from `locales/`.
//!
//! A text that is missing in one language stops the build: pages would show the other language in
//! its place, and nobody would notice before a reader does.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};
use serde_json::Value;

/// One file per namespace and language.
const NAMESPACES: [&str; 13] = [
    "common",
    "failures",
    "kit",
    "gallery",
    "integrations",
    "journeys",
    "account",
    "actions",
    "analytics",
    "audit",
    "public",
    "records",
    "surveys",
];
/// The default comes first.
const LOCALES: [&str; 2] = ["ar", "en"];
/// CLDR's plural forms of Arabic; English has the last and `one`.
const PLURAL_FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    for namespace in NAMESPACES {
        for fault in faults(Path::new("locales"), namespace)? {
            println!("cargo::error={fault}");
        }
    }

    let config = Config::new(LOCALES[0])?
        .add_locale(LOCALES[1])?
        .add_namespaces(NAMESPACES)?
        .parse_options(ParseOptions::new().interpolate_display(true));
    let texts = TranslationsInfos::parse(config)?;
    texts.emit_diagnostics();
    texts.rerun_if_locales_changed();
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    texts.generate_i18n_module(out.join("i18n"))?;
    let fingerprint = fingerprint()?;
    std::fs::write(out.join("wire"), fingerprint.to_be_bytes())?;
    println!("cargo::rustc-env=PX360_WIRE={fingerprint:016x}");
    Ok(())
}

/// A number that changes with anything that decides how an answer is laid out (`src/wire.rs`): the
/// types of `domain`, which function answers with which of them, and the crates that write and read.
///
/// FNV-1a: no secret is kept with it, it only has to differ when the sources do.
fn fingerprint() -> Result<u64, Box<dyn Error>> {
    let single =
        ["src/error.rs", "src/wire.rs", "../Cargo.lock", "../Cargo.toml", "../domain/Cargo.toml"];
    let mut files: Vec<PathBuf> = single.into_iter().map(PathBuf::from).collect();
    let mut folders = vec![PathBuf::from("../domain/src"), PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let wanted =
                path.starts_with("../domain") && path.extension().is_some_and(|e| e == "rs");
            if path.is_dir() {
                folders.push(path);
            } else if wanted || path.ends_with("server_fns.rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        for byte in std::fs::read(file)? {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    // New files change it too.
    println!("cargo::rerun-if-changed=../domain/src");
    println!("cargo::rerun-if-changed=src");
    Ok(hash)
}

/// What is wrong with one namespace: keys, plural forms or placeholders that differ.
fn faults(locales: &Path, namespace: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let mut by_locale = Vec::new();
    for locale in LOCALES {
        let path = locales.join(locale).join(format!("{namespace}.json"));
        println!("cargo::rerun-if-changed={}", path.display());
        let mut texts = BTreeMap::new();
        flatten("", &serde_json::from_str(&std::fs::read_to_string(&path)?)?, &mut texts);
        by_locale.push(texts);
    }
    let counted: BTreeSet<String> =
        by_locale.iter().flatten().filter_map(|(key, _)| counted_key(key)).collect();
    let (ar, en) = (&by_locale[0], &by_locale[1]);
    let mut faults = Vec::new();
    for key in &counted {
        let missing = |texts: &BTreeMap<_, _>, forms: &[&str]| {
            forms.iter().any(|form| !texts.contains_key(&format!("{key}_{form}")))
        };
        if missing(ar, &PLURAL_FORMS) || missing(en, &["one", "other"]) {
            faults.push(format!("{namespace}.{key}: ar needs {PLURAL_FORMS:?}, en one and other"));
        }
    }
    let is_plain = |key: &&String| counted_key(key).is_none();
    for key in ar.keys().chain(en.keys()).filter(is_plain).collect::<BTreeSet<_>>() {
        match (ar.get(key), en.get(key)) {
            (Some(a), Some(e)) if placeholders(a) != placeholders(e) => {
                faults.push(format!("{namespace}.{key}: the placeholders differ"));
            }
            (Some(_), Some(_)) => {}
            _ => faults.push(format!("{namespace}.{key}: missing in one language")),
        }
    }
    Ok(faults)
}

fn flatten(prefix: &str, value: &Value, into: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                flatten(&path, value, into);
            }
        }
        Value::String(text) => {
            into.insert(prefix.to_owned(), text.clone());
        }
        _ => {}
    }
}

/// `minutes` of `minutes_few`: the key that this plural form belongs to.
fn counted_key(key: &str) -> Option<String> {
    let (stem, form) = key.rsplit_once('_')?;
    PLURAL_FORMS.contains(&form).then(|| stem.to_owned())
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split("{{")
        .skip(1)
        .filter_map(|rest| rest.split_once("}}"))
        .map(|(name, _)| name.trim())
        .collect()
}
