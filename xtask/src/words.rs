//! The Arabic and the English texts must say the same things.

use std::collections::{BTreeMap, BTreeSet};

use crate::json::{self, Json};
use crate::workspace::Workspace;
use crate::{Result, files, no_arguments, run};

/// Where the texts are: one folder for each language, one file for each module.
const LOCALES: &str = "app/locales";
/// Arabic counts none, one, two, a few, many and the rest; English one and the rest.
const ARABIC_FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
const ENGLISH_FORMS: [&str; 2] = ["one", "other"];

/// The texts of one language: `file: key.key` and the text, in the order of the files.
type Texts = Vec<(String, String)>;

/// What one language has under a key: the plural forms, if it counts, and the placeholders.
#[derive(Debug, Default, PartialEq, Eq)]
struct Entry {
    forms: BTreeSet<String>,
    placeholders: BTreeSet<String>,
}

/// Compares the languages and lists every difference.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str]) -> Result {
    no_arguments("words", arguments)?;
    run::step("words", || {
        let (arabic, mut broken) = read(workspace, "ar")?;
        let (english, more) = read(workspace, "en")?;
        broken.extend(more);
        broken.extend(compare(&arabic, &english));
        if broken.is_empty() {
            println!("{} Arabic and {} English texts match.", arabic.len(), english.len());
            return Ok(());
        }
        Err(format!("{} wrong:\n  {}", broken.len(), broken.join("\n  ")).into())
    })
}

/// The texts of a language, and what is wrong with them on their own.
fn read(workspace: &Workspace, language: &str) -> Result<(Texts, Vec<String>)> {
    let folder = format!("{LOCALES}/{language}");
    let (mut texts, mut broken) = (Vec::new(), Vec::new());
    for source in files::sources(&workspace.root, &folder, &["json"])? {
        let name = source.path.strip_prefix(&format!("{folder}/")).unwrap_or(&source.path);
        let value =
            json::parse(&source.text).map_err(|error| format!("{}: {error}", source.path))?;
        flatten(&format!("{name}: "), "", &value, &mut texts, &mut broken);
    }
    let mut seen = BTreeSet::new();
    broken.extend(
        texts
            .iter()
            .filter(|(key, _)| !seen.insert(key))
            .map(|(key, _)| format!("{key} is there twice")),
    );
    let broken = broken.into_iter().map(|line| format!("{language}/{line}")).collect();
    Ok((texts, broken))
}

fn flatten(file: &str, key: &str, value: &Json, texts: &mut Texts, broken: &mut Vec<String>) {
    match value {
        Json::Object(entries) => {
            for (name, value) in entries {
                let dot = if key.is_empty() { "" } else { "." };
                flatten(file, &format!("{key}{dot}{name}"), value, texts, broken);
            }
        }
        Json::Text(text) if !text.trim().is_empty() => {
            texts.push((format!("{file}{key}"), text.clone()));
        }
        Json::Text(_) => broken.push(format!("{file}{key} is empty")),
        Json::Plain(_) | Json::List(_) => broken.push(format!("{file}{key} is no text")),
    }
}

/// Every difference between the two languages.
fn compare(arabic: &Texts, english: &Texts) -> Vec<String> {
    let families = families(arabic.iter().chain(english));
    let (arabic, english) = (entries(arabic, &families), entries(english, &families));
    let mut broken = Vec::new();
    for key in arabic.keys().chain(english.keys()).collect::<BTreeSet<_>>() {
        let (Some(ar), Some(en)) = (arabic.get(key), english.get(key)) else {
            let lacking = if arabic.contains_key(key) { "en" } else { "ar" };
            broken.push(format!("{lacking}/{key} is missing"));
            continue;
        };
        let only = |one: &Entry, other: &Entry| {
            one.placeholders.difference(&other.placeholders).cloned().collect::<Vec<_>>()
        };
        for (language, lacking) in [("en", only(ar, en)), ("ar", only(en, ar))] {
            if !lacking.is_empty() {
                broken.push(format!("{language}/{key} lacks {}", lacking.join(" ")));
            }
        }
        // Ordinals (1st, 2nd) have other forms than cardinals in both languages.
        if families.contains(key) && !key.ends_with("_ordinal") {
            broken.extend(lacking_forms("ar", key, ar, &ARABIC_FORMS));
            broken.extend(lacking_forms("en", key, en, &ENGLISH_FORMS));
        }
    }
    broken
}

fn lacking_forms(language: &str, key: &str, entry: &Entry, wanted: &[&str]) -> Option<String> {
    let lacking: Vec<&str> =
        wanted.iter().copied().filter(|form| !entry.forms.contains(*form)).collect();
    if lacking.is_empty() {
        return None;
    }
    Some(format!("{language}/{key} lacks the plural forms {}", lacking.join(", ")))
}

