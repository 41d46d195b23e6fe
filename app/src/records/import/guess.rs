//! What a column most likely means, by what it is called.

use px360_domain::Locale;
use px360_domain::records::{RecordKind, Target};
use px360_domain::search::fold;

use super::super::words::label;

/// What files of hospitals call some fields besides.
const ALSO: [(&str, &[&str]); 10] = [
    (
        "mrns.mrn",
        &["file number", "file no", "medical record number", "رقم الملف", "رقم السجل الطبي"],
    ),
    ("mrns.hospital_id", &["facility", "hospital code", "المنشأة", "رمز المستشفى"]),
    ("hospital_id", &["facility", "hospital code", "المنشأة", "رمز المستشفى"]),
    ("name_ar", &["arabic name", "patient name ar", "الاسم", "اسم المريض", "الاسم العربي"]),
    ("name_en", &["name", "english name", "patient name", "full name", "الاسم الانجليزي"]),
    ("mobile", &["phone", "mobile number", "phone number", "الجوال", "رقم الجوال", "الهاتف"]),
    ("national_id", &["id", "id number", "iqama", "رقم الهوية", "الهوية", "رقم الهوية/الاقامة"]),
    ("birth_date", &["dob", "date of birth", "تاريخ الميلاد"]),
    ("sex", &["gender", "النوع", "الجنس"]),
    ("number", &["employee number", "staff number", "الرقم الوظيفي"]),
];

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
    let also = ALSO.iter().filter(|(known, _)| *known == name).flat_map(|(_, also)| also.iter());
    [name.as_str(), leaf.name, leaf.name.trim_end_matches("_id")]
        .into_iter()
        .chain(Locale::ALL.iter().map(|locale| label(*locale, leaf)))
        .chain(also.copied())
        .map(fold)
        .collect()
}
