locals {
  numbers = ["+14155550142", "+16045550142", "+442079460958"]
}

# { CA = ["+16045550142"], GB = ["+442079460958"], US = ["+14155550142"] }
output "by_country" {
  value = { for number in local.numbers : provider::twilio::phone_country(number) => number... }
}
