//! A schema as text: a line for each attribute, which says all that configurations and states depend on.
//!
//! ```text
//! resource twilio_queue
//! version: 0
//! identity version: 0
//! identity sid: string, required for import
//! friendly_name: string, required
//! limits: set of objects, optional
//! limits.count: number, optional, computed, default 5
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result, ensure};
use terraform_provider_twilio::framework::codec::encode_json;
use terraform_provider_twilio::framework::identity::IdentitySchema;
use terraform_provider_twilio::framework::provider::{FunctionSignature, Parameter, Provider};
use terraform_provider_twilio::framework::schema::{
    Attribute, AttributeType, Block, BlockNesting, NestedBlock, Nesting, Schema,
};
use terraform_provider_twilio::framework::types::Type;

/// What there are types of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Provider,
    Resource,
    DataSource,
    EphemeralResource,
    ListResource,
    Action,
    Function,
}

/// A type of the provider, as far as others depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Snapshot {
    pub(super) kind: Kind,
    pub(super) name: String,
    /// Version of the stored state.
    pub(super) version: i64,
    pub(super) identity: Option<Identity>,
    /// Attributes and blocks by their paths.
    pub(super) attributes: BTreeMap<String, Line>,
}

/// What names an object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) version: i64,
    pub(super) attributes: BTreeMap<String, Line>,
}

/// An attribute: its type, and what else is said of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) ty: String,
    pub(super) words: Vec<String>,
}

pub(super) const REQUIRED: &str = "required";
pub(super) const OPTIONAL: &str = "optional";
pub(super) const COMPUTED: &str = "computed";
pub(super) const SENSITIVE: &str = "sensitive";
pub(super) const WRITE_ONLY: &str = "write-only";
pub(super) const REPLACES: &str = "replaces";
/// Of an argument of a function.
pub(super) const NULLABLE: &str = "nullable";
pub(super) const REQUIRED_FOR_IMPORT: &str = "required for import";
/// What a default, and the bounds of a block, begin with.
pub(super) const DEFAULT: &str = "default ";
pub(super) const AT_LEAST: &str = "at least ";
pub(super) const AT_MOST: &str = "at most ";

const KINDS: [(Kind, &str, &str); 7] = [
    (Kind::Provider, "provider", "provider"),
    (Kind::Resource, "resource", "resources"),
    (Kind::DataSource, "data source", "data-sources"),
    (Kind::EphemeralResource, "ephemeral resource", "ephemeral-resources"),
    (Kind::ListResource, "list resource", "list-resources"),
    (Kind::Action, "action", "actions"),
    (Kind::Function, "function", "functions"),
];

impl Kind {
    fn row(self) -> (Kind, &'static str, &'static str) {
        KINDS.into_iter().find(|(kind, ..)| *kind == self).unwrap_or(KINDS[0])
    }

    /// What it is called in a sentence.
    pub(super) fn noun(self) -> &'static str {
        self.row().1
    }
}

impl Line {
    pub(super) fn is(&self, word: &str) -> bool {
        self.words.iter().any(|own| own == word)
    }

    /// What follows the word that begins like this.
    pub(super) fn value(&self, beginning: &str) -> Option<&str> {
        self.words.iter().find_map(|word| word.strip_prefix(beginning))
    }
}

impl Snapshot {
    /// The file that it has, below the folder of all.
    pub(super) fn file(&self) -> String {
        let (_, _, folder) = self.kind.row();
        format!("{folder}/{}.txt", self.name)
    }

    /// As text.
    pub(super) fn write(&self) -> String {
        let mut text = format!("{} {}\n", self.kind.noun(), self.name);
        if self.kind == Kind::Resource {
            let _ = writeln!(text, "version: {}", self.version);
        }
        if let Some(identity) = &self.identity {
            let _ = writeln!(text, "identity version: {}", identity.version);
            lines(&mut text, "identity ", &identity.attributes);
        }
        lines(&mut text, "", &self.attributes);
        text
    }

