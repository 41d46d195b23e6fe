//! Pages say nothing of their own: every sentence stands in both languages in `app/locales`.

use crate::files::Source;

/// Names of keys, which are the same in every language.
const KEYS: [&str; 2] = ["Ctrl Enter", "Page Down"];

/// The sentences that a page's code says by itself.
///
/// A text is a sentence when it has an Arabic letter, or when it begins with a capital and has two
/// words; classes, addresses and what only the log says begin small.
pub(crate) fn sentences(source: &Source) -> Vec<String> {
    // The gallery's examples are no product's words, and no release has them.
    let is_page = source.path.starts_with("app/src/") && source.path.ends_with(".rs");
    if !is_page || source.path.starts_with("app/src/gallery/") {
        return Vec::new();
    }
    let mut broken = Vec::new();
    for (number, line) in (1..).zip(source.text.lines()) {
        let code = line.trim_start();
        if code.starts_with("//") || code.starts_with("#[") || code.contains("reason = \"") {
            continue;
        }
        let texts = literals(code).into_iter().chain(between_tags(code));
        broken.extend(
            texts.filter(|text| is_sentence(text)).map(|text| {
                format!("{}:{number}: \"{text}\" belongs into app/locales", source.path)
            }),
        );
    }
    broken
}

fn is_sentence(text: &str) -> bool {
    let has_arabic = text.chars().any(|c| matches!(c, '\u{621}'..='\u{64a}'));
    let begins_big = text.chars().next().is_some_and(char::is_uppercase);
    let is_word = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let words = text.split(' ').filter(is_word).count();
    has_arabic || (begins_big && words > 1 && !KEYS.contains(&text))
}

/// What stands between quotation marks.
fn literals(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut began = None;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => match began.take() {
                Some(from) => found.push(&line[from..at]),
                None => began = Some(at + 1),
            },
            _ => {}
        }
    }
    found
}

/// What stands between two tags of a view, written without quotation marks.
fn between_tags(line: &str) -> Vec<&str> {
    let text = |(at, _): (usize, &str)| {
        let rest = &line[at + 1..];
        rest.find("</").map(|to| rest[..to].trim())
    };
    line.match_indices('>')
        .filter_map(text)
        .filter(|text| !text.contains(['{', '"', '<']))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &str) -> usize {
        let source = Source { path: "app/src/x.rs".to_owned(), text: line.to_owned() };
        sentences(&source).len()
    }

    #[test]
    fn a_page_that_speaks_for_itself_is_named() {
        assert_eq!(said("view! { <p>\"Nothing to do\"</p> }"), 1);
        assert_eq!(said("view! { <p>Nothing to do</p> }"), 1);
        assert_eq!(said("let title = \"\u{642}\u{627}\u{626}\u{645}\u{629}\";"), 1);
    }

    #[test]
    fn classes_keys_comments_and_reasons_are_no_sentences() {
        assert_eq!(said("view! { <p class=\"hint max\">{text}</p> }"), 0);
        assert_eq!(said("<kbd>\"Ctrl Enter\"</kbd>"), 0);
        assert_eq!(said("/// `Nothing to do`, \"Nothing to do\"."), 0);
        assert_eq!(said("#[expect(dead_code, reason = \"Not used yet\")]"), 0);
        assert_eq!(said("let kind = \"no answer\";"), 0);
    }
}
