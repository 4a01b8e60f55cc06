namespace Billing.Host.Demo;

/// <summary>Names of invented businesses, people and places. Each business name is given once.</summary>
sealed class DemoNames(DemoRandom random)
{
    private static readonly string[] Families =
    [
        "Abbott", "Ashworth", "Bancroft", "Barraclough", "Beaumont", "Blackwood", "Brennan", "Cadwallader", "Carmichael", "Chaudhry", "Cockcroft", "Da Silva",
        "Dewhirst", "Drummond", "Eastwood", "Fairweather", "Ferreira", "Fitzgerald", "García", "Gallagher", "Greenhalgh", "Haldane", "Hargreaves", "Holroyd",
        "Hughes", "Iqbal", "Jørgensen", "Kaur", "Kilbride", "Kowalczyk", "Lacey", "Llewellyn", "Lockwood", "MacAllister", "Mbeki", "Merriweather", "Müller",
        "Nakamura", "Nuttall", "O’Donnell", "O’Shea", "Okonkwo", "Oldroyd", "Patel", "Pemberton", "Penhaligon", "Prendergast", "Quigley", "Rahman", "Ramsbottom",
        "Rawcliffe", "Rees", "Sinclair", "Söderberg", "Sutcliffe", "Tattersall", "Thistlethwaite", "Tremayne", "Uddin", "Varley", "Wainwright", "Whitworth", "Żak",
    ];

    private static readonly string[] Trades =
    [
        "Accountants", "Architects", "Auctioneers", "Bakery", "Bathrooms", "Bike Shop", "Blinds", "Bookshop", "Brewery", "Builders’ Merchants", "Butchers",
        "Car Hire", "Carpets", "Catering", "Chartered Surveyors", "Cleaning", "Coaches", "Dental Care", "Design", "Electrical", "Engineering", "Estate Agents",
        "Financial Planning", "Fire & Security", "Flooring", "Florists", "Freight", "Funeral Directors", "Garden Centre", "Glazing", "Haulage", "Heating",
        "Insurance Brokers", "Joinery", "Kitchens", "Landscapes", "Letting Agents", "Locksmiths", "Motors", "Nurseries", "Opticians", "Packaging", "Pharmacy",
        "Physiotherapy", "Plant Hire", "Plumbing", "Precision Tools", "Printing", "Recruitment", "Removals", "Roofing", "Scaffolding", "Signs", "Solicitors",
        "Stationers", "Steel", "Taxis", "Textiles", "Travel", "Tyres", "Veterinary Surgery", "Wealth Management", "Windows", "Wines",
    ];

    private static readonly string[] Ready =
    [
        "Café Zoë", "Brasserie L’Étoile", "Crème & Co", "Siân’s Flowers", "Caffè Perché No?", "Müller & Söhne Bakery", "José Álvarez Imports", "Łukasz & Daughters Removals",
        "Smørrebrød House", "The Naïve Gallery", "Hôtel Bellevue", "Señor Taco", "Bröd & Butter", "Rhŷs ap Owain Plastering", "Dún Laoghaire Seafoods", "Façade Cleaning Services",
        "Fish & Chips @ No. 9", "24/7 Locks", "A1 Taxis", "B&B at Brackendale", "Fell & Moor Outdoor", "Salt+Pepper Catering", "The Little Red Tractor Co.", "Pins & Needles",
    ];

    private static readonly string[] FirstNames =
    [
        "Aaliyah", "Adam", "Agnieszka", "Alan", "Amélie", "Ben", "Bronwen", "Chloë", "Ciarán", "David", "Deepa", "Eilidh", "Emma", "Fatima", "Gareth", "Grace", "Hannah",
        "Ian", "Imran", "Jack", "Joanna", "Kwame", "Laura", "Liam", "Małgorzata", "Mark", "Mohammed", "Niamh", "Nicola", "Oliver", "Olu", "Priya", "Rachel", "Renée",
        "Rhys", "Robert", "Sarah", "Seán", "Simon", "Tomasz", "Victoria", "Wendy", "Yasmin", "Zoë",
    ];

    private static readonly string[] Streets =
    [
        "Bridge Street", "Canal Wharf", "Chapel Lane", "Church Row", "Cornmarket", "Fellside Road", "Foundry Street", "Garth Lane", "High Street", "Hollins Road",
        "Jubilee Way", "Kiln Lane", "King’s Parade", "Lower Mill Lane", "Market Place", "Moorgate", "North Quay", "Old Tannery Yard", "Park Avenue", "Priory Road",
        "Queen Street", "Ropewalk", "Sheepfold Lane", "St Aidan’s Terrace", "Station Approach", "The Shambles", "Victoria Road", "Weir Street", "Woolpack Lane",
    ];

    // Invented towns; no postcode in Britain begins with X.
    private static readonly (string Town, string Area)[] Places =
    [
        ("Ashvale", "XA"), ("Brackendale", "XB"), ("Calderwick", "XN"), ("Eastermouth", "XE"), ("Granby Cross", "XG"), ("Hollinsford", "XH"), ("Kirkfell", "XK"),
        ("Long Ellerby", "XL"), ("Millhaven", "XM"), ("Northmoor", "XN"), ("Oxenthwaite", "XO"), ("Porthmelyn", "XP"), ("Ravensdyke", "XR"), ("Southmere", "XS"),
        ("Thornbury Cross", "XT"), ("Wexcombe", "XW"),
    ];

    private readonly HashSet<string> given = new(StringComparer.Ordinal);

    /// <summary>A business that has not been named yet.</summary>
    public string Business()
    {
        while (true)
        {
            var family = random.Pick(Families);
            var name = random.Below(11) switch
            {
                0 => random.Pick(Ready),
                1 => $"{family} & Sons",
                2 => $"{family} & Daughter {random.Pick(Trades)}",
                3 => $"{family}, {random.Pick(Families)} & Partners LLP",
                4 => $"{random.Pick(Places).Town} {random.Pick(Trades)}",
                5 => $"The {random.Pick(Places).Town} {random.Pick(Trades)} Company",
                6 => $"{family} Group plc",
                _ => $"{family} {random.Pick(Trades)}{(random.Chance(45) ? " Ltd" : "")}",
            };
            if (given.Add(name)) return name;
        }
    }

    /// <summary>A person.</summary>
    public string Person() => $"{random.Pick(FirstNames)} {random.Pick(Families)}";

    /// <summary>A place to be at, line by line.</summary>
    public IReadOnlyList<string> Address()
    {
        var (town, area) = random.Pick(Places);
        var street = $"{random.Between(1, 190)} {random.Pick(Streets)}";
        var code = $"{area}{random.Between(1, 29)} {random.Between(1, 9)}{"ABDEFGHJLNPQRSTUWXYZ"[random.Below(20)]}{"ABDEFGHJLNPQRSTUWXYZ"[random.Below(20)]}";
        return random.Below(4) switch
        {
            0 => [$"Unit {random.Between(1, 40)}, {random.Pick(Families)} Business Park", street, town, code],
            1 => [$"{random.Pick(Families)} House", street, town, code],
            _ => [street, town, code],
        };
    }

    /// <summary>What comes after the @ for a business: its name in plain letters, under the top-level name kept for examples.</summary>
    public static string Domain(string business)
    {
        var letters = new List<char>();
        foreach (var c in business.Normalize(System.Text.NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c)) letters.Add(char.ToLowerInvariant(c));
            else if (c == ' ' && letters.Count > 0 && letters[^1] != '-') letters.Add('-');
            if (letters.Count == 28) break;
        }
        return new string([.. letters]).Trim('-') + ".example";
    }
}
