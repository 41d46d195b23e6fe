//! What a message says of a visit.

use std::collections::BTreeSet;

use crate::integrations::Told;
use crate::integrations::reading::short;
use crate::journeys::PatientClass;
use chrono::{DateTime, Utc};

use super::{Reader, time};

impl Reader<'_> {
    /// When it happened: EVN-6, else EVN-2, else MSH-7.
    pub(super) fn occurred_at(&mut self) -> Option<DateTime<Utc>> {
        let event = self.message.segment("EVN");
        let told = [
            ("EVN-6", event.field(6).value()),
            ("EVN-2", event.field(2).value()),
            ("MSH-7", self.message.segment("MSH").field(7).value()),
        ];
        let first = told.into_iter().find_map(|(place, value)| Some((place, value?)));
        match first {
            Some((place, text)) => {
                time::instant(&text).or_else(|| self.found.fault(place, "time_invalid"))
            }
            None => self.found.fault("EVN-6", "required"),
        }
    }

    /// The visit number: PV1-19, else PV1-50; of appointments the filler's or the placer's number.
    pub(super) fn encounter(&mut self) -> Option<String> {
        let visit = self.message.segment("PV1");
        let schedule = self.message.segment("SCH");
        let number = visit.field(19).value().or_else(|| visit.field(50).value());
        let number =
            number.or_else(|| schedule.field(2).value()).or_else(|| schedule.field(1).value())?;
        self.found.required("PV1-19", Some(number))
    }

    pub(super) fn told(
        &mut self,
        code: &str,
        at: DateTime<Utc>,
        wanted: &BTreeSet<String>,
    ) -> Told {
        let visit = self.message.segment("PV1");
        let class = visit.field(2).value();
        let known_class = class.as_deref().and_then(PatientClass::read);
        if class.is_some() && known_class.is_none() {
            self.found.warn("PV1-2", "class_unknown");
        }
        let place = visit.field(3).first();
        let ward = place.component(1).value();
        let location = [1, 2, 3].map(|part| place.component(part).value());
        let location = location.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        // Whoever attends; at the admission perhaps only who admitted.
        let physician = visit.field(7).value().or_else(|| visit.field(17).value());
        let fields = wanted
            .iter()
            .filter_map(|path| Some((path.clone(), self.message.at(path).and_then(short)?)));
        Told {
            at,
            code: code.to_owned(),
            class: known_class,
            department: ward.or_else(|| visit.field(10).value()).and_then(short),
            physician: physician.and_then(short),
            location: Some(location).filter(|location| !location.is_empty()).and_then(short),
            disposition: visit.field(36).value().and_then(short),
            fields: fields.collect(),
        }
    }
}
