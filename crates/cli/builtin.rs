//! The codebooks that come with the program.

/// Name, as `--codebook` takes it, and the text of the file.
pub(crate) const CODEBOOKS: [(&str, &str); 5] = [
    ("flexicurity", include_str!("../../codebooks/flexicurity.json")),
    ("flexicurity-principles", include_str!("../../codebooks/flexicurity-principles.json")),
    ("flexicurity-matrix", include_str!("../../codebooks/flexicurity-matrix.json")),
    ("context-factors", include_str!("../../codebooks/context-factors.json")),
    ("interview-guide", include_str!("../../codebooks/interview-guide.json")),
];

/// The codebook with a name.
pub(crate) fn codebook(name: &str) -> Option<&'static str> {
    CODEBOOKS.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
}
