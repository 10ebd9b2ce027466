//! TaskRouter's expressions: what they say, and whether it is true of a JSON object.
//! <https://www.twilio.com/docs/taskrouter/expression-syntax>
//!
//! Comparisons of constants and keys, grouped by parentheses, `AND` and `OR`. A key that the object does not have is null. Scalar
//! operators on an array are false, and so are array operators on two scalars. Words are taken in any case, as Twilio's pages
//! write `in` and `IN`; one `=` is taken for two, as public code writes it.

mod parse;
mod time;

use serde_json::Value;

use crate::store::Body;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expression {
    /// All are true.
    And(Vec<Expression>),
    /// One of them is true.
    Or(Vec<Expression>),
    /// A comparison.
    Compare(Operand, Operator, Operand),
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    /// A constant, or an array of constants.
    Constant(Value),
    /// A key: names and indices.
    Key(Vec<Step>),
}

/// A part of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// A member.
    Name(String),
    /// An item.
    Index(usize),
}

/// How two sides are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    /// `==`, `=`
    Equal,
    /// `!=`
    Unequal,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// The text on the left has the text on the right in it.
    Contains,
    /// The array on the left has the value on the right.
    Has,
    /// The value on the left is in the array on the right.
    In,
    /// The value on the left is not in the array on the right.
    NotIn,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        parse::whole(text)
    }

    /// Whether it is true of an object.
    pub(crate) fn is_true_of(&self, known: &Body) -> bool {
        self.is_true_in(&[known])
    }

    /// Whether it is true of several objects together: a key is of the first that has it.
    pub(crate) fn is_true_in(&self, known: &[&Body]) -> bool {
        match self {
            Self::And(parts) => parts.iter().all(|part| part.is_true_in(known)),
            Self::Or(parts) => parts.iter().any(|part| part.is_true_in(known)),
            Self::Compare(left, operator, right) => operator.holds(left.value(known), right.value(known)),
        }
    }

    /// Puts what an object has in place of the keys that begin with its name; returns all of it, in the order of the text.
    pub(crate) fn bind(&mut self, name: &str, object: &Body) -> Vec<Value> {
        let mut bound = Vec::new();
        for operand in self.operands() {
            let Operand::Key(path) = operand else { continue };
            let rest = match path.split_first() {
                Some((Step::Name(first), rest)) if first == name => rest,
                _ => continue,
            };
            let value = found(rest, object).unwrap_or(&NULL).clone();
            bound.push(value.clone());
            *operand = Operand::Constant(value);
        }
        bound
    }

    /// Both sides of all comparisons.
    fn operands(&mut self) -> Vec<&mut Operand> {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter_mut().flat_map(Self::operands).collect(),
            Self::Compare(left, _, right) => vec![left, right],
        }
    }
}

const NULL: Value = Value::Null;

impl Operand {
    fn value<'v>(&'v self, known: &[&'v Body]) -> &'v Value {
        let path = match self {
            Self::Constant(value) => return value,
            Self::Key(path) => path.as_slice(),
        };
        let mut known = known.iter();
        known
            .find_map(|known| found(path, known).or_else(|| of_worker(path, known)))
            .unwrap_or(&NULL)
    }
}

fn found<'v>(path: &[Step], known: &'v Body) -> Option<&'v Value> {
    let (first, rest) = path.split_first()?;
    let Step::Name(first) = first else { return None };
    rest.iter().try_fold(known.get(first)?, |value, step| match step {
        Step::Name(name) => value.get(name),
        Step::Index(index) => value.get(*index),
    })
}

/// `worker.activity_name`, as it stands in workflows, where there is no member of the name `worker`.
fn of_worker<'v>(path: &[Step], known: &'v Body) -> Option<&'v Value> {
    let (first, rest) = path.split_first()?;
    (*first == Step::Name("worker".to_owned()))
        .then(|| found(rest, known))
        .flatten()
}

impl Operator {
    fn holds(self, left: &Value, right: &Value) -> bool {
        match (self, left, right) {
            (Self::Has, Value::Array(items), value) if !value.is_array() => has(items, value),
            (Self::In, value, Value::Array(items)) if !value.is_array() => has(items, value),
            (Self::NotIn, value, Value::Array(items)) if !value.is_array() => !has(items, value),
            (Self::Has | Self::In | Self::NotIn, ..) | (_, Value::Array(_), _) | (_, _, Value::Array(_)) => false,
            (Self::Equal, ..) => same(left, right),
            (Self::Unequal, ..) => !same(left, right),
            (Self::Contains, Value::String(left), Value::String(right)) => left.contains(right.as_str()),
            (Self::Contains, ..) => false,
            _ => order(left, right).is_some_and(|order| match self {
                Self::Greater => order.is_gt(),
                Self::GreaterOrEqual => order.is_ge(),
                Self::Less => order.is_lt(),
                _ => order.is_le(),
            }),
        }
    }
}

fn has(items: &[Value], value: &Value) -> bool {
    items.iter().any(|item| same(item, value))
}

/// `1` and `1.0` are the same number.
fn same(left: &Value, right: &Value) -> bool {
    match (left.as_f64(), right.as_f64()) {
        (Some(left), Some(right)) => left.total_cmp(&right).is_eq(),
        _ => left == right,
    }
}

