//! Statistics of coders and samples. Pure: numbers in, numbers out; no study, files, clock or chance of
//! its own.

pub mod saturation;
pub mod shuffle;
