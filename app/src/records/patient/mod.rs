//! What a patient's page has besides: what happened to them, and who they are for whoever says why.

mod glass;
mod timeline;

pub(super) use glass::{GlassCard, GlassNote};
pub(super) use timeline::TimelineCard;
