//! E5xxx, the file of defaults.

super::registry! {
    /// What is no TOML.
    NOT_TOML = "E5001";
    /// A key that the file of defaults does not have, or a lint that does not exist.
    UNKNOWN_KEY = "E5002";
    /// A value of the wrong kind, or a level that does not exist.
    BAD_VALUE = "E5003";
    /// A text that is no likelihood, or a word that cannot be one.
    NO_LIKELIHOOD = "E5004";
}
