using System.Collections.Frozen;

namespace Parcours.Journeys.Schedules;

/// <summary>Public holidays that hold in the whole of a country, to begin with: an installation's own calendar of that country takes their place.</summary>
/// <remarks>Days of regions, those that are set from year to year, and substitutes for days that fall on a weekend are not among them: they are added as dates.</remarks>
public static class KnownHolidays
{
    const string NewYear = "01-01", Epiphany = "01-06", Labour = "05-01", Assumption = "08-15", AllSaints = "11-01", Immaculate = "12-08", Christmas = "12-25", Stephen = "12-26";
    const string MaundyThursday = "easter-3", GoodFriday = "easter-2", EasterSunday = "easter", EasterMonday = "easter+1", Ascension = "easter+39", Pentecost = "easter+49", WhitMonday = "easter+50", CorpusChristi = "easter+60";

    /// <summary>By country code: days with their names, in the country's own language.</summary>
    public static FrozenDictionary<string, IReadOnlyList<(string On, string Name)>> All { get; } = new Dictionary<string, IReadOnlyList<(string, string)>>
    {
        ["AT"] = [(NewYear, "Neujahr"), (Epiphany, "Heilige Drei Könige"), (EasterMonday, "Ostermontag"), (Labour, "Staatsfeiertag"), (Ascension, "Christi Himmelfahrt"), (WhitMonday, "Pfingstmontag"), (CorpusChristi, "Fronleichnam"),
            (Assumption, "Mariä Himmelfahrt"), ("10-26", "Nationalfeiertag"), (AllSaints, "Allerheiligen"), (Immaculate, "Mariä Empfängnis"), (Christmas, "Christtag"), (Stephen, "Stefanitag")],
        ["BE"] = [(NewYear, "Nouvel An"), (EasterMonday, "Lundi de Pâques"), (Labour, "Fête du Travail"), (Ascension, "Ascension"), (WhitMonday, "Lundi de Pentecôte"), ("07-21", "Fête nationale"), (Assumption, "Assomption"),
            (AllSaints, "Toussaint"), ("11-11", "Armistice"), (Christmas, "Noël")],
        ["CH"] = [(NewYear, "Neujahr"), (Ascension, "Auffahrt"), ("08-01", "Bundesfeier"), (Christmas, "Weihnachten")],
        ["DE"] = [(NewYear, "Neujahr"), (GoodFriday, "Karfreitag"), (EasterMonday, "Ostermontag"), (Labour, "Tag der Arbeit"), (Ascension, "Christi Himmelfahrt"), (WhitMonday, "Pfingstmontag"), ("10-03", "Tag der Deutschen Einheit"),
            (Christmas, "1. Weihnachtstag"), (Stephen, "2. Weihnachtstag")],
        ["DK"] = [(NewYear, "Nytårsdag"), (MaundyThursday, "Skærtorsdag"), (GoodFriday, "Langfredag"), (EasterSunday, "Påskedag"), (EasterMonday, "2. påskedag"), (Ascension, "Kristi himmelfartsdag"), (Pentecost, "Pinsedag"),
            (WhitMonday, "2. pinsedag"), (Christmas, "Juledag"), (Stephen, "2. juledag")],
        ["ES"] = [(NewYear, "Año Nuevo"), (Epiphany, "Epifanía del Señor"), (GoodFriday, "Viernes Santo"), (Labour, "Fiesta del Trabajo"), (Assumption, "Asunción de la Virgen"), ("10-12", "Fiesta Nacional"), (AllSaints, "Todos los Santos"),
            ("12-06", "Día de la Constitución"), (Immaculate, "Inmaculada Concepción"), (Christmas, "Natividad del Señor")],
        ["FR"] = [(NewYear, "Jour de l’An"), (EasterMonday, "Lundi de Pâques"), (Labour, "Fête du Travail"), ("05-08", "Victoire de 1945"), (Ascension, "Ascension"), (WhitMonday, "Lundi de Pentecôte"), ("07-14", "Fête nationale"),
            (Assumption, "Assomption"), (AllSaints, "Toussaint"), ("11-11", "Armistice de 1918"), (Christmas, "Noël")],
        ["GB"] = [(NewYear, "New Year’s Day"), (GoodFriday, "Good Friday"), (EasterMonday, "Easter Monday"), ("05-monday-1", "Early May bank holiday"), ("05-monday-last", "Spring bank holiday"), ("08-monday-last", "Summer bank holiday"),
            (Christmas, "Christmas Day"), (Stephen, "Boxing Day")],
        ["IE"] = [(NewYear, "New Year’s Day"), ("03-17", "Saint Patrick’s Day"), ("02-monday-1", "Saint Brigid’s Day"), (EasterMonday, "Easter Monday"), ("05-monday-1", "May Day"), ("06-monday-1", "June holiday"), ("08-monday-1", "August holiday"), ("10-monday-last", "October holiday"),
            (Christmas, "Christmas Day"), (Stephen, "Saint Stephen’s Day")],
        ["IT"] = [(NewYear, "Capodanno"), (Epiphany, "Epifania"), (EasterSunday, "Pasqua"), (EasterMonday, "Lunedì dell’Angelo"), ("04-25", "Festa della Liberazione"), (Labour, "Festa del Lavoro"), ("06-02", "Festa della Repubblica"),
            (Assumption, "Ferragosto"), ("10-04", "San Francesco d’Assisi"), (AllSaints, "Ognissanti"), (Immaculate, "Immacolata Concezione"), (Christmas, "Natale"), (Stephen, "Santo Stefano")],
        ["LU"] = [(NewYear, "Nouvel An"), (EasterMonday, "Lundi de Pâques"), (Labour, "Fête du Travail"), ("05-09", "Journée de l’Europe"), (Ascension, "Ascension"), (WhitMonday, "Lundi de Pentecôte"), ("06-23", "Fête nationale"),
            (Assumption, "Assomption"), (AllSaints, "Toussaint"), (Christmas, "Noël"), (Stephen, "Saint-Étienne")],
        ["NL"] = [(NewYear, "Nieuwjaarsdag"), (EasterSunday, "Eerste paasdag"), (EasterMonday, "Tweede paasdag"), ("04-27", "Koningsdag"), (Ascension, "Hemelvaartsdag"), (Pentecost, "Eerste pinksterdag"), (WhitMonday, "Tweede pinksterdag"),
            (Christmas, "Eerste kerstdag"), (Stephen, "Tweede kerstdag")],
        ["NO"] = [(NewYear, "Første nyttårsdag"), (MaundyThursday, "Skjærtorsdag"), (GoodFriday, "Langfredag"), (EasterSunday, "Første påskedag"), (EasterMonday, "Andre påskedag"), (Labour, "Arbeidernes dag"), ("05-17", "Grunnlovsdagen"),
            (Ascension, "Kristi himmelfartsdag"), (Pentecost, "Første pinsedag"), (WhitMonday, "Andre pinsedag"), (Christmas, "Første juledag"), (Stephen, "Andre juledag")],
        ["PL"] = [(NewYear, "Nowy Rok"), (Epiphany, "Trzech Króli"), (EasterSunday, "Wielkanoc"), (EasterMonday, "Poniedziałek Wielkanocny"), (Labour, "Święto Pracy"), ("05-03", "Święto Konstytucji 3 Maja"), (Pentecost, "Zielone Świątki"),
            (CorpusChristi, "Boże Ciało"), (Assumption, "Wniebowzięcie NMP"), (AllSaints, "Wszystkich Świętych"), ("11-11", "Święto Niepodległości"), ("12-24", "Wigilia"), (Christmas, "Boże Narodzenie"), (Stephen, "Drugi dzień świąt")],
        ["PT"] = [(NewYear, "Ano Novo"), (GoodFriday, "Sexta-feira Santa"), (EasterSunday, "Páscoa"), ("04-25", "Dia da Liberdade"), (Labour, "Dia do Trabalhador"), (CorpusChristi, "Corpo de Deus"), ("06-10", "Dia de Portugal"),
            (Assumption, "Assunção de Nossa Senhora"), ("10-05", "Implantação da República"), (AllSaints, "Todos os Santos"), ("12-01", "Restauração da Independência"), (Immaculate, "Imaculada Conceição"), (Christmas, "Natal")],
        ["US"] = [(NewYear, "New Year’s Day"), ("01-monday-3", "Martin Luther King Jr. Day"), ("02-monday-3", "Presidents’ Day"), ("05-monday-last", "Memorial Day"), ("06-19", "Juneteenth"), ("07-04", "Independence Day"), ("09-monday-1", "Labor Day"),
            ("10-monday-2", "Columbus Day"), ("11-11", "Veterans Day"), ("11-thursday-4", "Thanksgiving"), (Christmas, "Christmas Day")],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What holds where an installation has no calendar of its own; null: nothing is known of the country.</summary>
    public static HolidayCalendar? Of(string country) => Calendars.GetValueOrDefault(country);

    static readonly FrozenDictionary<string, HolidayCalendar> Calendars = All.ToFrozenDictionary(
        pair => pair.Key, pair => new HolidayCalendar(pair.Key, [.. pair.Value.Select(day => HolidayDay.Parse(day.On)!)]), StringComparer.Ordinal);
}
