using Npgsql;

namespace Billing.Tenancy.Data;

/// <summary>A rule of the database that refused a statement.</summary>
/// <param name="Kind">What sort of rule.</param>
/// <param name="Constraint">Its name, for example <c>number_has_one_owner</c>.</param>
/// <param name="Table">The table it stands on, with its schema.</param>
public sealed record Refusal(RefusalKind Kind, string Constraint, string Table)
{
    internal static Refusal? Of(PostgresException exception)
    {
        RefusalKind? kind = exception.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation => RefusalKind.Taken,
            PostgresErrorCodes.ExclusionViolation => RefusalKind.Overlap,
            PostgresErrorCodes.ForeignKeyViolation => RefusalKind.Referred,
            PostgresErrorCodes.CheckViolation => RefusalKind.Check,
            PostgresErrorCodes.LockNotAvailable => RefusalKind.Busy,
            _ => null,
        };
        return kind is { } known ? new Refusal(known, exception.ConstraintName ?? "", $"{exception.SchemaName}.{exception.TableName}") : null;
    }
}