    /// From text.
    pub(super) fn read(text: &str) -> Result<Self> {
        let mut lines = text.lines();
        let title = lines.next().unwrap_or_default();
        let (noun, name) = title.rsplit_once(' ').context("the first line says what it is")?;
        let known = KINDS.into_iter().find(|(_, known, _)| *known == noun);
        let (kind, ..) = known.with_context(|| format!("there is no kind {noun:?}"))?;
        let mut snapshot = Self {
            kind,
            name: name.to_owned(),
            version: 0,
            identity: None,
            attributes: BTreeMap::new(),
        };
        for (position, line) in lines.enumerate() {
            let (name, rest) = line
                .split_once(": ")
                .with_context(|| format!("{line:?} has no colon"))?;
            match (name, name.strip_prefix("identity ")) {
                // An attribute may be called so, too. The versions stand before all attributes.
                ("version", _) if kind == Kind::Resource && position == 0 => snapshot.version = rest.parse()?,
                ("identity version", _) if snapshot.identity.is_none() => {
                    snapshot.identity.get_or_insert_default().version = rest.parse()?;
                }
                (_, Some(name)) => {
                    let identity = snapshot.identity.get_or_insert_default();
                    let attributes = &mut identity.attributes;
                    ensure!(
                        attributes.insert(name.to_owned(), read_line(rest)).is_none(),
                        "{name} stands twice"
                    );
                }
                _ => {
                    let attributes = &mut snapshot.attributes;
                    ensure!(
                        attributes.insert(name.to_owned(), read_line(rest)).is_none(),
                        "{name} stands twice"
                    );
                }
            }
        }
        Ok(snapshot)
    }
}

fn lines(text: &mut String, prefix: &str, attributes: &BTreeMap<String, Line>) {
    for (name, line) in attributes {
        let _ = write!(text, "{prefix}{name}: {}", line.ty);
        line.words.iter().for_each(|word| {
            let _ = write!(text, ", {word}");
        });
        text.push('\n');
    }
}

fn read_line(text: &str) -> Line {
    let (text, default) = match text.split_once(", default ") {
        // A default may have a comma in it, so it stands last.
        Some((text, default)) => (text, Some(format!("{DEFAULT}{default}"))),
        None => (text, None),
    };
    let mut words = text.split(", ").map(str::to_owned);
    Line {
        ty: words.next().unwrap_or_default(),
        words: words.chain(default).collect(),
    }
}

/// All that a provider offers.
pub(super) fn of_provider(provider: &impl Provider) -> Result<Vec<Snapshot>> {
    let mut all = vec![of_schema(Kind::Provider, "twilio", &provider.schema(), None)?];
    for resource in provider.resources() {
        let identity = resource.identity();
        all.push(of_schema(
            Kind::Resource,
            resource.type_name(),
            &resource.schema(),
            identity.as_ref(),
        )?);
    }
    for source in provider.data_sources() {
        all.push(of_schema(Kind::DataSource, source.type_name(), &source.schema(), None)?);
    }
    for resource in provider.ephemeral_resources() {
        all.push(of_schema(
            Kind::EphemeralResource,
            resource.type_name(),
            &resource.schema(),
            None,
        )?);
    }
    for list in provider.list_resources() {
        all.push(of_schema(Kind::ListResource, list.type_name(), &list.schema(), None)?);
    }
    for action in provider.actions() {
        all.push(of_schema(Kind::Action, action.type_name(), &action.schema(), None)?);
    }
    let functions = provider.functions();
    all.extend(
        functions
            .iter()
            .map(|function| of_function(function.name(), &function.signature())),
    );
    Ok(all)
}

/// A function: its arguments by their positions, since nobody writes their names, and the attributes of its result.
pub(super) fn of_function(name: &str, signature: &FunctionSignature) -> Snapshot {
    let argument = |parameter: &Parameter, word: &str| Line {
        ty: of_type(&parameter.ty),
        words: (parameter.allow_null.then_some(NULLABLE).into_iter())
            .chain([word])
            .map(str::to_owned)
            .collect(),
    };
    let positions = signature.parameters.iter().zip(1..);
    let mut attributes: BTreeMap<_, _> = positions
        .map(|(parameter, position)| (format!("argument {position}"), argument(parameter, REQUIRED)))
        .collect();
    if let Some(variadic) = &signature.variadic {
        attributes.insert("further arguments".to_owned(), argument(variadic, OPTIONAL));
    }
    result(&mut attributes, "result", &signature.result);
    Snapshot {
        kind: Kind::Function,
        name: name.to_owned(),
        version: 0,
        identity: None,
        attributes,
    }
}

