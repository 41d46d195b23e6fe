//! The texts that demo data is made of: `demo.json`.

use anyhow::Context as _;
use px360_domain::access::Role;
use px360_domain::{Bilingual, Locale};
use serde::Deserialize;

use crate::error::Result;

#[derive(Debug, Deserialize)]
pub(super) struct Data {
    pub(super) hospitals: Vec<Place>,
    pub(super) departments: Vec<Department>,
    pub(super) users: Vec<User>,
    pub(super) first_names: FirstNames,
    pub(super) family_names: Vec<(String, String)>,
    pub(super) comments: Comments,
    pub(super) resolutions: Vec<(String, String)>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Place {
    pub(super) code: String,
    pub(super) name: Bilingual,
}

#[derive(Debug, Deserialize)]
pub(super) struct Department {
    pub(super) code: String,
    pub(super) parent: Option<String>,
    pub(super) name: Bilingual,
    /// Departments with a specialty have physicians.
    pub(super) specialty: Option<Bilingual>,
}

#[derive(Debug, Deserialize)]
pub(super) struct User {
    pub(super) username: String,
    pub(super) role: Role,
    pub(super) hospital: Option<String>,
    pub(super) department: Option<String>,
    pub(super) language: Locale,
    pub(super) name: Bilingual,
    /// What they are employed as; nobody of a hospital without it.
    pub(super) title: Option<Bilingual>,
}

#[derive(Debug, Deserialize)]
pub(super) struct FirstNames {
    pub(super) female: Vec<(String, String)>,
    pub(super) male: Vec<(String, String)>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Comments {
    pub(super) bad: Vec<(String, String)>,
    pub(super) fair: Vec<(String, String)>,
    pub(super) good: Vec<(String, String)>,
}

pub(super) fn read() -> Result<Data> {
    let data = serde_json::from_str(include_str!("demo.json")).context("reading demo.json")?;
    Ok(data)
}
