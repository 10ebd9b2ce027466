//! To what an expression refers.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use hcl::expr::{Operation, Traversal, TraversalOperator};
use hcl::template::{Directive, Element};
use hcl::{Expression, ObjectKey, Template};

use super::{Address, Block};

impl Block {
    /// The resources and data sources to which its arguments refer.
    ///
    /// # Errors
    /// When a reference is to something else, or a template cannot be read.
    pub fn references(&self) -> Result<BTreeSet<Address>> {
        let mut found = BTreeSet::new();
        for (_, expression) in &self.attributes {
            walk(expression, &mut Vec::new(), &mut found)?;
        }
        Ok(found)
    }
}

impl Block {
    /// The arguments that refer to something else, which may change with it.
    pub fn referring(&self) -> impl Iterator<Item = &str> {
        let refers = |expression: &Expression| {
            let mut found = BTreeSet::new();
            walk(expression, &mut Vec::new(), &mut found).is_ok() && !found.is_empty()
        };
        let referring = self.attributes.iter().filter(move |(_, expression)| refers(expression));
        referring.map(|(name, _)| name.as_str())
    }
}

/// What a `for` names inside itself.
type Bound = Vec<String>;

fn walk(expression: &Expression, bound: &mut Bound, found: &mut BTreeSet<Address>) -> Result<()> {
    match expression {
        Expression::Null | Expression::Bool(_) | Expression::Number(_) | Expression::String(_) => Ok(()),
        Expression::Array(items) => items.iter().try_for_each(|item| walk(item, bound, found)),
        Expression::Object(fields) => fields.iter().try_for_each(|(key, value)| {
            if let ObjectKey::Expression(key) = key {
                walk(key, bound, found)?;
            }
            walk(value, bound, found)
        }),
        Expression::TemplateExpr(template) => template_in(&Template::from_expr(template)?, bound, found),
        Expression::Variable(variable) if bound.iter().any(|name| name == variable.as_str()) => Ok(()),
        Expression::Variable(variable) => bail!("{} is no reference", variable.as_str()),
        Expression::Traversal(traversal) => traversed(traversal, bound, found),
        Expression::FuncCall(call) => call.args.iter().try_for_each(|argument| walk(argument, bound, found)),
        Expression::Parenthesis(inner) => walk(inner, bound, found),
        Expression::Conditional(conditional) => {
            let parts = [&conditional.cond_expr, &conditional.true_expr, &conditional.false_expr];
            parts.into_iter().try_for_each(|part| walk(part, bound, found))
        }
        Expression::Operation(operation) => match operation.as_ref() {
            Operation::Unary(unary) => walk(&unary.expr, bound, found),
            Operation::Binary(binary) => {
                walk(&binary.lhs_expr, bound, found)?;
                walk(&binary.rhs_expr, bound, found)
            }
        },
        Expression::ForExpr(over) => {
            walk(&over.collection_expr, bound, found)?;
            let names = [Some(&over.value_var), over.key_var.as_ref()].into_iter().flatten();
            let before = bound.len();
            bound.extend(names.map(|name| name.as_str().to_owned()));
            let inner = [over.key_expr.as_ref(), Some(&over.value_expr), over.cond_expr.as_ref()];
            let walked = inner
                .into_iter()
                .flatten()
                .try_for_each(|part| walk(part, bound, found));
            bound.truncate(before);
            walked
        }
        other => bail!("a sample cannot have {other:?}"),
    }
}

fn template_in(template: &Template, bound: &mut Bound, found: &mut BTreeSet<Address>) -> Result<()> {
    template.elements().iter().try_for_each(|element| match element {
        Element::Literal(_) => Ok(()),
        Element::Interpolation(interpolation) => walk(&interpolation.expr, bound, found),
        Element::Directive(directive) => match directive.as_ref() {
            Directive::If(branch) => {
                walk(&branch.cond_expr, bound, found)?;
                template_in(&branch.true_template, bound, found)?;
                let otherwise = branch.false_template.as_ref();
                otherwise.map_or(Ok(()), |template| template_in(template, bound, found))
            }
            Directive::For(_) => bail!("a sample has no loop in a text"),
        },
    })
}

fn traversed(traversal: &Traversal, bound: &mut Bound, found: &mut BTreeSet<Address>) -> Result<()> {
    for operator in &traversal.operators {
        if let TraversalOperator::Index(index) = operator {
            walk(index, bound, found)?;
        }
    }
    let Expression::Variable(root) = &traversal.expr else {
        return walk(&traversal.expr, bound, found);
    };
    let attribute = |index: usize| match traversal.operators.get(index) {
        Some(TraversalOperator::GetAttr(name)) => Some(name.as_str().to_owned()),
        _ => None,
    };
    let (is_data, type_name, name) = match root.as_str() {
        known if bound.iter().any(|name| name == known) => return Ok(()),
        "var" | "path" => return Ok(()),
        "data" => (true, attribute(0), attribute(1)),
        known => (false, Some(known.to_owned()), attribute(0)),
    };
    match (type_name, name) {
        (Some(type_name), Some(name)) => {
            found.insert(Address {
                is_data,
                type_name,
                name,
            });
            Ok(())
        }
        _ => bail!("{} is no reference to an attribute of a resource", root.as_str()),
    }
}
