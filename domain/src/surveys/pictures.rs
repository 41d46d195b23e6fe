//! Pictures of choices.

use serde::{Deserialize, Serialize};

use crate::ids::SurveyPictureId;

/// The largest file that a picture is taken from, in bytes.
pub const SURVEY_PICTURE_BYTES_MAX: usize = 8 << 20;

/// A picture that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptSurveyPicture {
    /// What choices name it by; the same for the same picture.
    pub id: SurveyPictureId,
}
