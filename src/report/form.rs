//! The forms of what is written for machines, with their JSON Schemas (draft 2020-12), which are made of
//! the very records that are written.

use super::json::document;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// A form of JSON that is written.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Its name and version, as what is written says it: `escalade-run/1`.
    pub format: &'static str,
    /// The command and the options that write it: `run --format json`.
    pub written_by: &'static str,
    make: fn(SchemaGenerator) -> Schema,
}

impl Form {
    /// The form of a record that says so under `format`.
    pub(crate) const fn new<T: JsonSchema>(format: &'static str, written_by: &'static str) -> Self {
        Self { format, written_by, make: SchemaGenerator::into_root_schema_for::<T> }
    }

    /// Its name, without program and version: `run`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        let (name, _) = self.format.split_once('/').unwrap_or((self.format, ""));
        name.strip_prefix("escalade-").unwrap_or(name)
    }

    /// Its JSON Schema. Keys that it does not name are allowed: later versions may add some.
    #[must_use]
    pub fn schema(&self) -> String {
        let settings = SchemaSettings::draft2020_12().for_serialize();
        let settings = settings.with_transform(RecursiveTransform(plain));
        let mut schema = (self.make)(settings.into_generator());
        let id = format!("urn:{}", self.format.replacen('-', ":", 1));
        schema.insert("$id".to_owned(), id.into());
        schema.insert("title".to_owned(), self.format.into());
        document(&Ordered { value: schema.as_value(), keys: Keys::OfSchema })
    }
}

/// Takes out what only means something in Rust: line breaks of comments, sizes of numbers, and what
/// keys stand for that are not there when they are read.
fn plain(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = text.replace('\n', " ");
    }
    schema.remove("default");
    let is_text = match schema.get("type") {
        Some(Value::Array(types)) => types.iter().any(|one| one == "string"),
        Some(one) => one == "string",
        None => false,
    };
    if !is_text {
        schema.remove("format");
    }
}

/// Part of a schema, with its keys in the order in which they are looked for.
struct Ordered<'a> {
    value: &'a Value,
    keys: Keys<'a>,
}

/// What the keys of an object are.
enum Keys<'a> {
    /// Those of JSON Schema.
    OfSchema,
    /// Those of a record: in the order of `required`, which is that of what is written.
    OfRecord(Option<&'a Value>),
    /// Names of records.
    Names,
}

/// Keys of JSON Schema: what it is about, then what it demands.
const FIRST: [&str; 9] =
    ["$schema", "$id", "title", "description", "type", "format", "const", "enum", "properties"];

impl Keys<'_> {
    fn place(&self, key: &str) -> usize {
        let place = match self {
            Self::OfSchema if key == "$defs" => None,
            Self::OfSchema => FIRST.iter().position(|one| *one == key).or(Some(FIRST.len())),
            Self::OfRecord(required) => required
                .and_then(Value::as_array)
                .and_then(|required| required.iter().position(|one| one == key)),
            Self::Names => None,
        };
        place.unwrap_or(usize::MAX)
    }
}

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::Object(object) => {
                let mut entries: Vec<(&String, &Value)> = object.iter().collect();
                entries.sort_by_key(|(key, _)| self.keys.place(key));
                serializer.collect_map(entries.into_iter().map(|(key, value)| {
                    let keys = match (&self.keys, key.as_str()) {
                        (Keys::OfSchema, "properties") => Keys::OfRecord(object.get("required")),
                        (Keys::OfSchema, "$defs") => Keys::Names,
                        _ => Keys::OfSchema,
                    };
                    (key, Ordered { value, keys })
                }))
            }
            Value::Array(items) => {
                let items = items.iter();
                serializer.collect_seq(items.map(|value| Ordered { value, keys: Keys::OfSchema }))
            }
            other => other.serialize(serializer),
        }
    }
}