/// The keys that count things: those with `_other` and at least one other form in any language.
/// This is `leptos_i18n`'s own rule; `rating_other` alone is an ordinary key.
fn families<'a>(texts: impl Iterator<Item = &'a (String, String)>) -> BTreeSet<String> {
    let mut forms: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (key, _) in texts {
        if let Some((base, form)) = plural_form(key) {
            forms.entry(base).or_default().insert(form);
        }
    }
    let counts = |forms: &BTreeSet<&str>| forms.len() > 1 && forms.contains("other");
    forms.into_iter().filter(|(_, forms)| counts(forms)).map(|(base, _)| base.to_owned()).collect()
}

fn plural_form(key: &str) -> Option<(&str, &str)> {
    let (base, form) = key.rsplit_once('_')?;
    ARABIC_FORMS.contains(&form).then_some((base, form))
}

/// Folds the forms of a family into one entry. The forms share their placeholders, because «شكوى
/// واحدة» needs no number where «3 شكاوى» does.
fn entries(texts: &Texts, families: &BTreeSet<String>) -> BTreeMap<String, Entry> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for (key, text) in texts {
        let (base, form) = match plural_form(key) {
            Some((base, form)) if families.contains(base) => (base, Some(form)),
            _ => (key.as_str(), None),
        };
        let entry = entries.entry(base.to_owned()).or_default();
        entry.forms.extend(form.map(str::to_owned));
        entry.placeholders.extend(placeholders(text));
    }
    entries
}

/// `{{ name }}` and `<tag>`, both of which the page fills.
fn placeholders(text: &str) -> Vec<String> {
    let between = |open: &str, close: &str| -> Vec<String> {
        let parts = text.split(open).skip(1);
        parts.filter_map(|part| Some(part.split_once(close)?.0.trim().to_owned())).collect()
    };
    let is_name = |name: &String| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    };
    // `{{ due, date }}` is the value `due` in a form that each language may choose.
    let named = |inside: String| {
        let name = inside.split(',').next().unwrap_or_default().trim().to_owned();
        format!("{{{{ {name} }}}}")
    };
    let values = between("{{", "}}").into_iter().map(named);
    let tags = between("<", ">").into_iter().filter(is_name).map(|name| format!("<{name}>"));
    values.chain(tags).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(entries: &[(&str, &str)]) -> Texts {
        entries.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
    }

    fn forms(base: &str, names: &[&str]) -> Texts {
        names.iter().map(|form| (format!("{base}_{form}"), "{{ count }}".to_owned())).collect()
    }

    #[test]
    fn a_missing_key_is_named_in_either_language() {
        let (ar, en) = (texts(&[("a", "x"), ("b", "x")]), texts(&[("a", "x"), ("c", "x")]));
        assert_eq!(compare(&ar, &en), ["en/b is missing", "ar/c is missing"]);
    }

    #[test]
    fn arabic_needs_six_forms_and_english_two() {
        assert!(compare(&forms("n", &ARABIC_FORMS), &forms("n", &ENGLISH_FORMS)).is_empty());
        let short = forms("n", &["one", "other"]);
        assert_eq!(compare(&short, &short), ["ar/n lacks the plural forms zero, two, few, many"]);
    }

    #[test]
    fn another_word_that_ends_like_a_form_is_no_plural() {
        let plain = texts(&[("rating_other", "x"), ("step_one", "y")]);
        assert!(compare(&plain, &plain).is_empty());
    }

    #[test]
    fn placeholders_and_tags_must_agree() {
        let (ar, en) = (texts(&[("k", "{{name}} <b>x</b>")]), texts(&[("k", "{{ name }} 3 < 4")]));
        assert_eq!(compare(&ar, &en), ["en/k lacks <b>"]);
        let (ar, en) = (texts(&[("k", "x")]), texts(&[("k", "{{ due, date }}")]));
        assert_eq!(compare(&ar, &en), ["ar/k lacks {{ due }}"]);
    }

    #[test]
    fn a_form_may_leave_its_number_out() {
        let mut ar = forms("n", &ARABIC_FORMS);
        ar[1].1 = "شكوى واحدة".to_owned();
        assert!(compare(&ar, &forms("n", &ENGLISH_FORMS)).is_empty());
    }

    #[test]
    fn nested_keys_and_bad_values_are_found() {
        let (mut found, mut broken) = (Vec::new(), Vec::new());
        let value = json::parse(r#"{"a": {"b": "x", "c": " "}, "d": null}"#).unwrap();
        flatten("f: ", "", &value, &mut found, &mut broken);
        assert_eq!(found, texts(&[("f: a.b", "x")]));
        assert_eq!(broken, ["f: a.c is empty", "f: d is no text"]);
    }
}
