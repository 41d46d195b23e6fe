//! Hospitals, departments, physicians and patients.
//!
//! For now what event intake needs of them: looking codes up, and keeping a patient's description
//! current. Their own pages come with the organizations module. Everyone may use this module.

mod describe_patients;
mod directory;
mod hospitals_within;
mod store;

pub use describe_patients::{PatientDescription, absorb_patient_in, describe_patients_in};
pub use directory::{Directory, directory_in};
pub use hospitals_within::{hospitals_within, must_reach_owner};
