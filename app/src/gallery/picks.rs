//! Scales, days and searches.

use chrono::NaiveDate;
use leptos::prelude::*;
use px360_domain::search::fit;

use crate::ui::combobox::{Combobox, Pick, Search};
use crate::ui::fields::{
    DateInput, DateRange, DateRangeInput, FieldSpec, Preset, ScaleInput, ScaleLook,
};

pub(super) fn section() -> AnyView {
    let locale = crate::texts::current();
    let text = |words: &str| RwSignal::new(words.to_owned());
    let picked = RwSignal::new(None::<Pick>);
    let created = RwSignal::new(String::new());
    let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap_or_default();
    let presets = vec![
        Preset {
            label: text!(locale, gallery.this_week),
            range: DateRange { from: day(22), to: day(28) },
        },
        Preset {
            label: text!(locale, gallery.this_month),
            range: DateRange { from: day(1), to: day(30) },
        },
    ];
    let (low, high) = (text!(locale, gallery.not_likely), text!(locale, gallery.very_likely));
    let pieces = view! {
        <div class="gallery-form">
            <ScaleInput
                field=FieldSpec::new("g-nps", text!(locale, gallery.recommend))
                value=text("")
                range=(0, 10)
                low=low
                high=high
                look=ScaleLook::Numbers
            />
            <ScaleInput
                field=FieldSpec::new("g-stars", text!(locale, gallery.nursing))
                value=text("3")
                range=(1, 5)
                low=text!(locale, gallery.poor)
                high=text!(locale, gallery.excellent)
                look=ScaleLook::Stars
            />
            <DateInput
                field=FieldSpec::new("g-day", text!(locale, gallery.visit_day))
                value=text("2026-11-23")
            />
            <DateRangeInput
                field=FieldSpec::new("g-range", text!(locale, gallery.period))
                ids=("g-from", "g-to")
                from=text("2026-11-01")
                to=text("2026-11-30")
                presets=presets
            />
            <Combobox
                field=FieldSpec::new("g-doctor", text!(locale, gallery.physician))
                    .hint(text!(locale, gallery.physician_hint))
                value=picked
                search=Search::new(find)
                create=Callback::new(move |words| created.set(words))
            />
            <p class="hint" id="g-created">{created}</p>
        </div>
    };
    super::section("g-picks", text!(locale, gallery.picks), pieces.into_any())
}

/// People whom the gallery knows; a page asks the server.
async fn find(words: String) -> Result<Vec<Pick>, crate::UiError> {
    const PEOPLE: [(&str, &str, &str, bool); 4] = [
        ("1", "د. سارة القحطاني", "Dr. Sara Alqahtani", true),
        ("2", "د. أحمد الحربي", "Dr. Ahmed Alharbi", true),
        ("3", "د. مصطفى الغامدي", "Dr. Mustafa Alghamdi", true),
        ("4", "د. نورة الشمري", "Dr. Noura Alshammari", false),
    ];
    let locale = crate::texts::of_path(&window().location().pathname().unwrap_or_default());
    let known = PEOPLE.iter().filter(|(_, ar, en, _)| fit(&words, &[ar, en]).is_some());
    Ok(known
        .map(|(value, ar, en, here)| Pick {
            value: (*value).to_owned(),
            label: if locale == px360_domain::Locale::Ar { ar } else { en }.to_string(),
            detail: None,
            why_not: (!here).then(|| text!(locale, gallery.on_leave).to_owned()),
        })
        .collect())
}
