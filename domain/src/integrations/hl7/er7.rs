//! HL7 v2 as pipes and hats: segments, fields, repetitions, components and subcomponents, read where they lie.
//!
//! Written by hand because the crate that the field has (`hl7-parser` 0.3) drops everything behind an odd
//! segment without a word, and panics where Arabic letters stand before an escape (ADR 0030).

use std::borrow::Cow;

/// A message, taken apart as far as its segments.
#[derive(Clone, Debug)]
pub(super) struct Message<'a> {
    segments: Vec<&'a str>,
    separators: Separators,
}

/// What stands between the parts of a message: its first characters say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Separators {
    field: char,
    component: char,
    repetition: char,
    escape: Option<char>,
    subcomponent: Option<char>,
}

impl Separators {
    /// The first line says them; a message of an old version may say fewer than five.
    fn of(header: &str) -> Option<Self> {
        let mut marks = header.strip_prefix("MSH")?.chars();
        let field = marks.next().filter(char::is_ascii_punctuation)?;
        let mut others = marks.take_while(|mark| *mark != field);
        let found = Self {
            field,
            component: others.next()?,
            repetition: others.next().unwrap_or('~'),
            escape: others.next(),
            subcomponent: others.next(),
        };
        let all = [Some(found.component), Some(found.repetition), found.escape, found.subcomponent];
        let are_marks = all.into_iter().flatten().all(|mark| mark.is_ascii_punctuation());
        are_marks.then_some(found)
    }
}

impl<'a> Message<'a> {
    /// Takes a message apart. Segments end with CR, as the standard says, or with LF or both; what stands
    /// before the header, and empty lines, are left out.
    ///
    /// None for what has no readable header: nobody could say whom to answer.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let text = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
        let lines = text.split(['\r', '\n']).filter(|line| !line.trim().is_empty());
        let segments: Vec<&str> = lines.collect();
        let separators = Separators::of(segments.first()?)?;
        Some(Self { segments, separators })
    }

    /// The first segment of this name; of absent ones, an empty one.
    pub(super) fn segment(&self, name: &str) -> Segment<'a> {
        self.segments_of(name).next().unwrap_or(Segment { text: "", separators: self.separators })
    }

    /// The segments of this name, in order.
    pub(super) fn segments_of(&self, name: &str) -> impl Iterator<Item = Segment<'a>> {
        let separators = self.separators;
        self.segments
            .iter()
            .filter(move |segment| {
                segment.strip_prefix(name).is_some_and(|rest| rest.starts_with(separators.field))
            })
            .map(move |text| Segment { text, separators })
    }

    /// The value at a path like `PV1-10`, `PV1-3.1` or `OBR-4.1`, of the first segment and repetition.
    pub(super) fn at(&self, path: &str) -> Option<String> {
        let (segment, rest) = path.split_once('-')?;
        let (field, component) =
            rest.split_once('.').map_or((rest, "1"), |(field, part)| (field, part));
        let field = self.segment(segment).field(field.parse().ok()?);
        field.first().component(component.parse().ok()?).value()
    }
}

/// One segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment<'a> {
    text: &'a str,
    separators: Separators,
}

impl<'a> Segment<'a> {
    /// The field of this number, from 1. The header counts its first separator as a field.
    pub(super) fn field(self, number: usize) -> Field<'a> {
        let number = if self.text.starts_with("MSH") { number.saturating_sub(1) } else { number };
        let text = self.text.split(self.separators.field).nth(number).unwrap_or_default();
        Field { text, separators: self.separators }
    }
}

/// One field, with its repetitions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    text: &'a str,
    separators: Separators,
}

impl<'a> Field<'a> {
    /// Every repetition, in order.
    pub(super) fn repetitions(self) -> impl Iterator<Item = Repetition<'a>> {
        let separators = self.separators;
        self.text.split(separators.repetition).map(move |text| Repetition { text, separators })
    }

    /// The first repetition.
    pub(super) fn first(self) -> Repetition<'a> {
        let text = self.text.split(self.separators.repetition).next().unwrap_or_default();
        Repetition { text, separators: self.separators }
    }

    /// The value of the first component of the first repetition.
    pub(super) fn value(self) -> Option<String> {
        self.first().component(1).value()
    }

    /// Whether it says that the value is to be deleted.
    pub(super) fn is_deleted(self) -> bool {
        self.text.trim() == "\"\""
    }
}

/// One repetition of a field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Repetition<'a> {
    text: &'a str,
    separators: Separators,
}

impl<'a> Repetition<'a> {
    /// The component of this number, from 1.
    pub(super) fn component(self, number: usize) -> Component<'a> {
        let place = number.saturating_sub(1);
        let text = self.text.split(self.separators.component).nth(place).unwrap_or_default();
        Component { text, separators: self.separators }
    }

    /// Whether nothing stands in it.
    pub(super) fn is_empty(self) -> bool {
        self.text.trim().is_empty()
    }

    /// Every component with something in it, in order, as it reads.
    pub(super) fn joined(self, between: &str) -> String {
        let parts = self
            .text
            .split(self.separators.component)
            .filter_map(|text| Component { text, separators: self.separators }.value());
        parts.collect::<Vec<_>>().join(between)
    }
}

/// One component.
#[derive(Clone, Copy, Debug)]
pub(super) struct Component<'a> {
    text: &'a str,
    separators: Separators,
}

