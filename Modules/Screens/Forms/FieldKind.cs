namespace Billing.Screens.Forms;

/// <summary>What a <see cref="Field"/> takes.</summary>
public enum FieldKind
{
    /// <summary>A line of words.</summary>
    Text,

    /// <summary>Several lines.</summary>
    Lines,

    /// <summary>An email address.</summary>
    Email,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>A web address.</summary>
    Web,

    /// <summary>A password: never filled in again, and the browser may remember it.</summary>
    Password,

    /// <summary>A day, chosen from a calendar where the browser has one.</summary>
    Date,

    /// <summary>An amount: typed as text, with a keypad for decimals on telephones.</summary>
    Money,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A colour.</summary>
    Colour,

    /// <summary>Yes or no.</summary>
    Checkbox,

    /// <summary>One of the <see cref="Field.Options"/>.</summary>
    Select,

    /// <summary>A file.</summary>
    File,

    /// <summary>Code, with an editor where there is script; see <see cref="Field.Language"/>.</summary>
    Code,
}
