//! How a patient left: who of them is asked about the end of a visit.

/// What a discharge disposition means for asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// Home, or whatever no rule speaks of.
    Usual,
    /// To another hospital, whose patient somebody is now.
    Transferred,
    /// Against the advice of those who treated.
    AgainstAdvice,
    /// The patient has died.
    Died,
}

impl Leaving {
    /// Reads a code of HL7 table 0112, or of FHIR's discharge dispositions.
    ///
    /// 02 (short-term hospital), 07 (left against advice), 20 and 40 to 42 (expired); `hosp`, `oth` and `psy` (other
    /// hospitals), `aadvice`, `exp`. What we do not know is usual.
    pub fn read(code: &str) -> Self {
        match code.trim().to_ascii_lowercase().as_str() {
            "02" | "2" | "hosp" | "oth" | "psy" => Self::Transferred,
            "07" | "7" | "aadvice" => Self::AgainstAdvice,
            "20" | "40" | "41" | "42" | "exp" => Self::Died,
            _ => Self::Usual,
        }
    }
}
