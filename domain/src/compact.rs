//! Instants, days and answers on their way to our own pages.
//!
//! People and other systems read text (RFC 3339). Our pages read a compact form that is not meant for
//! eyes, and there these are numbers: the readers of the text would be a tenth of what the browser
//! loads (ADR 0018). Which of the two it is, serde's formats say themselves.

/// An instant: RFC 3339, or microseconds since 1970.
pub mod instant {
    use chrono::{DateTime, Utc};
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes it.
    ///
    /// # Errors
    /// The format's own.
    pub fn serialize<S: Serializer>(at: &DateTime<Utc>, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() { at.serialize(to) } else { at.timestamp_micros().serialize(to) }
    }

    /// Reads it.
    ///
    /// # Errors
    /// The format's own, and for a number that is no instant.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Utc>, D::Error> {
        if from.is_human_readable() {
            return DateTime::deserialize(from);
        }
        let micros = i64::deserialize(from)?;
        DateTime::from_timestamp_micros(micros).ok_or_else(|| D::Error::custom("no instant"))
    }
}

/// An instant that may be missing.
pub mod instant_option {
    use chrono::{DateTime, Utc};
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes it.
    ///
    /// # Errors
    /// The format's own.
    pub fn serialize<S: Serializer>(at: &Option<DateTime<Utc>>, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() {
            at.serialize(to)
        } else {
            at.map(|at| at.timestamp_micros()).serialize(to)
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// The format's own, and for a number that is no instant.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<DateTime<Utc>>, D::Error> {
        if from.is_human_readable() {
            return Option::deserialize(from);
        }
        let Some(micros) = Option::<i64>::deserialize(from)? else { return Ok(None) };
        let at = DateTime::from_timestamp_micros(micros);
        at.map(Some).ok_or_else(|| D::Error::custom("no instant"))
    }
}

/// A day: `2026-11-23`, or days since the year 1.
pub mod day {
    use chrono::{Datelike as _, NaiveDate};
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes it.
    ///
    /// # Errors
    /// The format's own.
    pub fn serialize<S: Serializer>(day: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() {
            day.serialize(to)
        } else {
            day.num_days_from_ce().serialize(to)
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// The format's own, and for a number that is no day.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
        if from.is_human_readable() {
            return NaiveDate::deserialize(from);
        }
        let days = i32::deserialize(from)?;
        NaiveDate::from_num_days_from_ce_opt(days).ok_or_else(|| D::Error::custom("no day"))
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate, Utc};
    use serde::{Deserialize, Serialize};

    use crate::surveys::Answer;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Wire {
        #[serde(with = "super::instant")]
        at: DateTime<Utc>,
        #[serde(with = "super::instant_option")]
        until: Option<DateTime<Utc>>,
        #[serde(with = "super::day")]
        on: NaiveDate,
        answers: Vec<Answer>,
    }

    fn wire(until: Option<&str>) -> Wire {
        Wire {
            at: "2026-11-23T07:00:00.000123Z".parse().unwrap(),
            until: until.map(|text| text.parse().unwrap()),
            on: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
            answers: vec![Answer::Number(9), Answer::YesNo(false), Answer::Words("نعم".into())],
        }
    }

    #[test]
    fn people_and_systems_read_text() {
        let json = serde_json::to_string(&wire(None)).unwrap();
        let expected = r#"{"at":"2026-11-23T07:00:00.000123Z","until":null,"on":"2026-11-23","answers":[9,false,"نعم"]}"#;
        assert_eq!(json, expected);
        assert_eq!(serde_json::from_str::<Wire>(&json).unwrap(), wire(None));
    }

    #[test]
    fn our_pages_read_the_same_from_the_compact_form() {
        for wire in [wire(None), wire(Some("1969-12-31T23:59:59.5Z"))] {
            let bytes = postcard::to_allocvec(&wire).unwrap();
            assert_eq!(postcard::from_bytes::<Wire>(&bytes).unwrap(), wire);
        }
    }

    #[test]
    fn a_number_that_is_no_instant_is_refused() {
        let bytes = postcard::to_allocvec(&i64::MAX).unwrap();
        let mut reader = postcard::Deserializer::from_bytes(&bytes);
        assert!(super::instant::deserialize(&mut reader).is_err());
    }
}
