data "twilio_available_phone_number_countries" "all" {}

output "countries_with_mobile_numbers" {
  value = sort([
    for country in data.twilio_available_phone_number_countries.all.countries : country.country_code
    if contains(keys(country.subresource_uris), "mobile")
  ])
}
