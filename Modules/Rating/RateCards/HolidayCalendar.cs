namespace Billing.Rating.RateCards;

/// <summary>Dates, in the tariff's zone, on which the pattern of the day "holiday" applies in place of the weekday's.</summary>
/// <param name="Name">Whose holidays, for example "England and Wales"; null when not said.</param>
/// <param name="Dates">In ascending order, no date twice.</param>
public sealed record HolidayCalendar(string? Name, IReadOnlyList<DateOnly> Dates);
