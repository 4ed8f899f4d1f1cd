//! The outputs that reviewers, participants and colleagues ask for, one file each: what a study says,
//! as a [`crate::page::Page`].

pub mod appendix;
pub mod audit;
pub mod framework;
pub mod joint;
pub mod member;
pub mod methods;
pub mod quotes;
pub mod quoting;
pub mod report;
