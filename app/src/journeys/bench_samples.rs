//! Messages to begin with, one of each format.

use leptos::prelude::*;
use px360_domain::Locale;

/// Our own JSON.
const JSON: &str = r#"{
  "source_event_id": "TRY-1",
  "event_code": "OPD_REGISTERED",
  "occurred_at": "2026-11-24T10:15:00+03:00",
  "encounter_id": "TRY-OPD-1",
  "hospital": "RYD",
  "patient": { "mrn": "TRY-1", "name_en": "Test" }
}"#;

/// HL7 v2: an emergency registration and the discharge.
const HL7: &str = "MSH|^~\\&|HIS|RYD|PX360|PX360|20261124101500+0300||ADT^A04^ADT_A01|TRY-2|P|2.5|||AL|NE||UNICODE UTF-8
EVN|A04|20261124101500+0300
PID|1||TRY-2^^^RYD^MR||Patient^Test||19900412|F
PV1|1|E|ER^1^2^RYD||||||||||||||||TRY-EMS-1
MSH|^~\\&|HIS|RYD|PX360|PX360|20261124121500+0300||ADT^A03^ADT_A03|TRY-3|P|2.5|||AL|NE||UNICODE UTF-8
EVN|A03|20261124121500+0300
PID|1||TRY-2^^^RYD^MR||Patient^Test||19900412|F
PV1|1|E|ER^1^2^RYD||||||||||||||||TRY-EMS-1";

/// FHIR R4: a stay in a bed.
const FHIR: &str = r#"{
  "resourceType": "Bundle", "type": "message", "identifier": { "value": "TRY-4" },
  "entry": [
    { "resource": { "resourceType": "Encounter", "id": "TRY-INP-1",
      "identifier": [{ "value": "TRY-INP-1" }], "status": "in-progress",
      "class": { "code": "IMP" },
      "statusHistory": [
        { "status": "arrived", "period": { "start": "2026-11-24T10:15:00+03:00" } }
      ],
      "subject": { "reference": "Patient/p" },
      "location": [{ "location": { "identifier": { "value": "CARD" }, "display": "CARD^12^B" } }],
      "serviceProvider": { "identifier": { "value": "RYD" } } } },
    { "resource": { "resourceType": "Patient", "id": "p",
      "identifier": [{ "type": { "coding": [{ "code": "MR" }] }, "value": "TRY-4" }],
      "name": [{ "family": "Test" }],
      "managingOrganization": { "identifier": { "value": "RYD" } } } }
  ]
}"#;

/// A button for each format.
pub(super) fn samples(locale: Locale, payload: RwSignal<String>) -> AnyView {
    let buttons = [("JSON", JSON), ("HL7 v2", HL7), ("FHIR R4", FHIR)]
        .into_iter()
        .map(|(label, text)| {
            view! {
                <button
                    r#type="button"
                    class="button button-quiet"
                    on:click=move |_| payload.set(text.to_owned())
                >
                    <span dir="ltr">{label}</span>
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="samples" role="group" aria-labelledby="samples">
            <span id="samples" class="hint">{text!(locale, journeys.bench_samples)}</span>
            {buttons}
        </div>
    }
    .into_any()
}
