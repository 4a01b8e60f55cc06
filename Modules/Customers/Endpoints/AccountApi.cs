using Billing.Abstractions.Values;
using Billing.Api;
using Billing.Api.Answers;
using Billing.Api.Paging;
using Billing.Api.Writes;
using Billing.Customers.Accounts;
using Billing.Screens;
using Billing.Tenancy.Audit;
using Billing.Tenancy.Data;
using Billing.Tenancy.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Billing.Customers.Endpoints;

/// <summary><c>/api/v1/accounts</c>, and their contacts.</summary>
static class AccountApi
{
    static readonly string[] Address = ["4 Mill Lane", "York", "YO1 7AA"];

    static readonly object Example = new
    {
        Account = new { Number = "A-2001", Name = "Mill Lane Dental", StartedOn = "2026-11-01", PaymentMethod = "direct-debit" },
        BillingAddress = Address,
        Contacts = new List<object> { new { Name = "Priya Shah", Email = "accounts@milllane.example", IsInvoiceRecipient = true } },
    };

    public static void Map(IEndpointRouteBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("Accounts");
        accounts.MapGet("", ListAsync).As("listAccounts", "Accounts, in the order of their numbers.", Permission.ViewAccounts, new("/accounts?limit=10")).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        accounts.MapGet("/{number}", GetAsync).As("getAccount", "One account; its version is the ETag.", Permission.ViewAccounts, new("/accounts/A001"));
        accounts.MapPost("", OpenAsync).As("openAccount", "Opens an account.", Permission.ChangeAccounts, new("/accounts", Example)).Once();
        accounts.MapPut("/{number}", ChangeAsync).As("changeAccount", "Changes an account; what is left out gets its usual value.", Permission.ChangeAccounts, new("/accounts/A001",
            new { Number = "A001", Name = "New name", StartedOn = "2026-10-01", PaymentDays = 30 }) { IfMatch = 1 }).Once();
        accounts.MapGet("/{number}/contacts", ContactsAsync).As("listContacts", "An account's people.", Permission.ViewAccounts, new("/accounts/A001/contacts"));
        accounts.MapPost("/{number}/contacts", AddContactAsync).As("addContact", "Adds a person to an account.", Permission.ChangeAccounts,
            new("/accounts/A001/contacts", new { Name = "Tom Reed", Email = "tom@example.com", IsInvoiceRecipient = true })).Once();
    }

    static async Task<Results<Ok<Page<AccountView>>, ProblemHttpResult>> ListAsync([AsParameters] PageQuery query, CurrentTenant current, CancellationToken cancellationToken)
    {
        if (query.Fault is { } fault) return Problem.Invalid(fault);
        await using var db = await current.BeginAsync(cancellationToken);
        var changed = await ChangedSince.KeysAsync(db, "customers.account", "account_id", query.UpdatedSince, cancellationToken);
        var rows = await AccountBook.WalkAsync(db, changed, query.AfterKey, query.Fetch, cancellationToken);
        var tariffs = await TariffsAsync(db, cancellationToken);
        return TypedResults.Ok(query.Cut(rows, row => row.Account.Number, row => AccountView.Of(row.Account, tariffs)));
    }

    static async Task<Results<Ok<AccountView>, ProblemHttpResult>> GetAsync(string number, CurrentTenant current, HttpContext http, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await AccountBook.FindAsync(db, number, cancellationToken) is not { } found) return Missing(number);
        Versioned.Tag(http, found.Version);
        return TypedResults.Ok(AccountView.Of(found.Account, await TariffsAsync(db, cancellationToken)));
    }

    static async Task<Results<Created<AccountView>, ProblemHttpResult>> OpenAsync(NewAccountBody body, ApiWrite write, CurrentTenant current, HttpContext http, CancellationToken cancellationToken)
    {
        if (!(await AccountBook.OpenAsync(write.Db, body.Make(current.Tenant.PaymentDays), cancellationToken)).TryGet(out _, out var failure)) return Refused(failure);
        var made = (await AccountBook.FindAsync(write.Db, body.Account.Number, cancellationToken))!;
        Versioned.Tag(http, made.Version);
        return TypedResults.Created($"{ApiSetup.Root}/accounts/{Uri.EscapeDataString(body.Account.Number)}", AccountView.Of(made.Account, await TariffsAsync(write.Db, cancellationToken)));
    }

    static async Task<Results<Ok<AccountView>, ProblemHttpResult>> ChangeAsync(string number, AccountBody body, ApiWrite write, CurrentTenant current, HttpContext http, CancellationToken cancellationToken)
    {
        if (Versioned.Read(http, out var version) is { } unsaid) return unsaid;
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } found) return Missing(number);
        // A tariff is assigned on its own; a program that does not know of it does not take it away.
        if (!(await AccountBook.ChangeAsync(write.Db, found.Account.Id, version, body.Details(found.Account.TariffId, current.Tenant.PaymentDays), cancellationToken)).TryGet(out var changed, out var failure)) return Refused(failure);
        Versioned.Tag(http, changed);
        var now = (await AccountBook.FindAsync(write.Db, body.Number, cancellationToken))!;
        return TypedResults.Ok(AccountView.Of(now.Account, await TariffsAsync(write.Db, cancellationToken)));
    }

    static async Task<Results<Ok<IReadOnlyList<ContactView>>, ProblemHttpResult>> ContactsAsync(string number, CurrentTenant current, CancellationToken cancellationToken)
    {
        await using var db = await current.BeginAsync(cancellationToken);
        if (await AccountBook.FindAsync(db, number, cancellationToken) is not { } found) return Missing(number);
        return TypedResults.Ok<IReadOnlyList<ContactView>>([.. (await ContactBook.LoadAsync(db, found.Account.Id, cancellationToken))
            .Select(c => new ContactView(c.Id, c.Contact.Name, c.Contact.Email, c.Contact.Phone, c.Contact.IsInvoiceRecipient, c.Version))]);
    }

    static async Task<Results<Created<ContactView>, ProblemHttpResult>> AddContactAsync(string number, ContactBody body, ApiWrite write, CancellationToken cancellationToken)
    {
        if (await AccountBook.FindAsync(write.Db, number, cancellationToken) is not { } found) return Missing(number);
        if (!(await ContactBook.AddAsync(write.Db, found.Account.Id, body.Make(), cancellationToken)).TryGet(out var id, out var failure)) return Refused(failure);
        return TypedResults.Created($"{ApiSetup.Root}/accounts/{Uri.EscapeDataString(number)}/contacts", new ContactView(id, body.Name, body.Email, body.Phone, body.IsInvoiceRecipient, 1));
    }

    internal static ProblemHttpResult Missing(string number) => Problem.NotFound($"account '{number}'");

    internal static ProblemHttpResult Refused(Failure failure) => failure.Code switch
    {
        LastChange.ChangedMeanwhile => Versioned.Stale(failure),
        LastChange.Gone or "records.taken" or Services.NumberBook.Held or Services.ChargeBook.Billed or "records.in-use" => Problem.Conflict(failure),
        _ => Problem.Invalid(failure),
    };

    // Tariffs belong to Rating, which this module does not see; their codes cross as the foreign key does.
    static async Task<IReadOnlyDictionary<long, string>> TariffsAsync(TenantDb db, CancellationToken cancellationToken) =>
        (await db.QueryAsync($"select tariff_id, code from rating.tariff", row => (Id: row.Long(0), Code: row.Text(1)), cancellationToken)).ToDictionary(t => t.Id, t => t.Code);
}
