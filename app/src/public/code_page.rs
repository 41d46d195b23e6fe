//! The second step of signing in: a page that asks for a code.

use leptos::prelude::*;
use px360_domain::{Locale, paths};

use super::error_summary::{Fault, error_summary};
use super::shell::{self, Document};
use super::sign_in_page::header;
use super::texts::minutes;

/// Why the code did not lead in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CodeProblem {
    /// Nothing was entered.
    Missing,
    /// It is not the one, or it was used.
    Wrong,
    /// Too many attempts.
    Locked {
        /// Seconds until the next attempt can succeed.
        seconds: u32,
    },
    /// Our own fault.
    Trouble,
}

impl CodeProblem {
    /// Whether it is a matter of the field.
    const fn is_of_field(self) -> bool {
        matches!(self, Self::Missing | Self::Wrong)
    }

    fn sentence(self, locale: Locale) -> String {
        let sentence = match self {
            Self::Missing => text!(locale, public.code_fault_missing),
            Self::Wrong => text!(locale, public.code_fault_wrong),
            Self::Locked { seconds } => {
                return text!(locale, public.login_fault_locked, count = minutes(seconds));
            }
            Self::Trouble => text!(locale, public.login_fault_trouble),
        };
        sentence.to_owned()
    }
}

/// The HTML of the page. The code is never shown again: it counts once.
pub(super) fn code_page(
    locale: Locale,
    next: Option<&str>,
    problem: Option<CodeProblem>,
) -> String {
    let mut title = text!(
        locale,
        public.titled,
        page = text!(locale, public.code_title),
        place = text!(locale, public.product)
    );
    if problem.is_some() {
        title = text!(locale, public.titled_error, title = title);
    }
    shell::render(Document { locale, title, script: false }, || {
        view! {
            <body class="staff">
                {header(locale, next, paths::login_code)}
                <main>
                    {summary(locale, problem)}
                    <h1>{text!(locale, public.code_title)}</h1>
                    {form(locale, next, problem)}
                    <p class="hint">
                        <a href=paths::login(locale)>{text!(locale, public.code_back)}</a>
                    </p>
                </main>
            </body>
        }
        .into_any()
    })
}

fn summary(locale: Locale, problem: Option<CodeProblem>) -> Option<AnyView> {
    let faults = problem.into_iter().map(|problem| Fault {
        sentence: problem.sentence(locale),
        control: problem.is_of_field().then(|| "code".to_owned()),
    });
    error_summary(locale, faults.collect())
}

fn form(locale: Locale, next: Option<&str>, problem: Option<CodeProblem>) -> AnyView {
    let next = next.map(|next| view! { <input type="hidden" name="next" value=next.to_owned()/> });
    let fault = problem.filter(|problem| problem.is_of_field());
    let described = if fault.is_some() { "code-hint code-fault" } else { "code-hint" };
    let said = fault.map(|problem| {
        view! { <p class="err" id="code-fault">{problem.sentence(locale)}</p> }
    });
    // No `inputmode="numeric"`: recovery codes have letters.
    view! {
        <form method="post" action=paths::login_code(locale) novalidate>
            {next}
            <label for="code">{text!(locale, public.code_label)}</label>
            <p class="hint" id="code-hint">{text!(locale, public.code_hint)}</p>
            {said}
            <input id="code" name="code" dir="ltr" autocomplete="one-time-code"
                autocapitalize="none" spellcheck="false" autofocus=problem.is_none()
                aria-describedby=described aria-invalid=fault.map(|_| "true")/>
            <button>{text!(locale, public.code_button)}</button>
        </form>
    }
    .into_any()
}
