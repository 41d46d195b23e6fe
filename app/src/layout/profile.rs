//! Who is signed in, how they like the pages, and the way out.

use leptos::prelude::*;
use px360_domain::accounts::Me;
use px360_domain::paths;

use crate::ui::icon::Icon;
use crate::ui::menu::Menu;
use crate::ui::numbers::Code;
use crate::ui::preferences::{Density, Preference, Theme};

/// How the pages look now, wherever that was chosen: in this menu or in the command palette.
#[derive(Clone, Copy)]
pub(super) struct Looks {
    /// Light or dark.
    pub(super) theme: RwSignal<Theme>,
    /// How close rows stand.
    pub(super) density: RwSignal<Density>,
}

impl Looks {
    /// For the frame.
    pub(super) fn provide() {
        let theme = RwSignal::new(Theme::current());
        provide_context(Self { theme, density: RwSignal::new(Density::current()) });
    }
}

/// Makes it so, and says it to whatever shows it.
pub(super) fn choose<P: Preference>(value: P, shown: RwSignal<P>) {
    value.choose();
    shown.set(value);
}

/// The menu behind one's own name.
#[component]
pub(super) fn ProfileMenu(
    /// The signed-in person.
    me: Me,
) -> impl IntoView {
    let locale = crate::texts::current();
    let looks = expect_context::<Looks>();
    let name = me.name.pick(locale).to_owned();
    let summary = view! {
        <span class="avatar" aria-hidden="true">{initials(&name)}</span>
        <span class="visually-hidden">{text!(locale, common.account)}": "</span>
        <bdi class="profile-name">{name}</bdi>
    }
    .into_any();
    view! {
        <Menu summary=summary class="profile">
            <p class="profile-who">
                <bdi>{me.name.pick(locale).to_owned()}</bdi>
                <Code text=me.username/>
            </p>
            <a class="menu-item" href=paths::profile(locale)>
                <Icon name="user"/>
                {text!(locale, common.profile)}
            </a>
            <a class="menu-item" href=paths::roles(locale)>
                <Icon name="users"/>
                {text!(locale, common.roles)}
            </a>
            <Choice
                title=text!(locale, common.theme)
                chosen=looks.theme
                options=vec![
                    (Theme::System, "monitor", text!(locale, common.theme_system)),
                    (Theme::Light, "sun", text!(locale, common.theme_light)),
                    (Theme::Dark, "moon", text!(locale, common.theme_dark)),
                ]
            />
            <Choice
                title=text!(locale, common.density)
                chosen=looks.density
                options=vec![
                    (Density::Comfortable, "rows-2", text!(locale, common.density_comfortable)),
                    (Density::Compact, "rows-3", text!(locale, common.density_compact)),
                ]
            />
            <form method="post" action=paths::logout(locale)>
                <button r#type="submit" class="menu-item">
                    <Icon name="log-out"/>
                    {text!(locale, common.sign_out)}
                </button>
            </form>
        </Menu>
    }
}

/// One preference, each value a button.
#[component]
fn Choice<P: Preference>(
    /// What is chosen.
    title: &'static str,
    /// The value that holds.
    chosen: RwSignal<P>,
    /// The values, each with a picture and a word.
    options: Vec<(P, &'static str, &'static str)>,
) -> impl IntoView {
    let buttons = options
        .into_iter()
        .map(|(value, icon, word)| {
            view! {
                <button
                    r#type="button"
                    class="choice"
                    aria-pressed=move || if chosen.get() == value { "true" } else { "false" }
                    on:click=move |_| choose(value, chosen)
                >
                    <Icon name=icon/>
                    <span>{word}</span>
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="choices" role="group" aria-label=title>
            <span class="choices-title" aria-hidden="true">{title}</span>
            <div class="choices-row">{buttons}</div>
        </div>
    }
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let (first, last) = (words.first(), words.get(1..).and_then(<[&str]>::last));
    // Arabic letters would join into a word that is none; a thin gap keeps them apart.
    first
        .into_iter()
        .chain(last)
        .filter_map(|word| word.chars().next())
        .map(String::from)
        .collect::<Vec<_>>()
        .join("\u{200c}")
}
