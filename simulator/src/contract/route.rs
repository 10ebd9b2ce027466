//! From host, method and path to the operation that answers.

use std::collections::HashMap;

use super::{Contract, Operation, Spec};

/// An operation found for a request, with the values of its path parameters.
#[derive(Debug, Clone)]
pub struct Route {
    /// Canonical host of the objects (`messaging.twilio.com`, whatever city or region was asked, and whichever host for uploads).
    pub host: String,
    /// File of the operation.
    pub spec: &'static Spec,
    /// The operation.
    pub operation: &'static Operation,
    /// Path parameters in order of appearance, percent-decoded.
    pub path_params: Vec<(String, String)>,
    /// Path of the request without `.json`.
    pub path: String,
}

impl Route {
    /// Value of a path parameter.
    pub fn path_param(&self, name: &str) -> Option<&str> {
        self.path_params
            .iter()
            .find(|(param, _)| param == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Why no operation answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteError {
    /// No product has this host.
    UnknownHost,
    /// The product has no such path.
    UnknownPath,
    /// The path exists, with other methods.
    WrongMethod,
}

#[derive(Debug, Default)]
pub(super) struct HostRoutes {
    /// Templates by count of segments.
    by_length: HashMap<usize, Vec<Template>>,
}

#[derive(Debug)]
struct Template {
    segments: Vec<Segment>,
    json_suffix: bool,
    methods: Vec<(String, usize, usize)>,
}

#[derive(Debug, PartialEq)]
enum Segment {
    Literal(String),
    Param(String),
}

/// The routes of a host, whose files stand at these indexes.
fn index<'c>(files: impl Iterator<Item = (usize, &'c Spec)>) -> HostRoutes {
    let mut routes = HostRoutes::default();
    for (spec_index, spec) in files {
        for (operation_index, operation) in spec.operations.iter().enumerate() {
            let segments: Vec<Segment> = operation.template().split('/').skip(1).map(segment).collect();
            let templates = routes.by_length.entry(segments.len()).or_default();
            let entry = (operation.method.clone(), spec_index, operation_index);
            let same = templates
                .iter_mut()
                .find(|template| same_shape(&template.segments, &segments));
            match same {
                // Two files describe some paths (content v1 and its SDK view); the first one wins.
                Some(template) if template.methods.iter().any(|(method, ..)| *method == entry.0) => {}
                Some(template) => template.methods.push(entry),
                None => templates.push(Template {
                    segments,
                    json_suffix: operation.path.ends_with(".json"),
                    methods: vec![entry],
                }),
            }
        }
    }
    for templates in routes.by_length.values_mut() {
        // Literal segments beat parameters from the left, so `/Flows/Validate` is no flow called "Validate".
        templates.sort_by_key(|template| {
            template
                .segments
                .iter()
                .map(|segment| matches!(segment, Segment::Param(_)))
                .collect::<Vec<bool>>()
        });
    }
    routes
}

/// The product's own host of a Host header: port and `city.region` or region are dropped
/// (`api.dublin.ie1.twilio.com`, `api.ie1.twilio.com` are `api.twilio.com`).
pub(crate) fn canonical_host(host: &str) -> String {
    let host = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) {
            name
        } else {
            host
        }
    });
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    match host.strip_suffix(".twilio.com") {
        Some(labels) => {
            let labels: Vec<&str> = labels.split('.').collect();
            match labels.as_slice() {
                [product] | [product, _] | [product, _, _] => format!("{product}.twilio.com"),
                _ => host,
            }
        }
        None => host,
    }
}

impl Contract {
    /// Whether a product is served at this canonical host.
    pub fn has_host(&self, host: &str) -> bool {
        self.routes.contains_key(host)
    }

