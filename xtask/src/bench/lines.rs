//! What was measured.

/// The line of each figure, said as soon as it is known: a measurement that breaks off later takes none away.
#[derive(Default)]
pub(super) struct Lines(Vec<String>);

impl Lines {
    pub(super) fn push(&mut self, line: String) {
        println!("{line}");
        self.0.push(line);
    }

    /// All of them once more, together.
    pub(super) fn repeat(&self) {
        for line in &self.0 {
            println!("{line}");
        }
    }
}
