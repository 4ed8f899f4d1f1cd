//! The shell: everything that touches the world.
pub use loop_::run;
mod loop_ { 
/// Shows the screen.
pub fn run(options: crate::Options) -> Result<(), crate::TuiError> { drop(options); Err(crate::TuiError::NoTerminal) } }
