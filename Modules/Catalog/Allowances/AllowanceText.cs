using Billing.Abstractions.Cdr;
using Billing.Rating.Allowances;

namespace Billing.Catalog.Allowances;

/// <summary>Allowances in sentences, for screens.</summary>
public static class AllowanceText
{
    /// <summary>Who shares a pool.</summary>
    public static string SharedBy(AllowancePool pool) => pool switch { AllowancePool.Service => "nobody: each service has its own", AllowancePool.Site => "the services of a site", _ => "the whole account" };

    /// <summary>What becomes of the call that an allowance is too small for.</summary>
    public static string AtTheEnd(CrossingPolicy crossing) => crossing switch
    {
        CrossingPolicy.Split => "the rest of the call is charged",
        CrossingPolicy.FitsOnly => "the call is charged whole",
        _ => "the call is free",
    };

    /// <summary>What is covered.</summary>
    public static string Covers(Coverage covers)
    {
        ArgumentNullException.ThrowIfNull(covers);
        var kinds = covers.Kinds.Count == 0 ? "" : string.Join(", ", covers.Kinds.Select(kind => kind switch { CdrKind.Voice => "calls", CdrKind.Sms => "texts", _ => "data" }));
        var where = covers.Destinations.Count == 0 ? "everywhere" : string.Join(", ", covers.Destinations);
        var except = covers.Except.Count == 0 ? "" : "; not " + string.Join(", ", covers.Except);
        return (kinds.Length == 0 ? where : $"{kinds}: {where}") + except;
    }
}
