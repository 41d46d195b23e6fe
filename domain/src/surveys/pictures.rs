//! Pictures of choices.

use serde::{Deserialize, Serialize};

use crate::ids::SurveyPictureId;

/// A picture that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptSurveyPicture {
    /// What choices name it by; the same for the same picture.
    pub id: SurveyPictureId,
}
