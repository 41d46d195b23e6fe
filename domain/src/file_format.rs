//! In which shape a list is taken along.

closed_enum! {
    /// A file that spreadsheets open.
    pub enum FileFormat {
        /// Comma-separated values (RFC 4180), UTF-8 with a byte order mark.
        Csv => "csv",
        /// An Office Open XML workbook (ISO/IEC 29500). Every cell is text: numbers keep their zeros, and
        /// nothing is a formula.
        Xlsx => "xlsx",
    }
}

impl FileFormat {
    /// What HTTP calls it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}
