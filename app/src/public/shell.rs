//! The document around every page of this module: no hydration scripts, one inline style.

use std::fmt::Write as _;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use leptos::prelude::*;
use px360_domain::Locale;
use sha2::{Digest as _, Sha256};

/// The one style sheet. Inline, because a second request costs a phone more than its bytes do.
static STYLE: LazyLock<String> = LazyLock::new(|| {
    without_layout(concat!(
        include_str!("public.css"),
        include_str!("answers.css"),
        include_str!("survey.css")
    ))
});

/// The script's address; its hash makes a new version a new address, so it may be cached for ever.
static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    let digest = Sha256::digest(include_bytes!("../../../public/assets/survey.js"));
    let version = digest.iter().take(6).fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    format!("/assets/survey.js?v={version}")
});

static CONTENT_SECURITY_POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; script-src 'self'; connect-src 'self'; \
         img-src 'self' data:; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
});

/// The policy that every page of this module is sent with.
pub fn content_security_policy() -> &'static str {
    &CONTENT_SECURITY_POLICY
}

/// What differs between documents.
pub(super) struct Document {
    /// The language and direction of the whole page.
    pub(super) locale: Locale,
    /// The browser's title.
    pub(super) title: String,
    /// Whether the page gains from the optional script.
    pub(super) script: bool,
}

/// Renders a whole page; the body is made inside a fresh reactive owner.
pub(super) fn render(document: Document, body: impl FnOnce() -> AnyView) -> String {
    let Document { locale, title, script } = document;
    let html = Owner::new().with(|| {
        view! {
            <html lang=locale.as_str() dir=locale.dir()>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width,initial-scale=1"/>
                    <meta name="format-detection" content="telephone=no"/>
                    <title>{title}</title>
                    // An empty icon keeps the browser from asking for /favicon.ico.
                    <link rel="icon" href="data:,"/>
                    <style inner_html=STYLE.as_str()></style>
                    {script.then(|| view! { <script src=SCRIPT.as_str() defer></script> })}
                </head>
                {body()}
            </html>
        }
        .to_html()
    });
    // Marks for hydration, which never happens here. Texts cannot hold one: `<` is escaped in them.
    format!("<!DOCTYPE html>{}", html.replace("<!>", ""))
}

/// Takes comments, indentation and line ends out of our own style sheet.
///
/// Only for the style sheets of this module, which have no strings with spaces that matter.
fn without_layout(css: &str) -> String {
    let mut rest = css;
    let mut plain = String::with_capacity(css.len());
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let joined: String = plain.lines().map(str::trim).collect();
    [(" {", "{"), (": ", ":"), (", ", ","), (";}", "}"), (" > ", ">"), (" + ", "+")]
        .iter()
        .fold(joined, |css, (long, short)| css.replace(long, short))
}
