//! What lists ask for, in the words of the statements.

use px360_domain::Failure;
use px360_domain::access::Reach;
use px360_domain::records::{Form, RecordKind, RecordQuery, parse_text};
use px360_domain::search::fold;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::error::Result;
use crate::paging::{cursor_refused, read_cursor};

/// The most letters of what is searched for.
pub(super) const SEARCH_CHARS_MAX: usize = 200;

/// A name of more words is not looked for in other spellings: each is compared with every word of many names.
const NAME_WORDS_MAX: usize = 5;

/// The shortest word that the index of a million patients can look up.
const WORD_CHARS_MIN: usize = 3;

/// How far the reader reaches, and whether they may know who patients are.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    pub(super) reach: &'a Reach,
    pub(super) identify: bool,
}

/// Where the next page begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cursor {
    pub(super) ordering: String,
    pub(super) place: String,
    pub(super) id: Uuid,
}

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Ids grow with time.
    Newest,
    /// By a field.
    Up(&'static str),
    /// By a field, the other way round.
    Down(&'static str),
}

/// A query, checked and read.
pub(super) struct Asked {
    pub(super) order: Order,
    /// What documents must contain.
    pub(super) contains: Value,
    /// The longest word, between `%`: what the index looks up.
    pub(super) word: Option<String>,
    /// The other words, between `%`.
    pub(super) words: Vec<String>,
    /// The words as they are, where each may be a misspelt part of a name; else none.
    pub(super) names: Vec<String>,
    pub(super) after: Option<Cursor>,
}

impl Asked {
    /// Reads a query.
    ///
    /// # Errors
    /// `Invalid` on the part that means nothing for this kind.
    pub(super) fn read(kind: RecordKind, query: &RecordQuery) -> Result<Self> {
        let ordering = query.ordering.as_deref().unwrap_or_default();
        let order = order(kind, ordering)?;
        let after = query.cursor.as_deref().map(read_cursor::<Cursor>).transpose()?;
        // A letter that Postgres cannot keep is in no cursor of ours.
        let is_foreign =
            |cursor: &Cursor| cursor.ordering != ordering || cursor.place.contains('\0');
        if after.as_ref().is_some_and(is_foreign) {
            return Err(cursor_refused().into());
        }
        let mut words = search_words(query.search.as_deref().unwrap_or_default())?;
        let may_be_name = |word: &String| {
            word.chars().count() >= WORD_CHARS_MIN && word.chars().all(char::is_alphabetic)
        };
        let is_name = words.len() <= NAME_WORDS_MAX && words.iter().all(may_be_name);
        let mut names = if is_name { words.clone() } else { Vec::new() };
        names.sort();
        names.dedup();
        words.sort_by_key(|word| word.chars().count());
        let word = words.pop();
        let is_short = |word: &String| word.chars().count() < WORD_CHARS_MIN;
        if kind == RecordKind::Patient && word.as_ref().is_some_and(is_short) {
            return Err(Failure::invalid("search", "too_short").into());
        }
        let pattern = |word: String| format!("%{}%", word.replace(['%', '_', '\\'], " "));
        Ok(Self {
            order,
            contains: contains(kind, &query.filters)?,
            word: word.map(pattern),
            words: words.into_iter().map(pattern).collect(),
            names,
            after,
        })
    }
}

fn order(kind: RecordKind, ordering: &str) -> Result<Order, Failure> {
    if ordering.is_empty() {
        return Ok(Order::Newest);
    }
    let (name, down) = ordering.strip_prefix('-').map_or((ordering, false), |name| (name, true));
    let field = kind.field(name).filter(|field| field.sortable);
    let field = field.ok_or_else(|| Failure::invalid("ordering", "unknown_word"))?;
    Ok(if down { Order::Down(field.name) } else { Order::Up(field.name) })
}

/// Folded as the table's own words are. A local phone number is looked for without its zero, because
/// numbers are kept with the country's code.
fn search_words(search: &str) -> Result<Vec<String>, Failure> {
    if search.chars().count() > SEARCH_CHARS_MAX {
        return Err(Failure::invalid("search", "too_long"));
    }
    let words = fold(search);
    let words = words.split_whitespace().map(|word| {
        let is_number = word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        let local = word.strip_prefix('0').filter(|_| is_number);
        local.unwrap_or(word).to_owned()
    });
    Ok(words.collect())
}

/// What the documents must contain, for the operator `@>`: rows too match by what they contain.
fn contains(kind: RecordKind, filters: &[(String, String)]) -> Result<Value, Failure> {
    let mut wanted = Map::new();
    for (name, text) in filters {
        // A patient belongs to the hospitals that know them.
        if kind == RecordKind::Patient && name == "hospital_id" {
            let id: Uuid = text.parse().map_err(|_no_id| Failure::invalid(name, "malformed"))?;
            wanted.insert("mrns".to_owned(), json!([{ "hospital_id": id }]));
            continue;
        }
        let field = kind.field(name).filter(|field| field.filter);
        let field = field.ok_or_else(|| Failure::invalid(name, "unknown_field"))?;
        let value = parse_text(field, text).map_err(|code| Failure::invalid(name, code))?;
        if value.is_null() && !matches!(field.form, Form::Ref(_)) {
            return Err(Failure::invalid(name, "malformed"));
        }
        if wanted.insert(name.clone(), value).is_some() {
            return Err(Failure::invalid(name, "twice"));
        }
    }
    Ok(Value::Object(wanted))
}
