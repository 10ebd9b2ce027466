# One tenant a line: its name, its numbers by purpose with the area code of each, and the countries that it may send to.
locals {
  tenants = {
    alder-street-dental    = { name = "Alder Street Dental", numbers = { support = "415", reminders = "206" }, countries = ["US"] }
    amber-lake-rentals     = { name = "Amber Lake Rentals", numbers = { support = "212" }, countries = ["US", "CA"] }
    bay-window-glass       = { name = "Bay Window Glass", numbers = { support = "312" }, countries = ["US"] }
    birch-and-barrow       = { name = "Birch and Barrow", numbers = { support = "206", reminders = "617" }, countries = ["US", "GB", "DE"] }
    blue-heron-tours       = { name = "Blue Heron Tours", numbers = { support = "617" }, countries = ["US"] }
    bright-pine-academy    = { name = "Bright Pine Academy", numbers = { support = "512" }, countries = ["US", "CA"] }
    brook-valley-vets      = { name = "Brook Valley Vets", numbers = { support = "303", reminders = "512" }, countries = ["US"] }
    cedar-post-couriers    = { name = "Cedar Post Couriers", numbers = { support = "404" }, countries = ["US"] }
    cliffside-clinic       = { name = "Cliffside Clinic", numbers = { support = "213" }, countries = ["US"] }
    copper-kettle-bakery   = { name = "Copper Kettle Bakery", numbers = { support = "503", reminders = "303" }, countries = ["US", "CA"] }
    coral-bay-diving       = { name = "Coral Bay Diving", numbers = { support = "415" }, countries = ["US", "GB", "DE"] }
    cross-keys-locksmiths  = { name = "Cross Keys Locksmiths", numbers = { support = "212" }, countries = ["US"] }
    daily-loaf             = { name = "Daily Loaf", numbers = { support = "312", reminders = "404" }, countries = ["US"] }
    drift-wood-furniture   = { name = "Drift Wood Furniture", numbers = { support = "206" }, countries = ["US", "CA"] }
    east-quay-logistics    = { name = "East Quay Logistics", numbers = { support = "617" }, countries = ["US"] }
    elm-park-opticians     = { name = "Elm Park Opticians", numbers = { support = "512", reminders = "213" }, countries = ["US"] }
    fern-hill-nursery      = { name = "Fern Hill Nursery", numbers = { support = "303" }, countries = ["US"] }
    field-and-fold-laundry = { name = "Field and Fold Laundry", numbers = { support = "404" }, countries = ["US", "GB", "DE"] }
    fox-run-cycles         = { name = "Fox Run Cycles", numbers = { support = "213", reminders = "503" }, countries = ["US"] }
    garnet-hotel           = { name = "Garnet Hotel", numbers = { support = "503" }, countries = ["US"] }
    glass-house-gym        = { name = "Glass House Gym", numbers = { support = "415" }, countries = ["US"] }
    granite-peak-insurance = { name = "Granite Peak Insurance", numbers = { support = "212", reminders = "415" }, countries = ["US", "CA"] }
    green-lane-pharmacy    = { name = "Green Lane Pharmacy", numbers = { support = "312" }, countries = ["US"] }
    harbour-light-ferries  = { name = "Harbour Light Ferries", numbers = { support = "206" }, countries = ["US"] }
    hazel-moon-books       = { name = "Hazel Moon Books", numbers = { support = "617", reminders = "212" }, countries = ["US", "GB", "DE"] }
    high-meadow-farm-shop  = { name = "High Meadow Farm Shop", numbers = { support = "512" }, countries = ["US", "CA"] }
    iron-bridge-tools      = { name = "Iron Bridge Tools", numbers = { support = "303" }, countries = ["US"] }
    ivy-gate-lettings      = { name = "Ivy Gate Lettings", numbers = { support = "404", reminders = "312" }, countries = ["US"] }
    juniper-spa            = { name = "Juniper Spa", numbers = { support = "213" }, countries = ["US"] }
    kestrel-couriers       = { name = "Kestrel Couriers", numbers = { support = "503" }, countries = ["US", "CA"] }
    lantern-theatre        = { name = "Lantern Theatre", numbers = { support = "415", reminders = "206" }, countries = ["US"] }
    lark-rise-school       = { name = "Lark Rise School", numbers = { support = "212" }, countries = ["US", "GB", "DE"] }
    lime-tree-physio       = { name = "Lime Tree Physio", numbers = { support = "312" }, countries = ["US"] }
    long-acre-legal        = { name = "Long Acre Legal", numbers = { support = "206", reminders = "617" }, countries = ["US", "CA"] }
    maple-row-plumbing     = { name = "Maple Row Plumbing", numbers = { support = "617" }, countries = ["US"] }
    marble-arcade          = { name = "Marble Arcade", numbers = { support = "512" }, countries = ["US"] }
    mill-stream-brewery    = { name = "Mill Stream Brewery", numbers = { support = "303", reminders = "512" }, countries = ["US"] }
    nine-elms-storage      = { name = "Nine Elms Storage", numbers = { support = "404" }, countries = ["US", "CA"] }
    north-star-taxis       = { name = "North Star Taxis", numbers = { support = "213" }, countries = ["US", "GB", "DE"] }
    oak-hollow-camping     = { name = "Oak Hollow Camping", numbers = { support = "503", reminders = "303" }, countries = ["US"] }
    old-mint-accounting    = { name = "Old Mint Accounting", numbers = { support = "415" }, countries = ["US"] }
    opal-nail-bar          = { name = "Opal Nail Bar", numbers = { support = "212" }, countries = ["US", "CA"] }
    paper-crane-print      = { name = "Paper Crane Print", numbers = { support = "312", reminders = "404" }, countries = ["US"] }
    pear-orchard-catering  = { name = "Pear Orchard Catering", numbers = { support = "206" }, countries = ["US"] }
    quarry-road-garage     = { name = "Quarry Road Garage", numbers = { support = "617" }, countries = ["US"] }
    red-kite-drones        = { name = "Red Kite Drones", numbers = { support = "512", reminders = "213" }, countries = ["US", "GB", "DE"] }
    river-bend-kayaks      = { name = "River Bend Kayaks", numbers = { support = "303" }, countries = ["US"] }
    silver-birch-care      = { name = "Silver Birch Care", numbers = { support = "404" }, countries = ["US"] }
    stone-arch-surveyors   = { name = "Stone Arch Surveyors", numbers = { support = "213", reminders = "503" }, countries = ["US"] }
    willow-creek-music     = { name = "Willow Creek Music", numbers = { support = "503" }, countries = ["US", "CA"] }
  }
}
