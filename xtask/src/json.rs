//! A small JSON reader: xtask has no dependencies, so that it starts at once on a fresh machine.

use std::iter::Peekable;
use std::str::Chars;

/// A JSON value. Objects keep their order and their duplicates, which `words` reports.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    /// `null`, a number or a truth value, as written.
    Plain(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The text under a key of an object.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        let Self::Object(entries) = self else { return None };
        entries.iter().find_map(|(name, value)| match value {
            Self::Text(text) if name == key => Some(text.as_str()),
            _ => None,
        })
    }
}

/// Reads one JSON value; the failure names the line.
pub(crate) fn parse(text: &str) -> Result<Json, String> {
    let mut reader = Reader { chars: text.chars().peekable(), line: 1 };
    let value = reader.value()?;
    reader.skip_space();
    match reader.chars.peek().copied() {
        None => Ok(value),
        Some(c) => Err(reader.wrong(&format!("`{c}` after the end"))),
    }
}

struct Reader<'a> {
    chars: Peekable<Chars<'a>>,
    line: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Json, String> {
        self.skip_space();
        match self.chars.peek().copied() {
            Some('{') => self.object(),
            Some('[') => self.list(),
            Some('"') => Ok(Json::Text(self.string()?)),
            Some(c) if c.is_ascii_alphanumeric() || c == '-' => Ok(Json::Plain(self.word())),
            Some(c) => Err(self.wrong(&format!("`{c}` is no value"))),
            None => Err(self.wrong("the end, where a value should be")),
        }
    }

    fn object(&mut self) -> Result<Json, String> {
        let mut entries = Vec::new();
        self.expect('{')?;
        while !self.ends_with('}', entries.is_empty())? {
            self.skip_space();
            let key = self.string()?;
            self.expect(':')?;
            entries.push((key, self.value()?));
        }
        Ok(Json::Object(entries))
    }

    fn list(&mut self) -> Result<Json, String> {
        let mut values = Vec::new();
        self.expect('[')?;
        while !self.ends_with(']', values.is_empty())? {
            values.push(self.value()?);
        }
        Ok(Json::List(values))
    }

    /// Eats the end of a list or object, or else the comma before its next entry.
    fn ends_with(&mut self, end: char, first: bool) -> Result<bool, String> {
        self.skip_space();
        if self.chars.next_if_eq(&end).is_some() {
            return Ok(true);
        }
        if !first {
            self.expect(',')?;
        }
        Ok(false)
    }

    fn string(&mut self) -> Result<String, String> {
        self.expect('"')?;
        let mut text = String::new();
        loop {
            match self.chars.next() {
                Some('"') => return Ok(text),
                Some('\\') => text.push(self.escape()?),
                Some('\n') | None => return Err(self.wrong("a text without its closing quote")),
                Some(c) => text.push(c),
            }
        }
    }

    fn escape(&mut self) -> Result<char, String> {
        match self.chars.next() {
            Some(c @ ('"' | '\\' | '/')) => Ok(c),
            Some('n') => Ok('\n'),
            Some('t') => Ok('\t'),
            Some('r') => Ok('\r'),
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{c}'),
            Some('u') => self.unicode(),
            _ => Err(self.wrong("an unknown escape")),
        }
    }

    /// Four hexadecimal digits, or two groups of them for a character beyond the first 65,536.
    fn unicode(&mut self) -> Result<char, String> {
        let high = self.hex()?;
        let code = if (0xd800..0xdc00).contains(&high) {
            self.expect('\\')?;
            self.expect('u')?;
            let low = self.hex()?;
            0x10000 + ((high - 0xd800) << 10) + (low.wrapping_sub(0xdc00) & 0x3ff)
        } else {
            high
        };
        char::from_u32(code).ok_or_else(|| self.wrong("half a character"))
    }

    fn hex(&mut self) -> Result<u32, String> {
        let digits: String = self.chars.by_ref().take(4).collect();
        u32::from_str_radix(&digits, 16).map_err(|error| self.wrong(&format!("{digits}: {error}")))
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        let part = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.');
        while let Some(c) = self.chars.next_if(part) {
            word.push(c);
        }
        word
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        self.skip_space();
        match self.chars.next() {
            Some(c) if c == wanted => Ok(()),
            Some(c) => Err(self.wrong(&format!("`{c}` where `{wanted}` should be"))),
            None => Err(self.wrong(&format!("the end, where `{wanted}` should be"))),
        }
    }

    fn skip_space(&mut self) {
        while let Some(c) = self.chars.next_if(|c| c.is_whitespace()) {
            self.line += usize::from(c == '\n');
        }
    }

    fn wrong(&self, what: &str) -> String {
        format!("line {}: {what}", self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read() {
        let text = r#" {"a": "x\n\u0041\ud83d\ude00\"", "b": [1, -2.5e+3, null, true], "c": {}} "#;
        let Json::Object(entries) = parse(text).unwrap() else { panic!("no object") };
        assert_eq!(entries[0].1, Json::Text("x\nA😀\"".to_owned()));
        let plain = ["1", "-2.5e+3", "null", "true"].map(|word| Json::Plain(word.to_owned()));
        assert_eq!(entries[1].1, Json::List(plain.to_vec()));
        assert_eq!(entries[2].1, Json::Object(vec![]));
    }

    #[test]
    fn arabic_is_read_as_it_stands() {
        assert_eq!(parse(r#"{"k":"شكوى"}"#).unwrap().text("k"), Some("شكوى"));
    }

    #[test]
    fn faults_name_their_line() {
        assert_eq!(
            parse("{\n\"a\": 1\n\"b\": 2}").unwrap_err(),
            "line 3: `\"` where `,` should be"
        );
        assert!(parse("{\"a\": \"x").is_err());
        assert!(parse("{} x").is_err());
        assert!(parse("").is_err());
    }
}
