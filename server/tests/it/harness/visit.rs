//! Events of one outpatient visit, as a hospital's system would send them.

use px360_domain::integrations::{EventReceipt, EventReceiptItem, ReceiptStatus};
use px360_server::integrations::{self, RawEvent};
use px360_server::jobs::{self, Wake};
use serde_json::{Value, json};

use super::TestApp;

/// A visit to the cardiology clinic in Riyadh that began at 09:00 on 2026-11-23.
pub(crate) struct Visit {
    encounter: String,
    patient: Value,
}

/// A visit of Sara Alqahtani.
pub(crate) fn visit(encounter: &str) -> Visit {
    let patient = json!({
        "mrn": format!("M-{encounter}"), "name_ar": "سارة القحطاني", "name_en": "Sara Alqahtani",
        "mobile": "0500001234", "language": "ar", "sex": "female",
    });
    Visit { encounter: encounter.to_owned(), patient }
}

impl Visit {
    /// With something else said of the patient.
    pub(crate) fn with_patient(mut self, key: &str, value: Value) -> Self {
        self.patient[key] = value;
        self
    }

    /// One event, so many minutes after nine.
    pub(crate) fn event(&self, code: &str, minutes: u32) -> Value {
        json!({
            "source_event_id": format!("{}-{code}", self.encounter),
            "event_code": code,
            "occurred_at": format!("2026-11-23T09:{minutes:02}:00+03:00"),
            "encounter_id": self.encounter,
            "hospital": "RYD",
            "department": "CARD",
            "physician": "SCFHS-10002",
            "patient": self.patient,
            "data": {},
        })
    }

    /// Sends one event and applies it.
    pub(crate) async fn send(&self, app: &TestApp, code: &str, minutes: u32) -> EventReceiptItem {
        let item = send(app, self.event(code, minutes)).await;
        assert_eq!(item.status, ReceiptStatus::Accepted, "{:?}", item.errors);
        jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
        item
    }

    /// Sends and applies the whole visit.
    pub(crate) async fn all(&self, app: &TestApp) {
        let steps = [
            ("OPD_REGISTERED", 0),
            ("OPD_TRIAGED", 10),
            ("OPD_CONSULTED", 30),
            ("OPD_DISPENSED", 45),
        ];
        let events = steps.map(|(code, minutes)| self.event(code, minutes));
        let receipt = send_all(app, &events).await;
        assert!(receipt.items.iter().all(|item| item.status == ReceiptStatus::Accepted));
        jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    }
}

/// Hands one event in.
pub(crate) async fn send(app: &TestApp, event: Value) -> EventReceiptItem {
    send_all(app, &[event]).await.items.remove(0)
}

/// Hands events in, in one request.
pub(crate) async fn send_all(app: &TestApp, events: &[Value]) -> EventReceipt {
    let raw = events.iter().map(|event| RawEvent::json(event.to_string())).collect();
    integrations::receive_events(&app.source().await, raw).await.unwrap()
}
