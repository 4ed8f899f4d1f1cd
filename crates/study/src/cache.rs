//! A cache: derived data of one study, in the user's cache folder, for its owner's eyes only.
//!
//! It holds participants' words, so folders are 0700 and files 0600, and it never lies in a shared
//! temporary folder. Deleting it loses nothing.

use std::path::{Path, PathBuf};
use std::{fs, io};

use model::state::State;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::atomic;
use crate::context::Context;

/// Where a study says that its derived data may lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// In the user's cache folder.
    #[default]
    Home,
    /// In the study, in `.cache`.
    Study,
    /// Nowhere: in memory only.
    None,
}

impl Place {
    /// Reads the value of the setting `cache`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "home" => Some(Self::Home),
            "study" => Some(Self::Study),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}

/// The folder of a study's derived data, made if it is not there; none where nothing may be cached
/// or no folder can be made.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: Option<PathBuf>,
}

impl Cache {
    /// The cache of the study with this id in this folder. Nothing is made yet.
    pub fn new(study: &Path, id: &str, place: Place, context: &Context) -> Self {
        let folder = match place {
            Place::None => None,
            Place::Study => Some(study.join(".cache")),
            Place::Home => context.cache_base.as_ref().map(|base| {
                let path = fs::canonicalize(study).unwrap_or_else(|_| study.to_owned());
                let hash = Sha256::digest(path.as_os_str().as_encoded_bytes());
                let hash = hash.iter().take(4).fold(String::new(), |s, b| format!("{s}{b:02x}"));
                base.join(format!("{id}-{hash}"))
            }),
        };
        Self { folder }
    }

    /// The same where the study's acts say.
    pub(crate) fn chosen(study: &Path, id: &str, state: &State, context: &Context) -> Self {
        let place = state.setting("cache").and_then(Value::as_str).and_then(Place::parse);
        Self::new(study, id, place.unwrap_or_default(), context)
    }

    /// Where it lies, whether or not it is there.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Makes it, and gives its folder.
    ///
    /// # Errors
    /// What the system says.
    pub fn make(&self) -> io::Result<Option<&Path>> {
        let Some(folder) = self.folder.as_deref() else { return Ok(None) };
        if !folder.is_dir() {
            atomic::private_folder(folder)?;
            if folder.ends_with(".cache") {
                // A cache inside the study must not travel with it.
                atomic::replace_private(&folder.join(".gitignore"), b"*\n")?;
            }
        }
        Ok(Some(folder))
    }

    /// Reads a file of it; none if it is not there.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.folder.as_ref()?.join(name)).ok()
    }

    /// Writes a file of it; nothing happens where there is no cache.
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        match self.make()? {
            Some(folder) => atomic::replace_private(&folder.join(name), bytes),
            None => Ok(()),
        }
    }

    /// Writes a file that can be made again and tells whether it is whole; see
    /// [`atomic::replace_derived`].
    ///
    /// # Errors
    /// What the system says.
    pub fn write_derived(&self, name: &str, parts: &[&[u8]]) -> io::Result<()> {
        match self.make()? {
            Some(folder) => atomic::replace_derived(&folder.join(name), parts),
            None => Ok(()),
        }
    }

    /// Removes it with all that it holds.
    ///
    /// # Errors
    /// What the system says.
    pub fn forget(&self) -> io::Result<()> {
        match self.folder.as_ref().map(fs::remove_dir_all) {
            Some(Err(why)) if why.kind() != io::ErrorKind::NotFound => Err(why),
            _ => Ok(()),
        }
    }
}
