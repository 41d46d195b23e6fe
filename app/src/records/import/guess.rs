//! What a column most likely means, by what it is called.

use px360_domain::Locale;
use px360_domain::records::{RecordKind, Target};
use px360_domain::search::fold;

use super::super::words::label;

/// The target that each column most likely fills; each target once.
pub(super) fn guess(kind: RecordKind, columns: &[String]) -> Vec<Option<String>> {
    let mut free: Vec<(Target, Vec<String>)> =
        kind.targets().into_iter().map(|target| (target, names(&target))).collect();
    let guessed = columns.iter().map(|column| {
        let column = fold(column);
        let at = free.iter().position(|(_, names)| names.contains(&column))?;
        Some(free.remove(at).0.name())
    });
    guessed.collect()
}

/// Whatever a target is called: in REST, in both languages, and elsewhere.
fn names(target: &Target) -> Vec<String> {
    let leaf = target.leaf();
    let name = target.name();
    let in_words = Locale::ALL.iter().flat_map(|locale| {
        let also = also(*locale, &name).split('|').filter(|word| !word.is_empty());
        also.chain([label(*locale, leaf)])
    });
    [name.as_str(), leaf.name, leaf.name.trim_end_matches("_id")]
        .into_iter()
        .chain(in_words)
        .map(fold)
        .collect()
}

/// What files of hospitals call some fields besides, in one language.
fn also(locale: Locale, name: &str) -> &'static str {
    match name {
        "mrns.mrn" => text!(locale, records.also_mrn),
        "mrns.hospital_id" | "hospital_id" => text!(locale, records.also_hospital),
        "name_ar" => text!(locale, records.also_name_ar),
        "name_en" => text!(locale, records.also_name_en),
        "mobile" => text!(locale, records.also_mobile),
        "national_id" => text!(locale, records.also_national_id),
        "birth_date" => text!(locale, records.also_birth_date),
        "sex" => text!(locale, records.also_sex),
        "number" => text!(locale, records.also_number),
        _ => "",
    }
}
