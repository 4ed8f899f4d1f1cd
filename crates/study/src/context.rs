//! A context: who acts, on which device, when, with what chance, and where things outside the study
//! lie.
//!
//! Everything that a study would otherwise ask of its surroundings comes in here, so that a test
//! needs no environment, no clock and no home.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use model::problem::Problem;
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};

use crate::config::Config;
use crate::disk::{Disk, RealDisk};

/// What time it is.
#[derive(Clone, Copy, Debug, Default)]
pub enum Clock {
    /// The clock of this computer.
    #[default]
    Real,
    /// Always the same instant.
    Fixed(Timestamp),
}

impl Clock {
    /// The present instant.
    pub fn now(self) -> Timestamp {
        match self {
            Self::Real => Timestamp::now(),
            Self::Fixed(instant) => instant,
        }
    }

    /// Milliseconds since 1970; 0 before.
    pub fn millis(self) -> u64 {
        u64::try_from(self.now().as_millisecond()).unwrap_or(0)
    }

    /// The present instant in RFC 3339, to the second.
    pub fn rfc3339(self) -> String {
        let now = self.now();
        Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
    }
}

/// Where chance comes from.
#[derive(Clone)]
pub struct Random(Arc<Mutex<StdRng>>);

impl Random {
    /// Chance of the system.
    pub fn real() -> Self {
        Self(Arc::new(Mutex::new(StdRng::from_os_rng())))
    }

    /// The same chance every time.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// 32 random bits.
    pub fn next_u32(&self) -> u32 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).next_u32()
    }

    /// A device id: six letters and digits that are not mistaken for each other.
    pub fn device(&self) -> String {
        const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
        let bits = self.next_u32();
        (0..6).map(|i| char::from(LETTERS[(bits >> (5 * i) & 31) as usize])).collect()
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random")
    }
}

/// Who acts and where.
#[derive(Clone)]
pub struct Context {
    /// Who acts, when that was said: `--coder`, `$VERBATIM_CODER` or `config.toml`, in that order.
    pub coder: Option<String>,
    /// The login name, which is only a proposal.
    pub login: Option<String>,
    /// Id of this device.
    pub device: String,
    /// Whether `config.toml` holds the device id already.
    pub device_kept: bool,
    /// The folder of `config.toml`; none where there is no home.
    pub config_dir: Option<PathBuf>,
    /// The folder of all caches; none where there is no home: nothing is cached then.
    pub cache_base: Option<PathBuf>,
    /// What time it is.
    pub clock: Clock,
    /// Where chance comes from.
    pub random: Random,
    /// Where journals are appended.
    pub disk: Arc<dyn Disk>,
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("coder", &self.coder)
            .field("device", &self.device)
            .field("config_dir", &self.config_dir)
            .field("cache_base", &self.cache_base)
            .finish_non_exhaustive()
    }
}

