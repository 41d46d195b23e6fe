//! One field of a record: what may stand in it, who sees it, where it is shown.

use super::RecordKind;

/// What may stand in a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// Words; at most so many characters.
    Text(u16),
    /// A short name for machines: letters, digits and `. _ - / @ +`, at most 60.
    Code,
    /// A mail address.
    Email,
    /// A phone number that can receive messages; kept as E.164.
    Phone,
    /// A number that people call: also a landline, a unified, a free or a short one.
    Dial,
    /// The number of an identity document; how it is checked depends on the kind of document.
    IdNumber,
    /// A day of the Gregorian calendar.
    Day,
    /// A time of day.
    Time,
    /// Yes or no.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Degrees between these two.
    Degrees(f64, f64),
    /// Another record, by its id.
    Ref(RecordKind),
    /// Several rows of fields.
    Rows(&'static [Field]),
    /// A password: taken once, never given back.
    Secret,
}

/// Whether a list shows a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Always: a row means nothing without it.
    Always,
    /// Unless somebody hides it.
    Usually,
    /// When somebody asks for it.
    Asked,
    /// Never.
    Never,
}

/// One field of a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// Its name in JSON, in addresses and in the table.
    pub name: &'static str,
    /// What may stand in it.
    pub form: Form,
    /// Whether it must be filled.
    pub required: bool,
    /// Whether the list shows it.
    pub listed: Listed,
    /// Whether it tells who a patient is, and is masked for those who need not know.
    pub identity: bool,
    /// Whether it is given once, when the record is made.
    pub fixed: bool,
    /// Whether it is worked out and cannot be written.
    pub derived: bool,
    /// Whether lists can be ordered by it.
    pub sortable: bool,
    /// Whether lists can be narrowed by it.
    pub filter: bool,
}

impl Field {
    /// A field that may stay empty, and that lists show when asked.
    pub(super) const fn new(name: &'static str, form: Form) -> Self {
        Self {
            name,
            form,
            required: false,
            listed: Listed::Asked,
            identity: false,
            fixed: false,
            derived: false,
            sortable: false,
            filter: false,
        }
    }

    pub(super) const fn text(name: &'static str, chars_max: u16) -> Self {
        Self::new(name, Form::Text(chars_max))
    }

    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(super) const fn always(mut self) -> Self {
        self.listed = Listed::Always;
        self
    }

    pub(super) const fn usually(mut self) -> Self {
        self.listed = Listed::Usually;
        self
    }

    pub(super) const fn unlisted(mut self) -> Self {
        self.listed = Listed::Never;
        self
    }

    pub(super) const fn identity(mut self) -> Self {
        self.identity = true;
        self
    }

    pub(super) const fn fixed(mut self) -> Self {
        self.fixed = true;
        self
    }

    pub(super) const fn derived(mut self) -> Self {
        self.derived = true;
        self
    }

    pub(super) const fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }

    pub(super) const fn filter(mut self) -> Self {
        self.filter = true;
        self
    }
}
