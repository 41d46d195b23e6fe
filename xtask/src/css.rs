//! Finds what would stay on its side of the page when Arabic mirrors it.

/// A comment on the same line that begins like this excuses it, and gives the reason.
const EXCUSE: &str = "/* physical:";

/// Properties whose values may name a side.
const SIDED_VALUES: [&str; 4] = ["float", "clear", "text-align", "text-align-last"];

/// Every physical declaration: its line number, from 1, and what it says.
pub(crate) fn physical(css: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut in_comment = false;
    for (number, line) in (1..).zip(css.lines()) {
        let code = without_comments(line, &mut in_comment);
        if line.contains(EXCUSE) {
            continue;
        }
        let declarations = code.split([';', '{', '}']);
        found.extend(
            declarations
                .filter(|declaration| is_physical(declaration))
                .map(|declaration| (number, declaration.trim().to_owned())),
        );
    }
    found
}

fn without_comments(line: &str, in_comment: &mut bool) -> String {
    let mut code = String::new();
    let mut rest = line;
    loop {
        let mark = if *in_comment { "*/" } else { "/*" };
        let (before, after) = match rest.split_once(mark) {
            Some((before, after)) => (before, Some(after)),
            None => (rest, None),
        };
        if !*in_comment {
            code.push_str(before);
        }
        let Some(after) = after else { return code };
        *in_comment = !*in_comment;
        rest = after;
    }
}

fn is_physical(declaration: &str) -> bool {
    let Some((property, value)) = declaration.split_once(':') else { return false };
    let property = property.trim().to_ascii_lowercase();
    // `--px-left` is a name of ours, and says nothing about a side until somebody uses it.
    if property.starts_with("--") || !property.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
    {
        return false;
    }
    let sided = |words: &str, by: fn(char) -> bool| {
        words.split(by).any(|word| word == "left" || word == "right")
    };
    sided(&property, |c| c == '-')
        || (SIDED_VALUES.contains(&property.as_str())
            && sided(&value.to_ascii_lowercase(), |c| !c.is_ascii_alphabetic() && c != '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(css: &str) -> Vec<usize> {
        physical(css).into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn sides_are_found_in_properties() {
        for bad in [
            "margin-left: 1px",
            "PADDING-RIGHT:0",
            "left:0",
            "right : auto",
            "border-left-color: red",
            "border-top-right-radius: 4px",
            "scroll-margin-left: 1px",
            "float: left",
            "text-align: right !important",
            "clear:left",
        ] {
            assert_eq!(lines(&format!(".x {{ {bad}; }}")), [1], "{bad}");
        }
    }

    #[test]
    fn logical_declarations_pass() {
        for good in [
            "margin-inline-start: 1px",
            "inset-inline-end: 0",
            "border-start-start-radius: 4px",
            "text-align: start",
            "float: inline-start",
            "--side-left: 1px",
            "transform-origin: left",
            "background: url(left.svg)",
        ] {
            assert!(lines(&format!(".x {{ {good}; }}")).is_empty(), "{good}");
        }
        assert!(
            lines("a:hover .left:focus { color: red }\n@media (min-width: 1px) { }").is_empty()
        );
    }

    #[test]
    fn comments_and_excused_lines_pass() {
        let css = "/* left: 0; */\n/* text\n left: 0;\n*/ .x { color: red }\n\
                   .y { left: 0; } /* physical: a chart runs left to right */\n.z { left: 0 }";
        assert_eq!(lines(css), [6]);
    }

    #[test]
    fn several_on_one_line_are_all_named() {
        assert_eq!(physical(".x{left:0;top:0;right:1px}").len(), 2);
    }
}
