//! How a person likes the pages to look, kept in cookies so that the first byte already knows.

use std::str::FromStr;

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the device has it.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How close rows stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Density {
    /// Room to breathe.
    Comfortable,
    /// More rows on a screen.
    Compact,
}

/// Whether single letters do anything (WCAG 2.1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keys {
    /// They do.
    On,
    /// Only combinations with Ctrl and Alt do.
    Off,
}

/// How wide the rail of places is, on a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rail {
    /// Pictures and words.
    Wide,
    /// Pictures only.
    Narrow,
}

/// A preference: a cookie, and the attribute of `<html>` that follows it.
pub(crate) trait Preference: Copy + PartialEq + FromStr + Send + Sync + 'static {
    /// The cookie.
    const COOKIE: &'static str;
    /// The attribute of `<html>`.
    const ATTRIBUTE: &'static str;

    /// The word that is stored.
    fn as_str(self) -> &'static str;

    /// What holds for the page that is being rendered.
    fn current() -> Self;

    /// Makes it so, now and on the next visit.
    fn choose(self) {
        if let Some(html) = leptos::prelude::document().document_element() {
            let _ = html.set_attribute(Self::ATTRIBUTE, self.as_str());
        }
        let cookie =
            format!("{}={}; Path=/; Max-Age=31536000; SameSite=Lax", Self::COOKIE, self.as_str());
        let document: &web_sys::Document = &leptos::prelude::document();
        let document: &web_sys::HtmlDocument = wasm_bindgen::JsCast::unchecked_ref(document);
        // A browser that refuses cookies still shows the choice until the page is left.
        let _ = document.set_cookie(&cookie);
    }
}

macro_rules! preference {
    ($name:ident, $cookie:literal, $attribute:literal, $field:ident, $default:ident, $($variant:ident => $word:literal),+) => {
        impl Preference for $name {
            const COOKIE: &'static str = $cookie;
            const ATTRIBUTE: &'static str = $attribute;

            fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            #[cfg(feature = "ssr")]
            fn current() -> Self {
                crate::ssr::look().$field
            }

            // The server wrote the attribute from the cookie, so both sides agree.
            #[cfg(not(feature = "ssr"))]
            fn current() -> Self {
                leptos::prelude::document()
                    .document_element()
                    .and_then(|html| html.get_attribute($attribute))
                    .and_then(|word| word.parse().ok())
                    .unwrap_or(Self::$default)
            }
        }

        impl FromStr for $name {
            type Err = ();
            fn from_str(word: &str) -> Result<Self, ()> {
                match word { $($word => Ok(Self::$variant),)+ _ => Err(()) }
            }
        }
    };
}

preference!(Theme, "px_theme", "data-theme", theme, System, System => "system", Light => "light", Dark => "dark");
preference!(Density, "px_density", "data-density", density, Comfortable, Comfortable => "comfortable", Compact => "compact");
preference!(Keys, "px_keys", "data-keys", keys, On, On => "on", Off => "off");
preference!(Rail, "px_rail", "data-rail", rail, Wide, Wide => "wide", Narrow => "narrow");