/// Numbers and texts have an order, each among themselves.
fn order(left: &Value, right: &Value) -> Option<std::cmp::Ordering> {
    match (left, right) {
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn is_true(text: &str, known: &Value) -> bool {
        let expression = Expression::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
        expression.is_true_of(known.as_object().expect("an object"))
    }

    /// The examples of the page.
    #[test]
    fn keys_are_looked_up_and_missing_ones_are_null() {
        let known = json!({"string_const": "foo", "object": {"array": ["a", "b", "c"], "attr": "bar"}});
        for text in [
            "1 == 1",
            "0 != 1",
            r#""apple" != "orange""#,
            r#"object.param != "apple""#,
            "string_const == 'foo'",
            "object.array HAS 'b'",
            "object.array[2] == 'c'",
            r#"object.attr == "bar""#,
            "missing == null",
            "object.array[9] == NULL",
            "'bar' == object.attr",
        ] {
            assert!(is_true(text, &known), "{text}");
        }
        for text in [
            "object == 'x'",
            "string_const == 'Foo'",
            "missing > 1",
            "missing IN ['a']",
        ] {
            assert!(!is_true(text, &known), "{text}");
        }
    }

    #[test]
    fn operators_compare_what_they_are_made_for() {
        let known = json!({"languages": ["en", "fr"], "level": 5.5, "vip": true, "name": "Ada Lovelace", "one": "en"});
        for text in [
            "languages HAS 'en'",
            "languages has \"fr\"",
            "'fr' IN languages",
            "one IN ['en', \"es\"]",
            "one NOT IN ['de']",
            "one not in ['de']",
            "level > 5",
            "level >= 5.5 AND level <= 5.5",
            "level < 6",
            "level != 5",
            "vip == true",
            "vip != false",
            "name CONTAINS 'Love'",
            "name contains 'Ada'",
            "one = 'en'",
            "1.0 == 1",
            "1.00==1",
        ] {
            assert!(is_true(text, &known), "{text}");
        }
        for text in [
            "languages == 'en'",
            "languages != 'xx'",
            "languages CONTAINS 'en'",
            "one HAS 'en'",
            "one IN 'en'",
            "one NOT IN 'de'",
            "level == '5.5'",
            "level CONTAINS 5",
            "vip == 'true'",
            "name > 5",
        ] {
            assert!(!is_true(text, &known), "{text}");
        }
    }

    #[test]
    fn or_binds_less_than_and_and_parentheses_bind_most() {
        let known = json!({"a": 1, "b": 2});
        assert!(is_true("a == 1 OR a == 9 AND b == 9", &known));
        assert!(!is_true("(a == 1 OR a == 9) AND b == 9", &known));
        assert!(is_true("((a == 1) AND (b == 2))", &known));
        assert!(is_true("(a==2) or (b==2)", &known));
    }

    #[test]
    fn a_worker_may_be_named() {
        let known = json!({"activity_name": "Idle", "x": 1});
        assert!(is_true("worker.activity_name in ['Idle', 'Busy']", &known));
        assert!(is_true("worker.x == 1 AND activity_name == 'Idle'", &known));
    }

    #[test]
    fn what_is_said_of_another_object_can_be_put_in() {
        let mut bound = Expression::parse("worker.n >= task.n AND (id IN task.ids OR task.none == null)").expect("one");
        let task = json!({"n": 3, "ids": ["a"]});
        let values = bound.bind("task", task.as_object().expect("an object"));
        assert_eq!(values, [json!(3), json!(["a"]), json!(null)]);
        let rest = json!({"n": 4, "task": {"n": 9}});
        assert!(bound.is_true_in(&[rest.as_object().expect("an object")]));
    }

    #[test]
    fn a_key_is_of_the_first_object_that_has_it() {
        let (one, two) = (json!({"a": 1}), json!({"a": 2, "b": 3}));
        let expression = Expression::parse("a == 1 AND b == 3").expect("one");
        let both = [&one, &two].map(|known| known.as_object().expect("an object"));
        assert!(expression.is_true_in(&both));
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for text in [
            "",
            "a",
            "a ==",
            "== 1",
            "a == 1 AND",
            "(a == 1",
            "a == 1)",
            "a == 'x",
            "a ~ 1",
            "a-b == 1",
            "a == 1 b == 2",
            "a IN ['x'",
            "a[ == 1",
            "a. == 1",
            "NOT a == 1",
            "a IN [b]",
            "a IN [['b']]",
        ] {
            assert!(Expression::parse(text).is_err(), "{text}");
        }
    }

    /// Each of these once ended the process: what calls itself for each of them needs more stack than there is.
    #[test]
    fn what_is_long_or_deep_is_read_or_refused() {
        let deep = "(".repeat(100_000) + "1 == 1" + &")".repeat(100_000);
        for text in [deep, format!("a IN {}", "[".repeat(100_000)), "[".repeat(100_000)] {
            assert!(Expression::parse(&text).is_err(), "{:.20}", text);
        }
        for joint in ["OR", "AND"] {
            let long = vec!["1 == 1"; 100_000].join(&format!(" {joint} "));
            assert!(is_true(&long, &json!({})), "{joint}");
        }
    }
}
