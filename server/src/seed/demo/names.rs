//! Names for people who do not exist.

use super::data;
use crate::error::Result;

/// Names in both scripts.
pub(crate) struct Names(data::Data);

impl Names {
    /// A given name, in Arabic and in English.
    pub(crate) fn first(&self, is_female: bool, number: u32) -> (String, String) {
        pick(if is_female { &self.0.first_names.female } else { &self.0.first_names.male }, number)
    }

    /// A family name, in Arabic and in English.
    pub(crate) fn family(&self, number: u32) -> (String, String) {
        pick(&self.0.family_names, number)
    }

    /// The hospitals of the demo group, and its clinics: those departments that have physicians.
    pub(crate) fn places(&self) -> (Vec<String>, Vec<(usize, String)>) {
        let hospitals = self.0.hospitals.iter().map(|hospital| hospital.code.clone()).collect();
        let clinics = self.0.departments.iter().enumerate();
        let clinics = clinics.filter(|(_, department)| department.specialty.is_some());
        (hospitals, clinics.map(|(number, department)| (number, department.code.clone())).collect())
    }
}

/// The licence of a physician of the demo group: by the numbers of the hospital and of the department, and the
/// seat there, 0 or 1.
pub(crate) fn licence(hospital: usize, department: usize, seat: usize) -> String {
    format!("SCFHS-{}", 10_000 + hospital * 100 + department * 2 + seat)
}

/// The names of the demo data.
pub(crate) fn names() -> Result<Names> {
    Ok(Names(data::read()?))
}

fn pick(names: &[(String, String)], number: u32) -> (String, String) {
    let place = usize::try_from(number).unwrap_or_default() % names.len().max(1);
    names.get(place).cloned().unwrap_or_default()
}
