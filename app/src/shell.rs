//! The document around a staff page.

use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};
use px360_domain::Locale;

use crate::App;
use crate::ui::preferences::Preference;

/// The whole document, with language, direction, theme and density in its first byte.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let look = crate::ssr::look();
    let build = crate::build_id::build_id(&options);
    // Only the script that most of the page is written in; the other one may come later.
    let font = match look.locale {
        Locale::Ar => "/vendor/fonts/ibm-plex-sans-arabic-arabic-400.woff2",
        Locale::En => "/vendor/fonts/ibm-plex-sans-arabic-latin-400.woff2",
    };
    view! {
        <!DOCTYPE html>
        <html
            lang=look.locale.as_str()
            dir=look.locale.dir()
            data-theme=look.theme.as_str()
            data-density=look.density.as_str()
            data-keys=look.keys.as_str()
            data-rail=look.rail.as_str()
            data-build=build
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="preload" href=font r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                <HashedStylesheet options=options.clone() id="px360"/>
                <AutoReload options=options.clone()/>
                <HydrationScripts options=options/>
                <script r#type="module" src="/px-chart.js" nonce=use_nonce()></script>
                <script r#type="module" src="/px-scroll.js" nonce=use_nonce()></script>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