impl Context {
    /// The context of this process: its environment, home and login.
    pub fn from_environment() -> (Self, Vec<Problem>) {
        let variables: HashMap<String, String> = std::env::vars_os()
            .filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?)))
            .collect();
        Self::from_variables(&variables)
    }

    /// The context that environment variables describe.
    pub fn from_variables(variables: &HashMap<String, String>) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let get = |key: &str| variables.get(key).map(String::as_str).filter(|v| !v.is_empty());
        let home = get("HOME").or_else(|| get("USERPROFILE")).map(PathBuf::from);
        let below = |folder: &str| home.as_ref().map(|h| h.join(folder));
        let (user_config, user_cache) = if cfg!(target_os = "macos") {
            (below("Library/Application Support"), below("Library/Caches"))
        } else if cfg!(windows) {
            (get("APPDATA").map(PathBuf::from), get("LOCALAPPDATA").map(PathBuf::from))
        } else {
            let absolute = |key: &str| get(key).map(PathBuf::from).filter(|p| p.is_absolute());
            (
                absolute("XDG_CONFIG_HOME").or_else(|| below(".config")),
                absolute("XDG_CACHE_HOME").or_else(|| below(".cache")),
            )
        };
        let config_dir =
            get("VERBATIM_CONFIG").map(PathBuf::from).or_else(|| user_config.map(|p| p.join("verbatim")));
        let cache_base =
            get("VERBATIM_CACHE").map(PathBuf::from).or_else(|| user_cache.map(|p| p.join("verbatim")));
        let clock = match get("VERBATIM_NOW").map(|now| (now, now.parse::<Timestamp>())) {
            None => Clock::Real,
            Some((_, Ok(instant))) => Clock::Fixed(instant),
            Some((now, Err(_))) => {
                problems.push(Problem::warning(
                    "$VERBATIM_NOW",
                    format!("{now:?} is no RFC 3339 instant; the clock is used"),
                ));
                Clock::Real
            }
        };
        let random = match get("VERBATIM_SEED").map(|seed| (seed, seed.parse::<u64>())) {
            None => Random::real(),
            Some((_, Ok(seed))) => Random::seeded(seed),
            Some((seed, Err(_))) => {
                problems.push(Problem::warning(
                    "$VERBATIM_SEED",
                    format!("{seed:?} is no whole number; it is not used"),
                ));
                Random::real()
            }
        };
        let config = match config_dir.as_ref().map(|dir| Config::read(&dir.join("config.toml"))) {
            None => Config::default(),
            Some(Ok(config)) => config,
            Some(Err(why)) => {
                problems.push(Problem::warning("config.toml", format!("cannot be read: {why}")));
                Config::default()
            }
        };
        let fresh = random.device();
        let kept = config.get("device").filter(|d| crate::slug::is_slug(d));
        let context = Self {
            coder: get("VERBATIM_CODER")
                .map(str::to_owned)
                .or_else(|| config.get("coder").filter(|c| !c.is_empty())),
            login: get("USER").or_else(|| get("LOGNAME")).or_else(|| get("USERNAME")).map(str::to_owned),
            device_kept: kept.is_some(),
            device: kept.unwrap_or(fresh),
            config_dir,
            cache_base,
            clock,
            random,
            disk: Arc::new(RealDisk),
        };
        (context, problems)
    }

    /// A context for tests: configuration and cache below `folder`, a fixed clock and fixed chance.
    pub fn fixed(folder: &Path, coder: &str, seed: u64) -> Self {
        let random = Random::seeded(seed);
        Self {
            coder: Some(coder.to_owned()),
            login: None,
            device: random.device(),
            device_kept: false,
            config_dir: Some(folder.join("config")),
            cache_base: Some(folder.join("cache")),
            clock: Clock::Fixed(Timestamp::from_second(1_767_225_600).unwrap_or_default()),
            random,
            disk: Arc::new(RealDisk),
        }
    }

    /// The same context with another coder.
    #[must_use]
    pub fn with_coder(mut self, coder: &str) -> Self {
        self.coder = Some(coder.to_owned());
        self
    }

    /// Where the configuration of this person lies.
    pub fn config_path(&self) -> Option<PathBuf> {
        self.config_dir.as_ref().map(|d| d.join("config.toml"))
    }

    /// The configuration of this person; empty where there is none.
    pub fn config(&self) -> Config {
        self.config_path().and_then(|p| Config::read(&p).ok()).unwrap_or_default()
    }

    /// Sets one value of the configuration. Where it cannot be written, it holds for this run only.
    pub fn keep(&self, key: &str, value: &str) -> bool {
        let Some(path) = self.config_path() else { return false };
        let Ok(mut config) = Config::read(&path) else { return false };
        config.set(key, value);
        config.write(&path).is_ok()
    }

    /// Keeps the device id for the next run.
    pub(crate) fn keep_device(&mut self) {
        if !self.device_kept {
            // Tried once a run: without a home every run is a device of its own.
            self.device_kept = true;
            self.keep("device", &self.device);
        }
    }

    /// Takes a new device id, after another was seen to write under the old one.
    pub(crate) fn new_device(&mut self) {
        let old = self.device.clone();
        while self.device == old {
            self.device = self.random.device();
        }
        self.device_kept = false;
        self.keep_device();
    }
}
