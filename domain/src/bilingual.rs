//! Text in both languages of the house.

use serde::{Deserialize, Serialize};

closed_enum! {
    /// A language that people read PX360 in. Arabic is the first.
    pub enum Locale {
        /// Arabic, right to left.
        Ar => "ar",
        /// English, left to right.
        En => "en",
    }
}

impl Locale {
    /// The `dir` attribute of a page in this language.
    pub const fn dir(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            Self::En => "ltr",
        }
    }

    /// The other language, for the switch.
    pub const fn other(self) -> Self {
        match self {
            Self::Ar => Self::En,
            Self::En => Self::Ar,
        }
    }
}

/// A text in Arabic and in English; one of them may be empty, never both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bilingual {
    /// The Arabic text.
    pub ar: String,
    /// The English text.
    pub en: String,
}

impl Bilingual {
    /// Both texts.
    pub fn new(ar: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ar: ar.into(), en: en.into() }
    }

    /// Both texts, where both are there: names of rows that a join may not have found.
    pub fn both(ar: Option<String>, en: Option<String>) -> Option<Self> {
        Some(Self { ar: ar?, en: en? })
    }

    /// The text in this language, or in the other one when this one is empty.
    pub fn pick(&self, locale: Locale) -> &str {
        let (first, second) = match locale {
            Locale::Ar => (&self.ar, &self.en),
            Locale::En => (&self.en, &self.ar),
        };
        if first.is_empty() { second } else { first }
    }

    /// The text in this language alone; empty when it is not written.
    pub fn written(&self, locale: Locale) -> &str {
        match locale {
            Locale::Ar => &self.ar,
            Locale::En => &self.en,
        }
    }
}