impl Component<'_> {
    /// The first subcomponent, unescaped; none where nothing stands, or `""`.
    pub(super) fn value(self) -> Option<String> {
        let text = match self.separators.subcomponent {
            Some(mark) => self.text.split(mark).next().unwrap_or_default(),
            None => self.text,
        };
        let value = unescape(text, self.separators);
        let value = value.trim();
        (!value.is_empty() && value != "\"\"").then(|| value.to_owned())
    }
}

/// Puts back what stands escaped: `\F\ \S\ \T\ \R\ \E\`, `\Xhh…\` as bytes of UTF-8, line breaks of
/// formatted text. Highlighting and the like is left out; what is no escape stays as it is.
fn unescape(text: &str, separators: Separators) -> Cow<'_, str> {
    let Some(mark) = separators.escape.filter(|mark| text.contains(*mark)) else {
        return Cow::Borrowed(text);
    };
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(mark) {
        plain.push_str(before);
        let escape = after.split_once(mark);
        let meant =
            escape.and_then(|(escape, behind)| Some((meaning(escape, separators)?, behind)));
        if let Some((meant, behind)) = meant {
            plain.push_str(&meant);
            rest = behind;
        } else {
            // A mark that opens nothing is a letter like any other.
            plain.push(mark);
            rest = after;
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn meaning(escape: &str, separators: Separators) -> Option<String> {
    let mark = |mark: char| Some(mark.to_string());
    match escape {
        "F" => mark(separators.field),
        "S" => mark(separators.component),
        "R" => mark(separators.repetition),
        "T" => mark(separators.subcomponent.unwrap_or('&')),
        "E" => separators.escape.map(|mark| mark.to_string()),
        "H" | "N" => Some(String::new()),
        _ if escape.starts_with(".br") || escape.starts_with(".sp") => mark('\n'),
        _ => hexadecimal(escape.strip_prefix('X')?),
    }
}

fn hexadecimal(digits: &str) -> Option<String> {
    if digits.is_empty() || !digits.len().is_multiple_of(2) || !digits.is_ascii() {
        return None;
    }
    let bytes =
        (0..digits.len() / 2).map(|pair| u8::from_str_radix(&digits[pair * 2..pair * 2 + 2], 16));
    let bytes = bytes.collect::<Result<Vec<u8>, _>>().ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// A value as it may stand in a message of ours.
pub(super) fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for letter in value.chars() {
        match letter {
            '|' => escaped.push_str("\\F\\"),
            '^' => escaped.push_str("\\S\\"),
            '~' => escaped.push_str("\\R\\"),
            '&' => escaped.push_str("\\T\\"),
            '\\' => escaped.push_str("\\E\\"),
            '\r' | '\n' => escaped.push_str("\\.br\\"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &str = "MSH|^~\\&|HIS|RYD|PX|PX|20261123||ADT^A04|1\rPID|1||7^^^HIS^MR~1058529940^^^MOI^NI||\
        القحطاني^سا\\T\\رة\\E\\^^~Alqahtani^Sara|\"\"\r\nPV1|1|O|C\\F\\1^2&x^3\nZXX|\\X41\\\\X\\";

    fn value(path: &str) -> Option<String> {
        Message::read(MESSAGE).unwrap().at(path)
    }

    #[test]
    fn the_header_counts_its_first_separator() {
        assert_eq!(value("MSH-3").as_deref(), Some("HIS"));
        assert_eq!(value("MSH-9.2").as_deref(), Some("A04"));
        assert_eq!(value("MSH-10").as_deref(), Some("1"));
        assert_eq!(value("PID-3.5").as_deref(), Some("MR"));
        assert_eq!(value("PV1-3.2").as_deref(), Some("2"));
        assert_eq!(value("PV1-3.9"), None);
        assert_eq!(value("PID-6"), None);
        assert!(Message::read(MESSAGE).unwrap().segment("PID").field(6).is_deleted());
    }

    #[test]
    fn escapes_stand_beside_arabic_letters() {
        assert_eq!(value("PID-5.2").as_deref(), Some("سا&رة\\"));
        assert_eq!(value("PV1-3").as_deref(), Some("C|1"));
        assert_eq!(value("ZXX-1").as_deref(), Some("A\\X\\"));
    }

    #[test]
    fn repetitions_come_in_their_order() {
        let message = Message::read(MESSAGE).unwrap();
        let kinds: Vec<_> = message
            .segment("PID")
            .field(3)
            .repetitions()
            .map(|id| id.component(5).value().unwrap())
            .collect();
        assert_eq!(kinds, ["MR", "NI"]);
    }

    #[test]
    fn what_has_no_header_is_no_message() {
        for text in ["", "PID|1", "MSH", "MSH|", "MSHالعر", "hello", "MSH|a^b|"] {
            assert!(Message::read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_escaped_reads_as_it_was() {
        for text in ["a|b^c~d&e\\f", "سارة\\القحطاني", ""] {
            let separators = Separators::of("MSH|^~\\&|").unwrap();
            assert_eq!(unescape(&escape(text), separators), text);
        }
    }

    #[test]
    fn an_odd_escape_stays_as_it_is() {
        let separators = Separators::of("MSH|^~\\&|").unwrap();
        for text in ["\\", "a\\b", "\\Q\\x", "\\X4\\", "\\Xzz\\", "ع\\ع\\ع"] {
            assert_eq!(unescape(text, separators), text);
        }
    }
}
