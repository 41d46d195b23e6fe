//! What stands around every staff page: top bar, navigation, the place for messages.
//!
//! Knows who is signed in and where one is; nothing about any page.

mod cheat_sheet;
mod commands;
mod frame;
mod nav;
mod places;
mod profile;
mod scope;
mod topbar;

pub(crate) use frame::{Frame, MeResource, Nowhere, Opening};
pub(crate) use places::opening_address;
pub(crate) use scope::{HOSPITAL, name_of};
