//! The templates in `xtask/templates`: each page stands there as it will read, with the places that differ between braces.

use std::fs;

use anyhow::{Context, Result, bail};
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value};

use crate::process::root;

const FOLDER: &str = "xtask/templates";

/// All templates, by their paths below `xtask/templates`.
pub struct Templates(Environment<'static>);

impl Templates {
    /// Reads them.
    ///
    /// # Errors
    /// When one cannot be read, or is no template.
    pub fn read() -> Result<Self> {
        let mut environment = Environment::new();
        // A line with nothing but a tag leaves nothing in the page, so a template is laid out as its page is.
        environment.set_syntax(
            SyntaxConfig::builder()
                .trim_blocks(true)
                .lstrip_blocks(true)
                .keep_trailing_newline(true)
                .build()?,
        );
        // A name that no context has is a mistake in the template, not an empty text in the page.
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        for folder in ["new", "pages", "readme"] {
            let entries = fs::read_dir(root().join(FOLDER).join(folder));
            for entry in entries.with_context(|| format!("cannot read {FOLDER}/{folder}"))? {
                let file = entry?.file_name().to_string_lossy().into_owned();
                let name = format!("{folder}/{file}");
                let text = fs::read_to_string(root().join(FOLDER).join(&name))?;
                environment.add_template_owned(name, text)?;
            }
        }
        Ok(Self(environment))
    }

    /// The page that a template makes of a context, with one line break at its end.
    ///
    /// # Errors
    /// When the template is not there, names what the context does not have, or makes nothing.
    pub fn render(&self, name: &str, context: Value) -> Result<String> {
        let template = self.0.get_template(name)?;
        let page = template
            .render(context)
            .with_context(|| format!("in {FOLDER}/{name}"))?;
        if page.trim().is_empty() {
            bail!("{FOLDER}/{name} makes an empty text");
        }
        Ok(format!("{}\n", page.trim_end()))
    }
}