/// A result, with the attributes of an object or of several on lines of their own: there may be more of them later.
fn result(all: &mut BTreeMap<String, Line>, path: &str, ty: &Type) {
    let (title, fields) = match ty {
        Type::Object(fields) => ("object".to_owned(), Some(fields)),
        Type::List(element) => match element.as_ref() {
            Type::Object(fields) => ("list of objects".to_owned(), Some(fields)),
            _ => (of_type(ty), None),
        },
        _ => (of_type(ty), None),
    };
    for (name, ty) in fields.into_iter().flatten() {
        result(all, &format!("{path}.{name}"), ty);
    }
    let words = vec![COMPUTED.to_owned()];
    all.insert(path.to_owned(), Line { ty: title, words });
}

/// One type.
pub(super) fn of_schema(
    kind: Kind,
    name: &str,
    schema: &Schema,
    identity: Option<&IdentitySchema>,
) -> Result<Snapshot> {
    let mut attributes = BTreeMap::new();
    block(&mut attributes, "", &schema.block)?;
    let identity = identity.map(|identity| Identity {
        version: identity.version,
        attributes: (identity.attributes.iter())
            .map(|attribute| {
                let words = attribute.required_for_import.then(|| REQUIRED_FOR_IMPORT.to_owned());
                let line = Line {
                    ty: of_type(&attribute.ty),
                    words: words.into_iter().collect(),
                };
                (attribute.name.to_string(), line)
            })
            .collect(),
    });
    Ok(Snapshot {
        kind,
        name: name.to_owned(),
        version: schema.version,
        identity,
        attributes,
    })
}

fn block(all: &mut BTreeMap<String, Line>, path: &str, block: &Block) -> Result<()> {
    for attribute in &block.attributes {
        add(all, path, attribute)?;
    }
    for nested in &block.blocks {
        let NestedBlock {
            name,
            nesting,
            min_items,
            max_items,
            block: inner,
        } = nested;
        let ty = match nesting {
            BlockNesting::Single => "block",
            BlockNesting::Group => "block that is always there",
            BlockNesting::List => "list of blocks",
            BlockNesting::Set => "set of blocks",
            BlockNesting::Map => "map of blocks",
        };
        let bound = |beginning: &str, bound: i64| (bound > 0).then(|| format!("{beginning}{bound}"));
        let words = bound(AT_LEAST, *min_items)
            .into_iter()
            .chain(bound(AT_MOST, *max_items));
        let path = format!("{path}{name}");
        let line = Line {
            ty: ty.to_owned(),
            words: words.collect(),
        };
        all.insert(path.clone(), line);
        self::block(all, &format!("{path}."), inner)?;
    }
    Ok(())
}

fn add(all: &mut BTreeMap<String, Line>, path: &str, attribute: &Attribute) -> Result<()> {
    let flags = [
        (attribute.required, REQUIRED),
        (attribute.optional, OPTIONAL),
        (attribute.computed, COMPUTED),
        (attribute.sensitive, SENSITIVE),
        (attribute.write_only, WRITE_ONLY),
        (attribute.requires_replace, REPLACES),
    ];
    let flags = flags
        .into_iter()
        .filter(|(is_set, _)| *is_set)
        .map(|(_, word)| word.to_owned());
    let mut words: Vec<String> = flags.collect();
    if let Some(default) = &attribute.default {
        let json = encode_json(default, &attribute.value_type()).context("a default fits its attribute")?;
        words.push(format!("{DEFAULT}{}", json));
    }
    let path = format!("{path}{}", attribute.name);
    let ty = match &attribute.ty {
        AttributeType::Plain(ty) => of_type(ty),
        AttributeType::Nested(nested) => {
            for inner in &nested.attributes {
                add(all, &format!("{path}."), inner)?;
            }
            match nested.nesting {
                Nesting::Single => "object",
                Nesting::List => "list of objects",
                Nesting::Set => "set of objects",
                Nesting::Map => "map of objects",
            }
            .to_owned()
        }
    };
    all.insert(path, Line { ty, words });
    Ok(())
}

fn of_type(ty: &Type) -> String {
    match ty {
        Type::String => "string".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Dynamic => "any".to_owned(),
        Type::List(element) => format!("list of {}", of_type(element)),
        Type::Set(element) => format!("set of {}", of_type(element)),
        Type::Map(element) => format!("map of {}", of_type(element)),
        // No comma, which parts the words of a line.
        Type::Object(fields) => {
            let fields = fields.iter().map(|(name, ty)| format!("{name} {}", of_type(ty)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join("; "))
        }
        Type::Tuple(elements) => {
            let elements = elements.iter().map(of_type);
            format!("[{}]", elements.collect::<Vec<_>>().join("; "))
        }
    }
}