    /// The operation that answers a method and path at a host.
    ///
    /// # Errors
    /// Which part of the request has no counterpart in the contract.
    pub fn route(&'static self, host: &str, method: &str, path: &str) -> Result<Route, RouteError> {
        let host = canonical_host(host);
        let routes = self.routes.get(&host).ok_or(RouteError::UnknownHost)?;
        let own = self.files.iter().enumerate().filter(|(_, file)| file.host() == host);
        let routes = routes.get_or_init(|| index(own.map(|(at, file)| (at, file.spec()))));
        let bare = path.strip_suffix(".json").unwrap_or(path);
        let has_suffix = bare.len() != path.len();
        let segments: Vec<&str> = bare.split('/').skip(1).collect();
        let whole: Vec<&str> = path.split('/').skip(1).collect();
        let mut found_path = false;
        for template in routes.by_length.get(&segments.len()).into_iter().flatten() {
            if template.json_suffix && !has_suffix {
                // The 2010 API answers XML without `.json`; no client of ours wants that, so it is no route.
                continue;
            }
            // Elsewhere a suffix is a part of a key.
            let (segments, path) = match template.json_suffix {
                true => (&segments, bare),
                false => (&whole, path),
            };
            let Some(path_params) = matches(&template.segments, segments) else {
                continue;
            };
            found_path = true;
            let Some((_, spec, operation)) = template.methods.iter().find(|(known, ..)| known == method) else {
                continue;
            };
            let spec = self.files[*spec].spec();
            let operation = &spec.operations[*operation];
            return Ok(Route {
                host: spec.home().to_owned(),
                spec,
                operation,
                path_params,
                path: path.to_owned(),
            });
        }
        Err(if found_path {
            RouteError::WrongMethod
        } else {
            RouteError::UnknownPath
        })
    }
}

fn matches(template: &[Segment], segments: &[&str]) -> Option<Vec<(String, String)>> {
    let mut params = Vec::new();
    for (segment, value) in template.iter().zip(segments) {
        match segment {
            Segment::Literal(literal) if literal == value => {}
            Segment::Literal(_) => return None,
            Segment::Param(_) if value.is_empty() => return None,
            Segment::Param(name) => {
                let value = percent_encoding::percent_decode_str(value)
                    .decode_utf8_lossy()
                    .into_owned();
                params.push((name.clone(), value));
            }
        }
    }
    Some(params)
}

fn segment(text: &str) -> Segment {
    match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
        Some(name) => Segment::Param(name.to_owned()),
        None => Segment::Literal(text.to_owned()),
    }
}

fn same_shape(left: &[Segment], right: &[Segment]) -> bool {
    left.iter().zip(right).all(|pair| match pair {
        (Segment::Literal(left), Segment::Literal(right)) => left == right,
        (Segment::Param(_), Segment::Param(_)) => true,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn city_and_region_lead_to_the_same_product() {
        for host in [
            "api.twilio.com",
            "API.twilio.com:443",
            "api.dublin.ie1.twilio.com",
            "api.us1.twilio.com",
        ] {
            assert_eq!(canonical_host(host), "api.twilio.com");
        }
        assert_eq!(canonical_host("127.0.0.1:8080"), "127.0.0.1");
    }

    #[test]
    fn a_literal_segment_beats_a_parameter() {
        let route = Contract::published()
            .route("studio.twilio.com", "POST", "/v2/Flows/Validate")
            .expect("published");
        assert_eq!(route.operation.id, "UpdateFlowValidate");
    }

    #[test]
    fn path_parameters_are_named_and_decoded() {
        let route = Contract::published()
            .route("sync.twilio.com", "GET", "/v1/Services/IS1/Documents/my%20doc")
            .expect("published");
        assert_eq!(route.path_param("ServiceSid"), Some("IS1"));
        assert_eq!(route.path_param("Sid"), Some("my doc"));
    }

    #[test]
    fn what_is_not_published_says_which_part_is_wrong() {
        let contract = Contract::published();
        let error = |host, method, path| contract.route(host, method, path).expect_err("not published");
        assert_eq!(error("nothing.twilio.com", "GET", "/v1/X"), RouteError::UnknownHost);
        assert_eq!(
            error("messaging.twilio.com", "GET", "/v1/Nothing"),
            RouteError::UnknownPath
        );
        assert_eq!(
            error("messaging.twilio.com", "PUT", "/v1/Services"),
            RouteError::WrongMethod
        );
        assert_eq!(
            error("api.twilio.com", "GET", "/2010-04-01/Accounts"),
            RouteError::UnknownPath
        );
    }
}
