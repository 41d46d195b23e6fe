//! How an invitation reaches a patient as a text message, for whoever writes its words.

use serde::{Deserialize, Serialize};

use super::super::piping::{Placeholder, filled};
use crate::{Bilingual, Locale};

/// What stands around the words of an invitation, and what it costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageSample {
    /// The words where a survey has none of its own.
    pub usual: Bilingual,
    /// The whole message, with `{words}`, `{link}` and `{stop}` in their places.
    pub frame: Bilingual,
    /// A hospital that may send it.
    pub hospital: Bilingual,
    /// As long as a real link.
    pub link: String,
    /// As long as a real link to where messages are stopped.
    pub stop: String,
    /// What one part costs, in halalas; none where nobody said.
    pub segment_halalas: Option<u32>,
}

impl MessageSample {
    /// The message that these words make.
    pub fn message(&self, words: &Bilingual, locale: Locale) -> String {
        let own = words.written(locale).trim();
        let words = if own.is_empty() { self.usual.written(locale) } else { own };
        let words = filled(words, &|name| match name {
            Placeholder::Hospital => self.hospital.written(locale).to_owned(),
            other => other.unknown(locale).to_owned(),
        });
        self.frame
            .written(locale)
            .replace("{link}", &self.link)
            .replace("{stop}", &self.stop)
            .replace("{words}", &words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_words_stand_where_the_usual_ones_did_and_a_name_that_is_not_known_reads_well() {
        let sample = MessageSample {
            usual: Bilingual::new("{hospital}: قيّموا", "{hospital}: please rate"),
            frame: Bilingual::new("{words}\n{link}", "{words}\n{link}\n{stop}"),
            hospital: Bilingual::new("المركزي", "Central"),
            link: "L".to_owned(),
            stop: "S".to_owned(),
            segment_halalas: None,
        };
        let nothing = Bilingual::new(" ", "");
        assert_eq!(sample.message(&nothing, Locale::Ar), "المركزي: قيّموا\nL");
        let own = Bilingual::new("", "How was {physician} at {hospital}?");
        assert_eq!(sample.message(&own, Locale::En), "How was your doctor at Central?\nL\nS");
    }
}
