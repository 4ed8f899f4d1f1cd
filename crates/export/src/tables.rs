//! The tables, one file each: what it is asked, the sheet that it gives, the passages behind its cells.

pub mod cooccur;
pub mod coverage;
pub mod crosstab;
pub mod freq;
pub mod profile;
pub mod saturation;
pub mod sensitivity;
