namespace Billing.Usage.CarrierCharges;

/// <summary>Carriers' charges that nobody is known for, by one and the same cause.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Message">One line's message, as an example.</param>
/// <param name="Lines">How many.</param>
/// <param name="Charges">What the carrier charges with them: at least this much money is at stake.</param>
/// <param name="Credits">What it gives back with them; zero or negative.</param>
/// <param name="LinesWithoutAmount">Lines whose amount can't be read: at stake as well, nobody knows how much.</param>
/// <param name="FirstFile">Where one of them stands.</param>
/// <param name="FirstFileId">That file's place in the register.</param>
/// <param name="FirstLine">On which line.</param>
/// <param name="FirstDay">First day of the earliest of them; null where none can be read.</param>
public sealed record ChargeErrorGroup(ChargeCause Cause, string Message, long Lines, decimal Charges, decimal Credits, long LinesWithoutAmount, string FirstFile, long FirstFileId, long FirstLine, DateOnly? FirstDay)
{
    /// <summary>True where saying whose they are can help.</summary>
    public bool CanBeAllocated => ChargeError.IsMatching(Cause.Code);

    /// <summary>The cause in a word or two.</summary>
    public string Title => Cause.Subject.Length == 0 ? Cause.Code : Cause.Code == ChargeError.NoService ? "Product " + Cause.Subject : CanBeAllocated ? Cause.Subject : "Field " + Cause.Subject;

    /// <summary>What somebody can do about it.</summary>
    public string Remedy => Cause.Code switch
    {
        ChargeError.Unassigned => $"Assign {Cause.Subject} to the customer whose it is, or say here whose these charges are. If it is nobody's, ask the carrier to cease it.",
        ChargeError.NotOwned => $"{Cause.Subject} belongs to a customer, but not in these days. Move the day it was added or dropped; if it was given up, ask the carrier for a credit.",
        ChargeError.OwnerChanged => "The service changed hands within the period. Say whose the charge is from its first day on.",
        ChargeError.NoService => "The lines name no service. Say whose they are, or exclude them as a cost of your own.",
        _ => "The line can't be read. Ask the carrier for a corrected file, or exclude it.",
    };
}
