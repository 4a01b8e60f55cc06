namespace Billing.Plugins.Tap.Ber;

/// <summary>Where and why the structure of a file breaks.</summary>
/// <param name="Offset">Byte of the file, counted from 0.</param>
/// <param name="Code">The problem's code.</param>
/// <param name="Reason">The rest of a sentence that begins with the place.</param>
sealed record BerFault(int Offset, string Code, string Reason);
