//! The content of a message, as it came: only for whoever asks, because that is remembered.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::ids::EventId;
use px360_domain::integrations::{EventFormat, RawEventView};

use super::server_fns::integrations_event_raw;
use crate::request::Request;
use crate::ui::button::{Button, InlineError};
use crate::ui::card::Card;

/// A button, and behind it the content.
#[component]
pub(super) fn RawCard(
    /// Whose content.
    id: EventId,
    /// In which format it came.
    format: EventFormat,
    /// Whether it was forgotten.
    culled: bool,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (request, raw) = (Request::new(), RwSignal::new(None::<RawEventView>));
    let show = Callback::new(move |()| {
        request.send(integrations_event_raw(id), move |content| {
            let _gone = raw.try_set(Some(content));
        });
    });
    let shown = move || match raw.get() {
        Some(RawEventView { payload: Some(payload), .. }) => content(locale, format, &payload),
        Some(RawEventView { payload: None, .. }) => forgotten(locale),
        None if culled => forgotten(locale),
        None => view! {
            <div class="stack">
                <p class="hint">{text!(locale, integrations.raw_hint)}</p>
                <div>
                    <Button
                        label=text!(locale, integrations.raw_show)
                        icon="eye"
                        pending=request.pending()
                        press=show
                    />
                </div>
            </div>
        }
        .into_any(),
    };
    view! {
        <Card title=text!(locale, integrations.raw) id="raw">
            {shown}
            <InlineError error=Signal::derive(move || request.error())/>
        </Card>
    }
}

fn forgotten(locale: Locale) -> AnyView {
    view! { <p class="hint">{text!(locale, integrations.raw_forgotten)}</p> }.into_any()
}

fn content(locale: Locale, format: EventFormat, payload: &str) -> AnyView {
    // Segments of HL7 end with a carriage return, which no browser shows as the end of a line.
    let text = match format {
        EventFormat::Hl7v2 => payload.replace("\r\n", "\n").replace('\r', "\n"),
        EventFormat::Json | EventFormat::Fhir => payload.to_owned(),
    };
    view! {
        <pre
            class="raw-message"
            dir="ltr"
            tabindex="0"
            role="region"
            aria-label=text!(locale, integrations.raw_text)
        >
            {text}
        </pre>
    }
    .into_any()
}
