//! The staff's sign-in page.

use leptos::prelude::*;
use px360_domain::{Locale, paths};

use super::error_summary::{Fault, error_summary};
use super::shell::{self, Document};
use super::texts::minutes;

/// The longest address that is remembered over signing in.
const NEXT_CHARS_MAX: usize = 1024;

/// The sign-in page at one moment.
#[derive(Default)]
pub struct SignInPage<'a> {
    /// The name that was entered before.
    pub username: &'a str,
    /// Where to go afterwards; checked by [`local_path`].
    pub next: Option<&'a str>,
    /// What kept the person out.
    pub problems: &'a [SignInProblem],
    /// Whether there is an identity provider to sign in through.
    pub provider: bool,
}

/// Why somebody is not signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInProblem {
    /// The name is missing.
    NoUsername,
    /// The password is missing.
    NoPassword,
    /// Name and password do not belong together.
    WrongCredentials,
    /// Too many attempts.
    Locked {
        /// Seconds until the next attempt can succeed.
        seconds: u32,
    },
    /// The identity provider did not say who this is.
    ProviderSaidNo,
    /// It did, and there is no account for them.
    NoAccount,
    /// Our own fault.
    Trouble,
}

impl SignInProblem {
    /// The id of the field to mend, where it is a matter of one.
    const fn field(self) -> Option<&'static str> {
        match self {
            Self::NoUsername | Self::WrongCredentials => Some("username"),
            Self::NoPassword => Some("password"),
            Self::Locked { .. } | Self::ProviderSaidNo | Self::NoAccount | Self::Trouble => None,
        }
    }

    fn sentence(self, locale: Locale) -> String {
        let sentence = match self {
            Self::NoUsername => text!(locale, public.login_fault_username),
            Self::NoPassword => text!(locale, public.login_fault_password),
            Self::WrongCredentials => text!(locale, public.login_fault_credentials),
            Self::Locked { seconds } => {
                return text!(locale, public.login_fault_locked, count = minutes(seconds));
            }
            Self::ProviderSaidNo => text!(locale, public.login_fault_provider),
            Self::NoAccount => text!(locale, public.login_fault_no_account),
            Self::Trouble => text!(locale, public.login_fault_trouble),
        };
        sentence.to_owned()
    }
}

/// An address of this site to go to after signing in, or nothing when it might be another's.
///
/// Only `/path` forms: `//host`, `/\host` and anything that browsers skip while reading (tabs,
/// line ends) could lead elsewhere. Signing in must not lead back to signing in or out.
pub fn local_path(next: &str) -> Option<&str> {
    let plain = next.len() <= NEXT_CHARS_MAX
        && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let rooted = next.starts_with('/') && !next.starts_with("//");
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let circular = Locale::ALL.iter().any(|&locale| {
        let ours = [
            paths::login(locale),
            paths::login_code(locale),
            paths::login_sso(locale),
            paths::logout(locale),
        ];
        ours.iter().any(|ours| ours == path)
    });
    (plain && rooted && !circular).then_some(next)
}

/// The HTML of the sign-in page.
pub fn sign_in_page(locale: Locale, page: &SignInPage<'_>) -> String {
    let mut title = text!(
        locale,
        public.titled,
        page = text!(locale, public.login_title),
        place = text!(locale, public.product)
    );
    if !page.problems.is_empty() {
        title = text!(locale, public.titled_error, title = title);
    }
    shell::render(Document { locale, title, script: false }, || {
        view! {
            <body class="staff">
                {header(locale, page.next, paths::login)}
                <main>
                    {summary(locale, page.problems)}
                    <h1>{text!(locale, public.login_title)}</h1>
                    {form(locale, page)}
                    {provider(locale, page)}
                    <p class="hint">{text!(locale, public.login_help)}</p>
                </main>
            </body>
        }
        .into_any()
    })
}

/// Who we are, and the same page in the other language.
pub(super) fn header(
    locale: Locale,
    next: Option<&str>,
    here: impl Fn(Locale) -> String,
) -> AnyView {
    let other = locale.other();
    let next = next.map(|next| paths::in_locale(next, other));
    let switch = with_next(here(other), next.as_deref());
    view! {
        <header>
            <p class="brand">
                {text!(locale, public.product)}" "
                <span>{text!(locale, public.product_name)}</span>
            </p>
            <a class="lang" href=switch lang=other.as_str() dir=other.dir() hreflang=other.as_str()>
                {text!(locale, public.other_language)}
            </a>
        </header>
    }
    .into_any()
}

fn summary(locale: Locale, problems: &[SignInProblem]) -> Option<AnyView> {
    let faults = problems
        .iter()
        .map(|problem| Fault {
            sentence: problem.sentence(locale),
            control: problem.field().map(str::to_owned),
        })
        .collect();
    error_summary(locale, faults)
}

fn form(locale: Locale, page: &SignInPage<'_>) -> AnyView {
    let next =
        page.next.map(|next| view! { <input type="hidden" name="next" value=next.to_owned()/> });
    let fault = |field: &'static str| {
        let problem = page.problems.iter().find(|problem| problem.field() == Some(field))?;
        let id = format!("{field}-fault");
        Some(view! { <p class="err" id=id>{problem.sentence(locale)}</p> })
    };
    let faulty = |field: &str| page.problems.iter().any(|problem| problem.field() == Some(field));
    let described = |field: &str| faulty(field).then(|| format!("{field}-fault"));
    let invalid = |field: &str| faulty(field).then_some("true");
    view! {
        <form method="post" action=paths::login(locale) novalidate>
            {next}
            <label for="username">{text!(locale, public.login_username)}</label>
            {fault("username")}
            <input id="username" name="username" value=page.username.to_owned() dir="ltr"
                autocomplete="username" autocapitalize="none" spellcheck="false"
                aria-describedby=described("username") aria-invalid=invalid("username")/>
            <label for="password">{text!(locale, public.login_password)}</label>
            {fault("password")}
            <input id="password" name="password" type="password" dir="ltr"
                autocomplete="current-password"
                aria-describedby=described("password") aria-invalid=invalid("password")/>
            <button>{text!(locale, public.login_button)}</button>
        </form>
    }
    .into_any()
}

/// The way to the identity provider.
fn provider(locale: Locale, page: &SignInPage<'_>) -> Option<AnyView> {
    let to = page.provider.then(|| with_next(paths::login_sso(locale), page.next))?;
    let link = view! {
        <p class="hint or">{text!(locale, public.login_or)}</p>
        <a class="sso" href=to>{text!(locale, public.login_provider)}</a>
    };
    Some(link.into_any())
}

/// An address that remembers where to go afterwards.
pub(super) fn with_next(path: String, next: Option<&str>) -> String {
    match next {
        Some(next) => format!("{path}?next={}", percent_encoded(next)),
        None => path,
    }
}

/// For one value of a query string.
fn percent_encoded(value: &str) -> String {
    value.bytes().fold(String::with_capacity(value.len()), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
        encoded
    })
}
