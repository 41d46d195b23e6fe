//! Files that patients add to their answers.

use serde::{Deserialize, Serialize};

use crate::ids::SurveyFileId;

/// The largest file that is taken, in bytes.
pub const SURVEY_FILE_BYTES_MAX: usize = 10 << 20;

/// The longest name of a file, in characters.
const NAME_CHARS_MAX: usize = 80;

closed_enum! {
    /// What a file is kept as.
    pub enum SurveyFileFormat {
        /// A picture, made anew from whatever came: without place, device and day.
        Jpeg => "jpeg",
        /// A document, as it came.
        Pdf => "pdf",
    }
}

impl SurveyFileFormat {
    /// As browsers are told.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Pdf => "application/pdf",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => ".jpg",
            Self::Pdf => ".pdf",
        }
    }

    /// The name of a file of this format: what its sender called it, with the ending of what it is.
    ///
    /// Without folders, and without characters that are not seen or turn the line around. At most 84 characters; only the
    /// ending where nothing else is left.
    pub fn name(self, sent: &str) -> String {
        let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = last.rsplit_once('.').map_or(last, |(stem, _ending)| stem);
        let seen = |c: &char| !c.is_control() && !is_direction(*c) && !"\"<>|:*?".contains(*c);
        let stem: String = stem.chars().filter(seen).take(NAME_CHARS_MAX).collect();
        format!("{}{}", stem.trim(), self.ending())
    }
}

/// Marks that turn what follows around, so that `gpj.exe` reads as another name.
const fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A file that was added to an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyFile {
    /// What the answer names it by.
    pub id: SurveyFileId,
    /// What it is called, with an ending that tells what it is.
    pub name: String,
    /// What it is kept as.
    pub format: SurveyFileFormat,
    /// How long it is, in bytes.
    pub size: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_the_file_is_and_nothing_else() {
        let jpeg = |sent| SurveyFileFormat::Jpeg.name(sent);
        assert_eq!(jpeg("IMG_0042.HEIC"), "IMG_0042.jpg");
        assert_eq!(jpeg("صورة الجرح.png"), "صورة الجرح.jpg");
        assert_eq!(jpeg("../../etc/passwd"), "passwd.jpg");
        assert_eq!(jpeg("C:\\fakepath\\a.b.webp"), "a.b.jpg");
        assert_eq!(jpeg("bill\u{202e}fdp.exe\r\n\0"), "billfdp.jpg");
        assert_eq!(jpeg(""), ".jpg");
        assert_eq!(SurveyFileFormat::Pdf.name(&"ن".repeat(500)).chars().count(), 84);
    }
}
