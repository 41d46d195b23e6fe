//! Sentences by language. The language is fixed by the address for a whole page load, so nothing
//! here is reactive: switching it is a link to the same page in the other language.

use std::sync::Once;

use leptos::prelude::use_context;
use leptos_i18n::custom_provider::{IcuDataProvider, set_icu_data_provider};
use leptos_i18n::reexports::icu::locid::Locale as IcuLocale;
use leptos_i18n::reexports::icu::plurals::{PluralRuleType, PluralRules, PluralRulesOptions};
use leptos_i18n::reexports::icu::provider::DataError;
use px360_domain::Locale;

/// What `build.rs` made of `locales/`.
#[expect(unused_imports, dead_code, reason = "generated for every way of using it")]
#[expect(clippy::expect_used, clippy::wrong_self_convention, reason = "generated")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}

pub(crate) use generated::i18n::Locale as TextsLocale;

/// The dictionary of a language. Every text passes here, so the plural rules are always in place.
pub(crate) fn of(locale: Locale) -> TextsLocale {
    static PLURALS: Once = Once::new();
    PLURALS.call_once(|| set_icu_data_provider(CompiledPlurals));
    match locale {
        Locale::Ar => TextsLocale::ar,
        Locale::En => TextsLocale::en,
    }
}

/// The plural rules as `icu_plurals` brings them along.
struct CompiledPlurals;

impl IcuDataProvider for CompiledPlurals {
    fn try_new_plural_rules(
        &self,
        locale: &IcuLocale,
        rule_type: PluralRuleType,
    ) -> Result<PluralRules, DataError> {
        PluralRules::try_new(locale.into(), PluralRulesOptions::default().with_type(rule_type))
    }
}

/// The language of the page that is being rendered.
pub(crate) fn current() -> Locale {
    use_context::<Locale>().unwrap_or(Locale::Ar)
}

/// The language that an address begins with; Arabic where it begins with none.
pub(crate) fn of_path(path: &str) -> Locale {
    let first = path.trim_start_matches('/').split('/').next();
    first.and_then(|segment| segment.parse().ok()).unwrap_or(Locale::Ar)
}

/// `text!(locale, actions.title)`: the sentence of this key, as a string.
macro_rules! text {
    ($locale:expr, $($key:tt)+) => {
        leptos_i18n::td_string!($crate::texts::of($locale), $($key)+)
    };
}
